"""Short ways to audit the part 自报 of a fact file in a test."""

from __future__ import annotations

from pathlib import Path

import rubriclang
from rubriclang.audit.findings import Finding
from rubriclang.audit.reported.auditing import ReportedAudit, audit_claims
from rubriclang.diagnostics import Diagnostic
from rubriclang.facts.yaml_reader import read
from rubriclang.source import Source

ROOT = Path(__file__).resolve().parents[2]
BAOJING = ROOT / "rubrics" / "2019_county_overall.rubric"
BAOJING_FACTS = ROOT / "examples" / "baojing_2019.yaml"


def claimed(claims: str, rubric: Path = BAOJING, facts: Path = BAOJING_FACTS) -> ReportedAudit:
    """The audit of what is claimed, on the facts of a file."""
    loaded = rubriclang.load(rubric)
    bound = loaded.bind(rubriclang.load_facts(facts))
    found = audit_claims(loaded.program, loaded.source, read(Source("claims.yaml", claims)), bound)
    assert not isinstance(found, Diagnostic)
    return found


def about_claims(found: ReportedAudit) -> list[Finding]:
    """The findings about claims, without those about identities of the facts."""
    return [one for one in found.findings if one.kind != "identity"]


def told(found: ReportedAudit) -> list[tuple[str, str, str, str]]:
    """Class, name, printed figure and right figure of each finding about a claim."""
    return [(one.kind, one.name, one.printed, one.right) for one in about_claims(found)]

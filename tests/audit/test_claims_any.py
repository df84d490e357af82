"""Whatever stands in the part 自报: the audit ends, tells each thing at its place, and in both languages."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import given, settings

import rubriclang
from rubriclang.audit.reported.auditing import audit_claims
from rubriclang.diagnostics import Diagnostic
from rubriclang.facts.document import Document, Fields, Scalar, from_python
from tests.audit.claimed import BAOJING, BAOJING_FACTS
from tests.strategies.claims import claims


@cache
def baojing() -> tuple[rubriclang.Rubric, rubriclang.Facts]:
    return rubriclang.load(BAOJING), rubriclang.load_facts(BAOJING_FACTS)


@settings(max_examples=60, deadline=None)
@given(claims())
def test_any_claims_are_audited(stated: dict[str, Any]) -> None:
    rubric, facts = baojing()
    document = Document(Fields(((Scalar("自报"), from_python(stated)),)))
    found = audit_claims(rubric.program, rubric.source, document, rubric.bind(facts))
    if isinstance(found, Diagnostic):
        assert found.code == "R570"
        return
    assert sum(found.counts().values()) == found.checked > 0
    told = found.to_dict("en")
    assert len(told["statements"]) == found.checked
    unchecked = [one for one in found.statements if one.result in ("unchecked", "wrong")]
    about = [one for one in found.findings if one.kind != "identity"]
    assert len(about) >= len(unchecked)  # nothing wrong or unchecked is passed over in silence
    assert all(one.zh and one.en for one in found.findings)

"""The audit of what a report states: statements → verdicts one by one → findings that hold them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from rubriclang.audit.auditing import Audit
from rubriclang.audit.findings import Finding, Lang
from rubriclang.audit.habits import Habit, habit
from rubriclang.audit.report import read
from rubriclang.audit.reported.errors import NO_CLAIMS
from rubriclang.audit.reported.identities import identity_finding
from rubriclang.audit.reported.judging import Judged, judged
from rubriclang.audit.reported.messages import made, not_checkable, points_text, value_text
from rubriclang.audit.reported.names import Names
from rubriclang.audit.reported.other_units import claiming_units
from rubriclang.audit.reported.point_findings import points_finding
from rubriclang.audit.reported.prose_statements import prose_statements
from rubriclang.audit.reported.statements import Statement, stated
from rubriclang.audit.reported.sum_findings import grade_finding, sum_finding
from rubriclang.audit.reported.what_if import WhatIf
from rubriclang.audit.verdicts import Verdict
from rubriclang.audit.wording import against_habit, finding
from rubriclang.backends.scoring import score
from rubriclang.diagnostics import Diagnostic
from rubriclang.facts.binding import FactSet
from rubriclang.facts.document import Document
from rubriclang.facts.errors import CHECK_FAILED
from rubriclang.ir.nodes import Program
from rubriclang.ir.types import Number
from rubriclang.source import Source


@attrs.frozen
class ReportedAudit:
    """What became of the statements of a report, how it rounds, the findings in order, and what is wrong with the
    facts themselves."""

    source: Source
    statements: tuple[Judged, ...]
    habit: Habit
    findings: tuple[Finding, ...]
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def checked(self) -> int:
        """How many statements there are."""
        return len(self.statements)

    @property
    def clean(self) -> bool:
        """Whether there is no error and no warning."""
        fine = all(found.level == "note" for found in self.findings)
        return fine and not any(d.severity == "error" for d in self.diagnostics)

    def counts(self) -> dict[str, int]:
        """How many statements have each result."""
        return dict(Counter(one.result for one in self.statements))

    def to_dict(self, lang: Lang = "zh") -> dict[str, Any]:
        """The JSON object of ``rubric audit RUBRIC FACTS --format json``."""
        return {
            "report": self.source.path,
            "claims": self.checked,
            "results": self.counts(),
            "habit": {
                "mode": self.habit.mode if self.habit.known else None,
                "seen": self.habit.seen,
                "against": self.habit.against,
                "decimals": self.habit.decimals,
            },
            "findings": [found.to_dict(lang) for found in self.findings],
            "statements": [_statement(one) for one in self.statements],
            "diagnostics": [d.to_dict(lang) for d in self.diagnostics],
        }


def audit_claims(program: Program, source: Source, document: Document, facts: FactSet) -> ReportedAudit | Diagnostic:
    """Audits what the part ``自报`` of a fact file states, and those of the other units in ``各单位``.

    Args:
        program: the rubric.
        source: its text.
        document: the fact file.
        facts: the same facts, typed by the rubric.

    Returns:
        The audit, or the reason why there is nothing to audit.
    """
    statements = stated(document)
    origin = document.source or Source("<facts>", "")
    made_ = [audit_statements(program, source, origin, statements, facts)] if statements else []
    for other, own in claiming_units(document, facts):
        found = audit_statements(program, source, origin, stated(other) or (), own)
        made_.append(attrs.evolve(found, findings=tuple(_of_unit(one, own.unit) for one in found.findings)))
    if not any(one.statements for one in made_):
        return Diagnostic(NO_CLAIMS, origin, None)
    return attrs.evolve(
        made_[0],
        statements=tuple(one for each in made_ for one in each.statements),
        findings=tuple(sorted((one for each in made_ for one in each.findings), key=lambda item: item.sort_key)),
        diagnostics=tuple(one for each in made_ for one in each.diagnostics),
    )


def _of_unit(one: Finding, unit: str | None) -> Finding:
    """The finding with the name of the unit it is about in front."""
    return attrs.evolve(one, zh=f"{unit}：{one.zh}", en=f"{unit}: {one.en}")


def audit_prose(program: Program, source: Source, prose: Audit, facts: FactSet) -> ReportedAudit:
    """Audits what the prose of a report says of its scoring.

    Args:
        program: the rubric.
        source: its text.
        prose: the audit of the calculations in the report; what it found already is not found twice.
        facts: the facts of the report, typed by the rubric.
    """
    claims_ = tuple(verdict.claim for verdict in prose.verdicts)
    statements = prose_statements(read(prose.source), claims_, Names(program))
    found = audit_statements(program, source, prose.source, statements, facts)
    known = {one.span for one in prose.findings}
    kept = tuple(one for one in found.findings if one.span not in known and one.kind != "not-checkable")
    return attrs.evolve(found, findings=kept)


def audit_statements(
    program: Program, source: Source, origin: Source, statements: Iterable[Statement], facts: FactSet
) -> ReportedAudit:
    """Audits statements, wherever they come from."""
    world, names = WhatIf(program, facts), Names(program)
    found = tuple(judged(one, names, world, source) for one in statements)
    outcome = score(program, facts, source)
    verdicts = [one.verdict for one in found if one.verdict is not None and one.statement.kind == "value"]
    usual = habit(verdicts)
    made_ = [*_findings(found, names, world, usual)]
    for check, result in zip(program.checks, outcome.checks, strict=True):
        broken = identity_finding(check, result, facts, origin)
        if broken is not None:
            made_.append(broken)
    left = tuple(d for d in outcome.diagnostics if d.kind is not CHECK_FAILED and d.severity == "error")
    return ReportedAudit(origin, found, usual, tuple(sorted(made_, key=lambda item: item.sort_key)), left)


def _findings(found: tuple[Judged, ...], names: Names, world: WhatIf, usual: Habit) -> Iterator[Finding]:
    values = {one.node.path: one for one in found if one.statement.kind == "value" and one.node is not None}
    points = {one.node.path: one for one in found if one.statement.kind in ("points", "total") and one.node is not None}
    total = points.get(())
    for one in found:
        item = None
        if one.statement.kind == "points" or one.statement.kind == "total":
            item = points_finding(one, values, names, world) or sum_finding(one, points, world)
        elif one.statement.kind == "grade":
            item = grade_finding(one, total, world)
        if item is None and one.result == "unchecked":
            item = not_checkable(one)
        elif item is None and one.verdict is not None:
            item = _by_itself(one, one.verdict, usual)
        elif item is None and one.wrong:
            item = _label(one)
        if item is not None:
            yield item


def _by_itself(one: Judged, verdict: Verdict, usual: Habit) -> Finding | None:
    if one.statement.kind == "value":
        return finding(verdict, usual, one.statement.source)
    if verdict.telling or verdict.result == "rounded up":
        return against_habit(verdict, usual, one.statement.source)
    return None


def _label(one: Judged) -> Finding | None:
    if one.statement.kind == "grade":
        return None
    right = str(one.actual)
    return made(one, "wrong-value", "error", right, f"应为 {right}", f"should be {right}")


def _statement(one: Judged) -> dict[str, Any]:
    start = one.statement.source.position(one.statement.span.start)
    kind = one.target.definition.type if one.target is not None else None
    actual = one.actual
    if isinstance(kind, Number) and not isinstance(actual, str) and one.verdict is not None and one.verdict.reading:
        exact = one.verdict.reading.exact
        actual = points_text(exact) + "分" if kind.style == "points" else value_text(exact, kind)
    return {
        "kind": one.statement.kind,
        "name": one.statement.name,
        "of": "/".join(one.node.path) if one.node is not None else None,
        "stated": one.statement.text,
        "right": actual if isinstance(actual, str) else None,
        "result": one.result,
        "modes": sorted(one.verdict.modes) if one.verdict and one.result not in ("exact", "wrong") else [],
        "decimals": one.figure.decimals if one.figure is not None else None,
        "line": start.line,
        "column": start.column,
    }

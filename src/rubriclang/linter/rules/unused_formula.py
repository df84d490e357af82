"""A named formula that nothing reads."""

from __future__ import annotations

from collections.abc import Iterator

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.ir.types import Many
from rubriclang.linter.rule import Subject

UNUSED_FORMULA = Kind(
    "R403",
    "unused-formula",
    "warning",
    "公式“{name}”没有用到，不影响任何得分",
    "formula '{name}' is not used and moves no score",
    "删掉它；只想看它的结果，就写到“# 结果”下面",
    "remove it, or put it under '# Results' if only its value is wanted",
)
KINDS = (UNUSED_FORMULA,)


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding for each formula that nothing reads, those under # 结果 apart; an in-file test counts as a reader."""
    program = subject.program
    kept = {*program.parameters, *program.results, program.grade}
    for definition in program.definitions:
        if definition.name is None or definition.span is None or definition.id in kept:
            continue
        if isinstance(definition.type, Many):
            continue  # a list can only be looked at
        if not subject.reads[definition.id]:
            yield subject.finding(UNUSED_FORMULA, definition.span, name=definition.name)

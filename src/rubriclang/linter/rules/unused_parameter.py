"""A parameter that nothing reads."""

from __future__ import annotations

from collections.abc import Iterator

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.linter.rule import Subject

UNUSED_PARAMETER = Kind(
    "R402",
    "unused-parameter",
    "warning",
    "参数“{name}”没有用到，改它不影响任何得分",
    "parameter '{name}' is not used; changing it moves no score",
    "删掉它，或把规则里的数换成它的名称",
    "remove it, or write its name where the rules have the number",
)
KINDS = (UNUSED_PARAMETER,)


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding for each parameter that no formula, rule, fact, check or test reads."""
    for identifier in subject.program.parameters:
        definition = subject.definitions.get(identifier)
        if definition is not None and definition.span is not None and not subject.reads[identifier]:
            yield subject.finding(UNUSED_PARAMETER, definition.span, name=definition.name or identifier)

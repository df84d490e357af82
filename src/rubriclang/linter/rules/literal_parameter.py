"""A number in a rule that a parameter holds as well."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import attrs

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.linter.rule import Subject
from rubriclang.syntax import nodes as n

LITERAL_PARAMETER = Kind(
    "R416",
    "literal-parameter",
    "hint",
    "这里直接写了 {number}，参数“{name}”也是 {number}；改参数时这里不会跟着变",
    "{number} is written out here, and parameter '{name}' is {number} too; changing it will not change this",
    "是同一个数就写 {name}",
    "write {name} if they are one number",
)
KINDS = (LITERAL_PARAMETER,)


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding for each number with a unit that is exactly a parameter's, unless many parameters share it.

    Bare and round numbers stand for too many things: only such with a unit and at least two digits count.
    """
    held: dict[tuple[Fraction, str], list[str]] = {}
    for node in subject.nodes:
        for line in node.lines:
            if isinstance(line, n.Block) and line.kind == "parameters":
                for item in line.items:
                    if isinstance(item, n.Parameter) and isinstance(item.value, n.Number) and _telling(item.value):
                        assert item.value.unit is not None
                        held.setdefault((item.value.value, item.value.unit), []).append(item.target.text)
    if not held:
        return
    for node in subject.nodes:
        for number in _numbers(node.lines):
            names = held.get((number.value, number.unit or ""), ())
            if len(names) == 1:
                text = subject.source.slice(number.span)
                yield subject.finding(LITERAL_PARAMETER, number.span, number=text, name=names[0])


def _telling(number: n.Number) -> bool:
    digits = str(number.value.numerator).strip("-0")
    return number.unit is not None and len(digits) > 1


def _numbers(lines: tuple[n.Line, ...]) -> Iterator[n.Number]:
    stack: list[Any] = [
        line
        for line in reversed(lines)
        if not isinstance(line, n.Test | n.Block | n.ListBlock | n.Measures | n.TextLine)
    ]
    while stack:
        item = stack.pop()
        if isinstance(item, n.Number):
            yield item
        elif isinstance(item, tuple):
            stack.extend(reversed(item))
        elif attrs.has(type(item)):
            stack.extend(getattr(item, field.name) for field in attrs.fields(type(item)))

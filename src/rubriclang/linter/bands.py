"""The bands of a formula as steps along its number line: where the edges lie and what each stretch awards."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import attrs

from rubriclang.ir import nodes as ir
from rubriclang.linter.rule import Subject
from rubriclang.semantics.intervals import EVERYTHING, Interval

_HOLDS = {
    "le": lambda value, edge: value <= edge,
    "lt": lambda value, edge: value < edge,
    "ge": lambda value, edge: value >= edge,
    "gt": lambda value, edge: value > edge,
    "eq": lambda value, edge: value == edge,
    "ne": lambda value, edge: value != edge,
}
Test = tuple[tuple[str, Fraction], ...]


@attrs.frozen
class Stretch:
    """An open stretch between two edges, and the arm that applies there."""

    award: Fraction
    arm: ir.Arm


@attrs.frozen
class Bands:
    """Bands over one subject with fixed edges and fixed awards, in the order of the number line."""

    definition: ir.Definition
    tests: tuple[tuple[ir.Arm, Test], ...]
    stretches: tuple[Stretch, ...]

    @property
    def turns(self) -> int:
        """How often the awards change between rising and falling."""
        return len(self.turning)

    @property
    def turning(self) -> list[Stretch]:
        """The stretches at which the awards turn."""
        found, direction = [], 0
        for before, after in pairwise(self.stretches):
            sign = (after.award > before.award) - (after.award < before.award)
            if sign and direction and sign != direction:
                found.append(after)
            direction = sign or direction
        return found


def bands_of(subject: Subject) -> Iterator[Bands]:
    """All formulas of a rubric that are bands with fixed edges and awards; others are left out."""
    for definition in subject.program.definitions:
        expr = definition.expr
        while isinstance(expr, ir.Catch | ir.Round):
            expr = expr.operand
        if isinstance(expr, ir.Case) and any(arm.tag.role == "row" for arm in expr.arms):
            found = _read(subject, definition, expr)
            if found is not None:
                yield found


def _read(subject: Subject, definition: ir.Definition, case: ir.Case) -> Bands | None:
    tests: list[tuple[ir.Arm, Test]] = []
    target: str | None = None
    for arm in case.arms:
        if not isinstance(arm.value, ir.Const) or not isinstance(arm.value.value, Fraction):
            return None
        parts: tuple[ir.Expr, ...] = () if arm.test is None else (arm.test,)
        if isinstance(arm.test, ir.Op) and arm.test.operator == "and":
            parts = arm.test.operands
        test: list[tuple[str, Fraction]] = []
        for part in parts:
            match part:
                case ir.Op(operator=op, operands=(ir.Ref() as ref, ir.Const(value=Fraction() as edge))) if op in _HOLDS:
                    if target not in (None, ref.target) or ref.kind in ("column", "row"):
                        return None
                    target = ref.target
                    test.append((op, edge))
                case _:
                    return None
        tests.append((arm, tuple(test)))
    if target is None:
        return None
    return Bands(definition, tuple(tests), tuple(_stretches(tests, _domain(subject, target))))


def _domain(subject: Subject, target: str) -> Interval:
    definition = subject.definitions.get(target)
    if definition is not None:
        return subject.ranges.of(definition.expr)
    return subject.ranges.known.get(target, EVERYTHING)


def _stretches(tests: list[tuple[ir.Arm, Test]], domain: Interval) -> Iterator[Stretch]:
    edges = sorted({edge for _, test in tests for _, edge in test})
    inner = [(a + b) / 2 for a, b in pairwise(edges)]
    for value in (edges[0] - 1, *inner, edges[-1] + 1):
        outside = (value < edges[0] and domain.low is not None and domain.low >= edges[0]) or (
            value > edges[-1] and domain.high is not None and domain.high <= edges[-1]
        )
        inside = domain.contains(value) or value in (edges[0] - 1, edges[-1] + 1)
        if outside or not inside:
            continue
        for arm, test in tests:
            if all(_HOLDS[op](value, edge) for op, edge in test):
                assert isinstance(arm.value, ir.Const) and isinstance(arm.value.value, Fraction)
                yield Stretch(arm.value.value, arm)
                break

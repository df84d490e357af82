"""The bands of a formula as steps along its number line: where the edges lie and what each stretch awards."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from math import floor

import attrs

from rubriclang.ir import nodes as ir
from rubriclang.linter.rule import Subject
from rubriclang.semantics.intervals import EVERYTHING, Interval

_SIGNS = ("le", "lt", "ge", "gt", "eq", "ne")
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


def bands_of(subject: Subject) -> tuple[Bands, ...]:
    """All formulas of a rubric that are bands with fixed edges and awards; others are left out."""
    return subject.once(_all_bands)


def _all_bands(subject: Subject) -> tuple[Bands, ...]:
    return tuple(_each(subject))


def _each(subject: Subject) -> Iterator[Bands]:
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
                case ir.Op(operator=op, operands=(ir.Ref() as ref, ir.Const(value=Fraction() as edge))) if op in _SIGNS:
                    if target not in (None, ref.target) or ref.kind in ("column", "row"):
                        return None
                    target = ref.target
                    test.append((op, edge))
                case _:
                    return None
        tests.append((arm, tuple(test)))
    if target is None:
        return None
    return Bands(definition, tuple(tests), tuple(_stretches(tests, _domain(subject, target), _whole(subject, target))))


def _whole(subject: Subject, target: str) -> bool:
    """Whether a quantity is a whole number by what it is: a whole fact, a count, a place among others."""
    definition = subject.definitions.get(target)
    if definition is None:
        return any(fact.name == target and fact.whole for fact in subject.program.facts)
    match definition.expr:
        case ir.Ref(target=other, kind="fact" | "definition"):
            return _whole(subject, other)
        case ir.Agg(function="rank", clauses=clauses):
            return not any(clause.kind == "ties" and clause.word == "mean" for clause in clauses)
        case expr:
            return isinstance(expr, ir.Agg) and expr.function == "count"


def _domain(subject: Subject, target: str) -> Interval:
    definition = subject.definitions.get(target)
    if definition is not None:
        return subject.ranges.of(definition.expr)
    return subject.ranges.known.get(target, EVERYTHING)


def _stretches(tests: list[tuple[ir.Arm, Test]], domain: Interval, whole: bool) -> Iterator[Stretch]:
    """The first arm that holds on each open stretch between edges, as far as the domain reaches.

    A test holds on a run of stretches; each run fills what no arm above it has filled, and skips the rest in one go, so
    that many bands cost no more than their number.
    """
    edges = sorted({edge for _, test in tests for _, edge in test})
    at = {edge: index for index, edge in enumerate(edges)}
    chosen: list[ir.Arm | None] = [None] * (len(edges) + 1)
    free = list(range(len(edges) + 2))  # the next stretch from here that no arm has filled

    def next_free(index: int) -> int:
        while free[index] != index:
            free[index] = free[free[index]]
            index = free[index]
        return index

    for arm, test in tests:
        first, last = 0, len(edges)
        for op, edge in test:
            if op in ("le", "lt"):
                last = min(last, at[edge])
            elif op in ("ge", "gt"):
                first = max(first, at[edge] + 1)
            elif op == "eq":
                last = -1  # one number is no stretch
        index = next_free(first)
        while index <= last:
            chosen[index] = arm
            free[index] = index + 1
            index = next_free(index)
    for index, filled in enumerate(chosen):
        if filled is not None and _reaches(domain, edges, index, whole):
            assert isinstance(filled.value, ir.Const) and isinstance(filled.value.value, Fraction)
            yield Stretch(filled.value.value, filled)


def _reaches(domain: Interval, edges: list[Fraction], index: int, whole: bool) -> bool:
    """Whether some of the stretch before an edge (or behind the last one) lies in the domain; numbers may be whole."""
    low = edges[index - 1] if index else None
    high = edges[index] if index < len(edges) else None
    if whole and low is not None and high is not None and floor(low) + 1 >= high:
        return False
    return not domain.meet(Interval(low, high, True, True)).empty

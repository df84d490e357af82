"""The points of an indicator along the line of its one quantity: rows, steps and interpolations as stretches.

Exact over rationals. On each stretch one arm applies, and the points only rise, only fall or stay; so the points at the
ends of the stretches say all about their order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import attrs

from rubriclang.ir import nodes as ir
from rubriclang.ir.rounding import round_to
from rubriclang.linter.rule import Subject
from rubriclang.semantics.coverage import values_of
from rubriclang.semantics.intervals import EVERYTHING, Interval

_MAX_ARMS = 2_000


@attrs.frozen
class Stretch:
    """Where one arm applies: an open stretch between two edges, or an edge by itself.

    ``first`` and ``last`` are the points towards its lower and its upper end (None: without bound); ``trend`` is the
    sign of their change on the way.
    """

    values: Interval
    first: Fraction | None
    last: Fraction | None
    trend: int
    arm: ir.Arm

    @property
    def is_edge(self) -> bool:
        """Whether it is one number."""
        return self.values.low is not None and self.values.low == self.values.high

    @property
    def fixed(self) -> Fraction | None:
        """Its points, where they are the same all along."""
        return self.first if self.trend == 0 else None


@attrs.frozen
class Profile:
    """The points of a node along its quantity, from the least value to the largest; edges stand between stretches."""

    node: ir.Node
    quantity: ir.Ref
    stretches: tuple[Stretch, ...]

    @property
    def wide(self) -> tuple[Stretch, ...]:
        """The stretches that are more than an edge."""
        return tuple(stretch for stretch in self.stretches if not stretch.is_edge)

    @property
    def turns(self) -> list[Stretch]:
        """The stretches at which the points turn from rising to falling or back; single edges are passed over."""
        found: list[Stretch] = []
        direction = 0
        for before, after, at in self.moves():
            sign = (after > before) - (after < before)
            if sign and direction and sign != direction:
                found.append(at)
            direction = sign or direction
        return found

    def moves(self) -> Iterator[tuple[Fraction, Fraction, Stretch]]:
        """The points before and after each change along the line, with the stretch it leads into or happens on."""
        known = [(stretch.first, stretch.last, stretch) for stretch in self.wide]
        flat: list[tuple[Fraction, Stretch]] = []
        for first, last, stretch in known:
            flat += [(points, stretch) for points in (first, last) if points is not None]
        yield from ((before[0], after[0], after[1]) for before, after in pairwise(flat))

    @property
    def best(self) -> Fraction | None:
        """The most points anywhere; None where nothing bounds them."""
        ends = [end for stretch in self.stretches for end in (stretch.first, stretch.last)]
        return max((end for end in ends if end is not None), default=None) if None not in ends else None


def profile_of(subject: Subject, node: ir.Node) -> Profile | None:
    """The profile of an indicator whose base is about one quantity and nothing else; None for any other."""
    key = ("profile", node.points)
    if key not in subject.kept:
        subject.kept[key] = _profile_of(subject, node)
    found: Profile | None = subject.kept[key]
    return found


def _profile_of(subject: Subject, node: ir.Node) -> Profile | None:
    base = subject.definitions.get(node.base or "")
    if base is None or base.level is not None or not isinstance(node.high, Fraction | None):
        return None
    expr = base.expr
    while isinstance(expr, ir.Catch | ir.Round):
        expr = expr.operand
    if not isinstance(expr, ir.Case) or len(expr.arms) > _MAX_ARMS or expr.arms[0].tag.role not in ("row", "step"):
        return None
    quantity = _quantity(subject, expr)
    if quantity is None:
        return None
    line = _Line(subject, node, quantity)
    stretches = line.stretches(expr.arms)
    return None if stretches is None or len(stretches) < 2 else Profile(node, quantity, tuple(stretches))


def _quantity(subject: Subject, case: ir.Case) -> ir.Ref | None:
    """What the first row compares, where that is a number that is no parameter."""
    test = case.arms[0].test
    while isinstance(test, ir.Op) and test.operator in ("and", "or"):
        test = test.operands[0]
    if isinstance(test, ir.Op) and len(test.operands) == 2 and isinstance(test.operands[0], ir.Ref):
        found = test.operands[0]
        if found.kind in ("fact", "definition") and not found.own and subject.constant(found) is None:
            return found
    return None


class _Line:
    """The number line of one quantity."""

    def __init__(self, subject: Subject, node: ir.Node, quantity: ir.Ref) -> None:
        self.subject = subject
        self.quantity = quantity
        self.low = node.low if isinstance(node.low, Fraction) else None
        self.high = node.high if isinstance(node.high, Fraction) else None

    def stretches(self, arms: tuple[ir.Arm, ...]) -> list[Stretch] | None:
        held: list[tuple[ir.Arm, list[Interval]]] = []
        for arm in arms:
            values = [EVERYTHING] if arm.test is None else values_of(arm.test, self.quantity, self.subject.constant)
            if values is None and arm.tag.role == "otherwise":
                values = [EVERYTHING]  # what asks whether the quantity is there at all
            if values is None:
                return None
            held.append((arm, values))
        domain = self.subject.range_of(self.quantity)
        ends = {end for _, values in held for part in values for end in (part.low, part.high)}
        edges = sorted(end for end in ends if end is not None)
        found: list[Stretch] = []
        for place, chosen in enumerate(_first_arms(held, edges)):
            part = _place(edges, place).meet(domain)
            if chosen is None or part.empty:
                continue
            stretch = self._stretch(part, chosen)
            if stretch is None:
                return None
            found.append(stretch)
        return found

    def _stretch(self, values: Interval, arm: ir.Arm) -> Stretch | None:
        award = self.subject.constant(arm.value)
        if award is not None:
            points = self._cut(award)
            return Stretch(values, points, points, 0, arm)
        trend = self._trend(arm.value, values)
        if trend is None:
            return None
        somewhere = values.low if values.low is not None else values.high
        if trend == 0:
            found = self._at(arm.value, somewhere if somewhere is not None else Fraction(0))
            return None if found is None else Stretch(values, self._cut(found), self._cut(found), 0, arm)
        ends: list[Fraction | None] = []
        for end, sign in ((values.low, -trend), (values.high, trend)):
            there = self._at(arm.value, end) if end is not None else None
            if end is not None and there is None:
                return None
            ends.append(self._cut(there) if there is not None else self.high if sign > 0 else self.low)
        return Stretch(values, ends[0], ends[1], trend, arm)

    def _cut(self, points: Fraction) -> Fraction:
        """Points within the least and the most that the indicator can come to."""
        points = points if self.low is None else max(points, self.low)
        return points if self.high is None else min(points, self.high)

    def _at(self, expr: ir.Expr, value: Fraction) -> Fraction | None:
        """An award where the quantity has a value; None where it depends on anything else."""
        if expr == self.quantity:
            return value
        known = self.subject.constant(expr)
        if known is not None:
            return known
        match expr:
            case ir.Round(mode=mode, step=step, operand=operand):
                size, inner = self.subject.constant(step), self._at(operand, value)
                return None if size is None or inner is None or size <= 0 else round_to(inner, size, mode)
            case ir.Op(operator=operator, operands=operands):
                parts = [self._at(operand, value) for operand in operands]
                numbers = [part for part in parts if part is not None]
                return _apply(operator, numbers) if len(numbers) == len(parts) else None
            case _:
                return None

    def _trend(self, expr: ir.Expr, values: Interval) -> int | None:
        """Which way an award moves as the quantity grows over a stretch; None where that is not known."""
        if expr == self.quantity:
            return 1
        if self.subject.constant(expr) is not None:
            return 0
        match expr:
            case ir.Round(operand=operand):
                return self._trend(operand, values)
            case ir.Op(operator="neg", operands=(operand,)):
                inner = self._trend(operand, values)
                return None if inner is None else -inner
            case ir.Op(operator="add" | "min" | "max", operands=operands):
                return _together([self._trend(operand, values) for operand in operands])
            case ir.Op(operator="abs", operands=(operand,)):
                inner, signs = self._trend(operand, values), self._signs(operand, values)
                return None if inner is None or len(signs) > 1 else inner * next(iter(signs), 0)
            case ir.Op(operator="mul" | "div" as operator, operands=(left, right)):
                factor, moving = (right, left) if self.subject.constant(right) is not None else (left, right)
                size, inner = self.subject.constant(factor), self._trend(moving, values)
                if size is None or inner is None or (operator == "div" and moving is right):
                    return None
                return inner * ((size > 0) - (size < 0))
            case _:
                return None

    def _signs(self, expr: ir.Expr, values: Interval) -> set[int]:
        ends = [self._at(expr, end) for end in (values.low, values.high) if end is not None]
        return {(end > 0) - (end < 0) for end in ends if end is not None} - {0} or {0}


def _apply(operator: str, numbers: list[Fraction]) -> Fraction | None:
    match operator:
        case "add":
            return sum(numbers, Fraction(0))
        case "neg":
            return -numbers[0]
        case "mul":
            product = Fraction(1)
            for number in numbers:
                product *= number
            return product
        case "div":
            return numbers[0] / numbers[1] if numbers[1] else None
        case "min":
            return min(numbers)
        case "max":
            return max(numbers)
        case "abs":
            return abs(numbers[0])
        case _:
            return None


def _together(trends: list[int | None]) -> int | None:
    moving = {trend for trend in trends if trend != 0}
    if None in moving or len(moving) > 1:
        return None
    return next(iter(moving), 0)


def _place(edges: list[Fraction], place: int) -> Interval:
    """The places of a line in order: the stretch before the first edge, that edge, the next stretch and so on."""
    at = place // 2
    if place % 2:
        return Interval(edges[at], edges[at])
    return Interval(edges[at - 1] if at else None, edges[at] if at < len(edges) else None, True, True)


def _first_arms(held: list[tuple[ir.Arm, list[Interval]]], edges: list[Fraction]) -> list[ir.Arm | None]:
    """The first arm that holds at each place; each fills what none above it has, and skips the rest in one go."""
    chosen: list[ir.Arm | None] = [None] * (2 * len(edges) + 1)
    free = list(range(len(chosen) + 1))

    def next_free(index: int) -> int:
        while free[index] != index:
            free[index] = free[free[index]]
            index = free[index]
        return index

    for arm, values in held:
        for part in values:
            first, last = 0, len(chosen) - 1
            if part.low is not None:
                first = 2 * bisect_left(edges, part.low) + (2 if part.low_open else 1)
            if part.high is not None:
                last = 2 * bisect_left(edges, part.high) + (0 if part.high_open else 1)
            index = next_free(first) if first <= last else len(chosen)
            while index <= last:
                chosen[index] = arm
                free[index] = index + 1
                index = next_free(index)
    return chosen

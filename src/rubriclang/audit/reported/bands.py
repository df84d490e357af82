"""Which values would get points: an indicator read backwards, by trying its edges and what lies between."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubriclang.audit.reported.what_if import WhatIf
from rubriclang.ir import nodes as ir

MOST_EDGES = 300


@attrs.frozen
class Band:
    """Values that all get the points asked for, next to the true value: from ``low`` to ``high``, None without end.

    ``row`` is the row as the rubric writes it.
    """

    low: Fraction | None
    high: Fraction | None
    low_in: bool
    high_in: bool
    row: str

    @property
    def single(self) -> bool:
        """Whether one value alone gets the points."""
        return self.low is not None and self.low == self.high


def band_for(world: WhatIf, node: ir.Node, value: ir.Definition, points: Fraction, actual: Fraction) -> Band | None:
    """The band nearest to the actual value that gives the points; None when none is found."""
    edges = sorted(set(_edges(world, node, actual)))
    if not edges:
        return None
    # Places alternate: below all, edge, between, edge, ..., above all.
    gap = max(edges[-1] - edges[0], Fraction(1))
    places: list[tuple[Fraction, bool]] = [(edges[0] - gap, False)]
    for i, edge in enumerate(edges):
        places.append((edge, True))
        places.append((((edge + edges[i + 1]) / 2) if i + 1 < len(edges) else edge + gap, False))
    got = [world.near(node, value, number) for number, _ in places]
    hits = [i for i, (result, _) in enumerate(got) if result == points]
    found = [_spread(places, got, i, points) for i in hits] or list(_crossings(world, node, value, places, got, points))
    best = min(found, key=lambda band: _distance(band, actual), default=None)
    if best is None:
        return None
    inside = _inside(best, gap)
    return best if world.points(node, {value.id: inside}) == points else None


def _edges(world: WhatIf, node: ir.Node, actual: Fraction) -> Iterator[Fraction]:
    """Numbers at which the rules of an indicator may change, and so many steps from each."""
    numbers: set[Fraction] = {actual}
    counted: set[tuple[Fraction, Fraction]] = set()
    for definition in world.program.definitions:
        if definition.owner != node.path or definition.name is not None:
            continue
        for part in ir.walk(definition.expr):
            numbers |= _numbers(world, part)
            if isinstance(part, ir.Round):  # (value - edge) / step, in whole steps
                inner = {number for below in ir.walk(part.operand) for number in _numbers(world, below)}
                counted |= {(edge, abs(step)) for edge in inner | {Fraction(0)} for step in inner if step}
    yield from sorted(numbers, key=lambda number: abs(number - actual))[:60]
    for k in range(1, MOST_EDGES // (2 * max(1, len(counted))) + 1):
        for edge, step in counted:
            yield edge + k * step
            yield edge - k * step


def _numbers(world: WhatIf, part: ir.Expr) -> set[Fraction]:
    """The number that a literal, a fact or a formula stands for."""
    value = None
    if isinstance(part, ir.Const):
        value = part.value
    elif isinstance(part, ir.Ref):
        value = (world.run.facts if part.kind == "fact" else world.run.values).get(part.target)
    return {value} if isinstance(value, Fraction) and not isinstance(value, bool) else set()


def _spread(
    places: list[tuple[Fraction, bool]], got: list[tuple[Fraction | None, str]], at: int, points: Fraction
) -> Band:
    low = high = at
    while low > 0 and got[low - 1][0] == points:
        low -= 1
    while high + 1 < len(got) and got[high + 1][0] == points:
        high += 1
    low_edge, high_edge = places[low][1], places[high][1]
    low_at = None if low == 0 else places[low][0] if low_edge else places[low - 1][0]
    high_at = None if high == len(places) - 1 else places[high][0] if high_edge else places[high + 1][0]
    rows = {row for _, row in got[low : high + 1]}
    return Band(low_at, high_at, low_edge, high_edge, got[at][1] if len(rows) == 1 else "")


def _crossings(
    world: WhatIf,
    node: ir.Node,
    value: ir.Definition,
    places: list[tuple[Fraction, bool]],
    got: list[tuple[Fraction | None, str]],
    points: Fraction,
) -> Iterator[Band]:
    """Single values on a straight stretch between two places."""
    for i in range(len(places) - 1):
        left, right = got[i][0], got[i + 1][0]
        if left is None or right is None or left == right or not min(left, right) < points < max(left, right):
            continue
        a, b = places[i][0], places[i + 1][0]
        number = a + (points - left) * (b - a) / (right - left)
        result, row = world.near(node, value, number)
        if result == points:
            yield Band(number, number, True, True, row)


def _distance(band: Band, actual: Fraction) -> Fraction:
    if band.low is not None and actual < band.low:
        return band.low - actual
    if band.high is not None and actual > band.high:
        return actual - band.high
    return Fraction(0)


def _inside(band: Band, gap: Fraction) -> Fraction:
    if band.low is None or band.high is None:
        if band.low is not None:
            return band.low if band.low_in else band.low + gap
        return band.high if band.high is not None and band.high_in else (band.high or Fraction(0)) - gap
    return band.low if band.low_in else band.high if band.high_in else (band.low + band.high) / 2

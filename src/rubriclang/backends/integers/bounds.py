"""The range of every term: what it can come to, given what its inputs can be.

Interval arithmetic over whole numbers: exact ends for one operation, and never too narrow for a graph of them. A range
without an end on one side is unbounded there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from rubriclang.backends.integers.graph import Graph, Node


@attrs.frozen
class Range:
    """The integers from ``low`` to ``high``, both included; None is no end."""

    low: int | None = None
    high: int | None = None

    def meet(self, other: Range) -> Range:
        """What lies in both; where nothing does, this range."""
        low = self.low if other.low is None else other.low if self.low is None else max(self.low, other.low)
        high = self.high if other.high is None else other.high if self.high is None else min(self.high, other.high)
        return self if low is not None and high is not None and low > high else Range(low, high)

    def join(self, other: Range) -> Range:
        """The least range around both."""
        low = None if self.low is None or other.low is None else min(self.low, other.low)
        high = None if self.high is None or other.high is None else max(self.high, other.high)
        return Range(low, high)

    def apart(self, other: Range) -> bool:
        """Whether the two have no number in common."""
        return (self.high is not None and other.low is not None and self.high < other.low) or (
            self.low is not None and other.high is not None and self.low > other.high
        )

    def holds(self, value: int) -> bool:
        """Whether a number lies in it."""
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)

    @property
    def bits(self) -> int | None:
        """How many bits the largest magnitude takes, without a sign; None where there is no end."""
        if self.low is None or self.high is None:
            return None
        return max(self.low.bit_length(), self.high.bit_length())


ANY = Range()
TRUTH = Range(0, 1)


def range_of(node: Node, args: Sequence[Range], inputs: Mapping[str, Range] | None = None) -> Range:
    """The range of a node from those of its operands."""
    match node.op:
        case "const":
            assert isinstance(node.value, int)
            return Range(node.value, node.value)
        case "input":
            known = inputs.get(str(node.value), ANY) if inputs else ANY
            return known if node.kind == "int" else TRUTH
        case "assume":
            return args[0]
        case "add":
            return _sum(args[0], args[1])
        case "sub":
            return _sum(args[0], _negative(args[1]))
        case "neg":
            return _negative(args[0])
        case "abs":
            return _magnitude(args[0])
        case "mul":
            return _product(args[0], args[1])
        case "floordiv":
            return _quotient(args[0], args[1])
        case "min":
            return _negative(_greater(_negative(args[0]), _negative(args[1])))
        case "max":
            return _greater(args[0], args[1])
        case "select" if node.kind == "int":
            return args[1].join(args[2])
        case _:
            return TRUTH


def bounds(graph: Graph, inputs: Mapping[str, Range], assume: bool = True) -> list[Range]:
    """The range of every term of a graph.

    Args:
        graph: the terms.
        inputs: the ranges of the integer inputs by name; one that is not named is unbounded.
        assume: whether ranges that hold on units that are not flagged may be used. A flagged unit can leave them: what
            is computed for it is of no use, and may wrap.
    """
    found: list[Range] = []
    for term, node in enumerate(graph.nodes):
        known = range_of(node, [found[arg] for arg in node.args], inputs)
        if assume and node.op in ("input", "assume"):
            known = known.meet(graph.ranges[term])
        found.append(known)
    return found


def _sum(a: Range, b: Range) -> Range:
    return Range(
        None if a.low is None or b.low is None else a.low + b.low,
        None if a.high is None or b.high is None else a.high + b.high,
    )


def _negative(a: Range) -> Range:
    return Range(None if a.high is None else -a.high, None if a.low is None else -a.low)


def _magnitude(a: Range) -> Range:
    if a.low is not None and a.low >= 0:
        return a
    if a.high is not None and a.high <= 0:
        return _negative(a)
    high = None if a.low is None or a.high is None else max(-a.low, a.high)
    return Range(0, high)


def _greater(a: Range, b: Range) -> Range:
    lows = [low for low in (a.low, b.low) if low is not None]
    high = None if a.high is None or b.high is None else max(a.high, b.high)
    return Range(max(lows) if lows else None, high)


# An end of a range: how often it is infinite (-1, 0, 1), and the number where it is not.
_End = tuple[int, int]


def _ends(a: Range) -> tuple[_End, _End]:
    return (-1, 0) if a.low is None else (0, a.low), (1, 0) if a.high is None else (0, a.high)


def _around(ends: Iterator[_End]) -> Range:
    found = list(ends)
    low, high = min(found), max(found)
    return Range(None if low[0] else low[1], None if high[0] else high[1])


def _sign(end: _End) -> int:
    return end[0] or (end[1] > 0) - (end[1] < 0)


def _product(a: Range, b: Range) -> Range:
    def times(x: _End, y: _End) -> _End:
        if x[0] or y[0]:
            return _sign(x) * _sign(y), 0  # 0 times what has no end is 0: the numbers themselves have one
        return 0, x[1] * y[1]

    return _around(times(x, y) for x in _ends(a) for y in _ends(b))


def _quotient(a: Range, b: Range) -> Range:
    """Of a floor division by what is at least 1: on a unit where it is not, nothing is asked of the result."""
    divisor = Range(max(b.low or 1, 1), b.high if b.high is None or b.high >= 1 else 1)

    def over(x: _End, y: _End) -> _End:
        if x[0]:
            return x
        if y[0]:
            return 0, -1 if x[1] < 0 else 0
        return 0, x[1] // y[1]

    return _around(over(x, y) for x in _ends(a) for y in _ends(divisor))

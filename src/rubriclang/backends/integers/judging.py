"""Points that a person gives, within their bounds."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

import attrs

from rubriclang.backends.integers import arithmetic
from rubriclang.backends.integers.bounds import Range
from rubriclang.backends.integers.form import Event
from rubriclang.backends.integers.graph import Term
from rubriclang.backends.integers.unsayable import UnsayableError
from rubriclang.backends.integers.value import Value, clean, masked, met
from rubriclang.ir import nodes as ir

if TYPE_CHECKING:
    from rubriclang.backends.integers.expressions import Expressions

_MOST_SUMS = 4096  # of the ticks of a checklist that are listed one by one


def judge(e: Expressions, expr: ir.Judge) -> Value:
    """The points given for an item; a unit is flagged where there are none or they lie outside their bounds."""
    graph = e.graph
    if expr.given is not None:
        raise UnsayableError("judged rows of a table", expr.span)
    ends = [e.lower(end) for end in (expr.low, expr.high) if end is not None]
    reasons = met(graph, ends)
    asked = graph.and_(e.path, arithmetic.fine_of(graph, reasons))
    made, points = e.inputs.read("judged", expr.item, "number", optional=True)
    assert made.present is not None
    e.judged.setdefault(expr.item, []).append(asked)
    if e.trace:
        e.events.append(Event(asked, graph.zero, (), expr.item))
    low, high = attrs.evolve(ends[0], reasons={}), attrs.evolve(ends[-1], reasons={})
    within = [arithmetic.compare(graph, "gt" if expr.low_open else "ge", points, low).term]
    if expr.high is not None:
        within.append(arithmetic.compare(graph, "lt" if expr.high_open else "le", points, high).term)
    if expr.choices:
        literal = all(isinstance(end, ir.Const) for end in (expr.low, expr.high) if end is not None)
        within = [_is_sum(e, points, expr), *(() if literal and graph.value_of(points.den) is not None else within)]
    e.flags.append(graph.and_(asked, made.present, graph.not_(graph.and_(*within))))
    value = attrs.evolve(points, term=_within(e, points, ends))
    low_at_hand = graph.ranges[value.term].low
    if len(e.judged[expr.item]) == 1:
        e.inputs.bounded(made, 0, low_at_hand)
    elif made.low is not None:
        e.inputs.bounded(made, 0, None if low_at_hand is None else min(made.low, low_at_hand))
    open_ = graph.and_(arithmetic.fine_of(graph, reasons), graph.not_(made.present))
    return masked(graph, attrs.evolve(value, reasons=clean(graph, reasons)), {"pending": open_})


def _within(e: Expressions, points: Value, ends: list[Value]) -> Term:
    """The numerator, of which the bounds of the judgement are known where the unit is not flagged."""
    graph = e.graph
    scale = graph.value_of(points.den)
    fixed: list[Fraction | None] = []
    for end in ends:
        term, den = graph.value_of(end.term), graph.value_of(end.den)
        fixed.append(Fraction(term, den) if term is not None and den is not None else None)
    low, high = fixed[0], fixed[1] if len(fixed) > 1 else None
    if scale is not None:
        known = Range(
            None if low is None else -(-low.numerator * scale // low.denominator),
            None if high is None else high.numerator * scale // high.denominator,
        )
    else:  # of a numerator without its denominator only the sign is known
        known = Range(
            None if low is None or low < 0 else 0 if low == 0 else 1,
            0 if high is not None and high <= 0 else None,
        )
    return graph.assume(points.term, known)


def _is_sum(e: Expressions, points: Value, expr: ir.Judge) -> Term:
    """Whether some set of ticks gives these points."""
    graph = e.graph
    reached = {Fraction(0)}
    for _, amount in expr.choices:
        if isinstance(amount, Fraction):
            reached |= {total + amount for total in reached}
        if len(reached) > _MOST_SUMS:
            raise UnsayableError("a checklist of many odd amounts", expr.span)
    scale = graph.value_of(points.den)
    if scale is not None:
        counts = [total * scale for total in reached if _allowed(expr, total)]
        return graph.member(points.term, [int(count) for count in counts if count.denominator == 1])
    whole = lcm(*(total.denominator for total in reached))
    parts = graph.mul(points.term, graph.const(whole))
    count = graph.floordiv(parts, points.den)
    return graph.and_(
        graph.eq(graph.mul(count, points.den), parts), graph.member(count, [int(total * whole) for total in reached])
    )


def _allowed(expr: ir.Judge, points: Fraction) -> bool:
    """Whether a sum of ticks lies within the bounds, which a checklist has as literals."""
    low = expr.low.value if isinstance(expr.low, ir.Const) else None
    high = expr.high.value if isinstance(expr.high, ir.Const) else None
    over = not isinstance(low, Fraction) or points > low or (points == low and not expr.low_open)
    under = not isinstance(high, Fraction) or points < high or (points == high and not expr.high_open)
    return over and under


def asked_where(e: Expressions, item: str) -> Term:
    """Where an item is read by any rule."""
    return e.graph.or_(*e.judged.get(item, []))

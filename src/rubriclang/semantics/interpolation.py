"""Straight lines between break points: the head ``主体：内插`` and the row ``其间 -> 内插``.

Break points are inclusive and nothing is extrapolated: beyond the first and the last, rows must say what holds.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import attrs

from rubriclang.ir import nodes as ir
from rubriclang.ir.values import Cause, Reason
from rubriclang.semantics.intervals import Interval
from rubriclang.source import Span


@attrs.frozen
class BreakPoint:
    """Where the subject is ``at``, the award is ``award``."""

    at: ir.Expr
    award: ir.Expr
    text: str
    span: Span


def lines(subject: ir.Expr, points: list[BreakPoint], span: Span) -> tuple[list[ir.Arm], Interval | None] | None:
    """The arms between break points, and the interval they cover where all break points are constant.

    None when constant break points do not rise (or fall) strictly. Where they depend on facts, the first arm refuses
    a fact set in which they do not.
    """
    fixed = [p.at.value for p in points if isinstance(p.at, ir.Const) and isinstance(p.at.value, Fraction)]
    if len(fixed) == len(points):
        pairs = list(pairwise(fixed))
        if all(a > b for a, b in pairs):
            points = list(reversed(points))
            fixed.reverse()
        elif not all(a < b for a, b in pairs):
            return None
        arms = [_segment(subject, a, b) for a, b in pairwise(points)]
        return arms, Interval(fixed[0], fixed[-1])
    return [_out_of_order(points, span), *(_segment(subject, a, b) for a, b in pairwise(points))], None


def _out_of_order(points: list[BreakPoint], span: Span) -> ir.Arm:
    rising = tuple(ir.Op("lt", (a.at, b.at), span) for a, b in pairwise(points))
    falling = tuple(ir.Op("gt", (a.at, b.at), span) for a, b in pairwise(points))
    ordered = ir.Op("or", (ir.Op("and", rising, span), ir.Op("and", falling, span)), span)
    reason = Reason("undefined", (Cause("break points", "", span),))
    return ir.Arm(ir.Op("not", (ordered,), span), ir.Const(reason, span), ir.Tag("", "plain", span))


def _segment(subject: ir.Expr, a: BreakPoint, b: BreakPoint) -> ir.Arm:
    span = a.span.to(b.span)
    inside: ir.Expr = ir.Op("and", (ir.Op("ge", (subject, a.at)), ir.Op("le", (subject, b.at))), span)
    constant = [e.value for e in (a.at, b.at) if isinstance(e, ir.Const) and isinstance(e.value, Fraction)]
    if len(constant) < 2:  # either way round: the order is known only with the facts
        other = ir.Op("and", (ir.Op("le", (subject, a.at)), ir.Op("ge", (subject, b.at))), span)
        inside = ir.Op("or", (inside, other), span)
    return ir.Arm(inside, between(subject, a, b, span), ir.Tag(f"{a.text} ~ {b.text} 内插", "row", span))


def between(subject: ir.Expr, a: BreakPoint, b: BreakPoint, span: Span) -> ir.Expr:
    """``A + (x - a) × (B - A) / (b - a)``."""
    past = ir.Op("add", (subject, ir.Op("neg", (a.at,))), span)
    values = [e.value for e in (a.at, b.at, a.award, b.award) if isinstance(e, ir.Const)]
    numbers = [value for value in values if isinstance(value, Fraction)]
    if len(numbers) == 4:
        slope = (numbers[3] - numbers[2]) / (numbers[1] - numbers[0])
        return ir.Op("add", (a.award, ir.Op("mul", (past, ir.Const(slope)), span)), span)
    rise = ir.Op("add", (b.award, ir.Op("neg", (a.award,))), span)
    run = ir.Op("add", (b.at, ir.Op("neg", (a.at,))), span)
    part = ir.Op("div", (ir.Op("mul", (past, rise), span), run), span)
    # The order has been checked before, so the run is never zero; the handler says so to the denominator check.
    whole: ir.Expr = ir.Op("add", (a.award, part), span)
    # Between the ends the line lies between their awards; said outright, because ranges cannot see it.
    whole = ir.Op("min", (whole, ir.Op("max", (a.award, b.award))), span)
    whole = ir.Op("max", (whole, ir.Op("min", (a.award, b.award))), span)
    return ir.Catch(whole, (ir.Handler("zero", a.award, ir.Tag("", "plain")),), span)

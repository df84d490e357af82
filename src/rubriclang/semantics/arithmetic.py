"""Checks and lowers arithmetic: sums in one unit, products and quotients of units, powers, dates and periods.

Functions of the elaborator's file, kept apart for size; ``e`` is the elaborator of the scope at hand.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from rubriclang.ir import nodes as ir
from rubriclang.ir.types import Day, Number, Type, describe
from rubriclang.ir.units import PLAIN, Unit, find_unit
from rubriclang.semantics import errors
from rubriclang.semantics.comparisons import rate_against_bare
from rubriclang.semantics.scope import TOTAL_NAMES
from rubriclang.syntax import nodes as n

if TYPE_CHECKING:
    from rubriclang.semantics.expressions import Elaborator

Typed = tuple[ir.Expr, Type]


def convert(typed: Typed, unit: Unit) -> ir.Expr:
    """The expression in another unit of the same dimensions; exact."""
    expr, kind = typed
    assert isinstance(kind, Number)
    factor = kind.unit.scale / unit.scale
    if factor == 1:
        return expr
    if isinstance(expr, ir.Const) and isinstance(expr.value, Fraction):
        return attrs.evolve(expr, value=expr.value * factor)
    return ir.Op("mul", (expr, ir.Const(factor)), expr.span)


def unify(
    e: Elaborator, left: Typed, right: Typed, left_at: n.Expression, right_at: n.Expression, action: tuple[str, str]
) -> tuple[ir.Expr, ir.Expr, Number] | None:
    """Two numbers in one unit (that of the left), or None when they do not go together."""
    a, b = left[1], right[1]
    assert isinstance(a, Number) and isinstance(b, Number)
    rate_and_points = {a.style, b.style} == {"percent", "points"} and not a.bare and not b.bare
    if rate_and_points and a.unit.plain and b.unit.plain:
        _mismatch(e, a, b, left_at, right_at, action)
        return None
    if a.unit.dimensions == b.unit.dimensions:
        unit = a.unit if a.unit.dimensions or not b.unit.name else b.unit
        style = a.style if a.style != "plain" else b.style
        merged = Number(unit, style, a.bare and b.bare, a.whole and b.whole, a.difference and b.difference)
        return convert(left, unit), convert(right, unit), merged
    for bare, other, bare_at, first in ((b, a, right_at, False), (a, b, left_at, True)):
        expr = left[0] if first else right[0]
        zero = isinstance(expr, ir.Const) and expr.value == 0
        if bare.bare and (other.unit.countable or zero):
            return left[0], right[0], attrs.evolve(other, whole=a.whole and b.whole)
        if bare.bare and isinstance(expr, ir.Const):
            subject = e.text(left_at if bare is b else right_at)
            number = e.text(bare_at)
            e.report(
                errors.UNIT_NEEDED,
                bare_at.span,
                number=number,
                subject=subject,
                unit=other.unit.name,
                fix=number + other.unit.name,
            )
            return None
    _mismatch(e, a, b, left_at, right_at, action)
    return None


def _mismatch(e: Elaborator, a: Number, b: Number, left_at: Any, right_at: Any, action: tuple[str, str]) -> None:
    # A comparison is at fault where its bound stands; the subject may be lines away.
    span = right_at.span if action[0] == "比较" else left_at.span.to(right_at.span)
    total = isinstance(left_at, n.Name) and left_at.text in TOTAL_NAMES
    words = "总分" if total else e.text(left_at)
    hint = ("检查是不是写错了数据名；要算比率用 /", "check the names; use / for a ratio")
    if a.unit.countable and b.unit.countable:
        hint = (
            f"数的是同一样东西，就声明成同一个单位，例如都写“{a.unit.name}”；不是，就检查数据名",
            f"if both count the same things, declare both in the same unit, as in '{a.unit.name}'",
        )
    e.report(
        errors.UNIT_MISMATCH,
        span,
        left=f"{words if total else f'“{words}”'}（{describe(a)}）",
        left_en=f"{'the total' if total else repr(words)} ({describe(a, 'en')})",
        right=f"“{e.text(right_at)}”（{describe(b)}）",
        right_en=f"'{e.text(right_at)}' ({describe(b, 'en')})",
        action=action[0],
        action_en=action[1],
        hint=hint[0],
        hint_en=hint[1],
    )


def add(e: Elaborator, expr: n.Sum) -> Typed | None:
    """A sum: all terms in the unit of the first; a date may be moved by a period."""
    day = e.elaborate(expr.first)
    if day is not None and isinstance(day[1], Day):
        return _date_sum(e, day[0], expr)
    total = None if day is None else e.number(expr.first)
    rest = [(sign, e.number(term), term) for sign, term in expr.rest]
    if total is None or any(term is None for _, term, _ in rest):
        return None
    terms: list[ir.Expr] = [total[0]]
    kind: Number = total[1]
    for sign, typed, at in rest:
        assert typed is not None
        action = ("相加", "added") if sign == "+" else ("相减", "subtracted")
        so_far = (terms[0], kind)
        unclear = rate_against_bare(e, so_far, typed, expr.first, at)
        if unclear or rate_against_bare(e, typed, so_far, at, expr.first):
            return None
        both = unify(e, (terms[0], kind), typed, expr.first, at, action)
        if both is None:
            return None
        if both[2].unit != kind.unit and len(terms) > 1:  # a bare start adopted the unit; nothing to convert
            kind = both[2]
        terms[0], term, kind = both
        terms.append(ir.Op("neg", (term,), at.span) if sign == "-" else term)
    return ir.Op("add", tuple(terms), expr.span), kind


def _date_sum(e: Elaborator, day: ir.Expr, expr: n.Sum) -> Typed | None:
    """``评价日 - 3 年``, or the days between two dates."""
    zero: ir.Expr = ir.Const(Fraction(0))
    for sign, at in expr.rest:
        typed = e.elaborate(at)
        if typed is None:
            return None
        if isinstance(typed[1], Day) and sign == "-" and len(expr.rest) == 1:
            unit = find_unit("天", {})
            assert unit is not None
            return ir.Op("days", (typed[0], day), expr.span), Number(unit, whole=True)
        base = typed[1].unit.dimensions if isinstance(typed[1], Number) else ()
        if base not in ((("月", 1),), (("天", 1),)):
            e.wrong(at, "一段时间（年、月、天）", "a length of time (years, months, days)", typed[1])
            return None
        amount = convert(typed, Unit(base))
        amount = ir.Op("neg", (amount,), at.span) if sign == "-" else amount
        months, days = (amount, zero) if base[0][0] == "月" else (zero, amount)
        day = ir.Op("later", (day, months, days), expr.span)
    return day, Day()


def multiply(e: Elaborator, expr: n.Product) -> Typed | None:
    """A product or quotient: units multiply and cancel; a ratio of like units is a rate."""
    factors = [("*", expr.first), *expr.rest]
    factors = [(op, _unit_as_number(e, op, at)) for op, at in factors]
    typed = [(op, e.number(at), at) for op, at in factors]
    if any(t is None for _, t, _ in typed):
        return None
    unit = PLAIN
    above: list[ir.Expr] = []
    below: list[ir.Expr] = []
    numbers: list[Number] = []
    for op, factor, at in typed:
        assert factor is not None
        if factor[1].difference and len(typed) > 1:
            e.report(errors.POINT_DIFFERENCE, at.span)
            return None
        numbers.append(factor[1])
        unit = unit.times(factor[1].unit, 1 if op == "*" else -1)
        (above if op == "*" else below).append(factor[0])
    # 率 × 100 is a plain number; 率 / 3, a mean of rates, still is a rate.
    scaled = any(op == "*" and isinstance(at, n.Number) and at.unit is None and at.value >= 10 for op, at in factors)
    style = _product_style(numbers, [op for op, _ in factors], unit, scaled)
    if not unit.dimensions and unit.scale != 1:  # 万元 ÷ 元 and the like: the factor joins the number
        above.append(ir.Const(unit.scale))
        unit = PLAIN
    top: ir.Expr = above[0] if len(above) == 1 else ir.Op("mul", tuple(above), expr.span)
    bare = not below and all(k.bare for k in numbers)
    kind = Number(unit, style, bare, whole=not below and all(k.whole for k in numbers))
    if not below:
        return top, kind
    bottom: ir.Expr = below[0]
    if len(below) > 1:
        span = expr.rest[0][1].span.to(expr.rest[-1][1].span)
        bottom = ir.Op("mul", tuple(below), span)
    return ir.Op("div", (top, bottom), expr.span), kind


def _unit_as_number(e: Elaborator, op: str, expr: n.Expression) -> n.Expression:
    """``3 万元 / 人``: a unit that divides stands for one of it, where nothing else has its name."""
    if op == "/" and isinstance(expr, n.Name) and len(expr.parts) == 1:
        known = e.in_collection(expr.parts, expr.span) or e.names.lookup(e.scope, expr.parts)
        if known is None and find_unit(expr.parts[0], e.names.units) is not None:
            return n.Number(Fraction(1), expr.parts[0], expr.span)
    return expr


def _product_style(numbers: list[Number], ops: list[str], unit: Unit, scaled: bool) -> Any:
    if unit.dimensions:
        return "plain"
    points = [op for k, op in zip(numbers, ops, strict=True) if k.style == "points"]
    if "*" in points and points.count("*") == points.count("/") and not scaled:
        return "percent"  # points of points are a rate, like any ratio of like units
    if "*" in points:
        return "points"
    if any(k.unit.dimensions for k in numbers) and "/" in ops:
        return "percent"  # a ratio of like units
    styles = {k.style for k in numbers if not k.bare}
    return "percent" if styles == {"percent"} and not scaled else "plain"


def power(e: Elaborator, expr: n.Power) -> Typed | None:
    """A power of plain numbers; a result that is no fraction is known to any precision."""
    base, exponent = e.number(expr.base), e.number(expr.exponent)
    if base is None or exponent is None:
        return None
    for at, typed in ((expr.base, base), (expr.exponent, exponent)):
        if not typed[1].unit.plain:
            e.wrong(at, "不带单位的数", "a plain number", typed[1])
            return None
    return ir.Op("pow", (base[0], exponent[0]), expr.span), Number(PLAIN, base[1].style)

"""Limits of a score (扣完为止, 最多加 n), and whether it can leave 0 … 满分 without one.

Functions of the node lowering's file, kept apart for size; ``node`` is the lowering of the node at hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.prover.witness import Example
from rubriclang.semantics import errors
from rubriclang.syntax import nodes as n

if TYPE_CHECKING:
    from rubriclang.semantics.expressions import Elaborator
    from rubriclang.semantics.indicators import NodeLowering

_ZERO = ir.Const(Fraction(0))
# The kinds of limits on each side; the first of each never has an amount.
_SIDES: tuple[tuple[n.LimitKind, ...], ...] = (
    ("floor zero", "at least", "most deduct"),
    ("cap full", "at most", "most add"),
)


def apply_limits(node: NodeLowering, result: ir.Expr, attributes: dict[str, n.HeadingAttribute]) -> ir.Expr:
    """⑤ The score within the limits of its lines, its heading and the file's defaults."""
    limits = list(node.limits)
    if not node.scope.parts:
        limits += [limit for limit in node.frame.defaults.limits if not any(o.kind == limit.kind for o in limits)]
    gone = withdrawn(limits)
    limits = [limit for limit in limits if limit.kind not in gone]
    low: list[ir.Expr] = []
    high: list[ir.Expr] = []
    full = ir.Const(node.scope.max) if node.scope.max is not None else None
    for attribute in attributes.values():
        if attribute.kind == "most add" and isinstance(attribute.value, n.Number):
            most = (node.scope.max or Fraction(0)) + attribute.value.value
            high.append(ir.Const(most))
        elif attribute.kind == "most deduct" and isinstance(attribute.value, n.Number):
            low.append(ir.Const((node.scope.max or Fraction(0)) - attribute.value.value))
    for limit in limits:
        amount = node.e.score(limit.amount) if limit.amount is not None else None
        match limit.kind:
            case "floor zero":
                low.append(_ZERO)
            case "cap full" if full is not None:
                high.append(full)
            case "at least" if amount is not None:
                low.append(amount)
            case "at most" if amount is not None:
                high.append(amount)
            case "most deduct" if amount is not None:
                low.append(ir.Op("add", (full or _ZERO, ir.Op("neg", (amount,)))))
            case "most add" if amount is not None:
                high.append(ir.Op("add", (full or _ZERO, amount)))
    if low:
        result = ir.Op("max", (result, *low), node.scope.node.span)
    if high:
        result = ir.Op("min", (result, *high), node.scope.node.span)
    return node.define("限额", result) if isinstance(result, ir.Op) else result


def withdrawn(limits: Iterable[n.Limit]) -> frozenset[n.LimitKind]:
    """The kinds of limits that ``最高 不限`` and ``最低 不限`` take away: all on that side, wherever stated."""
    gone: set[n.LimitKind] = set()
    for limit in limits:
        side = next((side for side in _SIDES if limit.amount is None and limit.kind in side[1:]), ())
        gone.update(side)
    return frozenset(gone)


def limit_formula(e: Elaborator, expr: ir.Expr, limits: Iterable[n.Limit]) -> ir.Expr | None:
    """A named formula within the limits behind it; those that count from 满分 need an indicator that has one."""
    limits = tuple(limits)
    gone = withdrawn(limits)
    for limit in limits:
        if limit.kind in gone:
            continue
        if limit.kind in ("cap full", "most deduct", "most add"):
            full = e.elaborate(n.Full(limit.span))
            bound = None if full is None else full[0]
            if bound is not None and limit.amount is not None:
                amount = e.score(limit.amount)
                moved = ir.Op("neg", (amount,)) if amount is not None and limit.kind == "most deduct" else amount
                bound = None if moved is None else ir.Op("add", (bound, moved), limit.span)
        elif limit.amount is not None:
            typed = e.number(limit.amount)
            bound = None if typed is None else typed[0]
        else:
            bound = _ZERO
        if bound is None:
            return None
        operator = "max" if limit.kind in ("floor zero", "at least", "most deduct") else "min"
        expr = ir.Op(operator, (expr, bound), limit.span)
    return expr


def within_bounds(node: NodeLowering, result: ir.Expr) -> None:
    """A result that can leave 0 … 满分 without a stated limit has no agreed meaning."""
    if node.failed or node.scope.broken or node.award_too_high or node.scope.max is None or _proved(node):
        return
    stated = {limit.kind for limit in node.limits} | {limit.kind for limit in node.frame.defaults.limits}
    attributes = {a.kind for a in node.scope.node.attributes}
    bounds = node.frame.ranges.of(result)
    low_said = bool(stated & {"at least", "most deduct"}) or "most deduct" in attributes
    high_said = bool(stated & {"at most", "most add"}) or bool({"most add", "unlimited"} & attributes)
    too_low = (bounds.low is None or bounds.low < 0) and not low_said
    too_high = (bounds.high is None or bounds.high > node.scope.max) and not high_said
    if too_low or too_high:
        low = "不限" if bounds.low is None else number_text(bounds.low)
        high = "不限" if bounds.high is None else number_text(bounds.high)
        fix, fix_en = "扣完为止，满分为止", "not below 0, not above full"
        if not too_high:
            fix, fix_en = "扣完为止", "not below 0"
            if bounds.low is not None:
                fix += f"”；本来就有负分的写“最低 {low} 分"
                fix_en += f"', or where points are meant to be negative 'at least {low}"
        elif not too_low:
            fix, fix_en = "满分为止", "not above full"
        below = ir.Op("lt", (result, _ZERO))
        above = ir.Op("gt", (result, ir.Const(node.scope.max)))
        tests = (*((below,) if too_low else ()), *((above,) if too_high else ()))
        node.names.report(
            errors.OUT_OF_BOUNDS,
            node.scope.node.title_span,
            goal=ir.Op("or", tests),
            range=f"{low} 至 {high}",
            fix=fix,
            fix_en=fix_en,
            range_en=f"{low} to {high}".replace("不限", "unbounded"),
            max=number_text(node.scope.max),
        )
    elif bounds.high is not None and bounds.high < node.scope.max:
        node.names.report(
            errors.UNREACHED_MAX,
            node.scope.node.title_span,
            goal=Example(ir.Op("ge", (result, ir.Const(bounds.high)))),
            name=node.scope.name,
            max=number_text(node.scope.max),
            best=number_text(bounds.high),
        )


def _proved(node: NodeLowering) -> bool:
    """Whether a section's score is a sum, a share or a choice of its parts, whose maxima have been added up."""
    if not node.scope.parts:
        return False
    how = node.body.combine.how if node.body.combine is not None else None
    by_formula = how is not None and not isinstance(how, n.Name) and not isinstance(how, n.Call)
    return not by_formula and node.body.total is None

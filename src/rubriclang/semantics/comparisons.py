"""Checks and lowers comparisons: numbers in one unit, labels of one list, dates.

Functions of the elaborator's file, kept apart for size; ``e`` is the elaborator of the scope at hand.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rubriclang.diagnostics.suggest import closest
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.ir.operators import COMPARISONS
from rubriclang.ir.types import TRUTH, Day, Labels, Number, Type, Words, describe
from rubriclang.semantics import errors
from rubriclang.source import Span
from rubriclang.syntax import nodes as n

if TYPE_CHECKING:
    from rubriclang.semantics.expressions import Elaborator

Typed = tuple[ir.Expr, Type]


def compare(
    e: Elaborator, op: n.Comparator, left_at: n.Expression, left: Typed | None, right_at: n.Expression, span: Span
) -> Typed | None:
    """``left op right``; ``left`` may be lowered already (the subject of a row)."""
    right: Typed | None = None
    if left is None:
        label = e.is_label(left_at)
        if label is None:
            left = e.elaborate(left_at)
            if left is None:
                return None
        else:
            right = e.elaborate(right_at)
            if right is None:
                return None
            if not isinstance(right[1], Labels | Words):
                e.unknown(label, left_at.span)
                return None
            left = _as_label(e, label, right[1], left_at.span, e.text(right_at))
            if left is None:
                return None
    if right is None:
        right = _right_side(e, left, right_at, e.text(left_at))
        if right is None:
            return None
    return _compared(e, op, left, right, left_at, right_at, span)


def _right_side(e: Elaborator, left: Typed, right_at: n.Expression, subject: str) -> Typed | None:
    if isinstance(left[1], Labels | Words):
        label = right_at.value if isinstance(right_at, n.Text) else None
        if label is None and isinstance(right_at, n.Name) and len(right_at.parts) == 1:
            name = right_at.parts[0]
            own = isinstance(left[1], Labels) and name in left[1].options
            if own or e.is_label(right_at) is not None:
                label = name
        if label is None and isinstance(right_at, n.Number) and right_at.unit is None:
            label = number_text(right_at.value)
        if label is not None:
            return _as_label(e, label, left[1], right_at.span, subject)
    return e.elaborate(right_at)


def _as_label(e: Elaborator, label: str, kind: Type, span: Span, subject: str) -> Typed | None:
    if isinstance(kind, Labels) and label not in kind.options:
        near = closest(label, list(kind.options))
        e.report(
            errors.UNKNOWN_LABEL,
            span,
            name=label,
            subject=subject,
            options="、".join(kind.options),
            suggestion=f"是不是“{near}”？" if near else "",
            suggestion_en=f"did you mean '{near}'?" if near else "",
        )
        return None
    return ir.Const(label, span), kind


def _compared(
    e: Elaborator,
    op: n.Comparator,
    left: Typed,
    right: Typed,
    left_at: n.Expression,
    right_at: n.Expression,
    span: Span,
) -> Typed | None:
    a, b = left[1], right[1]
    if isinstance(a, Number) and isinstance(b, Number):
        if rate_against_bare(e, left, right, left_at, right_at):
            return None
        both = e.unify(left, right, left_at, right_at, ("比较", "compared"))
        if both is None:
            return None
        return ir.Op(COMPARISONS[op], (both[0], both[1]), span), TRUTH
    same = type(a) is type(b) or {type(a), type(b)} <= {Labels, Words}
    if not same:
        e.wrong(right_at, describe(a), describe(a, "en"), b)
        return None
    if op not in ("=", "!=") and not isinstance(a, Day):
        ranked = ranked_labels(e, a) if isinstance(a, Labels) else None
        if ranked is not None and isinstance(right[0], ir.Const) and right[0].value in ranked.options:
            return _ordered(op, left[0], str(right[0].value), ranked, span), TRUTH
        hint = (
            "用 = 或 ≠；要比高低，先写“等级 名：一级 > 二级”",
            "use = or !=; to rank labels write 'levels name: A > B'",
        )
        e.wrong(right_at, "可以比大小的量", "something with an order", b, *hint)
        return None
    return ir.Op(COMPARISONS[op], (left[0], right[0]), span), TRUTH


def ranked_labels(e: Elaborator, kind: Labels) -> Labels | None:
    """The labels from best to worst, as their bands are written or a line 等级 ranks them; None where neither does."""
    if kind.ordered:
        return kind
    for labels in e.names.levels.values():
        if set(kind.options) <= set(labels):
            return Labels(tuple(label for label in labels if label in kind.options), True)
    return None


def _ordered(op: str, subject: ir.Expr, label: str, kind: Labels, span: Span) -> ir.Expr:
    """``等次 ≤ 良``: any label that stands no higher; the options go from best to worst."""
    at = kind.options.index(label)
    chosen = {
        "<=": kind.options[at:],
        "<": kind.options[at + 1 :],
        ">=": kind.options[: at + 1],
        ">": kind.options[:at],
    }[op]
    tests = tuple(ir.Op("eq", (subject, ir.Const(option)), span) for option in chosen)
    if not tests:
        return ir.Const(False, span)
    return tests[0] if len(tests) == 1 else ir.Op("or", tests, span)


def rate_against_bare(e: Elaborator, left: Typed, right: Typed, left_at: Any, right_at: Any) -> bool:
    """Reports a rate that meets a bare number: does 90 mean 90 % or 90 times? 0 and 1 are clear."""
    a, b = left[1], right[1]
    if not isinstance(a, Number) or not isinstance(b, Number) or a.style != "percent" or a.bare or not b.bare:
        return False
    value = right[0].value if isinstance(right[0], ir.Const) else None
    if isinstance(value, Fraction):
        if value in (0, 1) or (a.unit.name != "%" and abs(value) < 5):
            return False
        number, times = number_text(value), number_text(value * 100)
    else:
        number = e.text(right_at)
        times = f"{number} × 100"
    e.report(
        errors.RATE_NEEDED,
        right_at.span,
        subject=e.text(left_at),
        number=number,
        times=times,
    )
    return True

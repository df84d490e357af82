"""Points that a person gives: what a judged award asks for, and where the answer stands."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from rubriclang.ir import nodes as ir
from rubriclang.semantics import errors
from rubriclang.semantics.scope import ListInfo
from rubriclang.source import Span
from rubriclang.syntax import nodes as n

if TYPE_CHECKING:
    from rubriclang.semantics.piecewise import PieceLowering


def judge(p: PieceLowering, judged_range: n.JudgedRange | None, span: Span) -> ir.Expr | None:
    """Points a person gives, within a range or 0 to 满分."""
    p.judged = True
    given = _judged_column(p, span)
    bonus = next((a.value for a in p.e.scope.node.attributes if a.kind == "most add"), None)
    if judged_range is None and p.e.full is None and isinstance(bonus, n.Number):
        judged_range = n.JudgedRange(n.Number(Fraction(0)), bonus, span=span)
    if judged_range is None:
        full = p.e.elaborate(n.Full(span))
        if full is None:
            return None
        return ir.Judge(p.judge_item, ir.Const(Fraction(0)), full[0], given=given, span=span)
    low = p.e.score(judged_range.low)
    high = None if judged_range.high is None else p.e.score(judged_range.high)
    ends = [end.value for end in (low, high) if isinstance(end, ir.Const) and isinstance(end.value, Fraction)]
    if len(ends) == 2 and ends[0] > ends[1]:
        p.e.report(errors.UPSIDE_DOWN_RANGE, judged_range.span, text=p.e.text(judged_range))
        return None
    if low is None or (judged_range.high is not None and high is None):
        return None
    return ir.Judge(
        p.judge_item,
        low,
        high,
        judged_range.low_open,
        judged_range.high_open,
        given=given,
        span=judged_range.span,
    )


def _judged_column(p: PieceLowering, span: Span) -> ir.Expr | None:
    """Where the points of a judged row stand: in the column of type 评定 of its list."""
    for context in reversed(p.e.within):
        if isinstance(context, ListInfo):
            if context.judged is not None:
                return ir.Ref(f"{context.name}.{context.judged}", "column", span)
            hint = (
                f"在表“{context.name}”里加一列“- 得分：评定”",
                f"add a column '- points: assessed' to '{context.name}'",
            )
            p.e.report(errors.MISPLACED, span, hint=hint[0], hint_en=hint[1])
    return None

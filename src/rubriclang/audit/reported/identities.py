"""Identities of the rubric (勾稽) that the facts of a report do not fulfil, at the figure they are about."""

from __future__ import annotations

from fractions import Fraction

from rubriclang.audit.findings import Finding
from rubriclang.audit.reported.messages import points_text
from rubriclang.audit.slips import slip
from rubriclang.audit.wording import slip_words
from rubriclang.backends.outcome import CheckOutcome
from rubriclang.facts.binding import FactSet
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.source import Source, Span


def identity_finding(check: ir.Check, outcome: CheckOutcome, facts: FactSet, source: Source) -> Finding | None:
    """The finding about one identity; None when it holds or cannot be checked."""
    left, right = outcome.left, outcome.right
    if outcome.holds is not False or not isinstance(left, Fraction) or not isinstance(right, Fraction):
        return None
    # A side that is one fact is what the report states; the other side is worked out.
    stated, other, name = right, left, _single(check.right)
    if name is None and _single(check.left) is not None:
        stated, other, name = left, right, _single(check.left)
    place = next((facts.places[n] for n in (name, *_names(check)) if n is not None and n in facts.places), None)
    where, span = place if place is not None else (source, Span(0, 0))
    unit = outcome.unit
    printed, wanted = f"{points_text(stated)}{unit}", f"{points_text(other)}{unit}"
    gap = f"{points_text(stated - other)}{unit}"
    tail_zh, tail_en = f"相差 {gap}", f"the difference is {gap}"
    decimals = max(len(number_text(stated).partition(".")[2]), len(number_text(other).partition(".")[2]))
    found = slip(stated, other, decimals) if name is not None and "/" not in number_text(other) else None
    if found is not None:
        more_zh, more_en = slip_words(found)
        tail_zh, tail_en = f"{tail_zh}，{more_zh}", f"{tail_en}; {more_en}"
    lead_zh = f"勾稽“{check.name.strip('“”')}”不符：{check.text}"
    sides_zh = f"{name}写作 {printed}，按其他各数是 {wanted}" if name else f"左边 {wanted}，右边 {printed}"
    sides_en = f"{name} is given as {printed}, the others make it {wanted}" if name else f"{wanted} against {printed}"
    return Finding(
        "identity",
        "error",
        where,
        span,
        name or check.name,
        printed,
        wanted,
        check.text,
        f"{lead_zh}；{sides_zh}，{tail_zh}",
        f"identity '{check.name}' does not hold: {check.text}; {sides_en}; {tail_en}",
    )


def _single(expr: ir.Expr) -> str | None:
    return expr.target if isinstance(expr, ir.Ref) and expr.kind == "fact" else None


def _names(check: ir.Check) -> list[str]:
    return [part.target for side in (check.right, check.left) for part in ir.walk(side) if isinstance(part, ir.Ref)]

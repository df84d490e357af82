"""Checks and lowers a checklist: items that facts decide, and items that a person ticks."""

from __future__ import annotations

from fractions import Fraction

from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.ir.types import Number, Truth
from rubriclang.semantics import errors
from rubriclang.semantics.expressions import Elaborator
from rubriclang.semantics.scope import Scope
from rubriclang.syntax import nodes as n


def lower_checklist(
    e: Elaborator, block: n.Block, item: str, scope: Scope, limits: list[n.Limit]
) -> tuple[ir.Expr | None, bool]:
    """The sum of the items, and whether a person judges any of them.

    All ticked items of an indicator form one judged item, whose points are a sum of ticks.
    """
    terms: list[ir.Expr] = []
    choices: list[tuple[str, Fraction]] = []
    failed = False
    gains = Fraction(0)
    closed = True
    for tally in block.items:
        if not isinstance(tally, n.Tally):
            continue
        if tally.value is None:
            if tally.verb == "扣":
                choices.append((tally.text, -tally.points))
            else:
                choices.append((tally.text, tally.points))
                gains += tally.points
            limits += tally.limits
            continue
        term, most = _computed(e, tally, limits)
        if term is None:
            failed = True
            continue
        terms.append(term)
        if most is None:
            closed = False
        else:
            gains += most
    if failed:
        return None, bool(choices)
    tallies = [item for item in block.items if isinstance(item, n.Tally)]
    if tallies and all(tally.verb == "扣" for tally in tallies) and scope.max is not None:
        terms.append(ir.Const(scope.max, block.head))  # nothing but deductions counts down from 满分
        gains += scope.max
    if closed and scope.max is not None and gains != scope.max and not _capped(limits) and not scope.broken:
        scope.broken = True
        e.report(errors.EMPTY_CHECKLIST, block.head, sum=number_text(gains), max=number_text(scope.max))
    if choices:
        low = sum((p for _, p in choices if p < 0), Fraction(0))
        high = sum((p for _, p in choices if p > 0), Fraction(0))
        terms.append(ir.Judge(item, ir.Const(low), ir.Const(high), choices=tuple(choices), span=block.span))
    if not terms:
        return None, False
    return (terms[0] if len(terms) == 1 else ir.Op("add", tuple(terms), block.span)), bool(choices)


def _capped(limits: list[n.Limit]) -> bool:
    return any(limit.kind in ("cap full", "at most", "most add") for limit in limits)


def _computed(e: Elaborator, tally: n.Tally, limits: list[n.Limit]) -> tuple[ir.Expr | None, Fraction | None]:
    """An item that a fact decides, and the most it can add (None where it has no bound)."""
    assert tally.value is not None
    typed = e.elaborate(tally.value)
    if typed is None:
        return None, None
    points = -tally.points if tally.verb == "扣" else tally.points
    tag = ir.Tag(tally.text, "row", tally.span)
    zero = ir.Const(Fraction(0))
    most: Fraction | None = max(points, Fraction(0))
    if isinstance(typed[1], Truth):
        expr: ir.Expr = ir.Case(
            (ir.Arm(typed[0], ir.Const(points), tag), ir.Arm(None, zero, ir.Tag("", "plain"))), tally.span
        )
    elif isinstance(typed[1], Number):
        each = typed[0] if tally.points == 1 else ir.Op("mul", (typed[0], ir.Const(tally.points)), tally.span)
        most = None if points > 0 else Fraction(0)
        for limit in tally.limits:
            cap = e.score(limit.amount) if limit.amount is not None else None
            if cap is not None:
                each = ir.Op("min", (each, cap), limit.span)
                if points > 0 and isinstance(cap, ir.Const) and isinstance(cap.value, Fraction):
                    most = cap.value
            elif limit.amount is None:
                limits.append(limit)
        signed = ir.Op("neg", (each,), tally.span) if points < 0 else each
        tag = ir.Tag(tally.text, "step", tally.span, past=typed[0], count=typed[0], moved=each)
        expr = ir.Case(
            (ir.Arm(ir.Op("gt", (typed[0], zero)), signed, tag), ir.Arm(None, zero, ir.Tag("", "plain"))), tally.span
        )
    else:
        e.report(
            errors.WRONG_TYPE,
            tally.value.span,
            expected="条件或次数",
            expected_en="a condition or a count",
            found=f"“{e.text(tally.value)}”",
            found_en=f"'{e.text(tally.value)}'",
            hint="",
        )
        return None, None
    return expr, most

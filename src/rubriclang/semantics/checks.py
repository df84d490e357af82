"""Checks and lowers identities between facts (勾稽)."""

from __future__ import annotations

from rubriclang.ir import nodes as ir
from rubriclang.ir.types import Number
from rubriclang.semantics.expressions import Elaborator
from rubriclang.semantics.scope import Names
from rubriclang.syntax import nodes as n


def lower_checks(names: Names, checks: list[n.Check]) -> tuple[ir.Check, ...]:
    """The identities of a rubric; a comparison keeps its two sides, to show their difference."""
    e = Elaborator(names, names.root)
    lowered = []
    for check in checks:
        condition = check.condition
        text = names.source.slice(condition.span)
        only_if = e.condition(check.only_if) if check.only_if is not None else None
        if not isinstance(condition, n.Comparison):
            truth = e.condition(condition)
            if truth is not None:
                lowered.append(ir.Check(check.name, text, "=", truth, ir.Const(True), only_if=only_if, span=check.span))
            continue
        typed = e.elaborate(condition)
        if typed is None or not isinstance(typed[0], ir.Op) or len(typed[0].operands) != 2:
            continue
        left, right = typed[0].operands
        side = e.elaborate(condition.left) if not e.is_label(condition.left) else None
        kind = side[1] if side is not None else None
        tolerance = None
        if check.tolerance is not None and isinstance(kind, Number):
            amount = e.number(check.tolerance)
            both = (
                e.unify((left, kind), amount, condition.left, check.tolerance, ("比较", "compared"))
                if amount is not None
                else None
            )
            tolerance = both[1] if both is not None else None
        unit = kind.unit.name if isinstance(kind, Number) else ""
        if isinstance(kind, Number) and kind.style == "percent":
            unit = "%"
        lowered.append(ir.Check(check.name, text, condition.op, left, right, unit, tolerance, only_if, check.span))
    return tuple(lowered)

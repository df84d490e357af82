"""What may stand in a cell: its kind, its bounds and its choices, from the declaration of a fact or a judged item."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal, assert_never

import attrs

from rubriclang.ir import nodes as ir
from rubriclang.ir.types import ComparatorSign, Day, Labels, Many, Number, Truth, Type, Words
from rubriclang.ir.values import Value

CellKind = Literal["number", "whole", "percent", "date", "choice", "text"]
SIGNS = ("≥", "≤", "=", ">", "<")
YES_NO = ("是", "否")


@attrs.frozen
class CellRule:
    """The values a cell may hold; a bound is None where there is none, and exclusive where it is ``open``."""

    kind: CellKind
    low: Fraction | date | None = None
    high: Fraction | date | None = None
    low_open: bool = False
    high_open: bool = False
    options: tuple[str, ...] = ()


def rule_of(fact: ir.Fact) -> CellRule:
    """The rule of a fact; constraints between facts are left to the scoring."""
    rule = _kind(fact.type, fact.whole)
    for constraint in fact.constraints:
        match constraint.test:
            case ir.Op(operator=operator, operands=(ir.Ref(), ir.Const(value=value))):
                rule = _bounded(rule, operator, value)
    return rule


def _kind(kind: Type, whole: bool) -> CellRule:
    match kind:
        case Number(style="percent"):
            return CellRule("percent")
        case Number():
            return CellRule("whole" if whole or kind.whole else "number")
        case Truth():
            return CellRule("choice", options=YES_NO)
        case Labels(options=options):
            return CellRule("choice", options=options)
        case ComparatorSign():
            return CellRule("choice", options=SIGNS)
        case Day():
            return CellRule("date")
        case Words() | Many():
            return CellRule("text")
        case _:
            assert_never(kind)


def _bounded(rule: CellRule, operator: str, value: Value) -> CellRule:
    if not isinstance(value, Fraction | date) or rule.kind in ("choice", "text"):
        return rule
    match operator:
        case "ge" | "gt":
            return attrs.evolve(rule, low=value, low_open=operator == "gt")
        case "le" | "lt":
            return attrs.evolve(rule, high=value, high_open=operator == "lt")
        case _:
            return rule


def points_rule(judge: ir.Judge) -> CellRule:
    """The rule of the points a judge gives."""
    low = judge.low.value if isinstance(judge.low, ir.Const) else None
    high = judge.high.value if isinstance(judge.high, ir.Const) else None
    return CellRule(
        "number",
        low if isinstance(low, Fraction) else None,
        high if isinstance(high, Fraction) else None,
        judge.low_open,
        judge.high_open,
    )

"""How a value is shown: with as many digits as it takes not to contradict the row that applied."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from rubriclang.backends.evaluation import Evaluation
from rubriclang.backends.interpreter import evaluate_expression
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import short_text, shown_text
from rubriclang.ir.reals import Real
from rubriclang.ir.types import Number, Type
from rubriclang.ir.values import Reason, Value

_MAX_DIGITS = 12


def display_of(value: Value | None, kind: Type | None, agrees: Callable[[Fraction], bool] | None = None) -> str | None:
    """A value as a score sheet shows it: with digits enough that what is shown leads to the row that applied.

    Args:
        value: the exact value; None and reasons have no text.
        kind: its type.
        agrees: whether the rules decide the same for what would be shown as for the value; None asks nothing.
    """
    match value:
        case None | Reason():
            return None
        case bool():
            return "是" if value else "否"
        case str():
            return value
        case Fraction():
            assert isinstance(kind, Number)
            for digits in range(2, _MAX_DIGITS):
                text = shown_text(value, kind, digits)
                shown = read_back(text, kind)
                if agrees is None or shown is None or shown == value or agrees(shown):
                    return text
            return short_text(value * 100) + "%" if kind.style == "percent" else short_text(value)
        case Real():
            return value.shown(4)
        case tuple():
            return "、".join(display_of(item, Number()) or "" for item in value)
        case _:
            return value.isoformat()


def read_back(text: str, kind: Number) -> Fraction | None:
    """The number that a reader takes from a displayed value; None where it is cut short, far longer than any edge."""
    if "…" in text:
        return None
    text = text.removesuffix(kind.unit.name if kind.unit.dimensions else "")
    return Fraction(text.rstrip("%")) / 100 if text.endswith("%") else Fraction(text)


def same_decision(run: Evaluation, base: ir.Expr, target: str) -> Callable[[Fraction], bool]:
    """Whether the rules of an indicator decide the same when another number stands in place of its value.

    The same row must apply, and where it counts whole steps, as many of them. The evaluation is left as it was.

    Args:
        run: the finished evaluation.
        base: the rules.
        target: the definition whose value they are about.
    """
    decided: list[tuple[Any, ...]] = []

    def agrees(shown: Fraction) -> bool:
        exact = run.values[target]
        if not decided:
            decided.append(_decision(base, run))
        run.values[target] = shown
        try:
            return _decision(base, run) == decided[0]
        finally:
            run.values[target] = exact

    return agrees


def _decision(expr: ir.Expr, run: Evaluation) -> tuple[Any, ...]:
    """The rows that apply, by their place among the others, with the number of whole steps."""
    found: list[Any] = []
    inner = expr
    while True:
        match inner:
            case ir.Catch(operand=operand):
                inner = operand
            case ir.Case(arms=arms):
                at = next((i for i, arm in enumerate(arms) if _holds(arm, run)), None)
                found.append(at)
                if at is None:
                    return tuple(found)
                found.append(_whole_steps(arms[at].tag, run))
                inner = arms[at].value
            case _:
                return tuple(found)


def _holds(arm: ir.Arm, run: Evaluation) -> bool:
    return arm.test is None or evaluate_expression(arm.test, run) is True


def _whole_steps(tag: ir.Tag, run: Evaluation) -> Value | None:
    """How many steps a row counts; a step taken in part (按比例) has no whole number that could change."""
    if tag.count is None or not any(isinstance(node, ir.Round) for node in ir.walk(tag.count)):
        return None
    return evaluate_expression(tag.count, run)

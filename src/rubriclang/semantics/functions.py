"""Checks and lowers function calls.

Functions of the elaborator's file, kept apart for size; ``e`` is the elaborator of the scope at hand.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

import attrs

from rubriclang.diagnostics.suggest import closest
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.ir.operators import COMPARISONS, ROUND_MODES
from rubriclang.ir.types import TRUTH, ComparatorSign, Day, Labels, Number, Type
from rubriclang.ir.units import find_unit
from rubriclang.semantics import aggregates, errors
from rubriclang.semantics.comparisons import ranked_labels
from rubriclang.syntax import nodes as n

if TYPE_CHECKING:
    from rubriclang.semantics.expressions import Elaborator

Typed = tuple[ir.Expr, Type]
_ROUNDERS = {"四舍五入", "四舍六入五成双", "进位", "舍去", "向上取整", "向下取整"}
_USAGE = {
    "最小": ("min", "最小（a，b，…）"),
    "min": ("min", "min(a, b, …)"),
    "最大": ("max", "最大（a，b，…）"),
    "max": ("max", "max(a, b, …)"),
    "绝对值": ("abs", "绝对值（x）"),
    "abs": ("abs", "abs(x)"),
    "限于": ("clamp", "限于（x，下限，上限）"),
    "clamp": ("clamp", "clamp(x, low, high)"),
    "取整": ("whole", "取整（x）"),
    "天数": ("days", "天数（起，止）"),
    "days": ("days", "days(start, end)"),
    "月数": ("months", "月数（起，止）"),
    "months": ("months", "months(start, end)"),
}
_OF_NUMBERS = ("合计", "sum", "平均", "mean")
_REALS = {
    "自然对数": "ln",
    "ln": "ln",
    "常用对数": "log10",
    "log10": "log10",
    "指数": "exp",
    "exp": "exp",
    "平方根": "sqrt",
    "sqrt": "sqrt",
}


def call(e: Elaborator, expr: n.Call) -> Typed | None:
    """A function call, by the function's name."""
    name = expr.function
    if name in _ROUNDERS:
        return _round_call(e, expr)
    if name in ("达标", "meets"):
        return _meets(e, expr)
    if aggregates.is_aggregate(e, expr):
        return aggregates.aggregate(e, expr)
    if name in _REALS:
        return _real(e, expr)
    if name in ("最高", "最低", "best", "worst"):
        return _label_choice(e, expr)
    if name in _OF_NUMBERS and len(expr.arguments) > 1:
        return _of_numbers(e, expr)
    if any(isinstance(a, n.Over | n.Where) for a in expr.arguments):
        e.report(errors.NOT_YET, expr.span, what=f"{name}（…）", what_en=f"{name}(…)")
        return None
    if name not in _USAGE:
        _unknown_function(e, expr)
        return None
    function, usage = _USAGE[name]
    arguments = [a for a in expr.arguments if not isinstance(a, n.Over | n.Where)]
    counts = {"abs": (1, 1), "clamp": (3, 3), "whole": (1, 1), "days": (2, 2), "months": (2, 2)}
    low, high = counts.get(function, (2, 50))
    if not low <= len(arguments) <= high:
        e.report(errors.WRONG_ARGUMENTS, expr.span, name=name, usage=usage)
        return None
    if function in ("days", "months"):
        return _dates(e, function, arguments, expr)
    typed = [e.number(a) for a in arguments]
    if any(t is None for t in typed):
        return None
    first = typed[0]
    assert first is not None
    operands: list[ir.Expr] = [first[0]]
    kind = first[1]
    for argument, other in zip(arguments[1:], typed[1:], strict=True):
        assert other is not None
        both = e.unify((operands[0], kind), other, arguments[0], argument, ("比较", "compared"))
        if both is None:
            return None
        operands[0], operand, kind = both
        operands.append(operand)
    match function:
        case "clamp":
            x, lowest, highest = operands
            return ir.Op("min", (ir.Op("max", (x, lowest), expr.span), highest), expr.span), kind
        case "whole":
            hint = ("写明方式，例如 四舍五入（x，0）、舍去（x，0）", "say how: ceiling(x, 0), floor(x, 0)")
            e.wrong(expr, "取整的方式", "a way to round", kind, *hint)
            return None
        case _:
            return ir.Op(function, tuple(operands), expr.span), kind


def _of_numbers(e: Elaborator, expr: n.Call) -> Typed | None:
    """``平均（甲，乙）``: of the numbers listed, where there is no table to go through."""
    first, *others = (a for a in expr.arguments if not isinstance(a, n.Over | n.Where))
    rest: list[tuple[Literal["+", "-"], n.Expression]] = [("+", term) for term in others]
    added = n.Sum(first, tuple(rest), expr.span)
    if expr.function in _OF_NUMBERS[:2]:
        return e.elaborate(added)
    many = n.Number(Fraction(len(expr.arguments)), None, expr.span)
    return e.elaborate(n.Product(added, (("/", many),), expr.span))


def _real(e: Elaborator, expr: n.Call) -> Typed | None:
    """``自然对数（x）`` and its kin: of a plain number, known to any precision that a question needs."""
    arguments = [a for a in expr.arguments if not isinstance(a, n.Over | n.Where)]
    typed = e.number(arguments[0]) if len(arguments) == 1 else None
    if len(arguments) != 1:
        e.report(errors.WRONG_ARGUMENTS, expr.span, name=expr.function, usage=f"{expr.function}（x）")
    if typed is None:
        return None
    if not typed[1].unit.plain:
        e.wrong(arguments[0], "不带单位的数", "a plain number", typed[1])
        return None
    return ir.Op(_REALS[expr.function], (typed[0],), expr.span), Number()


def _label_choice(e: Elaborator, expr: n.Call) -> Typed | None:
    """``最低（等级甲，等级乙）``: the lower of labels of one ranking."""
    arguments = [a for a in expr.arguments if not isinstance(a, n.Over | n.Where)]
    typed = [e.elaborate(a) for a in arguments]
    if any(t is None for t in typed):
        return None
    ranked: Labels | None = None
    for argument, item in zip(arguments, typed, strict=True):
        assert item is not None
        own = ranked_labels(e, item[1]) if isinstance(item[1], Labels) else None
        if own is None:
            hint = ("先写“等级 名：一级 > 二级”", "write 'levels name: A > B' first")
            e.wrong(argument, "分高低的等次", "labels with an order", item[1], *hint)
            return None
        ranked = own if ranked is None or len(own.options) > len(ranked.options) else ranked
    assert ranked is not None
    order = ranked.options if expr.function in ("最高", "best") else tuple(reversed(ranked.options))
    plain = ir.Tag("", "plain")
    arms = []
    for label in order:
        tests = tuple(ir.Op("eq", (item[0], ir.Const(label))) for item in typed if item is not None)
        arms.append(ir.Arm(ir.Op("or", tests) if len(tests) > 1 else tests[0], ir.Const(label), plain))
    return ir.Case(tuple(arms), expr.span), ranked


def _meets(e: Elaborator, expr: n.Call) -> Typed | None:
    """``达标（完成值，性质，目标值）``: a comparison whose sign is a fact."""
    arguments = [a for a in expr.arguments if not isinstance(a, n.Over | n.Where)]
    if len(arguments) != 3:
        e.report(errors.WRONG_ARGUMENTS, expr.span, name=expr.function, usage="达标（完成值，性质，目标值）")
        return None
    value, sign, target = e.number(arguments[0]), e.elaborate(arguments[1]), e.number(arguments[2])
    if value is None or sign is None or target is None:
        return None
    if not isinstance(sign[1], ComparatorSign):
        e.wrong(arguments[1], "比较号", "a comparison sign", sign[1])
        return None
    both = e.unify(value, target, arguments[0], arguments[2], ("比较", "compared"))
    if both is None:
        return None
    arms = tuple(
        ir.Arm(
            ir.Op("eq", (sign[0], ir.Const(text))),
            ir.Op(operator, (both[0], both[1]), expr.span),
            ir.Tag("", "plain"),
        )
        for text, operator in COMPARISONS.items()
        if text != "!="
    )
    return ir.Case(arms, expr.span), TRUTH


def _dates(e: Elaborator, function: str, arguments: list[Any], expr: n.Call) -> Typed | None:
    typed = [e.elaborate(a) for a in arguments]
    if any(t is None for t in typed):
        return None
    for argument, t in zip(arguments, typed, strict=True):
        assert t is not None
        if not isinstance(t[1], Day):
            e.wrong(argument, "日期", "a date", t[1])
            return None
    unit = find_unit("天" if function == "days" else "个月", {})
    assert unit is not None
    operands = tuple(t[0] for t in typed if t is not None)
    return ir.Op(function, operands, expr.span), Number(unit, whole=function == "days")


def _round_call(e: Elaborator, expr: n.Call) -> Typed | None:
    arguments = [a for a in expr.arguments if not isinstance(a, n.Over | n.Where)]
    places: Fraction | None = Fraction(0) if len(arguments) == 1 else None
    if len(arguments) == 2 and isinstance(arguments[1], n.Number) and arguments[1].unit is None:
        places = arguments[1].value
    usage = f"{expr.function}（x，小数位数）"
    if not 1 <= len(arguments) <= 2 or places is None or places.denominator != 1 or places > 60:
        e.report(errors.WRONG_ARGUMENTS, expr.span, name=expr.function, usage=usage)
        return None
    typed = e.number(arguments[0])
    if typed is None:
        return None
    step = ir.Const(Fraction(1, 10 ** int(places)))
    return ir.Round(ROUND_MODES[expr.function], step, typed[0], expr.span), attrs.evolve(typed[1], bare=False)


def _unknown_function(e: Elaborator, expr: n.Call) -> None:
    target = e.names.lookup(e.scope, (expr.function,))
    if target is not None and len(expr.arguments) == 1:
        e.report(errors.UNIT_IN_NAME, expr.span, name=expr.function, unit=e.text(expr.arguments[0]))
        return
    if expr.function in aggregates.FUNCTIONS:
        usage = f"{expr.function}（表：列）"
        e.report(errors.WRONG_ARGUMENTS, expr.span, name=expr.function, usage=usage)
        return
    near = closest(expr.function, [*_USAGE, *_ROUNDERS])
    e.report(
        errors.UNKNOWN_FUNCTION,
        expr.span,
        name=expr.function,
        suggestion=f"是不是“{near}”？" if near else "可以用：最小、最大、绝对值、限于、四舍五入、舍去、进位",
        suggestion_en=f"did you mean '{near}'?" if near else "available: min, max, abs, clamp and the rounding modes",
    )


def rounding(e: Elaborator, rounding: n.Rounding, kind: Number, name: str) -> tuple[ir.RoundMode, ir.Expr] | None:
    """The mode and step of a ``保留`` clause for a number of a kind; the step must be positive.

    A number of decimals is in the number's own unit; for a rate it must be said as a percentage.
    """
    if rounding.places is not None:
        if kind.style == "percent":
            places = rounding.places
            percent = number_text(Fraction(1, 10**places))
            plain = number_text(Fraction(100, 10**places))
            text = e.text(rounding)
            e.report(
                errors.ROUNDING_A_RATE,
                rounding.span,
                name=name,
                text=text.partition("，")[0].partition(",")[0],
                plain=f"{plain}%",
                percent=f"{percent}%",
            )
            return None
        return ROUND_MODES[rounding.mode], ir.Const(Fraction(1, 10**rounding.places))
    typed = e.number(rounding.step)
    if typed is None:
        return None
    both = e.unify((ir.Const(Fraction(0)), kind), typed, rounding.step, rounding.step, ("比较", "compared"))
    if both is None:
        return None
    value = both[1].value if isinstance(both[1], ir.Const) else None
    if not isinstance(value, Fraction) or value <= 0:
        what = ("保留到的最小单位", "a rounding step")
        e.report(errors.BAD_STEP, rounding.step.span, what=what[0], what_en=what[1])
        return None
    return ROUND_MODES[rounding.mode], both[1]

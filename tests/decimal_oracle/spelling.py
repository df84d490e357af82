"""Says a published case in the language: the formula to write, and what it must come to.

What cannot be said is a :class:`Skipped` with the reason; nothing is left out in silence.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import attrs

from tests.decimal_oracle.reading import Published, finite

MODES = {
    "half_up": "四舍五入",
    "half_even": "四舍六入五成双",
    "up": "进位",
    "down": "舍去",
    "ceiling": "向上取整",
    "floor": "向下取整",
}
LONGEST = 60  # characters of one number in a rubric
MOST_POWER = 1000  # the largest whole exponent of the language
_ALWAYS_HALF_EVEN = frozenset({"squareroot", "exp", "ln", "log10"})  # whatever mode the context has


@attrs.frozen
class Skipped:
    """Why a case is not run."""

    reason: str


@attrs.frozen
class Spelled:
    """A formula of the language and its published value; ``kind`` groups cases in the table of counts."""

    formula: str
    expected: Fraction | bool
    kind: str


def spell(case: Published) -> Spelled | Skipped:
    """The formula of a case, or why there is none."""
    if case.operation not in _FORMULAS:
        return Skipped("no such operation: most are about how a number is stored")
    if case.operation == "power" and len(case.operands) == 3:
        return Skipped("no such operation: a power with a modulus")
    if case.result == "?" or any(o.startswith("#") or "#" in o for o in (*case.operands, case.result)):
        return Skipped("an encoding in hexadecimal, or no stated result")
    operands = [finite(operand) for operand in case.operands]
    if any(operand is None for operand in operands):
        return Skipped("an operand that is an infinity or not a number")
    if "division_by_zero" in case.flags or "division_undefined" in case.flags:
        return Skipped("division by zero: no value in a rubric either")
    result = finite(case.result)
    if result is None:
        return Skipped("a result that is an infinity or not a number")
    numbers = [operand for operand in operands if operand is not None]
    if case.operation == "power" and _exceeds(numbers[1]):
        return Skipped("a whole exponent beyond 1000")
    if case.operation in ("quantize", "rescale", "tointegral", "tointegralx"):
        return _rounded(case, numbers, result)
    texts = [_plain(number) for number in numbers]
    if any(len(text.strip("（）-")) > LONGEST for text in texts):
        return Skipped("a number of more than 60 characters, written out")
    formula = _FORMULAS[case.operation](*texts)
    if "inexact" not in case.flags:
        return Spelled(formula, Fraction(result), "exact")
    return _to_precision(case, formula, result)


def _to_precision(case: Published, formula: str, result: Decimal) -> Spelled | Skipped:
    """A result rounded to the context's precision: the same rounding, said as a step of the last digit."""
    if case.flags & {"overflow", "underflow", "subnormal"}:
        return Skipped("rounded at the edge of the number format")
    mode = "half_even" if case.operation in _ALWAYS_HALF_EVEN else case.rounding
    if mode not in MODES:
        return Skipped(f"a rounding mode the language does not have: {mode}")
    exponent = result.as_tuple().exponent
    assert isinstance(exponent, int)
    unit = _plain(Decimal((0, (1,), exponent)))
    if len(unit) > LONGEST:
        return Skipped("a number of more than 60 characters, written out")
    if case.operation == "power":  # published as within one unit of the last digit, not as correctly rounded
        published = _plain(result)
        if len(published.strip("（）-")) > LONGEST:
            return Skipped("a number of more than 60 characters, written out")
        return Spelled(f"绝对值（{formula} - {published}） ≤ {unit}", True, "within a unit")
    return Spelled(f"{formula}，保留到 {unit}，{MODES[mode]}", Fraction(result), "rounded to precision")


def _rounded(case: Published, numbers: list[Decimal], result: Decimal) -> Spelled | Skipped:
    """The operations that are themselves a rounding: to the exponent of the second operand, or to a whole number."""
    if case.rounding not in MODES:
        return Skipped(f"a rounding mode the language does not have: {case.rounding}")
    value, exponent = numbers[0], 0
    if case.operation == "quantize":
        said = numbers[1].as_tuple().exponent
        assert isinstance(said, int)
        exponent = said
    elif case.operation == "rescale":
        exponent = int(numbers[1])
    text, unit = _plain(value), _plain(Decimal((0, (1,), exponent)))
    if max(len(text.strip("（）-")), len(unit)) > LONGEST:
        return Skipped("a number of more than 60 characters, written out")
    mode = MODES[case.rounding]
    # Both spellings of a rounding take their turn: the function, and the clause with its step.
    if exponent <= 0 and exponent % 2 == 0:
        formula = f"{mode}（{text}，{-exponent}）" if exponent else f"{mode}（{text}）"
    else:
        formula = f"{text}，保留到 {unit}，{mode}"
    return Spelled(formula, Fraction(result), "rounded to a place")


def _plain(number: Decimal) -> str:
    """A number without exponent; a negative one in brackets."""
    text = format(number.copy_abs(), "f") if abs(number.adjusted()) < 400 else "0" * (LONGEST + 1)
    return f"（-{text}）" if number < 0 else text


def _exceeds(number: Decimal) -> bool:
    return number == number.to_integral_value() and abs(number) > MOST_POWER


def _compare(a: str, b: str) -> str:
    return f"情形：若 {a} < {b} -> -1；若 {a} = {b} -> 0；若 {a} > {b} -> 1；否则 -> 2"


_FORMULAS: dict[str, Callable[..., str]] = {
    "add": lambda a, b: f"{a} + {b}",
    "subtract": lambda a, b: f"{a} - {b}",
    "multiply": lambda a, b: f"{a} × {b}",
    "divide": lambda a, b: f"{a} / {b}",
    "fma": lambda a, b, c: f"{a} × {b} + {c}",
    "compare": _compare,
    "comparesig": _compare,
    "min": lambda a, b: f"最小（{a}，{b}）",
    "max": lambda a, b: f"最大（{a}，{b}）",
    "abs": lambda a: f"绝对值（{a}）",
    "copyabs": lambda a: f"绝对值（{a}）",
    "plus": lambda a: f"0 + {a}",
    "minus": lambda a: f"0 - {a}",
    "copynegate": lambda a: f"-{a}",
    "reduce": lambda a: f"{a}",
    "remainder": lambda a, b: f"{a} - {b} × 舍去（{a} / {b}）",
    "remaindernear": lambda a, b: f"{a} - {b} × 四舍六入五成双（{a} / {b}）",
    "divideint": lambda a, b: f"舍去（{a} / {b}）",
    "squareroot": lambda a: f"平方根（{a}）",
    "ln": lambda a: f"自然对数（{a}）",
    "log10": lambda a: f"常用对数（{a}）",
    "exp": lambda a: f"指数（{a}）",
    "power": lambda a, b: f"{a} ^ {b}",
    "quantize": lambda a, b: "",
    "rescale": lambda a, b: "",
    "tointegral": lambda a: "",
    "tointegralx": lambda a: "",
}

"""What each operator means: one table, over exact values.

Operands arrive as values, never as reasons (``and``, ``or`` and ``is missing`` excepted, which decide about
reasons themselves). An operator may return a reason.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from rubriclang.ir.nodes import RoundMode
from rubriclang.ir.values import Cause, Reason, Value


def _product(*factors: Any) -> Fraction:
    result = Fraction(1)
    for factor in factors:
        result *= factor
    return result


def _quotient(a: Any, b: Any) -> Value:
    return a / b if b else Reason("undefined", (Cause("zero denominator", ""),))


def _power(a: Any, b: Any) -> Value:
    if b.denominator != 1 or abs(b) > 1000:
        return Reason("undefined", (Cause("no row", "^"),))
    if a == 0 and b < 0:
        return Reason("undefined", (Cause("zero denominator", ""),))
    return Fraction(a ** int(b))


def _months(start: date, end: date) -> Fraction:
    """Whole months from one date to another, and the days left over as a part of 30."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return Fraction(months) + Fraction(end.day - start.day, 30)


OPERATORS: dict[str, Callable[..., Value]] = {
    "add": lambda *terms: sum(terms, Fraction(0)),
    "mul": _product,
    "div": _quotient,
    "neg": lambda a: -a,
    "pow": _power,
    "abs": abs,
    "min": lambda *items: min(items),
    "max": lambda *items: max(items),
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
    "not": lambda a: not a,
    "days": lambda a, b: Fraction((b - a).days),
    "months": _months,
}
LAZY = frozenset({"and", "or", "is missing", "is left out"})
COMPARISONS = {"=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
ROUND_MODES: dict[str, RoundMode] = {
    "四舍五入": "half up",
    "四舍六入五成双": "half even",
    "进位": "up",
    "舍去": "down",
    "向上取整": "ceiling",
    "向下取整": "floor",
}


def round_to(value: Fraction, step: Fraction, mode: RoundMode) -> Fraction:
    """The multiple of ``step`` (positive) that ``mode`` chooses.

    ``half up`` takes a tie away from zero, ``up`` and ``down`` go away from and towards zero (the modes of
    General Decimal Arithmetic); ``half even`` is GB/T 8170; ``ceiling`` and ``floor`` go up and down the number line.
    """
    scaled = value / step
    below = math.floor(scaled)
    rest = scaled - below
    if rest == 0:
        return value
    half = Fraction(1, 2)
    negative = value < 0
    match mode:
        case "floor":
            chosen = below
        case "ceiling":
            chosen = below + 1
        case "down":
            chosen = below + 1 if negative else below
        case "up":
            chosen = below if negative else below + 1
        case "half up":
            chosen = below + 1 if rest > half or (rest == half and not negative) else below
        case "half even":
            chosen = below + 1 if rest > half or (rest == half and below % 2) else below
    return chosen * step

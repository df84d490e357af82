"""What each operator means: one table, over exact values.

Operands arrive as values, never as reasons (``and``, ``or`` and ``is missing`` excepted, which decide about
reasons themselves). An operator may return a reason.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from rubriclang.ir import reals
from rubriclang.ir.rounding import RoundMode
from rubriclang.ir.sizes import TooLargeError, power_fits, product, total, within
from rubriclang.ir.values import Cause, Reason, Value


def _quotient(a: Any, b: Any) -> Value:
    return within(a / b) if b else Reason("undefined", (Cause("zero denominator", ""),))


def _power(base: Any, exponent: Any) -> Value:
    if isinstance(base, Fraction) and base == 0 and exponent < 0:  # 1 / 0 ^ n, whole or not
        return Reason("undefined", (Cause("zero denominator", ""),))
    whole = isinstance(base, Fraction) and isinstance(exponent, Fraction) and exponent.denominator == 1
    if whole and not power_fits(base, int(exponent)):
        raise TooLargeError
    result = reals.power(base, exponent)
    return Reason("undefined", (Cause("not defined", "power"),)) if result is None else within(result)


def _defined(function: Callable[..., Any]) -> Callable[..., Value]:
    """A function whose None says that it is not defined there."""

    def apply(*operands: Any) -> Value:
        result: Value | None = function(*operands)
        return Reason("undefined", (Cause("not defined", function.__name__),)) if result is None else result

    return apply


def _later(start: date, months: Any, days: Any) -> Value:
    """The date so many whole months and days later; a day the month does not have becomes its last."""
    if months.denominator != 1 or days.denominator != 1 or abs(months) > 12_000 or abs(days) > 1_000_000:
        return Reason("undefined", (Cause("not defined", "date"),))
    year, month = divmod(start.year * 12 + start.month - 1 + int(months), 12)
    if not 1 <= year <= 9999:
        return Reason("undefined", (Cause("not defined", "date"),))
    last = monthrange(year, month + 1)[1]
    try:
        return date(year, month + 1, min(start.day, last)) + timedelta(days=int(days))
    except OverflowError:
        return Reason("undefined", (Cause("not defined", "date"),))


def _months(start: date, end: date) -> Fraction:
    """Whole months from one date to another, and the days left over as a part of the month they lie in."""
    if end < start:
        return -_months(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    if _day(start, months) > end.toordinal():
        months -= 1
    begun, over = _day(start, months), _day(start, months + 1)
    return months + Fraction(end.toordinal() - begun, over - begun)


def _day(start: date, months: int) -> int:
    """The number of the day so many months later, the last of the month where it has no such day.

    It may lie in the first month after the year 9999, which has 31 days as every January.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year > 9999:
        return date.max.toordinal() + start.day
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1])).toordinal()


OPERATORS: dict[str, Callable[..., Value]] = {
    "add": lambda *terms: total(terms),
    "mul": lambda *factors: product(factors),
    "div": _quotient,
    "neg": lambda a: -a,
    "pow": _power,
    "ln": _defined(reals.ln),
    "log10": _defined(reals.log10),
    "exp": _defined(reals.exp),
    "sqrt": _defined(reals.sqrt),
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
    "later": _later,
    "days": lambda a, b: Fraction((b - a).days),
    "months": _months,
}
REAL = frozenset({"ln", "log10", "exp", "sqrt", "pow"})  # may yield a number that is no fraction
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

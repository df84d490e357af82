"""Rounding modes: the words for them, and the standard library's decimal arithmetic as the judge of what they mean."""

from __future__ import annotations

import decimal
from decimal import Decimal
from fractions import Fraction

# The modes of docs/language.md, in Chinese and English, and their names in General Decimal Arithmetic.
MODES: dict[str, tuple[str, str]] = {
    "四舍五入": ("half up", decimal.ROUND_HALF_UP),
    "四舍六入五成双": ("half even", decimal.ROUND_HALF_EVEN),
    "进位": ("round up", decimal.ROUND_UP),
    "舍去": ("round down", decimal.ROUND_DOWN),
    "向上取整": ("ceiling", decimal.ROUND_CEILING),
    "向下取整": ("floor", decimal.ROUND_FLOOR),
}


def as_decimal(value: Fraction) -> Decimal:
    """A decimal with 80 digits that every mode rounds as it would round the rational.

    ROUND_05UP keeps a last digit of 0 or 5 for exact results, so that nothing inexact looks like a tie.
    """
    with decimal.localcontext() as context:
        context.prec = 80
        context.rounding = decimal.ROUND_05UP
        return Decimal(value.numerator) / Decimal(value.denominator)


def quantized(value: Fraction, places: int, mode: str) -> Fraction:
    """A value to so many decimals, by ``Decimal.quantize``."""
    with decimal.localcontext() as context:
        context.prec = 200
        return Fraction(as_decimal(value).quantize(Decimal(1).scaleb(-places), rounding=MODES[mode][1]))


def stepped(value: Fraction, step: Fraction, mode: str) -> Fraction:
    """A value to a multiple of a step: its number of steps, to whole ones."""
    return quantized(value / step, 0, mode) * step

"""How exact numbers are written: for people to read, and for programs to read back."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from rubriclang.ir.reals import digits_text, leading_digits
from rubriclang.ir.rounding import round_to
from rubriclang.ir.types import Number

_BEARABLE = 60  # characters of a number on a score sheet


def number_text(value: Fraction) -> str:
    """A rational as people write it: a finite decimal where there is one, else ``n/d``."""
    rest = value.denominator
    twos = (rest & -rest).bit_length() - 1
    rest >>= twos
    fives = 0
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    if rest != 1:
        return f"{digits_text(value.numerator)}/{digits_text(value.denominator)}"
    digits = max(twos, fives)
    return _point(int(value * 10**digits), digits)


def _point(scaled: int, digits: int) -> str:
    """A whole number of units of the last of so many decimals."""
    if digits == 0:
        return digits_text(scaled)
    text = digits_text(abs(scaled)).rjust(digits + 1, "0")
    return f"{'-' if scaled < 0 else ''}{text[:-digits]}.{text[-digits:]}"


def short_text(value: Fraction) -> str:
    """A number in full if that is bearable to read, else its leading digits and its size, cut off and marked with …"""
    text = number_text(value)
    if len(text) <= _BEARABLE:
        return text
    lead, exponent = leading_digits(value)
    if -5 <= exponent <= 20:
        return f"{_point(int(value * 10**12), 12)}…"
    return f"{'-' if value < 0 else ''}{lead}…×10^{exponent}"


def percent_text(value: Fraction, digits: int = 2) -> str:
    """A rate as a percentage: exact where few digits suffice, else rounded half up to ``digits``."""
    exact = number_text(value * 100)
    if "/" in exact or len(exact.partition(".")[2]) > digits:
        exact = fixed_text(value * 100, digits)
    return f"{exact if len(exact) <= _BEARABLE else short_text(value * 100)}%"


def fixed_text(value: Fraction, digits: int) -> str:
    """A number with exactly so many decimals, rounded half up."""
    scaled = round_to(value * 10**digits, Fraction(1), "half up")
    return _point(int(scaled), digits)


def shown_text(value: Fraction, kind: Number, digits: int = 2) -> str:
    """A number as a score sheet shows it, with its unit; one with more decimals than that is rounded half up."""
    if kind.style == "percent":
        return percent_text(value, digits)
    exact = number_text(value)
    if "/" in exact or len(exact.partition(".")[2]) > max(4, digits):
        exact = fixed_text(value, max(4, digits))
    if len(exact) > _BEARABLE:
        exact = short_text(value)
    return exact + (kind.unit.name if kind.unit.dimensions else "")


def header_key(name: str) -> str:
    """The form in which names of fact files are compared: width, blanks, quote marks and 【 】 do not count."""
    return re.sub(r"[\s“”\"'‘’「」【】〖〗]", "", unicodedata.normalize("NFKC", name))

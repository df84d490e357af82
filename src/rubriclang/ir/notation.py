"""How exact numbers are written: for people to read, and for programs to read back."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from rubriclang.ir.rounding import round_to
from rubriclang.ir.types import Number


def number_text(value: Fraction) -> str:
    """A rational as people write it: a finite decimal where there is one, else ``n/d``."""
    denominator = value.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    if denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
    scaled = int(value * 10**digits)
    if digits == 0:
        return str(scaled)
    text = f"{abs(scaled):0{digits + 1}d}"
    return f"{'-' if scaled < 0 else ''}{text[:-digits]}.{text[-digits:]}"


def percent_text(value: Fraction, digits: int = 2) -> str:
    """A rate as a percentage: exact where few digits suffice, else rounded half up to ``digits``."""
    exact = number_text(value * 100)
    if "/" not in exact and len(exact.partition(".")[2]) <= digits:
        return f"{exact}%"
    return f"{fixed_text(value * 100, digits)}%"


def fixed_text(value: Fraction, digits: int) -> str:
    """A number with exactly so many decimals, rounded half up."""
    scaled = round_to(value * 10**digits, Fraction(1), "half up")
    if digits == 0:
        return str(int(scaled))
    text = f"{abs(int(scaled)):0{digits + 1}d}"
    return f"{'-' if scaled < 0 else ''}{text[:-digits]}.{text[-digits:]}"


def shown_text(value: Fraction, kind: Number, digits: int = 2) -> str:
    """A number as a score sheet shows it, with its unit; one with more decimals than that is rounded half up."""
    if kind.style == "percent":
        return percent_text(value, digits)
    exact = number_text(value)
    if "/" in exact or len(exact.partition(".")[2]) > max(4, digits):
        exact = fixed_text(value, max(4, digits))
    return exact + (kind.unit.name if kind.unit.dimensions else "")


def header_key(name: str) -> str:
    """The form in which names of fact files are compared: width, blanks and quote marks do not count."""
    return re.sub(r"[\s“”\"'‘’「」]", "", unicodedata.normalize("NFKC", name))

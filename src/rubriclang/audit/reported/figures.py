"""A stated figure as a quantity: how many digits it shows, and what it is in the unit of the rubric."""

from __future__ import annotations

import re
from fractions import Fraction

from rubriclang.audit.quantities import Quantity
from rubriclang.facts.scalars import fold
from rubriclang.ir.types import Number
from rubriclang.ir.units import Unit, find_unit
from rubriclang.source import Span

_FIGURE = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})++(?:\.\d++)?+|\d++(?:\.\d++)?+)\s*+(\S{0,8})")
_RATES = {"%": Fraction(1, 100), "‰": Fraction(1, 1000)}
MOST_DIGITS = 60


def figures(text: str, kind: Number, span: Span, units: dict[str, Unit]) -> tuple[Quantity, ...]:
    """The quantities that a stated figure may be, the likeliest first; none where it cannot be one of that type.

    A rate without its percent sign may be a ratio or a percentage. Amounts count in the unit of the type.
    """
    found = _FIGURE.fullmatch(fold(text))
    if found is None or len(found.group(2)) > MOST_DIGITS:
        return ()
    sign, digits, word = found.groups()
    digits = digits.replace(",", "")
    value = Fraction(digits) * (-1 if sign == "-" else 1)
    decimals = len(digits.partition(".")[2])

    def made(unit: str, dimension: str, scale: Fraction) -> Quantity:
        return Quantity(value, decimals, unit, dimension, scale, 0, 0, span, 0)

    if word in _RATES:
        return () if kind.unit.dimensions else (made(word, "%", _RATES[word]),)
    if kind.style == "points" or word == "分":
        return (made("分", "分", Fraction(1)),) if word in ("", "分") and not kind.unit.dimensions else ()
    if not word:
        if kind.style == "percent":
            return made("", "%", Fraction(1, 100)), made("", "%", Fraction(1))
        return (made(kind.unit.name if kind.unit.dimensions else "", kind.unit.name, Fraction(1)),)
    if word == fold(kind.unit.name):  # also one made up of two: 个/家
        return (made(kind.unit.name, kind.unit.name, Fraction(1)),)
    unit = find_unit(word, units)
    if unit is None or unit.dimensions != kind.unit.dimensions:
        return ()
    return (made(word, word, unit.scale / kind.unit.scale),)

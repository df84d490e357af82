"""Facts of every type with texts to fill in: edges and what lies beside them, the middle, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from tests.strategies.numbers import decimal_text
from tests.strategies.whole.pieces import Declared

_SPECK = Fraction(1, 10**9)
DATES = ("2019-01-31", "2019-12-31", "2020-02-29", "2020-03-31", "2021-01-01", "1999-06-30")


def rate(name: str, edges: Iterable[Fraction | int], kind: str = "%，≥ 0%") -> Declared:
    """A rate; the edges are in percent."""
    values = [f"{decimal_text(v)}%" for v in _beside(edges) if v >= 0]
    return Declared(name, kind, (*values, "0%", "100%", "33.3%", "250%"))


def amount(name: str, edges: Iterable[Fraction | int], kind: str, *, negative: bool = False) -> Declared:
    """A number with a unit or without; the edges are in that unit."""
    values = [decimal_text(v) for v in _beside(edges) if negative or v >= 0]
    return Declared(name, kind, (*values, "1", "7.25", "1/3", "1000", *(["-2.5", "-1/7"] if negative else [])))


def count(name: str, edges: Iterable[int], unit: str = "件", *, above_zero: bool = False) -> Declared:
    """A whole number of things."""
    least = 1 if above_zero else 0
    near = {edge + by for edge in edges for by in (-1, 0, 1)} | {least, 2, 3, 12}
    values = tuple(str(v) for v in sorted(near) if v >= least)
    return Declared(name, f"{unit}，‹整数›，{'>' if above_zero else '≥'} 0", values)


def flag(name: str) -> Declared:
    """A yes or no."""
    return Declared(name, "‹是否›", ("是", "否"))


def choice(name: str, options: tuple[str, ...]) -> Declared:
    """One of some words."""
    return Declared(name, "、".join(options), options)


def day(name: str) -> Declared:
    """A date."""
    return Declared(name, "‹日期›", DATES)


def _beside(edges: Iterable[Fraction | int]) -> list[Fraction]:
    found = [Fraction(edge) + by for edge in edges for by in (0, -_SPECK, _SPECK)]
    return list(dict.fromkeys(found))

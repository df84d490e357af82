"""A fact file as it stands, before a rubric gives its words a meaning: texts, lists and mappings with places.

Scalars stay text. ``no``, ``017`` and ``1:30`` mean what the fact's declared type says, never what a file
format guesses.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import Any

import attrs

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.source import Source, Span

MAX_DEPTH = 30
MAX_BITS = 3300  # of a number from Python, about a thousand digits
MAX_DECIMALS = 1000
MAX_TEXT = 10_000_000


def _span() -> Any:
    return attrs.field(default=None, eq=False, repr=False)


@attrs.frozen
class Scalar:
    """One value as written; ``exact`` holds a number or truth value that came from Python.

    ``too_long`` marks a number from Python with more digits than a fact may have; its value was not even worked out.
    ``numeric`` marks a number of a spreadsheet cell that shows no percent sign. ``fault`` says why a cell holds no
    value (an error, a formula nobody calculated); it is reported by whoever needs the value.
    """

    text: str
    exact: Fraction | bool | None = None
    is_float: bool = False
    too_long: bool = False
    span: Span | None = _span()
    numeric: bool = False
    fault: Kind | None = attrs.field(default=None, eq=False, repr=False)

    @property
    def blank(self) -> bool:
        """Whether nothing was filled in."""
        return self.exact is None and self.fault is None and self.text.strip() in ("", "~", "null", "Null", "NULL")


@attrs.frozen
class Items:
    """A list."""

    items: tuple[Raw, ...]
    span: Span | None = _span()


@attrs.frozen
class Fields:
    """A mapping in the order written; a key may occur twice (and is then reported)."""

    items: tuple[tuple[Scalar, Raw], ...]
    span: Span | None = _span()


Raw = Scalar | Items | Fields


def units_of(root: Raw) -> tuple[Fields, ...] | None:
    """The units of a file that is a list of them; None for any other file."""
    if not isinstance(root, Items) or not root.items:
        return None
    units = tuple(item for item in root.items if isinstance(item, Fields))
    return units if len(units) == len(root.items) else None


@attrs.frozen
class Grid:
    """One sheet of cells.

    ``rows`` holds, for each row that has any, its number and its cells by column (both from 0); ``merged`` the areas of
    merged cells as first row, first column, last row, last column; ``index`` its place among the sheets of the file.
    """

    name: str
    rows: tuple[tuple[int, dict[int, Scalar]], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    index: int = 0
    hidden: bool = False


@attrs.frozen
class Document:
    """A fact file: what it holds and where it came from. Facts made in Python have no source.

    A file of sheets has ``grids`` instead of a root until a rubric says which of its words are facts; ``units`` are the
    roots of the units where a file holds a list of them.
    """

    root: Fields
    source: Source | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    grids: tuple[Grid, ...] = ()
    units: tuple[Fields, ...] | None = None


def _exact(value: Fraction) -> Scalar:
    """A number from Python; one too long to be printed is shown by its size, and refused where it is read."""
    bits = max(value.numerator.bit_length(), value.denominator.bit_length())
    return Scalar(str(value), value) if bits <= MAX_BITS else Scalar(f"2^{bits}", too_long=True)


def from_python(value: object) -> Raw:
    """Facts given as Python objects; floats are marked, to be refused or asked for.

    Raises:
        TypeError: a value of a type that cannot be a fact.
    """
    match value:
        case None:
            return Scalar("")
        case bool():
            return Scalar("是" if value else "否", value)
        case int():
            return _exact(Fraction(value))
        case Fraction():
            return _exact(value)
        case Decimal():
            if not value.is_finite():
                return Scalar(str(value))
            _, digits, exponent = value.as_tuple()
            if len(digits) + abs(int(exponent)) > MAX_DECIMALS:  # 1E+999999999 is short, its digits are not
                return Scalar(str(value)[:60], too_long=True)
            return attrs.evolve(_exact(Fraction(value)), text=str(value))
        case float():
            exact = Fraction(Decimal(repr(value))) if isfinite(value) else None
            return Scalar(repr(value), exact, True)
        case str():
            return Scalar(value)
        case dict():
            return Fields(tuple((Scalar(str(key)), from_python(item)) for key, item in value.items()))
        case list() | tuple():
            return Items(tuple(from_python(item) for item in value))
        case _:
            if hasattr(value, "isoformat"):
                return Scalar(str(value.isoformat())[:10])
            raise TypeError(f"a fact cannot be of type {type(value).__name__}")

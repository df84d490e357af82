"""Columns of a table as whole numbers of a fixed scale, exactly; cells that are none are marked, never guessed at."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from math import lcm
from typing import Any, Literal

import attrs
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from rubriclang.facts.binding import Schema, path_key
from rubriclang.facts.scalars import joinable, read_value
from rubriclang.facts.sheets.formats import native, restored
from rubriclang.facts.sheets.headers import UNIT_WORDS, key
from rubriclang.facts.sheets.names import names_of
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import header_key
from rubriclang.ir.types import Day, Number, Truth, Type
from rubriclang.ir.units import Unit, find_unit

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
_MOST = 1 << 61
_LARGEST_SCALE = 10**9
_DECIMALS = 6  # of binary floats that are looked for
_FIRST_DAY = date(1970, 1, 1).toordinal()


@attrs.frozen(eq=False)
class Cells:
    """A column read: values times ``scale`` where there are any; ``odd`` cells are for the binder to judge.

    ``texts`` are the values themselves, by place, where they are texts; then ``values`` are places.
    """

    values: Ints
    present: Bools
    odd: Bools
    scale: int = 1
    texts: tuple[str, ...] | None = None


@attrs.frozen
class Heading:
    """What a column of a table is: a fact with the unit in its name, or the points of a judged item."""

    source: Literal["fact", "judged"]
    name: str
    type: Type
    whole: bool = False
    unit: str = ""


@attrs.frozen
class Headings:
    """The columns of a table: the one with the names of the units, and those that the rubric reads."""

    unit: int | None
    columns: dict[int, Heading]


def headings(schema: Schema, columns: list[str]) -> Headings | None:
    """What each column is; None where that is not clear, and the findings of the binder are needed."""
    names = names_of(schema)
    unit: int | None = None
    found: dict[int, Heading] = {}
    seen: set[tuple[str, str]] = set()
    for at, text in enumerate(columns):
        fact = names.fact(text)
        item = names.judged(text) if fact is None else None
        if fact is None and key(text) in UNIT_WORDS and unit is None:
            unit = at
            continue
        if fact is not None:
            made = _fact(schema.facts[fact], text, names.facts)
        elif item is not None:
            wanted = path_key(item)
            fits = [one for one in schema.judged if f".{path_key(one)}".endswith(f".{wanted}")]
            if len(fits) != 1:
                return None
            made = Heading("judged", fits[0], Number(style="points"))
        else:
            continue
        if (made.source, made.name) in seen:
            return None
        seen.add((made.source, made.name))
        found[at] = made
    return Headings(unit, found)


def _fact(fact: ir.Fact, text: str, known: Any) -> Heading:
    bracket = re.match(r"(.*?)\s*[(（]([^()（）]+)[)）]$", text.strip())
    unit = bracket.group(2) if bracket and header_key(text) not in known else ""
    return Heading("fact", fact.name, fact.type, fact.whole, unit)


def read(column: pa.Array, heading: Heading, units: dict[str, Unit]) -> Cells:
    """The cells of one column of a batch."""
    kind = heading.type
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if isinstance(kind, Number):
        factor = _factor(kind, heading.unit, units)
        numeric = pa.types.is_decimal(column.type) or pa.types.is_integer(column.type)
        if factor is not None and (numeric or pa.types.is_floating(column.type)):
            return _number(column, heading, factor)
    if isinstance(kind, Truth) and pa.types.is_boolean(column.type):
        present = _present(column)
        values = column.fill_null(False).to_numpy(zero_copy_only=False).astype(np.int64)
        return Cells(values, present, np.zeros(len(column), np.bool_))
    if isinstance(kind, Day) and pa.types.is_date32(column.type):
        days = column.cast(pa.int32()).fill_null(0).to_numpy().astype(np.int64) + _FIRST_DAY
        return Cells(days, _present(column), np.zeros(len(column), np.bool_))
    return _one_by_one(column, heading, units)


def _present(column: pa.Array) -> Bools:
    there: Bools = column.is_valid().to_numpy(zero_copy_only=False)
    return there


def _factor(kind: Number, word: str, units: dict[str, Unit]) -> Fraction | None:
    """What a bare number of a column is multiplied by; None where its unit does not fit, or is no bare matter."""
    if not word:
        return Fraction(1)
    unit = find_unit(word, units)
    if unit is None or unit.dimensions != kind.unit.dimensions:
        return None
    if kind.unit.dimensions:
        return unit.scale / kind.unit.scale
    return unit.scale if kind.style == "percent" or unit.scale >= 1 else None


def _number(column: pa.Array, heading: Heading, factor: Fraction) -> Cells:
    present = _present(column)
    if pa.types.is_decimal(column.type):
        raw, odd, scale = _decimals(column)
    elif pa.types.is_integer(column.type):
        wide = pa.types.is_uint64(column.type)
        raw = column.fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
        odd, scale = (raw < 0) & wide, 1
    else:
        raw, odd, scale = _floats(column, present)
    raw = np.where(present & ~odd, raw, 0)
    if isinstance(heading.type, Number) and heading.type.style == "percent":
        # A bare rate is refused unless it is 0; under a heading with % it is one, but for 0.96, which may be 96 %.
        bare = raw != 0 if heading.unit != "%" else (raw != 0) & (np.abs(raw) <= scale)
        odd = odd | bare
    odd = odd | (np.abs(raw) > _MOST // factor.numerator)
    raw = np.where(odd, 0, raw) * factor.numerator
    return _scaled(raw, present, odd, scale * factor.denominator, heading.whole)


def _scaled(raw: Ints, present: Bools, odd: Bools, scale: int, whole: bool) -> Cells:
    """The cells; of a fact that has to be whole, those that are not are for the binder."""
    if whole and scale > 1:
        odd = odd | (raw % scale != 0)
        raw, scale = raw // scale, 1
    return Cells(np.where(odd, 0, raw), present, odd & present, scale)


def _decimals(column: pa.Array) -> tuple[Ints, Bools, int]:
    """The digits of decimals, where they fit 64 bits."""
    if not pa.types.is_decimal128(column.type):
        column = column.cast(pa.decimal128(38, column.type.scale))
    if column.type.scale < 0:
        column = column.cast(pa.decimal128(38, 0))
    halves = np.frombuffer(column.buffers()[1], np.int64)[2 * column.offset : 2 * (column.offset + len(column))]
    low, high = halves[::2], halves[1::2]
    odd = (high != low >> 63) | (low == np.iinfo(np.int64).min)
    scale = 10**column.type.scale
    if scale > _LARGEST_SCALE:
        spare = scale // _LARGEST_SCALE
        odd = odd | (low % spare != 0)
        low, scale = low // spare, _LARGEST_SCALE
    return low.copy(), odd, scale


def _floats(column: pa.Array, present: Bools) -> tuple[Ints, Bools, int]:
    """The decimals that were typed: the one of at most 15 digits that a double is nearest to, as sheets are read."""
    numbers = column.fill_null(0.0).to_numpy(zero_copy_only=False).astype(np.float64)
    for decimals in range(_DECIMALS + 1):
        scale = float(10**decimals)
        with np.errstate(invalid="ignore", over="ignore"):
            near = np.rint(numbers * scale)
            odd = ~((near / scale == numbers) & (np.abs(near) < 1e15))
        if decimals == _DECIMALS or not odd.any():
            break
    raw = np.where(odd, 0, near).astype(np.int64)
    for at in np.nonzero(odd & present)[0].tolist():
        try:
            exact = Fraction(restored(repr(float(numbers[at])))) * 10**decimals
        except (ValueError, ArithmeticError):
            continue
        if exact.denominator == 1 and abs(exact) < _MOST:
            raw[at], odd[at] = int(exact), False
    return raw, odd, 10**decimals


def _one_by_one(column: pa.Array, heading: Heading, units: dict[str, Unit]) -> Cells:
    """Each different cell through the reader of values; for texts, and for whatever has no faster way."""
    coded = column.dictionary_encode()
    places = coded.indices.fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
    present = _present(column)
    different = coded.dictionary.to_pylist()
    values: list[Any] = []
    blank: list[bool] = []
    for value in different:
        scalar = native(value, None)
        if heading.unit and isinstance(heading.type, Number) and not scalar.blank and joinable(scalar, heading.unit):
            scalar = attrs.evolve(scalar, text=scalar.text.strip() + heading.unit)
        blank.append(scalar.blank)
        values.append(None if scalar.blank or scalar.fault else read_value(scalar, heading.type, units))
    if not values:
        return Cells(places, present, np.zeros(len(column), np.bool_), 1)
    present = present & ~np.array(blank, np.bool_)[places]
    texts: tuple[str, ...] | None = None
    scale = 1
    if isinstance(heading.type, Number):
        for value in values:
            if isinstance(value, Fraction) and lcm(scale, value.denominator) <= _LARGEST_SCALE and not heading.whole:
                scale = lcm(scale, value.denominator)
        numbers = [value * scale if isinstance(value, Fraction) else None for value in values]
        fit = [n is not None and n.denominator == 1 and abs(n) < _MOST for n in numbers]
        table = [int(n) if ok and n is not None else 0 for n, ok in zip(numbers, fit, strict=True)]
    elif isinstance(heading.type, Truth):
        fit = [isinstance(value, bool) for value in values]
        table = [int(value is True) for value in values]
    elif isinstance(heading.type, Day):
        fit = [isinstance(value, date) for value in values]
        table = [value.toordinal() if isinstance(value, date) else 0 for value in values]
    else:
        fit = [isinstance(value, str) for value in values]
        texts = tuple(value if isinstance(value, str) else "" for value in values)
        table = list(range(len(values)))
    odd = ~np.array(fit, np.bool_)[places] & present
    return Cells(np.array(table, np.int64)[places], present, odd, scale, texts)

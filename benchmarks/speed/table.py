"""Facts of many units as columns of whole numbers, and the forms in which a tool may want them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import attrs
import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pyarrow as pa

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Form = Literal["scaled", "floats", "decimals"]
MISSING = -1  # every fact of these tables is zero or more


@attrs.frozen(eq=False)
class Column:
    """One fact (or the points a person gave): whole numbers, each to be divided by ``10 ** decimals``.

    ``key`` is an ASCII name for tools that want one, ``name`` what the rubric calls it. With ``words`` the numbers
    are places in that list; ``percent`` says that the fact is a rate and is written with its percent sign.
    """

    key: str
    name: str
    values: Ints
    decimals: int = 0
    judged: bool = False
    percent: bool = False
    words: tuple[str, ...] = ()

    @property
    def scale(self) -> int:
        return int(10**self.decimals)

    @property
    def gaps(self) -> bool:
        """Whether a unit has no value here."""
        return bool((self.values == MISSING).any())

    def fact(self, unit: int) -> object:
        """The value as ``Rubric.score`` takes it; None where there is none."""
        number = int(self.values[unit])
        if number == MISSING:
            return None
        if self.words:
            return self.words[number]
        if self.percent:
            return f"{Decimal(number).scaleb(2 - self.decimals)}%"
        return Decimal(number).scaleb(-self.decimals) if self.decimals else number


@attrs.frozen(eq=False)
class Table:
    """A rubric's text and the facts of ``units`` units for it."""

    text: str
    columns: tuple[Column, ...]

    @property
    def units(self) -> int:
        return len(self.columns[0].values)

    @cached_property
    def by_key(self) -> Mapping[str, Column]:
        return {column.key: column for column in self.columns}

    def head(self, units: int) -> Table:
        """The first units."""
        return Table(self.text, tuple(attrs.evolve(c, values=c.values[:units]) for c in self.columns))

    def scaled(self) -> dict[str, Ints]:
        """Whole numbers; ``MISSING`` where there is no value."""
        return {column.key: column.values for column in self.columns}

    def floats(self) -> dict[str, Floats]:
        """The nearest binary number to each value; NaN where there is none."""
        return {c.key: np.where(c.values == MISSING, np.nan, c.values / c.scale) for c in self.columns}

    def facts(self, unit: int) -> tuple[dict[str, object], dict[str, object]]:
        """The facts and the judged points of one unit, by the names of the rubric."""
        both: tuple[dict[str, object], dict[str, object]] = ({}, {})
        for column in self.columns:
            value = column.fact(unit)
            if value is not None:
                both[column.judged][column.name] = value
        return both

    def _rows(self, convert: Mapping[str, Any]) -> list[dict[str, Any]]:
        lists = [
            [None if number == MISSING else convert[c.key](number) for number in c.values.tolist()]
            for c in self.columns
        ]
        keys = [c.key for c in self.columns]
        return [dict(zip(keys, row, strict=True)) for row in zip(*lists, strict=True)]

    def int_rows(self) -> list[dict[str, Any]]:
        """A mapping a unit, whole numbers, None where there is no value."""
        return self._rows({c.key: int for c in self.columns})

    def float_rows(self) -> list[dict[str, Any]]:
        """A mapping a unit; counts stay int, and a column of two words is a bool."""
        return self._rows({c.key: _reader(c, lambda number, scale: number / scale) for c in self.columns})

    def decimal_rows(self) -> list[dict[str, Any]]:
        """As ``float_rows``, with Decimal for what has decimals."""
        return self._rows({c.key: _reader(c, lambda number, scale: Decimal(number) / scale) for c in self.columns})

    def fraction_rows(self) -> list[dict[str, Any]]:
        """As ``float_rows``, with Fraction for what has decimals."""
        return self._rows({c.key: _reader(c, Fraction) for c in self.columns})

    def arrow(self, form: Form) -> pa.Table:
        """An arrow table with nulls: int64 scaled, double, or decimal128(18, d); counts and words are int64 in all."""
        import pyarrow as pa

        arrays = {}
        for column in self.columns:
            absent = column.values == MISSING
            mask = absent if absent.any() else None
            if form == "floats" and column.decimals:
                arrays[column.key] = pa.array(column.values / column.scale, mask=mask)
            elif form == "decimals" and column.decimals:
                whole = pa.array(column.values, mask=mask).cast(pa.decimal128(19, 0)).cast(pa.decimal128(38, 0))
                unit = pa.scalar(Decimal(1).scaleb(-column.decimals), pa.decimal128(5, column.decimals))
                kind = pa.decimal128(18, column.decimals)
                arrays[column.key] = _times(whole, unit).cast(kind)
            else:
                arrays[column.key] = pa.array(column.values, mask=mask)
        return pa.table(arrays)


def _times(whole: pa.Array, unit: pa.Scalar) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.multiply(whole.cast(pa.decimal128(19, 0)), unit)


def _reader(column: Column, divide: Any) -> Any:
    if len(column.words) == 2:
        return bool
    scale = column.scale
    return int if scale == 1 else lambda number: divide(number, scale)

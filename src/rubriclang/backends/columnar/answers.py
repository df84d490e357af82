"""Answers as columns: exact decimals where a column has a fixed denominator, else pairs of whole numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from rubriclang.backends.columnar.plan import Plan, Result
from rubriclang.backends.columnar.reading import Bools
from rubriclang.backends.integers.graph import Graph, Term

_DECIMALS = 9  # of points and values in a table; a number with more goes into the column of exact values
_FIRST_DAY = date(1970, 1, 1).toordinal()
_PAIR = pa.struct([("n", pa.int64()), ("d", pa.int64())])
REASONS = ("left out", "missing", "undefined", "pending")
Outputs = Mapping[Term, npt.NDArray[Any]]


def decimals_of(graph: Graph, result: Result) -> int | None:
    """How many decimals a column of numbers has; None where its denominator differs from row to row."""
    den = graph.value_of(result.den)
    if den is None:
        return None
    return next((places for places in range(_DECIMALS + 1) if 10**places % den == 0), None)


def type_of(graph: Graph, result: Result) -> pa.DataType:
    """The type of a column; it depends on the rubric alone, so that all batches have the same."""
    match result.kind:
        case "number":
            return _PAIR if graph.value_of(result.den) is None else pa.decimal128(38, _DECIMALS)
        case "truth":
            return pa.bool_()
        case "day":
            return pa.date32()
        case _:
            return pa.dictionary(pa.int32(), pa.string())


def column(plan: Plan, result: Result, outputs: Outputs, good: Bools, others: Mapping[int, Any]) -> Any:
    """One column. ``good`` are the rows that the loop has scored, ``others`` the values of the rest by row.

    Returns:
        the array, and by row the numbers that the column cannot hold.
    """
    graph, rows = plan.form.graph, len(good)
    there = good if result.there is None else good & _whole(graph, result.there, outputs, rows).astype(np.bool_)
    values = _whole(graph, result.term, outputs, rows)
    left: dict[int, Fraction] = {}
    dens = _whole(graph, result.den, outputs, rows)
    if "V" in (values.dtype.kind, dens.dtype.kind):  # longer than the integers of columns: one by one
        found = {row: Fraction(_long(values[row]), _long(dens[row])) for row in np.nonzero(there)[0].tolist()}
        others, there = {**found, **others}, np.zeros(rows, np.bool_)
        values = dens = np.zeros(rows, np.int64)
    if result.kind == "number":
        kind = type_of(graph, result)
        if kind == _PAIR:
            return _pairs(there, values, dens, others, left), left
        return _decimals(graph, result, there, values, others, left), left
    there = there.copy()
    if result.kind == "text":
        words = list(result.words)
        known = {word: at for at, word in enumerate(words)}
        there &= (values >= 0) & (values < len(words))
        codes = np.where(there, values, 0).astype(np.int32)
        for row, value in others.items():
            if isinstance(value, str):
                if value not in known:
                    known[value] = len(words)
                    words.append(value)
                codes[row], there[row] = known[value], True
        return pa.DictionaryArray.from_arrays(pa.array(codes, mask=~there), pa.array(words, pa.string())), left
    whole = values.astype(np.int64) - (_FIRST_DAY if result.kind == "day" else 0)
    for row, value in others.items():
        if result.kind == "day" and isinstance(value, date):
            whole[row], there[row] = value.toordinal() - _FIRST_DAY, True
        elif result.kind == "truth" and isinstance(value, bool):
            whole[row], there[row] = int(value), True
    if result.kind == "truth":
        return pa.array(whole != 0, mask=~there), left
    return pa.array(whole.astype(np.int32), mask=~there).cast(pa.date32()), left


def _long(cell: Any) -> int:
    """An integer of any length as the loop stores it."""
    return int.from_bytes(cell.tobytes(), "little", signed=True)


def _whole(graph: Graph, term: Term, outputs: Outputs, rows: int) -> npt.NDArray[Any]:
    found = outputs.get(term)
    if found is not None:
        return found
    node = graph.nodes[term]
    assert isinstance(node.value, int)
    return np.full(rows, node.value, np.int64)


def _decimals(
    graph: Graph,
    result: Result,
    there: Bools,
    values: npt.NDArray[Any],
    others: Mapping[int, Any],
    left: dict[int, Fraction],
) -> pa.Array:
    den = graph.value_of(result.den)
    assert den is not None
    one = 10**_DECIMALS
    there = there.copy()
    if one % den == 0:
        factor = one // den
        halves = np.empty((len(values), 2), np.int64)
        fits = np.abs(values.astype(np.int64)) <= (1 << 62) // factor
        np.multiply(values, factor, out=halves[:, 0], casting="unsafe", dtype=np.int64)
        over = there & ~fits
    else:  # thirds of a point, for one
        factor = one // np.gcd(one, den)
        rest = den // int(np.gcd(one, den))
        halves = np.empty((len(values), 2), np.int64)
        whole = values.astype(np.int64)
        fits = (whole % rest == 0) & (np.abs(whole) <= (1 << 62) // factor)
        halves[:, 0] = whole // rest * factor
        over = there & ~fits
    for row in np.nonzero(over)[0].tolist():
        left[row] = Fraction(int(values[row]), den)
    there &= fits
    for row, value in others.items():
        if isinstance(value, Fraction) and not isinstance(value, bool):
            exact = value * one
            if exact.denominator == 1 and abs(exact) < 1 << 63:
                halves[row, 0], there[row] = int(exact), True
            else:
                left[row] = value
    np.right_shift(halves[:, 0], 63, out=halves[:, 1])
    return _array(pa.decimal128(38, _DECIMALS), halves, there)


def _array(kind: pa.DataType, data: npt.NDArray[np.int64], there: Bools) -> pa.Array:
    mask = None if there.all() else pa.py_buffer(np.packbits(there, bitorder="little"))
    return pa.Array.from_buffers(kind, len(there), [mask, pa.py_buffer(data)])


def _pairs(
    there: Bools,
    values: npt.NDArray[Any],
    dens: npt.NDArray[Any],
    others: Mapping[int, Any],
    left: dict[int, Fraction],
) -> pa.Array:
    there = there.copy()
    n = values.astype(np.int64)
    d = dens.astype(np.int64)
    for row, value in others.items():
        if isinstance(value, Fraction) and not isinstance(value, bool):
            if max(abs(value.numerator), value.denominator) < 1 << 63:
                n[row], d[row], there[row] = value.numerator, value.denominator, True
            else:
                left[row] = value
    fields: Sequence[pa.Array] = [pa.array(n), pa.array(d)]
    mask = None if there.all() else pa.array(~there)
    return pa.StructArray.from_arrays(list(fields), fields=list(_PAIR), mask=mask)

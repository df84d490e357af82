"""Parquet files of one table in three forms, and how the peers in Python read and write them.

``floats.parquet`` holds doubles, ``scaled.parquet`` int64 in the smallest unit, ``decimals.parquet`` decimal128(18, d);
an absent value is a null in all of them. All are written in row groups of 2**17 rows with zstd.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from speed.county import INDICATORS
from speed.oracle import TENTHS, Answers, graded, points_in_tenths, read_columns, sum_of
from speed.table import MISSING, Floats, Form, Ints, Table

FORMS: tuple[Form, ...] = ("floats", "scaled", "decimals")
SOURCES: Mapping[Form, str] = {form: f"{form}.parquet" for form in FORMS}
ANSWERS: Mapping[Form, str] = {"floats": "answers-floats.parquet", "scaled": "answers-scaled.parquet"}
GROUP = 2**17
# Facts that only the identity checks look at are not among them: the peers compute points.
NEEDED: tuple[str, ...] = (
    *("staff", "extra_staff", "posts", "sangong_budget", "sangong_last", "carried", "budget", "added", "unspent"),
    *("building", "area", "area_approved", "cost", "cost_approved", "office_spent", "office_budget"),
    *("sangong_spent", "bought", "buy_budget", "standing", "satisfied", "goals", "targets", "rules", "compliance"),
    *("disclosure", "benefit", "administration", "sangong_judged", "satisfied_judged"),
)


def _write(table: Any, target: Path) -> None:
    import pyarrow.parquet as pq

    pq.write_table(table, target, row_group_size=GROUP, compression="zstd")


def write_sources(table: Table, folder: Path) -> None:
    """The facts in the three forms, and the right answers in two."""
    for form in FORMS:
        _write(table.arrow(form), folder / SOURCES[form])
    points = points_in_tenths(table.scaled())
    total = sum_of(points)
    grade = graded(total).astype(np.int8)
    write_columns({**points, "total": total, "grade": grade}, folder / ANSWERS["scaled"])
    floats = {key: points[key] / 10 for key, _ in INDICATORS}
    write_columns({**floats, "total": total / 10, "grade": grade}, folder / ANSWERS["floats"])


def write_columns(columns: Mapping[str, Any], target: Path) -> None:
    """NumPy arrays to a parquet file."""
    import pyarrow as pa

    _write(pa.table({key: pa.array(values) for key, values in columns.items()}), target)


def floats_from(folder: Path) -> dict[str, Floats]:
    """The columns that the rubric's points need, as float64 with NaN for null."""
    import pyarrow.parquet as pq

    read = pq.read_table(folder / SOURCES["floats"], columns=list(NEEDED))
    return {key: np.asarray(read[key].to_numpy(), dtype=np.float64) for key in NEEDED}


def scaled_from(folder: Path) -> dict[str, Ints]:
    """The columns that the rubric's points need, as int64 with ``MISSING`` for null."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    read = pq.read_table(folder / SOURCES["scaled"], columns=list(NEEDED))
    filled = {key: pc.fill_null(read[key], MISSING) if read[key].null_count else read[key] for key in NEEDED}
    return {key: np.asarray(column.to_numpy(), dtype=np.int64) for key, column in filled.items()}


def read_answers(target: Path) -> Answers:
    """What a peer wrote: ``total`` in points, or in tenths where it is a whole number, and ``grade``."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    read = pq.read_table(target, columns=["total", "grade"])
    total = read["total"].to_numpy() / (TENTHS if pa.types.is_integer(read["total"].type) else 1)
    return read_columns(total, read["grade"].to_numpy())

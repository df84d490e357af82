"""NumPy by hand on scaled int64: the whole-number arithmetic that the others are judged by (``speed/oracle.py``)."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from speed.files import scaled_from, write_columns
from speed.oracle import TENTHS, Answers, graded, points_in_tenths, read_columns, sum_of
from speed.plugins import Kind
from speed.table import Ints, Table

TITLE = "numpy by hand, scaled int64"
KIND: Kind = "many"
NEEDS = ("numpy",)
NOTE = "the arithmetic that judges the others; it is itself held against the interpreter on the sample"

Scored = tuple[dict[str, Ints], Ints, Ints]


def prepare(table: Table) -> dict[str, Ints]:
    return table.scaled()


def run(columns: dict[str, Ints]) -> Scored:
    points = points_in_tenths(columns)
    total = sum_of(points)
    return points, total, graded(total)


def answers(result: Scored) -> Answers:
    return read_columns(result[1] / TENTHS, result[2])


def returns(numerator: int, denominator: int) -> bool:
    n, d = np.array([numerator]), np.array([denominator])
    return bool((n * d >= n * d)[0])  # n / d * d >= n, multiplied out


def through(folder: Path, target: Path) -> None:
    points, total, grade = run(scaled_from(folder))
    write_columns({**points, "total": total, "grade": grade.astype(np.int8)}, target)

"""NumPy by hand on float64, a percentage formed once and then compared."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from speed.county import INDICATORS
from speed.files import floats_from, write_columns
from speed.oracle import Answers, read_columns
from speed.plugins import Kind
from speed.table import Floats, Ints, Table

TITLE = "numpy by hand, float64"
KIND: Kind = "many"
NEEDS = ("numpy",)

Scored = tuple[dict[str, Floats], Floats, Ints]


def score(x: Mapping[str, Floats]) -> Scored:
    """Points by indicator, totals, grades as places in 优良中差."""

    def over(full: float, each: float, excess: Floats) -> Floats:
        return np.maximum(full - each * np.maximum(np.floor(excess), 0), 0)

    idle = x["building"] == 0
    unplanned = x["sangong_budget"] == 0
    with np.errstate(divide="ignore", invalid="ignore"):  # where there is no budget the quotient is not used
        staffing = 100 * (x["staff"] - x["extra_staff"]) / x["posts"]
        change = 100 * x["sangong_budget"] / x["sangong_last"]
        available = x["carried"] + x["budget"] + x["added"]
        completion = 100 * (available - x["unspent"]) / available
        control = 100 * x["added"] / x["budget"]
        area = 100 * x["area"] / x["area_approved"]
        cost = 100 * x["cost"] / x["cost_approved"]
        office = 100 * x["office_spent"] / x["office_budget"]
        sangong = 100 * x["sangong_spent"] / x["sangong_budget"]
        bought = np.floor(100 * x["bought"] / x["buy_budget"] + 0.5)
    satisfied = x["satisfied"]
    points: dict[str, Floats] = {
        "goals": x["goals"],
        "targets": x["targets"],
        "staffing": over(3, 0.3, staffing - 100),
        "sangong_change": over(4, 0.4, change - 100),
        "completion": over(5, 2, (100 - completion) / 5),
        "control": np.select([control <= 5, control <= 10, control <= 20, control <= 30], [5.0, 4.0, 3.0, 2.0], 0.0),
        "area_control": np.where(idle, 5.0, over(5, 2, (area - 100) / 5)),
        "cost_control": np.where(idle, 5.0, over(5, 2, (cost - 100) / 5)),
        "office_control": over(8, 1, office - 100),
        "sangong_control": np.where(unplanned, x["sangong_judged"], over(8, 1, sangong - 100)),
        "purchasing": np.maximum(6 - np.abs(bought - 100), 0),
        "rules": x["rules"],
        "compliance": x["compliance"],
        "disclosure": x["disclosure"],
        "duties": np.array([8.0, 6.0, 4.0, 0.0])[x["standing"].astype(np.int8)],
        "benefit": x["benefit"],
        "administration": x["administration"],
        "satisfaction": np.where(
            np.isnan(satisfied),
            x["satisfied_judged"],
            np.select(
                [satisfied >= 0.9, satisfied >= 0.8, satisfied >= 0.7, satisfied >= 0.6], [6.0, 5.0, 4.0, 3.0], 0.0
            ),
        ),
    }
    total = np.zeros(len(satisfied))
    for key, _ in INDICATORS:
        total += points[key]
    grade = np.select([total >= 90, total >= 80, total >= 60], [0, 1, 2], 3)
    return points, total, grade


def prepare(table: Table) -> dict[str, Floats]:
    return table.floats()


def run(columns: dict[str, Floats]) -> Scored:
    return score(columns)


def answers(result: Scored) -> Answers:
    return read_columns(result[1], result[2])


def returns(numerator: int, denominator: int) -> bool:
    n, d = np.array([numerator], dtype=np.float64), np.array([denominator], dtype=np.float64)
    return bool((n / d * d >= n)[0])


def through(folder: Path, target: Path) -> None:
    points, total, grade = score(floats_from(folder))
    write_columns({**points, "total": total, "grade": grade.astype(np.int8)}, target)

"""Python by hand on Decimal, 28 digits, ratios as the standard writes them."""

from __future__ import annotations

from decimal import Decimal
from math import floor
from typing import Any

from peers._sums import Scored, answers as answers
from speed.plugins import Kind
from speed.table import Table

TITLE = "Python by hand, Decimal"
KIND: Kind = "one"
NEEDS = ()
_3, _4, _HALF = Decimal("0.3"), Decimal("0.4"), Decimal("0.5")
_90, _80, _70, _60 = Decimal("0.9"), Decimal("0.8"), Decimal("0.7"), Decimal("0.6")


def score(x: dict[str, Any]) -> Scored:
    """The points of one unit, written as one reads the standard."""
    staffing = Decimal(100 * (x["staff"] - x["extra_staff"])) / x["posts"]
    change = 100 * x["sangong_budget"] / x["sangong_last"] - 100
    available = x["carried"] + x["budget"] + x["added"]
    completion = 100 * (available - x["unspent"]) / available
    control = 100 * x["added"] / x["budget"]
    office = 100 * x["office_spent"] / x["office_budget"]
    bought = floor(100 * x["bought"] / x["buy_budget"] + _HALF)
    satisfied = x["satisfied"]
    if x["building"]:
        area = 100 * x["area"] / x["area_approved"]
        cost = 100 * x["cost"] / x["cost_approved"]
        area_points = 5 if area <= 100 else max(5 - 2 * floor((area - 100) / 5), 0)
        cost_points = 5 if cost <= 100 else max(5 - 2 * floor((cost - 100) / 5), 0)
    else:
        area_points = cost_points = 5
    if x["sangong_budget"] == 0:
        sangong_points = x["sangong_judged"]
    else:
        sangong = 100 * x["sangong_spent"] / x["sangong_budget"]
        sangong_points = 8 if sangong <= 100 else max(8 - floor(sangong - 100), 0)
    if satisfied is None:
        satisfaction = x["satisfied_judged"]
    else:
        satisfaction = (
            6
            if satisfied >= _90
            else 5
            if satisfied >= _80
            else 4
            if satisfied >= _70
            else 3
            if satisfied >= _60
            else 0
        )
    points = {
        "goals": x["goals"],
        "targets": x["targets"],
        "staffing": 3 if staffing <= 100 else max(3 - _3 * floor(staffing - 100), 0),
        "sangong_change": 4 if change <= 0 else max(4 - _4 * floor(change), 0),
        "completion": 5 if completion >= 100 else max(5 - 2 * floor((100 - completion) / 5), 0),
        "control": 5 if control <= 5 else 4 if control <= 10 else 3 if control <= 20 else 2 if control <= 30 else 0,
        "area_control": area_points,
        "cost_control": cost_points,
        "office_control": 8 if office <= 100 else max(8 - floor(office - 100), 0),
        "sangong_control": sangong_points,
        "purchasing": max(6 - abs(bought - 100), 0),
        "rules": x["rules"],
        "compliance": x["compliance"],
        "disclosure": x["disclosure"],
        "duties": (8, 6, 4, 0)[x["standing"]],
        "benefit": x["benefit"],
        "administration": x["administration"],
        "satisfaction": satisfaction,
    }
    total = sum(points.values())
    return points, total, "优" if total >= 90 else "良" if total >= 80 else "中" if total >= 60 else "差"


def prepare(table: Table) -> list[dict[str, Any]]:
    return table.decimal_rows()


def run(rows: list[dict[str, Any]]) -> list[Scored]:
    return [score(row) for row in rows]


def returns(numerator: int, denominator: int) -> bool:
    return Decimal(numerator) / denominator * denominator >= numerator

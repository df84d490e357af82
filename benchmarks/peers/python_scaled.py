"""Python by hand on whole numbers: money in ten-thousandths, points in tenths, ratios multiplied out, never formed."""

from __future__ import annotations

from typing import Any

from peers._sums import Scored, answers as in_units
from speed.oracle import TENTHS, Answers
from speed.plugins import Kind
from speed.table import Table

TITLE = "Python by hand, scaled int"
KIND: Kind = "one"
NEEDS = ()


def score(x: dict[str, Any]) -> Scored:
    """The points of one unit, in tenths."""
    posts, last, budget, added = x["posts"], x["sangong_last"], x["budget"], x["added"]
    sangong, office, buy = x["sangong_budget"], x["office_budget"], x["buy_budget"]
    staff = x["staff"] - x["extra_staff"] - posts
    change = sangong - last
    office_over = x["office_spent"] - office
    bought = (200 * x["bought"] + buy) // (2 * buy)
    satisfied = x["satisfied"]
    area_points = cost_points = 50
    if x["building"]:
        area, approved = x["area"], x["area_approved"]
        cost, estimate = x["cost"], x["cost_approved"]
        if area > approved:
            area_points = max(50 - 20 * (20 * (area - approved) // approved), 0)
        if cost > estimate:
            cost_points = max(50 - 20 * (20 * (cost - estimate) // estimate), 0)
    if sangong == 0:
        sangong_points = x["sangong_judged"]
    else:
        sangong_over = x["sangong_spent"] - sangong
        sangong_points = 80 if sangong_over <= 0 else max(80 - 10 * (100 * sangong_over // sangong), 0)
    if satisfied is None:
        satisfaction = x["satisfied_judged"]
    else:
        satisfaction = (
            60
            if satisfied >= 9000
            else 50
            if satisfied >= 8000
            else 40
            if satisfied >= 7000
            else 30
            if satisfied >= 6000
            else 0
        )
    points = {
        "goals": x["goals"],
        "targets": x["targets"],
        "staffing": 30 if staff <= 0 else max(30 - 3 * (100 * staff // posts), 0),
        "sangong_change": 40 if change <= 0 else max(40 - 4 * (100 * change // last), 0),
        "completion": max(50 - 20 * (20 * x["unspent"] // (x["carried"] + budget + added)), 0),
        "control": (
            50
            if 20 * added <= budget
            else 40
            if 10 * added <= budget
            else 30
            if 5 * added <= budget
            else 20
            if 10 * added <= 3 * budget
            else 0
        ),
        "area_control": area_points,
        "cost_control": cost_points,
        "office_control": 80 if office_over <= 0 else max(80 - 10 * (100 * office_over // office), 0),
        "sangong_control": sangong_points,
        "purchasing": max(60 - 10 * abs(bought - 100), 0),
        "rules": x["rules"],
        "compliance": x["compliance"],
        "disclosure": x["disclosure"],
        "duties": (80, 60, 40, 0)[x["standing"]],
        "benefit": x["benefit"],
        "administration": x["administration"],
        "satisfaction": satisfaction,
    }
    total = sum(points.values())
    return points, total, "优" if total >= 900 else "良" if total >= 800 else "中" if total >= 600 else "差"


def prepare(table: Table) -> list[dict[str, Any]]:
    return table.int_rows()


def run(rows: list[dict[str, Any]]) -> list[Scored]:
    return [score(row) for row in rows]


def answers(results: list[Scored]) -> Answers:
    return in_units(results, TENTHS)


def returns(numerator: int, denominator: int) -> bool:
    return numerator * denominator >= numerator * denominator  # n / d * d >= n, multiplied out

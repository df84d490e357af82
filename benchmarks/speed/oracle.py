"""The right answers: the interpreter's for a sample, and for all units whole-number arithmetic written by hand.

Ratios are never formed: ``a / b ≤ e`` is ``a ≤ e × b``, and a step is a floor division. The two are held against each
other over the sample before anybody is judged by either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs
import numpy as np

from rubriclang import loads
from speed.county import GRADES, INDICATORS
from speed.table import MISSING, Ints, Table

TENTHS = 10  # every score of this rubric is a whole number of tenths, half points given by people included
THOUSANDTHS = 1000


@attrs.frozen(eq=False)
class Answers:
    """Totals in thousandths of a point, rounded (so that what a print would hide is not held against anybody), and
    grades as places in 优良中差."""

    totals: Ints
    grades: Ints

    def wrong(self, right: Answers) -> tuple[int, int]:
        """How many totals and how many grades differ from the right ones of the same units."""
        units = len(self.totals)
        assert units <= len(right.totals)
        return (
            int((self.totals != right.totals[:units]).sum()),
            int((self.grades != right.grades[:units]).sum()),
        )


def interpreted(table: Table) -> Answers:
    """What the definition of the language says; some milliseconds a unit.

    Raises:
        ValueError: a unit cannot be scored in full, so the data are not what they should be.
    """
    rubric = loads(table.text)
    totals, grades = [], []
    for unit in range(table.units):
        facts, judged = table.facts(unit)
        outcome = rubric.score(facts, judged)
        if outcome.total is None or outcome.grade is None or not outcome.complete:
            raise ValueError(f"unit {unit} has no score: {[d.message('en') for d in outcome.diagnostics]}")
        thousandths = outcome.total * THOUSANDTHS
        assert thousandths.denominator == 1
        totals.append(int(thousandths))
        grades.append(GRADES.index(outcome.grade))
    return Answers(np.array(totals, dtype=np.int64), np.array(grades, dtype=np.int64))


def points_in_tenths(x: Mapping[str, Ints]) -> dict[str, Ints]:
    """The points of every indicator of the 2019 rubric, in tenths, from scaled columns."""

    def steps(full: int, each: int, over: Ints, under: Ints) -> Ints:
        """Full points less ``each`` for every whole step of ``over / under``."""
        return np.maximum(full - each * (np.maximum(over, 0) // under), 0)

    idle = x["building"] == 0
    one = np.int64(1)
    area, area_approved = np.where(idle, one, x["area"]), np.where(idle, one, x["area_approved"])
    cost, cost_approved = np.where(idle, one, x["cost"]), np.where(idle, one, x["cost_approved"])
    available = x["carried"] + x["budget"] + x["added"]
    sangong = np.where(x["sangong_budget"] == 0, one, x["sangong_budget"])
    percent = (200 * x["bought"] + x["buy_budget"]) // (2 * x["buy_budget"])
    rate, added, budget = x["satisfied"], x["added"], x["budget"]
    return {
        "goals": x["goals"],
        "targets": x["targets"],
        "staffing": steps(30, 3, 100 * (x["staff"] - x["extra_staff"] - x["posts"]), x["posts"]),
        "sangong_change": steps(40, 4, 100 * (x["sangong_budget"] - x["sangong_last"]), x["sangong_last"]),
        "completion": steps(50, 20, 20 * x["unspent"], available),
        "control": np.select(
            [100 * added <= 5 * budget, 10 * added <= budget, 5 * added <= budget, 10 * added <= 3 * budget],
            [50, 40, 30, 20],
            0,
        ),
        "area_control": steps(50, 20, 20 * (area - area_approved), area_approved),
        "cost_control": steps(50, 20, 20 * (cost - cost_approved), cost_approved),
        "office_control": steps(80, 10, 100 * (x["office_spent"] - x["office_budget"]), x["office_budget"]),
        "sangong_control": np.where(
            x["sangong_budget"] == 0, x["sangong_judged"], steps(80, 10, 100 * (x["sangong_spent"] - sangong), sangong)
        ),
        "purchasing": np.maximum(60 - 10 * np.abs(percent - 100), 0),
        "rules": x["rules"],
        "compliance": x["compliance"],
        "disclosure": x["disclosure"],
        "duties": np.array([80, 60, 40, 0], dtype=np.int64)[x["standing"]],
        "benefit": x["benefit"],
        "administration": x["administration"],
        "satisfaction": np.where(
            rate == MISSING,
            x["satisfied_judged"],
            np.select([rate >= 9000, rate >= 8000, rate >= 7000, rate >= 6000], [60, 50, 40, 30], 0),
        ),
    }


def graded(totals: Ints, ten: int = TENTHS) -> Ints:
    """Grades as places in 优良中差; ``ten`` is how much of the totals' unit makes a point."""
    return np.select([totals >= 90 * ten, totals >= 80 * ten, totals >= 60 * ten], [0, 1, 2], 3).astype(np.int64)


def sum_of(points: Mapping[str, Ints]) -> Ints:
    """The totals."""
    first, *others = points.values()
    total = first.copy()
    for one in others:
        total += one
    return total


def exact(table: Table) -> Answers:
    """The right answers for a table of the 2019 rubric of any length."""
    points = points_in_tenths(table.scaled())
    assert tuple(points) == tuple(key for key, _ in INDICATORS)
    totals = sum_of(points)
    return Answers(totals * (THOUSANDTHS // TENTHS), graded(totals))


def read(totals: Iterable[Any], grades: Iterable[str], unit: int = 1) -> Answers:
    """The answers of a tool that scores one fact set at a time; ``unit`` is how many of its totals make a point."""
    thousandths = [round(total * THOUSANDTHS / unit) for total in totals]
    return Answers(np.array(thousandths, dtype=np.int64), np.array([GRADES.index(g) for g in grades], dtype=np.int64))


def read_columns(totals: Any, grades: Any) -> Answers:
    """The answers of a tool that works on columns: totals in points, grades as places in 优良中差."""
    return Answers(np.rint(np.asarray(totals) * THOUSANDTHS).astype(np.int64), np.asarray(grades).astype(np.int64))

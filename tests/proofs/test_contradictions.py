"""Published texts that contradict themselves: which code names the contradiction, and what its fact set shows.

The figures, edges and numbers are the published ones; what the facts come to is worked out here by hand.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import rubriclang
from rubriclang.diagnostics import Diagnostic

FOLDER = Path(__file__).resolve().parents[1] / "contradictions"


def findings(name: str) -> list[Diagnostic]:
    (path,) = FOLDER.glob(f"{name}_*.rubric")
    return [d for d in rubriclang.check(path) if d.code != "R411"]


def scored(name: str, witness: object) -> rubriclang.Outcome:
    (path,) = FOLDER.glob(f"{name}_*.rubric")
    assert isinstance(witness, dict)
    return rubriclang.load(path, draft=True).score(
        {"数据": dict(witness["facts"]), "评定": dict(witness.get("judged", {}))}
    )


def test_65_integer_bands_leave_totals_without_a_grade() -> None:
    """85 to 94 and 75 to 84: nothing is said of 94.5 or 84.5, which sums of judged points do come to."""
    (finding,) = findings("65")
    assert finding.code == "R305"
    for gap in ("> 84 且 < 85", "> 74 且 < 75", "> 64 且 < 65"):
        assert gap in finding.params["gap"]
    outcome = scored("65", finding.witness)
    assert outcome.total is not None and outcome.grade is None
    assert outcome.total.denominator != 1 and 64 < outcome.total < 95


def test_41_an_end_in_two_bands_is_decided_by_order() -> None:
    """55 % is in the band of 10 points and in that of 5; 75 % in that of 5 and in that of 0."""
    found = findings("41")
    assert [(d.code, d.params["value"], d.params["points"]) for d in found] == [
        ("R424", "55%", "10"),
        ("R424", "75%", "5"),
    ]
    assert [scored("41", d.witness).total for d in found] == [10, 5]


def test_05_a_standard_above_its_own_maximum() -> None:
    """5 points in the column, 8 in the standard: a unit that spends no more than last year gets 8 of 5."""
    (finding,) = findings("05")
    assert (finding.code, finding.params["points"], finding.params["max"]) == ("R313", "8", "5")
    assert scored("05", finding.witness)["“三公经费”变动率"].points == 8


def test_28_two_numbers_stand_twice() -> None:
    assert [(d.code, d.params["number"]) for d in findings("28")] == [("R421", "2.232"), ("R421", "2.233")]


def test_50_no_day_over_the_limit_loses_points_all_the_same() -> None:
    """A rate of 0 % is not above 5 %, and loses 5 points like any other."""
    (finding,) = findings("50")
    assert (finding.code, finding.params["best"], finding.params["points"]) == ("R419", "0%", "-5")
    outcome = scored("50", finding.witness)
    assert outcome["大气达标"].points == Fraction(-5) and outcome.total == 95


@pytest.mark.parametrize("name", ["05", "28", "41", "50", "65"])
def test_each_says_where_it_comes_from(name: str) -> None:
    (path,) = FOLDER.glob(f"{name}_*.rubric")
    assert path.read_text(encoding="utf-8").startswith("// ")

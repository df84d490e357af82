"""Points of judges that are pending, out of bounds or of nothing."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import rubriclang
from tests.bad_facts.sound_file import LINES, between, changed, errors, others_keep_their_points, place, score


def test_pending_judgements_leave_a_range(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    """Without the ticks and 履职, 29 − 3 − 5 = 21 points are certain.

    The ticks can give 0 … 5, 履职 2 … 6: the total can still become 21 + 0 + 2 = 23 … 21 + 5 + 6 = 32.
    """
    outcome = score(rubric, tmp_path, LINES[:11])
    assert [d.code for d in outcome.diagnostics] == ["R513", "R513"]
    assert [d.params["name"] for d in outcome.diagnostics] == ["管理制度", "履职"]
    assert (outcome["履职"].points, outcome["履职"].reason, outcome["履职"].kind) == (None, "pending", "judged")
    assert (outcome.total, outcome.grade, outcome.complete) == (None, None, False)
    assert outcome.reachable == between(23, 32)
    assert [outcome.computed, outcome.judged] == [21, 0]
    written_out = outcome.to_dict()
    assert (written_out["total"], written_out["reachable"]) == (None, ["23", "32"])


def test_a_missing_fact_and_a_pending_judgement_leave_a_range(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    """Without 年初预算 (5 points, 0 … 5 possible) and without 履职 (5, 2 … 6 possible): 29 − 5 − 5 = 19.

    The total can become 19 + 0 + 2 = 21 … 19 + 5 + 6 = 30.
    """
    outcome = score(rubric, tmp_path, changed(年初预算=None, 履职=None))
    assert outcome.reachable == between(21, 30)


def test_the_published_report_without_its_judgements(county: rubriclang.Rubric, published: rubriclang.Facts) -> None:
    """49 points are computed; the judged ones carry 3 + 3 + 8 + 6 + 5 + 6 + 6 + 6 = 43: from 49 to 92."""
    outcome = county.score(_published_facts())
    assert outcome.reachable == between(49, 92)
    assert [outcome.computed, outcome.judged, outcome.total] == [49, 0, None]
    assert sum(d.code == "R513" for d in outcome.diagnostics) == 8
    assert county.score(published).total == 92


def _published_facts() -> dict[str, str]:
    """The facts of the published report, read off its file line by line."""
    text = (Path(__file__).resolve().parents[2] / "examples" / "baojing_2019.yaml").read_text(encoding="utf-8")
    rows = [line.strip().partition(": {数值: ") for line in text.splitlines() if ": {数值: " in line]
    return {name: rest.partition(",")[0].rstrip("}") for name, _, rest in rows}


@pytest.mark.parametrize("points", ["1.99", "6.01", "-1", "100"])
def test_points_outside_the_range_are_refused(rubric: rubriclang.Rubric, tmp_path: Path, points: str) -> None:
    outcome = score(rubric, tmp_path, changed(履职=points))
    found = errors(outcome)
    assert [(d.code, *place(d)) for d in found] == [("R514", "facts.yaml", 14)]
    for part in ("履职", points, "2 至 6"):
        assert part in found[0].message("zh")
    assert outcome["履职"].reason == "undefined"
    others_keep_their_points(outcome, "履职")


@pytest.mark.parametrize("points", ["2", "6", "2.000", "17/3", "3.3", "5分"])
def test_points_inside_the_range_are_taken(rubric: rubriclang.Rubric, tmp_path: Path, points: str) -> None:
    outcome = score(rubric, tmp_path, changed(履职=points))
    assert outcome["履职"].points == Fraction(points.removesuffix("分"))
    assert outcome.complete


@pytest.mark.parametrize(("given", "points"), [("5", 5), ("0", 0), ("2", 2), ("3", 3), ("4", 4), ("1", 1)])
def test_the_points_of_a_checklist_are_sums_of_ticks(
    rubric: rubriclang.Rubric, tmp_path: Path, given: str, points: int
) -> None:
    # 2, 2 and 1: every whole number from 0 to 5 is a sum of them.
    assert score(rubric, tmp_path, changed(管理制度=given))["管理制度"].points == points


@pytest.mark.parametrize(
    ("given", "code"), [("2.5", "R515"), ("0.5", "R515"), ("4.9", "R515"), ("6", "R514"), ("-1", "R514")]
)
def test_points_that_no_ticks_give_are_refused(
    rubric: rubriclang.Rubric, tmp_path: Path, given: str, code: str
) -> None:
    outcome = score(rubric, tmp_path, changed(管理制度=given))
    found = errors(outcome)
    assert [(d.code, *place(d)) for d in found] == [(code, "facts.yaml", 13)]
    assert "管理制度" in found[0].message("zh") and given in found[0].message("zh")
    others_keep_their_points(outcome, "管理制度")


@pytest.mark.parametrize(
    ("given", "points"),
    [
        ("{清单: [是, 是, 是]}", 5),
        ("{清单: [√, 否, 无]}", 2),
        ("[否, 否, 是]", 1),
        ("{得分: 4}", 4),
        ("{已制定管理制度: 是, 制度得到有效执行: 否, 档案齐全: 是}", 3),
        ("{清单: {档案齐全: 否, 已制定管理制度: 否, 制度得到有效执行: 是}}", 2),
        ("{清单: [是, 是, 否], 评定人: 评价组, 依据: 会议纪要}", 4),
    ],
)
def test_ticks(rubric: rubriclang.Rubric, tmp_path: Path, given: str, points: int) -> None:
    outcome = score(rubric, tmp_path, changed(管理制度=given))
    assert not errors(outcome)
    assert outcome["管理制度"].points == points


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("{清单: [是, 是]}", "R522"),
        ("{清单: [是, 是, 是, 是]}", "R522"),
        ("{没有这一条: 是}", "R523"),
        ("{清单: [是, 也许, 否]}", "R505"),
    ],
)
def test_ticks_that_do_not_fit_are_refused(rubric: rubriclang.Rubric, tmp_path: Path, given: str, code: str) -> None:
    outcome = score(rubric, tmp_path, changed(管理制度=given))
    assert code in [d.code for d in errors(outcome)]
    assert {place(d) for d in errors(outcome) if d.code == code} == {("facts.yaml", 13)}
    assert outcome["管理制度"].points is None
    others_keep_their_points(outcome, "管理制度")


@pytest.mark.parametrize(
    "given", ["{清单: [是, '', 否]}", "{清单: [是, ~, 否]}", "{已制定管理制度: 是}", "", "{评定人: 评价组}"]
)
def test_a_checklist_that_is_not_finished_is_pending(rubric: rubriclang.Rubric, tmp_path: Path, given: str) -> None:
    """A tick left blank is not a no."""
    outcome = score(rubric, tmp_path, changed(管理制度=given))
    assert (outcome["管理制度"].points, outcome["管理制度"].reason) == (None, "pending")
    assert outcome.reachable == between(26, 31)  # 29 − 3 = 26 points are certain, the ticks give 0 … 5


def test_a_judgement_of_something_else_is_refused(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    outcome = score(rubric, tmp_path, [*LINES, "  管理制渡: 5", "  预算控制率: 5"])
    found = [d for d in outcome.diagnostics if d.code == "R512"]
    assert [place(d) for d in found] == [("facts.yaml", 15), ("facts.yaml", 16)]
    assert "管理制度" in found[0].hint("zh")
    assert outcome.total == 29, "computed points are not overruled by judged ones"


@pytest.mark.parametrize("points", ["好", "[1]", "5元", "五"])
def test_points_that_are_no_number_are_refused(rubric: rubriclang.Rubric, tmp_path: Path, points: str) -> None:
    outcome = score(rubric, tmp_path, changed(履职=points))
    found = errors(outcome)
    assert found and {place(d) for d in found} == {("facts.yaml", 14)}
    assert "履职" in found[0].message("zh")
    assert outcome["履职"].points is None
    others_keep_their_points(outcome, "履职")

"""Bands whose points go against what is evident: two bands swapped are found, what is in order is left alone."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

import rubriclang

HEAD = (
    "# 标准（{full}分）\n数据：\n- 甲：万元，≥ 0\n- 乙：万元，> 0\n## {name}（{full}分）\n{value} = 甲 / 乙\n{rows}\n"
)
CODES = ("R408", "R418", "R419")


def found(rows: str, full: int = 5, name: str = "指标", value: str = "占比") -> list[rubriclang.Diagnostic]:
    text = HEAD.format(full=full, name=name, value=value, rows=rows)
    return [d for d in rubriclang.check(text) if d.code in CODES]


def ladder(awards: list[int], up: bool) -> str:
    """Bands from low to high values with these points, written with ≤ from below or with ≥ from above."""
    edges = [10 * (at + 1) for at in range(len(awards) - 1)]
    if up:
        rows = [f"≤ {edge}% -> {award}" for edge, award in zip(edges, awards, strict=False)]
        return "；".join([*rows, f"否则 -> {awards[-1]}"])
    rows = [f"≥ {edge}% -> {award}" for edge, award in zip(reversed(edges), reversed(awards), strict=False)]
    return "；".join([*rows, f"否则 -> {awards[0]}"])


@settings(max_examples=15, deadline=None)
@given(st.sets(st.integers(0, 20), min_size=3, max_size=6), st.booleans(), st.booleans(), st.data())
def test_two_neighbours_swapped_are_found_and_order_is_not(
    points: set[int], rising: bool, up: bool, data: st.DataObject
) -> None:
    awards = sorted(points, reverse=not rising)
    full = max(awards)
    assert found(ladder(awards, up), full) == []
    at = data.draw(st.integers(0, len(awards) - 2))
    awards[at], awards[at + 1] = awards[at + 1], awards[at]
    (finding,) = found(ladder(awards, up), full)
    assert finding.code in ("R408", "R418") and finding.witness is not None


@pytest.mark.parametrize(
    ("rows", "name", "value"),
    [
        ("95%（含）~105%（含） -> 5；85%（含）~115%（含） -> 3；否则 -> 0", "指标", "完成率"),  # best in the middle
        ("= 100% -> 5\n每相差 1% 扣 0.5 分（整档），扣完为止", "指标", "占比"),  # loses points on both sides
        (
            "≤ 100% -> 5\n每超过 1% 扣 0.5 分（整档），扣完为止",
            "预算完成率",
            "完成率",
        ),  # only beyond all there is to do
        ("≤ 5% -> 5；≤ 10% -> 3；否则 -> 0", "指标", "差错率"),
        ("≥ 90% -> 5；≥ 80% -> 3；否则 -> 0", "指标", "满意率"),
        ("= 0% -> 5；≤ 10% -> 4；≤ 20% -> 3；否则 -> 0", "指标", "占比"),  # zero is a band of its own
        ("≤ 10% -> 1；≤ 20% -> 0；≤ 30% -> 2；否则 -> 5", "指标", "占比"),  # a worst range with a side of one band
    ],
)
def test_shapes(rows: str, name: str, value: str) -> None:
    wanted = [] if not rows.endswith("否则 -> 5") else ["R418"]
    assert [d.code for d in found(rows, 5, name, value)] == wanted


@pytest.mark.parametrize(
    ("rows", "value"),
    [
        ("≤ 90% -> 5；否则 -> 0", "满意率"),
        ("≥ 90% -> 5；否则 -> 0", "差错率"),
        ("≥ 5% -> 5\n每低于 1% 扣 0.5 分（按比例），扣完为止", "投诉率"),
    ],
)
def test_a_name_says_what_is_better(rows: str, value: str) -> None:
    """Of a satisfaction rate more is better, of an error rate less: signs turned round are found in two bands."""
    (finding,) = found(rows, 5, "指标", value)
    assert finding.code == "R418"
    assert Fraction(finding.params["fewer"]) < Fraction(finding.params["more"])


def test_zero_that_gets_less_than_a_little() -> None:
    (finding,) = found("= 0% -> 3；≤ 10% -> 5；≤ 20% -> 4；否则 -> 0")
    assert (finding.code, finding.params["best"], finding.params["points"]) == ("R419", "0%", "3")


def test_severity_scores_with_a_worst_range_on_both_sides_are_left_alone() -> None:
    """NEWS2, pulse: 3 up to 40, 1 up to 50, 0 up to 90, 1 up to 110, 2 up to 130, then 3."""
    rows = "≤ 40% -> 3；≤ 50% -> 1；≤ 90% -> 0；≤ 110% -> 1；≤ 130% -> 2；否则 -> 3"
    assert found(rows, 3) == []


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=5), st.booleans())
def test_where_nothing_is_said_every_point_along_the_line_is_in_order_or_turns_once(
    awards: list[int], up: bool
) -> None:
    """The points themselves, scored at every tenth of a per cent, are the oracle."""
    full = max([1, *awards])
    text = HEAD.format(full=full, name="指标", value="占比", rows=ladder(awards, up))
    found_codes = [d for d in rubriclang.check(text) if d.code in CODES]
    if found_codes or any(d.severity == "error" for d in rubriclang.check(text)):
        return
    rubric = rubriclang.loads(text)
    scored = []
    for part in range(0, 10 * len(awards) + 10, 5):
        points = rubric.score({"甲": f"{part} 万元", "乙": "100 万元"})["指标"].points
        assert isinstance(points, Fraction)
        scored.append(points)
    signs = [b > a for a, b in pairwise(scored) if a != b]
    assert sum(a != b for a, b in pairwise(signs)) <= 1

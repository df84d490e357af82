"""What a score sheet shows of a value never contradicts the row beside it.

The oracle reads the printed figure as a person would and applies the bands or steps of the rubric by hand.
"""

from __future__ import annotations

import math
from fractions import Fraction

from hypothesis import given, strategies as st

import rubriclang

BANDS = rubriclang.loads(
    "# 档（5分）\n数据：\n- 甲：件，≥ 0\n- 乙：件，> 0\n## 率（5分）\n率 = 甲 / 乙\n"
    "≤ 5% -> 5；≤ 10% -> 4；< 20% -> 3；≤ 33% -> 2；否则 -> 0\n"
)
STEPS = {
    mode: rubriclang.loads(
        f"# 步（10分）\n默认：{mode}，扣完为止\n数据：\n- 甲：件，≥ 0\n- 乙：件，> 0\n## 率（10分）\n率 = 甲 / 乙\n"
        "≤ 100% -> 满分\n每超过 5% 扣 2 分\n"
    )
    for mode in ("整档", "进档")
}
PARAMETER = rubriclang.loads(
    "# 参（5分）\n数据：\n- 甲：件，≥ 0\n- 乙：件，> 0\n- 上限：%，0% 至 100%\n"
    "## 率（5分）\n率 = 甲 / 乙\n≤ 上限 -> 5\n> 上限 -> 0\n"
)


def near(edge: Fraction, numerator: int, exponent: int) -> tuple[str, str]:
    """Facts whose ratio lies ``numerator`` ten-to-the-minus-``exponent`` beside an edge."""
    ratio = edge + Fraction(numerator, 10**exponent)
    return str(ratio.numerator), str(ratio.denominator)


def printed(text: str) -> Fraction:
    assert text.endswith("%")
    return Fraction(text[:-1]) / 100


def band_points(rate: Fraction) -> int:
    if rate <= Fraction(5, 100):
        return 5
    if rate <= Fraction(10, 100):
        return 4
    if rate < Fraction(20, 100):
        return 3
    return 2 if rate <= Fraction(33, 100) else 0


@given(
    st.sampled_from([Fraction(n, 100) for n in (5, 10, 20, 33)]),
    st.integers(-9, 9),
    st.integers(3, 16),
)
def test_the_printed_figure_leads_to_the_same_band(edge: Fraction, numerator: int, exponent: int) -> None:
    a, b = near(edge, numerator, exponent)
    item = BANDS.score({"甲": a, "乙": b})["率"]
    assert item.display is not None
    assert band_points(printed(item.display)) == item.points


@given(st.sampled_from(["整档", "进档"]), st.integers(0, 6), st.integers(-9, 9), st.integers(3, 14))
def test_the_printed_figure_leads_to_the_same_steps(mode: str, steps: int, numerator: int, exponent: int) -> None:
    a, b = near(1 + Fraction(5 * steps, 100), numerator, exponent)
    item = STEPS[mode].score({"甲": a, "乙": b})["率"]
    assert item.display is not None
    past = (printed(item.display) - 1) / Fraction(5, 100)
    count = max(math.floor(past) if mode == "整档" else math.ceil(past), 0)
    assert item.points == max(10 - 2 * count, 0)


@given(st.integers(1, 99), st.integers(-9, 9), st.integers(3, 14))
def test_an_edge_that_is_a_fact_is_kept_apart_as_well(percent: int, numerator: int, exponent: int) -> None:
    a, b = near(Fraction(percent, 100), numerator, exponent)
    item = PARAMETER.score({"甲": a, "乙": b, "上限": f"{percent}%"})["率"]
    assert item.display is not None
    assert (5 if printed(item.display) <= Fraction(percent, 100) else 0) == item.points


@given(st.sampled_from(["整档", "进档"]), st.integers(0, 4), st.integers(1, 9), st.integers(3, 10))
def test_the_distance_said_makes_the_steps_said_beside_it(mode: str, steps: int, numerator: int, exponent: int) -> None:
    a, b = near(1 + Fraction(5 * steps, 100), numerator, exponent)
    remark = STEPS[mode].score({"甲": a, "乙": b})["率"].remark
    if not remark:
        assert mode == "整档" and steps == 0
        return
    distance, count, *_ = remark.split("，")
    past = printed(distance.removeprefix("超过 ")) / Fraction(5, 100)
    assert f"{math.floor(past) if mode == '整档' else math.ceil(past)} 档" == count


def test_a_rate_just_over_the_edge_gets_more_digits() -> None:
    item = BANDS.score({"甲": 500001, "乙": 10000000})["率"]
    assert item.display == "5.00001%"
    assert item.points == 4

"""Limits hold exactly: 扣完为止, 满分为止, 最低, 最高, 最多扣, 最多加, on indicators, sections and formulas."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

import rubriclang
from tests.strategies.budget import examples
from tests.strategies.numbers import MILLIONTH, decimal_text, decimals, rationals
from tests.strategies.rounding import MODES, quantized


@dataclass(frozen=True)
class Limit:
    """A limit as written, and the least or the most points it leaves."""

    text: str
    low: Fraction | None = None
    high: Fraction | None = None


def limited(score: Fraction, limits: list[Limit]) -> Fraction:
    """A score within all limits; no lower limit here lies above an upper one."""
    for limit in limits:
        if limit.low is not None and score < limit.low:
            score = limit.low
    for limit in limits:
        if limit.high is not None and score > limit.high:
            score = limit.high
    return score


def _lower(full: Fraction) -> st.SearchStrategy[Limit]:
    return st.one_of(
        st.sampled_from([Limit("扣完为止", low=Fraction(0)), Limit("not below 0", low=Fraction(0))]),
        decimals(0, int(full), 1).map(lambda n: Limit(f"最低 {decimal_text(n)} 分", low=n)),
        decimals(0, int(full), 1).map(lambda n: Limit(f"at least {decimal_text(n)}", low=n)),
        decimals(0, 2 * int(full), 1).map(lambda n: Limit(f"最多扣 {decimal_text(n)} 分", low=full - n)),
    )


def _upper(full: Fraction) -> st.SearchStrategy[Limit]:
    return st.one_of(
        st.sampled_from([Limit("满分为止", high=full), Limit("not above full", high=full)]),
        decimals(0, 5, 1).map(lambda n: Limit(f"最高 {decimal_text(full + n)} 分", high=full + n)),
        decimals(0, 5, 1).map(lambda n: Limit(f"最多 {decimal_text(full + n)} 分", high=full + n)),
        decimals(0, 5, 1).map(lambda n: Limit(f"最多加 {decimal_text(n)} 分", high=full + n)),
    )


@st.composite
def _limits(draw: st.DrawFn, full: Fraction) -> list[Limit]:
    """At least one limit below and one above, in any order."""
    below = draw(st.lists(_lower(full), min_size=1, max_size=2))
    above = draw(st.lists(_upper(full), min_size=1, max_size=2))
    return draw(st.permutations([*below, *above]))


def _around(limits: list[Limit], others: list[Fraction]) -> list[Fraction]:
    ends = [end for limit in limits for end in (limit.low, limit.high) if end is not None]
    return [end + offset for end in ends for offset in (-MILLIONTH, Fraction(0), MILLIONTH)] + others


@given(data=st.data(), whole=st.integers(1, 20), where=st.sampled_from(["line", "lines", "formula", "mixed"]))
@examples(3)
def test_limits_of_an_indicator(data: st.DataObject, whole: int, where: str) -> None:
    full = Fraction(whole)
    limits = data.draw(_limits(full))
    texts = [limit.text for limit in limits]
    cut = {"line": 0, "lines": 0, "formula": len(texts), "mixed": 1}[where]
    score = "，".join(["得分 = 数值", *texts[:cut]])
    rest = "\n".join(texts[cut:]) if where == "lines" else "，".join(texts[cut:])
    lines = data.draw(st.permutations([score, rest])) if rest else [score]
    text = f"# 标准（{whole}分）\n数据：\n- 数值：数\n## 指标（{whole}分）\n" + "\n".join(lines) + "\n"
    rubric = rubriclang.loads(text)
    for value in _around(limits, data.draw(st.lists(rationals(-50, 50), min_size=2, max_size=2))):
        assert rubric.score({"数值": value}).total == limited(value, limits), f"at {value}"


@given(data=st.data(), whole=st.integers(1, 20), low_default=st.booleans(), high_default=st.booleans())
@examples(1)
def test_default_limits(data: st.DataObject, whole: int, low_default: bool, high_default: bool) -> None:
    """A default limit holds for every indicator; a limit of another kind that the indicator states holds beside it."""
    full = Fraction(whole)
    below = Limit("扣完为止", low=Fraction(0)) if low_default else data.draw(_lower(full))
    above = Limit("满分为止", high=full) if high_default else data.draw(_upper(full))
    said = [limit.text for limit, default in ((below, low_default), (above, high_default)) if default]
    own = [limit.text for limit, default in ((below, low_default), (above, high_default)) if not default]
    text = (
        f"# 标准（{whole}分）\n"
        + (f"默认：{'，'.join(said)}\n" if said else "")
        + f"数据：\n- 数值：数\n## 指标（{whole}分）\n得分 = 数值\n"
        + (f"{'，'.join(own)}\n" if own else "")
    )
    rubric = rubriclang.loads(text)
    for value in _around([below, above], data.draw(st.lists(rationals(-50, 50), min_size=2, max_size=2))):
        assert rubric.score({"数值": value}).total == limited(value, [below, above])


@given(share=rationals(-2, 3), whole=st.integers(1, 20))
@examples(1)
def test_a_share_of_full_marks(share: Fraction, whole: int) -> None:
    """满分 × a / b, kept between 0 and full marks; where the facts keep it there already, no limit is asked for."""
    text = "# 标准（{0}分）\n数据：\n- 甲：万元{1}\n- 乙：万元，> 0\n## 指标（{0}分）\n得分 = 满分 × 甲 / 乙{2}\n"
    rubric = rubriclang.loads(text.format(whole, "", "，扣完为止，满分为止"))
    below = Fraction(7, 3)
    assert rubric.score({"甲": share * below, "乙": below}).total == min(max(share, Fraction(0)), Fraction(1)) * whole
    if share >= 0:
        capped = rubriclang.loads(text.format(whole, "，≥ 0", "，满分为止"))
        assert capped.score({"甲": share * below, "乙": below}).total == min(share, Fraction(1)) * whole
    if 0 <= share <= 1:
        rate = rubriclang.loads(
            f"# 标准（{whole}分）\n数据：\n- 率：%，0% 至 100%\n## 指标（{whole}分）\n得分 = 满分 × 率\n"
        )
        cents = Fraction(round(share * 10**6), 10**6)
        assert rate.score({"率": f"{decimal_text(cents * 100)}%"}).total == cents * whole


@given(
    low=decimals(-20, 20, 2),
    room=decimals(0, 20, 2),
    value=rationals(-50, 50),
    form=st.sampled_from(["clause", "限于"]),
)
@examples(2)
def test_limits_of_a_formula(low: Fraction, room: Fraction, value: Fraction, form: str) -> None:
    high = low + room
    ends = decimal_text(low), decimal_text(high)
    formula = f"限于（数值，{ends[0]}，{ends[1]}）" if form == "限于" else f"数值，最低 {ends[0]}，最高 {ends[1]}"
    text = f"# 标准（5分）\n数据：\n- 数值：数\n## 指标（5分）\n结果 = {formula}\n否则 -> 5\n"
    rubric = rubriclang.loads(text)
    for tried in (value, low, high, low - MILLIONTH, high + MILLIONTH):
        expected = low if tried < low else high if tried > high else tried
        assert rubric.score({"数值": tried}).values["结果"] == expected
        assert rubric.score({"数值": expected}).values["结果"] == expected, "limiting twice is limiting once"


@given(value=rationals(-50, 50), adds=st.booleans())
@examples(1)
def test_limits_of_a_named_list(value: Fraction, adds: bool) -> None:
    """A list with a name of its own keeps the limits that its rows and steps state."""
    text = (
        "# 标准（10分）\n默认：按比例\n数据：\n- 数值：数\n## 指标（10分）\n得分 = 0 × 参考 + 10\n"
        "参考 = 数值：≤ 3 -> 6\n每超过 1 {}\n"
    ).format("加 2 分，最多加 3 分" if adds else "扣 2 分，扣完为止")
    past = max(value - 3, Fraction(0))
    expected = min(6 + 2 * past, Fraction(9)) if adds else max(6 - 2 * past, Fraction(0))
    assert rubriclang.loads(text).score({"数值": value}).values["参考"] == expected


# 6 points, and 2 more for each of 4 steps: 14. 最高 9 is about the indicator, 最多 3 about what the line adds.
@pytest.mark.parametrize(
    ("limit", "expected"), [("最高 9 分", 9), ("最多 3 分", 9), ("最多加 3 分", 9), ("满分为止", 9)]
)
def test_what_a_limit_behind_a_step_is_about(limit: str, expected: int) -> None:
    text = f"# 标准（9分）\n默认：整档\n数据：\n- 数值：数\n## 指标（9分）\n数值：≤ 3 -> 6；每超过 1 加 2 分，{limit}\n"
    assert rubriclang.loads(text).score({"数值": 7}).total == expected


# Full marks are 10: 满分为止 leaves 10 of 12, 最多扣 3 分 leaves 7 of 5, 最多加 3 分 leaves 13 of 20.
@pytest.mark.parametrize(
    ("limit", "value", "expected"), [("满分为止", 12, 10), ("最多扣 3 分", 5, 7), ("最多加 3 分", 20, 13)]
)
@pytest.mark.parametrize("line", ["结果 = 数值，{}", "结果 = 数值：若 数值 > 0 -> 数值，{}；否则 -> 0"])
def test_a_limit_that_counts_from_full_marks_is_kept_or_refused(
    line: str, limit: str, value: int, expected: int
) -> None:
    """Behind a formula or in a named list such a limit may be refused, but never dropped."""
    text = f"# 标准（10分）\n数据：\n- 数值：数\n## 指标（10分）\n得分 = 10 + 0 × 结果\n{line.format(limit)}\n"
    if any(d.severity == "error" for d in rubriclang.check(text)):
        return
    assert rubriclang.loads(text).score({"数值": value}).values["结果"] == expected


# ---- sections, bonuses, the total


@given(
    scores=st.lists(decimals(0, 10, 1), min_size=2, max_size=4),
    bonus=decimals(0, 12, 1),
    most=decimals(0, 10, 1),
    fines=st.integers(0, 12),
    limit=st.sampled_from(["", "满分为止", "最低 20 分"]),
)
@examples(2)
def test_bonuses_and_the_total(scores: list[Fraction], bonus: Fraction, most: Fraction, fines: int, limit: str) -> None:
    whole = 10 * len(scores)
    parts = "".join(f"### 第{i}项（10分）；人工评定\n" for i in "一二三四"[: len(scores)])
    text = (
        f"# 标准（{whole}分）\n{limit}\n数据：\n- 通报：次，整数，≥ 0\n## 基本（{whole}分）\n{parts}"
        f"## 奖励（最多加 {decimal_text(most)} 分）；人工评定：0 至 不限\n"
        "## 扣分（最多扣 5 分）\n通报：每 1 次 扣 0.5 分\n"
    )
    judged = {f"第{i}项": score for i, score in zip("一二三四", scores, strict=False)} | {"奖励": bonus}
    outcome = rubriclang.loads(text).score({"通报": fines}, judged)
    added, lost = min(bonus, most), min(Fraction(fines, 2), Fraction(5))
    assert outcome["奖励"].points == added
    assert outcome["扣分"].points == -lost
    assert outcome.section("基本").points == sum(scores)
    total = sum(scores) + added - lost
    expected = {"": total, "满分为止": min(total, Fraction(whole)), "最低 20 分": max(total, Fraction(20))}
    assert outcome.total == expected[limit]


@given(scores=st.lists(decimals(0, 10, 1), min_size=3, max_size=3), low=decimals(0, 20, 1))
@examples(1)
def test_limits_of_a_section(scores: list[Fraction], low: Fraction) -> None:
    text = (
        f"# 标准（30分）\n## 过程（20分）\n最低 {decimal_text(low)} 分\n"
        "### 甲项（10分）；人工评定\n### 乙项（10分）；人工评定\n## 效果（10分）；人工评定\n"
    )
    outcome = rubriclang.loads(text).score({}, dict(zip(("甲项", "乙项", "效果"), scores, strict=True)))
    section = max(scores[0] + scores[1], low)
    assert outcome.section("过程").points == section
    assert outcome.total == section + scores[2]


# ---- the fixed order: 不适用, base, adjustments, rounding, limits, 调整, 否决


@given(
    rate=decimals(90, 120, 2),
    errors=st.integers(0, 12),
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans(), st.booleans()),
    mode=st.sampled_from(list(MODES)),
    order=st.permutations(range(7)),
)
@examples(4)
def test_the_order_of_writing_is_not_the_order_of_evaluation(
    rate: Fraction, errors: int, flags: tuple[bool, bool, bool, bool], mode: str, order: list[int]
) -> None:
    noted, broken, absent, praised = flags
    lines = [
        "否决：违纪 -> 0",
        "调整：通报 -> 得分 ≤ 6.3",
        "最低 2.2 分",
        f"保留整数，{mode}",
        "差错：每 1 处 扣 0.7 分",
        "控制率：≤ 100% -> 9；每超过 1% 扣 0.3 分（按比例）",
        "若 表彰，加 1 分；不适用：无此项 -> 7.7",
    ]
    text = (
        "# 标准（10分）\n数据：\n- 控制率：%\n- 差错：处，整数，≥ 0\n"
        "- 通报：是否\n- 违纪：是否\n- 无此项：是否\n- 表彰：是否\n"
        "## 经费（10分）\n" + "\n".join(lines[i] for i in order) + "\n"
    )
    score = Fraction(9) - Fraction("0.3") * max(rate - 100, Fraction(0))
    score += praised - errors * Fraction("0.7")
    score = quantized(score, 0, mode)
    score = max(score, Fraction("2.2"))
    if noted:
        score = min(score, Fraction("6.3"))
    if broken:
        score = Fraction(0)
    if absent:
        score = Fraction("7.7")
    given_facts: dict[str, object] = {"控制率": f"{decimal_text(rate)}%", "差错": errors, "表彰": praised}
    given_facts |= {"通报": noted, "违纪": broken, "无此项": absent}
    assert rubriclang.loads(text).score(given_facts).total == score

"""每超过, 每低于, 每相差 and 每 n 次: whole steps, begun steps and pro rata, deducted or added, within their limits."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

import rubriclang
from tests.strategies.budget import examples
from tests.strategies.names import plain_names, written
from tests.strategies.numbers import MILLIONTH, decimal_text, decimals, rationals
from tests.strategies.steps import MODES, Mode, SteppedIndicator, stepped_indicators, steps_in


@given(indicator=stepped_indicators(), name=plain_names())
@examples(2)
def test_steps_past_an_edge(indicator: SteppedIndicator, name: str) -> None:
    rubric = rubriclang.loads(indicator.rubric(written(name)))
    for value in indicator.values(MILLIONTH):
        outcome = rubric.score({name: indicator.rule.measure.fact_text(value)})
        assert outcome.total == indicator.points(value), f"at {value}"
        assert outcome.complete


@given(indicator=stepped_indicators(), name=plain_names(), value=decimals(-500, 500, 6))
@examples(2)
def test_steps_anywhere(indicator: SteppedIndicator, name: str, value: Fraction) -> None:
    value *= indicator.rule.measure.factor
    rubric = rubriclang.loads(indicator.rubric(written(name)))
    outcome = rubric.score({name: indicator.rule.measure.fact_text(value)})
    assert outcome.total == indicator.points(value)


@given(indicator=stepped_indicators())
@examples(1)
def test_the_words_tell_the_steps(indicator: SteppedIndicator) -> None:
    """The remark, where a step was counted, names the points that the oracle counts; where none was, it is silent."""
    rubric = rubriclang.loads(indicator.rubric("数值"))
    for value in indicator.values(MILLIONTH)[::5]:
        found = rubric.score({"数值": indicator.rule.measure.fact_text(value)})["指标"]
        moved = indicator.rule.moved(value, indicator.edge)
        assert found.points is not None and found.deduction == indicator.full - found.points
        if moved == 0:
            assert found.remark == ""


# ---- two rules, one to each side of a range


@dataclass(frozen=True)
class TwoSided:
    """A range with full marks, a rule above it and a rule below it, and perhaps a line beyond which nothing is left."""

    low: Fraction
    high: Fraction
    cut: Fraction | None
    over: tuple[Fraction, Fraction, Mode]
    under: tuple[Fraction, Fraction, Mode]
    full: Fraction
    rubric: str

    def points(self, value: Fraction) -> Fraction:
        if self.low <= value <= self.high:
            return self.full
        if self.cut is not None and value > self.cut:
            return Fraction(0)
        width, amount, mode = self.over if value > self.high else self.under
        distance = value - self.high if value > self.high else self.low - value
        score = self.full - amount * steps_in(distance, width, mode)
        return score if score > 0 else Fraction(0)


@st.composite
def two_sided(draw: st.DrawFn) -> TwoSided:
    low = draw(decimals(0, 100, 1))
    high = low + draw(st.one_of(st.just(Fraction(0)), decimals(0, 50, 1)))
    cut = high + draw(decimals(1, 30, 1)) if draw(st.booleans()) else None
    rules = [
        (draw(decimals(1, 10, 1)) / 2, draw(decimals(0, 4, 1)) + Fraction(1, 10), draw(st.sampled_from(MODES)))
        for _ in range(2)
    ]
    full = draw(decimals(1, 10, 1))
    row = f"= {decimal_text(low)}%" if low == high else f"≥ {decimal_text(low)}% 且 ≤ {decimal_text(high)}%"
    lines = [f"{row} -> 满分"]
    for words, (width, amount, mode) in zip(("每超过", "每低于"), rules, strict=True):
        lines.append(f"{words} {decimal_text(width)}% 扣 {decimal_text(amount)} 分（{mode}）")
    if cut is not None:  # the cut-off is a row, wherever it stands
        lines.insert(draw(st.integers(1, 3)), f"> {decimal_text(cut)}% -> 0")
    points = decimal_text(full)
    rubric = (
        f"# 标准（{points}分）\n默认：扣完为止\n数据：\n- 率：%\n## 指标（{points}分）\n率：\n"
        + "\n".join(lines)
        + "\n"
    )
    scaled = [(width / 100, amount, mode) for width, amount, mode in rules]
    end = None if cut is None else cut / 100
    return TwoSided(low / 100, high / 100, end, scaled[0], scaled[1], full, rubric)


@given(case=two_sided(), values=st.lists(decimals(-100, 300, 4), min_size=5, max_size=5))
@examples(1)
def test_a_rule_to_each_side(case: TwoSided, values: list[Fraction]) -> None:
    rubric = rubriclang.loads(case.rubric)
    edges = [case.low, case.high] + ([case.cut] if case.cut is not None else [])
    edges += [case.high + n * case.over[0] for n in range(4)] + [case.low - n * case.under[0] for n in range(4)]
    beside = [edge + offset for edge in edges for offset in (-MILLIONTH, Fraction(0), MILLIONTH)]
    for value in [*beside, *(value / 100 for value in values)]:
        assert rubric.score({"率": f"{decimal_text(value * 100)}%"}).total == case.points(value), f"at {value}"


@given(
    edges=st.lists(decimals(0, 100, 1), min_size=2, max_size=4, unique=True),
    width=decimals(1, 10, 1),
    amount=decimals(1, 3, 1),
    mode=st.sampled_from(MODES),
    falling=st.booleans(),
)
@examples(2)
def test_steps_count_from_the_adjacent_row(
    edges: list[Fraction], width: Fraction, amount: Fraction, mode: Mode, falling: bool
) -> None:
    """After several rows a step starts from the edge and the award of the row it touches."""
    edges = sorted(edges, reverse=falling)
    awards = [Fraction(20 - n) for n in range(len(edges))]
    sign, words = ("≥", "每低于") if falling else ("≤", "每超过")
    rows = "；".join(f"{sign} {decimal_text(e)} -> {a}" for e, a in zip(edges, awards, strict=True))
    rubric = rubriclang.loads(
        f"# 标准（20分）\n数据：\n- 数值：数\n## 指标（20分）\n数值：{rows}\n"
        f"{words} {decimal_text(width)} 扣 {decimal_text(amount)} 分（{mode}），扣完为止\n"
    )
    last, award = edges[-1], awards[-1]
    for place in (Fraction(0), MILLIONTH, Fraction(1, 2), 1 - MILLIONTH, Fraction(1), 1 + MILLIONTH, Fraction(40)):
        distance = place * width
        value = last - distance if falling else last + distance
        score = award - amount * steps_in(distance, width, mode)
        assert rubric.score({"数值": value}).total == max(score, Fraction(0)), f"at {value}"
    for edge, award in zip(edges, awards, strict=True):
        assert rubric.score({"数值": edge}).total == award


# ---- every so many


@st.composite
def tallies(draw: st.DrawFn) -> tuple[str, list[tuple[Fraction, Fraction, Mode, Fraction | None, str]], Fraction]:
    """A rubric in which several counts each cost points, the rules, and the full marks."""
    rules: list[tuple[Fraction, Fraction, Mode, Fraction | None, str]] = []
    facts, lines = [], []
    full = draw(decimals(5, 20, 1))
    for name in "甲乙丙"[: draw(st.integers(1, 3))]:
        width = Fraction(draw(st.integers(1, 5)))
        amount = draw(decimals(0, 2, 2)) + Fraction(1, 4)
        mode = draw(st.sampled_from(MODES))
        whole = draw(st.booleans())
        most = draw(st.none() | decimals(0, 3, 1))
        said = "" if whole and width == 1 and draw(st.booleans()) else f"（{mode}）"
        facts.append(f"- {name}次数：次{'，整数' if whole else ''}，≥ 0")
        limit = "" if most is None else f"，最多扣 {decimal_text(most)} 分"
        size = draw(st.sampled_from([f"{width} 次", f"{width}次", f"{width}"]))
        lines.append(f"{name}次数：每 {size} 扣 {decimal_text(amount)} 分{said}{limit}")
        rules.append((width, amount, mode, most, "整数" if whole else ""))
    order = draw(st.permutations([*lines, "扣完为止"]))
    points = decimal_text(full)
    text = f"# 标准（{points}分）\n数据：\n" + "\n".join(facts) + f"\n## 指标（{points}分）\n" + "\n".join(order) + "\n"
    return text, rules, full


@given(case=tallies(), data=st.data())
@examples(2)
def test_every_so_many(
    case: tuple[str, list[tuple[Fraction, Fraction, Mode, Fraction | None, str]], Fraction], data: st.DataObject
) -> None:
    text, rules, full = case
    rubric = rubriclang.loads(text)
    for _ in range(5):
        counts = [data.draw(st.integers(0, 30).map(Fraction) if rule[4] else rationals(0, 30)) for rule in rules]
        lost = Fraction(0)
        for count, (width, amount, mode, most, _) in zip(counts, rules, strict=True):
            points = amount * steps_in(count, width, mode)
            lost += points if most is None else min(points, most)
        given_facts = {f"{name}次数": count for name, count in zip("甲乙丙", counts, strict=False)}
        assert rubric.score(given_facts).total == max(full - lost, Fraction(0))


@given(count=st.integers(0, 40), per=st.integers(1, 4), most=decimals(1, 6, 1), mode=st.sampled_from(MODES))
@examples(1)
def test_bonuses_start_from_nothing(count: int, per: int, most: Fraction, mode: Mode) -> None:
    points = decimal_text(most)
    rubric = rubriclang.loads(
        f"# 标准（{points}分）\n数据：\n- 篇数：篇，整数，≥ 0\n## 指标（{points}分）\n"
        f"篇数：每 {per} 篇 加 0.5 分（{mode}），最多加 {points} 分\n"
    )
    expected = min(steps_in(Fraction(count), Fraction(per), mode) / 2, most)
    assert rubric.score({"篇数": count}).total == expected


@given(
    rate=decimals(0, 100, 2),
    count=st.integers(0, 20),
    scolded=st.booleans(),
    praised=st.booleans(),
)
@examples(2)
def test_adjustments_add_up_on_top_of_the_base(rate: Fraction, count: int, scolded: bool, praised: bool) -> None:
    rubric = rubriclang.loads(
        "# 标准（10分）\n数据：\n- 完成率：%\n- 差错：处，整数，≥ 0\n- 通报：是否\n- 表彰：是否\n## 指标（10分）\n"
        "若 通报，扣 2 分\n差错：每 2 处 扣 0.5 分（整档），最多扣 3 分\n完成率：≥ 90% -> 9；≥ 60% -> 6；否则 -> 1\n"
        "若 表彰，加 1 分\n扣完为止，满分为止\n"
    )
    base = 9 if rate >= 90 else 6 if rate >= 60 else 1
    score = Fraction(base) - min(Fraction(count // 2, 2), Fraction(3)) - 2 * scolded + praised
    outcome = rubric.score({"完成率": f"{decimal_text(rate)}%", "差错": count, "通报": scolded, "表彰": praised})
    assert outcome.total == min(max(score, Fraction(0)), Fraction(10))


# ---- the rule must be stated

_ROW = {"每超过": "≤ 100%", "每低于": "≥ 100%", "每相差": "= 100%"}


@pytest.mark.parametrize("words", _ROW)
def test_a_part_of_a_step_must_be_decided(words: str) -> None:
    text = "# 标准（5分）\n{}数据：\n- 率：%\n## 指标（5分）\n率：{} -> 满分\n{} 5% 扣 2 分{}，扣完为止\n"
    found = rubriclang.check(text.format("", _ROW[words], words, ""))
    assert [d.code for d in found] == ["R303"]
    # One step and a half past the edge: 5 - 2 = 3, 5 - 2 × 2 = 1, 5 - 1.5 × 2 = 2 points.
    assert [found[0].params[reading] for reading in ("floor", "ceiling", "linear")] == ["3", "1", "2"]
    for mode in MODES:
        assert not rubriclang.check(text.format("", _ROW[words], words, f"（{mode}）"))
        assert not rubriclang.check(text.format(f"默认：{mode}\n", _ROW[words], words, ""))


# 96.14 % is 3.86 points short of 100 %. Every 5 %, 2 points of 5: 5, or 5 - 2 = 3, or 5 - 3.86 / 5 × 2 = 3.456.
@pytest.mark.parametrize(("mode", "points"), [("整档", "5"), ("进档", "3"), ("按比例", "3.456")])
def test_the_published_rate_under_the_three_readings(mode: Mode, points: str) -> None:
    rubric = rubriclang.loads(
        "# 标准（5分）\n数据：\n- 完成率：%\n## 指标（5分）\n"
        f"完成率：≥ 100% -> 满分\n每低于 5% 扣 2 分（{mode}），扣完为止\n"
    )
    assert rubric.score({"完成率": "96.14%"}).total == Fraction(points)


# The line's own rule goes before the file's.
@pytest.mark.parametrize("default", MODES)
@pytest.mark.parametrize("own", MODES)
def test_the_line_goes_before_the_default(default: Mode, own: Mode) -> None:
    rubric = rubriclang.loads(
        f"# 标准（5分）\n默认：{default}\n数据：\n- 率：%\n## 指标（5分）\n"
        f"率：≤ 100% -> 5\n每超过 2% 扣 1 分（{own}），扣完为止\n"
    )
    expected = {"整档": Fraction(4), "进档": Fraction(3), "按比例": Fraction(7, 2)}
    assert rubric.score({"率": "103%"}).total == expected[own]


@pytest.mark.parametrize("size", ["0%", "0 个百分点"])
def test_a_step_of_nothing_is_refused(size: str) -> None:
    text = f"# 标准（5分）\n数据：\n- 率：%\n## 指标（5分）\n率：≤ 100% -> 5\n每超过 {size} 扣 1 分（整档），扣完为止\n"
    assert "R209" in [d.code for d in rubriclang.check(text)]


@pytest.mark.parametrize("row", ["≤ 100% -> 满分", "> 120% -> 0", "= 100% -> 满分；= 120% -> 0"])
def test_a_step_without_an_edge_is_refused(row: str) -> None:
    """每相差 counts from one = row; 每低于 from a row that ends below it."""
    text = f"# 标准（5分）\n默认：整档，扣完为止\n数据：\n- 率：%\n## 指标（5分）\n率：{row}\n每相差 1% 扣 1 分\n"
    assert "R311" in [d.code for d in rubriclang.check(text)]

"""The six modes, to digits and to steps, wherever a rubric may round, against ``decimal.Decimal.quantize``."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given, strategies as st

import rubriclang
from tests.strategies.budget import examples
from tests.strategies.numbers import decimal_text, decimals, percent_text, rationals
from tests.strategies.rounding import MODES, as_decimal, quantized, stepped

_PLACES = st.integers(0, 6)
_MODES = st.sampled_from(list(MODES))


def _ties(places: int) -> st.SearchStrategy[Fraction]:
    """Values half way between two neighbours of so many decimals, either sign."""
    return st.integers(-2000, 2000).map(lambda n: (n + Fraction(1, 2)) / 10**places)


@st.composite
def _values(draw: st.DrawFn, places: int) -> Fraction:
    """Values of every kind: ties, neighbours of ties, multiples, plain decimals and rationals without a decimal."""
    beside = Fraction(draw(st.sampled_from([-1, 0, 0, 0, 1])), 10**20)
    kind = draw(st.sampled_from(["tie", "multiple", "decimal", "rational"]))
    match kind:
        case "tie":
            return draw(_ties(places)) + beside
        case "multiple":
            return Fraction(draw(st.integers(-3000, 3000)), 10**places) + beside
        case "decimal":
            return draw(decimals(-30, 30, 8))
        case _:
            return draw(rationals(-30, 30))


def _rubric(facts: str, formula: str) -> rubriclang.Rubric:
    return rubriclang.loads(f"# 标准（5分）\n数据：\n{facts}\n## 指标（5分）\n结果 = {formula}\n否则 -> 5\n")


def _result(rubric: rubriclang.Rubric, **given_facts: Fraction | str) -> Fraction:
    value = rubric.score(given_facts).values["结果"]
    assert isinstance(value, Fraction)
    return value


# ---- to decimals

_TO_PLACES: dict[str, Callable[[int, str], str]] = {
    "clause": lambda places, mode: f"数值，保留 {places} 位小数，{mode}",
    "clause without blanks": lambda places, mode: f"数值，保留{places}位小数，{mode}",
    "English clause": lambda places, mode: f"数值, round to {places} places, {MODES[mode][0]}",
    "function": lambda places, mode: f"{mode}（数值，{places}）",
    "English function": lambda places, mode: f"{MODES[mode][0]}(数值, {places})",
    "within a formula": lambda places, mode: f"0 + {mode}（数值，{places}） × 1",
}


@given(data=st.data(), places=_PLACES, mode=_MODES, form=st.sampled_from(list(_TO_PLACES)))
@examples(4)
def test_to_decimals(data: st.DataObject, places: int, mode: str, form: str) -> None:
    rubric = _rubric("- 数值：数", _TO_PLACES[form](places, mode))
    for _ in range(3):
        value = data.draw(_values(places))
        rounded = _result(rubric, 数值=value)
        assert rounded == quantized(value, places, mode)
        assert _result(rubric, 数值=rounded) == rounded, "rounding twice is rounding once"


@given(data=st.data(), mode=_MODES, form=st.sampled_from(["数值，保留整数，{}", "{}（数值）", "{}（数值，0）"]))
@examples(2)
def test_to_whole_numbers(data: st.DataObject, mode: str, form: str) -> None:
    rubric = _rubric("- 数值：数", form.format(mode))
    for _ in range(3):
        value = data.draw(_values(0))
        assert _result(rubric, 数值=value) == quantized(value, 0, mode)


@given(value=decimals(-30, 30, 8), places=_PLACES, mode=_MODES)
@examples(2)
def test_a_literal(value: Fraction, places: int, mode: str) -> None:
    """Constants are rounded as facts are, though the checker works them out beforehand."""
    sign = "-" if value < 0 else ""
    rubric = _rubric("- 数值：数", f"{mode}（{sign}{decimal_text(abs(value))}，{places}）")
    assert _result(rubric, 数值=Fraction(0)) == quantized(value, places, mode)


# ---- to steps


@given(data=st.data(), step=decimals(0, 7, 3).filter(lambda s: s > 0), mode=_MODES, english=st.booleans())
@examples(3)
def test_to_a_step(data: st.DataObject, step: Fraction, mode: str, english: bool) -> None:
    size = decimal_text(step)
    clause = f"round to step {size}, {MODES[mode][0]}" if english else f"保留到 {size}，{mode}"
    rubric = _rubric("- 数值：数", f"数值，{clause}")
    for _ in range(3):
        value = data.draw(_values(0)) * step
        rounded = _result(rubric, 数值=value)
        assert rounded == stepped(value, step, mode)
        assert (rounded / step).denominator == 1
        assert _result(rubric, 数值=rounded) == rounded


@given(data=st.data(), step=st.sampled_from(["1%", "0.01%", "0.5%", "5%", "1 个百分点", "1‰"]), mode=_MODES)
@examples(3)
def test_a_rate_to_a_step(data: st.DataObject, step: str, mode: str) -> None:
    size = Fraction(step.split("%")[0].split("‰")[0].split(" ")[0]) / (1000 if "‰" in step else 100)
    rubric = _rubric("- 分子：万元\n- 分母：万元，> 0", f"分子 / 分母，保留到 {step}，{mode}")
    for _ in range(3):
        value = data.draw(_values(0)) * size
        below = data.draw(rationals(1, 50))
        assert _result(rubric, 分子=value * below, 分母=below) == stepped(value, size, mode)


@given(data=st.data(), unit=st.sampled_from(["元", "万元"]), step=st.sampled_from(["1 元", "0.01 万元", "2.5 万元"]))
@examples(2)
def test_money_to_a_step(data: st.DataObject, unit: str, step: str) -> None:
    """The step has a unit of its own, and the result is exact in any."""
    mode = data.draw(_MODES)
    size, word = step.split(" ")
    in_yuan = Fraction(size) * (10_000 if word == "万元" else 1)
    scale = 10_000 if unit == "万元" else 1
    rubric = rubriclang.loads(
        f"# 标准（5分）\n数据：\n- 款：{unit}\n## 指标（5分）\n"
        f"取数 = 款，保留到 {step}，{mode}\n结果 = 取数 / 1 元\n否则 -> 5\n"
    )
    value = data.draw(_values(0)) * in_yuan
    assert _result(rubric, 款=value / scale) == stepped(value, in_yuan, mode)


# ---- at the other places where a rubric may round


@given(
    data=st.data(), places=st.integers(0, 3), mode=_MODES, where=st.sampled_from(["indicator", "default", "section"])
)
@examples(3)
def test_points(data: st.DataObject, places: int, mode: str, where: str) -> None:
    """Points of an indicator, of every indicator by default, of a section."""
    clause = f"保留 {places} 位小数，{mode}" if places else f"保留整数，{mode}"
    rubric = rubriclang.loads(
        "# 标准（10分）\n"
        + (f"默认：{clause}\n" if where == "default" else "")
        + "数据：\n- 数值：数\n## 过程（10分）\n"
        + (f"{clause}\n" if where == "section" else "")
        + "### 指标（10分）\n得分 = 数值\n"
        + (f"{clause}\n" if where == "indicator" else "")
        + "扣完为止，满分为止\n"
    )
    value = data.draw(_values(places))
    outcome = rubric.score({"数值": value})
    limited = min(max(value, Fraction(0)), Fraction(10))
    rounded = min(max(quantized(value, places, mode), Fraction(0)), Fraction(10))
    # Rounding comes before the limits: 10.4 is rounded to 10, not limited to 10 and then rounded.
    assert outcome["指标"].points == (limited if where == "section" else rounded)
    assert outcome.section("过程").points == (quantized(limited, places, mode) if where == "section" else rounded)


@given(data=st.data(), places=st.integers(0, 3), mode=_MODES)
@examples(2)
def test_a_fact(data: st.DataObject, places: int, mode: str) -> None:
    """What is filled in is rounded before anything looks at it."""
    clause = f"保留 {places} 位小数，{mode}" if places else f"保留整数，{mode}"
    rubric = rubriclang.loads(
        f"# 标准（5分）\n数据：\n- 数值：数，{clause}\n## 指标（5分）\n结果 = 数值\n≥ 0 -> 5；否则 -> 0\n"
    )
    value = data.draw(_values(places))
    outcome = rubric.score({"数值": value})
    rounded = quantized(value, places, mode)
    assert outcome.values["结果"] == rounded
    assert outcome.total == (5 if rounded >= 0 else 0)


@given(data=st.data(), mode=_MODES, edge=st.integers(90, 110))
@examples(2)
def test_a_band_looks_at_the_rounded_value(data: st.DataObject, mode: str, edge: int) -> None:
    rubric = rubriclang.loads(
        f"# 标准（5分）\n数据：\n- 率：%\n## 指标（5分）\n取数 = 率，保留到 1%，{mode}\n≥ {edge}% -> 5；否则 -> 0\n"
    )
    value = (edge + data.draw(_values(0)) / 20) / 100
    value = Fraction(round(value * 10**20), 10**20)
    outcome = rubric.score({"率": percent_text(value)})
    assert outcome.total == (5 if stepped(value, Fraction(1, 100), mode) >= Fraction(edge, 100) else 0)


# ---- the judge itself


@given(value=rationals(-30, 30), places=_PLACES, mode=_MODES)
@example(value=Fraction(5, 2), places=0, mode="四舍六入五成双")
@examples(2)
def test_the_judge_takes_a_neighbour(value: Fraction, places: int, mode: str) -> None:
    """The oracle, seen from the number line: one of the two neighbours, on the side and at the tie the mode says."""
    unit = Fraction(1, 10**places)
    rounded = quantized(value, places, mode)
    assert (rounded / unit).denominator == 1 and abs(rounded - value) < unit
    if mode in ("四舍五入", "四舍六入五成双"):
        assert abs(rounded - value) <= unit / 2
    if mode == "向上取整" or (mode == "进位" and value > 0) or (mode == "舍去" and value < 0):
        assert rounded >= value
    if mode == "向下取整" or (mode == "进位" and value < 0) or (mode == "舍去" and value > 0):
        assert rounded <= value
    assert as_decimal(Fraction(1, 4)) == Decimal("0.25")


# The table of docs/language.md, chapter 8, which follows General Decimal Arithmetic and GB/T 8170.
_TABLE = {
    "四舍五入": ("2.35", "-3", "3"),
    "四舍六入五成双": ("2.34", "-2", "4"),
    "进位": ("2.35", "-3", "4"),
    "舍去": ("2.34", "-2", "3"),
    "向上取整": ("2.35", "-2", "4"),
    "向下取整": ("2.34", "-3", "3"),
}


@pytest.mark.parametrize("mode", _TABLE)
def test_by_hand(mode: str) -> None:
    hundredths, minus, plus = _TABLE[mode]
    rubric = _rubric("- 数值：数", f"{mode}（数值，2）")
    assert _result(rubric, 数值="2.345") == Fraction(hundredths)
    whole = _rubric("- 数值：数", f"数值，保留整数，{mode}")
    assert _result(whole, 数值="-2.5") == Fraction(minus)
    # 3.5 is a tie between 3 and 4; 四舍五入 takes it away from zero, 四舍六入五成双 to the even 4.
    expected = Fraction(4) if mode == "四舍五入" else Fraction(plus)
    assert _result(whole, 数值="3.5") == expected


@pytest.mark.parametrize("step", ["0", "0%", "-1", "-0.5"])
def test_a_step_must_be_positive(step: str) -> None:
    text = f"# 标准（5分）\n数据：\n- 率：%\n## 指标（5分）\n结果 = 率，保留到 {step}，四舍五入\n否则 -> 5\n"
    assert {"R209", "R003"} & {d.code for d in rubriclang.check(text)}


@pytest.mark.parametrize(
    "clause", ["保留 1.5 位小数，四舍五入", "保留 2 万元，四舍五入", "保留 2 位小数", "保留 2 位小数，约等于"]
)
def test_a_clause_that_says_too_little_or_too_much_is_refused(clause: str) -> None:
    text = f"# 标准（5分）\n数据：\n- 数值：数\n## 指标（5分）\n结果 = 数值，{clause}\n否则 -> 5\n"
    assert [d for d in rubriclang.check(text) if d.severity == "error"]


@pytest.mark.parametrize(
    "call", ["四舍五入（数值，1.5）", "四舍五入（数值，-1）", "四舍五入（数值，数值）", "四舍五入（）", "取整（数值）"]
)
def test_a_call_that_says_too_little_or_too_much_is_refused(call: str) -> None:
    text = f"# 标准（5分）\n数据：\n- 数值：数\n## 指标（5分）\n结果 = {call}\n否则 -> 5\n"
    assert [d for d in rubriclang.check(text) if d.severity == "error"]

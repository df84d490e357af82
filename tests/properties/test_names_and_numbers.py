"""A name or a number written in any way comes back as the same name, the same exact number; floats are refused."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

import rubriclang
from tests.strategies.budget import examples
from tests.strategies.fact_files import fact_files
from tests.strategies.names import distinct, fact_keys, key, names, plain_names, spellings, written
from tests.strategies.numbers import MONEY, decimal_text, decimals, full_width, grouped, rationals


def _rubric(fact: str, declared: str, formula: str) -> rubriclang.Rubric:
    return rubriclang.loads(
        f"# 标准（5分）\n数据：\n- {fact}：{declared}\n## 指标（5分）\n结果 = {formula}\n"
        "若 结果 ≥ 0 或 结果 < 0 -> 5；否则 -> 0\n"
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("facts")


def _loaded(folder: Path, suffix: str, text: str) -> rubriclang.Facts:
    path = folder / f"facts.{suffix}"
    path.write_bytes(text.encode())
    return rubriclang.load_facts(path)


# ---- names


@given(data=st.data(), name=names(), value=decimals(-100, 100, 3))
@examples(4)
def test_a_fact_keeps_its_name(data: st.DataObject, name: str, value: Fraction) -> None:
    """However the declaration, the formula and the fact file spell it."""
    declared, used = data.draw(spellings(name)), data.draw(spellings(name))
    outcome = _rubric(declared, "数", f"{used} + 1").score({data.draw(fact_keys(name)): value})
    assert outcome.values["结果"] == value + 1
    assert outcome.complete


@given(data=st.data(), name=names(), value=decimals(-100, 100, 3))
@examples(2)
def test_a_fact_keeps_its_name_in_a_file(folder: Path, data: st.DataObject, name: str, value: Fraction) -> None:
    suffix, text = data.draw(fact_files({data.draw(fact_keys(name)): decimal_text(value)}))
    outcome = _rubric(data.draw(spellings(name)), "数", data.draw(spellings(name))).score(_loaded(folder, suffix, text))
    assert outcome.values["结果"] == value
    assert outcome.complete


@given(data=st.data(), found=distinct(3))
@examples(2)
def test_formulas_keep_their_names(data: st.DataObject, found: list[str]) -> None:
    """A formula is known by its name without brackets; two names that differ never stand for each other."""
    first, second, fact = found
    spelled = {name: data.draw(spellings(name)) for name in found}
    rubric = rubriclang.loads(
        f"# 标准（5分）\n数据：\n- {spelled[fact]}：数\n## 指标（5分）\n"
        f"{spelled[first]} = {data.draw(spellings(fact))} × 2\n"
        f"{spelled[second]} = {data.draw(spellings(first))} + 1\n否则 -> 5\n"
    )
    assert rubric.score({fact: 7}).values == {first: 14, second: 15}


@given(
    title=plain_names(), section=plain_names(), numbering=st.sampled_from(["", "1.1 ", "一、", "（二）", "第三部分 "])
)
@examples(1)
def test_titles_keep_their_names(title: str, section: str, numbering: str) -> None:
    """An indicator is called by its title without its numbering, its points or the keyword line behind it."""
    rubric = rubriclang.loads(
        f"# 标准（5分）\n## {numbering}{section}（5分）\n### {numbering}{title}（5分）；人工评定\n"
    )
    outcome = rubric.score({}, {title: Fraction(9, 7)})
    assert outcome.indicators[0].path == (section, title)
    assert outcome[title].points == outcome[section, title].points == Fraction(9, 7)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("1.1 年初预算控制率", "年初预算控制率"),
        ("一、年度目标", "年度目标"),
        ("（三）年末结余", "年末结余"),
        ("2. 年均增长", "年均增长"),
        ("2019 年预算", "2019 年预算"),
        ("2019年预算", "2019年预算"),
        ("3A级景区数", "3A级景区数"),
    ],
)
def test_numbering_is_no_part_of_a_title(title: str, name: str) -> None:
    """A year in front of a title is no numbering; a title that begins with 年 may have one."""
    outcome = rubriclang.loads(f"# 标准（5分）\n## {title}（5分）；人工评定\n").score({})
    assert [i.name for i in outcome] == [name]


@given(data=st.data(), facts=distinct(2), title=plain_names())
@examples(1)
def test_facts_and_indicators_are_separate_name_spaces(data: st.DataObject, facts: list[str], title: str) -> None:
    """An indicator may have the name of a fact: the bare name is the fact, 得分 behind it the points."""
    fact, formula = facts
    if key(title) == key(formula):
        return
    rubric = rubriclang.loads(
        f"# 标准（6分）\n数据：\n- {written(fact)}：数\n## {title}（2分）\n得分 = 满分 + 0 × {written(fact)}\n"
        f"## 其他（4分）\n{written(formula)} = {written(fact)}\n对照 = {written(title)}.得分\n否则 -> 4\n"
    )
    values = rubric.score({fact: 11}).values
    assert values == {formula: 11, "对照": 2}


_NOT_KEYWORDS = (
    "当年预算 非税收入 或有负债 每月支出 加权平均 得分率 扣款 至今余额 计划数 合计数 若干 否则率 满分率 人工评定数 "
    "不计数 且行 升级 降级 已知数 其中数 可缺数 大于号 不超过数 若通报 等次数 数据量 满分单位数 全部满分数"
).split()
# 得, 计, 扣, 加, 每 and their like are keywords only where the whole word is one; 满分 behind them makes no difference.
_BEFORE_FULL_MARKS = ["得满分单位数", "计满分项目数", "扣满分人数"]


@pytest.mark.parametrize("name", [*_NOT_KEYWORDS, *_BEFORE_FULL_MARKS])
def test_a_name_may_begin_with_a_keyword(name: str) -> None:
    assert _rubric(name, "数", f"{name} + 1").score({name: 3}).values["结果"] == 4


_CONFUSED = [
    ("“三公经费”支出", "三公经费支出"),
    ("【甲 乙】", "甲乙"),
    ("甲：数，又名 丙", "丙"),
    ("甲：数，又名 丙", "乙：数，又名 丙"),
]


@pytest.mark.parametrize(("one", "other"), _CONFUSED)
def test_facts_that_a_file_cannot_tell_apart_are_refused(one: str, other: str) -> None:
    """Quotes, blanks and width do not count in a fact file, so two facts may not differ in these alone."""
    declared = "\n".join(f"- {fact if '：' in fact else f'{fact}：数'}" for fact in (one, other))
    text = f"# 标准（5分）\n数据：\n{declared}\n## 指标（5分）\n人工评定\n"
    assert [d for d in rubriclang.check(text) if d.severity == "error"]


# ---- numbers in a rubric


@st.composite
def _literals(draw: st.DrawFn) -> tuple[str, Fraction]:
    """A number as a rubric may write it: half and full width, with useless zeros, as a rate."""
    value = draw(st.one_of(decimals(0, 10**6, 6), st.integers(0, 10**40).map(Fraction)))
    text = decimal_text(value)
    if draw(st.booleans()):
        text = text + "000" if "." in text else text + ".000"
    text = draw(st.sampled_from(["", "00"])) + text
    suffixes = {"": "1", "%": "0.01", "％": "0.01", "﹪": "0.01", " ‰": "0.001", "千": "1000"}
    suffix = draw(st.sampled_from(list(suffixes)))
    text += suffix
    return (full_width(text) if draw(st.booleans()) else text), value * Fraction(suffixes[suffix])


@given(literal=_literals())
@examples(3)
def test_a_number_in_a_rubric_is_exact(literal: tuple[str, Fraction]) -> None:
    text, value = literal
    rubric = rubriclang.loads(f"# 标准（5分）\n## 指标（5分）\n结果 = {text}\n否则 -> 5\n")
    assert rubric.score({}).values["结果"] == value


@given(value=decimals(0, 10**6, 6), unit=st.sampled_from(list(MONEY)), other=st.sampled_from(list(MONEY)))
@examples(1)
def test_money_in_a_rubric_is_exact(value: Fraction, unit: str, other: str) -> None:
    rubric = rubriclang.loads(
        f"# 标准（5分）\n## 指标（5分）\n结果 = {decimal_text(value)}{unit} / 1 {other}\n否则 -> 5\n"
    )
    assert rubric.score({}).values["结果"] == value * MONEY[unit] / MONEY[other]


@pytest.mark.parametrize(
    "text", ["1,234", "1，234", "1 234", "1.2.3", "1e3", ".5", "5.", "0x10", "½", "一百", "1_000", "9" * 61]
)
def test_what_is_no_plain_number_is_refused_in_a_rubric(text: str) -> None:
    """A comma is a comma: 1,234 is neither 1 nor 1234."""
    rubric = f"# 标准（5分）\n## 指标（5分）\n结果 = {text}\n否则 -> 5\n"
    assert [d for d in rubriclang.check(rubric) if d.severity == "error"]


# ---- numbers in facts


@st.composite
def _fact_texts(draw: st.DrawFn) -> tuple[str, Fraction]:
    """A plain number as a fact file may write it, with its value."""
    value = draw(st.one_of(decimals(-(10**6), 10**6, 6), st.integers(-(10**30), 10**30).map(Fraction)))
    text = decimal_text(value)
    way = draw(st.sampled_from(["plain", "thousands", "zeros", "plus", "blank"]))
    match way:
        case "thousands":
            text = grouped(text)
        case "zeros":
            text = text + "00" if "." in text else text + ".00"
        case "plus" if value > 0:
            text = "+" + text
        case "blank":
            text = f" {text}  "
    return (full_width(text) if draw(st.booleans()) else text), value


@given(given_fact=_fact_texts())
@examples(3)
def test_a_number_in_a_fact_is_exact(given_fact: tuple[str, Fraction]) -> None:
    text, value = given_fact
    outcome = _rubric("数值", "数", "数值").score({"数值": text})
    assert outcome.values["结果"] == value
    assert outcome.complete


@given(data=st.data(), given_fact=_fact_texts())
@examples(2)
def test_a_number_in_a_fact_file_is_exact(folder: Path, data: st.DataObject, given_fact: tuple[str, Fraction]) -> None:
    text, value = given_fact
    suffix, content = data.draw(fact_files({"数值": text}))
    assert _rubric("数值", "数", "数值").score(_loaded(folder, suffix, content)).values["结果"] == value


@given(value=rationals(-1000, 1000), blank=st.sampled_from(["", " "]), wide=st.booleans())
@examples(1)
def test_a_fraction_in_a_fact_is_exact(value: Fraction, blank: str, wide: bool) -> None:
    """Exact results are written ``n/d`` where they have no finite decimal; they can be read back."""
    text = f"{value.numerator}{blank}/{blank}{value.denominator}"
    outcome = _rubric("数值", "数", "数值").score({"数值": full_width(text) if wide else text})
    assert outcome.values["结果"] == value


@given(given_fact=_fact_texts(), mark=st.sampled_from(["%", "％", " %", "﹪"]))
@examples(2)
def test_a_rate_in_a_fact_is_exact(given_fact: tuple[str, Fraction], mark: str) -> None:
    text, value = given_fact
    assert _rubric("率", "%", "率").score({"率": text + mark}).values["结果"] == value / 100


@given(
    given_fact=_fact_texts(), unit=st.sampled_from(list(MONEY)), declared=st.sampled_from(list(MONEY)), data=st.data()
)
@examples(2)
def test_money_in_a_fact_is_exact(
    given_fact: tuple[str, Fraction], unit: str, declared: str, data: st.DataObject
) -> None:
    """A unit behind the number, behind the name or beside the number; without one it is the declared unit."""
    text, value = given_fact
    rubric = _rubric("款", declared, "款 / 1 元")
    handed: dict[str, object] = data.draw(
        st.sampled_from(
            [
                {"款": f"{text}{unit}"},
                {"款": f"{text} {unit}"},
                {f"款（{unit}）": text},
                {f"款({unit})": text.strip()},
                {"款": {"数值": text, "单位": unit}},
            ]
        )
    )
    assert rubric.score(handed).values["结果"] == value * MONEY[unit]
    assert rubric.score({"款": text}).values["结果"] == value * MONEY[declared]


@given(value=st.one_of(st.integers(-(10**50), 10**50), rationals(-(10**6), 10**6)))
@examples(2)
def test_numbers_from_python_are_exact(value: int | Fraction) -> None:
    rubric = _rubric("数值", "数", "数值")
    assert rubric.score({"数值": value}).values["结果"] == value
    money = _rubric("款", "万元", "款 / 1 元")
    assert money.score({"款": value}).values["结果"] == value * 10_000


@given(value=st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20))
@examples(2)
def test_decimals_from_python_are_exact(value: Decimal) -> None:
    assert _rubric("数值", "数", "数值").score({"数值": value}).values["结果"] == Fraction(value)


@pytest.mark.parametrize("digits", [4000, 4299, 4300, 20_000])
@pytest.mark.parametrize("below", [1, -3])
def test_huge_numbers_from_python_do_no_harm(digits: int, below: int) -> None:
    """Python prints no whole number of more than 4300 digits; that must not keep a unit from its score."""
    value = Fraction(10**digits, below)
    outcome = _rubric("数值", "数", "数值").score({"数值": value})
    exact = outcome.values["结果"] == value
    assert exact or [d for d in outcome.diagnostics if d.severity == "error"]
    assert outcome.to_dict()


@pytest.mark.parametrize("digits", [4, 5, 50])
@pytest.mark.parametrize("exponent", [1000, -1000])
def test_huge_results_do_no_harm(digits: int, exponent: int) -> None:
    """A fact of few digits, raised to a power, has more than Python prints; the score is there all the same."""
    outcome = _rubric("数值", "数", f"数值 ^ {exponent}").score({"数值": "9" * digits})
    exact = outcome.values["结果"] == Fraction(10**digits - 1) ** exponent
    assert exact or [d for d in outcome.diagnostics if d.severity == "error"]
    assert outcome.to_dict()


@pytest.mark.parametrize("text", ["1E+5000", "1E-5000", "-1E+999999999", "1E-999999999"])
def test_a_decimal_with_a_giant_exponent_is_bounded(text: str) -> None:
    """Five characters may not fill the memory or take minutes: exact, or refused, and soon."""
    program = (
        "import rubriclang, decimal\n"
        "rubric = rubriclang.loads('# 标准（5分）\\n数据：\\n- 甲：数\\n## 指标（5分）\\n甲：≥ 0 -> 5；否则 -> 0\\n')\n"
        f"outcome = rubric.score({{'甲': decimal.Decimal('{text}')}})\n"
        "assert outcome.complete or [d for d in outcome.diagnostics if d.severity == 'error']\n"
        "outcome.to_dict()\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=10, capture_output=True)


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), Decimal("-Infinity"), Decimal("sNaN")])
def test_what_is_no_number_from_python_is_refused(value: Decimal) -> None:
    outcome = _rubric("数值", "数", "数值").score({"数值": value})
    assert [d.code for d in outcome.diagnostics] == ["R505"]
    assert outcome.values["结果"] is None


# ---- floats


@given(value=st.floats(allow_nan=False, allow_infinity=False))
@examples(3)
def test_a_float_is_refused_unless_asked_for(value: float) -> None:
    """Asked for, it is worth its shortest decimal form, which ``repr`` prints."""
    rubric = _rubric("数值", "数", "数值")
    refused = rubric.score({"数值": value})
    assert [d.code for d in refused.diagnostics] == ["R508"]
    assert refused.values["结果"] is None and not refused.complete
    assert rubric.score({"数值": value}, allow_float=True).values["结果"] == Fraction(Decimal(repr(value)))


@given(value=st.floats(0, 5))
@examples(1)
def test_a_float_of_points_is_refused_unless_asked_for(value: float) -> None:
    rubric = rubriclang.loads("# 标准（5分）\n## 指标（5分）；人工评定\n")
    refused = rubric.score({}, {"指标": value})
    assert "R508" in [d.code for d in refused.diagnostics]
    assert refused["指标"].points is None
    taken = rubric.score({}, {"指标": value}, allow_float=True)
    assert taken["指标"].points == Fraction(Decimal(repr(value)))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_float_that_is_no_number_is_always_refused(value: float) -> None:
    rubric = _rubric("数值", "数", "数值")
    for allow in (False, True):
        outcome = rubric.score({"数值": value}, allow_float=allow)
        assert outcome.values["结果"] is None
        assert [d.severity for d in outcome.diagnostics] == ["error"]


# ---- rates need their sign


@pytest.mark.parametrize("value", [0, "0", "0.0", "０", "0%", Decimal(0), Fraction(0)])
def test_a_rate_of_nothing_is_clear_without_its_sign(value: str | int | Decimal | Fraction) -> None:
    """0 is 0 % and 0 times, however it is handed in."""
    outcome = _rubric("率", "%", "率").score({"率": value})
    assert outcome.values["结果"] == 0
    assert not outcome.diagnostics


@pytest.mark.parametrize("value", ["25", "0.25", 25, Decimal("0.25"), Fraction(1, 4), "1/4", "1", 1])
def test_a_rate_without_its_sign_is_refused(value: str | int | Decimal | Fraction) -> None:
    outcome = _rubric("率", "%", "率").score({"率": value})
    assert outcome.values["结果"] is None
    assert [d.code for d in outcome.diagnostics] == ["R504"]


@pytest.mark.parametrize(
    "text",
    [
        "12,34",
        "1,234,56",
        "1,,234",
        "1.2.3",
        "1 2",
        "1e5",
        "--5",
        "5-",
        "1/0",
        "1/",
        "/2",
        "五",
        "5万",
        "",
        "约5",
        "5人",
        "9" * 61,
    ],
)
def test_what_is_no_plain_number_is_never_a_number(text: str) -> None:
    """Neither the part that could be read nor 0: the value is missing or unusable, and the message says so."""
    outcome = _rubric("数值", "数", "数值").score({"数值": text})
    if text == "5万":  # a magnitude is a number: 5万 is 50000
        assert outcome.values["结果"] == 50_000
        return
    assert outcome.values["结果"] is None
    assert [d.severity for d in outcome.diagnostics] == ["error"]

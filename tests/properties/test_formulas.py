"""Any formula is worth exactly what plain arithmetic in fractions says, whatever its brackets, units and marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

import rubriclang
from tests.strategies.budget import examples
from tests.strategies.formulas import Fact, Kind, Tree, trees
from tests.strategies.names import written
from tests.strategies.numbers import MONEY, decimals, percent_text, rationals


@dataclass(frozen=True)
class Case:
    """A formula, the facts it may use, their values in the base unit and as they are handed in."""

    facts: tuple[Fact, ...]
    tree: Tree
    kind: Kind
    values: dict[str, Fraction]
    given: dict[str, Fraction | str]

    @property
    def expected(self) -> Fraction | None:
        """The value in Fractions; None where something is divided by zero."""
        try:
            return self.tree.value(self.values)
        except ZeroDivisionError:
            return None

    @property
    def formula(self) -> str:
        """The formula; money is brought to a plain number of 元."""
        text = self.tree.text()[0]
        return text if self.kind != "money" else f"（{text}）/ 1 元"

    @property
    def rubric(self) -> str:
        """A rubric with the formula in one indicator that has a rule for 0 below the line."""
        declared = "\n".join(fact.line() for fact in self.facts)
        return (
            f"# 标准（5分）\n数据：\n{declared}\n## 指标（5分）\n结果 = {self.formula}\n"
            "若 结果 ≥ 0 或 结果 < 0 -> 5；否则 -> 0；分母为零 -> 0\n"
        )


_NAMES = ("追加预算", "非税收入", "“三公经费”支出", "2019年预算", "每月结余（万元）")
_DECLARED: tuple[tuple[str, Kind, Fraction], ...] = (
    ("数", "number", Fraction(1)),
    ("%", "rate", Fraction(1)),
    ("元", "money", Fraction(1)),
    ("万元", "money", Fraction(10_000)),
    ("亿元", "money", Fraction(100_000_000)),
)


@st.composite
def cases(draw: st.DrawFn, depth: int = 3) -> Case:
    facts = tuple(
        Fact(name, written(name), declared, kind, scale)
        for name, (declared, kind, scale) in zip(draw(st.permutations(_NAMES)), _DECLARED, strict=True)
    )
    values: dict[str, Fraction] = {}
    handed: dict[str, Fraction | str] = {}
    for fact in facts:
        amount = draw(decimals(-3, 3, 2) if fact.declared == "%" else decimals(-20, 20, 3) | rationals(-20, 20))
        values[fact.name] = amount * fact.scale
        handed[fact.name] = percent_text(amount) if fact.declared == "%" else amount
    kinds: list[Kind] = ["number", "rate", "money"]
    kind = draw(st.sampled_from(kinds))
    tree = draw(trees(facts, kind, depth))
    return Case(facts, tree, kind, values, handed)


@given(case=cases())
@examples(4)
def test_a_formula_is_worth_what_arithmetic_says(case: Case) -> None:
    outcome = rubriclang.loads(case.rubric).score(case.given)
    assert outcome.values["结果"] == case.expected
    assert outcome.total == (0 if case.expected is None else 5)
    if case.expected is None:
        known = {fact.name: _known(case.given[fact.name], fact.declared) for fact in case.facts}
        assert_undefined(case.rubric, known)


def assert_undefined(rubric: str, given_facts: Mapping[str, str]) -> None:
    """An in-file test finds that the formula has no value, and for no other reason than that it is undefined."""
    known = "".join(f"- 已知 {written(name)} = {text}\n" for name, text in given_facts.items())
    for reason, passes in (("无定义", True), ("缺失", False)):
        tested = rubriclang.loads(f"{rubric}测试 除以零：\n{known}- 指标.结果 = {reason}\n")
        assert [test.passed for test in tested.run_tests()] == [passes]


def _known(value: Fraction | str, declared: str) -> str:
    """The value of a fact as a formula, a fraction as a quotient, money with its unit."""
    if isinstance(value, str):
        return value
    return f"{value.numerator}{declared if declared in MONEY else ''} / {value.denominator}"


@given(case=cases(2))
@examples(2)
def test_a_name_in_between_changes_nothing(case: Case) -> None:
    """The formula may carry a name of its own, after the line that uses it or in the section around it."""
    used = f"结果 = {case.formula}\n"
    inside = case.rubric.replace(used, f"中间 = {case.formula}\n结果 = 1 × 中间\n")
    assert inside != case.rubric
    assert rubriclang.loads(inside).score(case.given).values["结果"] == case.expected
    if not any(mark in case.formula for mark in "/÷／^"):  # elsewhere a zero below the line needs a rule of its own
        outside = case.rubric.replace("## 指标", f"中间 = {case.tree.text()[0]}\n## 指标", 1)
        outside = outside.replace(used, f"结果 = {'中间 / 1 元' if case.kind == 'money' else '中间'}\n")
        assert rubriclang.loads(outside).score(case.given).values["结果"] == case.expected


# What each operator does with 0 below the line, and with its neighbours, by hand.
_BY_HAND: list[tuple[str, Fraction | None]] = [
    ("甲 / 零", None),
    ("1 / 零 × 0", None),
    ("0 / 零", None),
    ("最小（1，甲 / 零）", None),
    ("零 ^ 0", Fraction(1)),
    ("0 × 甲", Fraction(0)),
    ("-甲 ^ 2", Fraction(-9)),
    ("（-甲） ^ 2", Fraction(9)),
    ("2 ^ -2", Fraction(1, 4)),
    ("8 / 2 / 2", Fraction(2)),
    ("8 / 2 × 2", Fraction(8)),
    ("8 - 3 - 2", Fraction(3)),
    ("8 - -3", Fraction(11)),
    ("2 + 3 × 4 ^ 2", Fraction(50)),
    ("1 - 5%", Fraction(19, 20)),
    ("甲 × 5% + 5‰", Fraction(31, 200)),
    ("率 + 2 个百分点", Fraction(27, 100)),
    ("率 - 2百分点", Fraction(23, 100)),
    ("1 亿元 / 1 万元", Fraction(10_000)),
    ("1 万元 / 1 亿元", Fraction(1, 10_000)),
    ("（1 亿元 + 1 万元 + 1 元）/ 1 元", Fraction(100_010_001)),
    ("（1 元 - 1 万元）/ 1 万元", Fraction(-9999, 10_000)),
    ("最大（1 亿元，9999 万元）/ 1 万元", Fraction(10_000)),
    ("限于（2 亿元，1 元，1 万元）/ 1 元", Fraction(10_000)),
    ("限于（甲，5，1）", Fraction(1)),
    ("绝对值（1 - 甲）", Fraction(2)),
    ("1/3 + 1/3 + 1/3", Fraction(1)),
    ("0.1 + 0.2", Fraction(3, 10)),
]


@pytest.mark.parametrize(("formula", "expected"), _BY_HAND, ids=[formula for formula, _ in _BY_HAND])
def test_by_hand(formula: str, expected: Fraction | None) -> None:
    text = (
        "# 标准（5分）\n数据：\n- 甲：数\n- 零：数\n- 率：%\n"
        f"## 指标（5分）\n结果 = {formula}\n若 结果 ≥ 0 或 结果 < 0 -> 5；否则 -> 0；分母为零 -> 0\n"
    )
    outcome = rubriclang.loads(text).score({"甲": 3, "零": 0, "率": "25%"})
    assert outcome.values["结果"] == expected
    assert outcome.total == (0 if expected is None else 5)
    if expected is None:
        assert_undefined(text, {"甲": "3", "零": "0", "率": "25%"})


@pytest.mark.parametrize(
    "formula", ["1 / 甲", "款 / 甲 / 1元", "甲 / （甲 - 乙）", "1 / （甲 × 乙）", "甲 / 绝对值（乙）"]
)
def test_a_denominator_that_may_be_zero_needs_a_rule(formula: str) -> None:
    text = "# 标准（5分）\n数据：\n- 甲：数\n- 乙：数\n- 款：元\n## 指标（5分）\n结果 = {}\n{}否则 -> 5\n"
    assert "R304" in [d.code for d in rubriclang.check(text.format(formula, ""))]
    assert "R304" not in [d.code for d in rubriclang.check(text.format(formula, "分母为零 -> 0；"))]


_MISMATCHED: list[str] = ["款 + 人数", "款 + 1", "人数 - 1 元", "最小（款，人数）", "限于（款，1，2）", "款 + 率"]


@pytest.mark.parametrize("formula", _MISMATCHED)
def test_units_that_do_not_go_together_are_refused(formula: str) -> None:
    text = f"# 标准（5分）\n数据：\n- 款：元\n- 人数：人\n- 率：%\n## 指标（5分）\n结果 = {formula}\n否则 -> 5\n"
    assert {"R201", "R204"} & {d.code for d in rubriclang.check(text)}


@pytest.mark.parametrize("formula", ["零 ^ -1", "（甲 - 3） ^ -2", "1 + 零 ^ -2"])
def test_a_negative_power_of_zero_is_undefined(formula: str) -> None:
    text = (
        "# 标准（5分）\n数据：\n- 甲：数\n- 零：数\n"
        f"## 指标（5分）\n结果 = {formula}\n若 结果 ≥ 0 或 结果 < 0 -> 5；否则 -> 0\n"
    )
    outcome = rubriclang.loads(text).score({"甲": 3, "零": 0})
    assert outcome.values["结果"] is None
    assert (outcome["指标"].points, outcome["指标"].reason) == (None, "undefined")
    assert [d.severity for d in outcome.diagnostics] == ["error"]


@given(data=st.data(), build=st.sampled_from([sum, min, max]))
@examples(1)
def test_money_in_mixed_units(data: st.DataObject, build: Callable[[list[Fraction]], Fraction]) -> None:
    """Sums, minima and maxima over facts in different units of money agree with those in 元."""
    units = data.draw(st.lists(st.sampled_from(list(MONEY)), min_size=2, max_size=5))
    amounts = [data.draw(rationals(-(10**6), 10**6)) for _ in units]
    facts = [f"款{'甲乙丙丁戊'[i]}" for i in range(len(units))]
    declared = "\n".join(f"- {fact}：{unit}" for fact, unit in zip(facts, units, strict=True))
    formula = {sum: " + ".join(facts), min: f"最小（{'，'.join(facts)}）", max: f"最大（{'，'.join(facts)}）"}[build]
    rubric = rubriclang.loads(
        f"# 标准（5分）\n数据：\n{declared}\n## 指标（5分）\n结果 = （{formula}）÷ 1元\n否则 -> 5\n"
    )
    given_facts = dict(zip(facts, amounts, strict=True))
    in_yuan = [amount * MONEY[unit] for amount, unit in zip(amounts, units, strict=True)]
    assert rubric.score(given_facts).values["结果"] == build(in_yuan)

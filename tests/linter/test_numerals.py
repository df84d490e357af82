"""Which numbers a standard states: expected values are read off the text by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from rubriclang.linter.numerals import by_length, numerals


def values(text: str) -> list[Fraction]:
    return [numeral.value for numeral in numerals(text)]


F = Fraction
STATED = [
    ("控制率 5% 以内得 5 分", [F("0.05"), F(5)]),
    ("每超过 1 个百分点扣 0.3 分", [F("0.01"), F("0.3")]),
    ("每超过一个百分点扣０．５分", [F("0.01"), F("0.5")]),
    ("百分之五以内得五分", [F("0.05"), F(5)]),
    ("百分之九十五点五", [F("0.955")]),
    ("得十五分，扣二十分", [F(15), F(20)]),
    ("60～80 分得 3 分", [F(60), F(80), F(3)]),
    ("5-10%的得 4 分", [F("0.05"), F("0.1"), F(4)]),
    ("不足 1,200 万元", [F(12_000_000)]),
    ("千分之一即 1‰", [F("0.001")]),
    ("0.5% to 1 percent, 2 points", [F("0.005"), F("0.01"), F(2)]),
]


@pytest.mark.parametrize(("text", "stated"), STATED)
def test_amounts_in_digits_and_in_words(text: str, stated: list[Fraction]) -> None:
    assert values(text) == stated


NONE_STATED = [
    "按 2019 年度决算，2020年6月30日前报送",
    "2019-01-01 以后、2017-2019年",
    "财预〔2011〕285号、财农(2017)115号",
    "依据《2020年预算管理办法（试行）》",
    "第 1 至第 5 名、第3条、前 5 名",
    "（1）目标明确；（2）责任到人",
    "1.目标明确；2.责任到人",
    "① 目标明确 ② 责任到人",
    "见表 1-2、附件 3",
    "控制率 = 支出 / 预算 × 100%",
    "PM2.5 浓度、GB50378 标准",
    "十分重要，一票否决，三公经费，一等单位，三分之二",
    "保留 2 位小数",
]


@pytest.mark.parametrize("text", NONE_STATED)
def test_what_only_looks_like_an_amount(text: str) -> None:
    assert values(text) == []


def test_digits_inside_names_are_no_amounts() -> None:
    assert [n.value for n in numerals("二氧化硫 24 小时均值不超过 150", by_length(["24 小时均值"]))] == [F(150)]


def test_a_counter_and_a_step() -> None:
    one, two = numerals("每发现 1 项扣 2 分")
    assert (one.counts, one.each) == (True, False)
    assert (two.counts, two.each) == (False, True)
    (alone,) = numerals("扣 2 分")
    assert not alone.each


@given(st.text(max_size=60))
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for numeral in numerals(text):
        assert end <= numeral.start < numeral.end <= len(text)
        end = numeral.end

"""Rounding in six modes."""

from __future__ import annotations

from fractions import Fraction

import pytest

import rubriclang
from rubriclang.ir import nodes as ir
from rubriclang.ir.rounding import round_to
from rubriclang.ir.values import Reason
from tests.interpreter.building import MISSING, PENDING, UNDEFINED, const, number, value

MODES: tuple[ir.RoundMode, ...] = ("half up", "half even", "up", "down", "ceiling", "floor")


@pytest.mark.parametrize(
    ("number_", "step", "expected"),
    [  # in the order of MODES
        ("2.5", "1", "3 2 3 2 3 2"),
        ("3.5", "1", "4 4 4 3 4 3"),
        ("-2.5", "1", "-3 -2 -3 -2 -2 -3"),
        ("-3.5", "1", "-4 -4 -4 -3 -3 -4"),
        ("0.5", "1", "1 0 1 0 1 0"),
        ("-0.5", "1", "-1 0 -1 0 0 -1"),
        ("2.4", "1", "2 2 3 2 3 2"),
        ("2.6", "1", "3 3 3 2 3 2"),
        ("-2.4", "1", "-2 -2 -3 -2 -2 -3"),
        ("-2.6", "1", "-3 -3 -3 -2 -2 -3"),
        ("7", "1", "7 7 7 7 7 7"),
        ("-7", "1", "-7 -7 -7 -7 -7 -7"),
        ("0", "1", "0 0 0 0 0 0"),
        ("2.345", "0.01", "2.35 2.34 2.35 2.34 2.35 2.34"),
        ("2.355", "0.01", "2.36 2.36 2.36 2.35 2.36 2.35"),
        ("-2.345", "0.01", "-2.35 -2.34 -2.35 -2.34 -2.34 -2.35"),
        ("0.9614", "0.01", "0.96 0.96 0.97 0.96 0.97 0.96"),
        ("25", "10", "30 20 30 20 30 20"),
        ("0.3", "0.2", "0.4 0.4 0.4 0.2 0.4 0.2"),
        ("0.5", "0.2", "0.6 0.4 0.6 0.4 0.6 0.4"),
        ("1/3", "1/4", "1/4 1/4 1/2 1/4 1/2 1/4"),
        ("3/4", "1/4", "3/4 3/4 3/4 3/4 3/4 3/4"),
    ],
)
def test_round_to(number_: str, step: str, expected: str) -> None:
    for mode, wanted in zip(MODES, expected.split(), strict=True):
        found = round_to(Fraction(number_), Fraction(step), mode)
        assert (mode, found) == (mode, Fraction(wanted))
        assert type(found) is Fraction
        assert value(ir.Round(mode, number(step), number(number_))) == found


def test_rounding_a_reason_is_that_reason() -> None:
    assert value(ir.Round("down", number(1), const(PENDING))) == PENDING
    assert value(ir.Round("down", const(MISSING), number(1))) == MISSING
    both = Reason("undefined", (*PENDING.causes, *UNDEFINED.causes))
    assert value(ir.Round("down", const(UNDEFINED), const(PENDING))) == both


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("四舍五入", "2.5"),
        ("四舍六入五成双", "2.4"),
        ("进位", "2.5"),
        ("舍去", "2.4"),
        ("向上取整", "2.5"),
        ("向下取整", "2.4"),
    ],
)
def test_rounding_in_a_rubric_text(words: str, expected: str) -> None:
    text = f"# 例（5分）\n数据：\n- 率：%，0% 至 100%\n## 甲（5分）\n得分 = 率 × 5\n保留 1 位小数，{words}\n"
    assert rubriclang.loads(text).score({"率": "49%"}).total == Fraction(expected)


@pytest.mark.parametrize(("words", "expected"), [("整档", "3"), ("进档", "1"), ("按比例", "2.2")])
def test_parts_of_a_step_in_a_rubric_text(words: str, expected: str) -> None:
    """7 points short of 100 % in steps of 5 points at 2 points each: 1, 2 or 1.4 steps."""
    text = (
        f"# 例（5分）\n默认：{words}，扣完为止\n数据：\n- 率：%，≥ 0%\n"
        "## 甲（5分）\n率：≥ 100% -> 满分\n每低于 5 个百分点 扣 2 分\n"
    )
    assert rubriclang.loads(text).score({"率": "93%"}).total == Fraction(expected)

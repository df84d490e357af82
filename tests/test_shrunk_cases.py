"""The smallest rubric for each fault that once scored someone wrongly, or said nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest

import rubriclang
from rubriclang.ir.aggregates import REDUCERS, Item, take

FACTS = "# 标准（20分，最多加 4 分）\n数据：\n- 优秀：是否\n- 完成：%，≥ 0\n- 目标：%，≥ 0\n"


def _codes(text: str) -> list[str]:
    return [d.code for d in rubriclang.check(text) if d.severity == "error"]


def test_a_guarded_row_is_no_edge_of_a_step() -> None:
    """8 % against 10 % is two steps short of 满分: 20 − 2 = 18, not two short of the 24 that only the excellent get."""
    text = FACTS + (
        "## 子（20分，最多加 4 分，最多扣 4 分）\n差 = 完成 - 目标\n若 优秀 且 差 ≥ 0 -> 满分 + 4\n= 0 -> 满分\n"
        "每超过 1% 加 1 分（整档），最多加 4 分\n每低于 1% 扣 1 分（整档），最多扣 4 分\n"
    )
    rubric = rubriclang.loads(text)
    assert rubric.score({"优秀": "否", "完成": "8%", "目标": "10%"})["子"].points == 18
    assert rubric.score({"优秀": "是", "完成": "12%", "目标": "10%"})["子"].points == 24


def test_rows_around_a_table_are_tried_in_the_order_written() -> None:
    text = (
        "# 标准（10分）\n数据：\n- 停工：是否\n- 率：%，≥ 0\n- 类：甲、乙\n## 指标（10分）\n率：\n若 停工 -> 0\n"
        "| 率＼类 | 甲 | 乙 |\n|---|---|---|\n| ≥ 50% | 10 | 6 |\n≥ 20% -> 3\n否则 -> 1\n"
    )
    rubric = rubriclang.loads(text)
    given = {"停工": "否", "率": "85%", "类": "乙"}
    assert rubric.score(given).total == 6, "the row below the table holds only for what the table leaves"
    assert rubric.score(given | {"率": "30%"}).total == 3
    assert rubric.score(given | {"停工": "是"}).total == 0, "the row above the table comes first"


def test_a_table_is_read_backwards_under_the_short_name_of_a_row_formula() -> None:
    """The column of 乙项 has its 10 opposite 5, that of 甲项 opposite 10."""
    text = (
        "# 标准（20分）\n表 监测：\n- 项目：甲项、乙项\n- 浓度：数，≥ 0\n监测.原值 = 浓度：内插\n"
        "| 原值＼项目 | 甲项 | 乙项 |\n|---|---|---|\n| 0 | 0 | 0 |\n| 5 | 5 | 10 |\n| 10 | 10 | 20 |\n否则 -> 10\n"
        "## 指标（20分）\n得分 = 合计（监测：原值），满分为止\n"
    )
    rubric = rubriclang.loads(text)
    assert rubric.score({"监测": [{"项目": "乙项", "浓度": 10}]}).total == 5
    assert rubric.score({"监测": [{"项目": "甲项", "浓度": 10}]}).total == 10


def test_a_guard_with_an_equals_sign_is_no_break_point() -> None:
    text = (
        "# 标准（100分）\n数据：\n- 原始：数，0 至 100\n- 低：数，0 至 50\n- 高：数，50 至 100\n## 指标（100分）\n"
        "原始：内插\n若 低 = 高 -> 100\n低 -> 86\n高 -> 100\n否则 -> 86\n"
    )
    outcome = rubriclang.loads(text).score({"原始": 60, "低": 40, "高": 80})
    assert outcome.total == 93, "60 is half way from 40 to 80, and 93 half way from 86 to 100"


@pytest.mark.parametrize("total", ["总分 = 一 + 二\n", ""])
@pytest.mark.parametrize("combine", ["汇总：平均\n", ""])
def test_what_is_left_out_must_be_answered_whatever_adds_up(total: str, combine: str) -> None:
    text = (
        f"# 标准（{4 if combine else 8}分）\n数据：\n- 有窗口：是否\n{total}## 一（4分）\n{combine}"
        f"### 子（{4 if combine else 2}分）\n不适用：非 有窗口 -> 剔除\n若 有窗口 -> 2；否则 -> 0\n"
        f"### 丑（{4 if combine else 2}分）；人工评定\n" + ("" if combine and not total else "## 二（4分）；人工评定\n")
    )
    assert "R324" in _codes(text)


def test_a_sum_takes_the_share_of_the_row_that_is_cut() -> None:
    """90 (4 学分), 80 (3), 70 (2), the best five: all of 90, and one third of 80."""
    rows = [Item(Fraction(v), measure=Fraction(m)) for v, m in ((90, 4), (80, 3), (70, 2))]
    assert REDUCERS["sum"](take(rows, Fraction(5))) == 90 + Fraction(80, 3)


def test_a_real_that_cannot_be_told_equal_fails_its_test_with_a_reason() -> None:
    text = "# 标准（5分）\n## 指标（5分）；人工评定\n测试 根：\n- 平方根（2） × 平方根（2） = 2\n"
    found = rubriclang.loads(text).run_tests()
    assert [len(test.failures) for test in found] == [1]


def test_a_row_that_is_left_out_is_not_asked_whether_it_counts() -> None:
    text = (
        "# 标准（5分）\n表 监测：\n- 浓度：数，≥ 0，可缺\n监测.指数 = 浓度：缺失 -> 不计；≤ 5 -> 5；否则 -> 10\n"
        "## 指标（5分）\n得分 = 个数（监测，其中 指数 > 5），满分为止\n"
    )
    rows = [{"浓度": 9}, {"浓度": ""}, {"浓度": 3}, {"浓度": 7}]
    assert rubriclang.loads(text).score({"监测": rows}).total == 2


def test_a_missing_deduction_leaves_a_range_in_order() -> None:
    """-5 to -20: the least comes first."""
    text = "# 标准（100分）\n## 基本（100分）；人工评定\n## 奖惩（最多扣 20 分）\n人工评定：-20 至 -5\n"
    outcome = rubriclang.loads(text).score({}, {"基本": 100})
    assert outcome.reachable == (Fraction(80), Fraction(95))

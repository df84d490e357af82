"""The smallest rubric for each fault that once scored someone wrongly, or said nothing."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

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


# ---- numbers and facts that once ended a scoring with an exception


NUMBER = "# 标准（5分）\n数据：\n- 甲：数\n## 指标（5分）\nx：≥ 0 -> 5；否则 -> 0\n"


def _said(outcome: rubriclang.Outcome) -> list[str]:
    return [d.code for d in outcome.diagnostics]


def test_a_fact_of_many_digits_in_a_power_is_exact_and_shown_by_its_size() -> None:
    """99999^1000 has 4,999.99… digits: 1000 × log10(99999) = 4999.9957, and 10^0.9957 = 9.9005 (0.99999^1000 × 10)."""
    outcome = rubriclang.loads(NUMBER + "x = 甲 ^ 1000\n").score({"甲": 99999})
    assert outcome.values["x"] == Fraction(99999) ** 1000
    assert outcome.indicators[0].display == "9.9004…×10^4999"
    assert outcome.total == 5
    assert outcome.to_dict()["indicators"][0]["value"].startswith("99004")


def test_powers_of_powers_are_refused_before_they_fill_the_memory() -> None:
    rubric = rubriclang.loads(NUMBER + "y = 甲 ^ 1000\nz = y ^ 1000\nx = z ^ 100\n")
    assert _said(rubric.score({"甲": 99999})) == ["R537"]
    assert rubric.score({"甲": -1}).total == 5, "(-1)^1000 = 1"
    assert rubric.score({"甲": 0}).total == 5


def test_squares_of_squares_of_an_irrational_number_are_refused() -> None:
    names = "abcdefghijklmnopq"
    squares = "".join(f"{b} = {a} × {a}\n" for a, b in pairwise(names))
    rubric = rubriclang.loads(NUMBER + f"a = 指数（甲）\n{squares}x = q\n")
    assert _said(rubric.score({"甲": 9999})) == ["R537"]
    assert rubric.score({"甲": 0}).total == 5


def test_a_large_irrational_number_is_shown_by_its_size() -> None:
    """9999 / ln 10 = 4342.5105…, and 10^0.5105 = 3.2398…"""
    outcome = rubriclang.loads(NUMBER + "x = 指数（甲）\n").score({"甲": 9999})
    assert outcome.indicators[0].display == "3.2398…×10^4342"


@pytest.mark.parametrize(
    ("check", "holds", "code"),
    [
        ("平方根（甲） × 平方根（甲） = 甲", None, ["R521"]),
        ("平方根（甲） × 平方根（甲） = 甲，允差 0.01", True, []),
        ("平方根（甲） ≤ 甲", True, []),
        ("甲 = 平方根（甲）", False, ["R520"]),
    ],
)
def test_a_check_of_irrational_sides_is_decided_or_left_open(check: str, holds: bool | None, code: list[str]) -> None:
    outcome = rubriclang.loads(NUMBER + f"x = 甲\n勾稽：\n- {check}\n").score({"甲": 2})
    assert outcome.checks[0].holds is holds
    assert _said(outcome) == code
    assert outcome.total == 5
    assert outcome.to_dict()["checks"][0]["holds"] is holds


def test_facts_that_bound_each_other_are_all_judged_by_their_bounds() -> None:
    text = "# 标准（5分）\n数据：\n- 上：数，≥ 下\n- 下：数，≤ 上\n## 指标（5分）\n上 - 下：≤ 5 -> 5；否则 -> 0\n"
    rubric = rubriclang.loads(text)
    assert rubric.score({"上": 7, "下": 4}).total == 5
    outcome = rubric.score({"上": 4, "下": 7})
    assert outcome.total is None
    assert [(d.code, d.params["name"]) for d in outcome.diagnostics] == [("R506", "上"), ("R506", "下")]


def test_a_column_may_be_bounded_by_a_later_one() -> None:
    columns = "表 项目：\n- 完成：数，≤ 计划\n- 计划：数\n"
    text = f"# 标准（5分）\n{columns}## 指标（5分）\n合计（项目：完成）：≥ 3 -> 5；否则 -> 0\n"
    rubric = rubriclang.loads(text)
    assert rubric.score({"项目": [{"完成": 3, "计划": 4}]}).total == 5
    outcome = rubric.score({"项目": [{"完成": 3, "计划": 4}, {"完成": 5, "计划": 4}]})
    assert [(d.code, d.params["name"]) for d in outcome.diagnostics] == [("R506", "项目[2].完成")]


def test_a_default_outside_its_own_bounds_is_not_used() -> None:
    text = "# 标准（5分）\n数据：\n- 限：数\n- 比：数，> 0，缺失 = 0\n## 指标（5分）\n比：≤ 限 -> 5；否则 -> 0\n"
    assert _codes(text) == ["R212"]
    outcome = rubriclang.loads(text.replace("数，> 0", "数，> 限")).score({"限": 3})
    assert outcome.total is None
    assert [d.message("zh") for d in outcome.diagnostics] == ["“比”填的是 0（默认值），标准要求 > 限"]
    assert rubriclang.loads(text.replace("数，> 0", "数，> 限")).score({"限": -1}).total == 0


def test_a_missing_fact_says_what_needs_it() -> None:
    text = (
        "# 标准（5分）\n数据：\n- 甲：数\n- 乙：数\n- 丙：数，仅当 乙 > 0\n- 丁：数\n"
        "## 指标（5分）\n甲：≥ 0 -> 5；否则 -> 0\n勾稽：\n- 丁 ≥ 0\n"
    )
    outcome = rubriclang.loads(text).score({})
    effects = {d.params["name"]: d.params["effect_en"] for d in outcome.diagnostics if d.code == "R501"}
    assert effects == {
        "甲": ", needed by: 指标",
        "乙": ", needed to settle '丙'",
        "丁": ", used in checks only",
    }


# ---- collections


COURSES = "# 标准（100分）\n表 课程：\n- 成绩：分，≥ 0，≤ 100\n- 类：甲、乙\n"
MARKS = [{"成绩": n, "类": k} for n, k in ((90, "甲"), (80, "甲"), (70, "乙"), (10, "乙"))]


@pytest.mark.parametrize("clauses", ["取前 = 2，去最高 = 1", "去最高 = 1，取前 = 2"])
def test_the_highest_is_dropped_before_the_best_are_taken(clauses: str) -> None:
    """Without the 90 the best two are 80 and 70, in whatever order the clauses stand."""
    rubric = rubriclang.loads(COURSES + f"## 平均分（100分）\n得分 = 平均（课程：成绩，{clauses}）\n")
    assert rubric.score({"课程": MARKS}).total == 75


def test_a_unit_outside_the_population_has_no_rank_though_its_worth_occurs_there() -> None:
    text = (
        "# 标准（5分）\n参评：参加\n数据：\n- 参加：是否\n- 数：数\n"
        "## 名次（5分）\n名次（各单位：数，并列 = 同名次）：≤ 1 -> 5；否则 -> 1\n"
    )
    rubric = rubriclang.loads(text)
    facts = {
        "单位": "甲",
        "数据": {"参加": "否", "数": 9},
        "各单位": {"乙": {"参加": "是", "数": 9}, "丙": {"参加": "是", "数": 3}},
    }
    outcome = rubric.score(facts)
    assert outcome.total is None
    assert _said(outcome) == ["R527"]


def test_a_rank_within_a_table_is_that_of_a_row() -> None:
    assert _codes(COURSES + "## 名次（100分）\n名次（课程：成绩，并列 = 同名次）：≤ 1 -> 100；否则 -> 0\n") == ["R112"]


def test_a_power_of_zero_below_zero_is_a_zero_denominator() -> None:
    rubric = rubriclang.loads(NUMBER.replace("否则 -> 0", "否则 -> 0；分母为零 -> 2") + "x = 甲 ^ -1\n")
    assert rubric.score({"甲": 0}).total == 2
    assert rubric.score({"甲": 4}).total == 5


def test_the_bounds_of_an_open_score_leave_the_other_units_alone() -> None:
    """0 points rank third of 0, 3, 4 (0 + 1); 5 points rank first (5 + 5)."""
    text = (
        "# 标准（10分）\n数据：\n- 数：数，可缺\n## 评（5分）\n人工评定\n"
        "## 名次（5分）\n名次（各单位：评，并列 = 同名次）：≤ 1 -> 5；否则 -> 1\n"
    )
    facts = {
        "单位": "甲",
        "数据": {"数": 1},
        "各单位": {"乙": {"数据": {"数": 2}, "评定": {"评": 4}}, "丙": {"数据": {"数": 2}, "评定": {"评": 3}}},
    }
    assert rubriclang.loads(text).score(facts).reachable == (Fraction(1), Fraction(10))


def test_a_fact_that_is_not_needed_but_used_is_said_to_lack_a_rule() -> None:
    facts = "- 新建：是否\n- 投资：万元，≥ 0，仅当 新建\n"
    text = f"# 标准（5分）\n数据：\n{facts}## 指标（5分）\n投资：≤ 3 万元 -> 5；否则 -> 0\n"
    outcome = rubriclang.loads(text).score({"新建": "否"})
    assert outcome.total is None
    assert _said(outcome) == ["R538"]
    assert rubriclang.loads(text + "缺失 -> 4\n").score({"新建": "否"}).total == 4


# ---- judged points


def test_points_that_a_formula_asks_for_are_judged() -> None:
    text = (
        "# 标准（20分）\n数据：\n- 级别：市级、省级、无\n## 通报（20分）\n"
        "核定 = 级别：市级 -> 5 至 10；省级 -> 10 至 20；否则 -> 0\n得分 = 核定\n"
    )
    inside = "测试 市：\n- 已知 级别 = 市级\n- 评定 通报.核定 = 7\n- 通报 = 7\n"
    rubric = rubriclang.loads(text + inside)
    for name in ("通报.核定", "核定"):
        outcome = rubric.score({"数据": {"级别": "市级"}, "评定": {name: 7}})
        assert (outcome.total, outcome.judged, outcome.computed) == (Fraction(7), Fraction(7), Fraction(0)), name
        assert outcome["通报"].kind == "judged"
    outcome = rubric.score({"数据": {"级别": "无"}})
    assert outcome.total == 0
    assert outcome["通报"].kind == "computed"
    pending = rubric.score({"数据": {"级别": "省级"}})
    assert pending["通报"].reason == "pending"
    assert pending.reachable == (Fraction(10), Fraction(20))


# ---- standards as they are written


@pytest.mark.parametrize(
    ("line", "points"),
    [
        ("问题：每发现1个扣0.5分，扣完为止", "8.5"),
        ("问题：每发现一个扣0.5分，此项扣完为止", "8.5"),
        ("问题：每个扣0.5分，扣完为止", "8.5"),
        ("问题：每有1个扣0.5分，扣完本项分值为止", "8.5"),
        ("问题：每出现一个，扣0.5分，扣完为止", "8.5"),
        ("问题：每 2 个扣 1 分（整档），扣完为止", "9"),
        ("问题：每个得0.5分，满分为止", "1.5"),
        ("问题：每 1 个 计 0.5 分，加满为止", "1.5"),
    ],
)
def test_steps_may_be_written_as_in_the_table(line: str, points: str) -> None:
    """Three problems: 10 − 3 × 0.5, 10 − 1 whole step, 3 × 0.5."""
    rubric = rubriclang.loads(f"# 标准（10分）\n数据：\n- 问题：个，整数，≥ 0\n## 乙（10分）\n{line}\n")
    assert rubric.score({"问题": 3}).total == Fraction(points)


def test_a_step_from_a_moving_edge_stays_within_its_points() -> None:
    text = (
        "# 标准（10分）\n数据：\n- 目标：数，> 0\n- 实际：数，≥ 0\n## 乙（10分）\n实际：≥ 目标 -> 10\n"
        "每低于 1 扣 1 分（整档），扣完为止\n"
    )
    rubric = rubriclang.loads(text)
    assert [rubric.score({"目标": 8, "实际": n}).total for n in (9, 8, "7.5", 6)] == [10, 10, 10, 8]


def test_points_of_points_are_a_rate() -> None:
    text = "# 标准（10分）\n## 甲（5分）；人工评定\n## 乙（5分）\n甲 / 5 分：≥ 80% -> 5；否则 -> 0\n"
    assert rubriclang.loads(text).score({}, judged={"甲": 4}).total == 9
    assert rubriclang.loads(text).score({}, judged={"甲": "3.9"}).total == Fraction("3.9")


def test_a_place_among_all_is_a_share_of_at_least_one_unit() -> None:
    text = "名次（各单位：数，并列 = 同名次） / 个数（各单位）：≤ 30% -> 10；否则 -> 0\n"
    head = "# 标准（10分）\n{}数据：\n- 数：数\n## 乙（10分）\n"
    assert _codes(head.format("") + text) == []
    assert _codes(head.format("参评：数 > 0\n") + text) == ["R304"]


def test_a_total_by_formula_over_the_parts_stays_within_them() -> None:
    text = "# 标准（10分）\n总分 = 合计（各项：得分）\n## 乙（5分）；人工评定\n## 丙（5分）；人工评定\n"
    assert rubriclang.loads(text).score({}, judged={"乙": 4, "丙": 5}).total == 9


def test_an_extra_that_adds_and_deducts_starts_from_nothing() -> None:
    text = (
        "# 标准（100分）\n数据：\n- 奖：次，整数，≥ 0\n- 罚：次，整数，≥ 0\n## 其他（100分）；人工评定\n"
        "## 奖惩（最多加 5 分，最多扣 5 分）\n奖：每次加 2 分\n罚：每次扣 3 分\n"
    )
    rubric = rubriclang.loads(text)
    scores = [rubric.score({"奖": a, "罚": b}, judged={"其他": 80}).total for a, b in ((1, 0), (3, 0), (0, 1), (0, 3))]
    assert scores == [82, 85, 77, 75]


def test_points_without_a_limit_may_pass_the_heading() -> None:
    text = (
        "# 标准（30分，不限分）\n数据：\n- 增长：%，≥ 0%\n- 罚：是否\n"
        "## 商务（30分，不限分）\n得分 = 满分 × 增长 / 10%\n"
        "## 处罚（不限分）\n若 罚 -> 扣 5 至 20\n否则 -> 0\n"
    )
    rubric = rubriclang.loads(text)
    assert rubric.score({"增长": "25%", "罚": "否"}).total == 75
    assert rubric.score({"增长": "10%", "罚": "是"}, judged={"处罚": 7}).total == 23


def test_rows_after_the_else_of_a_named_formula_are_the_indicators_own() -> None:
    text = (
        "# 标准（10分）\n数据：\n- 甲：数\n- 乙：数\n## 指标（10分）\n达标 = 情形：若 甲 > 3 -> 是；否则 -> 否\n"
        "若 达标 且 乙 > 1 -> 10\n若 达标 -> 6\n否则 -> 0\n"
    )
    rubric = rubriclang.loads(text)
    assert [rubric.score({"甲": a, "乙": b}).total for a, b in ((4, 2), (4, 1), (3, 2))] == [10, 6, 0]
    assert rubric.score({"甲": 4, "乙": 2}).values["达标"] is True


def test_who_uses_a_formula_of_a_row_that_failed_is_not_blamed() -> None:
    text = (
        "# 标准（10分）\n表 项：\n- 量：数\n项.达标 = 量 > 3 万元\n## 指标（10分）\n"
        "个数（项，其中 达标）：≥ 3 -> 10；否则 -> 0\n"
    )
    assert _codes(text) == ["R201"]


def test_a_dash_in_a_table_of_facts_is_a_blank() -> None:
    text = (
        "# 标准（10分）\n表 项：\n- 量：数，缺失 = 2\n## 指标（10分）\n合计（项：量）：≥ 3 -> 10；否则 -> 0\n"
        "测试 甲：\n- 已知 项：\n| 量 |\n|---|\n| - |\n| 1 |\n- 指标 = 10\n"
    )
    assert all(test.passed for test in rubriclang.loads(text).run_tests())


def test_a_step_for_each_row_is_scored_and_not_explained_as_if_it_were_one() -> None:
    """5 and 2 begun units short: 5 - 5 × 0.5 = 2.5 and 5 - 2 × 0.5 = 4."""
    rubric = rubriclang.loads(
        "# 标准（10分）\n默认：扣完为止，满分为止\n表 指标：\n- 目标值：数，> 0\n- 完成值：数，≥ 0\n- 分值：分，> 0\n"
        "## 目标（10分）\n逐行：指标，满分 = 分值\n完成值：≥ 目标值 -> 满分\n每低于 1 扣 0.5 分（进档）\n"
    )
    outcome = rubric.score({"指标": [{"目标值": 10, "完成值": n, "分值": 5} for n in (5, "8.5")]})
    assert (outcome.total, outcome["目标"].remark) == (Fraction("6.5"), "")


ROWS = (
    "# 储备粮自评（30分）\n默认：满分为止，扣完为止\n"
    "表 指标：\n- 性质：比较号\n- 目标：数\n- 实际：数，可缺\n- 分值：分，> 0\n"
    "## 完成（30分）\n{}逐行：指标，满分 = 分值\n"
    "若 缺失（实际） -> 剔除\n若 达标（实际，性质，目标） -> 满分\n否则 -> 0\n"
)


def test_rows_left_out_ask_how_the_rest_is_rescaled() -> None:
    """Three rows of 10, one without a figure: both others met are all that counts, 20 of 20, so 30 of 30."""
    assert _codes(ROWS.format("")) == ["R324"]
    rubric = rubriclang.loads(ROWS.format("汇总：折算\n"))
    rows = [{"性质": "≥", "目标": 3, "实际": n, "分值": 10} for n in (4, None, 5)]
    assert rubric.score({"指标": rows}).total == 30
    rows[2]["实际"] = 1
    assert rubric.score({"指标": rows}).total == 15
    nothing = rubric.score({"指标": rows[1:2]})
    assert nothing.total is None
    assert nothing["完成"].reason == "missing"


def test_a_combination_without_parts_is_refused() -> None:
    text = "# 叶（10分）\n数据：\n- 率：%，0% 至 100%\n## 甲（10分）\n汇总：平均\n率：≥ 90% -> 10；否则 -> 0\n"
    assert _codes(text) == ["R316"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("率：0-10%(含),计4分", "一段数写明两头"),
        ("数：每 1 个扣 1 分，扣满15分为止", "写“最多扣 15 分”"),
        ("数：每 1 个加 1 分，加分不超过0.5分", "写“最多加 0.5 分”"),
        ("率：每低1个百分点扣1分,最多扣4分", "写“每低于”"),
    ],
)
def test_a_phrase_of_the_tables_is_told_what_to_type(line: str, said: str) -> None:
    text = f"# 标准（5分）\n默认：整档\n数据：\n- 率：%，≥ 0%\n- 数：个，整数，≥ 0\n## 指标（5分）\n{line}\n"
    assert any(said in d.hint("zh") for d in rubriclang.check(text))


def test_above_and_below_are_read_where_the_table_says_whether_the_number_is_in() -> None:
    text = "# 标准（5分）\n数据：\n- 率：%，≥ 0%\n## 指标（5分）\n率：95%以上(含95%)，计5分；95%以下(不含)，计1分\n"
    rubric = rubriclang.loads(text)
    assert [rubric.score({"率": r}).total for r in ("95%", "94.99%")] == [5, 1]


@pytest.mark.parametrize(("start", "months"), [("9999-12-31", "0"), ("2000-01-31", "95999")])
def test_months_are_counted_up_to_the_last_day_there_is(start: str, months: str) -> None:
    """From January 2000 to December 9999 it is 7999 years and 11 months: 7999 × 12 + 11 = 95999."""
    text = (
        "# 标准（5分）\n数据：\n- 起：日期\n- 止：日期\n"
        f"## 子（5分）\n长 = 月数（起，止）\n长：= {months} -> 5；否则 -> 0\n"
    )
    assert rubriclang.loads(text).score({"起": start, "止": "9999-12-31"}).total == 5


@pytest.mark.parametrize("function", ["ln", "log10", "sqrt"])
def test_a_number_of_five_thousand_digits_has_a_root_and_a_logarithm(function: str) -> None:
    text = f"# 标准（5分）\n## 子（5分）\n大 = (10^1000)^5 + 1\n小 = {function}（大）\n小：≥ 1 -> 5；否则 -> 0\n"
    assert rubriclang.loads(text).score({}).total == 5


def test_nothing_is_said_of_a_default_made_from_a_value_that_breaks_a_bound() -> None:
    """甲 is 5, more than 3; 乙 would be 6, more than 4, but nobody gave it."""
    text = (
        "# 标准（5分）\n数据：\n- 上限：人\n- 顶：人\n- 甲：人，≤ 上限\n- 乙：人，缺失 = 甲 + 1 人，≤ 顶\n"
        "## 子（5分）\n乙：≤ 3 人 -> 5；否则 -> 0\n"
    )
    outcome = rubriclang.loads(text).score({"甲": 5, "上限": 3, "顶": 4})
    assert [(d.code, d.params["name"]) for d in outcome.diagnostics] == [("R506", "甲")]


def test_a_score_meant_to_be_negative_is_told_how_to_say_so() -> None:
    text = "# 标准（5分）\n数据：\n- 类：甲、乙\n## 指标（5分）\n类：甲 -> 5；乙 -> -3\n"
    assert [d.hint("zh") for d in rubriclang.check(text)] == ["另起一行写“扣完为止”；本来就有负分的写“最低 -3 分”"]
    assert rubriclang.loads(text + "最低 -3 分\n").score({"类": "乙"}).total == -3


def test_reals_made_in_hundreds_of_steps_end_without_an_exception() -> None:
    steps = "".join(f"甲{i} = 甲{i - 1} + 1\n乙{i} = 乙{i - 1} + 1\n" for i in range(1, 700))
    text = f"# 标准（5分）\n## 子（5分）\n甲0 = ln（2）\n乙0 = ln（2）\n{steps}若 甲699 ≥ 乙699 -> 5\n否则 -> 0\n"
    rubric = rubriclang.loads(text)
    assert set(_said(rubric.score({}))) <= {"R534", "R537"}


def test_many_ticks_of_odd_amounts_are_held_against_their_sums() -> None:
    """2^n ten-thousandths: each sum is one set of ticks (1.6383 in all), and half of one is none."""
    amounts = [Fraction(2**n, 10**4) for n in range(14)]
    lines = "".join(f"- {2**n / 10**4:.4f}分 第{n}项\n" for n in range(14))
    rubric = rubriclang.loads(f"# 标准（5分）\n## 子（5分）\n清单：\n{lines}- 3.3617分 末项\n")
    assert rubric.score({}, judged={"子": amounts[3] + amounts[11]}).total == Fraction(2056, 10**4)
    assert _said(rubric.score({}, judged={"子": amounts[0] / 2})) == ["R515"]

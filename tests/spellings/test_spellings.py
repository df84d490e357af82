"""Spellings of official tables that can be read in one way only: each says the same as the plain form beside it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import rubriclang

HEAD = (
    "# 标准（10分）\n默认：整档，扣完为止，满分为止\n"
    "数据：\n- 率：%，≥ 0%\n- 数：个，整数，≥ 0\n- 通报：是否，缺失 = 否\n"
)


def scored(lines: str, **facts: str) -> Fraction | None:
    """The points of 指标 under the lines; the rubric must have no findings of error."""
    rubric = rubriclang.loads(f"{HEAD}## 指标（10分）\n{lines}\n", "x.rubric")
    return rubric.score(facts)["指标"].points


@pytest.mark.parametrize(
    ("said", "sign"),
    [
        ("低于75%", "<"),
        ("低于 75%", "<"),
        ("少于75%", "<"),
        ("不足75%", "<"),
        ("不满75%", "<"),
        ("未达到75%", "<"),
        ("小于75%", "<"),
        ("不超过75%", "<="),
        ("未超过75%", "<="),
        ("不高于75%", "<="),
        ("超过75%", ">"),
        ("超出75%", ">"),
        ("高于75%", ">"),
        ("多于75%", ">"),
        ("达到75%", ">="),
        ("至少75%", ">="),
        ("不低于75%", ">="),
        ("under 75%", "<"),
        ("over 75%", ">"),
    ],
)
def test_a_comparison_in_words_is_the_sign_it_says(said: str, sign: str) -> None:
    holds = {"<": (1, 0, 0), "<=": (1, 1, 0), ">": (0, 0, 1), ">=": (0, 1, 1)}[sign]  # below, at and above 75%
    for text, expected in zip(("74.99%", "75%", "75.01%"), holds, strict=True):
        assert scored(f"率：{said} -> 10；否则 -> 3", 率=text) == (10 if expected else 3)
        assert scored(f"若 率 {said} -> 10；否则 -> 3", 率=text) == (10 if expected else 3)
        assert scored(f"率：60% 以上（含），若 非 通报 -> 3\n{said} -> 10；否则 -> 3", 率=text) == 3


@pytest.mark.parametrize("said", ["大于5%且不大于10%", "大于5%，不大于10%", "超过5%且不超过10%", "> 5% 且 ≤ 10%"])
def test_two_comparisons_are_joined_as_the_table_joins_them(said: str) -> None:
    found = [scored(f"率：{said} -> 10；其余 -> 3", 率=text) for text in ("5%", "5.01%", "10%", "10.01%")]
    assert found == [3, 10, 10, 3]


def test_a_direction_behind_each_stays_a_direction() -> None:
    # 超过 100% is a band, 每超过 1% a step from its edge: 103 % is three steps of 1 above 100 %, 10 - 3.
    assert scored("率：不超过100% -> 满分\n超过100%，每超过1%扣1分", 率="103%") == 7
    assert scored("率：高于 120% -> 0；不高于 100% -> 满分；每高于1%扣1分", 率="121%") == 0
    assert scored("率：不低于 100% -> 满分；每低于 5% 扣 2 分", 率="90%") == 6


@pytest.mark.parametrize("said", ["其余", "其余情况", "其他情形"])
def test_the_rest_is_else(said: str) -> None:
    assert scored(f"率：≥ 90% -> 10；{said} -> 4", 率="89%") == 4
    assert scored(f"率：≥ 90% -> 10；{said}不得分", 率="89%") == 0
    if said == "其余":
        assert scored("率：≥ 90% 得10分，其余不得分", 率="89%") == 0
        assert scored("率：≥ 90% 得10分，否则 -> 3", 率="89%") == 3


def test_an_option_called_other_stays_an_option() -> None:
    text = "# 标准（5分）\n数据：\n- 类：新建、其他\n## 指标（5分）\n类：其他 -> 2；否则 -> 5\n"
    rubric = rubriclang.loads(text, "x.rubric")
    assert rubric.score({"类": "其他"}).total == 2
    assert rubric.score({"类": "新建"}).total == 5
    rest = rubriclang.loads(text.replace("、其他", "、其余").replace("类：其他", "类：【其余】"), "x.rubric")
    assert rest.score({"类": "其余"}).total == 2
    assert rest.score({"类": "新建"}).total == 5


def test_each_full_step_counts_whole_steps_whatever_the_default() -> None:
    # 11 is three full threes and two left over: 10 - 3 = 7; pro rata it would be 10 - 11/3.
    text = HEAD.replace("整档", "按比例") + "## 指标（10分）\n数：每满 3 个扣 1 分\n"
    assert rubriclang.loads(text, "x.rubric").score({"数": "11"})["指标"].points == 7
    assert scored("数：每满一个扣1分", 数="4") == 6


def test_each_full_step_and_another_rule_for_the_rest_is_a_contradiction() -> None:
    text = HEAD + "## 指标（10分）\n数：每满 3 个扣 1 分（进档）\n"
    assert [d.code for d in rubriclang.check(text) if d.severity == "error"] == ["R114"]


@pytest.mark.parametrize("comma", ["，", ",", "；", "\n"])
@pytest.mark.parametrize("arrow", ["-> 满分", "得满分", "计10分", "=> 10"])
def test_a_step_may_follow_its_band_behind_a_comma(comma: str, arrow: str) -> None:
    # 97.5 % is two whole points below 100 %: 10 - 2 × 0.5.
    assert scored(f"率：≥ 100% {arrow}{comma}每低于1个百分点扣0.5分", 率="97.5%") == 9


def test_a_comma_before_each_is_text_where_people_read_it() -> None:
    text = (
        "# 标准（10分）\n默认：整档，扣完为止\n数据：\n- 率：%，≥ 0%\n"
        "## 清单（5分）\n清单：\n- 5分 完成得5分，每低于1%扣1分\n"
        "## 指标（5分）\n标准：100%得满分，每低于1%扣1分\n说明：甲；标准：100%得满分，每低于1%扣1分\n"
        "率：≥ 100% 得满分，每低于1%扣1分\n"
        "测试 得满分，每低于1%扣1分：\n- 已知 率 = 98%\n- 指标 = 3\n"
    )
    rubric = rubriclang.loads(text, "x.rubric")
    assert [(test.name, test.passed) for test in rubric.run_tests()] == [("得满分，每低于1%扣1分", True)]
    assert rubric.score({"率": "98%"})["指标"].standard.splitlines()[0] == "100%得满分，每低于1%扣1分"


@pytest.mark.parametrize(
    ("said", "grade"),
    [
        ("下调一级", "良"),
        ("降低一个等级", "良"),
        ("下降1级", "良"),
        ("降一级", "良"),
        ("降两档", "中"),
        ("下调 2 级", "中"),
        ("降 1", "良"),
        ("上调一级", "优"),
    ],
)
def test_a_grade_goes_down_in_the_words_of_the_table(said: str, grade: str) -> None:
    text = (
        "# 标准（10分）\n数据：\n- 通报：是否\n## 指标（10分）；人工评定\n# 结果\n"
        f"等次：≥ 9 -> 优；≥ 8 -> 良；≥ 6 -> 中；否则 -> 差\n调整：通报 -> {said}\n"
    )
    rubric = rubriclang.loads(text, "x.rubric")
    assert rubric.score({"通报": "是"}, judged={"指标": 10}).grade == grade


def test_the_mean_and_the_sum_of_numbers_that_are_listed() -> None:
    # (70 % + 80 % + 96 %) / 3 = 82 %; 3 + 4 + 5 = 12.
    text = (
        "# 标准（10分）\n数据：\n- 甲率：%，≥ 0%\n- 乙率：%，≥ 0%\n- 丙率：%，≥ 0%\n## 指标（10分）\n"
        "均 = 平均（甲率，乙率，丙率）\n≥ 82% -> 10；否则 -> 0\n合 = 合计（3，4，5）\n"
        "测试 和：\n- 指标.合 = 12\n"
    )
    rubric = rubriclang.loads(text, "x.rubric")
    outcome = rubric.score({"甲率": "70%", "乙率": "80%", "丙率": "96%"})
    assert outcome.total == 10
    assert outcome["指标"].value == Fraction(82, 100)
    assert rubric.run_tests()[0].passed


def test_the_mean_of_a_table_is_still_that_of_its_rows() -> None:
    text = "# 标准（10分）\n表 课：\n- 分数：分\n## 指标（10分）\n得分 = 平均（课：分数），扣完为止，满分为止\n"
    rubric = rubriclang.loads(text, "x.rubric")
    assert rubric.score({"课": [{"分数": 4}, {"分数": 7}]}).total == Fraction(11, 2)


def test_people_are_counted_in_three_words() -> None:
    text = (
        "# 标准（5分）\n数据：\n- 人数：人，≥ 0\n- 名额：名，≥ 0\n- 专家：位，≥ 0\n"
        "## 指标（5分）\n人数：≤ 名额 + 专家 -> 5；否则 -> 0\n"
    )
    rubric = rubriclang.loads(text, "x.rubric")
    assert rubric.score({"人数": "7 名", "名额": "4 人", "专家": "3 位"}).total == 5
    visits = text.replace("- 专家：位", "- 专家：人次")
    assert "R201" in [d.code for d in rubriclang.check(visits)]


def test_decibels_weighted() -> None:
    text = (
        "# 标准（5分）\n数据：\n- 噪声：dB（A），≥ 0\n"
        "## 指标（5分）\n噪声：≤ 55 dB(A) -> 5；≤ 60dB（A） -> 3；否则 -> 0\n"
    )
    rubric = rubriclang.loads(text, "x.rubric")
    assert rubric.score({"噪声": "58 dB(A)"}).total == 3
    assert rubric.score({"噪声": "55"}).total == 5


def test_english_options_are_parted_by_commas() -> None:
    text = (
        (
            "# Review (5 points)\nfacts:\n- effect: good, fair, poor, optional\ntable roads:\n- kind: new, old\n"
            "## effect (5 points)\neffect: good -> 5; fair -> 3; missing -> 1; else -> 0\n"
            "count(roads, where kind = old): = 0 -> 5; else -> 0\n"
        )
        .replace("count(roads", "old_ones = count(roads")
        .replace("old): = 0 -> 5; else -> 0", "old)")
    )
    rubric = rubriclang.loads(text, "x.rubric")
    assert rubric.score({"effect": "fair", "roads": [{"kind": "old"}]}).total == 3
    assert rubric.score({"roads": []}).total == 1


def test_chinese_options_are_not() -> None:
    found = rubriclang.check("# 标准（5分）\n数据：\n- 效果：好，中，差\n## 指标（5分）；人工评定\n")
    assert [d.hint("zh") for d in found if d.code == "R202"] == ["选项之间用顿号：好、中、差"]


def test_a_heading_may_have_two_blanks() -> None:
    text = (
        "# Review (10 points)\n## a (10 points, weight  100%); judged\n## b (add  at  most 5 points); judged: 0 to 5\n"
    )
    assert [d.code for d in rubriclang.check(text) if d.severity == "error"] == []


def test_a_title_that_is_a_number_can_be_named_in_a_test() -> None:
    text = (
        "# 标准（10分）\n## 2.222（6分）；人工评定\n## A3（4分）；人工评定\n"
        "测试 一：\n- 评定 2.222 = 5\n- 评定 A3 = 4\n- 2.222 = 5\n- 【2.222】 = 5\n- A3 = 4\n"
    )
    assert [test.passed for test in rubriclang.loads(text, "x.rubric").run_tests()] == [True]
    wrong = text.replace("- 2.222 = 5", "- 2.222 = 6")
    assert [test.passed for test in rubriclang.loads(wrong, "x.rubric").run_tests()] == [False]


@pytest.mark.parametrize("name", ["“甲；乙”", "（甲；乙）", "甲（一；二）和【丙；丁】", '"a; b"'])
def test_the_name_of_a_test_may_hold_a_semicolon_in_brackets(name: str) -> None:
    text = f"# 标准（10分）\n## 指标（10分）；人工评定\n测试 {name}：\n- 评定 指标 = 5\n- 总分 = 5\n"
    assert [(test.name, test.passed) for test in rubriclang.loads(text, "x.rubric").run_tests()] == [(name, True)]


def test_a_given_number_without_a_unit_is_in_the_unit_declared_as_in_a_fact_file() -> None:
    text = (
        "# 标准（10分）\n数据：\n- 预算：万元\n- 率：%，≥ 0%\n## 指标（10分）\n预算：≥ 200 万元 -> 10；否则 -> 0\n"
        "测试 一：\n- 已知 预算 = 200\n- 总分 = 10\n测试 二：\n- 已知 预算 = -200\n- 总分 = 0\n"
    )
    assert [test.passed for test in rubriclang.loads(text, "x.rubric").run_tests()] == [True, True]
    rate = text.replace("- 已知 预算 = 200\n", "- 已知 率 = 95\n")  # a fact file does not take a bare rate either
    assert "R205" in [d.code for d in rubriclang.check(rate)]


def test_the_brackets_of_a_name_may_stand_in_a_fact_file() -> None:
    text = (
        "# 标准（10分）\n数据：\n- 【2019年预算】：万元\n## 指标（10分）\n【2019年预算】：≥ 200 万元 -> 10；否则 -> 0\n"
    )
    rubric = rubriclang.loads(text, "x.rubric")
    assert rubric.score({"【2019年预算】": 300}).total == rubric.score({"2019年预算": 300}).total == 10


def test_an_edition_may_withdraw_a_limit(tmp_path: Path) -> None:
    # Last year: 4 × 3 = 12 capped to 10, 10 - 5 × 3 = -5 raised to 0. This year both stand as they come.
    base = (
        "# 去年（20分）\n默认：整档，扣完为止\n数据：\n- 数：个，整数，≥ 0\n- 差：个，整数，≥ 0\n"
        "## 信息（10分）\n数：每 1 个 加 3 分\n满分为止\n## 差错（10分）\n差：每 1 个 扣 3 分\n"
    )
    (tmp_path / "base.rubric").write_text(base, encoding="utf-8")
    (tmp_path / "now.rubric").write_text(
        "# 今年（20分）\n沿用：base.rubric\n## 信息\n最高 不限\n## 差错\n最低 不限\n", encoding="utf-8"
    )
    points = {}
    for name in ("base", "now"):
        outcome = rubriclang.load(str(tmp_path / f"{name}.rubric")).score({"数": 4, "差": 5})
        points[name] = [outcome["信息"].points, outcome["差错"].points]
    assert points == {"base": [10, 0], "now": [12, -5]}

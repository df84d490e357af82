"""What the part 自报 states: each class once, on the published report of 2019 or a small rubric of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.claimed import about_claims, claimed, told

# 9.16/1521.39 = 0.60209…%: 5 分; 234.56/141.6 = 165.6497…%: 0 分; 15.35/90 = 17.0555…%
# 过程 = 5+5+5+5 + 0+8+6+8+6+5 = 53; 13+53+26 = 92
BANDS = """# 试（20分）
数据：
- 甲：元，≥ 0
- 乙：元，> 0
## 投入（10分）
### 完成率（6分）
比 = 甲 / 乙；≥ 90% -> 6；≥ 80% -> 4.5；≥ 60% -> 3；否则 -> 0
### 份额（4分）
份率 = 甲 / 乙
若 份率 ≤ 1 -> 满分 × 份率；否则 -> 满分
## 过程（10分）；人工评定
# 结果
等次：≥ 15 -> 优；≥ 10 -> 良；否则 -> 差
"""


def small(tmp_path: Path, claims: str, top: str = "50", bottom: str = "70") -> list[tuple[str, str, str, str]]:
    (tmp_path / "small.rubric").write_text(BANDS, encoding="utf-8")
    facts = f"数据: {{甲: {top}, 乙: {bottom}}}\n评定: {{过程: 7}}\n"
    (tmp_path / "facts.yaml").write_text(facts, encoding="utf-8")
    return told(claimed(claims, tmp_path / "small.rubric", tmp_path / "facts.yaml"))


@pytest.mark.parametrize(
    "claim, expected",
    [
        ("数值: {公用经费控制率: 165.65%}", []),
        ("数值: {公用经费控制率.控制率: 166%}", []),
        ("数值: {过程/预算管理/公用经费控制率: 1.66}", []),  # the ratio itself, rounded
        ("数值: {公用经费控制率: 161.65%}", [("digit-slip", "公用经费控制率", "161.65%", "165.65%")]),
        ("数值: {公用经费控制率: 156.65%}", [("transposition", "公用经费控制率", "156.65%", "165.65%")]),
        ("数值: {公用经费控制率: 1.66%}", [("ratio-as-percent", "公用经费控制率", "1.66%", "165.65%")]),
        ("公用经费控制率: 16.65%", [("missing-digit", "公用经费控制率", "16.65%", "165.65%")]),
        ("公用经费控制率: 0", []),  # points: the value is a rate, and would have its sign
        ("得分: {过程: 53分, 投入: 13}", []),
        ("得分: {过程: 35}", [("wrong-sum", "过程", "35", "53分")]),
        ("得分: {管理制度健全性: 7}", [("contradiction", "管理制度健全性", "7", "8分")]),
        ("得分: {公用经费控制率: 9}", [("wrong-points", "公用经费控制率", "9", "0分")]),
        ("总分: 29", [("wrong-sum", "总分", "29", "92分")]),
        ("等次: 良", [("wrong-band", "等次", "良", "优")]),
        ("等次: 优", []),
        ("可用预算: 1614.94万元", []),
        ("可用预算: 1614.49", [("transposition", "可用预算", "1614.49万元", "1614.94万元")]),
    ],
)
def test_one_claim_of_the_published_report(claim: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert told(claimed(f"自报:\n  {claim}\n")) == expected


@pytest.mark.parametrize(
    "claim, zh",
    [
        ("得分: {公用经费: 0}", "没有这个名称"),
        ("数值: {控制率: 1%}", "写明是"),
        ("数值: {行政效能: 6}", "没有单独的数值"),
        ("数值: {新建楼堂馆所面积控制率: 100%}", "缺少数据"),
        ("得分: {行政效能: 六分}", "不是它的单位下的一个数"),
        ("得分: {行政效能: [6]}", "要填一个数"),
        ("数值: {年末结转: 62.29}", "是填进来的数据"),
        ("年末结转: 62.29万元", "是填进来的数据"),
        ("数值: {可用预算: 3人}", "不是它的单位下的一个数"),
    ],
)
def test_what_cannot_be_checked_says_why(claim: str, zh: str) -> None:
    found = about_claims(claimed(f"自报:\n  {claim}\n"))
    assert [one.kind for one in found] == ["not-checkable"]
    assert zh in found[0].zh and "cannot be checked" in found[0].en
    assert found[0].level == ("note" if zh == "缺少数据" else "warning")


def test_points_of_another_band_say_which_values_get_them() -> None:
    (found,) = about_claims(claimed("自报:\n  得分: {预算控制率: 4}\n"))
    assert found.kind == "wrong-band" and found.right == "5分"
    assert "≤ 10%" in found.zh and "大于 5%、不超过 10%才得" in found.zh
    assert "above 5% and at most 10%" in found.en


def test_points_by_steps_say_how_far_from_the_edge() -> None:
    # 8 less 1 for each whole 1% past 100%: 6 from 102% to below 103%
    (found,) = about_claims(claimed("自报:\n  得分: {公用经费控制率: 6}\n"))
    assert found.kind == "wrong-band" and "控制率不小于 102%、小于 103%才得" in found.zh


def test_a_wrong_value_and_the_points_it_gets(tmp_path: Path) -> None:
    # 50/70 = 71.43%: 3 分; 4 × 50/70 = 2.857…; 81.43% gets 4.5
    assert small(tmp_path, "自报: {数值: {完成率: 81.43%}, 得分: {完成率: 4.5}}") == [
        ("digit-slip", "完成率", "81.43%", "71.43%"),
        ("wrong-points", "完成率", "4.5", "3分"),
    ]


def test_a_wrong_value_beside_right_points(tmp_path: Path) -> None:
    assert small(tmp_path, "自报: {完成率: {数值: 91.43%, 得分: 3}}") == [
        ("digit-slip", "完成率", "91.43%", "71.43%"),
        ("contradiction", "完成率", "3", "6分"),
    ]


def test_values_and_points_are_held_together_without_facts(tmp_path: Path) -> None:
    claims = "自报: {完成率: {数值: 85%, 得分: 6}}"
    assert small(tmp_path, claims, top="") == [
        ("not-checkable", "完成率", "85%", ""),
        ("contradiction", "完成率", "6", "4.5分"),
    ]
    assert small(tmp_path, "自报: {完成率: {数值: 85%, 得分: 4.5}}", top="")[1:] == [
        ("not-checkable", "完成率", "4.5", "")
    ]


def test_the_sum_of_wrong_parts_is_a_note_and_another_sum_an_error(tmp_path: Path) -> None:
    # 3 + 2.857… + 7 = 12.857…: printed 2.86, 5.86, 12.86; with 4.5 for 完成率 7.36 and 14.36
    right = "得分: {完成率: 3, 份额: 2.86, 投入: 5.86, 过程: 7}, 总分: 12.86, 等次: 良"
    assert small(tmp_path, f"自报: {{{right}}}") == []
    carried = "得分: {完成率: 4.5, 份额: 2.86, 投入: 7.36, 过程: 7}, 总分: 14.36, 等次: 良"
    assert small(tmp_path, f"自报: {{{carried}}}") == [
        ("wrong-band", "完成率", "4.5", "3分"),
        ("wrong-part", "投入", "7.36", "5.8571分"),
        ("wrong-part", "总分", "14.36", "12.8571分"),
    ]
    wrong = "得分: {完成率: 3, 份额: 2.86, 投入: 6.86, 过程: 7}, 总分: 12.86"
    assert [one[0] for one in small(tmp_path, f"自报: {{{wrong}}}")] == ["wrong-sum", "wrong-sum"]
    unlike = "得分: {完成率: 4.5, 份额: 2.86, 过程: 7}, 总分: 12.86"
    assert small(tmp_path, f"自报: {{{unlike}}}")[1:] == [("wrong-sum", "总分", "12.86", "14.36分")]


def test_a_grade_that_is_not_that_of_the_stated_total(tmp_path: Path) -> None:
    assert small(tmp_path, "自报: {总分: 15.86, 等次: 优}") == [
        ("wrong-sum", "总分", "15.86", "12.8571分"),
        ("wrong-part", "等次", "优", "良"),
    ]
    assert small(tmp_path, "自报: {总分: 12.86, 等次: 优}") == [("wrong-band", "等次", "优", "良")]


def test_cutting_is_told_only_against_the_habit_of_the_report() -> None:
    # 15.35/90 = 17.0555…%, 54/71 = 76.0563…%, 1552.65/1614.94 = 96.1428…%
    cut = "“三公经费”控制率: 17.05%"
    found = claimed(f"自报:\n  数值: {{公用经费控制率: 165.65%, {cut}}}\n")
    assert told(found) == [("truncated", "“三公经费”控制率", "17.05%", "17.06%")]
    assert (found.habit.mode, found.habit.seen, found.habit.against) == ("half up", 1, 1)
    # 165.6497… cut is 165.64: both are cut, and that is the habit
    assert told(claimed(f"自报:\n  数值: {{公用经费控制率: 165.64%, {cut}}}\n")) == []


def test_english_keys() -> None:
    found = claimed("claims:\n  values: {公用经费控制率: 161.65%}\n  points: {过程: 53}\n  total: 91\n  grade: 优\n")
    assert [one[0] for one in told(found)] == ["digit-slip", "wrong-sum"] and found.checked == 4


def test_places_are_those_of_the_fact_file() -> None:
    (found,) = about_claims(claimed("自报:\n  得分:\n    公用经费控制率: {得分: 8, 来源: 四}\n"))
    place = found.to_dict()["span"]
    # four blanks, 公用经费控制率, a colon, a blank, {得分: and a blank: the figure is the 19th sign
    assert (place["line"], place["column"], place["end_column"]) == (3, 19, 20)

"""What an edition (沿用) makes of its base: each line of the table of ``docs/language.md``, chapter 19."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import rubriclang
from tests.editions.projects import found, loaded, written

BASE = """\
# 2019年度评价（20分）
依据：2019 年的办法
来源：2019 年的手册
默认：整档，扣完为止
参数：
- 目标 = 90%
数据：
- 完成率：%，0% 至 100%
- 超期：件，整数，≥ 0
- 违纪：是否
- 通报：是否
## 过程（10分）
### 完成（6分）
标准：按完成率分档
率 = 完成率
≥ 目标 -> 6；否则 -> 2
### 时效（4分）
超期：每 1 件 扣 0.5 分
## 效益（10分）；人工评定
# 结果
等次：≥ 18 -> 优；≥ 12 -> 良；否则 -> 差
满分为止
调整：通报 -> 等次 ≤ 良
否决：违纪 -> 总分 ≤ 5
"""
GRADE = "# 结果\n等次：≥ 14 -> 优；≥ 10 -> 良；否则 -> 差\n"
FACTS = {"完成率": "92%", "超期": 2, "违纪": False, "通报": False}
JUDGED = {"效益": 9}


def edition(folder: Path, text: str, base: str = BASE) -> rubriclang.Rubric:
    head = text if "沿用" in text else f"# 2020年度评价（20分）\n沿用：base.rubric\n{text}"
    return loaded(folder, {"base.rubric": base, "edition.rubric": head})


def total(rubric: rubriclang.Rubric, **changed: object) -> Fraction | None:
    return rubric.score({**FACTS, **changed}, JUDGED).total


def test_the_base_itself(tmp_path: Path) -> None:
    rubric = loaded(tmp_path, {"base.rubric": BASE})
    assert total(rubric) == 6 + 3 + 9
    assert total(rubric, 违纪=True) == 5


# ---- headings


def test_a_test_below_a_heading_is_no_new_rule(tmp_path: Path) -> None:
    """Only the points change, though a test stands right below them."""
    rubric = edition(
        tmp_path,
        "# 2020年度评价（22分）\n沿用：base.rubric\n## 过程（12分）\n### 完成（8分）\n"
        "测试 一：\n- 已知 完成率 = 50%\n- 完成 = 2\n### 时效（4分）\n测试 二：\n- 已知 超期 = 2\n- 时效 = 3\n",
        BASE.replace("≥ 目标 -> 6", "≥ 目标 -> 满分"),
    )
    assert rubric.score(FACTS, JUDGED)["完成"].points == 8
    assert [(test.name, test.passed) for test in rubric.run_tests()] == [("一", True), ("二", True)]


def test_a_test_below_a_removed_heading_still_runs(tmp_path: Path) -> None:
    """And fails here, for what it expects: it has not gone with the heading."""
    rubric = edition(
        tmp_path,
        "# 2020年度评价（16分）\n沿用：base.rubric\n## 过程（6分）\n### 时效（删去）\n"
        "测试 一：\n- 已知 完成率 = 50%\n- 完成 = 3\n数据：\n- 超期：删去\n" + GRADE,
    )
    assert [(test.name, test.passed) for test in rubric.run_tests()] == [("一", False)]


def test_facts_and_checks_below_a_heading_are_the_whole_rubrics(tmp_path: Path) -> None:
    """They replace those of the base wherever those stand, and are no rules of the heading."""
    base = BASE.replace("- 完成率：%，0% 至 100%\n", "").replace(
        "率 = 完成率\n", "数据：\n- 完成率：%，0% 至 100%\n率 = 完成率\n"
    )
    rubric = edition(tmp_path, "### 完成\n数据：\n- 完成率：%，0% 至 200%\n勾稽：\n- 少于一倍：完成率 ≤ 100%\n", base)
    outcome = rubric.score({**FACTS, "完成率": "150%"}, JUDGED)
    assert outcome["完成"].points == 6
    assert [check.name for check in outcome.checks] == ["少于一倍"]


def test_text_below_a_heading_is_no_new_rule(tmp_path: Path) -> None:
    assert total(edition(tmp_path, "### 完成（6分）\n说明：今年没有改\n标准：同去年\n")) == 18


def test_a_combination_alone_leaves_the_parts(tmp_path: Path) -> None:
    """``## 过程`` with 汇总 alone: the better of its parts, which keep their rules."""
    rubric = edition(tmp_path, "# 2020年度评价（16分）\n沿用：base.rubric\n## 过程（6分）\n汇总：最高\n" + GRADE)
    outcome = rubric.score({**FACTS, "完成率": "50%"}, JUDGED)
    assert outcome["完成"].points == 2 and outcome["时效"].points == 3
    assert outcome.total == 3 + 9


def test_limits_and_rounding_alone_leave_the_rule(tmp_path: Path) -> None:
    rubric = edition(tmp_path, "### 时效（4分）\n最低 1 分\n保留整数，舍去\n")
    assert rubric.score({**FACTS, "超期": 1}, JUDGED)["时效"].points == 3  # 3.5 cut to whole points
    assert rubric.score({**FACTS, "超期": 30}, JUDGED)["时效"].points == 1


def test_a_limit_replaces_the_limit_of_its_kind_only(tmp_path: Path) -> None:
    base = BASE.replace("扣 0.5 分\n", "扣 0.5 分\n最低 1 分\n保留整数，舍去\n")
    rubric = edition(tmp_path, "### 时效\n最低 2 分\n", base)
    assert rubric.score({**FACTS, "超期": 30}, JUDGED)["时效"].points == 2
    lower = edition(tmp_path, "### 时效\n最低 0.5 分\n最高 4 分\n", base)
    assert lower.score({**FACTS, "超期": 30}, JUDGED)["时效"].points == Fraction(1, 2)
    assert lower.score({**FACTS, "超期": 1}, JUDGED)["时效"].points == 3  # 3.5, cut to whole points as before


def test_an_indicator_becomes_a_section(tmp_path: Path) -> None:
    rubric = edition(tmp_path, "## 效益（10分）\n### 社会效益（4分）；人工评定\n### 满意度（6分）；人工评定\n")
    outcome = rubric.score(FACTS, {"社会效益": 3, "满意度": 5})
    assert outcome.total == 6 + 3 + 3 + 5


def test_a_section_becomes_an_indicator(tmp_path: Path) -> None:
    rubric = edition(
        tmp_path, "## 过程（10分）\n人工评定\n数据：\n- 超期：删去\n- 完成率：删去\n参数：\n- 目标 = 删去\n"
    )
    assert rubric.score({"违纪": False, "通报": False}, {"过程": 7, "效益": 9}).total == 16


def test_a_weight_stays_when_only_the_points_change(tmp_path: Path) -> None:
    base = "# 一（100分）\n## 甲（100分，权重 60%）；人工评定\n## 乙（100分，权重 40%）；人工评定\n"
    rubric = edition(tmp_path, "# 二（70分）\n沿用：base.rubric\n## 甲（50分）\n", base)
    assert rubric.score({}, {"甲": 50, "乙": 100}).total == 30 + 40


def test_a_heading_goes_to_its_place_inside_a_section(tmp_path: Path) -> None:
    """``#### 数量`` under ``## 产出`` is the one of ``### 实际产出``: same name, same level."""
    base = (
        "# 一（10分）\n## 产出（10分）\n### 实际产出（10分）\n#### 数量（6分）；人工评定\n#### 质量（4分）；人工评定\n"
    )
    rubric = edition(
        tmp_path, "# 二（9分）\n沿用：base.rubric\n## 产出（9分）\n### 实际产出（9分）\n#### 数量（5分）\n", base
    )
    assert rubric.score({}, {"数量": 5, "质量": 4}).total == 9
    short = edition(
        tmp_path, "# 二（10分）\n沿用：base.rubric\n## 产出（10分）\n#### 质量（4分）\n人工评定：1 至 4\n", base
    )
    assert short.score({}, {"数量": 5, "质量": 0})["质量"].reason == "undefined"


def test_a_heading_of_two_places_says_how_to_name_the_section(tmp_path: Path) -> None:
    base = "# 一（10分）\n## 上半年（5分）\n### 检查（5分）；人工评定\n## 下半年（5分）\n### 检查（5分）；人工评定\n"
    path = written(
        tmp_path, {"base.rubric": base, "e.rubric": "# 二（10分）\n沿用：base.rubric\n### 检查（5分）\n人工评定\n"}
    )
    [fault] = rubriclang.check(path)
    assert fault.code == "R121"
    assert fault.hint("zh") == "在它上面写上节的标题，例如 ## 上半年"
    assert fault.hint("en") == "write the heading of its section above it, as in ## 上半年"


def test_a_heading_under_the_wrong_section_is_reported(tmp_path: Path) -> None:
    """Without points it can be no new indicator: it was meant for the one of 过程."""
    text = "# 二（20分）\n沿用：base.rubric\n## 效益（10分）\n### 时效\n说明：没有改\n"
    assert ("R124", "e.rubric", 4) in found(tmp_path, {"base.rubric": BASE, "e.rubric": text})


def test_a_heading_twice_in_an_edition_is_reported(tmp_path: Path) -> None:
    text = "# 二（20分）\n沿用：base.rubric\n### 完成（6分）\n### 完成（5分）\n"
    assert ("R106", "e.rubric", 4) in found(tmp_path, {"base.rubric": BASE, "e.rubric": text})


@pytest.mark.parametrize(
    "text",
    [
        "### 招待费（删去）\n",
        "## 过程\n### 招待费（删去）\n",
        "数据：\n- 招待费：删去\n",
        "参数：\n- 招待费 = 删去\n",
        "招待费 = 删去\n",
        "勾稽：\n- 招待费：删去\n",
        "否决：通报 -> 删去\n",
    ],
)
def test_what_is_not_there_cannot_be_removed(tmp_path: Path, text: str) -> None:
    line = 2 + text.count("\n")
    whole = f"# 二（20分）\n沿用：base.rubric\n{text}"
    assert found(tmp_path, {"base.rubric": BASE, "e.rubric": whole}) == [("R115", "e.rubric", line)]


# ---- lines


def test_defaults_are_replaced(tmp_path: Path) -> None:
    base = BASE.replace("超期：每 1 件 扣 0.5 分", "超期：≤ 0 件 -> 满分\n每超过 2 件 扣 1 分")
    assert edition(tmp_path, "", base).score({**FACTS, "超期": 3}, JUDGED)["时效"].points == 3
    begun = edition(tmp_path, "默认：进档，扣完为止\n", base)
    assert begun.score({**FACTS, "超期": 3}, JUDGED)["时效"].points == 2


def test_an_override_with_the_same_condition_is_replaced(tmp_path: Path) -> None:
    rubric = edition(tmp_path, "# 2020年度评价（20分）\n沿用：base.rubric\n# 结果\n否决：违纪 -> 总分 ≤ 9\n")
    assert total(rubric, 违纪=True) == 9
    adjusted = edition(tmp_path, "# 结果\n调整：通报 -> 降 1\n")
    assert adjusted.score({**FACTS, "通报": True}, JUDGED).grade == "良"  # 18 points are 优, one down
    assert adjusted.score({**FACTS, "通报": True, "超期": 9}, JUDGED).grade == "差"  # 15 points: 良, one down


def test_another_override_is_added(tmp_path: Path) -> None:
    rubric = edition(tmp_path, "# 结果\n否决：通报 -> 总分 ≤ 7\n")
    assert total(rubric, 违纪=True) == 5
    assert total(rubric, 通报=True) == 7


def test_an_override_is_removed(tmp_path: Path) -> None:
    rubric = edition(tmp_path, "# 结果\n否决：违纪 -> 删去\n数据：\n- 违纪：删去\n")
    assert rubric.score({"完成率": "92%", "超期": 2, "通报": False}, JUDGED).total == 18


def test_not_applicable_is_replaced_with_the_same_condition(tmp_path: Path) -> None:
    base = BASE.replace("超期：每 1 件", "不适用：通报 -> 0\n超期：每 1 件")
    rubric = edition(tmp_path, "### 时效\n不适用：通报 -> 1\n", base)
    assert rubric.score({**FACTS, "通报": True}, JUDGED)["时效"].points == 1
    assert rubric.score(FACTS, JUDGED)["时效"].points == 3


def test_not_applicable_of_the_root(tmp_path: Path) -> None:
    base = BASE.replace("否决：违纪 -> 总分 ≤ 5", "不适用：违纪 -> 0")
    assert total(edition(tmp_path, "# 结果\n不适用：违纪 -> 1\n", base), 违纪=True) == 1


def test_the_grade_is_replaced_and_what_stands_below_it_stays(tmp_path: Path) -> None:
    """满分为止 follows 等次 in the base; a new 等次 does not take it away."""
    base = BASE.replace("## 效益（10分）；人工评定", "## 效益（10分）；人工评定\n## 加分（最多加 5 分）；人工评定")
    rubric = edition(tmp_path, "# 结果\n等次：≥ 19 -> 甲；否则 -> 乙\n调整：通报 -> 等次 ≤ 乙\n", base)
    outcome = rubric.score({**FACTS, "超期": 0}, {"效益": 10, "加分": 5})
    assert outcome.total == 20
    assert outcome.grade == "甲"


def test_a_formula_alone_keeps_its_bands(tmp_path: Path) -> None:
    rubric = edition(tmp_path, "### 完成\n率 = 完成率 + 10 个百分点\n")
    assert rubric.score({**FACTS, "完成率": "80%"}, JUDGED)["完成"].points == 6
    assert rubric.score({**FACTS, "完成率": "79%"}, JUDGED)["完成"].points == 2


def test_rows_alone_do_not_go_on_with_a_formula_of_the_base(tmp_path: Path) -> None:
    """≥ 15 -> 优 without 等次： before it is about nothing."""
    text = "# 二（20分）\n沿用：base.rubric\n# 结果\n≥ 15 -> 优\n"
    assert ("R309", "e.rubric", 4) in found(tmp_path, {"base.rubric": BASE, "e.rubric": text})


def test_facts_keep_their_place(tmp_path: Path) -> None:
    rubric = edition(
        tmp_path, "数据：\n- 满意率：%，0% 至 100%\n- 完成率：%，0% 至 200%\n勾稽：\n- 满意：满意率 ≥ 50%\n"
    )
    assert [fact.name for fact in rubric.program.facts] == ["完成率", "超期", "违纪", "通报", "满意率"]


def test_text_of_a_kind_replaces_that_kind_and_the_basis_all(tmp_path: Path) -> None:
    def notes(rubric: rubriclang.Rubric) -> tuple[str, ...]:
        return rubric.program.basis

    assert notes(edition(tmp_path, "")) == ("2019 年的办法",)
    assert notes(edition(tmp_path, "依据：2020 年的办法\n")) == ("2020 年的办法",)


def test_results_are_still_shown(tmp_path: Path) -> None:
    base = BASE.replace("# 结果\n", "# 结果\n得分率 = 总分 / 20\n").replace("得分率", "总得分率")
    plain = loaded(tmp_path, {"base.rubric": base})
    other = edition(tmp_path, "# 结果\n差额 = 20 - 总分\n", base)
    assert plain.program.results == ("总得分率",)
    assert other.program.results == ("总得分率", "差额")


# ---- parameters


TABLED = """\
# 一（10分）
数据：
- 年度：2019、2020、2021
- 完成率：%，0% 至 100%
- 支出：万元，≥ 0
参数：
| 年度 | 目标 | 限额 |
|---|---|---|
| 2019 | 90% | 100 万元 |
| 2020 | 92% | 110 万元 |
| 否则 | 80% | 50 万元 |
## 完成（10分）
若 完成率 ≥ 目标 且 支出 ≤ 限额 -> 10；否则 -> 0
"""


@pytest.mark.parametrize(
    ("year", "rate", "spent", "points"),
    [
        ("2019", "90%", 100, 10),  # as in the base
        ("2020", "92%", 110, 0),  # the target of 2020 is 95% now
        ("2020", "95%", 110, 10),  # and its limit the base's
        ("2021", "96%", 120, 10),  # a year of its own, no longer 否则
        ("2021", "80%", 50, 0),
    ],
)
def test_a_table_is_patched_cell_by_cell(tmp_path: Path, year: str, rate: str, spent: int, points: int) -> None:
    text = "参数：\n| 年度 | 目标 | 限额 |\n|---|---|---|\n| 2020 | 95% | - |\n| 2021 | 96% | 120 万元 |\n"
    rubric = edition(tmp_path, f"# 二（10分）\n沿用：base.rubric\n{text}", TABLED)
    assert rubric.score({"年度": year, "完成率": rate, "支出": spent}).total == points


def test_a_parameter_replaces_a_column(tmp_path: Path) -> None:
    rubric = edition(tmp_path, "# 二（10分）\n沿用：base.rubric\n参数：\n- 目标 = 50%\n", TABLED)
    assert rubric.score({"年度": "2020", "完成率": "50%", "支出": 110}).total == 10
    assert rubric.score({"年度": "2020", "完成率": "50%", "支出": 111}).total == 0


def test_a_column_replaces_a_parameter(tmp_path: Path) -> None:
    text = "参数：\n| 年度 | 目标 |\n|---|---|\n| 2019 | 95% |\n| 2020 | 92% |\n数据：\n- 年度：2019、2020\n"
    rubric = edition(tmp_path, text)
    assert rubric.score({**FACTS, "年度": "2019"}, JUDGED)["完成"].points == 2
    assert rubric.score({**FACTS, "年度": "2020"}, JUDGED)["完成"].points == 6


def test_a_formula_replaces_a_parameter(tmp_path: Path) -> None:
    rubric = edition(tmp_path, "目标 = 情形：若 通报 -> 95%；否则 -> 90%\n")
    assert rubric.score({**FACTS, "通报": True}, JUDGED)["完成"].points == 2
    assert rubric.score(FACTS, JUDGED)["完成"].points == 6


# ---- chains


def test_an_edition_of_an_edition(tmp_path: Path) -> None:
    files = {
        "base.rubric": BASE,
        "e2020.rubric": "# 二〇二〇（20分）\n沿用：base.rubric\n参数：\n- 目标 = 95%\n",
        "e2021.rubric": "# 二〇二一（20分）\n沿用：e2020.rubric\n### 时效\n超期：每 1 件 扣 1 分\n",
    }
    outcome = loaded(tmp_path, files).score(FACTS, JUDGED)
    assert [outcome["完成"].points, outcome["时效"].points] == [2, 2]


def test_files_of_one_name_in_two_folders(tmp_path: Path) -> None:
    files = {
        "a/x.rubric": "# 甲（10分）\n## 评议（10分）；人工评定\n",
        "b/x.rubric": "# 乙（6分）\n沿用：a/x.rubric\n## 评议（6分）\n",
        "e.rubric": "# 丙\n沿用：b/x.rubric\n",
    }
    assert loaded(tmp_path, files).score({}, {"评议": 5}).max == 6


def test_two_bases_are_one_too_many(tmp_path: Path) -> None:
    text = "# 二（20分）\n沿用：base.rubric\n沿用：other.rubric\n"
    files = {"base.rubric": BASE, "other.rubric": BASE, "e.rubric": text}
    assert found(tmp_path, files) == [("R122", "e.rubric", 3)]


@pytest.mark.parametrize("word", ["沿用", "引用"])
def test_a_reference_inside_a_section_is_misplaced(tmp_path: Path, word: str) -> None:
    text = BASE.replace("## 过程（10分）\n", f"## 过程（10分）\n{word}：base.rubric\n")
    assert found(tmp_path, {"base.rubric": BASE, "e.rubric": text}) == [("R316", "e.rubric", 13)]

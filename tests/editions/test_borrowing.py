"""引用: what a file lends, and what it keeps."""

from __future__ import annotations

from pathlib import Path

from tests.editions.projects import found, loaded

SHARED = """\
# 公共口径（10分）
计量单位：标箱
参数：
- 目标 = 90%
- 不用的 = 5
数据：
- 完成数：万元，≥ 0
- 预算数：万元，> 0
- 吞吐量：标箱，≥ 0
完成率 = 完成数 / 预算数
量 = 吞吐量
## 完成（10分）
完成率：≥ 目标 -> 10；否则 -> 0
# 结果
等次：≥ 6 -> 优；否则 -> 差
总分 = 合计（各项：得分）
"""
OWN = """\
# 乡镇评价（5分）
引用：shared.rubric
## 预算（5分）
完成率：≥ 目标 -> 5；否则 -> 0
"""
FACTS = {"完成数": 95, "预算数": 100}


def test_formulas_parameters_and_facts_are_lent(tmp_path: Path) -> None:
    rubric = loaded(tmp_path, {"shared.rubric": SHARED, "own.rubric": OWN})
    assert rubric.score(FACTS).total == 5


def test_the_grade_and_the_total_are_not_lent(tmp_path: Path) -> None:
    rubric = loaded(tmp_path, {"shared.rubric": SHARED, "own.rubric": OWN})
    outcome = rubric.score(FACTS)
    assert outcome.grade is None
    assert "等次" not in outcome.values
    total = SHARED.replace("总分 = 合计（各项：得分）", "总分 = 3")
    assert loaded(tmp_path, {"shared.rubric": total, "own.rubric": OWN}).score(FACTS).total == 5


def test_a_grade_under_the_title_is_not_lent_either(tmp_path: Path) -> None:
    shared = SHARED.replace("完成率 = ", "等次：≥ 6 -> 优；否则 -> 差\n完成率 = ").split("# 结果")[0]
    assert loaded(tmp_path, {"shared.rubric": shared, "own.rubric": OWN}).score(FACTS).grade is None


def test_only_what_is_used_is_lent(tmp_path: Path) -> None:
    """The fact sheet of the borrower asks for nothing it does not need."""
    rubric = loaded(tmp_path, {"shared.rubric": SHARED, "own.rubric": OWN})
    assert [fact.name for fact in rubric.program.facts] == ["完成数", "预算数"]
    assert rubric.program.parameters == ("目标",)


def test_ones_own_names_win(tmp_path: Path) -> None:
    own = OWN.replace("## 预算", "参数：\n- 目标 = 99%\n## 预算")
    assert loaded(tmp_path, {"shared.rubric": SHARED, "own.rubric": own}).score(FACTS).total == 0


def test_an_edition_may_borrow_too(tmp_path: Path) -> None:
    """What an edition borrows counts as its own, and replaces what its base calls by the same name."""
    base = "# 一（5分）\n参数：\n- 目标 = 99%\n数据：\n- 比率：%，0% 至 100%\n"
    base += "## 预算（5分）\n比率：≥ 目标 -> 5；否则 -> 0\n"
    text = "# 二（5分）\n沿用：base.rubric\n引用：shared.rubric\n"
    rubric = loaded(tmp_path, {"shared.rubric": SHARED, "base.rubric": base, "e.rubric": text})
    assert rubric.score({"比率": "92%"}).total == 5


def test_results_keep_their_place_behind_what_is_borrowed(tmp_path: Path) -> None:
    own = OWN + "# 结果\n得分率 = 总分 / 5\n".replace("得分率", "总得分率")
    assert loaded(tmp_path, {"shared.rubric": SHARED, "own.rubric": own}).program.results == ("总得分率",)


def test_an_indicator_of_the_other_file_is_not_lent(tmp_path: Path) -> None:
    own = OWN.replace("完成率：≥ 目标 -> 5", "若 完成 ≥ 5 -> 5")
    assert ("R101", "own.rubric", 4) in found(tmp_path, {"shared.rubric": SHARED, "own.rubric": own})

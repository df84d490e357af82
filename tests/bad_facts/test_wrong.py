"""Facts that are misspelt, wrong or doubled: named with their place, and the rest is scored all the same."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import rubriclang
from tests.bad_facts.sound_file import LINES, changed, errors, others_keep_their_points, place, score


@pytest.mark.parametrize(
    ("written", "meant"),
    [("年初预标", "年初预算"), ("本年追加额", "本年追加"), ("核定编", "核定编制"), ("考核等级", "考核等次")],
)
def test_an_unknown_fact_is_asked_about(rubric: rubriclang.Rubric, tmp_path: Path, written: str, meant: str) -> None:
    lines = [line.replace(f"  {meant}:", f"  {written}:") for line in LINES]
    outcome = score(rubric, tmp_path, lines)
    found = [d for d in outcome.diagnostics if d.code == "R502"]
    line = next(i for i, text in enumerate(LINES, 1) if text.startswith(f"  {meant}:"))
    assert [place(d) for d in found] == [("facts.yaml", line)]
    assert written in found[0].message("zh")
    assert meant in found[0].hint("zh") and meant in found[0].hint("en")
    assert [d.params["name"] for d in outcome.diagnostics if d.code == "R501"] == [meant]


def test_an_unknown_fact_that_is_near_to_nothing(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    outcome = score(rubric, tmp_path, [*LINES[:2], "  完全不同的东西: 1", *LINES[2:]])
    assert [(d.code, *place(d)) for d in outcome.diagnostics] == [("R502", "facts.yaml", 3)]
    assert "是不是" not in outcome.diagnostics[0].hint("zh")
    others_keep_their_points(outcome)


# What is written, the code it gets, and a part of the message that names what was meant.
_WRONG: list[tuple[str, str, str, str]] = [
    ("年初预算", "100人", "R503", "万元"),
    ("年初预算", "100%", "R503", "万元"),
    ("年初预算", "一百", "R505", "一百"),
    ("年初预算", "约100", "R505", "约100"),
    ("年初预算", "是", "R505", "是"),
    ("年初预算", "[1, 2]", "R505", "年初预算"),
    ("年初预算", "{数值: [1]}", "R505", "年初预算"),
    ("年初预算", "0", "R506", "> 0"),
    ("本年追加", "-5", "R506", "≥ 0"),
    ("在职人员", "10.5", "R506", "整数"),
    ("在职人员", "100万元", "R503", "人"),
    ("满意率", "95", "R504", "95%"),
    ("满意率", "0.95", "R504", "95%"),
    ("满意率", "120%", "R506", "0% 至 100%"),
    ("满意率", "95元", "R503", "95元"),
    ("新建楼堂馆所", "也许", "R505", "是 或 否"),
    ("新建楼堂馆所", "1", "R505", "是 或 否"),
    ("考核等次", "四等", "R505", "一等"),
    ("考核等次", "壹等", "R505", "一等"),
    ("报送日", "2020-02-30", "R505", "2019-12-31"),
    ("报送日", "去年", "R505", "2019-12-31"),
    ("报送日", "2018-12-31", "R506", "2019-01-01"),
]
_USERS = {
    "年初预算": "预算控制率",
    "本年追加": "预算控制率",
    "在职人员": "在职人员控制率",
    "满意率": "满意度",
    "新建楼堂馆所": "面积",
    "考核等次": "职责",
    "报送日": "及时",
}


@pytest.mark.parametrize(
    ("name", "text", "code", "named"), _WRONG, ids=[f"{name}: {text}" for name, text, _, _ in _WRONG]
)
def test_a_wrong_value_is_named_with_its_line(
    rubric: rubriclang.Rubric, tmp_path: Path, name: str, text: str, code: str, named: str
) -> None:
    outcome = score(rubric, tmp_path, changed(**{name: text}))
    found = errors(outcome)
    line = next(i for i, text in enumerate(LINES, 1) if text.startswith(f"  {name}:"))
    assert [(d.code, *place(d)) for d in found] == [(code, "facts.yaml", line)]
    assert name in found[0].message("zh") and name in found[0].message("en")
    assert named in found[0].message("zh") + found[0].hint("zh")
    touched = _USERS[name]
    assert (outcome[touched].points, outcome[touched].reason) == (None, "undefined")
    others_keep_their_points(outcome, touched)


def test_the_bound_may_be_another_fact() -> None:
    text = "# 标准（5分）\n数据：\n- 借调：人，≤ 在职\n- 在职：人\n## 指标（5分）\n借调：≤ 3 -> 5；否则 -> 0\n"
    rubric = rubriclang.loads(text)
    assert rubric.score({"借调": 3, "在职": 3}).total == 5
    outcome = rubric.score({"借调": 3, "在职": 2})
    assert [(d.code, d.params["name"]) for d in outcome.diagnostics] == [("R506", "借调")]
    assert outcome["指标"].reason == "undefined"


@pytest.mark.parametrize(
    ("value", "sound"), [("0.5", True), ("1", True), ("0.75", False), ("-1.5", True), ("1/3", False)]
)
def test_the_smallest_step_of_a_fact(value: str, sound: bool) -> None:
    text = "# 标准（5分）\n数据：\n- 系数：数，最小单位 0.5\n## 指标（5分）\n系数：≤ 0 -> 5；否则 -> 1\n"
    outcome = rubriclang.loads(text).score({"系数": Fraction(value)})
    assert [d.code for d in outcome.diagnostics] == ([] if sound else ["R506"])


@pytest.mark.parametrize("written", ["{数值: 1,521.39}", "{数值: 1,521.39, 来源: 第 1 页}", "{数值: 100, 单价: 5}"])
def test_what_stands_beside_a_value_is_never_dropped(rubric: rubriclang.Rubric, tmp_path: Path, written: str) -> None:
    """In YAML a comma inside { } parts two entries: 1,521.39 is 1 and a stray 521.39, never 1 in silence."""
    outcome = score(rubric, tmp_path, changed(年初预算=written))
    assert [d.source for d in outcome.diagnostics if d.source is not None and d.source.path.endswith("facts.yaml")]
    assert {place(d)[1] for d in outcome.diagnostics if d.source and d.source.path.endswith("facts.yaml")} == {3}


@pytest.mark.parametrize("written", ["{得分: 5, 分数: 6}", "{得分: 5,5}"])
def test_what_stands_beside_a_judgement_is_never_dropped(
    rubric: rubriclang.Rubric, tmp_path: Path, written: str
) -> None:
    outcome = score(rubric, tmp_path, changed(履职=written))
    assert [place(d)[1] for d in outcome.diagnostics] == [14]


def test_a_doubled_fact_is_named_with_both_lines(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    outcome = score(rubric, tmp_path, [*LINES[:6], "  年初 预算: 200", *LINES[6:]])
    found = errors(outcome)
    assert [(d.code, *place(d)) for d in found] == [("R507", "facts.yaml", 7)]
    assert "年初预算" in found[0].message("zh") and "第 3 行" in found[0].message("zh")
    assert "line 3" in found[0].message("en")
    assert outcome["预算控制率"].reason == "undefined", "neither of the two is used"
    others_keep_their_points(outcome, "预算控制率")


def test_an_alias_beside_its_name_is_a_double(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    outcome = score(rubric, tmp_path, [*LINES[:4], "  追加预算: 5", *LINES[4:]])
    assert [(d.code, *place(d)) for d in errors(outcome)] == [("R507", "facts.yaml", 5)]


def test_a_doubled_judgement_is_named_with_both_lines(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    outcome = score(rubric, tmp_path, [*LINES, "  产出.履职: 6"])
    found = [d for d in outcome.diagnostics if d.code == "R507"]
    assert [place(d) for d in found] == [("facts.yaml", 15)]
    assert "履职" in found[0].message("zh") and "第 14 行" in found[0].message("zh")


@pytest.mark.parametrize("suffix", ["json", "csv"])
def test_other_files_have_lines_too(rubric: rubriclang.Rubric, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"facts.{suffix}"
    rows = [("年初预算", "100"), ("本年追加", "-5"), ("核定编", "100"), ("年初预算", "200"), ("考核等次", "四等")]
    if suffix == "json":
        path.write_text("{\n" + ",\n".join(f'"{name}": "{value}"' for name, value in rows) + "\n}", encoding="utf-8")
    else:
        path.write_text("名称,数值\n" + "".join(f"{name},{value}\n" for name, value in rows), encoding="utf-8")
    outcome = rubric.score(rubriclang.load_facts(path))
    placed = {(d.code, *place(d)) for d in outcome.diagnostics if d.source is not None and "facts." in d.source.path}
    name = f"facts.{suffix}"
    assert placed == {("R506", name, 3), ("R502", name, 4), ("R507", name, 5), ("R505", name, 6)}

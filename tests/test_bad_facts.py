"""Facts that are missing, misspelt, wrong or doubled: named with their place, and the rest is scored all the same."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import rubriclang

RUBRIC = """# 标准（30分）
默认：整档，扣完为止
数据：
- 年初预算：万元，> 0
- 本年追加：万元，≥ 0，又名 追加预算
- 在职人员：人，整数，≥ 0
- 核定编制：人，> 0
- 满意率：%，0% 至 100%，可缺
- 新建楼堂馆所：是否
- 实际面积：平方米，≥ 0，仅当 新建楼堂馆所
- 考核等次：一等、二等、三等
- 报送日：日期，≥ 2019-01-01
- 上年结转：万元，缺失 = 0
- 年末结转：万元
## 过程（15分）
### 预算控制率（5分）
控制率 = 本年追加 / 年初预算
≤ 5% -> 5；≤ 10% -> 4；否则 -> 0
### 在职人员控制率（5分）
控制率 = 在职人员 / 核定编制
≤ 100% -> 满分
每超过 1% 扣 1 分
### 面积（5分）
不适用：非 新建楼堂馆所 -> 满分
实际面积：≤ 1000 平方米 -> 5；否则 -> 1
## 产出（15分）
### 管理制度（5分）
清单：
- 2分 已制定管理制度
- 2分 制度得到有效执行
- 1分 档案齐全
### 满意度（4分）
满意率：≥ 90% -> 4；否则 -> 2；缺失 -> 1 至 3
### 履职（6分）；人工评定：2 至 6
## 职责（最多加 3 分）
考核等次：一等 -> 3；否则 -> 0
## 及时（最多加 1 分）
报送日：≤ 2020-03-31 -> 1；否则 -> 0
勾稽：
- 结转：上年结转 + 年初预算 = 年末结转
"""

# 追加 5 of 100 is 5 %: 5 points. 102 of 100 posts is 2 % over: 5 − 2 = 3. No building: 5. Ticks 2 + 1 = 3. 95 %: 4.
# Judged 5. 一等: 3. On time: 1. Together 5 + 3 + 5 + 3 + 4 + 5 + 3 + 1 = 29, of which 3 + 5 = 8 were judged.
LINES = """单位: 某局
数据:
  年初预算: 100
  本年追加: 5
  在职人员: 102
  核定编制: 100
  满意率: 95%
  新建楼堂馆所: 否
  考核等次: 一等
  报送日: 2020-03-31
  年末结转: 100
评定:
  管理制度: {清单: [是, 否, 是]}
  履职: 5
""".splitlines()

POINTS = {
    "预算控制率": 5,
    "在职人员控制率": 3,
    "面积": 5,
    "管理制度": 3,
    "满意度": 4,
    "履职": 5,
    "职责": 3,
    "及时": 1,
}


@pytest.fixture(scope="module")
def rubric() -> rubriclang.Rubric:
    return rubriclang.loads(RUBRIC)


def _score(rubric: rubriclang.Rubric, folder: Path, lines: list[str]) -> rubriclang.Outcome:
    path = folder / "facts.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return rubric.score(rubriclang.load_facts(path))


def _changed(**changes: str | None) -> list[str]:
    """The lines with the values of some names replaced, or their lines dropped."""
    out = []
    for line in LINES:
        name = line.strip().partition(":")[0]
        if name not in changes:
            out.append(line)
        elif changes[name] is not None:
            out.append(f"  {name}: {changes[name]}")
    return out


def _errors(outcome: rubriclang.Outcome) -> list[rubriclang.Diagnostic]:
    return [d for d in outcome.diagnostics if d.severity == "error"]


def _place(diagnostic: rubriclang.Diagnostic) -> tuple[str, int]:
    """File and line of a finding."""
    assert diagnostic.source is not None and diagnostic.span is not None
    return Path(diagnostic.source.path).name, diagnostic.source.position(diagnostic.span.start).line


def _range(low: int, high: int) -> tuple[Fraction, Fraction]:
    return Fraction(low), Fraction(high)


def _others(outcome: rubriclang.Outcome, *touched: str) -> None:
    """All other indicators keep their points."""
    assert {i.name: i.points for i in outcome if i.name not in touched} == {
        name: points for name, points in POINTS.items() if name not in touched
    }
    assert not touched or not outcome.complete
    assert (outcome.total is None) == bool(touched)


def test_the_sound_file(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    outcome = _score(rubric, tmp_path, LINES)
    assert not outcome.diagnostics
    _others(outcome)
    assert [outcome.total, outcome.computed, outcome.judged] == [29, 21, 8]
    assert outcome.unit == "某局"


# ---- missing


# Each fact, the indicators that need it, and how far the total then reaches: 29 less their points, up to that plus
# their full marks of 5; 面积 gives 5 without a building and at least 1 with one.
_MISSING: list[tuple[str, tuple[str, ...], tuple[int, int]]] = [
    ("年初预算", ("预算控制率",), (24, 29)),
    ("本年追加", ("预算控制率",), (24, 29)),
    ("在职人员", ("在职人员控制率",), (26, 31)),
    ("新建楼堂馆所", ("面积",), (25, 29)),
]


@pytest.mark.parametrize(("name", "touched", "reach"), _MISSING, ids=[name for name, _, _ in _MISSING])
@pytest.mark.parametrize("blank", ["no line", "empty", "tilde", "null"])
def test_a_missing_fact_is_named_with_its_indicator(
    rubric: rubriclang.Rubric, tmp_path: Path, name: str, touched: tuple[str, ...], reach: tuple[int, int], blank: str
) -> None:
    text = {"no line": None, "empty": "", "tilde": "~", "null": "null"}[blank]
    outcome = _score(rubric, tmp_path, _changed(**{name: text}))
    found = _errors(outcome)
    assert [d.code for d in found] == ["R501"]
    assert f"“{name}”" in found[0].message("zh") and f"'{name}'" in found[0].message("en")
    for indicator in touched:
        assert indicator in found[0].message("zh") and indicator in found[0].message("en")
        assert (outcome[indicator].points, outcome[indicator].reason) == (None, "missing")
    assert name in found[0].hint("zh") and name in found[0].hint("en")
    _others(outcome, *touched)
    assert outcome.reachable == _range(*reach)


# 考核等次 decides a bonus of at most 3 (3 now), 报送日 one of at most 1 (1 now).
@pytest.mark.parametrize(("name", "reach"), [("考核等次", (26, 29)), ("报送日", (28, 29))])
def test_a_missing_bonus_leaves_a_range(
    rubric: rubriclang.Rubric, tmp_path: Path, name: str, reach: tuple[int, int]
) -> None:
    outcome = _score(rubric, tmp_path, _changed(**{name: None}))
    assert [(d.code, d.params["name"]) for d in outcome.diagnostics] == [("R501", name)]
    assert outcome.reachable == _range(*reach)


def test_all_missing_facts_are_named_in_one_run(rubric: rubriclang.Rubric) -> None:
    outcome = rubric.score({})
    named = {d.params["name"] for d in outcome.diagnostics if d.code == "R501" and d.severity == "error"}
    assert named == {"年初预算", "本年追加", "在职人员", "核定编制", "新建楼堂馆所", "考核等次", "报送日"}
    assert [d.params["name"] for d in outcome.diagnostics if d.code == "R501" and d.severity == "warning"] == [
        "年末结转"
    ]
    assert [d.params["name"] for d in outcome.diagnostics if d.code == "R513"] == ["管理制度", "满意度", "履职"]
    assert all(i.points is None for i in outcome)
    # At least 0 of the computed and the ticks, 1 for 面积 and 满意度 each, 2 for 履职;
    # at most 5 + 5 + 5 + 5 + 3 + 6 + 3 + 1.
    assert outcome.reachable == _range(4, 33)


def test_a_fact_that_is_only_checked_is_a_warning(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    outcome = _score(rubric, tmp_path, _changed(年末结转=None))
    assert [(d.code, d.severity) for d in outcome.diagnostics] == [("R501", "warning"), ("R521", "warning")]
    assert outcome.complete and outcome.total == 29
    assert outcome.checks[0].holds is None


def test_a_fact_that_nothing_uses_is_not_asked_for_in_the_name_of_a_check() -> None:
    """R401 says at loading that it is not used; at scoring nothing says that a check needs it, for none does."""
    text = "# 标准（5分）\n数据：\n- 甲：数\n- 乙：数\n## 指标（5分）\n甲：≥ 0 -> 5；否则 -> 0\n"
    rubric = rubriclang.loads(text)
    assert [(d.code, d.params["name"]) for d in rubric.diagnostics] == [("R401", "乙")]
    outcome = rubric.score({"甲": 1})
    assert outcome.complete
    assert not [d for d in outcome.diagnostics if "勾稽" in d.message("zh") or "checks" in d.message("en")]


def test_a_default_and_an_optional_fact_need_not_be_given(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    outcome = _score(rubric, tmp_path, [*_changed(满意率=None), "  满意度: 3"])
    assert not outcome.diagnostics
    # 上年结转 is 0 by default, so the check holds; 满意度 was judged 3 instead of the 4 computed: 28.
    assert outcome.checks[0].holds is True
    assert [outcome.total, outcome.judged] == [28, 11]


def test_a_fact_that_is_not_needed_is_pointed_out(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    lines = [*LINES[:8], "  实际面积: 5000", *LINES[8:]]
    outcome = _score(rubric, tmp_path, lines)
    assert [(d.code, d.severity, *_place(d)) for d in outcome.diagnostics] == [("R519", "hint", "facts.yaml", 9)]
    assert outcome.total == 29


# ---- unknown


@pytest.mark.parametrize(
    ("written", "meant"),
    [("年初预标", "年初预算"), ("本年追加额", "本年追加"), ("核定编", "核定编制"), ("考核等级", "考核等次")],
)
def test_an_unknown_fact_is_asked_about(rubric: rubriclang.Rubric, tmp_path: Path, written: str, meant: str) -> None:
    lines = [line.replace(f"  {meant}:", f"  {written}:") for line in LINES]
    outcome = _score(rubric, tmp_path, lines)
    found = [d for d in outcome.diagnostics if d.code == "R502"]
    line = next(i for i, text in enumerate(LINES, 1) if text.startswith(f"  {meant}:"))
    assert [_place(d) for d in found] == [("facts.yaml", line)]
    assert written in found[0].message("zh")
    assert meant in found[0].hint("zh") and meant in found[0].hint("en")
    assert [d.params["name"] for d in outcome.diagnostics if d.code == "R501"] == [meant]


def test_an_unknown_fact_that_is_near_to_nothing(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    outcome = _score(rubric, tmp_path, [*LINES[:2], "  完全不同的东西: 1", *LINES[2:]])
    assert [(d.code, *_place(d)) for d in outcome.diagnostics] == [("R502", "facts.yaml", 3)]
    assert "是不是" not in outcome.diagnostics[0].hint("zh")
    _others(outcome)


# ---- wrong

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
    outcome = _score(rubric, tmp_path, _changed(**{name: text}))
    found = _errors(outcome)
    line = next(i for i, text in enumerate(LINES, 1) if text.startswith(f"  {name}:"))
    assert [(d.code, *_place(d)) for d in found] == [(code, "facts.yaml", line)]
    assert name in found[0].message("zh") and name in found[0].message("en")
    assert named in found[0].message("zh") + found[0].hint("zh")
    touched = _USERS[name]
    assert (outcome[touched].points, outcome[touched].reason) == (None, "undefined")
    _others(outcome, touched)


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
    outcome = _score(rubric, tmp_path, _changed(年初预算=written))
    assert [d.source for d in outcome.diagnostics if d.source is not None and d.source.path.endswith("facts.yaml")]
    assert {_place(d)[1] for d in outcome.diagnostics if d.source and d.source.path.endswith("facts.yaml")} == {3}


@pytest.mark.parametrize("written", ["{得分: 5, 分数: 6}", "{得分: 5,5}"])
def test_what_stands_beside_a_judgement_is_never_dropped(
    rubric: rubriclang.Rubric, tmp_path: Path, written: str
) -> None:
    outcome = _score(rubric, tmp_path, _changed(履职=written))
    assert [_place(d)[1] for d in outcome.diagnostics] == [14]


# ---- doubled


def test_a_doubled_fact_is_named_with_both_lines(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    outcome = _score(rubric, tmp_path, [*LINES[:6], "  年初 预算: 200", *LINES[6:]])
    found = _errors(outcome)
    assert [(d.code, *_place(d)) for d in found] == [("R507", "facts.yaml", 7)]
    assert "年初预算" in found[0].message("zh") and "第 3 行" in found[0].message("zh")
    assert "line 3" in found[0].message("en")
    assert outcome["预算控制率"].reason == "undefined", "neither of the two is used"
    _others(outcome, "预算控制率")


def test_an_alias_beside_its_name_is_a_double(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    outcome = _score(rubric, tmp_path, [*LINES[:4], "  追加预算: 5", *LINES[4:]])
    assert [(d.code, *_place(d)) for d in _errors(outcome)] == [("R507", "facts.yaml", 5)]


def test_a_doubled_judgement_is_named_with_both_lines(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    outcome = _score(rubric, tmp_path, [*LINES, "  产出.履职: 6"])
    found = [d for d in outcome.diagnostics if d.code == "R507"]
    assert [_place(d) for d in found] == [("facts.yaml", 15)]
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
    placed = {(d.code, *_place(d)) for d in outcome.diagnostics if d.source is not None and "facts." in d.source.path}
    name = f"facts.{suffix}"
    assert placed == {("R506", name, 3), ("R502", name, 4), ("R507", name, 5), ("R505", name, 6)}


# ---- judged points


def test_pending_judgements_leave_a_range(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    """Without the ticks and 履职, 29 − 3 − 5 = 21 points are certain.

    The ticks can give 0 … 5, 履职 2 … 6: the total can still become 21 + 0 + 2 = 23 … 21 + 5 + 6 = 32.
    """
    outcome = _score(rubric, tmp_path, LINES[:11])
    assert [d.code for d in outcome.diagnostics] == ["R513", "R513"]
    assert [d.params["name"] for d in outcome.diagnostics] == ["管理制度", "履职"]
    assert (outcome["履职"].points, outcome["履职"].reason, outcome["履职"].kind) == (None, "pending", "judged")
    assert (outcome.total, outcome.grade, outcome.complete) == (None, None, False)
    assert outcome.reachable == _range(23, 32)
    assert [outcome.computed, outcome.judged] == [21, 0]
    written_out = outcome.to_dict()
    assert (written_out["total"], written_out["reachable"]) == (None, ["23", "32"])


def test_a_missing_fact_and_a_pending_judgement_leave_a_range(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    """Without 年初预算 (5 points, 0 … 5 possible) and without 履职 (5, 2 … 6 possible): 29 − 5 − 5 = 19.

    The total can become 19 + 0 + 2 = 21 … 19 + 5 + 6 = 30.
    """
    outcome = _score(rubric, tmp_path, _changed(年初预算=None, 履职=None))
    assert outcome.reachable == _range(21, 30)


def test_the_published_report_without_its_judgements(county: rubriclang.Rubric, published: rubriclang.Facts) -> None:
    """49 points are computed; the judged ones carry 3 + 3 + 8 + 6 + 5 + 6 + 6 + 6 = 43: from 49 to 92."""
    outcome = county.score(_published_facts())
    assert outcome.reachable == _range(49, 92)
    assert [outcome.computed, outcome.judged, outcome.total] == [49, 0, None]
    assert sum(d.code == "R513" for d in outcome.diagnostics) == 8
    assert county.score(published).total == 92


def _published_facts() -> dict[str, str]:
    """The facts of the published report, read off its file line by line."""
    text = (Path(__file__).resolve().parent.parent / "examples" / "baojing_2019.yaml").read_text(encoding="utf-8")
    rows = [line.strip().partition(": {数值: ") for line in text.splitlines() if ": {数值: " in line]
    return {name: rest.partition(",")[0].rstrip("}") for name, _, rest in rows}


@pytest.mark.parametrize("points", ["1.99", "6.01", "-1", "100"])
def test_points_outside_the_range_are_refused(rubric: rubriclang.Rubric, tmp_path: Path, points: str) -> None:
    outcome = _score(rubric, tmp_path, _changed(履职=points))
    found = _errors(outcome)
    assert [(d.code, *_place(d)) for d in found] == [("R514", "facts.yaml", 14)]
    for part in ("履职", points, "2 至 6"):
        assert part in found[0].message("zh")
    assert outcome["履职"].reason == "undefined"
    _others(outcome, "履职")


@pytest.mark.parametrize("points", ["2", "6", "2.000", "17/3", "3.3", "5分"])
def test_points_inside_the_range_are_taken(rubric: rubriclang.Rubric, tmp_path: Path, points: str) -> None:
    outcome = _score(rubric, tmp_path, _changed(履职=points))
    assert outcome["履职"].points == Fraction(points.removesuffix("分"))
    assert outcome.complete


@pytest.mark.parametrize(("given", "points"), [("5", 5), ("0", 0), ("2", 2), ("3", 3), ("4", 4), ("1", 1)])
def test_the_points_of_a_checklist_are_sums_of_ticks(
    rubric: rubriclang.Rubric, tmp_path: Path, given: str, points: int
) -> None:
    # 2, 2 and 1: every whole number from 0 to 5 is a sum of them.
    assert _score(rubric, tmp_path, _changed(管理制度=given))["管理制度"].points == points


@pytest.mark.parametrize(
    ("given", "code"), [("2.5", "R515"), ("0.5", "R515"), ("4.9", "R515"), ("6", "R514"), ("-1", "R514")]
)
def test_points_that_no_ticks_give_are_refused(
    rubric: rubriclang.Rubric, tmp_path: Path, given: str, code: str
) -> None:
    outcome = _score(rubric, tmp_path, _changed(管理制度=given))
    found = _errors(outcome)
    assert [(d.code, *_place(d)) for d in found] == [(code, "facts.yaml", 13)]
    assert "管理制度" in found[0].message("zh") and given in found[0].message("zh")
    _others(outcome, "管理制度")


@pytest.mark.parametrize(
    ("given", "points"),
    [
        ("{清单: [是, 是, 是]}", 5),
        ("{清单: [√, 否, 无]}", 2),
        ("[否, 否, 是]", 1),
        ("{得分: 4}", 4),
        ("{已制定管理制度: 是, 制度得到有效执行: 否, 档案齐全: 是}", 3),
        ("{清单: {档案齐全: 否, 已制定管理制度: 否, 制度得到有效执行: 是}}", 2),
        ("{清单: [是, 是, 否], 评定人: 评价组, 依据: 会议纪要}", 4),
    ],
)
def test_ticks(rubric: rubriclang.Rubric, tmp_path: Path, given: str, points: int) -> None:
    outcome = _score(rubric, tmp_path, _changed(管理制度=given))
    assert not _errors(outcome)
    assert outcome["管理制度"].points == points


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("{清单: [是, 是]}", "R522"),
        ("{清单: [是, 是, 是, 是]}", "R522"),
        ("{没有这一条: 是}", "R523"),
        ("{清单: [是, 也许, 否]}", "R505"),
    ],
)
def test_ticks_that_do_not_fit_are_refused(rubric: rubriclang.Rubric, tmp_path: Path, given: str, code: str) -> None:
    outcome = _score(rubric, tmp_path, _changed(管理制度=given))
    assert code in [d.code for d in _errors(outcome)]
    assert {_place(d) for d in _errors(outcome) if d.code == code} == {("facts.yaml", 13)}
    assert outcome["管理制度"].points is None
    _others(outcome, "管理制度")


@pytest.mark.parametrize(
    "given", ["{清单: [是, '', 否]}", "{清单: [是, ~, 否]}", "{已制定管理制度: 是}", "", "{评定人: 评价组}"]
)
def test_a_checklist_that_is_not_finished_is_pending(rubric: rubriclang.Rubric, tmp_path: Path, given: str) -> None:
    """A tick left blank is not a no."""
    outcome = _score(rubric, tmp_path, _changed(管理制度=given))
    assert (outcome["管理制度"].points, outcome["管理制度"].reason) == (None, "pending")
    assert outcome.reachable == _range(26, 31)  # 29 − 3 = 26 points are certain, the ticks give 0 … 5


def test_a_judgement_of_something_else_is_refused(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    outcome = _score(rubric, tmp_path, [*LINES, "  管理制渡: 5", "  预算控制率: 5"])
    found = [d for d in outcome.diagnostics if d.code == "R512"]
    assert [_place(d) for d in found] == [("facts.yaml", 15), ("facts.yaml", 16)]
    assert "管理制度" in found[0].hint("zh")
    assert outcome.total == 29, "computed points are not overruled by judged ones"


@pytest.mark.parametrize("points", ["好", "[1]", "5元", "五"])
def test_points_that_are_no_number_are_refused(rubric: rubriclang.Rubric, tmp_path: Path, points: str) -> None:
    outcome = _score(rubric, tmp_path, _changed(履职=points))
    found = _errors(outcome)
    assert found and {_place(d) for d in found} == {("facts.yaml", 14)}
    assert "履职" in found[0].message("zh")
    assert outcome["履职"].points is None
    _others(outcome, "履职")


# ---- from Python


def test_judged_points_of_the_call_win_over_those_of_the_file(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text("\n".join(LINES), encoding="utf-8")
    facts = rubriclang.load_facts(path)
    assert rubric.score(facts, {"履职": 6}).total == 30
    assert rubric.score(facts, {"履职": 6, "管理制度": [True, True, True]}).total == 32
    assert rubric.score(facts).total == 29, "the loaded facts are not changed"


def test_a_value_that_cannot_be_a_fact_raises(rubric: rubriclang.Rubric) -> None:
    """The documented ``TypeError``: a mistake in a program, not in a fact file."""
    with pytest.raises(TypeError):
        rubric.score({"年初预算": object()})
    with pytest.raises(TypeError):
        rubric.score({"年初预算": b"1"})


def test_a_file_that_is_no_fact_file_raises(tmp_path: Path) -> None:
    for name, text in {"a.yaml": "- 1\n- 2\n", "b.json": "[1]", "c.csv": "甲,乙\n", "d.xyz": "", "e.json": "{"}.items():
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        with pytest.raises(rubriclang.FactsError) as caught:
            rubriclang.load_facts(path)
        assert [d.severity for d in caught.value.diagnostics] == ["error"]
    with pytest.raises(OSError):
        rubriclang.load_facts(tmp_path / "none.yaml")

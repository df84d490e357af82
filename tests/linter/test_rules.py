"""The rules at their edges: what they must find and what they must leave alone. The plain pair is on each page."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from rubriclang.driver import _compile, check_text, read_source
from rubriclang.linter import engine
from rubriclang.linter.selection import Selection
from rubriclang.linter.undecided import UNDECIDED_PROPERTY
from rubriclang.resources import code_pages
from rubriclang.source import Source

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = sorted((ROOT / "rubrics").rglob("*.rubric"))


def codes(text: str, *select: str) -> list[str]:
    return [d.code for d in check_text(Source("a.rubric", text), Selection(select=select))]


def said(text: str, code: str) -> list[str]:
    return [d.message("zh") for d in check_text(Source("a.rubric", text), Selection((code,)))]


# ---- the house


def test_a_rule_is_one_file_with_its_kinds_and_pages() -> None:
    rules = engine.rules()
    assert [rule.name for rule in rules] == sorted(
        p.stem for p in (ROOT / "src/rubriclang/linter/rules").glob("*.py") if p.stem != "__init__"
    )
    kinds = [kind for rule in rules for kind in rule.kinds if kind is not UNDECIDED_PROPERTY]  # which several share
    assert len(kinds) >= 20 and len(set(kinds)) == len(kinds)
    assert all("R401" < kind.code < "R440" for kind in kinds)
    assert {kind.code for kind in (*kinds, UNDECIDED_PROPERTY)} <= set(code_pages())


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_the_library_has_no_finding(path: Path) -> None:
    assert [(d.code, d.message("zh")) for d in check_text(read_source(path))] == []


def test_rules_wait_until_there_are_no_errors() -> None:
    text = "# 例（5分）\n参数：\n- 线 = 90%\n数据：\n- 率：%，0% 至 100%\n## 甲（5分）\n率：≥ 80% -> 5；否则 -> 0\n"
    assert codes(text) == ["R402"]
    assert codes(text.replace("否则 -> 0", "否则 -> 9")) == ["R313"]


def wide(indicators: int) -> str:
    """A rubric whose every indicator gives each rule something to look at."""
    lines = [f"# 例（{5 * indicators}分）", "默认：整档，扣完为止", "参数：", "- 线 = 12.5%", "数据："]
    lines += [f"- 支出{i}号：万元，≥ 0\n- 预算{i}号：万元，> 0" for i in range(indicators)]
    for i in range(indicators):
        lines += [
            f"## 指标{i}号（5分）",
            "标准：5% 以内 5 分，10% 以内 4 分，20% 以内 3 分，每超过 1 个百分点扣 0.5 分",
        ]
        lines += [f"比率 = 支出{i}号 / 预算{i}号", "≤ 5% -> 5；≤ 10% -> 4；≤ 20% -> 3", "每超过 1% 扣 0.5 分"]
    return "\n".join(lines) + "\n"


def calls_of(indicators: int) -> int:
    """How many Python functions the rules call: a measure of work that no busy machine can blur."""
    program, _, source, tree = _compile(Source("a.rubric", wide(indicators)))
    assert program is not None
    count = 0

    def tally(frame: object, event: str, arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(tally)
    try:
        found = engine.lint(program, tree, source, ())
    finally:
        sys.setprofile(before)
    assert {d.code for d in found} == {"R402", "R411"}
    return count


def test_the_rules_are_linear_in_the_text() -> None:
    """Four times the indicators are four times the work; a square in it would make sixteen."""
    calls_of(5)  # what is imported and compiled once
    assert calls_of(80) < 5 * calls_of(20)


# ---- numbers of the standard

HEAD = "# 例（5分）\n数据：\n- 率：%，0% 至 200%\n## 甲（5分）\n标准：{standard}\n{rule}\n"
STEPS = "率：≤ 100% -> 满分\n每超过 1 个百分点 扣 0.5 分（整档），扣完为止"
BANDS = "率：≥ 90% -> 5；≥ 80% -> 4；否则 -> 0"


@pytest.mark.parametrize(
    ("standard", "rule"),
    [
        ("100% 以内得满分，每超过 1 个百分点扣 0.5 分", STEPS),
        ("百分之百以内 5 分，每超过 1% 扣 0.5 分，依据 2019 年第 3 号文件", STEPS),
        ("超过的每 1 个百分点扣 10% 的分", STEPS),  # 10 % of 5 points are the 0.5
        ("90% 及以上得 5 分，80% 及以上扣 1 分", BANDS),  # 5 − 1 = 4
        ("90% 及以上得满分，80% 至 90% 得 80% 的分", BANDS),  # 80 % of 5 are the 4
        ("不足 10% 以上的", BANDS),  # 1 − 10 % = 90 %
        ("共 1 项", BANDS),
        ("完成 100% 得满分，按比例计分", "得分 = 满分 × 率 / 2，满分为止"),
        ("得 0 分", BANDS),
        ("90% 及以上得五分，百分之八十及以上得四分", BANDS),
        ("90% 及以上 50 分", "人工评定"),
    ],
)
def test_a_number_that_the_rule_has_in_other_words(standard: str, rule: str) -> None:
    text = HEAD.format(standard=standard, rule=rule)
    assert codes(text, "R406", "R407") == []


@pytest.mark.parametrize(
    ("standard", "rule", "code", "message"),
    [
        ("95% 及以上得 5 分", BANDS, "R406", "“标准”里的 95%，下面的规则里没有"),
        ("百分之七十及以上得三分", BANDS, "R406", "“标准”里的 百分之七十，下面的规则里没有"),
        ("每超过 1 个百分点扣 5 分", STEPS, "R407", "“标准”里写的是 5，下面的规则写的是 0.5，差了 10 倍"),
        ("每超过 1 个百分点扣 0.05 分", STEPS, "R407", "“标准”里写的是 0.05，下面的规则写的是 0.5，差了 10 倍"),
        ("9% 及以上得 5 分", BANDS, "R407", "“标准”里写的是 9%，下面的规则写的是 90%，差了 10 倍"),
    ],
)
def test_a_number_that_the_rule_does_not_have(standard: str, rule: str, code: str, message: str) -> None:
    assert message in said(HEAD.format(standard=standard, rule=rule), code)


def test_every_slip_of_one_number_in_the_county_rubric_is_found() -> None:
    """Each number of a rule that its standard quotes, made wrong alone, gives a finding; counted by hand: 12 lines."""
    path = ROOT / "rubrics" / "2019_county_overall.rubric"
    text = path.read_text(encoding="utf-8")
    slips = [
        ("每超过 1 个百分点 扣 0.3 分", "每超过 1 个百分点 扣 3 分"),
        ("每超过 1 个百分点 扣 0.3 分", "每超过 1 个百分点 扣 0.5 分"),
        ("每超过 1 个百分点 扣 0.4 分", "每超过 1 个百分点 扣 0.04 分"),
        ("≥ 100% -> 满分\n每低于 5% 扣 2 分", "≥ 100% -> 满分\n每低于 50% 扣 2 分"),
        ("≥ 100% -> 满分\n每低于 5% 扣 2 分", "≥ 100% -> 满分\n每低于 5% 扣 1 分"),
        ("一等 -> 8；二等 -> 6；三等 -> 4", "一等 -> 8；二等 -> 7；三等 -> 4"),
        ("≥ 80% -> 5；≥ 70% -> 4", "≥ 85% -> 5；≥ 70% -> 4"),
        ("≥ 80% -> 5；≥ 70% -> 4", "≥ 80% -> 5；≥ 71% -> 4"),
    ]
    for right, wrong in slips:
        assert text.count(right) == 1
        found = check_text(Source(str(path), text.replace(right, wrong)), Selection(("R406", "R407")))
        assert found, f"{right} as {wrong} was not noticed"


# ---- names


@pytest.mark.parametrize(
    ("one", "two", "found"),
    [
        ("年末结余", "年未结余", True),
        ("收入", "收人", True),
        ("O2浓度", "02浓度", True),
        ("指标1", "指标l", True),
        ("一般支出", "－般支出", True),
        ("年初预算", "年末预算", False),
        ("甲", "乙", False),
    ],
)
def test_names_that_look_alike(one: str, two: str, found: bool) -> None:
    text = f"# 例（5分）\n数据：\n- 【{one}】：万元，≥ 0\n- 【{two}】：万元，≥ 0\n## 丙（5分）\n"
    text += f"若 【{one}】 > 【{two}】 -> 5；否则 -> 0\n"
    assert codes(text, "R404") == (["R404"] if found else [])


def test_a_fact_and_an_indicator_of_one_name_are_no_look_alikes() -> None:
    assert codes("# 例（5分）\n数据：\n- 率：%，0% 至 100%\n## 率（5分）\n率：≥ 90% -> 5；否则 -> 0\n", "R404") == []


# ---- bands

RATE = "# 例（{full}分）\n数据：\n- 数：个，整数，≥ 0\n## 甲（{full}分）\n数：{bands}\n"


@pytest.mark.parametrize(
    ("bands", "found"),
    [
        ("≤ 5 -> 5；≤ 10 -> 3；≤ 20 -> 4；否则 -> 0", True),  # 5, 3, 4, 0
        ("≤ 5 -> 5；≤ 10 -> 4；≤ 20 -> 3；否则 -> 0", False),
        ("≤ 8 -> 3；≤ 11 -> 1；≤ 20 -> 0；≤ 24 -> 2；否则 -> 5", False),  # one turn: the best range lies inside
        ("≤ 8 -> 0；≤ 11 -> 5；≤ 20 -> 0；≤ 24 -> 5；否则 -> 0", True),
        ("= 3 -> 0；≤ 5 -> 5；≤ 10 -> 4；否则 -> 0", False),  # one number is an exception, no stretch
        ("≥ 20 -> 5；≥ 10 -> 4；否则 -> 0", False),
    ],
)
def test_awards_that_go_up_and_down(bands: str, found: bool) -> None:
    assert codes(RATE.format(full=5, bands=bands), "R408") == (["R408"] if found else [])


@pytest.mark.parametrize(
    ("bands", "found"),
    [
        ("≤ 5 -> 5；< 10 -> 4；否则 -> 0", True),
        ("≤ 5 -> 5；≤ 10 -> 4；否则 -> 0", False),
        ("≥ 20 -> 5；> 10 -> 4；否则 -> 0", True),
        ("≥ 20 -> 5；> 0 -> 4；否则 -> 0", False),  # > 0 is any at all
        ("< 5 -> 2；≤ 10 -> 5；否则 -> 0", False),  # the best range holds both its ends
        ("≤ 5 -> 5；> 5 且 < 10 -> 4；否则 -> 0", False),
    ],
)
def test_bands_that_include_their_edges_on_both_sides(bands: str, found: bool) -> None:
    assert codes(RATE.format(full=5, bands=bands), "R409") == (["R409"] if found else [])


# ---- conditions


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("违纪 < 0 次", "永远不成立"),
        ("违纪 < 0 次 且 合格", "永远不成立"),
        ("合格", None),
        ("违纪 > 3 次", None),
        ("比率 > 100%", "永远不成立"),
        ("比率 > 99%", None),
    ],
)
def test_conditions_that_facts_cannot_change(condition: str, message: str | None) -> None:
    text = "# 例（5分）\n数据：\n- 违纪：次，整数，≥ 0\n- 合格：是否\n- 比率：%，0% 至 100%\n"
    text += f"## 甲（5分）\n否决：{condition} -> 0\n人工评定\n"
    found = said(text, "R414")
    assert found == ([] if message is None else [f"这个条件{message}，和填什么数没有关系"])


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("率：≥ 90% -> 5；否则 -> 0", True),
        ("率：≥ 90% -> 5；否则 -> 0；缺失 -> 0", False),
        ("若 缺失（率） -> 0；若 率 ≥ 90% -> 5；否则 -> 0", False),
        ("比值 = 率 × 2\n≥ 90% -> 5；否则 -> 0\n缺失 -> 人工评定", False),
    ],
)
def test_an_optional_fact_wants_an_answer(rule: str, found: bool) -> None:
    text = f"# 例（5分）\n数据：\n- 率：%，0% 至 100%，可缺\n## 甲（5分）\n{rule}\n"
    assert codes(text, "R415") == (["R415"] if found else [])


# ---- what is not used


def test_a_test_is_a_reader_of_a_formula_and_a_result_needs_none() -> None:
    text = "# 例（5分）\n数据：\n- 率：%，0% 至 100%\n双倍 = 率 × 2\n## 甲（5分）\n率：≥ 90% -> 5；否则 -> 0\n"
    assert codes(text, "R403") == ["R403"]
    assert codes(text + "测试 一：\n- 已知 率 = 40%\n- 双倍 = 80%\n", "R403") == []
    below = text.replace("双倍 = 率 × 2\n", "") + "# 结果\n双倍 = 率 × 2\n"
    assert codes(below, "R403") == []


def test_a_base_file_answers_for_itself(tmp_path: Path) -> None:
    base = "# 旧（5分）\n参数：\n- 线 = 90%\n数据：\n- 率：%，0% 至 100%\n## 甲（5分）\n率：≥ 80% -> 5；否则 -> 0\n"
    (tmp_path / "old.rubric").write_text(base, encoding="utf-8")
    new = tmp_path / "new.rubric"
    new.write_text("# 新（5分）\n沿用：old.rubric\n", encoding="utf-8")
    assert [d.code for d in check_text(read_source(tmp_path / "old.rubric"))] == ["R402"]
    assert [d.code for d in check_text(read_source(new))] == []


def test_scoring_loads_no_rule() -> None:
    program = (
        "import sys, rubriclang\n"
        "rubric = rubriclang.loads('# A (5 points)\\nfacts:\\n- r: %\\n## B (5 points)\\nr: >= 90% -> 5; else -> 0')\n"
        "rubric.score({'r': '95%'})\n"
        "print([name for name in sys.modules if name.startswith('rubriclang.linter')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_english_rubric_is_read_as_well() -> None:
    text = (
        "# Review (5 points)\nfacts:\n- added: yuan, >= 0\n- budget: yuan, > 0\n"
        "## control (5 points)\nstandard: up to 5% 5 points, up to {edge} 3 points, each further 1% deducts 1 point\n"
        "ratio = added / budget\n<= 5% -> 5; <= 10% -> 3\neach over 1% deducts 1 point (whole steps), not below 0\n"
    )
    assert codes(text.format(edge="10%")) == []
    assert codes(text.format(edge="15%")) == ["R406"]
    assert codes(text.format(edge="1000%")) == ["R407"]


# ---- R417 unreachable-row


FACTS = "# 标准（5分）\n数据：\n- 甲：数，≥ 0\n- 乙：数，> 0\n- 类：子、丑\n## 指标（5分）\n"


@pytest.mark.parametrize(
    ("rules", "row"),
    [
        ("若 类 = 子 且 甲 > 乙 -> 5\n若 甲 > 乙 -> 4\n若 甲 - 乙 > 1 -> 3\n否则 -> 0\n", "若 甲 - 乙 > 1"),
        ("若 类 = 子 -> 5\n若 甲 > 乙 -> 4\n若 类 = 丑 且 甲 ≤ 乙 -> 1\n否则 -> 0\n", "否则"),
        ("甲 / （甲 + 乙）：≥ 100% -> 5；≥ 50% -> 3；否则 -> 0\n", ">= 100%"),
    ],
)
def test_a_row_ruled_out_by_the_others_is_found(rules: str, row: str) -> None:
    assert [text for text in said(FACTS + rules, "R417") if f"“{row}”" in text]


@pytest.mark.parametrize(
    "rules",
    [
        "若 类 = 子 且 甲 > 乙 -> 5\n若 甲 > 乙 -> 4\n若 甲 - 乙 ≥ 0 -> 3\n否则 -> 0\n",
        "甲 / （甲 + 乙）：≥ 99% -> 5；≥ 50% -> 3；否则 -> 0\n",
        "若 甲 × 乙 > 1 -> 5\n若 甲 × 乙 > 2 -> 3\n否则 -> 0\n",  # not linear: never claimed
    ],
)
def test_a_row_that_some_facts_reach_is_left_alone(rules: str) -> None:
    assert said(FACTS + rules, "R417") == []


def test_a_column_that_may_be_missing_may_be_asked_for() -> None:
    text = (
        "# 标准（5分）\n表 项目：\n- 档：一、二，可缺\n- 分值：分，≥ 0\n## 指标（5分）\n逐行：项目，满分 = 分值\n"
        "若 缺失（档） -> 1\n若 档 = 一 -> 满分\n否则 -> 0\n满分为止\n"
    )
    assert said(text, "R417") == []

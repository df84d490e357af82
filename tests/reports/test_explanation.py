"""The sentences of an explanation, held against the published report and against arithmetic done by hand."""

from __future__ import annotations

from typing import Any

import pytest

import rubriclang
from rubriclang.backends.scoring import run_program
from rubriclang.reports.explanation import explain, sentences
from rubriclang.reports.trace import trace
from rubriclang.reports.wording import Lang
from tests.reports.units import ROOT


def told(text: str, facts: dict[str, Any], only: str | None = None, lang: Lang = "zh") -> list[str]:
    rubric = rubriclang.loads(text)
    return list(explain(rubric.score(facts), rubric.program, rubric.bind(facts), only, lang))


def traced(text: str, facts: dict[str, Any], only: str | None = None, lang: Lang = "zh") -> list[str]:
    rubric = rubriclang.loads(text)
    return list(trace(rubric.score(facts), rubric.program, rubric.bind(facts), only, lang))


# The report: 本年追加9.16万元，年初预算1521.39万元，预算控制率＝（9.16/1521.39）×100%=0.6%，根据评分标准该项得分5分。
# Its figures and points are compared, in the notation of this program.
PUBLISHED = {
    "在职人员控制率": ["72", "71", "× 100% = 76.06%", "≤ 100%", "得 3 分"],
    "“三公经费”变动率": ["（90 - 90）/ 90 × 100% = 0%", "≤ 0", "得 4 分"],
    "预算完成率": ["84.39 + 1521.39 + 9.16", "62.29", "= 96.14%", "不满一档", "得 5 分"],
    "预算控制率": ["本年追加 9.16 万元", "年初预算 1521.39 万元", "9.16 / 1521.39 × 100% = 0.60% ≤ 5%", "得 5 分"],
    "“三公经费”控制率": ["15.35 / 90 × 100% =", "得 8 分"],
    "政府采购执行率": ["15.01 / 15 × 100% = 100.07%", "取为 100%", "得 6 分"],
    "新建楼堂馆所面积控制率": ["新建楼堂馆所为否", "不适用", "得 5 分"],
    "职责履行": ["考核等次为一等", "得 8 分"],
    "公用经费控制率": ["234.56 / 141.6 × 100%", "扣完为止", "得 0 分"],
}


def test_the_sentences_of_the_published_report(county: rubriclang.Rubric, published: rubriclang.Facts) -> None:
    outcome = county.score(published)
    found = sentences(outcome, county.program, run_program(county.program, county.bind(published)), "zh")
    by_name = {path.rpartition("/")[2]: text for path, text in found.items()}
    assert len(found) == len(outcome.indicators)
    for name, words in PUBLISHED.items():
        assert [word for word in words if word not in by_name[name]] == [], by_name[name]
    last = list(explain(outcome, county.program, county.bind(published)))[-1]
    assert last == "投入 13 分，过程 53 分，产出及效率 26 分，总分 92 分。总分 92 ≥ 90，等次“优”。"


ROWS = """# 表（30分）
默认：扣完为止，满分为止
表 项目：
- 名称：文字
- 投资：亿元，≥ 0
- 停建：是否
## 规模（30分）
逐行：项目，仅当 非 停建
投资：≥ 10 亿元 -> 20；≥ 5 亿元 -> 10；否则 -> 3
"""


def test_each_row_is_named_with_its_rule_and_points() -> None:
    rows = [{"名称": "路", "投资": 12, "停建": False}, {"名称": "桥", "投资": 6, "停建": False}]
    rows.append({"名称": "坝", "投资": 1, "停建": True})
    found = told(ROWS, {"项目": rows})
    assert found[:4] == [
        "规模（30 分）：逐行计分，共 3 行，根据评分标准该项得 30 分。",  # 20 + 10
        "    路：投资 12 亿元，停建 否，适用“≥ 10 亿元”，得 20 分",
        "    桥：投资 6 亿元，停建 否，适用“≥ 5 亿元”，得 10 分",
        "    坝：投资 1 亿元，停建 是，不计入",
    ]


def test_an_aggregate_is_one_figure() -> None:
    text = "# 表（10分）\n表 项目：\n- 投资：万元，≥ 0\n数据：\n- 预算：万元，> 0\n## 率（10分）\n"
    text += "投资率 = 合计（项目：投资）/ 预算\n≤ 50% -> 10；否则 -> 0\n"
    found = told(text, {"项目": [{"投资": 30}, {"投资": 12}], "预算": 100})
    assert "投资率 = 42 / 100 × 100% = 42% ≤ 50%" in found[0]


RENORMALISED = """# 折（100分）
数据：
- 有塔吊：是否
汇总：折算
## 甲（60分）；人工评定
## 塔吊（40分）；人工评定
不适用：非 有塔吊 -> 剔除
"""


def test_renormalising_is_said_with_its_figures() -> None:
    found = told(RENORMALISED, {"数据": {"有塔吊": False}, "评定": {"甲": 45}})
    # 45 ÷ 60 × 100 = 75
    assert "总分：可评满分 60 分，实得 45 分，折算 45 ÷ 60 × 100 = 75 分。" in found
    assert "塔吊（40 分）：有塔吊为否，不适用：非 有塔吊，不计入，没有得分。" in found


SPREAD = """# 分（100分）
数据：
- 有丙：是否
## 甲（50分）；人工评定
## 乙（30分）；人工评定
## 丙（20分）；人工评定
不适用：非 有丙 -> 分摊
"""


def test_spreading_is_said_with_its_shares() -> None:
    found = told(SPREAD, {"数据": {"有丙": False}, "评定": {"甲": 50, "乙": 30}})
    # 20 ÷ 2 = 10 each: 60 + 40 = 100
    assert any("丙不适用，20 分由其余 2 项平均分摊，各加 10 分满分" in line for line in found)


def test_weights_are_said() -> None:
    text = "# 权（100分）\n## 甲（100分，权重 70%）；人工评定\n## 乙（100分，权重 30%）；人工评定\n"
    found = told(text, {"评定": {"甲": 80, "乙": 60}})
    assert "总分：甲 80 × 70% + 乙 60 × 30% = 74 分。" in found  # 56 + 18


DOWN = """# 级（10分）
数据：
- 违纪：是否
## 甲（10分）；人工评定
# 结果
等次：≥ 9 -> 优；≥ 5 -> 中；否则 -> 差
调整：违纪 -> 等次 ≤ 中
"""


def test_a_lowered_grade_says_from_what_to_what() -> None:
    found = told(DOWN, {"数据": {"违纪": True}, "评定": {"甲": 10}})
    assert found[-1] == "总分 10 分。总分 10 ≥ 9，等次“优”；调整：违纪，等次由“优”改为“中”。"
    assert told(DOWN, {"数据": {"违纪": False}, "评定": {"甲": 10}})[-1] == "总分 10 分。总分 10 ≥ 9，等次“优”。"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "还没有评定，没有得分"),
        (
            {"评定": {"甲": {"得分": 8, "评定人": "王", "依据": "台账"}}},
            "由人评定，评定人：王，依据：台账，根据评分标准该项得 8 分",
        ),
    ],
)
def test_judged_items_say_who_and_why(facts: dict[str, Any], words: str) -> None:
    assert words in told("# 评（10分）\n## 甲（10分）；人工评定\n", facts)[0]


def test_english_sentences_have_no_chinese_words_of_ours() -> None:
    text = "# R (10 points)\nfacts:\n- a: person, >= 0\n- b: person, > 0\n## X (10 points)\n"
    text += "r = a / b\n<= 50% -> 10; else -> 0\n"
    (first, last) = told(text, {"a": 1, "b": 4}, None, "en")
    assert first == "X (10 points): a 1 person, b 4 person, r = 1 / 4 × 100% = 25% ≤ 50%, 10 points."
    assert last == "total 10."


def test_a_trace_has_exact_fractions_and_every_row_tried() -> None:
    text = "# 追（10分）\n默认：整档，扣完为止\n数据：\n- 甲：件，≥ 0\n- 乙：件，> 0\n## 率（10分）\n率 = 甲 / 乙\n"
    text += "≤ 1/3 -> 10\n每超过 10% 扣 2 分\n"
    found = traced(text, {"甲": 4, "乙": 7}, "率")
    assert "  率 = 甲 / 乙 = 4/7" in found
    assert "    ≤ 1/3：4/7 ≤ 1/3，不适用" in found
    # 4/7 - 1/3 = 5/21; 5/21 ÷ 1/10 = 2.38… → 2 steps, 4 points
    assert "      距档边 5/21，档数 2，分 4" in found
    assert "  #得分 = 6" in found


SHAPES = {
    "cn/project_self_evaluation": "yinchuan_2021",  # rows, judged rows
    "cn/key_projects_2017": "key_projects_sample",  # rows without full marks
    "cn/env_credit_mep_2013": "env_credit_90",  # open
    "cn/gov_website_2019": "gov_website_veto",  # a veto
    "cn/poverty_fund_2008": "poverty_sample",  # ranks among units
    "cn/hj633_2012": "hj633_day",  # interpolation over rows
    "intl/gpa_florida": "gpa_tie",
}


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_indicator_of_every_shape_has_its_sentence_and_trace(name: str, lang: Lang) -> None:
    rubric = rubriclang.load(ROOT / "rubrics" / f"{name}.rubric")
    given = rubriclang.load_facts(ROOT / "examples" / name.partition("/")[0] / f"{SHAPES[name]}.yaml")
    outcome, bound = rubric.score(given), rubric.bind(given)
    lines = [line for line in explain(outcome, rubric.program, bound, None, lang) if not line.startswith("    ")]
    for indicator, line in zip(outcome.indicators, lines, strict=False):
        assert line.startswith(indicator.name) and line.endswith("。" if lang == "zh" else ".")
    steps = list(trace(outcome, rubric.program, bound, None, lang))
    assert [i.name for i in outcome.indicators if "/".join(i.path) not in steps] == []

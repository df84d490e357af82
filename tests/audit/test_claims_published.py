"""Published self-evaluations: what they print of their scoring, and what is wrong with it."""

from __future__ import annotations

import pytest

import rubriclang
from rubriclang.audit.reported.auditing import audit_claims
from rubriclang.diagnostics import Diagnostic
from tests.audit.claimed import BAOJING, ROOT, claimed, told

SELF = ROOT / "rubrics" / "cn" / "project_self_evaluation.rubric"
GAOKAO = ROOT / "rubrics" / "cn" / "gaokao_grade_scaling.rubric"
CN = ROOT / "examples" / "cn"


def test_the_report_of_2019_as_printed() -> None:
    rubric = rubriclang.load(BAOJING)
    facts = rubriclang.load_facts(ROOT / "examples" / "baojing_2019_claims.yaml")
    found = audit_claims(rubric.program, rubric.source, facts.document, rubric.bind(facts))
    assert not isinstance(found, Diagnostic)
    # 84.39 + 1545.97 - 1568.08 = 62.28; 234.56/141.6 = 165.6497…%; 15.35/90 = 17.0555…%
    assert [(one.kind, one.name, one.printed, one.right) for one in found.findings] == [
        ("identity", "年末结转", "62.29万元", "62.28万元"),
        ("digit-slip", "公用经费控制率", "161.65%", "165.65%"),
        ("truncated", "“三公经费”控制率", "17.05%", "17.06%"),
    ]
    assert found.checked == 30 and found.counts() == {"exact": 25, "rounded": 3, "truncated": 1, "wrong": 1}


@pytest.mark.parametrize(
    "facts, claims, expected",
    [
        # 89.974/89.974 = 100%, 10 分; the total row was left 0
        (
            "tangxi_2022",
            "预算执行率: {数值: 0%, 得分: 0}",
            [("wrong-value", "预算执行率", "0%", "100%"), ("wrong-points", "预算执行率", "0", "10分")],
        ),
        ("tianchang_2022", "得分: {预算执行率: 10}, 总分: 100", []),
        # the rows add up to 10+70+20+10 = 110
        (
            "zhongjiang_2022",
            "预算执行率: {数值: 100.00%, 得分: 10}, 得分: {绩效指标: 100}, 总分: 100",
            [("wrong-sum", "总分", "100", "110分")],
        ),
        # 7 of 10 for 100% of 100%, 9 for 98%: 9 rows of 10 less 3 less 1 are 86, by proportion 89.8
        (
            "yongde_2022",
            "预算执行率: {数值: 100%, 得分: 10}, 得分: {绩效指标: 86}, 总分: 96",
            [("wrong-points", "绩效指标", "86", "89.8分"), ("wrong-part", "总分", "96", "99.8分")],
        ),
        # 37.24/43.2 = 86.2…%, 8.62 rounded to a whole point is 9; 9 + 8 × 10 = 89
        ("langfang_2019", "预算执行率: {数值: 86%, 得分: 9}, 得分: {绩效指标: 89}, 总分: 98", []),
        # 64.8/64.8 = 100%: 10 分
        ("yinchuan_2021", "预算执行率: {数值: 100%, 得分: 9}", [("wrong-band", "预算执行率", "9", "10分")]),
    ],
)
def test_self_evaluations(facts: str, claims: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert told(claimed(f"自报: {{{claims}}}\n", SELF, CN / f"{facts}.yaml")) == expected


def test_points_that_are_weighted_twice() -> None:
    # 25 × 25% + 25 × 25% + 30 × 30% + 10 × 10% + 10 × 10% = 23.5, not the 100 that the points add up to
    rubric, facts = ROOT / "rubrics" / "cn" / "centenarian_allowance_2020.rubric", CN / "chengan_2020.yaml"
    points = "得分: {符合条件申报对象覆盖率: 25, 完成率: 25, 补贴发放: 30, 服务对象满意度: 10, 预算执行率: 10}"
    assert told(claimed(f"自报: {{{points}, 总分: 23.5}}\n", rubric, facts)) == []
    assert told(claimed(f"自报: {{{points}, 总分: 100}}\n", rubric, facts)) == [("wrong-sum", "总分", "100", "23.5分")]


@pytest.mark.parametrize("facts, stated, right", [("gaokao_78", "78", "81分"), ("gaokao_92", "92", "91分")])
def test_worked_examples_of_scaling(facts: str, stated: str, right: str) -> None:
    # (83-Y)/(Y-65) = (85-T)/(T-71): 78 is 81.1; (100-92)/(92-88) = (100-T)/(T-86): 90.67
    found = told(claimed(f"自报: {{得分: {{赋分: {stated}}}}}\n", GAOKAO, CN / f"{facts}.yaml"))
    assert [(one[2], one[3]) for one in found] == [(stated, right)]
    assert told(claimed(f"自报: {{得分: {{赋分: {right}}}}}\n", GAOKAO, CN / f"{facts}.yaml")) == []

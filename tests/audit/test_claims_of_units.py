"""Claims of the other units of a fact file: each is held against the facts of its own unit."""

from __future__ import annotations

from pathlib import Path

import rubriclang
from rubriclang.audit.reported.auditing import ReportedAudit, audit_claims
from rubriclang.diagnostics import Diagnostic
from rubriclang.facts.yaml_reader import read
from rubriclang.source import Source
from tests.audit.claimed import told

# 甲 5 is second of two; 乙 9 is first.
RUBRIC = """# 比（10分）
数据：
- 收入：万元，≥ 0
## 位次（10分）
位次值 = 名次（各单位：收入，并列 = 同名次）
≤ 1 -> 10；≤ 2 -> 6；否则 -> 0
"""
FACTS = """单位: 甲
数据: {收入: 5}
自报:
  得分: {位次: %s}
各单位:
- 单位: 乙
  数据: {收入: 9}
  自报:
    得分: {位次: %s}
"""


def audited(text: str) -> ReportedAudit | Diagnostic:
    rubric = rubriclang.loads(RUBRIC)
    document = read(Source("facts.yaml", text))
    return audit_claims(rubric.program, rubric.source, document, rubric.bind(rubriclang.driver.Facts(document)))


def test_right_claims_of_both_are_right() -> None:
    found = audited(FACTS % (6, 10))
    assert isinstance(found, ReportedAudit)
    assert found.checked == 2 and found.findings == ()


def test_a_wrong_claim_of_another_unit_is_told_with_its_name_and_place() -> None:
    found = audited(FACTS % (6, 6))
    assert isinstance(found, ReportedAudit)
    assert told(found) == [("wrong-band", "位次", "6", "10分")]
    (one,) = found.findings
    assert one.zh.startswith("乙：") and one.en.startswith("乙: ")
    assert one.source.position(one.span.start).line == 9


def test_units_in_a_mapping_and_none_of_the_own(tmp_path: Path) -> None:
    text = "单位: 甲\n数据: {收入: 5}\n各单位:\n  乙: {数据: {收入: 9}, 自报: {总分: 6}}\n"
    found = audited(text)
    assert isinstance(found, ReportedAudit)
    assert [one.printed for one in found.findings] == ["6"] and found.findings[0].zh.startswith("乙：")


def test_no_claims_at_all_is_said() -> None:
    assert isinstance(audited("单位: 甲\n数据: {收入: 5}\n各单位:\n- 单位: 乙\n  数据: {收入: 9}\n"), Diagnostic)

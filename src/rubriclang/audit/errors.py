"""Why a report cannot be audited at all. What an audit finds has classes of its own (``findings.py``)."""

from __future__ import annotations

from rubriclang.diagnostics import Kind

REPORT_UNREADABLE = Kind(
    "R561",
    "report-unreadable",
    "error",
    "读不了这份报告：{why}",
    "this report cannot be read: {why}",
    "{hint}",
    "{hint}",
)
REPORT_TOO_LARGE = Kind(
    "R562",
    "report-too-large",
    "error",
    "报告太大：{what}超过 {limit}",
    "the report is too large: {what} exceeds {limit}",
    "拆成几份，或者只核对正文",
    "split it, or audit the running text only",
)

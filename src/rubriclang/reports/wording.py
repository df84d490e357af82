"""The fixed words of a report, in both languages, and how texts of a rubric are set in print."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Lang = Literal["zh", "en"]

JUDGED_MARK = "※"
RULE_MARK = "◇"

WORDS: dict[Lang, dict[str, str]] = {
    "zh": {
        "sheet": "评分表",
        "unit": "单位：{unit}",
        "subtotal": "小计",
        "total": "合计",
        "result": "总分：{total} 分",
        "open result": "总分：未定",
        "between": "（目前在 {low} 至 {high} 分之间）",
        "grade": "等次：{grade}",
        "split": "其中：计算得分 {computed} 分，评定得分 {judged} 分",
        "judged legend": f"带 {JUDGED_MARK} 的得分由人评定，其余按标准计算。",
        "rule legend": f"带 {RULE_MARK} 的数按标准写明的规则算出，不是表内公式。",
        "applied": "适用：{text}",
        "check": "勾稽“{name}”不符：{text}{difference}",
        "difference": "，相差 {difference}{unit}",
        "incomplete": "尚未完成，没有得分的指标：{names}",
        "basis": "依据：{text}",
        "sign": "评价人（签字）：",
        "review": "复核人（签字）：",
        "seal": "单位（盖章）：",
        "date": "日期：　　　　年　　月　　日",
        "missing": "缺数据",
        "pending": "待评定",
        "undefined": "无法计算",
        "left out": "不计",
        "computed": "计算",
        "judged": "评定",
        "points of": "（{max}分）",
        "weight of": "（权重 {weight}）",
        "losses": "各部分失分",
        "part": "部分",
        "max": "分值",
        "points": "得分",
        "lost": "失分",
        "no loss": "各部分都没有失分。",
        "ranking": "排名",
        "rank": "名次",
        "unit name": "单位",
        "grade name": "等次",
        "total name": "总分",
        "none": "—",
        "page": "第 {page} 页，共 {pages} 页",
        "unnamed": "单位 {number}",
        "ties": "总分相同的名次并列。",
    },
    "en": {
        "sheet": "Score sheet",
        "unit": "Unit: {unit}",
        "subtotal": "Subtotal",
        "total": "Total",
        "result": "Total: {total}",
        "open result": "Total: open",
        "between": " (between {low} and {high} so far)",
        "grade": "Grade: {grade}",
        "split": "of which computed {computed}, judged {judged}",
        "judged legend": f"Points with {JUDGED_MARK} were given by a person; the others follow from the rubric.",
        "rule legend": f"Figures with {RULE_MARK} follow a rule of the rubric, not a formula of this sheet.",
        "applied": "Applied: {text}",
        "check": "Check '{name}' fails: {text}{difference}",
        "difference": ", off by {difference} {unit}",
        "incomplete": "Incomplete; without points: {names}",
        "basis": "Basis: {text}",
        "sign": "Assessed by:",
        "review": "Reviewed by:",
        "seal": "For the unit:",
        "date": "Date:",
        "missing": "no data",
        "pending": "not judged",
        "undefined": "undefined",
        "left out": "left out",
        "computed": "computed",
        "judged": "judged",
        "points of": " ({max})",
        "weight of": " (weight {weight})",
        "losses": "Points lost by section",
        "part": "Section",
        "max": "Max",
        "points": "Points",
        "lost": "Lost",
        "no loss": "No section lost points.",
        "ranking": "Ranking",
        "rank": "Rank",
        "unit name": "Unit",
        "grade name": "Grade",
        "total name": "Total",
        "none": "—",
        "page": "Page {page} of {pages}",
        "unnamed": "Unit {number}",
        "ties": "Equal totals share a rank.",
    },
}

_SIGNS = (("<=", "≤"), (">=", "≥"), ("!=", "≠"), ("->", "→"))
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def in_print(text: str) -> str:
    """A row of a rubric as print sets it: ``≤`` for ``<=``."""
    for typed, printed in _SIGNS:
        text = text.replace(typed, printed)
    return text


def clean(text: str) -> str:
    """A text without the characters that XML and spreadsheets cannot hold; line ends stay."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def display_width(text: str) -> int:
    """Half-width columns that a text takes; Chinese characters and signs take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)

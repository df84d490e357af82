"""Findings about statements that no calculation of prose has: bands, parts, contradictions, what cannot be checked."""

from __future__ import annotations

from fractions import Fraction

from rubriclang.audit.findings import Finding, FindingClass, Level
from rubriclang.audit.reported.bands import Band
from rubriclang.audit.reported.judging import Judged
from rubriclang.ir.notation import fixed_text, percent_text, short_text
from rubriclang.ir.types import Number, Type


def made(
    judged: Judged, kind: FindingClass, level: Level, right: str, zh: str, en: str, expression: str = ""
) -> Finding:
    """A finding about a statement, at the place of its figure."""
    one = judged.statement
    name = one.name if one.kind not in ("total", "grade") else {"total": "总分", "grade": "等次"}[one.kind]
    lead_zh = (name if "“" in name else f"“{name}”") + _what_zh(judged) + f"写作 {one.text}"
    lead_en = f"{_what_en(judged)}'{name}' is given as {one.text}"
    return Finding(
        kind, level, one.source, one.span, name, one.text, right, expression, f"{lead_zh}，{zh}", f"{lead_en}: {en}"
    )


def _what_zh(judged: Judged) -> str:
    return "的得分" if judged.statement.kind == "points" else ""


def _what_en(judged: Judged) -> str:
    return {"points": "the score of ", "value": "the value of "}.get(judged.statement.kind, "")


def points_text(points: Fraction) -> str:
    """Points for people, at most four decimals."""
    text = short_text(points)
    return fixed_text(points, 4).rstrip("0").rstrip(".") if "/" in text else text


def value_text(value: Fraction, kind: Type) -> str:
    """A value with its unit, exact where that is short."""
    if isinstance(kind, Number) and kind.style == "percent":
        return percent_text(value, 4)
    unit = kind.unit.name if isinstance(kind, Number) and kind.unit.dimensions else ""
    return f"{points_text(value)}{unit}"


def band_words(band: Band, name: str, kind: Type) -> tuple[str, str]:
    """Which values get the points: ``控制率大于 5%、不超过 10%``."""
    if band.low is not None and band.low == band.high:
        text = value_text(band.low, kind)
        return f"{name}为 {text}", f"{name} is {text}"
    zh, en = [], []
    if band.low is not None:
        text = value_text(band.low, kind)
        zh.append(f"{'不小于' if band.low_in else '大于'} {text}")
        en.append(f"{'at least' if band.low_in else 'above'} {text}")
    if band.high is not None:
        text = value_text(band.high, kind)
        zh.append(f"{'不超过' if band.high_in else '小于'} {text}")
        en.append(f"{'at most' if band.high_in else 'below'} {text}")
    return name + "、".join(zh), f"{name} is {' and '.join(en)}"


def not_checkable(judged: Judged) -> Finding:
    """Why a statement was not checked."""
    level: Level = "warning" if judged.mistyped else "note"
    zh, en = judged.why
    return made(judged, "not-checkable", level, "", f"无从核对：{zh}", f"cannot be checked: {en}")

"""Why an indicator lost points, in the words of the 扣分原因 column."""

from __future__ import annotations

from rubriclang.backends.outcome import IndicatorOutcome
from rubriclang.reports.score_table import points_text
from rubriclang.reports.wording import WORDS, Lang, in_print

_COMPARISONS = ("≤", "≥", "<", ">", "=", "≠")


def reason_text(indicator: IndicatorOutcome, value_name: str | None, lang: Lang) -> str:
    """What was deducted and why, or what else a reader must know (an item that does not apply); else empty.

    Args:
        indicator: the scored indicator.
        value_name: what the rubric calls the value that the rows are about.
        lang: the language of the words around those of the rubric.
    """
    zh = lang == "zh"
    remark = in_print(indicator.remark if zh else indicator.remark_en)
    band = in_print(indicator.band or "")
    if indicator.reason is not None:
        word = WORDS[lang][indicator.reason]
        return f"{word}（{band}）" if band and zh else f"{word} ({band})" if band else word
    if not indicator.deduction:
        if band and not band.startswith(_COMPARISONS) and _decided_apart(indicator):
            return band
        return "" if remark == band else remark
    clauses = [_measured(indicator, value_name, band, zh)]
    if remark and remark != band:
        clauses.append(remark)
    lost = points_text(indicator.deduction)
    clauses = [clause for clause in clauses if clause]
    body = ("：" if zh else ": ").join(clauses)
    if indicator.kind == "judged":
        tail = f"评定扣 {lost} 分" if zh else f"judged, {lost} deducted"
    elif f"扣 {lost} 分" in body.split("：")[-1] or f"deducts {lost}" in remark:
        tail = ""
    elif remark:
        tail = f"实扣 {lost} 分" if zh else f"{lost} deducted"
    else:
        tail = f"扣 {lost} 分" if zh else f"{lost} deducted"
    return ("；" if zh else "; ").join(part for part in (body, tail, *_evidence(indicator, zh)) if part)


def _measured(indicator: IndicatorOutcome, value_name: str | None, band: str, zh: bool) -> str:
    """``控制率 12.50% ≤ 20%``, or ``控制率 165.65%，每超过 1% 扣 1 分``."""
    shown = indicator.display or ""
    if band == shown:
        band = ""
    value = f"{value_name} {shown}" if shown and value_name else shown
    if not value or not band:
        return value or band
    if band.startswith(_COMPARISONS):
        return f"{value} {band}"
    return f"{value}，{band}" if zh else f"{value}, {band}"


def _decided_apart(indicator: IndicatorOutcome) -> bool:
    """Whether something else than the rows of the base decided (不适用, 否决)."""
    return any(step.applied for step in indicator.steps if step.stage in ("final", "vetoed", "capped"))


def _evidence(indicator: IndicatorOutcome, zh: bool) -> list[str]:
    if indicator.kind != "judged":
        return []
    return [f"{key}：{text}" if zh else f"{key}: {text}" for key, text in indicator.evidence]

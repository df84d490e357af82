"""How an indicator came to its points, in the sentence style of an official report."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from rubriclang.backends.outcome import IndicatorOutcome, Outcome
from rubriclang.ir.notation import number_text
from rubriclang.reports.score_table import points_text

Lang = Literal["zh", "en"]
_STAGES = {
    "base": ("基础得分", "base"),
    "adjusted": ("加减分", "adjusted"),
    "rounded": ("取位", "rounded"),
    "limited": ("封顶保底", "limited"),
    "capped": ("调整", "adjusted by rule"),
    "vetoed": ("否决", "vetoed"),
    "final": ("得分", "final"),
}
_REASONS = {
    "missing": ("缺少数据", "facts are missing"),
    "pending": ("还没有评定", "not judged yet"),
    "undefined": ("无法计算", "it cannot be computed"),
    "left out": ("不计入", "it is left out"),
}


def explain(
    outcome: Outcome, formulas: dict[str, tuple[str, str]], only: str | None = None, lang: Lang = "zh"
) -> Iterator[str]:
    """One paragraph an indicator, then its stages.

    Args:
        outcome: the scored unit.
        formulas: by indicator path joined with ``/``: the formula as written, and with figures in place of names.
        only: the title of one indicator; None explains all.
        lang: the language of the sentences.
    """
    for indicator in outcome.indicators:
        if only is not None and only not in (indicator.name, "/".join(indicator.path), ".".join(indicator.path)):
            continue
        yield from _paragraph(indicator, formulas.get("/".join(indicator.path)), lang)
    if only is None:
        yield _summary(outcome, lang)


def _paragraph(indicator: IndicatorOutcome, formula: tuple[str, str] | None, lang: Lang) -> Iterator[str]:
    zh = lang == "zh"
    points, most = points_text(indicator.points), points_text(indicator.max)
    head = f"{indicator.name}（{most} 分）" if zh else f"{indicator.name} ({most} points)"
    clauses: list[str] = []
    if formula is not None and indicator.display is not None:
        words, figures = formula
        value = indicator.display or ""
        clauses.append(f"{words} = {figures} = {value}" if figures != words else f"{words} = {value}")
    elif indicator.display is not None:
        clauses.append(indicator.display)
    if indicator.band is not None:
        clauses.append(f"适用“{indicator.band}”" if zh else f"rule '{indicator.band}'")
    remark = indicator.remark if zh else indicator.remark_en
    if remark and remark != indicator.band:
        clauses.append(remark)
    if indicator.kind == "judged" and indicator.reason is None:
        clauses.append("由人评定" if zh else "judged by a person")
    clauses += [f"{key}：{text}" if zh else f"{key}: {text}" for key, text in indicator.evidence]
    if indicator.reason is not None:
        why = _REASONS[indicator.reason][0 if zh else 1]
        clauses.append(f"{why}，没有得分" if zh else f"{why}, no points")
    elif indicator.label is not None:
        clauses.append(f"结果为{indicator.label}" if zh else f"the result is {indicator.label}")
    else:
        clauses.append(f"得 {points} 分" if zh else f"{points} points")
    yield head + ("：" if zh else ": ") + ("；" if zh else "; ").join(clauses) + ("。" if zh else ".")
    if isinstance(indicator.value, Fraction):
        yield f"    {'精确值' if zh else 'exact value'} {number_text(indicator.value)}"
    before: Fraction | None = None
    for i, step in enumerate(indicator.steps):
        if i > 0 and not step.applied and step.points == before:
            continue
        before = step.points
        name = _STAGES.get(step.stage, (step.stage, step.stage))[0 if zh else 1]
        applied = ("：" if zh else ": ") + "；".join(step.applied) if step.applied else ""
        yield f"    {name}{applied} → {points_text(step.points)}"


def _summary(outcome: Outcome, lang: Lang) -> str:
    zh = lang == "zh"
    parts = []
    for section in outcome.sections:
        if len(section.path) == 1:
            parts.append(
                f"{section.path[0]} {points_text(section.points)} 分"
                if zh
                else f"{section.path[0]} {points_text(section.points)}"
            )
    total = points_text(outcome.total)
    parts.append(f"总分 {total} 分" if zh else f"total {total}")
    text = ("，" if zh else ", ").join(parts)
    if outcome.grade:
        text += f"，等次“{outcome.grade}”" if zh else f", grade {outcome.grade}"
    return text + ("。" if zh else ".")

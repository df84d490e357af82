"""The columns of a score sheet: what they are called, how wide they are, and how a list of them is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import attrs

from rubriclang.diagnostics import Diagnostic
from rubriclang.diagnostics.suggest import closest
from rubriclang.reports import errors
from rubriclang.reports.wording import Lang

Kind = Literal["level", "text", "points"]
_NUMERALS = "一二三四五六七八九十"


@attrs.frozen
class Column:
    """One column; ``level`` counts the levels of the outline from 1, ``width`` is in half-width characters."""

    key: str
    title: str
    width: int
    align: Literal["left", "center", "right"] = "left"
    kind: Kind = "text"
    level: int = 0


# key, Chinese title, English title, width, alignment, kind
_KNOWN: tuple[tuple[str, str, str, int, Literal["left", "center", "right"], Kind], ...] = (
    ("indicator", "指标", "Indicator", 22, "left", "text"),
    ("standard", "评分标准", "Standard", 40, "left", "text"),
    ("max", "分值", "Max", 7, "center", "points"),
    ("points", "得分", "Points", 8, "center", "points"),
    ("remark", "扣分原因", "Remarks", 36, "left", "text"),
    ("lost", "扣分", "Lost", 7, "center", "points"),
    ("rate", "得分率", "Rate", 9, "center", "text"),
    ("value", "数值", "Value", 12, "center", "text"),
    ("band", "适用标准", "Rule applied", 22, "left", "text"),
    ("kind", "方式", "By", 8, "center", "text"),
    ("evidence", "依据", "Evidence", 24, "left", "text"),
    ("calculation", "计算过程", "Calculation", 46, "left", "text"),
)
_OFFICIAL = ("standard", "max", "points", "remark")


def level_title(level: int, depth: int, lang: Lang) -> str:
    """``二级指标``; an outline of one level just has ``指标``."""
    if lang == "en":
        return "Indicator" if depth == 1 else f"Level {level}"
    if depth == 1:
        return "指标"
    return f"{_NUMERALS[level - 1] if level <= len(_NUMERALS) else level}级指标"


def official_columns(depth: int, lang: Lang) -> tuple[Column, ...]:
    """The columns of the official table: one a level, then 评分标准, 分值, 得分, 扣分原因."""
    return (*_levels(depth, lang), *(_column(key, lang) for key in _OFFICIAL))


def chosen_columns(text: str, depth: int, lang: Lang) -> tuple[tuple[Column, ...], tuple[Diagnostic, ...]]:
    """The columns that a list of titles (separated by commas of either width) names, in its order.

    Chinese and English titles and the keys are understood; ``depth`` is how many levels the outline has.
    """
    known = _by_name(depth, lang)
    found: dict[str, Column] = {}
    wrong: list[Diagnostic] = []
    for name in (part.strip() for part in text.replace("，", ",").replace("、", ",").split(",")):
        if not name:
            continue
        column = known.get(name.casefold())
        if column is None:
            guess = closest(name, known)
            titles = dict.fromkeys(c.title for c in known.values())
            listed = "、".join([guess] if guess else titles)
            wrong.append(Diagnostic(errors.UNKNOWN_COLUMN, params={"name": name, "known": listed}))
        elif column.key in found:
            wrong.append(Diagnostic(errors.REPEATED_COLUMN, params={"name": name}))
        else:
            found[column.key] = column
    if not found and not wrong:
        listed = "、".join(dict.fromkeys(c.title for c in known.values()))
        wrong.append(Diagnostic(errors.UNKNOWN_COLUMN, params={"name": text, "known": listed}))
    return tuple(found.values()), tuple(wrong)


def _column(key: str, lang: Lang) -> Column:
    _, zh, en, width, align, kind = next(row for row in _KNOWN if row[0] == key)
    return Column(key, zh if lang == "zh" else en, width, align, kind)


def _levels(depth: int, lang: Lang) -> Iterator[Column]:
    width = {1: 26, 2: 18, 3: 15}.get(depth, 13)
    for level in range(1, depth + 1):
        own = width + 6 if level == depth and depth > 1 else width
        yield Column(f"level-{level}", level_title(level, depth, lang), own, "center", "level", level)


def _by_name(depth: int, lang: Lang) -> dict[str, Column]:
    known: dict[str, Column] = {}
    for key, zh, en, *_ in _KNOWN:
        column = _column(key, lang)
        known.update({name.casefold(): column for name in (zh, en, key)})
    for column in _levels(depth, lang):
        names = {column.key, column.title, level_title(column.level, 2, "zh"), level_title(column.level, 2, "en")}
        known.update({name.casefold(): column for name in names})
    return known

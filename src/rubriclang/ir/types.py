"""Types of expressions: numbers with units, truth values, labels, dates and texts."""

from __future__ import annotations

from typing import Literal

import attrs

from rubriclang.ir.units import PERCENT, PLAIN, POINTS, Unit

# How a pure number is shown: as it is, as a percentage, as points.
Style = Literal["plain", "percent", "points"]


@attrs.frozen
class Number:
    """A rational number in a unit.

    ``bare`` marks a number written without a unit, which may adapt to a count; ``difference`` marks
    百分点, which may be added to a rate and compared, but not multiplied; ``whole`` is known to be an integer.
    """

    unit: Unit = PLAIN
    style: Style = "plain"
    bare: bool = False
    whole: bool = False
    difference: bool = False


@attrs.frozen
class Truth:
    """True or false."""


@attrs.frozen
class Labels:
    """One of a closed list of labels; ``ordered`` lists go from best to worst."""

    options: tuple[str, ...]
    ordered: bool = False


@attrs.frozen
class Day:
    """A calendar date."""


@attrs.frozen
class Words:
    """Free text."""


@attrs.frozen
class ComparatorSign:
    """A comparison operator given as data."""


@attrs.frozen
class Many:
    """A list of values: what 列出 yields."""

    item: Type


Type = Many | Number | Truth | Labels | Day | Words | ComparatorSign

RATE = Number(PERCENT.__class__((), PLAIN.scale, "%"), "percent")
SCORE = Number(PLAIN, "points")
PLAIN_NUMBER = Number(PLAIN)
TRUTH = Truth()
POINTS_UNIT = POINTS


def describe(kind: Type, lang: Literal["zh", "en"] = "zh") -> str:
    """A type in words, for messages."""
    zh = lang == "zh"
    match kind:
        case Number(unit=unit, style=style):
            if unit.dimensions:
                return unit.name or ("带单位的数" if zh else "a quantity")
            if style == "percent":
                return "比率" if zh else "a rate"
            if style == "points":
                return "分数" if zh else "points"
            return "数" if zh else "a number"
        case Truth():
            return "是否" if zh else "yes/no"
        case Labels(options=options):
            return ("、" if zh else ", ").join(options[:6])
        case Day():
            return "日期" if zh else "a date"
        case Words():
            return "文字" if zh else "text"
        case ComparatorSign():
            return "比较号" if zh else "a comparison sign"
        case Many(item=item):
            return f"一列{describe(item)}" if zh else f"a list of {describe(item, 'en')}"

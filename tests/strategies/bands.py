"""Lists of bands: rows as a rubric writes them, with an independent reading of which row a value falls in."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hypothesis import strategies as st

from tests.strategies.numbers import MONEY, decimal_text, decimals

_AT_MOST = ("≤ ", "<= ", "≦ ", "《= ", "不超过 ", "小于等于 ", "不大于", "＜＝")
_BELOW = ("< ", "＜", "《 ", "小于 ")
_AT_LEAST = ("≥ ", ">= ", "≧ ", "》= ", "不低于 ", "大于等于 ", "不小于")
_ABOVE = ("> ", "＞", "》 ", "大于 ")
_ARROWS = (" -> ", " → ", " => ", "-》", "，计 ", "，得 ", " 得 ")


@dataclass(frozen=True)
class Measure:
    """What a band list is about: how its edges are written and how many of the fact's unit one of them is."""

    declared: str
    suffix: str
    factor: Fraction

    def edge_text(self, edge: Fraction) -> str:
        """An edge, given in the unit of the fact, as the rows write it."""
        return decimal_text(edge / self.factor) + self.suffix

    def fact_text(self, value: Fraction) -> str:
        """A value, given in the unit of the fact, as a fact file writes it."""
        return f"{decimal_text(value * 100)}%" if self.declared == "%" else decimal_text(value)


RATE = Measure("%", "%", Fraction(1, 100))
NUMBER = Measure("数", "", Fraction(1))
COUNT = Measure("次", "", Fraction(1))
MONEY_IN_YUAN = Measure("元", "万元", MONEY["万元"])
MONEY_IN_WAN = Measure("万元", "万元", Fraction(1))
MEASURES = (RATE, NUMBER, COUNT, MONEY_IN_YUAN, MONEY_IN_WAN)


@dataclass(frozen=True)
class Band:
    """One row: an interval, the text of its pattern and what it awards; an end of None is no end."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool
    high_open: bool
    pattern: str
    award: Fraction
    arrow: str = " -> "

    def holds(self, value: Fraction) -> bool:
        """Whether a value lies in the interval."""
        if self.low is not None and (value < self.low or (self.low_open and value == self.low)):
            return False
        return not (self.high is not None and (value > self.high or (self.high_open and value == self.high)))

    def text(self) -> str:
        """The row."""
        return f"{self.pattern}{self.arrow}{decimal_text(self.award)}"


@dataclass(frozen=True)
class BandList:
    """Rows in their order, and the award of 否则 (None where the rows cover every value)."""

    measure: Measure
    bands: tuple[Band, ...]
    otherwise: Fraction | None
    separator: str = "；"

    @property
    def full(self) -> Fraction:
        """The points of the indicator: the highest award."""
        awards = [band.award for band in self.bands]
        return max([*awards, self.otherwise] if self.otherwise is not None else awards)

    def text(self) -> str:
        """All rows."""
        rows = [band.text() for band in self.bands]
        if self.otherwise is not None:
            rows.append(f"否则 -> {decimal_text(self.otherwise)}")
        return self.separator.join(rows)

    def points(self, value: Fraction) -> Fraction:
        """What the first row that holds awards."""
        for band in self.bands:
            if band.holds(value):
                return band.award
        assert self.otherwise is not None, f"no row holds {value}"
        return self.otherwise

    def edges(self) -> list[Fraction]:
        """Every number at which the award may change."""
        ends = {end for band in self.bands for end in (band.low, band.high) if end is not None}
        return sorted(ends)


@st.composite
def band_lists(draw: st.DrawFn, measure: st.SearchStrategy[Measure] | None = None) -> BandList:
    """Band lists without gaps and without rows that can never apply; the highest award is above 0."""
    chosen = draw(st.sampled_from(MEASURES) if measure is None else measure)
    scale = decimals(-2, 200, 2) if chosen is RATE or chosen is NUMBER else decimals(0, 200, 2)
    edges = sorted(
        edge * chosen.factor for edge in draw(st.lists(scale, min_size=1, max_size=5, unique=True), label="edges")
    )
    awards = draw(st.lists(decimals(0, 10, 2), min_size=len(edges) + 2, max_size=len(edges) + 2), label="awards")
    if max(awards[: len(edges) + 1]) == 0:
        awards[0] = Fraction(5)
    build = draw(st.sampled_from([_ascending, _descending, _intervals, _points]), label="shape")
    bands, otherwise = build(draw, chosen, edges, awards)
    return BandList(chosen, tuple(bands), otherwise, draw(st.sampled_from(["；", ";", "\n", " ； "])))


def _upper(draw: st.DrawFn, measure: Measure, edge: Fraction, award: Fraction) -> Band:
    is_open = draw(st.booleans())
    words = draw(st.sampled_from(_BELOW if is_open else _AT_MOST))
    arrow = draw(st.sampled_from(_ARROWS))
    return Band(None, edge, False, is_open, words + measure.edge_text(edge), award, arrow)


def _lower(draw: st.DrawFn, measure: Measure, edge: Fraction, award: Fraction) -> Band:
    is_open = draw(st.booleans())
    words = draw(st.sampled_from(_ABOVE if is_open else _AT_LEAST))
    arrow = draw(st.sampled_from(_ARROWS))
    return Band(edge, None, is_open, False, words + measure.edge_text(edge), award, arrow)


def _ascending(
    draw: st.DrawFn, measure: Measure, edges: list[Fraction], awards: list[Fraction]
) -> tuple[list[Band], Fraction | None]:
    """≤ 5%, ≤ 10%, …, 否则."""
    bands = [_upper(draw, measure, edge, award) for edge, award in zip(edges, awards, strict=False)]
    return bands, awards[len(edges)]


def _descending(
    draw: st.DrawFn, measure: Measure, edges: list[Fraction], awards: list[Fraction]
) -> tuple[list[Band], Fraction | None]:
    """≥ 90%, ≥ 80%, …, 否则."""
    bands = [_lower(draw, measure, edge, award) for edge, award in zip(reversed(edges), awards, strict=False)]
    return bands, awards[len(edges)]


def _intervals(
    draw: st.DrawFn, measure: Measure, edges: list[Fraction], awards: list[Fraction]
) -> tuple[list[Band], Fraction | None]:
    """Intervals that touch and never overlap, in any order; each edge belongs to exactly one side."""
    below = [draw(st.booleans()) for _ in edges]  # whether the edge belongs to the interval below it
    bands = []
    for at in range(len(edges) + 1):
        low = edges[at - 1] if at else None
        high = edges[at] if at < len(edges) else None
        low_open = at > 0 and below[at - 1]
        high_open = at < len(edges) and not below[at]
        bands.append(_interval(draw, measure, low, high, low_open, high_open, awards[at]))
    return list(draw(st.permutations(bands))), None


def _interval(
    draw: st.DrawFn,
    measure: Measure,
    low: Fraction | None,
    high: Fraction | None,
    low_open: bool,
    high_open: bool,
    award: Fraction,
) -> Band:
    parts = []
    if low is not None:
        parts.append(draw(st.sampled_from(_ABOVE if low_open else _AT_LEAST)) + measure.edge_text(low))
    if high is not None:
        parts.append(draw(st.sampled_from(_BELOW if high_open else _AT_MOST)) + measure.edge_text(high))
    pattern = draw(st.sampled_from([" 且 ", " and "])).join(parts)
    # A row may not begin with a minus sign, which opens the item of a block.
    if low is not None and low >= 0 and high is not None and draw(st.booleans()):
        ends = ("（不含）" if low_open else "（含）", "（不含）" if high_open else "（含）")
        between = draw(st.sampled_from(["~", "至", "～", " 到 "]))
        pattern = f"{measure.edge_text(low)}{ends[0]}{between}{measure.edge_text(high)}{ends[1]}"
    return Band(low, high, low_open, high_open, pattern, award, draw(st.sampled_from(_ARROWS)))


def _points(
    draw: st.DrawFn, measure: Measure, edges: list[Fraction], awards: list[Fraction]
) -> tuple[list[Band], Fraction | None]:
    """= 0 and the like, before a last band."""
    bands = []
    for edge, award in zip(edges, awards, strict=False):
        sign = draw(st.sampled_from(["= ", "＝", "等于 "]))
        arrow = draw(st.sampled_from(_ARROWS))
        bands.append(Band(edge, edge, False, False, sign + measure.edge_text(edge), award, arrow))
    last = _lower(draw, measure, edges[-1], awards[len(edges)])
    return [*bands, last], awards[len(edges) + 1]

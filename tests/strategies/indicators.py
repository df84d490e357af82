"""Ways to come to a score, each with an independent model of what it is worth.

Each class draws its own facts, writes its own lines and works out its score in Fractions; a score that does not exist
is one of the words ``missing`` and ``pending``. Facts are not shared between indicators, except one flag that several
may ask about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from hypothesis import strategies as st

from tests.strategies.bands import RATE, BandList, band_lists
from tests.strategies.names import is_plain, written
from tests.strategies.numbers import around, decimal_text, decimals, percent_text, rationals
from tests.strategies.steps import MODES, Mode, steps_in

FactValue = Fraction | bool | str
Facts = dict[str, FactValue]
Score = Fraction | Literal["missing", "pending"]
FLAG = "有此事项"
_ZERO = Fraction(0)


@dataclass(frozen=True)
class Declared:
    """A fact: its name and what follows it in its declaration."""

    name: str
    type: str

    def line(self) -> str:
        """The declaration."""
        return f"- {written(self.name)}：{self.type}"

    def handed(self, value: FactValue) -> FactValue:
        """The value as a caller hands it in: a rate with its percent sign."""
        return percent_text(value) if self.type.startswith("%") and isinstance(value, Fraction) else value


@dataclass(frozen=True)
class Indicator:
    """What all indicators have; ``blocks`` are groups of lines whose order among each other does not matter."""

    title: str
    full: Fraction

    def facts(self) -> tuple[Declared, ...]:
        """The facts it uses."""
        return ()

    def blocks(self) -> list[list[str]]:
        """Its lines; within a block the order counts."""
        raise NotImplementedError

    def draw_facts(self, draw: st.DrawFn) -> Facts:
        """Values for its facts, many of them at an edge."""
        return {}

    def draw_judged(self, draw: st.DrawFn) -> Fraction | None:
        """Points that a person may give; None where nobody is asked."""
        return None

    def score(self, facts: Mapping[str, FactValue], judged: Fraction | None) -> Score:
        """What it is worth."""
        raise NotImplementedError

    def reach(self, facts: Mapping[str, FactValue], judged: Fraction | None) -> tuple[Fraction, Fraction]:
        """Bounds for what it can still become: 0 to full marks while facts are missing, exact where it is pending."""
        score = self.score(facts, judged)
        return (score, score) if isinstance(score, Fraction) else (_ZERO, self.full)

    def is_judged(self, facts: Mapping[str, FactValue]) -> bool:
        """Whether its points, for these facts, count as judged."""
        return False

    def lowest(self) -> Fraction:
        """A score it can have that is as low as any."""
        return _ZERO

    def _given(self, facts: Mapping[str, FactValue]) -> bool:
        return all(fact.name in facts for fact in self.facts())


def _tried(bands: BandList) -> list[Fraction]:
    """A value of every kind that the rows tell apart: the edges, 0, and one between and beyond them."""
    edges = sorted({_ZERO, *bands.edges()})
    return [edges[0] - 1, *edges, *((a + b) / 2 for a, b in pairwise(edges)), edges[-1] + 1]


def _number(facts: Mapping[str, FactValue], name: str) -> Fraction:
    value = facts[name]
    assert isinstance(value, Fraction)
    return value


@dataclass(frozen=True)
class RatioBands(Indicator):
    """Bands about a quotient, the formula in the indicator."""

    above: str
    below: str
    ratio: str
    bands: BandList

    def facts(self) -> tuple[Declared, ...]:
        return Declared(self.above, "万元，≥ 0"), Declared(self.below, "万元，> 0")

    def blocks(self) -> list[list[str]]:
        formula = f"{written(self.ratio)} = {written(self.above)} / {written(self.below)}"
        return [[formula, *self.bands.text().split("\n")], [f"旁注 = {written(self.above)} × 2"]]

    def draw_facts(self, draw: st.DrawFn) -> Facts:
        edges = [value for edge in self.bands.edges() for value in around(edge) if value >= 0]
        ratio = draw(rationals(0, 2) | st.sampled_from(edges)) if edges else draw(rationals(0, 2))
        below = draw(decimals(1, 1000, 2))
        return {self.above: ratio * below, self.below: below}

    def lowest(self) -> Fraction:
        return min(self.bands.points(value) for value in _tried(self.bands) if value >= 0)

    def score(self, facts: Mapping[str, FactValue], judged: Fraction | None) -> Score:
        if not self._given(facts):
            return "missing"
        return self.bands.points(_number(facts, self.above) / _number(facts, self.below))


@dataclass(frozen=True)
class FactBands(Indicator):
    """Bands about a rate, which may be missing where a row says what then."""

    rate: str
    bands: BandList
    when_missing: Fraction | None

    def facts(self) -> tuple[Declared, ...]:
        return (Declared(self.rate, "%" if self.when_missing is None else "%，可缺"),)

    def blocks(self) -> list[list[str]]:
        rows = [f"{written(self.rate)}：", *self.bands.text().split("\n")]
        if self.when_missing is not None:
            rows.insert(1, f"缺失 -> {decimal_text(self.when_missing)}")
        return [rows]

    def draw_facts(self, draw: st.DrawFn) -> Facts:
        edges = [value for edge in self.bands.edges() for value in around(edge)]
        return {self.rate: draw(st.sampled_from(edges) | decimals(-1, 3, 4))}

    def lowest(self) -> Fraction:
        return min(self.bands.points(value) for value in _tried(self.bands))

    def score(self, facts: Mapping[str, FactValue], judged: Fraction | None) -> Score:
        if self.rate in facts:
            return self.bands.points(_number(facts, self.rate))
        return "missing" if self.when_missing is None else self.when_missing


@dataclass(frozen=True)
class Stepped(Indicator):
    """Full marks up to an edge, then so much less for each step."""

    rate: str
    edge: Fraction
    width: Fraction
    each: Fraction
    mode: Mode

    def facts(self) -> tuple[Declared, ...]:
        return (Declared(self.rate, "%"),)

    def blocks(self) -> list[list[str]]:
        step = f"每超过 {percent_text(self.width)} 扣 {decimal_text(self.each)} 分（{self.mode}）"
        return [[f"{written(self.rate)}：≤ {percent_text(self.edge)} -> 满分", step], ["扣完为止"]]

    def draw_facts(self, draw: st.DrawFn) -> Facts:
        places = [value for n in range(4) for value in around(self.edge + n * self.width)]
        return {self.rate: draw(st.sampled_from(places) | decimals(-1, 3, 4))}

    def score(self, facts: Mapping[str, FactValue], judged: Fraction | None) -> Score:
        if not self._given(facts):
            return "missing"
        past = max(_number(facts, self.rate) - self.edge, _ZERO)
        return max(self.full - self.each * steps_in(past, self.width, self.mode), _ZERO)


@dataclass(frozen=True)
class Counted(Indicator):
    """So much off for every so many cases, and so much more where something holds."""

    count: str
    per: int
    each: Fraction
    mode: Mode
    extra: Fraction

    def facts(self) -> tuple[Declared, ...]:
        return Declared(self.count, "次，整数，≥ 0"), Declared(FLAG, "是否")

    def blocks(self) -> list[list[str]]:
        rule = f"{written(self.count)}：每 {self.per} 次 扣 {decimal_text(self.each)} 分（{self.mode}）"
        return [[rule], [f"若 {FLAG}，扣 {decimal_text(self.extra)} 分"], ["扣完为止"]]

    def draw_facts(self, draw: st.DrawFn) -> Facts:
        return {self.count: Fraction(draw(st.integers(0, 12)))}

    def score(self, facts: Mapping[str, FactValue], judged: Fraction | None) -> Score:
        if not self._given(facts):
            return "missing"
        lost = self.each * steps_in(_number(facts, self.count), Fraction(self.per), self.mode)
        return max(self.full - lost - (self.extra if facts[FLAG] else 0), _ZERO)


@dataclass(frozen=True)
class Share(Indicator):
    """Full marks times a quotient, no more than full marks; the denominator is a formula of the section around it."""

    above: str
    below: str
    other: str

    def facts(self) -> tuple[Declared, ...]:
        return Declared(self.above, "元，≥ 0"), Declared(self.below, "万元，> 0"), Declared(self.other, "万元，≥ 0")

    def section_lines(self) -> list[str]:
        """Formulas that stand in the section."""
        return [f"{written(self.title + '基数')} = {written(self.below)} + {written(self.other)}"]

    def blocks(self) -> list[list[str]]:
        return [[f"得分 = 满分 × {written(self.above)} / {written(self.title + '基数')}，满分为止"]]

    def draw_facts(self, draw: st.DrawFn) -> Facts:
        below, other = draw(decimals(1, 100, 2)), draw(decimals(0, 100, 2))
        share = draw(rationals(0, 2) | st.just(Fraction(1)))
        return {self.above: share * (below + other) * 10_000, self.below: below, self.other: other}

    def score(self, facts: Mapping[str, FactValue], judged: Fraction | None) -> Score:
        if not self._given(facts):
            return "missing"
        base = (_number(facts, self.below) + _number(facts, self.other)) * 10_000
        return min(self.full * _number(facts, self.above) / base, self.full)


@dataclass(frozen=True)
class Labelled(Indicator):
    """Points for one of several words."""

    label: str
    options: tuple[str, ...]
    awards: tuple[Fraction, ...]

    def facts(self) -> tuple[Declared, ...]:
        return (Declared(self.label, "、".join(self.options)),)

    def blocks(self) -> list[list[str]]:
        rows = [f"{o} -> {decimal_text(a)}" for o, a in zip(self.options, self.awards, strict=True)]
        return [[f"{written(self.label)}：{'；'.join(rows)}"]]

    def draw_facts(self, draw: st.DrawFn) -> Facts:
        return {self.label: draw(st.sampled_from(self.options))}

    def lowest(self) -> Fraction:
        return min(self.awards)

    def score(self, facts: Mapping[str, FactValue], judged: Fraction | None) -> Score:
        if not self._given(facts):
            return "missing"
        return self.awards[self.options.index(str(facts[self.label]))]


@dataclass(frozen=True)
class Checklist(Indicator):
    """Items that a person ticks, and one that the shared flag decides where ``decided`` is more than 0."""

    ticks: tuple[Fraction, ...]
    decided: Fraction

    def facts(self) -> tuple[Declared, ...]:
        return (Declared(FLAG, "是否"),) if self.decided else ()

    def blocks(self) -> list[list[str]]:
        items = [f"- {decimal_text(points)}分 第{i}条" for i, points in enumerate(self.ticks)]
        if self.decided:
            items.insert(1, f"- {decimal_text(self.decided)}分 由数据定：{FLAG}")
        return [["清单：", *items]]

    def draw_judged(self, draw: st.DrawFn) -> Fraction | None:
        return sum((points for points in self.ticks if draw(st.booleans())), _ZERO)

    def is_judged(self, facts: Mapping[str, FactValue]) -> bool:
        return True

    def score(self, facts: Mapping[str, FactValue], judged: Fraction | None) -> Score:
        if not self._given(facts):
            return "missing"
        if judged is None:
            return "pending"
        return judged + (self.decided if self.decided and facts[FLAG] else 0)

    def reach(self, facts: Mapping[str, FactValue], judged: Fraction | None) -> tuple[Fraction, Fraction]:
        if self._given(facts) and judged is None:
            sure = self.decided if self.decided and facts[FLAG] else _ZERO
            return sure, sure + sum(self.ticks)
        return super().reach(facts, judged)


@dataclass(frozen=True)
class Judged(Indicator):
    """Points that a person gives, from ``low`` to full marks."""

    low: Fraction

    def blocks(self) -> list[list[str]]:
        return [["人工评定" if self.low == 0 else f"人工评定：{decimal_text(self.low)} 至 {decimal_text(self.full)}"]]

    def draw_judged(self, draw: st.DrawFn) -> Fraction | None:
        return self.low + (self.full - self.low) * draw(rationals(0, 1))

    def is_judged(self, facts: Mapping[str, FactValue]) -> bool:
        return True

    def lowest(self) -> Fraction:
        return self.low

    def score(self, facts: Mapping[str, FactValue], judged: Fraction | None) -> Score:
        return "pending" if judged is None else judged

    def reach(self, facts: Mapping[str, FactValue], judged: Fraction | None) -> tuple[Fraction, Fraction]:
        return (self.low, self.full) if judged is None else (judged, judged)


@dataclass(frozen=True)
class NotApplicable(Indicator):
    """Any other indicator, with fixed points where the shared flag is no; then nothing else is looked at."""

    inner: Indicator
    instead: Fraction

    def facts(self) -> tuple[Declared, ...]:
        own = self.inner.facts()
        flag = Declared(FLAG, "是否")
        return own if flag in own else (*own, flag)

    def blocks(self) -> list[list[str]]:
        award = "满分" if self.instead == self.full else decimal_text(self.instead)
        return [[f"不适用：非 {FLAG} -> {award}"], *self.inner.blocks()]

    def draw_facts(self, draw: st.DrawFn) -> Facts:
        return self.inner.draw_facts(draw)

    def draw_judged(self, draw: st.DrawFn) -> Fraction | None:
        return self.inner.draw_judged(draw)

    def lowest(self) -> Fraction:
        return min(self.instead, self.inner.lowest())

    def is_judged(self, facts: Mapping[str, FactValue]) -> bool:
        return facts[FLAG] is True and self.inner.is_judged(facts)

    def score(self, facts: Mapping[str, FactValue], judged: Fraction | None) -> Score:
        if FLAG not in facts:
            return "missing"
        return self.inner.score(facts, judged) if facts[FLAG] else self.instead

    def reach(self, facts: Mapping[str, FactValue], judged: Fraction | None) -> tuple[Fraction, Fraction]:
        if facts.get(FLAG) is True:
            return self.inner.reach(facts, judged)
        return super().reach(facts, judged)


# ---- drawing one


def _rows(draw: st.DrawFn) -> BandList:
    return replace(draw(band_lists(st.just(RATE))), separator="\n")


def _ratio_bands(draw: st.DrawFn, title: str, names: list[str]) -> Indicator:
    bands = _rows(draw)
    # A quotient of amounts is never negative: a row below 0 would be dead, full marks below 0 out of reach.
    kept = tuple(b for b in bands.bands if b.high is None or b.high > 0 or (b.high == 0 and not b.high_open))
    if not kept:
        return _labelled(draw, title, names)
    bands = replace(bands, bands=kept)
    best = max(bands.points(value) for value in _tried(bands) if value >= 0)
    if any(edge < 0 for edge in bands.edges()) or best < max(bands.full, Fraction(1)):
        return _labelled(draw, title, names)
    return RatioBands(title, bands.full, names[0], names[1], names[2], bands)


def _fact_bands(draw: st.DrawFn, title: str, names: list[str]) -> Indicator:
    bands = _rows(draw)
    return FactBands(title, bands.full, names[0], bands, draw(st.none() | st.sampled_from([_ZERO, bands.full])))


def _stepped(draw: st.DrawFn, title: str, names: list[str]) -> Indicator:
    edge, width = draw(decimals(0, 150, 1)) / 100, draw(decimals(1, 9, 1)) / 100
    return Stepped(title, _full(draw), names[0], edge, width, _amount(draw), draw(st.sampled_from(MODES)))


def _counted(draw: st.DrawFn, title: str, names: list[str]) -> Indicator:
    per, mode = draw(st.integers(1, 3)), draw(st.sampled_from(MODES))
    return Counted(title, _full(draw), names[0], per, _amount(draw), mode, _amount(draw))


def _share(draw: st.DrawFn, title: str, names: list[str]) -> Indicator:
    return Share(title, _full(draw), names[0], names[1], names[2])


def _labelled(draw: st.DrawFn, title: str, names: list[str]) -> Indicator:
    options = ("一等", "二等", "甲级", "未评")[: draw(st.integers(2, 4))]
    awards = [draw(decimals(0, 9, 1)) for _ in options]
    awards[draw(st.integers(0, len(options) - 1))] = Fraction(9)
    return Labelled(title, Fraction(9), names[0], options, tuple(awards))


def _checklist(draw: st.DrawFn, title: str, names: list[str]) -> Indicator:
    ticks = tuple(draw(st.lists(_amounts(), min_size=1, max_size=3)))
    decided = draw(st.just(_ZERO) | _amounts())
    return Checklist(title, sum(ticks) + decided, ticks, decided)


def _judged(draw: st.DrawFn, title: str, names: list[str]) -> Indicator:
    full = _full(draw)
    return Judged(title, full, draw(st.sampled_from([_ZERO, full / 2])))


def _amounts() -> st.SearchStrategy[Fraction]:
    return st.integers(1, 30).map(lambda n: Fraction(n, 10))


def _amount(draw: st.DrawFn) -> Fraction:
    return draw(_amounts())


def _full(draw: st.DrawFn) -> Fraction:
    return draw(st.integers(1, 40).map(lambda n: Fraction(n, 2)))


# Three words for each indicator; some need brackets, some begin with a keyword. Titles may repeat a fact's name.
_WORDS = (
    "年初预算",
    "“三公经费”支出",
    "非税收入",
    "或有负债",
    "2019年支出",
    "每月结余",
    "公用（不含专项）",
    "计划数",
    "GDP 增速",
)

_KINDS: tuple[Callable[[st.DrawFn, str, list[str]], Indicator], ...] = (
    _ratio_bands,
    _fact_bands,
    _stepped,
    _counted,
    _share,
    _labelled,
    _checklist,
    _judged,
)


def indicator(draw: st.DrawFn, at: int) -> Indicator:
    """The indicator at a place of the rubric, of any kind; the place tells its names apart from all others."""
    mark = "甲乙丙丁戊己庚辛壬"[at]
    names = [f"{word}{mark}" for word in _WORDS[at % 3 :: 3]]
    title = names[0] if at % 2 and is_plain(names[0]) else f"指标{mark}"
    part = draw(st.sampled_from(_KINDS))(draw, title, names)
    if draw(st.integers(0, 3)) == 0:
        return NotApplicable(part.title, part.full, part, draw(st.sampled_from([_ZERO, part.full])))
    return part

"""Whole small rubrics as text, with an independent model of what every indicator is worth for any facts."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from hypothesis import strategies as st

from tests.strategies.indicators import (
    FLAG,
    Declared,
    Facts,
    FactValue,
    Indicator,
    NotApplicable,
    Score,
    Share,
    indicator,
)
from tests.strategies.numbers import decimal_text

_ZERO = Fraction(0)
_T = TypeVar("_T")


@dataclass(frozen=True)
class Section:
    """A title and its indicators."""

    title: str
    parts: tuple[Indicator, ...]

    @property
    def full(self) -> Fraction:
        """The sum of the maxima."""
        return sum((part.full for part in self.parts), _ZERO)


@dataclass(frozen=True)
class SmallRubric:
    """A rubric of a few sections, and where its grades begin."""

    sections: tuple[Section, ...]
    grades: tuple[Fraction, ...]

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators, in the order of the text."""
        return tuple(part for section in self.sections for part in section.parts)

    @property
    def full(self) -> Fraction:
        """The points of the whole."""
        return sum((section.full for section in self.sections), _ZERO)

    @property
    def declared(self) -> tuple[Declared, ...]:
        """All facts, each once."""
        return tuple(dict.fromkeys(fact for part in self.indicators for fact in part.facts()))

    def handed(self, facts: Mapping[str, FactValue]) -> dict[str, FactValue]:
        """The facts as a caller hands them in."""
        by_name = {fact.name: fact for fact in self.declared}
        return {name: by_name[name].handed(value) for name, value in facts.items()}

    def text(self, shuffle: random.Random | None = None) -> str:
        """The rubric; with ``shuffle`` everything whose order has no meaning comes in another order."""
        out = [f"# 标准（{decimal_text(self.full)}分）"]
        facts = ["数据：", *_mixed([fact.line() for fact in self.declared], shuffle)] if self.declared else []
        grades = self._grade_line()
        late = shuffle is not None and shuffle.random() < 0.5
        out += facts if not late else []
        for section in self.sections:
            out.append(f"## {section.title}（{decimal_text(section.full)}分）")
            formulas = [line for part in section.parts for line in _section_lines(part)]
            out += _mixed([*formulas, "说明：各项如下；见附件"], shuffle)
            for part in _mixed(section.parts, shuffle):
                out.append(f"### {part.title}（{decimal_text(part.full)}分）")
                out += [line for block in _mixed(part.blocks(), shuffle) for line in block]
        out += ["# 结果", grades]
        out += facts if late else []
        return "\n".join(out) + "\n"

    def _grade_line(self) -> str:
        rows = [f"≥ {decimal_text(edge)} -> {label}" for edge, label in zip(self.grades, "优良中", strict=False)]
        return "等次：" + "；".join([*rows, "否则 -> 差"])

    def grade(self, total: Fraction) -> str:
        """The grade of a total."""
        return next((g for edge, g in zip(self.grades, "优良中", strict=False) if total >= edge), "差")


def _mixed(items: Sequence[_T], shuffle: random.Random | None) -> list[_T]:
    mixed = list(items)
    if shuffle is not None:
        shuffle.shuffle(mixed)
    return mixed


def _section_lines(part: Indicator) -> list[str]:
    inner = part.inner if isinstance(part, NotApplicable) else part
    return inner.section_lines() if isinstance(inner, Share) else []


@st.composite
def small_rubrics(draw: st.DrawFn) -> SmallRubric:
    """Rubrics that the checker finds nothing wrong with."""
    shape = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3), label="indicators of each section")
    sections: list[Section] = []
    at = 0
    for number in shape:
        parts = [indicator(draw, at + place) for place in range(number)]
        at += number
        sections.append(Section("投入 过程 产出".split()[len(sections)], tuple(parts)))
    whole = SmallRubric(tuple(sections), ())
    shares = sorted(draw(st.lists(st.integers(1, 9), min_size=1, max_size=3, unique=True)), reverse=True)
    low = sum((part.lowest() for part in whole.indicators), _ZERO)  # a grade that begins no higher would hide the rest
    edges = [_rounded(low + (whole.full - low) * share / 10) for share in shares]
    return replace(whole, grades=tuple(dict.fromkeys(edges)))


def _rounded(edge: Fraction) -> Fraction:
    """Upwards to a finite decimal."""
    return Fraction(-((-edge * 10**6) // 1), 10**6)


@dataclass(frozen=True)
class Scored:
    """A rubric with facts and judged points for every indicator."""

    rubric: SmallRubric
    facts: Facts
    judged: dict[str, Fraction]

    def score(self, part: Indicator, without: frozenset[str] = frozenset()) -> Score:
        """The score of an indicator, where some facts or judgements are not given."""
        facts = {name: value for name, value in self.facts.items() if name not in without}
        return part.score(facts, None if part.title in without else self.judged.get(part.title))

    def reach(self, part: Indicator, without: frozenset[str]) -> tuple[Fraction, Fraction]:
        """The least and the most an indicator can still become."""
        facts = {name: value for name, value in self.facts.items() if name not in without}
        return part.reach(facts, None if part.title in without else self.judged.get(part.title))


@st.composite
def scored_rubrics(draw: st.DrawFn) -> Scored:
    """A small rubric and everything it needs to be scored."""
    rubric = draw(small_rubrics())
    facts: Facts = {}
    judged: dict[str, Fraction] = {}
    for part in rubric.indicators:
        facts |= part.draw_facts(draw)
        points = part.draw_judged(draw)
        if points is not None:
            judged[part.title] = points
    if any(fact.name == FLAG for fact in rubric.declared):
        facts[FLAG] = draw(st.booleans())
    return Scored(rubric, facts, judged)

"""The numbers that lines of a rubric hold, by what they do there."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import attrs

from rubriclang.linter.numerals import numerals
from rubriclang.semantics.scope import parts_of
from rubriclang.syntax import nodes as n

_RATES = ("%", "百分点", "个百分点", "percent")
_NOTHING: frozenset[Fraction] = frozenset()


@attrs.frozen
class Written:
    """``rates`` were written with a percent sign (5% is 0.05); ``awards`` are points; ``edges`` are all other numbers.

    A number of a formula may be either, and is in both; ``factors`` are those of formulas, 80% being 0.8.
    """

    rates: frozenset[Fraction] = _NOTHING
    edges: frozenset[Fraction] = _NOTHING
    awards: frozenset[Fraction] = _NOTHING
    factors: frozenset[Fraction] = _NOTHING

    def __or__(self, other: Written) -> Written:
        return Written(
            self.rates | other.rates,
            self.edges | other.edges,
            self.awards | other.awards,
            self.factors | other.factors,
        )

    @property
    def all(self) -> frozenset[Fraction]:
        """Every number, whatever it does."""
        return self.rates | self.edges | self.awards


def written(items: Iterable[Any]) -> Written:
    """The numbers in pieces of a syntax tree; quoted texts hold none, but the items of a checklist do."""
    rates: set[Fraction] = set()
    edges: set[Fraction] = set()
    awards: set[Fraction] = set()
    factors: set[Fraction] = set()
    stack: list[tuple[Any, str]] = [(item, "both") for item in items]
    while stack:
        item, role = stack.pop()
        match item:
            case n.TextLine() | n.Test():
                continue
            case n.Number(value=value, unit=unit):
                if unit in _RATES:
                    rates.add(value / 100)
                pure = value / 100 if unit in _RATES else value
                if role != "award":
                    edges.add(pure)
                if role == "both":
                    factors.add(pure)
                if role != "edge" and unit not in _RATES:
                    awards.add(value)
            case n.Tally(text=text, points=points, value=value, limits=limits):
                awards.add(points)
                edges |= {numeral.value for numeral in numerals(text)}
                stack += [(value, "edge"), (limits, "award")]
            case n.Step(size=size, amount=amount, limits=limits, edge=edge):
                stack += [(size, "edge"), (amount, "award"), (limits, "award"), (edge, "edge")]
            case n.Adjustment(condition=condition, amount=amount, limits=limits):
                stack += [(condition, "edge"), (amount, "award"), (limits, "award")]
            case n.Row(pattern=pattern, award=award, limits=limits):
                # Points by formula (满分 × 80%) hold shares as well.
                plain = isinstance(award, n.PointsAward) and isinstance(award.value, n.Number)
                stack += [(pattern, "edge"), (award, "award" if plain else "both"), (limits, "award")]
            case n.JudgedRange(low=low, high=high):
                stack += [(low, "award"), (high, "award")]
            case n.HeadingAttribute(value=value) | n.Limit(amount=value):
                stack.append((value, "award"))
            case tuple():
                stack += [(part, role) for part in item]
            case _:
                stack += [(getattr(item, name), role) for name in parts_of(type(item))]
    return Written(frozenset(rates), frozenset(edges), frozenset(awards), frozenset(factors))

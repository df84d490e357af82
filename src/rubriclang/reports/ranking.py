"""The order of several units by their totals."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import attrs

from rubriclang.backends.outcome import Outcome
from rubriclang.reports.wording import WORDS, Lang, clean


@attrs.frozen
class Place:
    """A unit's place: ``rank`` is None while it has no total; ``at`` is where it stands among the outcomes."""

    rank: int | None
    name: str
    at: int
    outcome: Outcome


def ranking(outcomes: Sequence[Outcome], lang: Lang) -> list[Place]:
    """Units from the highest total down; equal totals share a rank (1, 2, 2, 4), units without one stand last.

    Units of equal rank keep the order they came in.
    """
    order = sorted(range(len(outcomes)), key=lambda i: _descending(outcomes[i].total))
    places: list[Place] = []
    for number, at in enumerate(order, 1):
        outcome = outcomes[at]
        rank: int | None = None if outcome.total is None else number
        if places and rank is not None and places[-1].outcome.total == outcome.total:
            rank = places[-1].rank
        places.append(Place(rank, unit_name(outcome, at, lang), at, outcome))
    return places


def unit_name(outcome: Outcome, at: int, lang: Lang) -> str:
    """What a unit is called; one without a name is counted."""
    return clean(outcome.unit).strip() if outcome.unit else WORDS[lang]["unnamed"].format(number=at + 1)


def _descending(total: Fraction | None) -> tuple[bool, Fraction]:
    return (True, Fraction(0)) if total is None else (False, -total)

"""The order of several units by their totals."""

from __future__ import annotations

from collections import Counter
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


def ranks(outcomes: Sequence[Outcome]) -> list[int | None]:
    """The place of each unit by its total, in the order given: 1, 2, 2, 4; None for a unit that has no total."""
    totals = Counter(outcome.total for outcome in outcomes if outcome.total is not None)
    places: dict[Fraction, int] = {}
    ahead = 0
    for total in sorted(totals, reverse=True):
        places[total] = ahead + 1
        ahead += totals[total]
    return [None if outcome.total is None else places[outcome.total] for outcome in outcomes]


def ranking(outcomes: Sequence[Outcome], lang: Lang) -> list[Place]:
    """Units from the highest total down; equal totals share a rank (1, 2, 2, 4), units without one stand last.

    Units of equal rank keep the order they came in.
    """
    found = ranks(outcomes)
    order = sorted(range(len(outcomes)), key=lambda at: (found[at] is None, found[at] or 0, at))
    return [Place(found[at], unit_name(outcomes[at], at, lang), at, outcomes[at]) for at in order]


def unit_name(outcome: Outcome, at: int, lang: Lang) -> str:
    """What a unit is called; one without a name is counted."""
    return clean(outcome.unit).strip() if outcome.unit else WORDS[lang]["unnamed"].format(number=at + 1)

"""How a report rounds: read off the figures where rounding and truncating differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import attrs

from rubriclang.audit.verdicts import Verdict


@attrs.frozen
class Habit:
    """The usual way of a report.

    ``mode`` is ``half up`` or ``down``; ``seen`` and ``against`` count the figures that show it and those that
    break it; ``decimals`` are those most rates are printed with.
    """

    mode: str
    seen: int
    against: int
    decimals: int | None

    @property
    def known(self) -> bool:
        """Whether any figure shows it."""
        return self.seen > 0


def habit(verdicts: Iterable[Verdict]) -> Habit:
    """The habit that most telling figures show; half up where they are even."""
    verdicts = tuple(verdicts)
    telling = [v for v in verdicts if v.telling and v.claim.printed.rate]
    rounded = sum("half up" in v.modes for v in telling)
    cut = len(telling) - rounded
    digits = Counter(v.claim.printed.decimals for v in verdicts if v.claim.printed.rate)
    usual = max(digits, key=lambda d: (digits[d], d)) if digits else None
    if cut > rounded:
        return Habit("down", cut, rounded, usual)
    return Habit("half up", rounded, cut, usual)

"""What an expression can come to: a value, or one of four reasons why there is none.

Numbers are exact rationals. A reason travels through arithmetic together with its causes, so that the
place where a value is missing can be named far from where it began.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any, Literal

import attrs

from rubriclang.ir.reals import Real
from rubriclang.source import Span

ReasonKind = Literal["missing", "left out", "undefined", "pending"]
CauseKind = Literal[
    "fact missing",  # a required or optional fact was not given
    "fact unusable",  # it was given, but wrong in type, unit or range
    "not needed",  # an only-if fact whose condition does not hold
    "empty collection",  # the mean or maximum of nothing
    "left out",
    "no population",  # 各单位 without other units
    "not ranked",  # a unit or row that is not in the collection it is ranked in
    "tie",  # equal ranks that no tie rule parts
    "no result",  # the rubric says 无定义
    "not defined",  # the logarithm of 0, the root of a negative number
    "too large",  # a number with more digits than the language carries
    "undecided",  # a comparison of reals that stays open at the highest precision
    "zero denominator",
    "no row",  # no row of a piecewise function applies
    "break points",  # the break points of an interpolation do not rise or fall strictly
    "judgement",  # a judged item without points
    "judgement unusable",  # points outside the judge's range
]


@attrs.frozen
class Cause:
    """One root cause: what kind, of which fact or judged item, and where the rubric meets it."""

    kind: CauseKind
    name: str
    span: Span | None = attrs.field(default=None, eq=False)


@attrs.frozen
class Reason:
    """Why there is no value."""

    kind: ReasonKind
    causes: tuple[Cause, ...] = ()

    @property
    def is_zero_denominator(self) -> bool:
        """Whether a division by zero, and nothing else, is the cause."""
        return self.kind == "undefined" and all(c.kind == "zero denominator" for c in self.causes)


Value = Fraction | Real | bool | str | date | Reason | tuple[Any, ...]

# A reason hides weaker ones it meets: what nobody can cure comes first.
_STRENGTH: dict[ReasonKind, int] = {"left out": 0, "pending": 1, "missing": 2, "undefined": 3}


def strongest(reasons: list[Reason]) -> Reason:
    """One reason for several: the strongest kind, all causes in order, each once."""
    kind = max((r.kind for r in reasons), key=_STRENGTH.__getitem__)
    causes: dict[Cause, None] = {}
    for reason in reasons:
        causes.update(dict.fromkeys(reason.causes))
    return Reason(kind, tuple(causes))

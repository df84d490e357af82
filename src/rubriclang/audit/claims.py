"""A claim: a printed result and the computations that may stand behind it.

A finder of claims is a module of this package whose name ends in ``_claims``, with a function ``find(report)``.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from importlib import import_module
from pkgutil import iter_modules
from typing import Literal, Protocol

import attrs

import rubriclang.audit as package
from rubriclang.audit.quantities import Quantity
from rubriclang.audit.report import Report

Shape = Literal["ratio", "sum", "difference", "formula"]


@attrs.frozen
class Reading:
    """One computation: how it reads, its value from the figures as printed, and the least and greatest value that the
    true figures behind them allow."""

    expression: str
    exact: Fraction
    low: Fraction
    high: Fraction
    tail: str = ""  # why a claim may be wrong in this way: a wrong base, present year
    inputs: tuple[Quantity, ...] = attrs.field(default=(), repr=False)


@attrs.frozen
class Claim:
    """A printed result with its possible computations, the most likely first.

    A claim holds when any of ``readings`` explains it. ``wrong`` are computations that people mistake for the right
    one.
    ``certain`` says whether the sentence leaves no doubt which figures are meant; only then a mismatch is reported.
    """

    finder: str
    shape: Shape
    name: str
    printed: Quantity
    readings: tuple[Reading, ...]
    certain: bool
    wrong: tuple[Reading, ...] = ()
    forms: tuple[Quantity, ...] = ()  # the same signs read otherwise: a ratio without its percent sign


class Finder(Protocol):
    """What a module of claims offers."""

    def find(self, report: Report) -> Iterable[Claim]:
        """The claims of one kind in a report."""
        ...


def finders() -> list[Finder]:
    """All finders, by name."""
    names = sorted(info.name for info in iter_modules(package.__path__) if info.name.endswith("_claims"))
    return [import_module(f"{package.__name__}.{name}") for name in names]


def claims(report: Report) -> tuple[Claim, ...]:
    """All claims of a report; where two finders read the same figure, the more certain one stands."""
    best: dict[tuple[int, int, str], Claim] = {}
    for finder in finders():
        for claim in finder.find(report):
            key = (claim.printed.sentence, claim.printed.start, claim.printed.dimension)
            known = best.get(key)
            if known is None:
                best[key] = claim
            elif claim.finder != "formula" and known.finder != "formula":
                best[key] = _merged(known, claim)
            elif claim.finder == "formula":
                best[key] = claim
    return tuple(sorted(best.values(), key=lambda claim: (claim.printed.span.start, claim.finder)))


def _merged(one: Claim, other: Claim) -> Claim:
    """Two readings of one figure: it holds if either does, and is certainly wrong only if each says so."""
    first, second = (one, other) if one.certain >= other.certain else (other, one)
    return attrs.evolve(first, readings=first.readings + second.readings, wrong=first.wrong + second.wrong)


def ratio(above: Quantity, below: Quantity, tail: str = "") -> Reading | None:
    """``above / below``; None when the denominator may be zero."""
    low, high = below.amount - below.slack, below.amount + below.slack
    if low <= 0 or above.dimension != below.dimension:
        return None
    top = (above.amount - above.slack, above.amount + above.slack)
    values = [t / b for t in top for b in (low, high)]
    text = f"{above.text} / {below.text}"
    return Reading(text, above.amount / below.amount, min(values), max(values), tail, (above, below))


def total(parts: Iterable[Quantity]) -> Reading:
    """The sum of parts."""
    parts = tuple(parts)
    exact = sum((part.amount for part in parts), Fraction(0))
    slack = sum((part.slack for part in parts), Fraction(0))
    return Reading(" + ".join(part.text for part in parts), exact, exact - slack, exact + slack, "", parts)


def difference(left: Quantity, right: Quantity) -> Reading:
    """``left - right``."""
    exact, slack = left.amount - right.amount, left.slack + right.slack
    return Reading(f"{left.text} - {right.text}", exact, exact - slack, exact + slack, "", (left, right))


def growth(now: Quantity, change: Quantity, sign: int, tail: str = "") -> Reading | None:
    """``change / (now ∓ change)``: the rate of a change from the level after it; None without a positive base."""
    mark = "-" if sign > 0 else "+"
    low_base = now.amount - now.slack - sign * change.amount - change.slack
    if low_base <= 0 or now.dimension != change.dimension:
        return None
    values = []
    for level in (now.amount - now.slack, now.amount + now.slack):
        for step in (change.amount - change.slack, change.amount + change.slack):
            values.append(step / (level - sign * step))
    exact = change.amount / (now.amount - sign * change.amount)
    text = f"{change.text} / ({now.text} {mark} {change.text})"
    return Reading(text, exact, min(values), max(values), tail, (now, change))

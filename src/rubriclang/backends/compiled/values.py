"""Integers back to what the interpreter has: Fractions without a search for common factors where they are known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from math import gcd
from typing import Any

from rubriclang.backends.integers.value import Why
from rubriclang.ir.values import Cause, Reason

_MOST_KEPT = 4096

# The form knows of what kind a reason is, not of what it came.
REASONS: Mapping[Why, Reason] = {
    "left out": Reason("left out", (Cause("left out", ""),)),
    "pending": Reason("pending", (Cause("judgement", ""),)),
    "missing": Reason("missing", (Cause("fact missing", ""),)),
    "zero": Reason("undefined", (Cause("zero denominator", ""),)),
    "undefined": Reason("undefined", (Cause("no row", ""),)),
}

_new = object.__new__


def fraction(n: int, d: int) -> Fraction:
    """``n / d`` in lowest terms; ``d`` is positive."""
    common = gcd(n, d)
    made: Any = _new(Fraction)
    made._numerator = n // common
    made._denominator = d // common
    return made  # type: ignore[no-any-return]


class fractions_over(dict[int, Fraction]):  # noqa: N801 - used as a function
    """Fractions over one denominator by their numerators; those asked for before are kept."""

    def __init__(self, den: int) -> None:
        super().__init__()
        self.den = den

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(self.den)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, fractions_over) and self.den == other.den

    def __missing__(self, n: int) -> Fraction:
        if len(self) >= _MOST_KEPT:
            self.clear()
        made = self[n] = fraction(n, self.den)
        return made


HELPERS: Mapping[str, Any] = {"fraction": fraction, "day": date.fromordinal}

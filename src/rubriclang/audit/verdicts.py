"""Recomputes a claim and says how the printed figure relates to the exact one."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import attrs

from rubriclang.audit.claims import Claim, Reading
from rubriclang.audit.quantities import Quantity
from rubriclang.audit.slips import Slip, slip
from rubriclang.ir.rounding import RoundMode, round_to

Result = Literal["exact", "rounded", "truncated", "rounded up", "wrong", "unchecked"]
_MODES: tuple[RoundMode, ...] = ("half up", "half even", "down", "up")
_ORDER = ("exact", "rounded", "truncated", "rounded up")


@attrs.frozen
class Verdict:
    """What a claim turned out to be.

    ``modes`` are the ways of rounding that explain the printed figure; ``reading`` is the computation that does, or
    the most likely one where none does. ``coarse``: it was rounded to 0 or 100%, which the exact value is not.
    """

    claim: Claim
    result: Result
    reading: Reading | None
    modes: frozenset[RoundMode] = frozenset()
    coarse: bool = False
    slip: Slip | None = None
    mistaken: Reading | None = None  # the wrong computation that gives the printed figure
    as_percent: bool = False  # a plain ratio printed with a percent sign, or the other way round

    @property
    def telling(self) -> bool:
        """Whether rounding and truncating would have printed different figures."""
        return self.result in ("rounded", "truncated") and ("half up" in self.modes) != ("down" in self.modes)


def judge(claim: Claim) -> Verdict:
    """The verdict on one claim; the habit of the report is not known here."""
    best: Verdict | None = None
    for printed in (claim.printed, *claim.forms):
        for reading in claim.readings:
            found = _explained(claim, printed, reading)
            if found is not None and (best is None or _ORDER.index(found.result) < _ORDER.index(best.result)):
                best = found
    if best is not None and (best.result != "rounded up" or not claim.certain):
        return best
    if not claim.certain or not claim.readings:
        return Verdict(claim, "unchecked", claim.readings[0] if claim.readings else None)
    return best or _mismatch(claim)


def _explained(claim: Claim, printed: Quantity, reading: Reading) -> Verdict | None:
    value, ulp = printed.amount, printed.ulp
    if reading.exact == value:
        return Verdict(claim, "exact", reading, frozenset(_MODES))
    strict = reading.low == reading.high
    if strict:
        modes = frozenset(mode for mode in _MODES if round_to(reading.exact, ulp, mode) == value)
    else:
        windows: dict[RoundMode, tuple[Fraction, Fraction]] = {
            "half up": (value - ulp / 2, value + ulp / 2),
            "half even": (value - ulp / 2, value + ulp / 2),
            "down": (value, value + ulp) if value >= 0 else (value - ulp, value),
            "up": (value - ulp, value) if value >= 0 else (value, value + ulp),
        }
        modes = frozenset(m for m, (low, high) in windows.items() if reading.low <= high and reading.high >= low)
        if claim.shape in ("sum", "difference") and not (
            reading.low < value + ulp / 2 and reading.high > value - ulp / 2
        ):
            modes = frozenset()  # it would take every part at the very end of its range
    if not modes:
        return None
    coarse = printed.rate and value in (0, 1) and not reading.low <= value <= reading.high
    if "half up" in modes or "half even" in modes:
        return Verdict(claim, "rounded", reading, modes, coarse)
    return Verdict(claim, "truncated" if "down" in modes else "rounded up", reading, modes, coarse)


def _mismatch(claim: Claim) -> Verdict:
    printed, first = claim.printed, claim.readings[0]
    right = first.exact / printed.scale
    for reading in claim.wrong:
        if _explained(claim, printed, reading) is not None:
            return Verdict(claim, "wrong", first, mistaken=reading)
    if printed.dimension in ("%", "") and printed.value:
        for factor in (Fraction(100), Fraction(1, 100)):
            scaled = attrs.evolve(first, exact=first.exact * factor, low=first.low * factor, high=first.high * factor)
            if _explained(claim, printed, scaled) is not None:
                return Verdict(claim, "wrong", first, as_percent=True)
    return Verdict(claim, "wrong", first, slip=slip(printed.value, right, printed.decimals))

"""Rounding to a step in one of six modes."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Literal

RoundMode = Literal["half up", "half even", "up", "down", "ceiling", "floor"]


def round_to(value: Fraction, step: Fraction, mode: RoundMode) -> Fraction:
    """The multiple of ``step`` (positive) that ``mode`` chooses.

    ``half up`` takes a tie away from zero, ``up`` and ``down`` go away from and towards zero (the modes of
    General Decimal Arithmetic); ``half even`` is GB/T 8170; ``ceiling`` and ``floor`` go up and down the number line.
    """
    scaled = value / step
    below = math.floor(scaled)
    rest = scaled - below
    if rest == 0:
        return value
    half = Fraction(1, 2)
    negative = value < 0
    match mode:
        case "floor":
            chosen = below
        case "ceiling":
            chosen = below + 1
        case "down":
            chosen = below + 1 if negative else below
        case "up":
            chosen = below if negative else below + 1
        case "half up":
            chosen = below + 1 if rest > half or (rest == half and not negative) else below
        case "half even":
            chosen = below + 1 if rest > half or (rest == half and below % 2) else below
    return chosen * step

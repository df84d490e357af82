"""Looks for a change where none can be solved for: exact scores on a grid of places, then halving. It may miss some."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from rubriclang.ir.values import Value
from rubriclang.whatif.sweep import Line

_STRIDES = 48
_HALVINGS = 24


def stride_of(line: Line, start: Fraction) -> Fraction:
    """How far apart the places of a search are: the grid of the fact, or about a hundredth of where it stands."""
    size = Fraction(1, 100)
    while size * 1000 < abs(start):
        size *= 10
    if line.step is None:
        return size
    return max(line.step, floor(size / line.step) * line.step)


def search(line: Line, name: str, start: Fraction, side: int) -> tuple[Fraction, Fraction, Value] | None:
    """The last place found without a change, the first with one, and what results there; None where none is found.

    Strides grow, so that far changes are found as well; a change that is undone within one stride is not seen.
    """
    situation = line.situation
    before = situation.base.values[name]
    last, stride = start, stride_of(line, start)
    for at in range(_STRIDES):
        place = last + stride * side
        run = situation.run({line.fact.name: place})
        if not situation.allowed(run):
            return None
        if run.values[name] != before:
            if _moves_at_once(line, name, start, side):
                return start, place, run.values[name]
            return _halved(line, name, last, place, run.values[name])
        last = place
        if at % 12 == 11:
            stride *= 10
    return None


def _moves_at_once(line: Line, name: str, start: Fraction, side: int) -> bool:
    """Whether the result changes already with the least bit."""
    least = line.step or Fraction(1, 10**9)
    run = line.situation.run({line.fact.name: start + least * side})
    return line.step is None and run.values[name] != line.situation.base.values[name]


def _halved(line: Line, name: str, last: Fraction, place: Fraction, after: Value) -> tuple[Fraction, Fraction, Value]:
    before = line.situation.base.values[name]
    for _ in range(_HALVINGS):
        middle = (last + place) / 2
        grid = line.step or Fraction(1, 10_000)
        middle = floor(middle / grid) * grid
        if not min(last, place) < middle < max(last, place):
            break
        value = line.situation.run({line.fact.name: middle}).values[name]
        if value == before:
            last = middle
        else:
            place, after = middle, value
    return last, place, after

"""Walks along one fact, away from where it stands, from edge to edge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Any

import attrs

from rubriclang.ir import nodes as ir
from rubriclang.ir.values import Value
from rubriclang.whatif.box import Box
from rubriclang.whatif.form import Form
from rubriclang.whatif.germ import Germ, Moved, Moving, Open, moving
from rubriclang.whatif.situation import Situation

_PASSES = 6
MAX_SPOTS = 600  # of one walk; a deduction without end has no last edge


@attrs.frozen
class Spot:
    """A place (``start`` = ``end``), or all places strictly between two; ``end`` None: all that follow.

    ``values`` holds what was asked for; on an interval it may be a function of the fact.
    """

    start: Fraction
    end: Fraction | None
    values: Mapping[str, Moved]

    @property
    def single(self) -> bool:
        """Whether it is one place."""
        return self.start == self.end

    def inside(self, side: int, step: Fraction | None) -> Fraction | None:
        """A place in it: on the grid the first, otherwise the first that is short to write; None where none is."""
        if self.single:
            return self.start if step is None or (self.start / step).denominator == 1 else None
        if step is not None:
            first = (floor(self.start / step) + 1) * step if side > 0 else (ceil(self.start / step) - 1) * step
            return first if self._holds(first, side) else None
        for digits in (2, 3, 4, 6, 8, 12, 20, 30):
            short = Fraction(1, 10**digits)
            first = (floor(self.start / short) + 1) * short if side > 0 else (ceil(self.start / short) - 1) * short
            if self._holds(first, side):
                return first
        return (self.start + self.end) / 2 if self.end is not None else None

    def _holds(self, place: Fraction, side: int) -> bool:
        return (place - self.start) * side > 0 and (self.end is None or (self.end - place) * side > 0)


@attrs.frozen
class Line:
    """A fact whose walk is asked for: what moves with it and on which grid it stands."""

    situation: Situation
    moving: Moving
    step: Fraction | None

    @property
    def fact(self) -> ir.Fact:
        """The fact."""
        return self.moving.fact


def line_of(situation: Situation, name: str) -> Line:
    """What moves with a fact of a unit."""
    fact = situation.facts[name]
    found = moving(situation.program, fact, situation.given.values)
    grid = fact.grid if isinstance(fact.grid, Fraction) else None
    step = Fraction(1) if fact.whole else grid
    return Line(situation, found, step)


def moved(value: Any, wanted: Value) -> bool:
    """Whether a value differs from one that stands; what cannot be solved for does not tell."""
    return isinstance(value, Form) or value != wanted


class Walk:
    """The spots from a place to one side, in their order, without the place itself.

    Ends where a declared bound ends the fact, or after ``MAX_SPOTS`` (``cut`` is then True). ``wanted`` may be made
    smaller on the way.
    """

    def __init__(self, line: Line, wanted: Iterable[str], start: Fraction, side: int) -> None:
        self.line = line
        self.wanted = tuple(wanted)
        self.place = start
        self.side = side
        self.cut = False
        self.needed: tuple[tuple[str, ...], Moving] = ((), line.moving)

    def _germ(self, side: int, wide: bool = False, until: Fraction | None = None) -> Germ:
        if self.needed[0] != self.wanted:
            self.needed = (self.wanted, self.line.moving.only(self.wanted))
        situation = self.line.situation
        return Germ(self.needed[1], situation.base, situation.given.values, self.place, side, wide, until)

    def _spot(self, germ: Germ, end: Fraction | None) -> Spot:
        base = self.line.situation.base.values
        return Spot(self.place, end, {name: germ.values.get(name, base[name]) for name in self.wanted})

    def __iter__(self) -> Iterator[Spot]:
        before: Mapping[str, Moved] = {}
        for _ in range(MAX_SPOTS):
            germ = self._germ(self.side)
            if not germ.allowed:
                return
            spot = self._spot(germ, germ.end)
            if germ.end is not None and spot.values == before:
                spot = self._leap() or spot
            before = spot.values
            yield spot
            if spot.end is None:
                return
            self.place = spot.end
            if self.line.step is not None and (self.place / self.line.step).denominator != 1:
                continue  # no such number can be given
            here = self._germ(0)
            if not here.allowed:
                return
            yield self._spot(here, self.place)
        self.cut = True

    def _leap(self) -> Spot | None:
        """A spot across all edges of rounding that change nothing; None where something may change or is not known."""
        until: Fraction | None = None
        for _ in range(_PASSES):
            germ = self._germ(self.side, True, until)
            if germ.end is None or (until is not None and (germ.end - until) * self.side >= 0):
                spot = self._spot(germ, until)
                still = not any(isinstance(value, Form | Box | Open) for value in spot.values.values())
                return spot if still and germ.allowed else None
            until = germ.end
        return None

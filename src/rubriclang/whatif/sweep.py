"""Walks along one fact, away from where it stands, from edge to edge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Any

import attrs

from rubriclang.ir import nodes as ir
from rubriclang.ir.values import Value
from rubriclang.whatif.form import Form
from rubriclang.whatif.germ import Germ, Moved, Moving, moving
from rubriclang.whatif.situation import Situation

MAX_SPOTS = 1_200  # of one walk; a deduction without end has no last edge


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
        """A place in it: on the grid the first, otherwise the first that is short to write; None where there is none."""
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


def walk(line: Line, wanted: Iterable[str], start: Fraction, side: int) -> Iterator[Spot]:
    """The spots from a place to one side, in their order, without the place itself.

    Ends where a declared bound ends the fact, or after ``MAX_SPOTS``.
    """
    situation, names, place = line.situation, tuple(wanted), start
    for _ in range(MAX_SPOTS // 2):
        germ = Germ(line.moving, situation.base, situation.given.values, place, side)
        if not germ.allowed:
            return
        yield Spot(place, germ.end, {name: germ.values.get(name, situation.base.values[name]) for name in names})
        if germ.end is None:
            return
        place = germ.end
        if line.step is not None and (place / line.step).denominator != 1:
            continue  # no such number can be given
        run = situation.run({line.fact.name: place})
        if not situation.allowed(run):
            return
        yield Spot(place, place, {name: run.values[name] for name in names})

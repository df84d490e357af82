"""Which values of one fact lead to a wanted result."""

from __future__ import annotations

from fractions import Fraction

import attrs

from rubriclang.ir import nodes as ir
from rubriclang.ir.values import Reason, Value
from rubriclang.whatif.form import Form
from rubriclang.whatif.germ import Open
from rubriclang.whatif.situation import Situation
from rubriclang.whatif.sweep import Line, Spot, Walk, line_of


@attrs.frozen
class Reach:
    """A range of a fact on which the wanted result holds; ends that are None have no bound.

    ``example`` is the value in it next to where the fact stands, scored.
    """

    low: Fraction | None
    high: Fraction | None
    low_open: bool
    high_open: bool
    example: Fraction

    def __contains__(self, place: Fraction) -> bool:
        above = self.low is None or place > self.low or (place == self.low and not self.low_open)
        return above and (self.high is None or place < self.high or (place == self.high and not self.high_open))


@attrs.frozen
class Answer:
    """All ranges, from low to high. ``whole`` says that the fact was looked at within all its bounds.

    ``met`` tells that the wanted result holds as things stand; ``now`` is where the fact stands (None: not given).
    ``options`` are the labels or truth values that lead to it, for a fact that is none of numbers.
    """

    fact: ir.Fact
    now: Value | None
    met: bool
    ranges: tuple[Reach, ...] = ()
    whole: bool = True
    options: tuple[Value, ...] = ()

    @property
    def nearest(self) -> Reach | None:
        """The range whose example is nearest to where the fact stands."""
        if not self.ranges:
            return None
        now = self.now if isinstance(self.now, Fraction) else Fraction(0)
        return min(self.ranges, key=lambda reach: (abs(reach.example - now), reach.example))


def solve(situation: Situation, definition: str, wanted: Value, name: str) -> Answer:
    """The values of a fact for which a definition comes to a value, all other facts as they stand."""
    fact = situation.facts[name]
    now = situation.base.facts.get(name)
    met = situation.base.values[definition] == wanted
    choices = getattr(fact.type, "options", (True, False) if isinstance(now, bool) else ())
    if choices:
        runs = [(option, situation.run({name: option})) for option in choices]
        kept = tuple(o for o, run in runs if run.values[definition] == wanted and situation.allowed(run))
        return Answer(fact, now, met, (), True, kept)
    line = line_of(situation, name)
    start = _start(line)
    if start is None:
        return Answer(fact, now, met, (), False)
    spots, whole = _spots(line, definition, start)
    found = [piece for spot, side in spots for piece in _pieces(line, definition, spot, side, wanted)]
    ranges = _joined(sorted(found, key=lambda r: (r.low is not None, r.low or 0, r.low_open)), start, line.step)
    ranges = [reach for reach in ranges if _scores(line, definition, wanted, reach.example)]
    return Answer(fact, None if isinstance(now, Reason) else now, met, tuple(ranges), whole)


def _start(line: Line) -> Fraction | None:
    """Where the fact stands; where it is missing, a place that it may have."""
    given = line.situation.given.values.get(line.fact.name)
    if isinstance(given, Fraction):
        return given
    ends = [Fraction(0), Fraction(1)]
    ends += [
        node.value
        for constraint in line.fact.constraints
        for node in ir.walk(constraint.test)
        if isinstance(node, ir.Const) and isinstance(node.value, Fraction)
    ]
    allowed = (end for end in ends if line.situation.allowed(line.situation.run({line.fact.name: end})))
    return next(allowed, None)


def _spots(line: Line, definition: str, start: Fraction) -> tuple[list[tuple[Spot, int]], bool]:
    """The spots to both sides and the start between them; whether that is all there is, and all could be solved for."""
    run = line.situation.run({line.fact.name: start})
    found = [(Spot(start, start, {definition: run.values[definition]}), 1)]
    whole = True
    for side in (-1, 1):
        walk = Walk(line, [definition], start, side)
        found += [(spot, side) for spot in walk]
        whole = whole and not walk.cut
    return found, whole and not any(isinstance(spot.values[definition], Open) for spot, _ in found)


def _pieces(line: Line, definition: str, spot: Spot, side: int, wanted: Value) -> list[Reach]:
    value = spot.values[definition]
    if isinstance(value, Form):
        place = value.where(wanted) if isinstance(wanted, Fraction) else None
        if (
            place is None
            or (place - spot.start) * side <= 0
            or (spot.end is not None and (spot.end - place) * side <= 0)
        ):
            return []
        if line.step is not None and (place / line.step).denominator != 1:
            return []
        return [Reach(place, place, False, False, place)]
    if value != wanted:
        return []
    first = spot.inside(side, line.step)
    if first is None:
        return []
    if line.step is not None:
        last = Spot(spot.end, spot.start, {}).inside(-side, line.step) if spot.end is not None else None
        last = first if spot.single else last
        low, high = (first, last) if side > 0 else (last, first)
        return [Reach(low, high, False, False, first)]
    low, high = (spot.start, spot.end) if side > 0 else (spot.end, spot.start)
    return [Reach(low, high, not spot.single and low is not None, not spot.single and high is not None, first)]


def _joined(pieces: list[Reach], start: Fraction, step: Fraction | None) -> list[Reach]:
    """Ranges that touch as one; the example is the one nearest to where the fact stands."""
    out: list[Reach] = []
    for piece in pieces:
        last = out[-1] if out else None
        if last is not None and last.high is not None and piece.low is not None and _touch(last, piece, step):
            example = min((last.example, piece.example), key=lambda place: abs(place - start))
            out[-1] = Reach(last.low, piece.high, last.low_open, piece.high_open, example)
        else:
            out.append(piece)
    return out


def _touch(a: Reach, b: Reach, step: Fraction | None) -> bool:
    if step is not None and a.high is not None and b.low is not None:
        return b.low - a.high <= step
    return a.high == b.low and not (a.high_open and b.low_open)


def _scores(line: Line, definition: str, wanted: Value, place: Fraction) -> bool:
    """Whether the interpreter says the same."""
    run = line.situation.run({line.fact.name: place})
    return line.situation.allowed(run) and run.values[definition] == wanted

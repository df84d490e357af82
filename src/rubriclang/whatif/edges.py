"""How far an indicator is from the next edge, for each fact that it depends on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Literal

import attrs

from rubriclang.ir import nodes as ir
from rubriclang.ir.types import Number
from rubriclang.ir.values import Value
from rubriclang.whatif.form import Form
from rubriclang.whatif.germ import Open
from rubriclang.whatif.searching import search
from rubriclang.whatif.situation import Situation
from rubriclang.whatif.sweep import Line, Spot, Walk, line_of, moved

How = Literal["solved", "searched", "tried"]


@attrs.frozen
class Edge:
    """The nearest change to one side when one fact moves and all others stay.

    ``place`` is the edge; ``reached`` tells that it suffices to come to it (达到), otherwise it must be passed (超过).
    ``after`` is what results, scored at ``example``, a value that can be typed in. ``sliding`` says that points change
    at once with every bit of the fact; ``place`` is then where that ends. ``how`` is ``solved`` (exact), ``searched``
    (the change lies between ``place`` and ``example``, others may lie nearer) or ``tried`` (all options of a label).
    """

    fact: ir.Fact
    side: int
    now: Value
    place: Value
    reached: bool
    before: Value
    after: Value
    example: Value
    how: How = "solved"
    sliding: bool = False

    @property
    def distance(self) -> Fraction | None:
        """How far the edge is, in the unit of the fact; None for labels."""
        if isinstance(self.place, Fraction) and isinstance(self.now, Fraction):
            return abs(self.place - self.now)
        return None


def edges(situation: Situation, wanted: Iterable[str], name: str) -> dict[str, tuple[Edge, ...]]:
    """The nearest edges of definitions by one fact: to both sides for a number, every option for a label.

    What does not depend on the fact, and what has no edge there, has no entry.
    """
    fact = situation.facts[name]
    now = situation.base.facts.get(name)
    ids = tuple(wanted)
    found: dict[str, list[Edge]] = {}
    if isinstance(now, bool | str):
        for edge_id, edge in _options(situation, ids, fact, now):
            found.setdefault(edge_id, []).append(edge)
    given = situation.given.values.get(name)
    if isinstance(fact.type, Number) and isinstance(given, Fraction) and isinstance(now, Fraction):
        line = line_of(situation, name)
        depending = [i for i in ids if ("definition", i) in line.moving.names]
        for side in (-1, 1):
            for edge_id, edge in _to_one_side(line, depending, given, side).items():
                found.setdefault(edge_id, []).append(edge)
    return {key: tuple(value) for key, value in found.items()}


def _options(situation: Situation, ids: Iterable[str], fact: ir.Fact, now: bool | str) -> Iterator[tuple[str, Edge]]:
    options = getattr(fact.type, "options", (True, False) if isinstance(now, bool) else ())
    for option in options:
        if option == now:
            continue
        run = situation.run({fact.name: option})
        if not situation.allowed(run):
            continue
        for name in ids:
            before, after = situation.base.values[name], run.values[name]
            if before != after:
                yield name, Edge(fact, 0, now, option, True, before, after, option, "tried")


def _to_one_side(line: Line, ids: list[str], start: Fraction, side: int) -> dict[str, Edge]:
    base = line.situation.base.values
    found: dict[str, Edge] = {}
    open_ids: set[str] = set()
    waiting = list(ids)
    steps = Walk(line, ids, start, side)
    for spot in steps:
        for name in list(waiting):
            value = spot.values[name]
            if isinstance(value, Open):
                open_ids.add(name)
            elif not moved(value, base[name]) or (example := spot.inside(side, line.step)) is None:
                continue
            else:
                edge = _confirmed(line, name, spot, start, side, example)
                if edge is None:
                    open_ids.add(name)
                else:
                    found[name] = edge
            waiting.remove(name)
        if not waiting:
            break
        steps.wanted = tuple(waiting)
    for name in sorted(open_ids):
        hit = search(line, name, start, side)
        if hit is not None:
            place, example, after = hit
            found[name] = Edge(
                line.fact, side, start, place, False, base[name], after, example, "searched", place == start
            )
    return found


def _confirmed(line: Line, name: str, spot: Spot, start: Fraction, side: int, example: Fraction) -> Edge | None:
    """The edge that a spot is, once the interpreter has said the same; None where it says otherwise."""
    value = spot.values[name]
    before = line.situation.base.values[name]
    sliding = isinstance(value, Form) and value.at(start) == before and line.step is None and spot.start == start
    place: Fraction | None = spot.start
    if sliding:
        place = spot.end
        if place is not None and line.situation.allowed(line.situation.run({line.fact.name: place})):
            example = place
    run = line.situation.run({line.fact.name: example})
    after = run.values[name]
    if not line.situation.allowed(run) or (example != spot.end and _told(value, example) != after):
        return None
    where = example if line.step is not None or place is None else place
    return Edge(
        line.fact, side, start, where, spot.single or line.step is not None, before, after, example, "solved", sliding
    )


def _told(value: object, example: Fraction) -> object:
    return value.at(example) if isinstance(value, Form) else value


def all_edges(situation: Situation, wanted: Iterable[str]) -> Mapping[str, tuple[Edge, ...]]:
    """The edges of definitions by every fact, in the order of the facts."""
    ids = tuple(wanted)
    found: dict[str, list[Edge]] = {}
    for name in situation.facts:
        for key, each in edges(situation, ids, name).items():
            found.setdefault(key, []).extend(each)
    return {key: tuple(value) for key, value in found.items()}

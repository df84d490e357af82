"""Fact sets tried where the prover finds none: tables, other units, and sums over many indicators are beyond it.

A walk from facts that bring many points to facts that bring few, then others drawn at random by a fixed seed, so that
every check of a rubric sees the same ones. What one of them shows can happen; what none shows is as open as before.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import islice, pairwise
from random import Random
from typing import Any

import attrs

from rubriclang.backends.confirm import complete, made_in_order, shows
from rubriclang.backends.evaluation import Evaluation, Given
from rubriclang.backends.interpreter import evaluate_expression, evaluate_population
from rubriclang.diagnostics import Diagnostic
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.ir.types import ComparatorSign, Day, Labels, Number, Truth
from rubriclang.prover.witness import Goal, Witness, text_of
from rubriclang.semantics.intervals import EVERYTHING, Ranges

MOST = 500  # evaluations
_WORK = 150_000  # definitions evaluated, so that a long rubric is tried less often
_ROUND = tuple(
    Fraction(n) for n in (0, 1, 2, 3, 4, 5, 8, 10, 20, 30, 50, 60, 75, 80, 90, 95, 99, 100, 101, 110, 150, 1000)
)
_MOST_CONSTANTS = 120
_ROWS = 3
_STARTS = 30
_UNITS = 5
Place = tuple[str, ...]


def trials(program: ir.Program, ranges: Ranges) -> Iterator[Evaluation]:
    """Evaluations of fact sets within the declarations, at most ``MOST``."""
    if not made_in_order(program.facts):
        return iter(())
    most = max(1, min(MOST, _WORK // max(1, len(program.definitions))))
    return islice(_Trier(program, ranges).runs(), most)


class Trials:
    """The same fact sets for all findings of one rubric, evaluated once."""

    def __init__(self) -> None:
        self.coming: Iterator[Evaluation] | None = None
        self.made: list[Evaluation] = []

    def tried(self, asked: Diagnostic, shown: Diagnostic) -> Diagnostic:
        """A finding with facts that show its fault, where only trying finds some: sums over many indicators."""
        goal = asked.goal
        if shown.witness is not None or not isinstance(goal, Goal) or goal.program.lists:
            return shown
        program = attrs.evolve(goal.program, definitions=complete(goal.program))
        read = {node.target for node in ir.walk(goal.expr) if isinstance(node, ir.Ref) and node.kind == "definition"}
        if not read <= {definition.id for definition in program.definitions}:
            return shown
        for run in self._runs(program):
            witness = _witness(program, run) if evaluate_expression(goal.expr, run) is True else None
            if witness is not None and shows(goal, witness):
                return attrs.evolve(shown, witness=witness.to_dict())
        return shown

    def _runs(self, program: ir.Program) -> Iterator[Evaluation]:
        yield from self.made
        if self.coming is None:
            self.coming = trials(program, Ranges(program.facts))
        for run in self.coming:
            self.made.append(run)
            yield run


def _witness(program: ir.Program, run: Evaluation) -> Witness:
    """The facts of an evaluation as they are typed in."""
    facts: dict[str, str] = {}
    for fact in program.facts:
        value = run.facts.get(fact.name)
        if isinstance(value, bool | str):
            facts[fact.name] = value if isinstance(value, str) else text_of(fact, None, (value,))
        elif isinstance(value, date):
            facts[fact.name] = value.isoformat()
        elif isinstance(value, Fraction):
            facts[fact.name] = text_of(fact, value, None)
    judged = {item: number_text(points) for item, points in run.run.judged.items() if isinstance(points, Fraction)}
    return Witness(facts, judged)


class _Trier:
    def __init__(self, program: ir.Program, ranges: Ranges) -> None:
        self.program = program
        self.random = Random(1)
        self.known = ranges.known
        self.constants = _constants(program)
        self.pools: dict[Place, list[Any]] = {}
        for fact in program.facts:
            self.pools["fact", fact.name] = self._pool(fact, fact.name)
        for listed in program.lists:
            self.pools["rows", listed.name] = [1, 2, 3, 0]
            for row in range(_ROWS):
                for column in listed.columns:
                    pool = self._pool(column, f"{listed.name}.{column.name}")
                    self.pools["cell", listed.name, str(row), column.name] = pool
        for judge in _judges(program):
            self.pools["judged", judge.item] = _points(judge)
        self.units = range(_UNITS if program.needs_population else 1)

    def runs(self) -> Iterator[Evaluation]:
        chosen: list[dict[Place, Any]] = []
        best = None
        for _ in range(_STARTS):
            drawn = [self._random() for _ in self.units]
            run = self._evaluated(drawn)
            yield run
            worth = self._worth(run, True)
            if best is None or worth > best:
                best, chosen = worth, drawn
        for rising in (True, False):
            best = best if rising else None
            for place in self.pools:
                for value in self._some(place):
                    changed = [{**chosen[0], place: value}, *chosen[1:]]
                    run = self._evaluated(changed)
                    yield run
                    worth = self._worth(run, rising)
                    if best is None or worth >= best:
                        best, chosen = worth, changed
        while True:
            yield self._evaluated([self._random() for _ in self.units])

    def _random(self) -> dict[Place, Any]:
        return {place: self.random.choice(pool) for place, pool in self.pools.items() if pool}

    def _some(self, place: Place) -> list[Any]:
        pool = self.pools[place]
        few = max(2, MOST // (3 * max(1, len(self.pools))))
        return pool if len(pool) <= few else self.random.sample(pool, few)

    def _worth(self, run: Evaluation, rising: bool) -> tuple[int, Fraction]:
        """How many indicators come to points, then how many points they are."""
        points = [run.values.get(leaf.points) for leaf in self.program.root.leaves()]
        numbers = [value for value in points if isinstance(value, Fraction)]
        total = sum(numbers, Fraction(0))
        return len(numbers), total if rising else -total

    def _evaluated(self, units: list[dict[Place, Any]]) -> Evaluation:
        return evaluate_population(self.program, [self._given(chosen) for chosen in units])[0]

    def _given(self, chosen: dict[Place, Any]) -> Given:
        facts = {place[1]: value for place, value in chosen.items() if place[0] == "fact" and value is not None}
        judged = {place[1]: value for place, value in chosen.items() if place[0] == "judged"}
        lists = {
            listed.name: [
                {
                    c.name: chosen[place]
                    for c in listed.columns
                    if (place := ("cell", listed.name, str(row), c.name)) in chosen
                }
                for row in range(chosen["rows", listed.name])
            ]
            for listed in self.program.lists
        }
        return Given(facts, judged, lists)

    def _pool(self, fact: ir.Fact, key: str) -> list[Any]:
        match fact.type:
            case Truth():
                pool: list[Any] = [True, False]
            case Labels(options=options):
                pool = list(options)
            case Day():
                pool = [date(2019, 1, 1) + timedelta(days=days) for days in range(0, 1100, 45)]
            case ComparatorSign():
                pool = ["<=", ">=", "=", "<", ">"]
            case Number(style=style):
                pool = self._numbers(fact, key, Fraction(1, 100 if style == "percent" else 1))
            case _:
                pool = ["甲", "乙"]
        return [*pool, None] if fact.optional else pool

    def _numbers(self, fact: ir.Fact, key: str, scale: Fraction) -> list[Any]:
        within = self.known.get(key, EVERYTHING)
        ends = [end for end in (within.low, within.high) if end is not None]
        found = dict.fromkeys([*ends, *(number * scale for number in _ROUND), *self.constants.get(key, ())])
        grid = fact.grid if isinstance(fact.grid, Fraction) else Fraction(1) if fact.whole else None
        return [n for n in found if within.contains(n) and (grid is None or (n / grid).denominator == 1)]


def _constants(program: ir.Program) -> dict[str, list[Fraction]]:
    """For each fact and column the numbers that stand in formulas over it, and what lies between them."""
    found: dict[str, set[Fraction]] = {}
    about: dict[str, set[str]] = {}
    for definition in program.definitions:
        reads: set[str] = set()
        for target in ir.references(definition.expr):
            reads |= about.get(target, {target}) if "#得分" not in target else set()
        about[definition.id] = reads
        numbers = {
            node.value
            for node in ir.walk(definition.expr)
            if isinstance(node, ir.Const) and isinstance(node.value, Fraction)
        }
        for target in reads:
            found.setdefault(target, set()).update(numbers)
    return {target: _with_between(sorted(numbers)) for target, numbers in found.items()}


def _with_between(numbers: list[Fraction]) -> list[Fraction]:
    between = [*numbers, *((a + b) / 2 for a, b in pairwise(numbers))]
    return between[:: 1 + len(between) // _MOST_CONSTANTS]


def _judges(program: ir.Program) -> list[ir.Judge]:
    every = (node for definition in program.definitions for node in ir.walk(definition.expr))
    return list({node.item: node for node in every if isinstance(node, ir.Judge) and node.given is None}.values())


def _points(judge: ir.Judge) -> list[Any]:
    low = judge.low.value if isinstance(judge.low, ir.Const) else Fraction(0)
    high = judge.high.value if isinstance(judge.high, ir.Const) else Fraction(10)
    if judge.choices:
        amounts = [value for _, value in judge.choices if isinstance(value, Fraction)]
        return [sum(amounts, Fraction(0)), Fraction(0), *amounts]
    if not isinstance(low, Fraction) or not isinstance(high, Fraction):
        return [Fraction(0)]
    return [high, low, (low + high) / 2, low + (high - low) * Fraction(3, 4)]

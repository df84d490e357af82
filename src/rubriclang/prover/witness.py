"""Facts that make a condition true, as a clerk would type them; or the proof that there are none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any, Literal

import attrs

from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.ir.types import Day, Labels, Number, Truth
from rubriclang.prover import simplex
from rubriclang.prover.explore import JUDGED, Explorer, TooManyWaysError
from rubriclang.prover.linear import Row, number, variable
from rubriclang.prover.state import Choice, State, whole

MAX_WITNESSES = 6
EFFORT = 2_000_000  # for one question, a second or two
_MAX_CUTS = 60  # of branch and bound, for whole numbers
_DIGITS = 8


@attrs.frozen
class Witness:
    """A fact set: texts by fact, and points by judged item. What is not named does not matter."""

    facts: Mapping[str, str]
    judged: Mapping[str, str] = attrs.field(factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The fact set as a fact file holds it."""
        found: dict[str, Any] = {"facts": dict(self.facts)}
        if self.judged:
            found["judged"] = dict(self.judged)
        return found


@attrs.frozen
class Answer:
    """Whether a condition can hold: ``never`` is proved; ``maybe`` comes with witnesses to be scored, or with none."""

    verdict: Literal["never", "maybe"]
    witnesses: tuple[Witness, ...] = ()


@attrs.frozen
class Goal:
    """A condition that shows a fault, the program it is about, and facts that should meet it.

    An ``example`` only illustrates a fault that is certain: that nothing meets it does not take the fault away.
    """

    expr: ir.Expr
    program: ir.Program
    witnesses: tuple[Witness, ...] = ()
    example: bool = False


@attrs.frozen
class Example:
    """A condition of facts that illustrate a fault which is certain without them."""

    expr: ir.Expr


def decide(
    goal: ir.Expr,
    facts: Iterable[ir.Fact],
    definitions: Iterable[ir.Definition],
    effort: simplex.Effort | None = None,
) -> Answer:
    """Whether some facts make a condition true.

    Facts are taken within their declared types, bounds, grids and conditions; those that may be absent are tried both
    ways. A condition over tables, other units or formulas that are not linear can be ruled out, but its witnesses may
    fail: score them before showing them.
    """
    by_name = {fact.name: fact for fact in facts}
    explorer = Explorer(by_name, {definition.id: definition for definition in definitions})
    found: list[Witness] = []
    try:
        with simplex.within(effort or simplex.Effort(EFFORT)):
            _collect(explorer, goal, by_name, found)
    except (TooManyWaysError, simplex.TooHardError, RecursionError):
        return Answer("maybe", tuple(found))
    return Answer("maybe" if found else "never", tuple(found))


def _collect(explorer: Explorer, goal: ir.Expr, by_name: Mapping[str, ir.Fact], found: list[Witness]) -> None:
    for state in _true(explorer, goal):
        values = _whole_model(state, list(state.rows), 0)
        if values is None:
            continue
        witness = _written(by_name, state, _plain(state, values))
        found += [] if witness in found else [witness]
        if len(found) >= MAX_WITNESSES:
            return


def _true(explorer: Explorer, goal: ir.Expr) -> Iterator[State]:
    for state, value in explorer.ways(goal, State()):
        if value is True:
            yield state
        elif isinstance(value, Choice) and True in state.options[value.name]:
            there = state.with_options(value.name, (True,))
            if there is not None:
                yield there


def _whole_model(state: State, rows: list[Row], cuts: int) -> dict[str, Fraction] | None:
    """Values that meet all rows and the grids, by branch and bound."""
    values = simplex.model(rows)
    if values is None:
        return None
    for name in state.grids:
        values.setdefault(name, Fraction(0))
    odd = whole(values, state.grids)
    if odd is None:
        return values
    if cuts >= _MAX_CUTS:
        raise simplex.TooHardError
    step = state.grids[odd]
    below = floor(values[odd] / step) * step
    for cut in (Row(variable(odd) - number(below), "<="), Row(number(below + step) - variable(odd), "<=")):
        found = _whole_model(state, [*rows, cut], cuts + 1)
        if found is not None:
            return found
    return None


def _plain(state: State, values: dict[str, Fraction]) -> dict[str, Fraction]:
    """Values as short as they can be, one variable after the other; those given are the way out.

    The first of two orders that comes to decimals: where 甲 / 乙 is 55 %, a short 甲 may leave no decimal for 乙.
    """
    named = sorted(name for name in values if not name.startswith("\0"))
    first = _shortened(state, values, named)
    if all(map(_is_decimal, first.values())):
        return first
    second = _shortened(state, values, named[::-1])
    return second if all(map(_is_decimal, second.values())) else first


def _is_decimal(value: Fraction) -> bool:
    return "/" not in number_text(value)


def _shortened(state: State, values: dict[str, Fraction], named: list[str]) -> dict[str, Fraction]:
    rows = list(state.rows)
    settled: dict[str, Fraction] = {}
    for name in named:
        for candidate in _short(name, rows, state.grids.get(name)):
            here = [Row(row.form.put({name: candidate}), row.sign) for row in rows]
            try:
                fits = _whole_model(_without(state, {*settled, name}), here, 0) is not None
            except simplex.TooHardError:
                fits = False
            if fits:
                rows, settled[name] = here, candidate
                break
        else:
            return values
    return settled


def _without(state: State, names: set[str]) -> State:
    out = state.fork()
    out.grids = {name: step for name, step in state.grids.items() if name not in names}
    return out


def _short(name: str, rows: list[Row], grid: Fraction | None) -> Iterator[Fraction]:
    """Short numbers between the ends of what a variable can be."""
    form = variable(name)
    highest, lowest = simplex.maximise(form, rows), simplex.maximise(form * Fraction(-1), rows)
    if highest is None or lowest is None:
        return
    high = highest.value
    low = None if lowest.value is None else -lowest.value
    if low is None and high is None:
        low, high = Fraction(0), Fraction(2)
    elif low is None:
        assert high is not None
        low = min(high - 2, Fraction(0)) if high > 0 else high - 2
    elif high is None:
        high = max(low + 2, Fraction(2))
    assert low is not None and high is not None
    if low == high:
        yield low
        return
    for step in [grid] if grid is not None else [Fraction(10) ** -digits for digits in range(-4, _DIGITS)]:
        first = (floor(low / step) + 1) * step
        if first < high:
            yield first
            if first == 0 and step < high:
                yield step
    yield from (low, high)
    if grid is None:
        yield (low + high) / 2


def _written(facts: Mapping[str, ir.Fact], state: State, values: Mapping[str, Fraction]) -> Witness:
    given: dict[str, str] = {}
    judged: dict[str, str] = {}
    for name in facts:
        if (name in values or name in state.options) and name not in state.absent:
            given[name] = text_of(facts[name], values.get(name), state.options.get(name))
    for name in sorted(values):
        if name.startswith(JUDGED):
            judged[name.removeprefix(JUDGED)] = number_text(values[name])
    return Witness(given, judged)


def text_of(fact: ir.Fact, value: Fraction | None, options: tuple[Any, ...] | None) -> str:
    """A value as it is typed into a fact file."""
    match fact.type:
        case Truth():
            return "是" if options and options[0] else "否"
        case Labels():
            return str(options[0]) if options else fact.type.options[0]
        case Day():
            return date.fromordinal(int(value or 1)).isoformat()
        case Number(style="percent"):
            return f"{number_text((value or Fraction(0)) * 100)}%"
        case Number(unit=unit):
            gap = " " if unit.name.isascii() else ""
            return number_text(value or Fraction(0)) + (gap + unit.name if unit.dimensions else "")
        case _:
            return ""

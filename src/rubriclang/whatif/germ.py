"""A program just beside a place: what every definition is while one fact moves a little further.

All other facts stay as they are. Values that move with the fact are linear-fractional functions of it; each comparison
and each rounding tells how far the fact can move before it may come out otherwise. So one run gives the values on an
open interval together with its end, and the next run begins there: every edge is solved for, none is looked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Any

import attrs

from rubriclang.backends.evaluation import Evaluation
from rubriclang.backends.interpreter import evaluate_expression
from rubriclang.ir import nodes as ir
from rubriclang.ir.operators import COMPARISONS, OPERATORS
from rubriclang.ir.reals import UndecidedError
from rubriclang.ir.rounding import round_to
from rubriclang.ir.sizes import TooLargeError
from rubriclang.ir.values import Cause, Reason, Value, strongest
from rubriclang.whatif.box import Box, combine, mapped, range_of
from rubriclang.whatif.form import VARIABLE, Form, Line, NotExactError, add, inverse, multiply, negative, number


@attrs.frozen
class Open:
    """What is not of a form that can be solved for."""


OPEN = Open()
Moved = Form | Box | Open | Value
_COMPARED = frozenset(COMPARISONS.values())
_ZERO = Reason("undefined", (Cause("zero denominator", ""),))


@attrs.frozen
class Moving:
    """The parts of a program that move with one fact; ``tests`` are the bounds that the declared facts set to it."""

    fact: ir.Fact
    facts: tuple[ir.Fact, ...]
    definitions: tuple[ir.Definition, ...]
    names: frozenset[tuple[str, str]]
    tests: tuple[ir.Expr, ...]

    def only(self, wanted: Iterable[str]) -> Moving:
        """What of it some definitions need."""
        needed, kept = set(wanted), []
        for definition in reversed(self.definitions):
            if definition.id in needed:
                needed |= ir.references(definition.expr)
                kept.append(definition)
        return attrs.evolve(self, definitions=tuple(reversed(kept)))


def moving(program: ir.Program, fact: ir.Fact, given: Iterable[str]) -> Moving:
    """What moves with a fact: facts whose need or default reads it, definitions, and bounds."""
    known = set(given)
    names: set[tuple[str, str]] = {("fact", fact.name)}
    facts = [fact]
    while True:  # defaults read facts in any order
        more = [
            other
            for other in program.facts
            if ("fact", other.name) not in names
            and (_reads(other.only_if, names) or (other.name not in known and _reads(other.default, names)))
        ]
        if not more:
            break
        facts += more
        names |= {("fact", other.name) for other in more}
    moved = []
    for definition in program.definitions:
        if _reads(definition.expr, names):
            names |= {("definition", definition.id), ("row", definition.id)}
            moved.append(definition)
    tests = [
        constraint.test
        for other in program.facts
        if other.name in known or other.name == fact.name
        for constraint in other.constraints
        if _reads(constraint.test, names) and not _on_a_grid(constraint.test)
    ]
    return Moving(fact, tuple(facts), tuple(moved), frozenset(names), tuple(tests))


def _reads(expr: ir.Expr | None, names: set[tuple[str, str]] | frozenset[tuple[str, str]]) -> bool:
    if expr is None:
        return False
    return any(isinstance(node, ir.Ref) and (node.kind, node.target) in names for node in ir.walk(expr))


def _on_a_grid(test: ir.Expr) -> bool:
    """Whether a bound is the one of whole numbers or grids, which steps of the fact keep by themselves."""
    return any(isinstance(node, ir.Round) for node in ir.walk(test))


class Germ:
    """One run beside a place, or with ``side`` 0 right at it. ``end`` is how far it holds; None: without end.

    A ``wide`` run does not stop at edges of rounding: a rounded quantity is then all it can be as far as ``until``.
    """

    def __init__(
        self,
        program: Moving,
        base: Evaluation,
        given: Mapping[str, Value],
        place: Fraction,
        side: int,
        wide: bool = False,
        until: Fraction | None = None,
    ) -> None:
        self.wide = wide
        self.until = until
        self.moving = program
        self.base = base
        self.given = given
        self.place = place
        self.side = side
        self.end: Fraction | None = None
        self.facts: dict[str, Moved] = {}
        self.values: dict[str, Moved] = {}
        self.still: dict[int, bool] = {}
        for fact in program.facts:
            self.facts[fact.name] = self._guarded(lambda fact=fact: self._fact(fact))
        self.allowed = all(self._guarded(lambda test=test: self.eval(test)) is not False for test in program.tests)
        for definition in program.definitions:
            self.values[definition.id] = (
                OPEN if definition.level else self._guarded(lambda d=definition: self.eval(d.expr))
            )

    def _guarded(self, run: Any) -> Moved:
        try:
            found: Moved = run()
        except (NotExactError, UndecidedError, TooLargeError):
            return OPEN
        return found

    def _fact(self, fact: ir.Fact) -> Moved:
        if fact.only_if is not None and fact is not self.moving.fact:
            needed = self.eval(fact.only_if)
            if needed is False:
                return Reason("missing", (Cause("not needed", fact.name, fact.span),))
        if fact is self.moving.fact:
            itself: Moved = VARIABLE if self.side else self.place
            return (
                itself if fact.rounding is None else self._round(fact.rounding[0], itself, self.eval(fact.rounding[1]))
            )
        if fact.name in self.given:
            return self.given[fact.name]
        if fact.default is not None:
            return self.eval(fact.default)
        return Reason("missing", (Cause("fact missing", fact.name, fact.span),))

    # -- places

    def _note(self, place: Fraction | None) -> None:
        """A place where something may come out otherwise."""
        if (
            place is not None
            and (place - self.place) * self.side > 0
            and (self.end is None or (self.end - place) * self.side > 0)
        ):
            self.end = place

    def _sign_of_line(self, line: Line) -> int:
        self._note(line.root)
        here = line.at(self.place)
        value = here if here else line.slope * self.side
        return (value > 0) - (value < 0)

    def sign(self, f: Form) -> int:
        """-1, 0 or 1 beside the place; 0 only where it is zero everywhere."""
        return self._sign_of_line(f.above) * self._sign_of_line(f.below)

    # -- expressions

    def _moves(self, expr: ir.Expr) -> bool:
        known = self.still.get(id(expr))
        if known is None:
            known = self.still[id(expr)] = _reads(expr, self.moving.names)
        return known

    def eval(self, expr: ir.Expr) -> Moved:
        """The value of an expression beside the place.

        Raises:
            NotExactError: it is of no form that can be solved for.
        """
        if not self._moves(expr):
            return evaluate_expression(expr, self.base)
        match expr:
            case ir.Ref(kind="fact", target=target):
                return self._known(self.facts[target])
            case ir.Ref(kind="definition", target=target):
                return self._known(self.values[target])
            case ir.Op():
                return self._op(expr)
            case ir.Round(mode=mode, step=step, operand=operand):
                return self._round(mode, self.eval(operand), self.eval(step))
            case ir.Case(arms=arms):
                for arm in arms:
                    holds = True if arm.test is None else self.eval(arm.test)
                    if isinstance(holds, Reason):
                        return holds
                    if holds:
                        return self.eval(arm.value)
                return Reason("undefined", (Cause("no row", "", expr.span),))
            case ir.Catch(operand=operand, handlers=handlers):
                value = self.eval(operand)
                if isinstance(value, Reason):
                    for handler in handlers:
                        if handler.reason == value.kind or (handler.reason == "zero" and value.is_zero_denominator):
                            return self.eval(handler.value)
                return value
            case ir.Judge():
                return self._judge(expr)
            case ir.Agg(function="sum", collection="", items=items) if not expr.clauses and not any(expr.item_clauses):
                values = [v for v in map(self.eval, items) if not (isinstance(v, Reason) and v.kind == "left out")]
                reasons = [v for v in values if isinstance(v, Reason)]
                if reasons:
                    return strongest(reasons)
                if any(isinstance(value, Box) for value in values):
                    return combine("add", list(values))
                return self._number("add", [number(Fraction(0)), *values])
        raise NotExactError

    @staticmethod
    def _known(value: Moved) -> Moved:
        if isinstance(value, Open):
            raise NotExactError
        return value

    def _judge(self, expr: ir.Judge) -> Moved:
        """Points that were given; their bounds move, so they are looked at as they stand."""
        if expr.given is not None:
            raise NotExactError
        low, high = self.eval(expr.low), None if expr.high is None else self.eval(expr.high)
        at = evaluate_expression(
            attrs.evolve(expr, low=ir.Const(Fraction(-(10**30))), high=None, choices=()), self.base
        )
        if not isinstance(at, Fraction):
            return at
        for bound, way in ((low, 1), (high, -1)):
            if isinstance(bound, Form | Fraction) and self.sign(_apart(number(at), _as_form(bound))) * way < 0:
                return Reason("undefined", (Cause("judgement unusable", expr.item),))
        return at

    def _op(self, expr: ir.Op) -> Moved:
        if expr.operator in ("and", "or"):
            return self._logic(expr)
        operands = []
        for operand in expr.operands:
            operands.append(self.eval(operand))
        if expr.operator in ("is missing", "is left out"):
            value = operands[0]
            if not isinstance(value, Reason):
                return False
            return True if value.kind == expr.operator.removeprefix("is ") else value
        reasons = [value for value in operands if isinstance(value, Reason)]
        if reasons:
            return strongest(reasons)
        if any(isinstance(value, Box) for value in operands):
            return combine(expr.operator, list(operands))
        if any(isinstance(value, Form) for value in operands):
            return self._number(expr.operator, operands)
        result: Value = OPERATORS[expr.operator](*operands)
        return result

    def _logic(self, expr: ir.Op) -> Moved:
        decisive = expr.operator == "or"
        reasons, doubtful = [], False
        for operand in expr.operands:
            try:
                value = self.eval(operand)
            except NotExactError:
                doubtful = True
                continue
            if value is decisive:
                return decisive
            if isinstance(value, Reason):
                reasons.append(value)
        if doubtful:
            raise NotExactError
        return strongest(reasons) if reasons else not decisive

    def _number(self, operator: str, operands: list[Any]) -> Moved:
        forms = [_as_form(value) for value in operands]
        f = forms[0]
        if operator in _COMPARED:
            apart = self.sign(_apart(f, forms[1]))
            return bool(OPERATORS[operator](Fraction(apart), Fraction(0)))
        match operator:
            case "neg":
                found: Form | Reason = negative(f)
            case "add" | "mul":
                found = f
                for other in forms[1:]:
                    found = add(found, other) if operator == "add" else multiply(found, other)
            case "div":
                found = multiply(f, inverse(forms[1])) if self.sign(forms[1]) else _ZERO
            case "abs":
                found = f if self.sign(f) >= 0 else negative(f)
            case "min" | "max":
                way = 1 if operator == "min" else -1
                found = f
                for other in forms[1:]:
                    found = other if self.sign(_apart(found, other)) * way > 0 else found
            case "pow" if forms[1].constant == 1:
                found = f
            case _:
                raise NotExactError
        constant = found.constant if isinstance(found, Form) else None
        return found if constant is None else constant

    def _round(self, mode: ir.RoundMode, value: Moved, step: Moved) -> Moved:
        """Beside a place, what moves is never on an edge of rounding; it lies between two of them."""
        for part in (value, step):
            if isinstance(part, Reason):
                return part
        if not isinstance(step, Fraction):
            raise NotExactError
        if isinstance(value, Fraction):
            return round_to(value, step, mode)
        if isinstance(value, Box):
            return mapped(value, lambda end: round_to(end, step, mode))
        f = _as_form(value)
        if self.wide:
            self._note(f.below.root)
            return mapped(range_of(f, self.place, self.until, self.side), lambda end: round_to(end, step, mode))
        shift = step / 2 if mode in ("half up", "half even") else Fraction(0)
        if f.below.at(self.place) == 0:
            raise NotExactError  # it comes from far away, through all edges
        here = (f.at(self.place) - shift) / step
        self._note(f.below.root)
        rises = self.sign(add(f, number(-f.at(self.place)))) > 0
        low = Fraction(floor(here) if rises else ceil(here) - 1) * step + shift
        for edge in (low, low + step):
            self._note(f.where(edge))
        return round_to(low + step / 2, step, mode)


def _as_form(value: Any) -> Form:
    if isinstance(value, Form):
        return value
    if isinstance(value, Fraction) and not isinstance(value, bool):
        return number(value)
    raise NotExactError


def _apart(f: Form, g: Form) -> Form:
    return add(f, negative(g))

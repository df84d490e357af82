"""Expressions of the intermediate representation to terms: each node by the laws of the interpreter."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import assert_never

import attrs

from rubriclang.backends.integers import arithmetic, items, judging
from rubriclang.backends.integers.form import Event
from rubriclang.backends.integers.graph import Graph, Term
from rubriclang.backends.integers.inputs import Inputs
from rubriclang.backends.integers.known import Known
from rubriclang.backends.integers.unsayable import UnsayableError
from rubriclang.backends.integers.value import (
    Value,
    choose,
    clean,
    fine,
    is_kind,
    masked,
    met,
    reason,
    some,
)
from rubriclang.ir import nodes as ir
from rubriclang.ir.operators import LAZY, OPERATORS
from rubriclang.ir.sizes import TooLargeError
from rubriclang.ir.values import Reason
from rubriclang.source import Span

_MOST_POWER = 64  # the largest exponent that is multiplied out
_DEEPEST = 150  # nesting that is followed by recursion


class Expressions:
    """Lowers expressions. ``path`` holds where the expression at hand is evaluated at all; ``flags`` collects what
    makes a unit one for the interpreter."""

    def __init__(self, graph: Graph, inputs: Inputs, trace: bool) -> None:
        self.graph = graph
        self.inputs = inputs
        self.trace = trace
        self.facts: dict[str, Value] = {}
        self.values: dict[str, Value] = {}
        self.flags: list[Term] = []
        self.judged: dict[str, list[Term]] = {}
        self.events: list[Event] = []
        self.path: Term = graph.true
        self.known = Known(graph)
        self.depth = 0

    def lower(self, expr: ir.Expr) -> Value:
        """The terms of an expression.

        Raises:
            UnsayableError: it has no integer form.
        """
        self.depth += 1
        if self.depth > _DEEPEST:
            raise UnsayableError("nesting", expr.span)
        try:
            return self._lower(expr)
        finally:
            self.depth -= 1

    def _lower(self, expr: ir.Expr) -> Value:
        match expr:
            case ir.Const(value=value):
                return self._const(value, expr.span)
            case ir.Ref():
                return self._ref(expr)
            case ir.Op():
                return self._op(expr)
            case ir.Round(mode=mode, step=step, operand=operand):
                subject = self.lower(operand)
                rounded = arithmetic.round_value(self.graph, mode, self.lower(step), subject)
                if rounded is None:
                    raise UnsayableError("a step that is not known to be positive", expr.span)
                return rounded
            case ir.Case(arms=arms):
                return self._case(arms)
            case ir.Catch(operand=operand, handlers=handlers):
                return self._catch(operand, handlers)
            case ir.Judge():
                return judging.judge(self, expr)
            case ir.Agg():
                return items.aggregate(self, expr)
            case _:
                assert_never(expr)

    def _const(self, value: object, span: Span | None) -> Value:
        graph = self.graph
        match value:
            case bool():
                return Value("truth", graph.truth(value), graph.one)
            case Fraction():
                return arithmetic.number(graph, value)
            case str():
                return Value("text", self.inputs.code(value), graph.one)
            case date():
                return Value("day", graph.const(value.toordinal()), graph.one)
            case Reason():
                return self._reason(value)
            case _:
                raise UnsayableError("a list or a real number", span)

    def _reason(self, value: Reason) -> Value:
        if value.kind != "undefined":
            return reason(self.graph, value.kind)
        return reason(self.graph, "zero" if value.is_zero_denominator else "undefined")

    def _ref(self, expr: ir.Ref) -> Value:
        match expr.kind:
            case "fact":
                return self.facts[expr.target]
            case "definition":
                found = self.values.get(expr.target)
                if found is None:
                    raise UnsayableError(f"reads {expr.target}", expr.span)
                return found
            case _:
                raise UnsayableError("rows of a table", expr.span)

    # -- operators

    def _op(self, expr: ir.Op) -> Value:
        if expr.operator in LAZY:
            return self._lazy(expr)
        graph = self.graph
        folded = self._folded(expr)
        if folded is not None:
            return folded
        operands = [self.lower(operand) for operand in expr.operands]
        first = operands[0]
        match expr.operator:
            case "add":
                return arithmetic.add(graph, operands)
            case "mul":
                return arithmetic.multiply(graph, operands)
            case "div":
                return arithmetic.divide(graph, first, operands[1])
            case "neg":
                return arithmetic.negative(graph, first)
            case "abs":
                return arithmetic.magnitude(graph, first)
            case "min" | "max":
                return arithmetic.extreme(graph, expr.operator, operands)
            case "lt" | "le" | "gt" | "ge" | "eq" | "ne":
                return arithmetic.compare(graph, expr.operator, first, operands[1])
            case "not":
                return Value("truth", graph.not_(first.term), graph.one, first.reasons)
            case "days":
                days = graph.sub(operands[1].term, first.term)
                return Value("number", days, graph.one, met(graph, operands))
            case "pow":
                return self._power(expr, first)
            case _:
                raise UnsayableError(expr.operator, expr.span)

    def _folded(self, expr: ir.Op) -> Value | None:
        """What an operator over literals comes to, by the table of operators itself."""
        values = [operand.value for operand in expr.operands if isinstance(operand, ir.Const)]
        if len(values) < len(expr.operands) or any(isinstance(value, Reason) for value in values):
            return None
        try:
            return self._const(OPERATORS[expr.operator](*values), expr.span)
        except TooLargeError:
            return reason(self.graph, "undefined")

    def _power(self, expr: ir.Op, base: Value) -> Value:
        exponent = expr.operands[1]
        whole = exponent.value if isinstance(exponent, ir.Const) else None
        if not isinstance(whole, Fraction) or whole.denominator != 1 or abs(whole) > _MOST_POWER:
            raise UnsayableError("pow", expr.span)
        return arithmetic.power(self.graph, base, int(whole))

    def _lazy(self, expr: ir.Op) -> Value:
        graph = self.graph
        if expr.operator in ("is missing", "is left out"):
            value = self.lower(expr.operands[0])
            asked = is_kind(graph, value, "missing" if expr.operator == "is missing" else "left out")
            other = graph.not_(asked)
            reasons = {why: graph.and_(term, other) for why, term in value.reasons.items()}
            return Value("truth", asked, graph.one, clean(graph, reasons))
        # One operand that decides does so whatever the others come to, even reasons met before it.
        before = self.path
        operands: list[Value] = []
        decided: list[Term] = []
        for operand in expr.operands:
            value = self.lower(operand)
            wanted = value.term if expr.operator == "or" else graph.not_(value.term)
            decided.append(graph.and_(fine(graph, value), wanted))
            operands.append(value)
            self.path = graph.and_(self.path, graph.not_(decided[-1]))
        self.path = before
        decision = graph.or_(*decided)
        open_ = graph.not_(decision)
        reasons = {why: graph.and_(term, open_) for why, term in met(graph, operands).items()}
        if reasons:
            term = decision if expr.operator == "or" else open_
        elif expr.operator == "or":
            term = graph.or_(*(value.term for value in operands))
        else:
            term = graph.and_(*(value.term for value in operands))
        return Value("truth", term, graph.one, clean(graph, reasons))

    # -- rows and reasons

    def _case(self, arms: tuple[ir.Arm, ...]) -> Value:
        graph = self.graph
        before, known = self.path, self.known
        tests: list[Value] = []
        chosen: list[ir.Arm] = []
        starts: list[Term] = []
        events: list[Event] = []
        for arm in arms:
            test = Value("truth", graph.true, graph.one) if arm.test is None else self.lower(arm.test)
            test = attrs.evolve(test, term=self.known.simplified(test.term))
            starts.append(graph.and_(self.path, fine(graph, test), test.term))
            tests.append(test)
            chosen.append(arm)
            if test.term == graph.true and not test.reasons:
                break
            self.path = graph.and_(self.path, fine(graph, test), graph.not_(test.term))
            self.known = self.known.but(test.term)
        at = len(self.events)
        results: list[Value] = []
        for arm, start in zip(chosen, starts, strict=True):
            self.path = start
            self.known = known
            results.append(self.lower(arm.value) if start != graph.false else reason(graph, "undefined"))
        self.path, self.known = before, known
        result = reason(graph, "undefined", results[0].kind)
        code = graph.const(-1)
        for i in reversed(range(len(tests))):
            test = tests[i]
            result = choose(graph, test.term, results[i], result)
            code = graph.select(test.term, graph.const(i), code)
            if test.reasons:
                stopped = some(graph, test)
                reasons = {why: graph.and_(term, graph.not_(stopped)) for why, term in result.reasons.items()}
                result = masked(graph, attrs.evolve(result, reasons=reasons), test.reasons)
                code = graph.select(stopped, graph.const(-1), code)
        if self.trace:
            events.append(Event(before, code, tuple(arm.tag for arm in chosen)))
            self.events[at:at] = events
        return result

    def _catch(self, operand: ir.Expr, handlers: tuple[ir.Handler, ...]) -> Value:
        graph = self.graph
        before, at = self.path, len(self.events)
        value = self.lower(operand)
        rest: Term = graph.true
        caught: list[tuple[Term, ir.Handler]] = []
        for handler in handlers:
            holds = graph.and_(rest, is_kind(graph, value, handler.reason))
            rest = graph.and_(rest, graph.not_(holds))
            if holds != graph.false:
                caught.append((holds, handler))
        if self.trace and caught:  # what a caught reason went through does not count
            self.events[at:] = [
                event if event.item is not None else attrs.evolve(event, when=graph.and_(event.when, rest))
                for event in self.events[at:]
            ]
            code = graph.const(-1)
            for i, (holds, _) in reversed(list(enumerate(caught))):
                code = graph.select(holds, graph.const(i), code)
            self.events.append(Event(before, code, tuple(handler.tag for _, handler in caught)))
        uncaught = {why: graph.and_(term, rest) for why, term in value.reasons.items()}
        result = attrs.evolve(value, reasons=clean(graph, uncaught))
        for holds, handler in reversed(caught):
            self.path = graph.and_(before, holds)
            result = choose(graph, holds, self.lower(handler.value), result)
        self.path = before
        return result

"""All ways an expression can come out, each with the facts that lead there.

The interpreter, run on facts that are not known: a comparison goes both ways and remembers which. What is not linear
becomes a number of which nothing is known, so every true way is among those found; some may be impossible, which is
why a witness is scored before anyone sees it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from rubriclang.ir import nodes as ir
from rubriclang.ir.operators import COMPARISONS
from rubriclang.ir.rounding import round_to
from rubriclang.ir.types import Day, Labels, Number, Truth
from rubriclang.ir.values import Cause, Reason, strongest
from rubriclang.prover import simplex
from rubriclang.prover.arithmetic import combine, compared
from rubriclang.prover.linear import Row, number
from rubriclang.prover.state import Choice, Ratio, State, Symbolic, fixed, unknown

Way = tuple[State, Symbolic]
MAX_WAYS = 4_000
JUDGED = "评定 "  # what the variables of judged points begin with
_ARITHMETIC = frozenset({"add", "mul", "neg", "div", "min", "max", "abs", "pow", "days"})
_COMPARED = frozenset(COMPARISONS.values())
# What a value of a table or of other units may lack.
_REASONS = (
    Reason("missing", (Cause("fact missing", ""),)),
    Reason("left out", (Cause("left out", ""),)),
    Reason("undefined", (Cause("zero denominator", ""),)),
)
_MISSING = Reason("missing", (Cause("fact missing", ""),))


class TooManyWaysError(ArithmeticError):
    """More ways than a check may look at."""


class Explorer:
    """Explores expressions over declared facts and the definitions before them."""

    def __init__(self, facts: Mapping[str, ir.Fact], definitions: Mapping[str, ir.Definition]) -> None:
        self.facts = facts
        self.definitions = definitions
        self.seen = 0

    def ways(self, expr: ir.Expr, state: State) -> Iterator[Way]:
        """Every way an expression can come out from a path.

        Raises:
            TooManyWaysError: there are too many.
        """
        self.seen += 1
        simplex.spend(20)
        if self.seen > MAX_WAYS:
            raise TooManyWaysError
        match expr:
            case ir.Const(value=literal):
                yield state, _constant(literal)
            case ir.Ref():
                yield from self._ref(expr, state)
            case ir.Op():
                yield from self._op(expr, state)
            case ir.Round():
                yield from self._round(expr, state)
            case ir.Case(arms=arms):
                yield from self._case(arms, state)
            case ir.Catch(operand=operand, handlers=handlers):
                for after, value in self.ways(operand, state):
                    yield from self._caught(handlers, after, value)
            case ir.Judge():
                yield from self._judge(expr, state)
            case ir.Agg(function="sum", collection="", items=items) if not expr.clauses:
                yield from self._sum(items, state)
            case ir.Agg(function=function):
                yield from self._anything(state, Truth() if function in ("any", "all") else Number())
                yield from ((state, reason) for reason in _REASONS)

    # -- names

    def _ref(self, expr: ir.Ref, state: State) -> Iterator[Way]:
        if expr.kind == "fact":
            yield from self.fact(expr.target, state)
            return
        definition = self.definitions.get(expr.target)
        if expr.kind != "definition" or definition is None or definition.level is not None:
            yield from self._anything(state, definition.type if definition is not None else Number())
            yield from ((state, reason) for reason in _REASONS)
            return
        key = f"= {expr.target}"
        if key in state.values:
            yield state, state.values[key]
            return
        for after, value in self.ways(definition.expr, state):
            yield after.with_value(key, value), value

    def _anything(self, state: State, kind: object) -> Iterator[Way]:
        """A value of which only the type is known."""
        after, name = state.fresh()
        if isinstance(kind, Truth | Labels):
            after.options[name] = (True, False) if isinstance(kind, Truth) else kind.options
            yield after, Choice(name)
        else:
            yield after, unknown(name)

    def fact(self, name: str, state: State) -> Iterator[Way]:
        """A fact: given within its bounds, or absent where it may be."""
        if name in state.values:
            yield state, state.values[name]
            return
        fact = self.facts.get(name)
        if fact is None:
            yield from self._anything(state, Number())
            return
        needed: list[Way] = [(state, True)] if fact.only_if is None else list(self.ways(fact.only_if, state))
        for after, holds in needed:
            for there, truth in self._truth(after, holds):
                if truth is False:
                    yield _absent(there, name), _MISSING
                    continue
                yield from self._given(fact, there)
                if fact.default is not None:
                    for gone, value in self.ways(fact.default, there):
                        yield _absent(gone.with_value(name, value), name), value
                elif fact.optional:
                    yield _absent(there, name), _MISSING

    def _given(self, fact: ir.Fact, state: State) -> Iterator[Way]:
        state = state.fork()
        value: Symbolic
        match fact.type:
            case Truth() | Labels():
                state.options[fact.name] = (True, False) if isinstance(fact.type, Truth) else fact.type.options
                value = Choice(fact.name)
            case Number() | Day():
                value = unknown(fact.name)
                step = fact.rounding[1] if fact.rounding is not None else None
                grid = fact.grid if isinstance(fact.grid, Fraction) else None
                if isinstance(step, ir.Const) and isinstance(step.value, Fraction):
                    grid = grid or step.value
                if fact.whole or isinstance(fact.type, Day):
                    grid = Fraction(1)
                if grid is not None:
                    state.grids[fact.name] = grid
                if isinstance(fact.type, Day):
                    first, last = number(date(1900, 1, 1).toordinal()), number(date(2100, 1, 1).toordinal())
                    state.rows = (*state.rows, Row(value.above - last, "<="), Row(first - value.above, "<="))
            case _:
                yield from self._anything(state, fact.type)
                return
        paths = [state.with_value(fact.name, value)]
        for constraint in fact.constraints:
            if any(isinstance(node, ir.Round) for node in ir.walk(constraint.test)):
                continue  # whole numbers and grids, which the path keeps by itself
            paths = [there for path in paths for there in self._unbroken(constraint.test, path)]
        for path in paths:
            yield path, value

    def _unbroken(self, test: ir.Expr, state: State) -> Iterator[State]:
        for after, holds in self.ways(test, state):
            for there, truth in self._truth(after, holds):
                if truth is not False:
                    yield there

    def _judge(self, expr: ir.Judge, state: State) -> Iterator[Way]:
        name = f"{JUDGED}{expr.item}" if expr.given is None else None
        if name is None:
            yield from self._anything(state, Number())
            return
        value = unknown(name)
        ends = [(expr.low, "gt" if expr.low_open else "ge")]
        ends += [(expr.high, "lt" if expr.high_open else "le")] if expr.high is not None else []
        paths = [state]
        for end, op in ends:
            found = [(there, bound) for path in paths for there, bound in self.ways(end, path)]
            paths = []
            for there, bound in found:
                rows = compared(value, op, bound, there) if isinstance(bound, Ratio) else None
                paths += [p for p, truth in rows or [(there, True)] if truth]
        for path in paths:
            yield path, value

    # -- operators

    def _op(self, expr: ir.Op, state: State) -> Iterator[Way]:
        if expr.operator in ("and", "or"):
            yield from self._logic(expr, state)
            return
        if expr.operator in ("is missing", "is left out"):
            for after, value in self.ways(expr.operands[0], state):
                if not isinstance(value, Reason):
                    yield after, False
                else:
                    yield after, (True if value.kind == expr.operator.removeprefix("is ") else value)
            return
        for after, values in self._all(expr.operands, state):
            reasons = [value for value in values if isinstance(value, Reason)]
            if reasons:
                yield after, strongest(reasons)
            elif expr.operator == "not":
                for there, truth in self._truth(after, values[0]):
                    yield there, (not truth if isinstance(truth, bool) else truth)
            elif expr.operator in _COMPARED:
                yield from compared(values[0], expr.operator, values[1], after) or self._anything(after, Truth())
            elif expr.operator in _ARITHMETIC:
                yield from combine(expr.operator, values, after) or self._anything(after, Number())
            else:
                yield from self._anything(after, Number())

    def _all(self, operands: tuple[ir.Expr, ...], state: State) -> Iterator[tuple[State, list[Symbolic]]]:
        if not operands:
            yield state, []
            return
        for after, value in self.ways(operands[0], state):
            for there, rest in self._all(operands[1:], after):
                yield there, [value, *rest]

    def _truth(self, state: State, value: Symbolic) -> Iterator[Way]:
        """A truth value as True, False or a reason."""
        if isinstance(value, Ratio | str):  # of a type that is not known here, as a column of a table
            yield from ((state, True), (state, False))
            return
        if not isinstance(value, Choice):
            yield state, value
            return
        for option in state.options[value.name]:
            there = state.with_options(value.name, (option,))
            if there is not None:
                yield there, option

    def _logic(self, expr: ir.Op, state: State) -> Iterator[Way]:
        decisive = expr.operator == "or"

        def rest(at: int, path: State, reasons: list[Reason]) -> Iterator[Way]:
            if at == len(expr.operands):
                yield path, (strongest(reasons) if reasons else not decisive)
                return
            for after, value in self.ways(expr.operands[at], path):
                for there, truth in self._truth(after, value):
                    if truth is decisive:
                        yield there, decisive
                    else:
                        more = [truth] if isinstance(truth, Reason) else []
                        yield from rest(at + 1, there, [*reasons, *more])

        yield from rest(0, state, [])

    def _case(self, arms: tuple[ir.Arm, ...], state: State) -> Iterator[Way]:
        if not arms:
            yield state, Reason("undefined", (Cause("no row", ""),))
            return
        arm, rest = arms[0], arms[1:]
        if arm.test is None:
            yield from self.ways(arm.value, state)
            return
        for after, holds in self.ways(arm.test, state):
            for there, truth in self._truth(after, holds):
                if truth is True:
                    yield from self.ways(arm.value, there)
                elif truth is False:
                    yield from self._case(rest, there)
                else:
                    yield there, truth

    def _caught(self, handlers: tuple[ir.Handler, ...], state: State, value: Symbolic) -> Iterator[Way]:
        if isinstance(value, Reason):
            for handler in handlers:
                if handler.reason == value.kind or (handler.reason == "zero" and value.is_zero_denominator):
                    yield from self.ways(handler.value, state)
                    return
        yield state, value

    def _round(self, expr: ir.Round, state: State) -> Iterator[Way]:
        for after, (value, step) in self._all((expr.operand, expr.step), state):
            reasons = [part for part in (value, step) if isinstance(part, Reason)]
            if reasons:
                yield after, strongest(reasons)
                continue
            size = step.constant if isinstance(step, Ratio) else None
            if not isinstance(value, Ratio) or size is None or size <= 0:
                yield from self._anything(after, Number())
                continue
            known = value.constant
            if known is not None:
                yield after, fixed(round_to(known, size, expr.mode))
                continue
            there, name = after.fresh()
            there.grids[name] = size
            rounded = unknown(name)
            if value.linear is not None:  # how far rounding can move a number
                apart = rounded.above - value.linear
                up = number(size if expr.mode in ("ceiling", "up", "down") else 0)
                down = number(size if expr.mode in ("floor", "up", "down") else 0)
                if expr.mode in ("half up", "half even"):
                    up = down = number(size / 2)
                there.rows = (*there.rows, Row(apart - up, "<="), Row(apart * Fraction(-1) - down, "<="))
            else:  # rounding keeps the order, so the ends of a ratio bound it
                low, high = simplex.range_of(value.above, value.below, after.rows)
                if low is not None:
                    least = number(round_to(low, size, expr.mode))
                    there.rows = (*there.rows, Row(least - rounded.above, "<="))
                if high is not None:
                    most = number(round_to(high, size, expr.mode))
                    there.rows = (*there.rows, Row(rounded.above - most, "<="))
            yield there, rounded

    def _sum(self, items: tuple[ir.Expr, ...], state: State) -> Iterator[Way]:
        for after, values in self._all(items, state):
            reasons = [v for v in values if isinstance(v, Reason) and v.kind != "left out"]
            if reasons:
                yield after, strongest(reasons)
                continue
            counted: list[Symbolic] = [v for v in values if not isinstance(v, Reason)]
            yield from combine("add", [fixed(Fraction(0)), *counted], after) or self._anything(after, Number())


def _constant(value: object) -> Symbolic:
    match value:
        case bool() | str() | Reason():
            return value
        case Fraction():
            return fixed(value)
        case date():
            return fixed(Fraction(value.toordinal()))
        case _:
            return Reason("undefined")


def _absent(state: State, name: str) -> State:
    out = state.fork()
    out.absent = state.absent | {name}
    out.values.setdefault(name, _MISSING)
    return out

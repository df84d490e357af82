"""Questions that are not linear, put to an SMT solver where the ``smt`` extra is installed (z3).

The program becomes one formula over exact rationals, reasons and all. That the solver finds no facts is a proof, as
everything is said to it that the interpreter would do; what it does find is a proposal, to be scored like any other.
What has no such formula (logarithms, tables, other units) stays open. The work is bounded by a count of steps, not by
time, so that every machine gives the same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from ctypes import ArgumentError
from datetime import date
from fractions import Fraction
from functools import cache, reduce
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import attrs

from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.ir.types import Day, Labels, Number, Truth
from rubriclang.ir.values import Reason
from rubriclang.prover.witness import Answer, Witness, text_of

LIMIT = 4_000_000  # steps of the solver for one question, about a second
_PLAIN_LIMIT = 400_000  # for each attempt to find shorter numbers
_DIGITS = (0, 1, 2, 4)
_MOST_NAMES = 500  # a question over more takes longer to write down than to give up
_DEFINED, _LEFT_OUT, _PENDING, _MISSING, _ZERO, _UNDEFINED = range(6)
_KINDS = {"left out": _LEFT_OUT, "pending": _PENDING, "missing": _MISSING, "undefined": _UNDEFINED, "zero": _ZERO}


class NotSaidError(Exception):
    """Something that has no formula here."""


@cache
def installed() -> bool:
    """Whether the solver is there; it is loaded only when a question is put to it."""
    return find_spec("z3") is not None


def solve(goal: ir.Expr, facts: Iterable[ir.Fact], definitions: Iterable[ir.Definition]) -> Answer | None:
    """Whether some facts make a condition true; None where the solver is not there, or cannot tell."""
    if not installed():
        return None
    asked = _Formula(facts, definitions)
    try:
        wanted = asked.of(goal)
        if wanted.term is None:
            return Answer("never")
        condition = asked.z3.And(wanted.why == _DEFINED, asked.truth(wanted))
        return asked.answer(condition)
    except (NotSaidError, RecursionError, ArgumentError):  # the last: a RecursionError while a term is handed over
        return None


@attrs.frozen
class _Value:
    """A term and why there is none (0: there is one); no term where there never is one."""

    term: Any
    why: Any


class _Formula:
    def __init__(self, facts: Iterable[ir.Fact], definitions: Iterable[ir.Definition]) -> None:
        self.z3: Any = import_module("z3")
        self.facts = {fact.name: fact for fact in facts}
        self.definitions = {definition.id: definition for definition in definitions}
        self.known: dict[str, _Value] = {}
        self.rows: list[Any] = []
        self.given: dict[str, tuple[Any, Any]] = {}  # of each fact its value, and whether it is given
        self.judged: dict[str, Any] = {}
        self.words: dict[str, int] = {}

    # -- the answer

    def answer(self, condition: Any) -> Answer | None:
        solver = self.z3.Solver()
        solver.set("rlimit", LIMIT)
        solver.add(*self.rows, condition)
        verdict = solver.check()
        if verdict == self.z3.unsat:
            return Answer("never")
        if verdict != self.z3.sat:
            return None
        first = self._witness(solver.model())
        return Answer("maybe", (self._witness(self._plain(solver)), first))

    def _plain(self, solver: Any) -> Any:
        """A model with numbers as short as they can be, one after the other."""
        model = solver.model()
        solver.set("rlimit", _PLAIN_LIMIT)
        for name in sorted(self.given):
            term, _ = self.given[name]
            value = _number(model.eval(term, model_completion=True)) if self.z3.is_arith(term) else None
            if value is None:
                continue
            for digits in _DIGITS:
                solver.push()
                solver.add(term == self._rational(Fraction(round(value, digits))))
                if solver.check() == self.z3.sat:
                    model = solver.model()
                    break
                solver.pop()
        return model

    def _witness(self, model: Any) -> Witness:
        words = {number: word for word, number in self.words.items()}
        facts: dict[str, str] = {}
        for name, (term, present) in self.given.items():
            if self.z3.is_false(model.eval(present, model_completion=True)):
                continue
            found = model.eval(term, model_completion=True)
            fact = self.facts[name]
            match fact.type:
                case Truth():
                    facts[name] = text_of(fact, None, (self.z3.is_true(found),))
                case Labels():
                    facts[name] = words.get(found.as_long(), fact.type.options[0])
                case _:
                    facts[name] = text_of(fact, _number(found), None)
        judged = {
            item: number_text(_number(model.eval(t, model_completion=True)) or Fraction(0))
            for item, t in self.judged.items()
        }
        return Witness(facts, judged)

    # -- terms

    def _rational(self, value: Fraction) -> Any:
        return self.z3.Q(value.numerator, value.denominator)

    def truth(self, value: _Value) -> Any:
        if not self.z3.is_bool(value.term):
            raise NotSaidError
        return value.term

    def _arith(self, value: _Value) -> Any:
        if not self.z3.is_real(value.term):
            raise NotSaidError
        return value.term

    def _word(self, word: str) -> Any:
        return self.z3.IntVal(self.words.setdefault(word, len(self.words)))

    def _no(self, why: int) -> _Value:
        return _Value(None, self.z3.IntVal(why))

    def _sure(self, term: Any) -> _Value:
        return _Value(term, self.z3.IntVal(_DEFINED))

    def _strongest(self, reasons: Iterable[Any]) -> Any:
        """One reason for several: the strongest; a zero denominator is one only among its like."""
        z3 = self.z3

        def both(a: Any, b: Any) -> Any:
            hard = z3.Or(a >= _ZERO, b >= _ZERO)
            mixed = z3.If(hard, z3.IntVal(_UNDEFINED), z3.If(a > b, a, b))
            return z3.If(a == 0, b, z3.If(b == 0, a, z3.If(a == b, a, mixed)))

        return reduce(both, reasons, z3.IntVal(_DEFINED))

    def _either(self, test: Any, yes: _Value, no: _Value) -> _Value:
        why = self.z3.If(test, yes.why, no.why)
        if yes.term is None or no.term is None:
            return _Value(no.term if yes.term is None else yes.term, why)
        if yes.term.sort() != no.term.sort():
            raise NotSaidError
        return _Value(self.z3.If(test, yes.term, no.term), why)

    def of(self, expr: ir.Expr) -> _Value:
        match expr:
            case ir.Const():
                return self._constant(expr.value)
            case ir.Ref(target=target, kind=kind, own=own):
                if own or kind in ("column", "row"):
                    raise NotSaidError
                return self._fact(target) if kind == "fact" else self._defined(target)
            case ir.Op():
                return self._op(expr)
            case ir.Round(mode=mode):
                value, step = self.of(expr.operand), self.of(expr.step)
                if value.term is None or step.term is None:
                    return _Value(None, self._strongest((value.why, step.why)))
                size = self._arith(step)
                rounded = self._whole(mode, self._arith(value) / size) * size
                return _Value(rounded, self._strongest((value.why, step.why)))
            case ir.Case(arms=arms):
                return self._case(arms)
            case ir.Catch(operand=operand, handlers=handlers):
                value = self.of(operand)
                caught = value
                for handler in reversed(handlers):
                    caught = self._either(value.why == _KINDS[handler.reason], self.of(handler.value), caught)
                return caught
            case ir.Agg(function="sum", collection="", items=items) if not expr.clauses and not any(expr.item_clauses):
                values = [self.of(item) for item in items]
                z3 = self.z3
                terms = [z3.If(v.why == 0, self._arith(v), z3.RealVal(0)) for v in values if v.term is not None]
                why = self._strongest(z3.If(v.why == _LEFT_OUT, z3.IntVal(0), v.why) for v in values)
                return _Value(z3.Sum([z3.RealVal(0), *terms]), why)
            case ir.Judge():
                return self._judge(expr)
            case _:
                raise NotSaidError

    def _constant(self, value: object) -> _Value:
        match value:
            case Reason(kind=kind):
                zero = kind == "undefined" and value.is_zero_denominator and bool(value.causes)
                return self._no(_ZERO if zero else _KINDS[kind])
            case bool():
                return self._sure(self.z3.BoolVal(value))
            case Fraction():
                return self._sure(self._rational(value))
            case str():
                return self._sure(self._word(value))
            case date():
                return self._sure(self.z3.RealVal(value.toordinal()))
            case _:
                raise NotSaidError

    def _defined(self, name: str) -> _Value:
        if name not in self.known:
            if len(self.known) > _MOST_NAMES:
                raise NotSaidError
            definition = self.definitions.get(name)
            if definition is None or definition.level is not None:
                raise NotSaidError
            self.known[name] = self.of(definition.expr)
        return self.known[name]

    def _case(self, arms: tuple[ir.Arm, ...]) -> _Value:
        result = self._no(_UNDEFINED)
        for arm in reversed(arms):
            value = self.of(arm.value)
            if arm.test is None:
                result = value
                continue
            test = self.of(arm.test)
            if test.term is None:
                result = _Value(None, test.why)
                continue
            chosen = self._either(self.truth(test), value, result)
            result = self._either(test.why == 0, chosen, _Value(None, test.why))
        return result

    # -- facts and judges

    def _fact(self, name: str) -> _Value:
        key = f"fact {name}"
        if key in self.known:
            return self.known[key]
        fact = self.facts.get(name)
        if fact is None or fact.rounding is not None:
            raise NotSaidError
        z3 = self.z3
        term = self._variable(fact)
        present = z3.Bool(f"given {name}")
        self.given[name] = (term, present)
        here = _Value(term, z3.If(present, z3.IntVal(_DEFINED), z3.IntVal(_MISSING)))
        if not fact.optional and fact.default is None and fact.only_if is None:
            self.rows.append(present)
        if fact.only_if is not None:
            needed = self.of(fact.only_if)
            out = z3.And(needed.why == 0, z3.Not(self.truth(needed)))
            self.rows.append(z3.Implies(out, z3.Not(present)))
            if not fact.optional and fact.default is None:
                self.rows.append(z3.Implies(z3.Not(out), present))
        if fact.default is not None:
            here = self._either(present, self._sure(term), self.of(fact.default))
        self.known[key] = here
        for constraint in fact.constraints:
            if any(isinstance(node, ir.Round) for node in ir.walk(constraint.test)):
                continue  # whole numbers and grids, which the variable keeps by itself
            test = self.of(constraint.test)
            if test.term is not None:
                self.rows.append(z3.Not(z3.And(test.why == 0, z3.Not(self.truth(test)))))
        return here

    def _variable(self, fact: ir.Fact) -> Any:
        z3, name = self.z3, fact.name
        grid = fact.grid if isinstance(fact.grid, Fraction) else Fraction(1) if fact.whole else None
        match fact.type:
            case Truth():
                return z3.Bool(name)
            case Labels(options=options):
                term = z3.Int(name)
                self.rows.append(z3.Or([term == self._word(option) for option in options]))
                return term
            case Day():
                day = z3.Int(name)
                self.rows += [day >= date(1900, 1, 1).toordinal(), day <= date(2100, 1, 1).toordinal()]
                return z3.ToReal(day)
            case Number():
                return z3.Real(name) if grid is None else z3.ToReal(z3.Int(name)) * self._rational(grid)
            case _:
                raise NotSaidError

    def _judge(self, expr: ir.Judge) -> _Value:
        if expr.given is not None or expr.choices:
            raise NotSaidError
        if expr.item not in self.judged:
            term = self.z3.Real(f"points {expr.item}")
            self.judged[expr.item] = term
            low = self.of(expr.low)
            self.rows.append(term > self._arith(low) if expr.low_open else term >= self._arith(low))
            if expr.high is not None:
                high = self._arith(self.of(expr.high))
                self.rows.append(term < high if expr.high_open else term <= high)
        return self._sure(self.judged[expr.item])

    # -- operators

    def _op(self, expr: ir.Op) -> _Value:
        z3 = self.z3
        values = [self.of(operand) for operand in expr.operands]
        if expr.operator in ("and", "or"):
            return self._logic(expr.operator == "or", values)
        if expr.operator in ("is missing", "is left out"):
            kind = _KINDS[expr.operator.removeprefix("is ")]
            why = values[0].why
            return _Value(why == kind, z3.If(z3.Or(why == 0, why == kind), z3.IntVal(0), why))
        why = self._strongest(value.why for value in values)
        if any(value.term is None for value in values):
            return _Value(None, why)
        if expr.operator == "not":
            return _Value(z3.Not(self.truth(values[0])), why)
        if expr.operator in ("eq", "ne"):
            left, right = values
            if left.term.sort() != right.term.sort():
                raise NotSaidError
            return _Value(left.term == right.term if expr.operator == "eq" else left.term != right.term, why)
        numbers = [self._arith(value) for value in values]
        if expr.operator == "div":
            zero = z3.If(numbers[1] == 0, z3.IntVal(_ZERO), z3.IntVal(0))
            return _Value(numbers[0] / numbers[1], z3.If(why == 0, zero, why))
        return _Value(self._apply(expr, numbers), why)

    def _apply(self, expr: ir.Op, numbers: list[Any]) -> Any:
        z3 = self.z3
        simple: Mapping[str, Callable[[Any, Any], Any]] = {
            "le": lambda a, b: a <= b,
            "lt": lambda a, b: a < b,
            "ge": lambda a, b: a >= b,
            "gt": lambda a, b: a > b,
            "days": lambda a, b: b - a,
            "add": lambda a, b: a + b,
            "mul": lambda a, b: a * b,
            "min": lambda a, b: z3.If(a <= b, a, b),
            "max": lambda a, b: z3.If(a >= b, a, b),
        }
        if expr.operator in simple:
            return reduce(simple[expr.operator], numbers)
        match expr:
            case ir.Op(operator="neg"):
                return -numbers[0]
            case ir.Op(operator="abs"):
                return z3.If(numbers[0] >= 0, numbers[0], -numbers[0])
            case ir.Op(
                operator="pow", operands=(_, ir.Const(value=Fraction(denominator=1, numerator=1 | 2 | 3 | 4 as to)))
            ):
                return reduce(lambda a, b: a * b, [numbers[0]] * to)
            case _:
                raise NotSaidError

    def _logic(self, decisive: bool, values: list[_Value]) -> _Value:
        z3 = self.z3
        decided = z3.Or(
            [
                z3.And(v.why == 0, self.truth(v) if decisive else z3.Not(self.truth(v)))
                for v in values
                if v.term is not None
            ]
        )
        why = z3.If(decided, z3.IntVal(0), self._strongest(value.why for value in values))
        return _Value(decided if decisive else z3.Not(decided), why)

    def _whole(self, mode: ir.RoundMode, scaled: Any) -> Any:
        z3 = self.z3

        def floor(term: Any) -> Any:
            return z3.ToReal(z3.ToInt(term))

        half = self._rational(Fraction(1, 2))
        match mode:
            case "floor":
                return floor(scaled)
            case "ceiling":
                return -floor(-scaled)
            case "down":
                return z3.If(scaled >= 0, floor(scaled), -floor(-scaled))
            case "up":
                return z3.If(scaled >= 0, -floor(-scaled), floor(scaled))
            case "half up":
                return z3.If(scaled >= 0, floor(scaled + half), -floor(-scaled + half))
            case "half even":
                near = floor(scaled + half)
                tie = z3.And(near - scaled == half, z3.ToInt(near) % 2 == 1)
                return z3.If(tie, near - 1, near)


def _number(found: Any) -> Fraction | None:
    """The rational that a model gives; one near it where it gives a root."""
    if hasattr(found, "as_fraction"):
        exact: Fraction = found.as_fraction()
        return Fraction(exact)
    if hasattr(found, "approx"):
        return _number(found.approx(12))
    return Fraction(found.as_long()) if hasattr(found, "as_long") else None

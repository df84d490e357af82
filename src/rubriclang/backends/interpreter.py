"""The definition of the language: a program and its facts in, exact values out.

Every other way to run a rubric must agree with this file. It computes in rationals only, never raises for
what a user wrote, and evaluates definitions in the program's order, each once.

A value that does not exist is a :class:`~rubriclang.ir.values.Reason`, and these are its laws:

* An operator over a reason is that reason; over several, the strongest, with all their causes.
* 且 and 或 decide where the other side suffices: 假 且 缺失 is 假, 真 或 缺失 is 真.
* A row whose test comes to a reason is not skipped: the whole list takes that reason.
* ``缺失 ->`` catches missing values only, ``分母为零 ->`` zero denominators only.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, assert_never

import attrs

from rubriclang.ir import nodes as ir
from rubriclang.ir.operators import LAZY, OPERATORS, round_to
from rubriclang.ir.values import Cause, Reason, Value, strongest


@attrs.frozen
class Violation:
    """A given value that its declaration or its judge's bounds forbid; ``bound`` is the broken constraint."""

    name: str
    value: Value
    bound: str
    judged: bool = False
    low: Value | None = None
    high: Value | None = None


@attrs.define
class Evaluation:
    """All values of a program on one fact set, and which rows made them.

    ``fired`` lists for each definition the tags of the rows that applied, outermost first; ``judgements`` tells
    which judged items a definition used.
    """

    facts: dict[str, Value] = attrs.field(factory=dict)
    values: dict[str, Value] = attrs.field(factory=dict)
    fired: dict[str, list[ir.Tag]] = attrs.field(factory=dict)
    judgements: dict[str, list[str]] = attrs.field(factory=dict)
    violations: list[Violation] = attrs.field(factory=list)


def evaluate(
    program: ir.Program,
    given: Mapping[str, Value],
    judged: Mapping[str, Value] | None = None,
    replaced: Mapping[str, Value] | None = None,
    pending_as: Literal["low", "high"] | None = None,
) -> Evaluation:
    """Evaluates every definition of a program.

    Args:
        program: the program; its definitions stand in evaluation order.
        given: facts by name; a fact that is absent is missing, one given as a Reason keeps that reason.
        judged: points by the name of the judged item.
        replaced: definitions whose value is imposed (parameters in a test, bounds of a pending score).
        pending_as: points taken for judged items without points: the least or the most the judge may give.
    """
    run = _Run(given, judged or {}, pending_as)
    run.settle(program.facts)
    for definition in program.definitions:
        run.current = definition.id
        if replaced and definition.id in replaced:
            run.out.values[definition.id] = replaced[definition.id]
        else:
            run.out.values[definition.id] = run.eval(definition.expr)
    return run.out


def evaluate_expression(expr: ir.Expr, evaluation: Evaluation) -> Value:
    """The value of one more expression (a check, an expectation) over a finished evaluation."""
    run = _Run({}, {})
    run.out = evaluation
    run.current = "?"
    return run.eval(expr)


class _Run:
    def __init__(
        self, given: Mapping[str, Value], judged: Mapping[str, Value], pending_as: Literal["low", "high"] | None = None
    ) -> None:
        self.given = given
        self.judged = judged
        self.pending_as = pending_as
        self.out = Evaluation()
        self.current = ""

    # -- facts

    def settle(self, facts: tuple[ir.Fact, ...]) -> None:
        """Gives every declared fact its value: given, default, or the reason why it has none."""
        for fact in facts:
            self.current = f"fact {fact.name}"
            self.out.facts[fact.name] = self._settled(fact)

    def _settled(self, fact: ir.Fact) -> Value:
        needed = True if fact.only_if is None else self.eval(fact.only_if)
        if needed is False:
            return Reason("missing", (Cause("not needed", fact.name, fact.span),))
        value = self.given.get(fact.name)
        if value is None:
            if fact.default is not None:
                return self.eval(fact.default)
            if isinstance(needed, Reason):
                return needed
            return Reason("missing", (Cause("fact missing", fact.name, fact.span),))
        if isinstance(value, Reason):
            return value
        self.out.facts[fact.name] = value
        if fact.rounding is not None and isinstance(value, Fraction):
            value = self.eval(ir.Round(fact.rounding[0], fact.rounding[1], ir.Const(value)))
            self.out.facts[fact.name] = value
        for constraint in fact.constraints:
            if self.eval(constraint.test) is False:
                self.out.violations.append(Violation(fact.name, value, constraint.text))
                return Reason("undefined", (Cause("fact unusable", fact.name, fact.span),))
        return value

    # -- expressions

    def eval(self, expr: ir.Expr) -> Value:
        match expr:
            case ir.Const(value=value):
                return value
            case ir.Ref(target=target, kind=kind):
                return self.out.facts[target] if kind == "fact" else self.out.values[target]
            case ir.Op():
                return self._op(expr)
            case ir.Round(mode=mode, step=step, operand=operand):
                value, to = self.eval(operand), self.eval(step)
                reasons = [v for v in (value, to) if isinstance(v, Reason)]
                if reasons:
                    return strongest(reasons)
                assert isinstance(value, Fraction) and isinstance(to, Fraction)
                return round_to(value, to, mode)
            case ir.Case(arms=arms):
                return self._case(expr, arms)
            case ir.Catch(operand=operand, handlers=handlers):
                return self._catch(operand, handlers)
            case ir.Judge():
                return self._judge(expr)
            case ir.Agg():
                raise AssertionError("collections are lowered before they reach the interpreter")
            case _:
                assert_never(expr)

    def _op(self, expr: ir.Op) -> Value:
        if expr.operator in LAZY:
            return self._lazy(expr)
        operands = [self.eval(operand) for operand in expr.operands]
        reasons = [v for v in operands if isinstance(v, Reason)]
        if reasons:
            return strongest(reasons)
        result = OPERATORS[expr.operator](*operands)
        if isinstance(result, Reason):
            causes = tuple(attrs.evolve(c, name=c.name or self.current, span=expr.span) for c in result.causes)
            return Reason(result.kind, causes)
        return result

    def _lazy(self, expr: ir.Op) -> Value:
        if expr.operator == "is missing":
            value = self.eval(expr.operands[0])
            return value if isinstance(value, Reason) and value.kind != "missing" else isinstance(value, Reason)
        decisive = expr.operator == "or"
        reasons = []
        for operand in expr.operands:
            value = self.eval(operand)
            if value is decisive:
                return decisive
            if isinstance(value, Reason):
                reasons.append(value)
        return strongest(reasons) if reasons else not decisive

    def _case(self, expr: ir.Case, arms: tuple[ir.Arm, ...]) -> Value:
        for arm in arms:
            holds = True if arm.test is None else self.eval(arm.test)
            if isinstance(holds, Reason):
                return holds
            if holds:
                self.out.fired.setdefault(self.current, []).append(arm.tag)
                return self.eval(arm.value)
        return Reason("undefined", (Cause("no row", self.current, expr.span),))

    def _catch(self, operand: ir.Expr, handlers: tuple[ir.Handler, ...]) -> Value:
        fired = len(self.out.fired.get(self.current, ()))
        value = self.eval(operand)
        if not isinstance(value, Reason):
            return value
        for handler in handlers:
            if handler.reason == value.kind or (handler.reason == "zero" and value.is_zero_denominator):
                tags = self.out.fired.setdefault(self.current, [])
                del tags[fired:]
                tags.append(handler.tag)
                return self.eval(handler.value)
        return value

    def _judge(self, expr: ir.Judge) -> Value:
        low = self.eval(expr.low)
        high = None if expr.high is None else self.eval(expr.high)
        bounds = [v for v in (low, high) if isinstance(v, Reason)]
        if bounds:
            return strongest(bounds)
        self.out.judgements.setdefault(self.current, []).append(expr.item)
        points = self.judged.get(expr.item)
        if points is None:
            bound = low if self.pending_as == "low" else high if self.pending_as == "high" else None
            return bound if bound is not None else Reason("pending", (Cause("judgement", expr.item, expr.span),))
        if isinstance(points, Reason):
            return points
        assert isinstance(low, Fraction) and isinstance(points, Fraction)
        too_low = points < low or (expr.low_open and points == low)
        too_high = isinstance(high, Fraction) and (points > high or (expr.high_open and points == high))
        if too_low or too_high or (expr.choices and points not in _sums(expr.choices)):
            bound = "range" if too_low or too_high else "sum of ticks"
            self.out.violations.append(Violation(expr.item, points, bound, True, low, high))
            return Reason("undefined", (Cause("judgement unusable", expr.item, expr.span),))
        return points


def _sums(choices: tuple[tuple[str, Value], ...]) -> set[Fraction]:
    """All points that some set of ticks gives, built up one tick at a time."""
    reached = {Fraction(0)}
    for _, amount in choices:
        if isinstance(amount, Fraction):
            reached |= {total + amount for total in reached}
    return reached

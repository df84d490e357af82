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

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal, assert_never

import attrs

from rubriclang.backends.aggregating import Aggregating
from rubriclang.backends.evaluation import Evaluation, Given, Violation
from rubriclang.ir import nodes as ir
from rubriclang.ir.operators import LAZY, OPERATORS
from rubriclang.ir.reals import Real, UndecidedError
from rubriclang.ir.rounding import round_to
from rubriclang.ir.sizes import TooLargeError
from rubriclang.ir.values import Cause, Reason, Value, strongest


def evaluate(
    program: ir.Program,
    given: Mapping[str, Value],
    judged: Mapping[str, Value] | None = None,
    replaced: Mapping[str, Value] | None = None,
    pending_as: Literal["low", "high"] | None = None,
    lists: Mapping[str, Sequence[Mapping[str, Value]]] | None = None,
    others: Sequence[Given] = (),
    imposed: Mapping[str, Value] | None = None,
) -> Evaluation:
    """Evaluates every definition of a program for one unit.

    Args:
        program: the program; its definitions stand in evaluation order.
        given: facts by name; a fact that is absent is missing, one given as a Reason keeps that reason.
        judged: points by the name of the judged item.
        replaced: parameters with another value, for all units.
        imposed: definitions of this unit that take a value given here (the bounds of a pending score).
        pending_as: points taken for this unit's judged items without points: the least or the most there may be.
        lists: the rows of list facts by name.
        others: the other units of the population.
    """
    own = Given(given, judged or {}, lists or {})
    return evaluate_population(program, [own, *others], replaced, pending_as, imposed)[0]


def evaluate_population(
    program: ir.Program,
    units: Sequence[Given],
    replaced: Mapping[str, Value] | None = None,
    pending_as: Literal["low", "high"] | None = None,
    imposed: Mapping[str, Value] | None = None,
) -> list[Evaluation]:
    """Evaluates a program for all units together, definition by definition.

    Because each definition is finished for every unit before the next begins, one that reads 各单位 finds all it needs;
    no further strata are necessary. ``pending_as`` and ``imposed`` concern the first unit alone.
    """
    run = _Run(program, units, pending_as)
    for at in range(len(units)):
        run.at = at
        run.settle(program.facts)
    for definition in program.definitions:
        run.current = definition.id
        run.common.clear()
        for at in range(len(units)):
            run.at = at
            given = replaced.get(definition.id) if replaced else None
            if given is None and imposed and at == 0:
                given = imposed.get(definition.id)
            run.out.values[definition.id] = run.define(definition) if given is None else given
    return run.outs


def evaluate_expression(expr: ir.Expr, evaluation: Evaluation) -> Value:
    """The value of one more expression (a check, an expectation) over a finished evaluation."""
    if evaluation.run is None:
        run = _Run(None, [Given({})], None)
        run.outs = [evaluation]
    else:
        run = evaluation.run
        run.at = run.own = next(i for i, out in enumerate(run.outs) if out is evaluation)
    run.current = "?"
    run.common.clear()
    return run.eval(expr)


class _Run(Aggregating):
    def __init__(
        self, program: ir.Program | None, units: Sequence[Given], pending_as: Literal["low", "high"] | None
    ) -> None:
        self.program = program
        self.units = units
        self.pending_as = pending_as
        self.outs = [Evaluation(run=self) for _ in units]
        self.at = 0
        self.own = 0
        self.rows: dict[str, int] = {}
        self.common: dict[tuple[int, str], tuple[ir.Agg, Any]] = {}
        self.current = ""

    @property
    def out(self) -> Evaluation:
        """The evaluation of the unit at hand."""
        return self.outs[self.at]

    @property
    def given(self) -> Mapping[str, Value]:
        return self.units[self.at].facts

    @property
    def judged(self) -> Mapping[str, Value]:
        return self.units[self.at].judged

    def define(self, definition: ir.Definition) -> Value:
        """The value of a definition; for each row of its list, where it belongs to one."""
        self.own = self.at
        if definition.level is None:
            return self.eval(definition.expr)
        return tuple(self.eval(definition.expr) for _ in self.each(definition.level))

    # -- facts

    def settle(self, facts: tuple[ir.Fact, ...]) -> None:
        """Gives every declared fact its value: given, default, or the reason why it has none.

        What a fact says of itself is settled first; then facts are held against each other. One that breaks such a
        bound is unusable, and all is settled again without it, so that no default is made from it. Of defaults it is
        said only where all that was given keeps its bounds: one made from an unusable fact stands for nothing.
        """
        broken: dict[str, Violation] = {}
        while True:
            self.out.violations = list(broken.values())
            for fact, given, settled, label in self._places(facts):
                self._settle(fact, given, settled, label, broken)
            found: dict[bool, dict[str, Violation]] = {True: {}, False: {}}
            for fact, given, settled, label in self._places(facts, fresh=False):
                violation = self._crossing(fact, settled, label)
                if violation is not None:
                    found[given is not None][label] = violation
            more = found[True] or found[False]
            if not more:
                return
            broken |= more

    def _places(
        self, facts: tuple[ir.Fact, ...], fresh: bool = True
    ) -> Iterator[tuple[ir.Fact, Value | None, dict[str, Value], str]]:
        """Each fact, and each column of each row that was given, as the row at hand: what was given for it, where its
        value belongs and how it is called."""
        for fact in facts:
            yield fact, self.given.get(fact.name), self.out.facts, fact.name
        for listed in self.program.lists if self.program is not None else ():
            rows = self.units[self.at].lists.get(listed.name)
            if rows is None:
                continue  # missing: every aggregate over it says so
            if fresh:
                self.out.lists[listed.name] = [{} for _ in rows]
            for i, row in enumerate(rows):
                self.rows[listed.name] = i
                for column in listed.columns:
                    label = f"{listed.name}[{i + 1}].{column.name}"
                    yield column, row.get(column.name), self.out.lists[listed.name][i], label
            self.rows.pop(listed.name, None)

    def _settle(
        self, fact: ir.Fact, given: Value | None, settled: dict[str, Value], label: str, broken: Mapping[str, Violation]
    ) -> None:
        self.current = f"fact {fact.name}"
        value = self._presence(fact, given, label)
        settled[fact.name] = value
        if isinstance(value, Reason):
            return
        if fact.rounding is not None and isinstance(value, Fraction):
            value = settled[fact.name] = self.eval(ir.Round(fact.rounding[0], fact.rounding[1], ir.Const(value)))
        own = (c for c in fact.constraints if not c.crossing and self.eval(c.test) is False)
        outside = next(own, None)
        if outside is not None:
            self.out.violations.append(Violation(label, value, outside.text))
        if outside is not None or label in broken:
            settled[fact.name] = Reason("undefined", (Cause("fact unusable", label, fact.span),))

    def _presence(self, fact: ir.Fact, given: Value | None, label: str) -> Value:
        """What stands for a fact: the given value, its default, or the reason why there is none."""
        needed = True if fact.only_if is None else self.eval(fact.only_if)
        if needed is False:
            return Reason("missing", (Cause("not needed", label, fact.span),))
        if given is not None:
            return given
        if fact.default is not None:
            return self.eval(fact.default)
        if isinstance(needed, Reason):
            return needed
        return Reason("missing", (Cause("fact missing", label, fact.span),))

    def _crossing(self, fact: ir.Fact, settled: Mapping[str, Value], label: str) -> Violation | None:
        """The first bound by other facts that a value breaks; a bound without a value is not broken."""
        for constraint in fact.constraints:
            if constraint.crossing and self.eval(constraint.test) is False:
                return Violation(label, settled[fact.name], constraint.text)
        return None

    # -- expressions

    def eval(self, expr: ir.Expr) -> Value:
        try:
            return self._eval(expr)
        except UndecidedError:
            return Reason("undefined", (Cause("undecided", self.current, expr.span),))
        except (TooLargeError, RecursionError):  # a number of too many digits, or made in too many steps
            return Reason("undefined", (Cause("too large", self.current, expr.span),))

    def _eval(self, expr: ir.Expr) -> Value:
        match expr:
            case ir.Const(value=value):
                return value
            case ir.Ref():
                return self._ref(expr)
            case ir.Op():
                return self._op(expr)
            case ir.Round(mode=mode, step=step, operand=operand):
                value, to = self.eval(operand), self.eval(step)
                reasons = [v for v in (value, to) if isinstance(v, Reason)]
                if reasons:
                    return strongest(reasons)
                assert isinstance(to, Fraction)
                if isinstance(value, Real):
                    return value.rounded(to, mode)
                assert isinstance(value, Fraction)
                return round_to(value, to, mode)
            case ir.Case(arms=arms):
                return self._case(expr, arms)
            case ir.Catch(operand=operand, handlers=handlers):
                return self._catch(operand, handlers)
            case ir.Judge():
                return self._judge(expr)
            case ir.Agg():
                return self.aggregate(expr)
            case _:
                assert_never(expr)

    def _ref(self, expr: ir.Ref) -> Value:
        out = self.outs[self.own] if expr.own else self.out
        match expr.kind:
            case "fact":
                return out.facts[expr.target]
            case "definition":
                return out.values[expr.target]
            case "column":
                name, _, column = expr.target.partition(".")
                return out.lists[name][self.rows[name]][column]
            case "row":
                values = out.values[expr.target]
                assert isinstance(values, tuple)
                value: Value = values[self.rows[expr.target.partition(".")[0]]]
                return value

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
        if expr.operator in ("is missing", "is left out"):
            value = self.eval(expr.operands[0])
            if not isinstance(value, Reason):
                return False
            return True if value.kind == expr.operator.removeprefix("is ") else value
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
        points: Value | None = self.judged.get(expr.item)
        if expr.given is not None:
            points = self.eval(expr.given)
            if isinstance(points, Reason) and points.kind == "missing":
                points = None
        if points is None:
            bound = {"low": low, "high": high}.get(self.pending_as or "") if self.at == 0 else None
            return bound if bound is not None else Reason("pending", (Cause("judgement", expr.item, expr.span),))
        if isinstance(points, Reason):
            return points
        assert isinstance(low, Fraction) and isinstance(points, Fraction)
        too_low = points < low or (expr.low_open and points == low)
        too_high = isinstance(high, Fraction) and (points > high or (expr.high_open and points == high))
        if too_low or too_high or (expr.choices and not _is_sum(points, expr.choices)):
            bound = "range" if too_low or too_high else "sum of ticks"
            self.out.violations.append(Violation(expr.item, points, bound, True, low, high))
            return Reason("undefined", (Cause("judgement unusable", expr.item, expr.span),))
        return points


def _is_sum(points: Fraction, choices: tuple[tuple[str, Value], ...]) -> bool:
    """Whether some set of ticks gives these points: a sum of each half, so that forty ticks are few enough."""
    amounts = [amount for _, amount in choices if isinstance(amount, Fraction)]
    left, right = _sums(amounts[::2]), _sums(amounts[1::2])
    return any(points - total in right for total in left)


def _sums(amounts: list[Fraction]) -> set[Fraction]:
    """All points that some of the amounts add up to, built up one at a time."""
    reached = {Fraction(0)}
    for amount in amounts:
        reached |= {total + amount for total in reached}
    return reached

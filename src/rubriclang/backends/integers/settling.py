"""Facts as the interpreter settles them: given, by default or not needed; within bounds of their own and by others."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import attrs

from rubriclang.backends.integers import arithmetic
from rubriclang.backends.integers.bounds import Range
from rubriclang.backends.integers.expressions import Expressions
from rubriclang.backends.integers.graph import Term
from rubriclang.backends.integers.inputs import Input
from rubriclang.backends.integers.unsayable import UnsayableError
from rubriclang.backends.integers.value import Value, ValueKind, choose, clean, fine, some
from rubriclang.ir import nodes as ir
from rubriclang.ir.types import Day, Labels, Number, Truth


@attrs.frozen
class Settled:
    """What settling found: tests over inputs that every unit passes which is not flagged, and where facts were given
    that nobody needs."""

    valid: tuple[Term, ...]
    in_vain: tuple[Term, ...]


def settle(e: Expressions, facts: tuple[ir.Fact, ...]) -> Settled:
    """Gives every fact its terms, in the order of the program.

    Raises:
        UnsayableError: a bound, a default or a condition has no integer form.
    """
    graph = e.graph
    valid: list[Term] = []
    in_vain: list[Term] = []
    for fact in facts:
        e.facts[fact.name] = _settled(e, fact, valid, in_vain)
    for fact in facts:
        valid += [graph.not_(_fails(e, c)) for c in fact.constraints if c.crossing]
    return Settled(tuple(test for test in dict.fromkeys(valid) if test != graph.true), tuple(in_vain))


def _settled(e: Expressions, fact: ir.Fact, valid: list[Term], in_vain: list[Term]) -> Value:
    """A fact's value. Where it has none, its terms are those of ``fill``, which lies within its bounds."""
    graph = e.graph
    labels = fact.type.options if isinstance(fact.type, Labels) else ()
    codes = [graph.value_of(e.inputs.code(label)) or 0 for label in labels]
    optional = fact.optional or fact.default is not None or fact.only_if is not None
    made, given = e.inputs.read("fact", fact.name, _kind(fact), optional, fact.whole, labels)
    limits = _Limits.of(fact)
    within = Range(min(codes), max(codes)) if codes else limits.numerators(graph.value_of(given.den))
    made = e.inputs.bounded(made, _nearest(within), None if fact.rounding is not None else within.low)
    value, sure = _presence(e, fact, made, given, valid, in_vain)
    e.facts[fact.name] = value
    if fact.rounding is not None:
        rounded = arithmetic.round_value(graph, fact.rounding[0], e.lower(fact.rounding[1]), value)
        if rounded is None:
            raise UnsayableError("a step that is not known to be positive", fact.span)
        e.facts[fact.name] = value = rounded
        within, sure = limits.numerators(graph.value_of(value.den)), not value.reasons
    own = [constraint for constraint in fact.constraints if not constraint.crossing]
    missing = some(graph, value)
    e.facts[fact.name] = attrs.evolve(value, reasons={})
    valid += [graph.or_(missing, graph.not_(_fails(e, constraint))) for constraint in own]
    if sure and value.kind != "truth":
        value = attrs.evolve(value, term=graph.assume(value.term, within))
    return value


def _kind(fact: ir.Fact) -> ValueKind:
    match fact.type:
        case Number():
            return "number"
        case Truth():
            return "truth"
        case Day():
            return "day"
        case _:
            return "text"


def _presence(
    e: Expressions, fact: ir.Fact, made: Input, given: Value, valid: list[Term], in_vain: list[Term]
) -> tuple[Value, bool]:
    """The value of a fact before its bounds, and whether its terms lie within them wherever the unit is not flagged."""
    graph = e.graph
    present = made.present
    if present is None:
        return given, True
    needed = Value("truth", graph.true, graph.one) if fact.only_if is None else e.lower(fact.only_if)
    unneeded = graph.and_(fine(graph, needed), graph.not_(needed.term))
    in_vain.append(graph.and_(unneeded, present))
    filling = graph.truth(bool(made.fill)) if given.kind == "truth" else graph.const(made.fill)
    value = choose(graph, unneeded, Value(given.kind, filling, given.den), given)
    if fact.default is not None:
        default = e.lower(fact.default)
        value = choose(graph, graph.or_(unneeded, present), value, default)
        return _lacking(e, value, unneeded), not default.reasons
    lacking = graph.and_(graph.not_(present), fine(graph, needed), needed.term)
    if not fact.optional:
        valid.append(graph.not_(lacking))
        lacking = graph.false
    asked = {why: graph.and_(term, graph.not_(present)) for why, term in needed.reasons.items()}
    return _lacking(e, attrs.evolve(value, reasons=asked), graph.or_(unneeded, lacking)), True


def _lacking(e: Expressions, value: Value, missing: Term) -> Value:
    """A value that is missing where a test holds."""
    both = {**value.reasons, "missing": e.graph.or_(value.reasons.get("missing", e.graph.false), missing)}
    return attrs.evolve(value, reasons=clean(e.graph, both))


def _fails(e: Expressions, constraint: ir.Constraint) -> Term:
    test = e.lower(constraint.test)
    return e.graph.and_(fine(e.graph, test), e.graph.not_(test.term))


@attrs.frozen
class _Limits:
    """The fixed bounds of a fact's value."""

    low: Fraction | None = None
    low_open: bool = False
    high: Fraction | None = None

    @classmethod
    def of(cls, fact: ir.Fact) -> _Limits:
        """Those its declaration states one by one."""
        found = cls()
        for constraint in fact.constraints:
            test = constraint.test
            if constraint.crossing or not isinstance(test, ir.Op) or len(test.operands) != 2:
                continue
            own, limit = test.operands
            if not (isinstance(own, ir.Ref) and own.target == fact.name and isinstance(limit, ir.Const)):
                continue
            value = Fraction(limit.value.toordinal()) if isinstance(limit.value, date) else limit.value
            if isinstance(value, Fraction):
                found = found._with(test.operator, value)
        return found

    def _with(self, operator: str, value: Fraction) -> _Limits:
        if operator in ("ge", "gt") and (self.low is None or value > self.low):
            return attrs.evolve(self, low=value, low_open=operator == "gt")
        if operator == "gt" and value == self.low:
            return attrs.evolve(self, low_open=True)
        if operator in ("le", "lt") and (self.high is None or value < self.high):
            return attrs.evolve(self, high=value)
        return self

    def numerators(self, den: int | None) -> Range:
        """What the numerator can be over a fixed denominator, or over any positive one (None)."""
        low, high = self.low, self.high
        if den is None:
            least = None if low is None or low < 0 else 1 if low > 0 or self.low_open else 0
            return Range(least, 0 if high is not None and high <= 0 else None)
        first = last = None
        if low is not None:
            first = -((-low * den).__floor__())
            if self.low_open and low * den == first:
                first += 1
        if high is not None:
            last = (high * den).__floor__()
        return Range(first, last)


def _nearest(known: Range) -> int:
    """The number nearest to 0 of a range."""
    if known.low is not None and known.low > 0:
        return known.low
    return known.high if known.high is not None and known.high < 0 else 0

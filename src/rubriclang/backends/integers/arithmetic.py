"""Exact arithmetic over pairs of integer terms: what each operator of the language means in the integer form."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd
from typing import Literal

import attrs

from rubriclang.backends.integers.graph import Graph, Term
from rubriclang.backends.integers.value import Value, common, masked, met
from rubriclang.ir.rounding import RoundMode

Comparator = Literal["lt", "le", "gt", "ge", "eq", "ne"]


def number(graph: Graph, value: Fraction) -> Value:
    """A literal number."""
    return Value("number", graph.const(value.numerator), graph.const(value.denominator))


def add(graph: Graph, terms: Sequence[Value]) -> Value:
    """A sum: first of the terms over fixed denominators and of those over equal ones, then of what these came to."""
    sums: dict[Term | None, Value] = {}
    for term in terms:
        key = None if graph.value_of(term.den) is not None else term.den
        sums[key] = _plus(graph, sums[key], term) if key in sums else term
    parts = list(sums.values())
    total = parts[0] if parts else number(graph, Fraction(0))
    for part in parts[1:]:
        total = _plus(graph, total, part)
    return attrs.evolve(total, reasons=met(graph, terms))


def _plus(graph: Graph, a: Value, b: Value) -> Value:
    x, y, den = common(graph, a, b)
    return Value("number", graph.add(x, y), den)


def negative(graph: Graph, a: Value) -> Value:
    """``-a``"""
    return attrs.evolve(a, term=graph.neg(a.term))


def magnitude(graph: Graph, a: Value) -> Value:
    """The absolute value."""
    return attrs.evolve(a, term=graph.abs(a.term))


def multiply(graph: Graph, factors: Sequence[Value]) -> Value:
    """A product; what cancels between fixed numbers is cancelled."""
    result = factors[0]
    for factor in factors[1:]:
        first, second = _reduced(graph, result.term, factor.den), _reduced(graph, factor.term, result.den)
        result = Value("number", graph.mul(first[0], second[0]), graph.mul(second[1], first[1]))
    return attrs.evolve(result, reasons=met(graph, factors))


def divide(graph: Graph, a: Value, b: Value) -> Value:
    """A quotient; where the divisor is zero, the reason is that and the number means nothing."""
    zero = graph.eq(b.term, graph.zero)
    reasons = met(graph, (a, b))
    if zero == graph.true:
        return masked(graph, Value("number", graph.zero, graph.one, reasons), {"zero": fine_of(graph, reasons)})
    if graph.not_negative(b.term):
        top, below = a.term, b.term
    elif graph.not_positive(b.term):
        top, below = graph.neg(a.term), graph.neg(b.term)
    else:
        top = graph.select(graph.lt(b.term, graph.zero), graph.neg(a.term), a.term)
        below = graph.abs(b.term)
    top, a_den = _reduced(graph, top, a.den)
    b_den, a_den = _reduced(graph, b.den, a_den)
    top, below = _reduced(graph, top, below)
    if not graph.positive(below):
        below = graph.max(below, graph.one)
    value = Value("number", graph.mul(top, b_den), graph.mul(below, a_den), reasons)
    return masked(graph, value, {"zero": graph.and_(zero, fine_of(graph, reasons))})


def fine_of(graph: Graph, reasons: dict[str, Term] | object) -> Term:
    """Whether none of some reasons holds."""
    assert isinstance(reasons, dict)
    return graph.not_(graph.or_(*reasons.values()))


def power(graph: Graph, base: Value, exponent: int) -> Value:
    """A number to a fixed whole power."""
    if exponent < 0:
        return divide(graph, number(graph, Fraction(1)), power(graph, base, -exponent))
    result = number(graph, Fraction(1))
    for _ in range(exponent):
        result = multiply(graph, (result, base))
    return attrs.evolve(result, reasons=base.reasons)


def compare(graph: Graph, op: Comparator, a: Value, b: Value) -> Value:
    """A comparison of two numbers, days, texts or truth values, by cross-multiplication where it takes one."""
    left, right = a.term, b.term
    if a.kind == "number" and a.den != b.den:
        if graph.value_of(b.term) == 0:
            left, right = a.term, graph.zero
        elif graph.value_of(a.term) == 0:
            left, right = graph.zero, b.term
        else:
            a_den, b_den = a.den, b.den
            left, right = a.term, b.term
            left, right = _common_factor(graph, left, right)
            a_den, b_den = _common_factor(graph, a_den, b_den)
            left, right = graph.mul(left, b_den), graph.mul(right, a_den)
            left, right = _common_factor(graph, left, right)
    match op:
        case "lt":
            test = graph.lt(left, right)
        case "le":
            test = graph.le(left, right)
        case "gt":
            test = graph.lt(right, left)
        case "ge":
            test = graph.le(right, left)
        case "eq":
            test = graph.eq(left, right)
        case "ne":
            test = graph.not_(graph.eq(left, right))
    return Value("truth", test, graph.one, met(graph, (a, b)))


def _reduced(graph: Graph, a: Term, b: Term) -> tuple[Term, Term]:
    """``a`` over ``b``, which is positive, without what both have as a factor: the whole of one, or a fixed number."""
    if a == b:
        return graph.one, graph.one
    over, under = graph.nodes[a], graph.nodes[b]
    if under.op == "mul" and a in under.args and graph.positive(a):
        return graph.one, under.args[under.args[0] == a]
    if over.op == "mul" and b in over.args and graph.positive(b):
        return over.args[over.args[0] == b], graph.one
    return _common_factor(graph, a, b)


def _common_factor(graph: Graph, a: Term, b: Term) -> tuple[Term, Term]:
    """Two terms without the greatest fixed factor that both have."""
    shared = gcd(_factor(graph, a), _factor(graph, b))
    return (a, b) if shared <= 1 else (_without(graph, a, shared), _without(graph, b, shared))


def _factor(graph: Graph, term: Term) -> int:
    """The fixed factor of a term, without its sign."""
    node = graph.nodes[term]
    value = graph.value_of(node.args[1] if node.op == "mul" else term)
    return 1 if value is None else abs(value)


def _without(graph: Graph, term: Term, factor: int) -> Term:
    """A term divided by what divides its fixed factor."""
    value = graph.value_of(term)
    if value is not None:
        return graph.const(value // factor)
    node = graph.nodes[term]
    rest = graph.value_of(node.args[1])
    assert rest is not None
    return graph.mul(node.args[0], graph.const(rest // factor))


def extreme(graph: Graph, which: Literal["min", "max"], items: Sequence[Value]) -> Value:
    """The least or the greatest of numbers or days."""
    best = items[0]
    for item in items[1:]:
        best = _better(graph, which, best, item)
    return attrs.evolve(best, reasons=met(graph, items))


def _better(graph: Graph, which: Literal["min", "max"], a: Value, b: Value) -> Value:
    fixed = graph.value_of(a.den) is not None and graph.value_of(b.den) is not None
    if a.den == b.den or fixed:
        x, y, den = common(graph, a, b)
        return Value(a.kind, (graph.min if which == "min" else graph.max)(x, y), den)
    bare_a, bare_b = attrs.evolve(a, reasons={}), attrs.evolve(b, reasons={})
    first = compare(graph, "le" if which == "min" else "ge", bare_a, bare_b).term
    return Value(a.kind, graph.select(first, a.term, b.term), graph.select(first, a.den, b.den))


def round_value(graph: Graph, mode: RoundMode, step: Value, value: Value) -> Value | None:
    """The multiple of a step that a mode chooses; None where the step is not proved to be positive."""
    if not graph.positive(step.term):
        return None
    top, step_term = _reduced(graph, value.term, step.term)
    step_den, below = _reduced(graph, step.den, value.den)
    top, below = _reduced(graph, graph.mul(top, step_den), graph.mul(below, step_term))
    count = graph.const(0) if top == graph.zero else _whole(graph, mode, top, below)
    factor, den = _reduced(graph, step.term, step.den)
    return Value("number", graph.mul(count, factor), den, met(graph, (value, step)))


def _whole(graph: Graph, mode: RoundMode, n: Term, d: Term) -> Term:
    """The whole number next to ``n / d`` that a mode chooses; ``d`` is positive."""
    match mode:
        case "floor":
            return graph.floordiv(n, d)
        case "ceiling":
            return _ceiling(graph, n, d)
        case "down":
            return _by_sign(graph, n, graph.floordiv(n, d), _ceiling(graph, n, d))
        case "up":
            return _by_sign(graph, n, _ceiling(graph, n, d), graph.floordiv(n, d))
        case "half up":
            two = graph.const(2)
            twice, under = graph.mul(n, two), graph.mul(d, two)
            above = graph.floordiv(graph.add(twice, d), under)  # a tie goes up
            below = graph.neg(graph.floordiv(graph.sub(d, twice), under))  # a tie goes down
            return _by_sign(graph, n, above, below)
        case "half even":
            two = graph.const(2)
            twice, under = graph.add(graph.mul(n, two), d), graph.mul(d, two)
            near = graph.floordiv(twice, under)  # a tie goes up
            tie = graph.eq(graph.mul(near, under), twice)
            odd = graph.sub(near, graph.mul(graph.floordiv(near, two), two))
            return graph.sub(near, graph.select(tie, odd, graph.zero))


def _ceiling(graph: Graph, n: Term, d: Term) -> Term:
    return graph.neg(graph.floordiv(graph.neg(n), d))


def _by_sign(graph: Graph, n: Term, positive: Term, negative: Term) -> Term:
    return graph.select(graph.le(graph.zero, n), positive, negative)

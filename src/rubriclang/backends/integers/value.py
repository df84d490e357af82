"""What an expression comes to in the integer form: terms for the value, and for each reason whether it is one.

A number is a pair of terms, never reduced, the second at least 1 on every unit. A text is a code of the form's table, a
day its number in the proleptic calendar.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import lcm
from typing import Literal

import attrs

from rubriclang.backends.integers.graph import Graph, Term

ValueKind = Literal["number", "truth", "text", "day"]
# The kinds of causes that can meet in a reason. A zero denominator is apart from what else is undefined: only where
# nothing else met it, a row for zero denominators applies.
Why = Literal["left out", "pending", "missing", "zero", "undefined"]
WHYS: tuple[Why, ...] = ("left out", "pending", "missing", "zero", "undefined")


@attrs.frozen
class Value:
    """A value or a reason. ``reasons`` tells which causes met, by terms that hold where they did; one that is not
    named is impossible. Where any holds, ``term`` and ``den`` are some numbers that mean nothing."""

    kind: ValueKind
    term: Term
    den: Term
    reasons: Mapping[Why, Term] = attrs.field(factory=dict)


def some(graph: Graph, value: Value) -> Term:
    """Whether there is a reason instead of a value."""
    return graph.or_(*value.reasons.values())


def fine(graph: Graph, value: Value) -> Term:
    """Whether there is a value."""
    return graph.not_(some(graph, value))


def _any(graph: Graph, value: Value, whys: Iterable[Why]) -> Term:
    return graph.or_(*(value.reasons[why] for why in whys if why in value.reasons))


def is_kind(graph: Graph, value: Value, why: Why) -> Term:
    """Whether the reason is of a kind: its strongest cause. ``zero`` asks for nothing but zero denominators."""
    if why == "zero":
        others = _any(graph, value, ("left out", "pending", "missing", "undefined"))
        return graph.and_(_any(graph, value, ("zero",)), graph.not_(others))
    if why == "undefined":
        return _any(graph, value, ("zero", "undefined"))
    stronger = WHYS[WHYS.index(why) + 1 :]
    return graph.and_(_any(graph, value, (why,)), graph.not_(_any(graph, value, stronger)))


def met(graph: Graph, values: Iterable[Value]) -> dict[Why, Term]:
    """The causes of several reasons together: the reason of an operator over them."""
    found: dict[Why, list[Term]] = {}
    for value in values:
        for why, term in value.reasons.items():
            found.setdefault(why, []).append(term)
    return clean(graph, {why: graph.or_(*terms) for why, terms in found.items()})


def clean(graph: Graph, reasons: Mapping[Why, Term]) -> dict[Why, Term]:
    """Without the impossible ones."""
    return {why: reasons[why] for why in WHYS if why in reasons and reasons[why] != graph.false}


def choose(graph: Graph, test: Term, a: Value, b: Value) -> Value:
    """``a`` where a test holds, else ``b``, with their reasons."""
    if test == graph.true:
        return a
    if test == graph.false:
        return b
    if nowhere(graph, a) and not nowhere(graph, b):
        term, den, kind = b.term, b.den, b.kind
    elif nowhere(graph, b):
        term, den, kind = a.term, a.den, a.kind
    else:
        kind = a.kind
        a_term, b_term, den = a.term, b.term, a.den
        if a.den != b.den:
            x, y = graph.value_of(a.den), graph.value_of(b.den)
            if x is not None and y is not None:
                a_term, b_term, den = common(graph, a, b)
            else:
                den = graph.select(test, a.den, b.den)
        term = graph.select(test, a_term, b_term)
    reasons: dict[Why, Term] = {}
    for why in (*a.reasons, *b.reasons):
        reasons[why] = graph.select(test, a.reasons.get(why, graph.false), b.reasons.get(why, graph.false))
    return Value(kind, term, den, clean(graph, reasons))


def nowhere(graph: Graph, value: Value) -> bool:
    """Whether there is a reason on every unit, and no value at all."""
    return graph.true in value.reasons.values()


def common(graph: Graph, a: Value, b: Value) -> tuple[Term, Term, Term]:
    """The numerators of two numbers over one denominator, and that."""
    if a.den == b.den:
        return a.term, b.term, a.den
    x, y = graph.value_of(a.den), graph.value_of(b.den)
    if x is not None and y is not None:
        whole = lcm(x, y)
        first, second = graph.const(whole // x), graph.const(whole // y)
        return graph.mul(a.term, first), graph.mul(b.term, second), graph.const(whole)
    return graph.mul(a.term, b.den), graph.mul(b.term, a.den), graph.mul(a.den, b.den)


def reason(graph: Graph, why: Why, kind: ValueKind = "number") -> Value:
    """A reason that holds on every unit."""
    return Value(kind, graph.false if kind == "truth" else graph.zero, graph.one, {why: graph.true})


def masked(graph: Graph, value: Value, reasons: Mapping[Why, Term]) -> Value:
    """A value with further reasons."""
    both: dict[Why, Term] = dict(value.reasons)
    for why, term in reasons.items():
        both[why] = graph.or_(both[why], term) if why in both else term
    return attrs.evolve(value, reasons=clean(graph, both))

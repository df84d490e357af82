"""Aggregates over the parts of a section: items known beforehand, of which those that are left out do not count."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal, cast

import attrs

from rubriclang.backends.integers import arithmetic
from rubriclang.backends.integers.unsayable import UnsayableError
from rubriclang.backends.integers.value import Value, Why, choose, clean, is_kind, masked, some
from rubriclang.ir import nodes as ir

if TYPE_CHECKING:
    from rubriclang.backends.integers.expressions import Expressions


def aggregate(e: Expressions, expr: ir.Agg) -> Value:
    """The aggregate of the parts of a section.

    Raises:
        UnsayableError: it is one over the rows of a table or the units of a population, or one that orders its items.
    """
    graph = e.graph
    if expr.collection == ir.POPULATION:
        raise UnsayableError("population", expr.span)
    if expr.collection:
        raise UnsayableError("rows of a table", expr.span)
    clauses = (*expr.clauses, *(clause for own in expr.item_clauses for clause in own))
    if expr.where is not None or expr.function not in _SAID or any(c.kind != "weight" for c in clauses):
        raise UnsayableError(f"{expr.function} of items", expr.span)

    values: list[Value] = []
    weights: list[Value] = []
    counted = []
    bad: dict[Why, list[int]] = {}
    before = e.path
    for at, body in enumerate(expr.items):
        value = e.lower(body)
        left = is_kind(graph, value, "left out")
        stays = graph.not_(left)
        reasons = {why: graph.and_(term, stays) for why, term in value.reasons.items()}
        weight = arithmetic.number(graph, Fraction(1))
        for clause in (*expr.clauses, *(expr.item_clauses[at] if expr.item_clauses else ())):
            assert clause.value is not None
            e.path = graph.and_(before, graph.not_(some(graph, value)))
            weight = e.lower(clause.value)
            fine = graph.not_(some(graph, value))
            reasons |= {
                why: graph.or_(reasons.get(why, graph.false), graph.and_(term, fine))
                for why, term in weight.reasons.items()
            }
            e.path = before
        for why, term in reasons.items():
            bad.setdefault(why, []).append(term)
        values.append(attrs.evolve(value, reasons={}))
        weights.append(attrs.evolve(weight, reasons={}))
        counted.append(stays)
    total = clean(graph, {why: graph.or_(*terms) for why, terms in bad.items()})
    return masked(graph, _reduced(e, expr.function, values, weights, counted, total), total)


_SAID = frozenset({"count", "sum", "mean", "min", "max", "any", "all"})


def _reduced(
    e: Expressions, function: str, values: list[Value], weights: list[Value], counted: list[int], bad: dict[Why, int]
) -> Value:
    graph = e.graph
    nothing, one = arithmetic.number(graph, Fraction(0)), arithmetic.number(graph, Fraction(1))
    fine = arithmetic.fine_of(graph, bad)
    match function:
        case "count":
            return arithmetic.add(graph, [choose(graph, counts, one, nothing) for counts in counted])
        case "sum":
            return arithmetic.add(graph, [choose(graph, c, v, nothing) for c, v in zip(counted, values, strict=True)])
        case "mean":
            heavy = [choose(graph, c, w, nothing) for c, w in zip(counted, weights, strict=True)]
            rows = zip(counted, values, weights, strict=True)
            parts = [choose(graph, c, arithmetic.multiply(graph, (v, w)), nothing) for c, v, w in rows]
            weight = arithmetic.add(graph, heavy)
            mean = arithmetic.divide(graph, arithmetic.add(graph, parts), weight)
            empty = graph.and_(graph.eq(weight.term, graph.zero), fine)
            return attrs.evolve(mean, reasons=clean(graph, {"missing": empty}))
        case "any":
            found = [graph.and_(c, v.term) for c, v in zip(counted, values, strict=True)]
            return Value("truth", graph.or_(*found), graph.one)
        case "all":
            found = [graph.or_(graph.not_(c), v.term) for c, v in zip(counted, values, strict=True)]
            return Value("truth", graph.and_(*found), graph.one)
        case _:
            best, any_ = nothing, graph.false
            which = cast(Literal["min", "max"], function)
            for counts, value in zip(counted, values, strict=True):
                better = value if any_ == graph.false else arithmetic.extreme(graph, which, (best, value))
                better = choose(graph, any_, better, value)
                best = choose(graph, counts, better, best)
                any_ = graph.or_(any_, counts)
            best = attrs.evolve(best, kind=values[0].kind if values else "number")
            return attrs.evolve(best, reasons=clean(graph, {"missing": graph.and_(graph.not_(any_), fine)}))

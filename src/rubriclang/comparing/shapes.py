"""What an expression means, without how it is written: no places, no texts of rows, no names of formulas in between."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from rubriclang.ir import nodes as ir
from rubriclang.ir.values import Reason

Named = Callable[[ir.Ref], Any]


def shape(expr: ir.Expr, named: Named) -> tuple[Any, ...]:
    """The structure of an expression; ``named`` says what a reference stands for."""

    def of(each: ir.Expr | None) -> Any:
        return None if each is None else shape(each, named)

    match expr:
        case ir.Const(value=value):
            return ("const", f"reason {value.kind}" if isinstance(value, Reason) else repr(value))
        case ir.Ref():
            return ("ref", named(expr), expr.own)
        case ir.Op(operator=operator, operands=operands):
            return ("op", operator, *map(of, operands))
        case ir.Round(mode=mode, step=step, operand=operand):
            return ("round", mode, of(step), of(operand))
        case ir.Case(arms=arms):
            return ("case", *((of(arm.test), of(arm.value)) for arm in arms))
        case ir.Catch(operand=operand, handlers=handlers):
            return ("catch", of(operand), *((h.reason, of(h.value)) for h in handlers))
        case ir.Judge():
            ends = (of(expr.low), expr.low_open, of(expr.high), expr.high_open)
            return ("judge", *ends, tuple((t, repr(p)) for t, p in expr.choices), of(expr.given))
        case ir.Agg():
            clauses = tuple(_clause(c, of) for c in expr.clauses)
            inner = tuple(tuple(_clause(c, of) for c in own) for own in expr.item_clauses)
            rows = (of(expr.body), of(expr.where), *map(of, expr.items))
            return ("agg", expr.function, expr.collection, *rows, clauses, inner)


def _clause(clause: ir.Clause, of: Callable[[ir.Expr | None], Any]) -> tuple[Any, ...]:
    return (clause.kind, of(clause.value), clause.word)


def marks(program: ir.Program) -> Mapping[str, str]:
    """For each definition a mark of all that it means, down to the facts: equal marks, equal meaning."""
    found: dict[str, str] = {}

    def named(ref: ir.Ref) -> Any:
        return found.get(ref.target, f"{ref.kind} {ref.target}") if ref.kind in ("definition", "row") else ref.target

    for definition in program.definitions:
        text = repr((definition.level, shape(definition.expr, named)))
        found[definition.id] = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return found

"""What a program is made of: nodes, operators, rounding modes, aggregates with their clauses, handlers, overrides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from rubriclang.ir import nodes as ir
from rubriclang.ir.operators import LAZY, OPERATORS
from rubriclang.ir.rounding import RoundMode
from rubriclang.semantics.aggregates import FUNCTIONS


def constructs(program: ir.Program) -> frozenset[str]:
    """The constructs of a program, each once."""
    return frozenset(
        name for expr in _expressions(program) for node in ir.walk(expr) for name in _of(node)
    ) | frozenset(_around(program))


def _expressions(program: ir.Program) -> Iterator[ir.Expr]:
    yield from (definition.expr for definition in program.definitions)
    for fact in (*program.facts, *(column for listed in program.lists for column in listed.columns)):
        yield from (constraint.test for constraint in fact.constraints)
        yield from (expr for expr in (fact.default, fact.only_if) if expr is not None)
    for check in program.checks:
        yield from (check.left, check.right)
    yield from (expr for expr in (program.population, program.applies) if expr is not None)


def _of(node: ir.Expr) -> Iterator[str]:
    yield f"node {type(node).__name__}"
    match node:
        case ir.Op(operator=operator):
            yield f"operator {operator}"
        case ir.Ref(kind=kind, own=own):
            yield f"reference to {'own ' if own else ''}{kind}"
        case ir.Round(mode=mode):
            yield f"rounding {mode}"
        case ir.Catch(handlers=handlers):
            yield from (f"handler {handler.reason}" for handler in handlers)
        case ir.Case(arms=arms):
            yield from (f"arm {arm.tag.role}" for arm in arms)
        case ir.Agg(function=function, collection=collection):
            over = "population" if collection == ir.POPULATION else "table" if collection else "items"
            yield f"aggregate {function}"
            yield f"collection {over}"
            if node.where is not None:
                yield "clause where"
            for clause in (*node.clauses, *(clause for own in node.item_clauses for clause in own)):
                yield f"clause {clause.kind}" + (f" {clause.word}" if clause.word else "")


def _around(program: ir.Program) -> Iterator[str]:
    yield from (name for name, there in (("frame grade", program.grade), ("frame checks", program.checks)) if there)
    yield from (f"frame {name}" for name in ("population", "applies") if getattr(program, name) is not None)
    for node in program.root.walk():
        yield from (f"frame {name}" for name in ("bonus", "judged") if getattr(node, name))
        if node.weight is not None:
            yield "frame weight"
    for fact in program.facts:
        yield f"fact {type(fact.type).__name__}"
        yield from (f"fact {name}" for name in ("whole", "optional") if getattr(fact, name))
        yield from (
            f"fact {name}" for name in ("grid", "default", "only_if", "rounding") if getattr(fact, name) is not None
        )


def vocabulary() -> frozenset[str]:
    """What must be met: nodes, operators, rounding modes, aggregates, clauses, handlers and arms of every kind."""
    return frozenset(
        [
            *(f"node {node.__name__}" for node in get_args(ir.Expr)),
            *(f"operator {name}" for name in (*OPERATORS, *LAZY)),
            *(f"rounding {mode}" for mode in get_args(RoundMode)),
            *(f"aggregate {function}" for function in FUNCTIONS.values()),
            *(f"handler {reason}" for reason in ("missing", "zero", "left out")),
            *(f"arm {role}" for role in ("row", "step", "otherwise", "override")),
            *(f"clause {kind}" for kind in ("best per", "drop highest", "drop lowest", "take", "weight", "measure")),
            *(f"collection {over}" for over in ("items", "table", "population")),
        ]
    )

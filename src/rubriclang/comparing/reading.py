"""What an indicator reads, and a program cut down to that."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from rubriclang.ir import nodes as ir


def reads(program: ir.Program, definition: str) -> set[str]:
    """The facts and definitions that a definition reads, through whatever it reads, and itself."""
    by_id = {d.id: d for d in program.definitions}
    facts = {fact.name: fact for fact in program.facts}
    seen, rest = {definition}, [definition]
    while rest:
        name = rest.pop()
        exprs: list[ir.Expr | None] = [by_id[name].expr] if name in by_id else []
        if name in facts:
            exprs += [facts[name].default, facts[name].only_if]
        for expr in exprs:
            for target in ir.references(expr) - seen if expr is not None else ():
                seen.add(target)
                rest.append(target)
    return seen


def only(program: ir.Program, names: Iterable[str]) -> ir.Program:
    """The program with these definitions alone; its facts stay."""
    kept = set(names)
    return attrs.evolve(
        program, definitions=tuple(d for d in program.definitions if d.id in kept), checks=(), tests=(), grade=None
    )


def judges(program: ir.Program, names: Iterable[str]) -> dict[str, ir.Judge]:
    """The judged items of some definitions."""
    kept = set(names)
    return {
        node.item: node
        for d in program.definitions
        if d.id in kept
        for node in ir.walk(d.expr)
        if isinstance(node, ir.Judge) and node.given is None
    }

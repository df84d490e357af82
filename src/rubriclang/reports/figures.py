"""A formula with the figures in place of the names, as reports print it: ``9.16万元 / 1521.39万元``."""

from __future__ import annotations

import re
from fractions import Fraction

from rubriclang.backends.interpreter import evaluate
from rubriclang.facts.binding import FactSet
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text, shown_text
from rubriclang.ir.types import Number, Type
from rubriclang.ir.values import Value
from rubriclang.source import Source


def formulas(program: ir.Program, facts: FactSet, source: Source) -> dict[str, tuple[str, str]]:
    """By indicator path: ``名 = 式`` as written, and with figures; only where a formula leads to the score."""
    run = evaluate(program, facts.values, facts.judged)
    definitions = {d.id: d for d in program.definitions}
    types: dict[str, tuple[Value, Type]] = {}
    for fact in program.facts:
        types[fact.name] = (run.facts[fact.name], fact.type)
    for definition in program.definitions:
        types[definition.id] = (run.values[definition.id], definition.type)
    found: dict[str, tuple[str, str]] = {}
    for node in program.root.leaves():
        named = definitions.get(node.value or "")
        if named is None or named.name is None:
            continue
        inner = named.expr
        while isinstance(inner, ir.Round):
            inner = inner.operand
        if inner.span is None:
            continue
        written = re.sub(r"\s+", " ", source.slice(inner.span)).strip()
        found["/".join(node.path)] = (f"{named.name} = {written}", _figures(inner, source, types))
    return found


def _figures(expr: ir.Expr, source: Source, types: dict[str, tuple[Value, Type]]) -> str:
    """The text of an expression with every name replaced by its value."""
    assert expr.span is not None
    refs = [n for n in ir.walk(expr) if isinstance(n, ir.Ref) and n.span is not None]
    text = source.slice(expr.span)
    for ref in sorted(refs, key=lambda r: r.span.start if r.span else 0, reverse=True):
        assert ref.span is not None
        start, end = ref.span.start - expr.span.start, ref.span.end - expr.span.start
        if start < 0 or end > len(text):
            continue
        text = text[:start] + _figure(*types[ref.target]) + text[end:]
    return re.sub(r"\s+", " ", text).strip()


def _figure(value: Value, kind: Type) -> str:
    if isinstance(value, Fraction) and isinstance(kind, Number):
        if kind.style == "percent":
            return shown_text(value, kind)
        exact = number_text(value)
        text = exact if "/" not in exact else shown_text(value, Number())
        return f"（{text}）" if value < 0 else text
    if isinstance(value, bool):
        return "是" if value else "否"
    return value if isinstance(value, str) else "？"

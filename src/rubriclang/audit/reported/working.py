"""How a stated figure is worked out, in the words of the rubric with the figures put in."""

from __future__ import annotations

from fractions import Fraction

from rubriclang.audit.reported.what_if import WhatIf
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import percent_text, short_text
from rubriclang.ir.types import Number, Type
from rubriclang.source import Source, Span

_LONGEST = 120


def working(definition: ir.Definition, world: WhatIf, source: Source) -> str:
    """The calculation behind a definition, as in ``234.56 / 141.6``; its name where that cannot be shown in a line."""
    expr = definition.expr
    while isinstance(expr, ir.Round):
        expr = expr.operand
    name = definition.name or (definition.owner[-1] if definition.owner else "总分")
    if not isinstance(expr, ir.Op) or any(isinstance(part, ir.Case | ir.Catch | ir.Agg) for part in ir.walk(expr)):
        return name
    parts = [part for part in ir.walk(expr) if part.span is not None]
    if expr.span is None or not parts:
        return name
    whole = Span(min(p.span.start for p in parts if p.span), max(p.span.end for p in parts if p.span))
    types: dict[str, Type] = {fact.name: fact.type for fact in world.program.facts}
    types |= {other.id: other.type for other in world.program.definitions}
    text, at = "", whole.start
    for part in sorted((p for p in parts if isinstance(p, ir.Ref)), key=lambda p: p.span.start if p.span else 0):
        values = world.run.facts if part.kind == "fact" else world.run.values
        number = values.get(part.target)
        assert part.span is not None
        if not isinstance(number, Fraction) or part.span.start < at:
            return name
        text += source.slice(Span(at, part.span.start)) + _figure(number, types.get(part.target))
        at = part.span.end
    text += source.slice(Span(at, whole.end))
    text = " ".join(text.replace("（", "(").replace("）", ")").replace("－", "-").split())
    text = text.replace(")/", ") /").replace("( ", "(").replace(" )", ")")
    return text if text.count("(") == text.count(")") and len(text) <= _LONGEST else name


def _figure(number: Fraction, kind: Type | None) -> str:
    if isinstance(kind, Number) and kind.style == "percent":
        return percent_text(number, 4)
    return short_text(number) if number >= 0 else f"({short_text(number)})"

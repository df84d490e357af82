"""A number that is rounded before it is compared: what it was before lies in another band."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import short_text
from rubriclang.ir.types import Number
from rubriclang.linter.contrast import number_words
from rubriclang.linter.rule import Subject
from rubriclang.linter.showing import ask, value_in, within
from rubriclang.semantics.intervals import Interval
from rubriclang.source import Span

DISPLAY_HAZARD = Kind(
    "R420",
    "display-hazard",
    "hint",
    "“{name}”先取位再分档：{exact} 取成 {rounded}，过了 {edge} 这条线",
    "'{name}' is rounded before it is compared: {exact} becomes {rounded} and crosses the edge {edge}",
    "原文要求先取位的，写“// 允许 R420：理由”；否则把取位移到得分上",
    "if the original rounds first, write '// allow R420: reason'; otherwise round the points instead",
)
KINDS = (DISPLAY_HAZARD,)
_SIGNS = ("le", "lt", "ge", "gt")


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding for each rounded formula or total that bands read, at the first edge that rounding crosses."""
    rounded = {d.id: d for d in subject.program.definitions if d.level is None and isinstance(d.expr, ir.Round)}
    if not rounded:
        return
    said: set[str] = set()
    for definition in subject.program.definitions:
        if not isinstance(definition.expr, ir.Case | ir.Catch) or definition.level is not None:
            continue
        for operator, quantity, edge, span in _edges(subject, definition.expr):
            source = _source(subject, rounded, quantity)
            if source is None or quantity.target in said:
                continue
            crossing = _crossing(subject, operator, quantity, edge, source, span)
            if crossing is not None:
                said.add(quantity.target)
                yield crossing


def _edges(subject: Subject, expr: ir.Expr) -> Iterator[tuple[str, ir.Ref, Fraction, Span]]:
    while isinstance(expr, ir.Catch):
        expr = expr.operand
    for arm in expr.arms if isinstance(expr, ir.Case) else ():
        test = arm.test
        if arm.tag.role == "row" and arm.tag.span is not None and isinstance(test, ir.Op) and test.operator in _SIGNS:
            left, right = test.operands
            edge = subject.constant(right)
            if isinstance(left, ir.Ref) and left.kind == "definition" and edge is not None:
                yield test.operator, left, edge, arm.tag.span


def _source(subject: Subject, rounded: dict[str, ir.Definition], quantity: ir.Ref) -> ir.Round | None:
    """The rounding that a quantity comes from, through names only."""
    target = quantity.target
    while target not in rounded:
        definition = subject.definitions.get(target)
        if definition is None or not isinstance(definition.expr, ir.Ref):
            return None
        target = definition.expr.target
    found = rounded[target].expr
    return found if isinstance(found, ir.Round) else None


def _crossing(
    subject: Subject, operator: str, quantity: ir.Ref, edge: Fraction, source: ir.Round, span: Span
) -> Diagnostic | None:
    step = subject.constant(source.step)
    for near in () if step is None else _near(edge, step):
        goal = ir.Op("and", (*within(source.operand, near), ir.Op("eq", (quantity, quantity))))
        witness = ask(subject, goal).witness
        if witness is None:
            continue
        exact, became = (value_in(subject, witness, expr) for expr in (source.operand, quantity))
        if exact is None or became is None or _holds(operator, exact, edge) == _holds(operator, became, edge):
            continue
        kind = subject.definitions[quantity.target].type
        shown = [number_words(v, kind) if isinstance(kind, Number) else short_text(v) for v in (exact, became, edge)]
        params = {"name": name_of(subject, quantity), "exact": shown[0], "rounded": shown[1], "edge": shown[2]}
        return attrs.evolve(subject.finding(DISPLAY_HAZARD, span, **params), witness=witness.to_dict())
    return None


def _near(edge: Fraction, step: Fraction) -> Iterator[Interval]:
    """The numbers just below and just above an edge that some way of rounding takes across it."""
    for width in (step / 2, step):
        yield Interval(edge - width, edge, width == step, True)
        yield Interval(edge, edge + width, True, True)


def _holds(operator: str, value: Fraction, edge: Fraction) -> bool:
    return {"le": value <= edge, "lt": value < edge, "ge": value >= edge, "gt": value > edge}[operator]


def name_of(subject: Subject, quantity: ir.Ref) -> str:
    """What messages call a quantity: the name of the formula, or of the part whose score it is."""
    definition = subject.definitions[quantity.target]
    return definition.name or (definition.owner[-1] if definition.owner else "总分")

"""Formulas with the figures in place of the names, as reports print them: ``9.16 / 1521.39 × 100% = 0.60%``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from rubriclang.backends.display import display_of
from rubriclang.backends.evaluation import Evaluation
from rubriclang.backends.interpreter import evaluate_expression
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text, shown_text
from rubriclang.ir.types import Number, Type
from rubriclang.ir.values import Reason, Value
from rubriclang.reports.wording import in_print
from rubriclang.source import Source, Span


class Figures:
    """The facts and formulas of one evaluated unit, as texts."""

    def __init__(self, program: ir.Program, run: Evaluation, source: Source | None) -> None:
        self.run = run
        self.source = source
        self.definitions = {d.id: d for d in program.definitions}
        self.facts = {fact.name: fact for fact in program.facts}

    def fact(self, name: str) -> str:
        """``年初预算 1521.39 万元``; a yes/no or a label stands behind 为."""
        value, kind = self.run.facts[name], self.facts[name].type
        shown = value_text(value, kind)
        return f"{name} {shown}" if isinstance(value, Fraction) else f"{name}为{shown}"

    def facts_in(self, expr: ir.Expr) -> list[str]:
        """The names of the facts that an expression reads, in the order it reads them, each once."""
        names: dict[str, None] = {}
        for node in _in_order(expr):
            if isinstance(node, ir.Ref) and node.kind == "fact":
                names.setdefault(node.target)
        return list(names)

    def helpers_in(self, expr: ir.Expr, owner: tuple[str, ...]) -> list[ir.Definition]:
        """The named formulas of the same indicator that an expression builds on, what comes first first."""
        found: dict[str, ir.Definition] = {}

        def visit(inner: ir.Expr) -> None:
            for node in _in_order(inner):
                if not isinstance(node, ir.Ref) or node.kind != "definition" or node.target in found:
                    continue
                definition = self.definitions[node.target]
                if definition.owner == owner and definition.name is not None and definition.level is None:
                    visit(definition.expr)
                    found.setdefault(node.target, definition)

        visit(expr)
        return list(found.values())

    def written(self, expr: ir.Expr) -> str | None:
        """The formula as the rubric writes it, on one line."""
        inner = without_rounding(expr)
        if self.source is None or inner.span is None:
            return None
        return _one_line(self.source.slice(inner.span))

    def with_figures(self, expr: ir.Expr, kind: Type) -> str | None:
        """The formula with every name replaced by its value; a quotient that is a rate ends in ``× 100%``."""
        inner = without_rounding(expr)
        if self.source is None or inner.span is None:
            return None
        text = self.source.slice(inner.span)
        for span, figure in sorted(self._replaced(inner), key=lambda pair: pair[0].start, reverse=True):
            start, end = span.start - inner.span.start, span.end - inner.span.start
            if start >= 0 and end <= len(text):
                text = text[:start] + figure + text[end:]
        text = _one_line(text)
        rate = isinstance(kind, Number) and kind.style == "percent"
        if rate and isinstance(inner, ir.Op) and inner.operator == "div":
            text += " × 100%"
        return text

    def _replaced(self, expr: ir.Expr) -> Iterator[tuple[Span, str]]:
        """Places in the text and what stands there instead; a whole aggregate becomes one figure."""
        stack = [expr]
        while stack:
            node = stack.pop()
            if isinstance(node, ir.Agg):
                if node.span is not None:
                    yield node.span, _figure(evaluate_expression(node, self.run), None)
                continue
            if isinstance(node, ir.Ref):
                if node.span is not None and not node.own:
                    figure = self._reference(node)
                    if figure is not None:
                        yield node.span, figure
                continue
            stack.extend(ir.children(node))

    def _reference(self, node: ir.Ref) -> str | None:
        match node.kind:
            case "fact":
                return _figure(self.run.facts[node.target], self.facts[node.target].type)
            case "definition":
                return _figure(self.run.values[node.target], self.definitions[node.target].type)
            case _:
                return None  # a column has a value for each row


def value_text(value: Value, kind: Type | None) -> str:
    """A value with its unit, as a sentence carries it: ``9.16 万元``, ``85%``, ``是``."""
    if isinstance(value, Fraction) and isinstance(kind, Number) and kind.style != "percent":
        exact = number_text(value)
        text = exact if "/" not in exact else shown_text(value, Number())
        return f"{text} {kind.unit.name}" if kind.unit.dimensions else text
    return display_of(value, kind or Number()) or "—"


def without_rounding(expr: ir.Expr) -> ir.Expr:
    """The expression under a rounding."""
    while isinstance(expr, ir.Round):
        expr = expr.operand
    return expr


def _in_order(expr: ir.Expr) -> Iterator[ir.Expr]:
    """The expression and everything under it, from left to right."""
    stack = [expr]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(list(ir.children(node))))


def _figure(value: Value, kind: Type | None) -> str:
    if isinstance(value, Reason):
        return "？"
    if isinstance(value, Fraction):
        if isinstance(kind, Number) and kind.style == "percent":
            text = shown_text(value, kind)
        else:
            exact = number_text(value)
            text = exact if "/" not in exact else shown_text(value, Number())
        return f"（{text}）" if value < 0 else text
    return display_of(value, kind) or "？"


def _one_line(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    return in_print(re.sub(r"(?<=[0-9%])\s*([/×])\s*", r" \1 ", text))

"""The standard of an indicator as a score sheet prints it: the published words, else its rules as written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.ir.values import Value
from rubriclang.reports.wording import Lang, in_print
from rubriclang.source import Source, Span


def standard_text(node: ir.Node, owned: list[ir.Definition], source: Source | None, lang: Lang) -> str:
    """The 标准 of an indicator; where it has none, its formula, rows and checklist, one a line.

    Args:
        node: the indicator.
        owned: the definitions that belong to it, in the order of evaluation.
        source: the text of the rubric; without it only published words and checklists are known.
        lang: the language of what is added to the words of the rubric.
    """
    if node.standard:
        return in_print(node.standard)
    lines: dict[str, None] = {}
    for line in _lines(node, owned, source, lang):
        lines.setdefault(line)
    return "\n".join(lines)


def _lines(node: ir.Node, owned: list[ir.Definition], source: Source | None, lang: Lang) -> Iterator[str]:
    spans: list[Span] = []
    for definition in owned:
        if definition.id == node.value and definition.name is not None:
            formula = written(definition.expr, source)
            if formula:
                yield in_print(f"{definition.name} = {formula}")
        if definition.name is not None:
            continue
        for inner in ir.walk(definition.expr):
            match inner:
                case ir.Case(arms=arms):
                    spans += [arm.tag.span for arm in arms if arm.tag.span is not None and arm.tag.role != "plain"]
                case ir.Catch(handlers=handlers):
                    spans += [h.tag.span for h in handlers if h.tag.span is not None and h.tag.role != "plain"]
                case ir.Judge(choices=choices) if choices:
                    for text, amount in choices:
                        yield (
                            f"{in_print(text)}（{_points(amount)}分）"
                            if lang == "zh"
                            else f"{text} ({_points(amount)})"
                        )
                case ir.Judge(low=low, high=high):
                    yield _judged(low, high, lang)
    formula = _formula(owned, source)
    if formula:
        yield f"得分 = {formula}" if lang == "zh" else f"points = {formula}"
    if source is not None:
        for span in sorted(set(spans), key=lambda s: s.start):
            yield in_print(" ".join(source.slice(span).split()))


def _formula(owned: list[ir.Definition], source: Source | None) -> str:
    """The formula of an indicator whose points are computed without rows, or of each row of its list."""
    by_row = any(d.level is not None and d.name is None for d in owned)
    for definition in owned:
        if definition.id.endswith("#基础") and (definition.level is not None) == by_row:
            expr = definition.expr.operand if isinstance(definition.expr, ir.Catch) else definition.expr
            if isinstance(expr, ir.Op | ir.Ref | ir.Agg):
                return in_print(written(expr, source))
    return ""


def written(expr: ir.Expr, source: Source | None) -> str:
    """An expression as the rubric writes it, on one line; empty where that is not known."""
    inner: ir.Expr = expr
    while isinstance(inner, ir.Round):
        inner = inner.operand
    if source is None or inner.span is None:
        return ""
    return " ".join(source.slice(inner.span).split())


def _judged(low: ir.Expr, high: ir.Expr | None, lang: Lang) -> str:
    bounds = [e.value for e in (low, high) if isinstance(e, ir.Const)]
    if len(bounds) == 2:
        first, last = (_points(bound) for bound in bounds)
        return f"由评价人评定，{first} 至 {last} 分" if lang == "zh" else f"judged, {first} to {last} points"
    return "由评价人评定" if lang == "zh" else "judged by a person"


def _points(value: Value) -> str:
    return number_text(value) if isinstance(value, Fraction) else "?"


def definitions_by_owner(program: ir.Program) -> Mapping[tuple[str, ...], list[ir.Definition]]:
    """The definitions of each node of the outline, by its path."""
    found: dict[tuple[str, ...], list[ir.Definition]] = {}
    for definition in program.definitions:
        found.setdefault(definition.owner, []).append(definition)
    return found

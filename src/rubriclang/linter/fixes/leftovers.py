"""Lines that do nothing: they are taken away."""

from __future__ import annotations

from rubriclang.diagnostics import Diagnostic, Edit, Fix
from rubriclang.source import Source, Span


def _line(source: Source, span: Span) -> Span | None:
    """The whole line, where nothing else stands on it; None where something does."""
    number = source.position(span.start).line
    start = source.line_starts[number - 1]
    end = source.line_starts[number] if number < len(source.line_starts) else len(source.text)
    around = source.text[start : span.start] + source.text[span.end : end]
    return None if around.strip(" \t\r\n　") else Span(start, end)


def _default(diagnostic: Diagnostic) -> Fix | None:
    source, span = diagnostic.source, diagnostic.span
    assert source is not None and span is not None
    whole = _line(source, span)
    if whole is None or any(mark in source.slice(span) for mark in "，,、"):
        return None  # it says more than the one thing
    return Fix("删掉这一行", "remove the line", (Edit(whole, ""),))


def _comment(diagnostic: Diagnostic) -> Fix | None:
    source, span = diagnostic.source, diagnostic.span
    assert source is not None and span is not None
    if source.slice(span).upper().count("R") != 1 and "、" in source.slice(span):
        return None  # it allows several codes, and some of them may be used
    whole = _line(source, span)
    if whole is None:
        start = span.start - (len(source.text[: span.start]) - len(source.text[: span.start].rstrip(" \t　")))
        whole = Span(start, span.end)
    return Fix("删掉这条注释", "remove the comment", (Edit(whole, ""),))


def _is_item(line: str) -> bool:
    return line.lstrip(" \t　").startswith(("-", "－"))


def _fact(diagnostic: Diagnostic) -> Fix | None:
    source, span = diagnostic.source, diagnostic.span
    assert source is not None and span is not None
    number = source.position(span.start).line
    start = source.line_starts[number - 1]
    end = source.line_starts[number] if number < len(source.line_starts) else len(source.text)
    line = source.text[start:end]
    if not _is_item(line) or "；" in line or ";" in line:
        return None
    above = source.line(number - 1).strip() if number > 1 else ""
    below = source.line(number + 1) if number < len(source.line_starts) else ""
    if above.endswith(("：", ":")) and not _is_item(above) and not _is_item(below):
        start = source.line_starts[number - 2]  # the head of a block that would be empty
    return Fix("删掉这一项", "remove the item", (Edit(Span(start, end), ""),), safe=False)


FIXES = {"R401": _fact, "R402": _fact, "R413": _default, "R440": _comment}

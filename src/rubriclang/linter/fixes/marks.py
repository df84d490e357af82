"""Punctuation: a sign too many, a sign too few."""

from __future__ import annotations

from rubriclang.diagnostics import Diagnostic, Edit, Fix
from rubriclang.source import Span


def _without(diagnostic: Diagnostic) -> Fix:
    assert diagnostic.span is not None
    return Fix("删掉看不见的换行符", "remove the invisible line end", (Edit(diagnostic.span, ""),))


def _space(diagnostic: Diagnostic) -> Fix | None:
    span, word = diagnostic.span, diagnostic.params["word"]
    assert span is not None
    at = span.start + len(word)
    return Fix(f"在“{word}”后面空一格", f"put a space after '{word}'", (Edit(Span(at, at), " "),), safe=False)


def _brackets(diagnostic: Diagnostic) -> Fix:
    span, name = diagnostic.span, diagnostic.params["text"]
    assert span is not None
    return Fix(f"写成【{name}】", f"write 【{name}】", (Edit(span, f"【{name}】"),))


def _colon(diagnostic: Diagnostic) -> Fix:
    source, span, name = diagnostic.source, diagnostic.span, diagnostic.params["name"]
    assert source is not None and span is not None
    end = span.end
    while source.text[end : end + 1] in (" ", "\t", "　"):
        end += 1
    return Fix(f"在“{name}”后面加冒号", f"put a colon after '{name}'", (Edit(Span(span.end, end), "："),))


def _no_unit(diagnostic: Diagnostic) -> Fix:
    span, name = diagnostic.span, diagnostic.params["name"]
    assert span is not None
    return Fix(f"只写 {name}", f"write {name} alone", (Edit(span, name),))


FIXES = {"R002": _without, "R015": _space, "R018": _brackets, "R019": _colon, "R108": _no_unit}

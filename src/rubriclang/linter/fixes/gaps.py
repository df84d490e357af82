"""Bands that do not cover every value: a last row for all the rest. It decides about points, so it is never safe."""

from __future__ import annotations

from rubriclang.diagnostics import Diagnostic, Edit, Fix
from rubriclang.source import Span


def _rest(diagnostic: Diagnostic) -> Fix | None:
    source, span = diagnostic.source, diagnostic.span
    assert source is not None and span is not None
    text = source.slice(span)
    if "->" not in text and "→" not in text:
        return None
    english = not any("一" <= character <= "鿿" for character in text)
    row = "else -> 0" if english else "否则 -> 0"
    lead = "\r\n" if "\r\n" in text else "\n" if "\n" in text else "; " if english else "；"
    edit = Edit(Span(span.end, span.end), lead + row)
    return Fix(f"加一行“{row}”", f"add '{row}'", (edit,), safe=False)


FIXES = {"R305": _rest, "R319": _rest}

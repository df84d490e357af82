"""Signs torn apart, or where another must stand: ``> =`` for ``≥``, ``- >`` for ``->``, ``，否则`` for ``；否则``."""

from __future__ import annotations

import re

from rubriclang.diagnostics import Diagnostic, Edit, Fix
from rubriclang.source import Span

_TORN = ((re.compile(r">[ \t　]+=$"), "≥"), (re.compile(r"<[ \t　]+=$"), "≤"), (re.compile(r"-[ \t　]+>$"), "->"))
_COMMA = re.compile(r"[，,、][ \t　]*$")


def _unexpected(diagnostic: Diagnostic) -> Fix | None:
    source, span = diagnostic.source, diagnostic.span
    assert source is not None and span is not None
    start = source.text.rfind("\n", 0, span.start) + 1
    found = source.slice(span).strip()
    if found in ("否则", "else"):
        comma = _COMMA.search(source.text[start : span.start])
        if comma is None:
            return None
        place = Span(start + comma.start(), start + comma.start() + 1)
        return Fix(
            f"“{found}”前面改用“；”", f"put ';' before '{found}'", (Edit(place, "；" if found == "否则" else ";"),)
        )
    if found == "、" and re.match(r"[ \t　]*(?:否则|else)", source.text[span.end :]):
        return Fix("改用“；”", "write ';'", (Edit(span, "；"),))
    for torn, whole in _TORN:
        here = torn.search(source.text[start : span.end])
        if here is not None:
            place = Span(start + here.start(), start + here.end())
            return Fix(f"改成“{whole}”", f"write '{whole}'", (Edit(place, whole),))
    return None


FIXES = {"R003": _unexpected}

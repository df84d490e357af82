"""Misspelt names: the one known name that is near."""

from __future__ import annotations

import re

from rubriclang.diagnostics import Diagnostic, Edit, Fix
from rubriclang.diagnostics.suggest import edit_distance
from rubriclang.source import Span

_MEANT = re.compile(r"did you mean '([^']+)'\?")


def _meant(diagnostic: Diagnostic) -> Fix | None:
    """The suggestion of the message; safe only where the message lists all that is known, and one is nearest."""
    source, span, name = diagnostic.source, diagnostic.span, diagnostic.params["name"]
    assert source is not None and span is not None
    found = _MEANT.fullmatch(diagnostic.params.get("suggestion_en", ""))
    if found is None or not source.slice(span).startswith(name):
        return None
    near = found.group(1)
    known = [option for option in re.split("、|, ", diagnostic.params.get("options", "")) if option]
    distances = sorted(edit_distance(name, option, 100) for option in known)
    safe = len(distances) > 1 and distances[0] < distances[1]
    edit = Edit(Span(span.start, span.start + len(name)), near)
    return Fix(f"改成“{near}”", f"write '{near}'", (edit,), safe=safe)


FIXES = {"R101": _meant, "R107": _meant, "R109": _meant, "R110": _meant}

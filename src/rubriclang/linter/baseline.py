"""A baseline: the findings a project has today, so that only new ones are reported."""

from __future__ import annotations

import json
from collections.abc import Iterable

from rubriclang.diagnostics import Diagnostic
from rubriclang.diagnostics.fingerprint import fingerprints

VERSION = 1


def written(found: Iterable[Diagnostic]) -> str:
    """The text of a baseline file that holds these findings, one a line, so that a diff of it reads well."""
    rows = []
    for diagnostic, name in fingerprints(found):
        row = {
            "fingerprint": name,
            "path": diagnostic.source.path.replace("\\", "/") if diagnostic.source else "",
            "code": diagnostic.code,
            "message": diagnostic.message("zh"),
        }
        rows.append("  " + json.dumps(row, ensure_ascii=False))
    return f'{{"version": {VERSION}, "findings": [\n' + ",\n".join(rows) + "\n]}\n"


def read(text: str) -> frozenset[str] | None:
    """The fingerprints of a baseline file; None where the text is none."""
    try:
        held = json.loads(text)
        if held["version"] != VERSION:
            return None
        return frozenset(str(row["fingerprint"]) for row in held["findings"])
    except (ValueError, KeyError, TypeError):
        return None


def new(found: Iterable[Diagnostic], known: frozenset[str]) -> tuple[tuple[Diagnostic, ...], int]:
    """The findings that a baseline does not hold, and how many of its findings are gone."""
    named = list(fingerprints(found))
    fresh = tuple(diagnostic for diagnostic, name in named if name not in known)
    return fresh, len(known - {name for _, name in named})

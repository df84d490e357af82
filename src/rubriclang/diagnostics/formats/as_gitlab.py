"""The code quality report of GitLab: a list of issues with fingerprints that stay when lines move."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from rubriclang.diagnostics.fingerprint import fingerprints
from rubriclang.diagnostics.model import Diagnostic, Lang

_SEVERITIES = {"error": "major", "warning": "minor", "hint": "info"}


def write(found: Sequence[Diagnostic], checked: Sequence[str], lang: Lang) -> str:
    """One issue a finding; one that has no place stands on line 1."""
    issues = [_issue(diagnostic, name, lang) for diagnostic, name in fingerprints(found)]
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


def _issue(diagnostic: Diagnostic, name: str, lang: Lang) -> dict[str, Any]:
    source, span = diagnostic.source, diagnostic.span
    begin, end = 1, 1
    if source is not None and span is not None:
        begin, end = source.position(span.start).line, source.position(span.end).line
    return {
        "description": diagnostic.message(lang),
        "check_name": diagnostic.code,
        "fingerprint": name,
        "severity": _SEVERITIES[diagnostic.severity],
        "location": {
            "path": PurePath(source.path).as_posix() if source else "",
            "lines": {"begin": begin, "end": max(begin, end)},
        },
    }

"""SARIF 2.1.0, the exchange format of static analysis; GitHub code scanning and most editors read it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from rubriclang.diagnostics.fingerprint import fingerprints
from rubriclang.diagnostics.model import Diagnostic, Fix, Kind, Lang
from rubriclang.source import Source, Span

_LEVELS = {"error": "error", "warning": "warning", "hint": "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def write(found: Sequence[Diagnostic], checked: Sequence[str], lang: Lang) -> str:
    """One run; columns count code points, and say so."""
    used = {diagnostic.code: diagnostic.kind for diagnostic in found}
    codes = sorted(used)
    run = {
        "tool": {
            "driver": {
                "name": "rubric",
                "version": version("rubriclang"),
                "language": "zh-CN" if lang == "zh" else "en",
                "rules": [_rule(used[code], lang) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": _uri(path)}} for path in checked],
        "results": [_result(d, name, codes.index(d.code), lang) for d, name in fingerprints(found)],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(kind: Kind, lang: Lang) -> dict[str, Any]:
    template = kind.zh if lang == "zh" else kind.en
    return {
        "id": kind.code,
        "name": kind.name,
        "shortDescription": {"text": template.replace("{", "").replace("}", "")},
        "help": {"text": f"rubric rule {kind.code}"},
        "defaultConfiguration": {"level": _LEVELS[kind.level]},
    }


def _result(diagnostic: Diagnostic, name: str, index: int, lang: Lang) -> dict[str, Any]:
    hint = diagnostic.hint(lang)
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": index,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": diagnostic.message(lang) + (f"\n{hint}" if hint else "")},
        "partialFingerprints": {"rubricFinding/v1": name},
    }
    source, span = diagnostic.source, diagnostic.span
    if source is not None:
        place: dict[str, Any] = {"artifactLocation": {"uri": _uri(source.path)}}
        if span is not None:
            place["region"] = _region(source, span)
        result["locations"] = [{"physicalLocation": place}]
        if diagnostic.fix is not None:
            result["fixes"] = [_fix(source, diagnostic.fix, lang)]
    return result


def _fix(source: Source, fix: Fix, lang: Lang) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(source, edit.span), "insertedContent": {"text": edit.text}} for edit in fix.edits
    ]
    return {
        "description": {"text": fix.zh if lang == "zh" else fix.en},
        "artifactChanges": [{"artifactLocation": {"uri": _uri(source.path)}, "replacements": replacements}],
    }


def _region(source: Source, span: Span) -> dict[str, int]:
    start, end = source.position(span.start), source.position(span.end)
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": max(end.column, start.column) if end.line == start.line else end.column,
    }


def _uri(path: str) -> str:
    """A relative reference for a relative path; an absolute one becomes a file URI."""
    pure = PurePath(path)
    text = quote(pure.as_posix())
    return f"file://{text if text.startswith('/') else '/' + text}" if pure.is_absolute() else text

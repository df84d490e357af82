"""Workflow commands of GitHub Actions, which show findings beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from rubriclang.diagnostics.model import Diagnostic, Lang

_COMMANDS = {"error": "error", "warning": "warning", "hint": "notice"}


def write(found: Sequence[Diagnostic], checked: Sequence[str], lang: Lang) -> str:
    """One command a finding; columns are left out over several lines, where GitHub refuses them."""
    return "".join(_command(diagnostic, lang) + "\n" for diagnostic in found)


def _command(diagnostic: Diagnostic, lang: Lang) -> str:
    properties: list[tuple[str, str]] = []
    source, span = diagnostic.source, diagnostic.span
    if source is not None:
        properties.append(("file", PurePath(source.path).as_posix()))
    if source is not None and span is not None:
        start, end = source.position(span.start), source.position(span.end)
        properties += [("line", str(start.line)), ("endLine", str(end.line))]
        if start.line == end.line:
            properties += [("col", str(start.column)), ("endColumn", str(max(start.column, end.column - 1)))]
    properties.append(("title", f"{diagnostic.code} {diagnostic.kind.name}"))
    head = ",".join(f"{name}={_escape(value, ':,')}" for name, value in properties)
    hint = diagnostic.hint(lang)
    message = diagnostic.message(lang) + (f"\n{hint}" if hint else "")
    return f"::{_COMMANDS[diagnostic.severity]} {head}::{_escape(message)}"


def _escape(text: str, more: str = "") -> str:
    """Percent signs and line ends as GitHub wants them, and in a property colons and commas too; % comes first."""
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text

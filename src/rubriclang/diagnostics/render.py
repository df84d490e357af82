"""Diagnostics as text: place, message, the line with a caret under the fault, and what to type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rubriclang.diagnostics.model import Diagnostic, Lang
from rubriclang.source import Source, Span, display_width

_WORDS = {
    "zh": {"error": "错误", "warning": "警告", "hint": "提示", "help": "建议", "witness": "举例", "against": "对比"},
    "en": {
        "error": "error",
        "warning": "warning",
        "hint": "hint",
        "help": "help",
        "witness": "example",
        "against": "against",
    },
}
_LONGEST_LINE = 160


def render(diagnostic: Diagnostic, lang: Lang = "zh") -> str:
    """One diagnostic as a block of lines, without a trailing newline."""
    words = _WORDS[lang]
    source, span = diagnostic.source, diagnostic.span
    head = f"{words[diagnostic.severity]}[{diagnostic.code}]"
    if source is None:
        lines = [f"{head} {diagnostic.message(lang)}"]
    elif span is None:
        lines = [f"{source.path}: {head} {diagnostic.message(lang)}"]
    else:
        lines = [f"{source.place(span)}: {head} {diagnostic.message(lang)}"]
        lines += excerpt(source, span)
    if diagnostic.witness is not None:
        lines.append(f"  {words['witness']}: {_facts(diagnostic.witness, lang)}")
        if "against" in diagnostic.witness:
            lines.append(f"  {words['against']}: {_facts(diagnostic.witness['against'], lang)}")
    hint = diagnostic.hint(lang)
    if hint:
        lines.append(f"  {words['help']}: {hint}")
    return "\n".join(lines)


def _facts(witness: Mapping[str, Any], lang: Lang) -> str:
    """The facts that show a fault, in one line."""
    given = [f"{name} = {value}" for name, value in witness.get("facts", {}).items()]
    given += [f"{'评定' if lang == 'zh' else 'judged'} {n} = {v}" for n, v in witness.get("judged", {}).items()]
    return ("，" if lang == "zh" else ", ").join(given)


def excerpt(source: Source, span: Span) -> list[str]:
    """The line at fault and a caret line that aligns under wide characters; tabs count as one space."""
    position = source.position(span.start)
    line = source.line(position.line).replace("\t", " ")
    if not line.strip():
        return []
    left = position.column - 1
    right = max(left + 1, min(len(line), left + span.end - span.start))
    lead = ""
    if len(line) > _LONGEST_LINE:
        cut = max(0, left - _LONGEST_LINE // 2)
        lead = "…" if cut else ""
        line = line[cut : cut + _LONGEST_LINE]
        left, right = left - cut, min(right - cut, len(line))
    number = str(position.line)
    under = display_width(line[left:right]) or 1
    return [
        f"  {number} | {lead}{line}",
        f"  {' ' * len(number)} | {' ' * (len(lead) + display_width(line[:left]))}{'^' * under}",
    ]


def render_all(diagnostics: Iterable[Diagnostic], lang: Lang = "zh") -> str:
    """Diagnostics one after another, a blank line between them."""
    return "\n\n".join(render(d, lang) for d in diagnostics)

"""An audit as text for people: each finding with its place and a caret, and one line of summary."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from rubriclang.audit.findings import Finding, Lang
from rubriclang.audit.habits import Habit
from rubriclang.diagnostics.render import excerpt

_LEVELS = {
    "zh": {"error": "错误", "warning": "警告", "note": "说明"},
    "en": {"error": "error", "warning": "warning", "note": "note"},
}
_RESULTS_ZH = {
    "exact": "精确相等",
    "rounded": "取位后相等",
    "truncated": "舍去后相等",
    "rounded up": "进位后相等",
    "wrong": "不符",
    "unchecked": "无从核对",
}


class Audited(Protocol):
    """What is told of an audit, of prose or of statements."""

    @property
    def checked(self) -> int:
        """How many statements were looked at."""
        ...

    @property
    def habit(self) -> Habit:
        """How the report rounds."""
        ...

    def counts(self) -> dict[str, int]:
        """How many statements have each result."""
        ...


def render_finding(found: Finding, lang: Lang = "zh") -> str:
    """One finding as a block of lines, without a trailing newline."""
    place = found.source.position(found.span.start)
    head = f"{_LEVELS[lang][found.level]}[{found.kind}]"
    lines = [f"{found.source.path}:{place.line}:{place.column}: {head} {found.message(lang)}"]
    return "\n".join(lines + excerpt(found.source, found.span))


def render(findings: Iterable[Finding], lang: Lang = "zh") -> str:
    """All findings, a blank line between them."""
    return "\n\n".join(render_finding(found, lang) for found in findings)


def summary(audit: Audited, lang: Lang = "zh", what: tuple[str, str] = ("处计算", "calculation(s)")) -> str:
    """What was checked and how it came out, in one line."""
    counts = audit.counts()
    parts = [name for name in _RESULTS_ZH if counts.get(name)]
    if lang == "zh":
        listed = "，".join(f"{_RESULTS_ZH[name]} {counts[name]}" for name in parts)
        text = f"核对了 {audit.checked} {what[0]}" + (f"：{listed}" if listed else "")
        if audit.habit.known:
            mode = "四舍五入" if audit.habit.mode == "half up" else "舍去尾数"
            text += f"；这份报告的百分数一般{mode}"
        return text
    listed = ", ".join(f"{counts[name]} {name}" for name in parts)
    text = f"checked {audit.checked} {what[1]}" + (f": {listed}" if listed else "")
    if audit.habit.known:
        text += f"; rates are usually {'rounded half up' if audit.habit.mode == 'half up' else 'cut off'}"
    return text

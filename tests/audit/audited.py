"""Short ways to audit a text in a test."""

from __future__ import annotations

from rubriclang.audit.auditing import Audit, audit
from rubriclang.source import Source


def audited(text: str) -> Audit:
    """The audit of a text."""
    return audit(Source("report.txt", text))


def found(text: str) -> list[tuple[str, str, str]]:
    """Class, printed figure and right figure of each finding."""
    return [(one.kind, one.printed, one.right) for one in audited(text).findings]

"""For people at a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rubriclang.diagnostics.model import Diagnostic, Lang
from rubriclang.diagnostics.render import render_all


def write(found: Sequence[Diagnostic], checked: Sequence[str], lang: Lang) -> str:
    """Place, message, the line at fault, and what to type."""
    return render_all(found, lang) + "\n" if found else ""

"""A list of objects, for scripts."""

from __future__ import annotations

import json
from collections.abc import Sequence

from rubriclang.diagnostics.model import Diagnostic, Lang


def write(found: Sequence[Diagnostic], checked: Sequence[str], lang: Lang) -> str:
    """The objects of :meth:`Diagnostic.to_dict`."""
    return json.dumps([diagnostic.to_dict(lang) for diagnostic in found], ensure_ascii=False, indent=2) + "\n"

"""Findings as other programs read them: one file a format, found by its name.

A format is a module ``as_NAME.py`` with ``write(found, checked, lang) -> str``: the findings, the paths of all files
checked, and the language of messages; it returns the whole text, with a line end unless it is empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules

from rubriclang.diagnostics.model import Diagnostic, Lang

_PREFIX = "as_"


def formats() -> list[str]:
    """The names of all formats, ``text`` first."""
    names = [info.name.removeprefix(_PREFIX) for info in iter_modules(__path__) if info.name.startswith(_PREFIX)]
    return sorted(names, key=lambda name: (name != "text", name))


def write(form: str, found: Sequence[Diagnostic], checked: Sequence[str], lang: Lang) -> str:
    """The findings in a format; only its module is loaded."""
    text: str = import_module(f"{__name__}.{_PREFIX}{form}").write(found, checked, lang)
    return text

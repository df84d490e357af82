"""All rubrics of the project that parse, and what a tree says when nothing is left out but its places."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import attrs

from rubriclang.source import Source, Span
from rubriclang.syntax import nodes as n
from rubriclang.syntax.parser import parse

ROOT = Path(__file__).resolve().parents[2]
_BLOCK = re.compile(r"^```rubric[^\n`]*\n(.*?)^```$", re.M | re.S)


@cache
def sound_texts() -> dict[str, str]:
    """The texts of the library, the examples, the golden cases and the language page without syntax errors, by name."""
    files = [path for folder in ("rubrics", "examples", "tests/golden") for path in (ROOT / folder).rglob("*.rubric")]
    texts = {str(path.relative_to(ROOT)): path.read_bytes().decode("utf-8") for path in sorted(files)}
    page = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
    for found in _BLOCK.finditer(page):
        texts[f"language.md:{page.count(chr(10), 0, found.start()) + 1}"] = found[1]
    return {name: text for name, text in texts.items() if parsed(text) is not None}


def parsed(text: str) -> n.Tree | None:
    """The tree of a text without syntax errors."""
    tree, diagnostics = parse(Source("<text>", text))
    return None if any(d.severity == "error" for d in diagnostics) else tree


def said(thing: object) -> object:
    """A node as nested tuples: every field, whether it takes part in equality or not, but places.

    The text of an expectation is left out: it is the line as typed, blanks and all, for messages.
    """
    if isinstance(thing, tuple):
        return tuple(said(one) for one in thing)
    if isinstance(thing, n.Comment):
        return thing.text.rstrip()
    kind: Any = type(thing)
    if attrs.has(kind):
        return (
            kind.__name__,
            *(
                said(getattr(thing, field.name))
                for field in attrs.fields(kind)
                if field.type not in (Span, "Span") and not (isinstance(thing, n.Expected) and field.name == "text")
            ),
        )
    return thing

"""The first place where two certificates say different things."""

from __future__ import annotations

import json
from typing import Any

_APART = frozenset({"digest", "engine", "path"})  # of the writer and the place, not of the score
_ORDER = ("format", "rubric", "facts", "inputs", "others", "values", "checks", "result")


def first_difference(certified: Any, derived: Any, at: tuple[str, ...] = ()) -> tuple[str, str, str] | None:
    """What it is called, what one says, and what the other says; None where they agree."""
    if isinstance(certified, dict) and isinstance(derived, dict):
        keys = [*(k for k in _ORDER if not at), *certified, *derived]
        for key in dict.fromkeys(k for k in keys if k in certified or k in derived):
            if key in _APART or (key == "lines" and "sha256" in certified):
                continue
            if key not in certified or key not in derived:
                return _named((*at, key)), _text(certified.get(key)), _text(derived.get(key))
            found = first_difference(certified[key], derived[key], (*at, key))
            if found is not None:
                return found
        return None
    if isinstance(certified, list) and isinstance(derived, list):
        for number, (a, b) in enumerate(zip(certified, derived, strict=False), 1):
            if _pair(a) and _pair(b) and a[0] == b[0]:
                found = None if a[1] == b[1] else (a[0], _text(a[1]), _text(b[1]))
            else:
                found = first_difference(a, b, (*at, str(number)))
            if found is not None:
                return found
        if len(certified) != len(derived):
            return _named((*at, str(min(len(certified), len(derived)) + 1))), str(len(certified)), str(len(derived))
        return None
    return (
        None
        if certified == derived and type(certified) is type(derived)
        else (
            _named(at),
            _text(certified),
            _text(derived),
        )
    )


def _pair(item: Any) -> bool:
    return isinstance(item, list) and len(item) == 2 and isinstance(item[0], str)


def _named(at: tuple[str, ...]) -> str:
    return " › ".join(at) or "."


def _text(value: Any) -> str:
    if isinstance(value, dict) and set(value) == {"text"}:
        return str(value["text"])
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else text[:80] + "…"


def first_byte(a: bytes, b: bytes) -> int:
    """The offset of the first byte that differs, from 0."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))

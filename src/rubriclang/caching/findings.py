"""Findings as plain data: a kind by where it is defined, a place by which file of the rubric it lies in."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

from rubriclang.caching.encoding import UnkeptError
from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.source import Source

_ROOT = "rubriclang."
_DEFINED = re.compile(r"([a-z_]+(?:\.[a-z_]+)*\.(?:[a-z]+_)?errors):([A-Z][A-Z0-9_]*)")


def plain(found: Iterable[Diagnostic], files: Sequence[Source]) -> tuple[tuple[Any, ...], ...]:
    """Findings as tuples that a table can hold.

    Raises:
        UnkeptError: one is about something else than these files, or still waits for a proof.
    """
    return tuple(
        (
            _name(one.kind),
            _number(one.source, files),
            one.span,
            one.params,
            one.level,
            one.witness,
            one.fix,
        )
        for one in found
        if _settled(one)
    )


def again(rows: Iterable[tuple[Any, ...]], files: Sequence[Source]) -> tuple[Diagnostic, ...]:
    """The findings of such tuples.

    Raises:
        LookupError: a kind or a file that there is not.
        ValueError: not such tuples.
    """
    return tuple(
        Diagnostic(_kind(name), None if number is None else files[number], span, params, level, witness, None, fix)
        for name, number, span, params, level, witness, fix in rows
    )


def _settled(one: Diagnostic) -> bool:
    if one.goal is not None:
        raise UnkeptError("goal")
    return True


def _number(source: Source | None, files: Sequence[Source]) -> int | None:
    if source is None:
        return None
    for number, file in enumerate(files):
        if file is source:
            return number
    raise UnkeptError(source.path)


def _name(kind: Kind) -> str:
    """``module:NAME`` of a kind; the module is one that only defines kinds, so that finding it again costs little."""
    for name in sorted(sys.modules):
        if not name.startswith(_ROOT):
            continue
        for word, value in vars(sys.modules[name]).items():
            found = f"{name.removeprefix(_ROOT)}:{word}"
            if value is kind and _DEFINED.fullmatch(found):
                return found
    raise UnkeptError(kind.code)


def _kind(name: str) -> Kind:
    parts = _DEFINED.fullmatch(name)
    kind = vars(import_module(_ROOT + parts[1])).get(parts[2]) if parts is not None else None
    if not isinstance(kind, Kind):
        raise LookupError(name)
    return kind

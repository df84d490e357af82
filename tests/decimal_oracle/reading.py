"""Reads the test files of General Decimal Arithmetic: one published case a line, under the directives above it.

``ddadd005 add '-5' '-3' -> -8`` is a case, ``rounding: half_even`` a directive, ``--`` begins a comment. The files come
with CPython's own tests; they are not part of this project.
"""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

import attrs

PLACE = "RUBRIC_DECIMAL_TESTDATA"
PACKAGE = "libpython3.11-testsuite"
_DIRECTIVE = re.compile(r"([A-Za-z]+)\s*:\s*(\S+)")
_TOKEN = re.compile(r"'((?:[^']|'')*)'|\"([^\"]*)\"|(\S+)")
_FINITE = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.I)


@attrs.frozen
class Published:
    """One case as published: operands and result as text, flags in lower case."""

    file: str
    name: str
    operation: str
    operands: tuple[str, ...]
    result: str
    flags: frozenset[str]
    rounding: str
    precision: int


def folder() -> Path | None:
    """Where the files lie: where the environment says, else beside the ``test`` package of this Python.

    Raises:
        FileNotFoundError: the environment names a folder without the files.
    """
    said = os.environ.get(PLACE)
    if said:
        if not (Path(said) / "ddAdd.decTest").is_file():
            raise FileNotFoundError(f"{PLACE} names a folder without ddAdd.decTest")
        return Path(said)
    spec = importlib.util.find_spec("test")
    for place in spec.submodule_search_locations or () if spec else ():
        if (Path(place) / "decimaltestdata" / "ddAdd.decTest").is_file():
            return Path(place) / "decimaltestdata"
    return None


def cases(path: Path) -> Iterator[Published]:
    """The cases of one file in order."""
    state = {"rounding": "half_up", "precision": "9"}
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        line = line.strip()
        if not line or line.startswith("--"):
            continue
        directive = _DIRECTIVE.match(line)
        if directive and "->" not in line:
            state[directive[1].lower()] = directive[2].lower()
            continue
        tokens = [_text(match) for match in _TOKEN.finditer(line)]
        if "->" not in tokens:
            raise ValueError(f"{path.name}: neither a case nor a directive: {line}")
        arrow = tokens.index("->")
        flags = []
        for token in tokens[arrow + 2 :]:
            if token.startswith("--"):
                break
            flags.append(token.lower())
        yield Published(
            path.name,
            tokens[0],
            tokens[1].lower(),
            tuple(tokens[2:arrow]),
            tokens[arrow + 1],
            frozenset(flags),
            state["rounding"],
            int(state["precision"]),
        )


def _text(match: re.Match[str]) -> str:
    if match[1] is not None:
        return match[1].replace("''", "'")
    return match[2] if match[2] is not None else match[3]


def finite(text: str) -> Decimal | None:
    """The number a text spells, exactly; None where it is an infinity, a NaN, an encoding, or none at all."""
    if not _FINITE.fullmatch(text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent no Decimal holds
        return None

"""The glyphs of the marks in the writer's language: full-width in a Chinese rubric, ASCII in an English one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

import attrs

from rubriclang.formatter.pieces import Text
from rubriclang.ir.units import find_unit
from rubriclang.syntax.keywords import keywords

_HEADING_WORD = re.compile(
    r"[(,]\s*(?:\d[\d.]*\s*)?(?:(分|权重|最多|加分|不限分|删去)"
    r"|points?\b|weight|(?:(?:add|deduct)\s+)?at\s+most|bonus|unlimited|removed)",
    re.I,
)


@attrs.frozen
class Marks:
    """How each mark is written. ``chinese`` also decides where blanks stand beside brackets."""

    chinese: bool
    colon: str
    comma: str
    stop: str
    opening: str
    closing: str
    times: str
    across: str
    comparators: dict[str, str]
    units: frozenset[str] = frozenset()  # words after "/" that are units here: 元/人


_CHINESE = Marks(True, "：", "，", "；", "（", "）", "×", "＼", {"<=": "≤", ">=": "≥", "!=": "≠", "<>": "≠"})
_ENGLISH = Marks(False, ":", ",", ";", "(", ")", "*", " \\ ", {"≤": "<=", "≥": ">=", "≠": "!=", "<>": "!="})


def marks_of(text: Text) -> Marks:
    """The marks for a text: English ones where it has more English keywords than Chinese ones.

    One choice for the whole file, so that a mark looks the same on every line of it.
    """
    chosen = _CHINESE if sum(_votes(text)) >= 0 else _ENGLISH
    return attrs.evolve(chosen, units=_units(text))


def _votes(text: Text) -> Iterable[int]:
    """+1 for each keyword written in Chinese, -1 for each in English."""
    terminals = frozenset(keyword.terminal for keyword in keywords())
    for piece in text.pieces:
        if piece.keyword is not None:
            yield -1 if text.folded[piece.start].isascii() else 1
        elif piece.kind == "heading":
            for word in _HEADING_WORD.finditer(text.folded, piece.start, piece.end):
                yield 1 if word[1] else -1
        for token in piece.tokens:
            if token.type in terminals and text.folded[token.start_pos or 0] != "~":
                yield -1 if text.folded[token.start_pos or 0].isascii() else 1


def _units(text: Text) -> frozenset[str]:
    """The words that stand after a ``/`` and are units, because nothing in the text is called so."""
    named, dividing = set[str](), set[str]()
    for piece in text.pieces:
        tokens = piece.tokens
        if len(tokens) > 1 and tokens[0].type == "NAME" and tokens[1].type in ("EQ", "_COLON"):
            named.add(str(tokens[0]))
        if piece.keyword == "MEASURES":
            dividing |= {str(token) for token in tokens if token.type == "NAME"}
        for left, right in pairwise(tokens):
            if left.type == "DIVIDE" and right.type == "NAME" and find_unit(str(right), {}) is not None:
                dividing.add(str(right))
    return frozenset(dividing - named)

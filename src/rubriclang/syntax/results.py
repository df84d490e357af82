"""Rows that say their points without an arrow: ``优得4分``, ``良加2分``, ``中不得分``, ``其余不加分``.

A word of one letter more is a name (``心得``), so this is read only where nothing else can be: names at the beginning
of a row, and nothing behind the points. ``差扣2分`` is not read: it may be -2, or 2 less than full marks.
"""

from __future__ import annotations

import re

from lark import Token

_GIVES = ("得", "计", "加")
_NOTHING = ("不得分", "不加分")  # not 不计分: 不计 leaves the indicator out
# 优得4分 is one word to the lexer, which lets digits into names; of 优得0.5分 it is 优得0 and what is behind it.
_GLUED = re.compile(r"([^\W\d]+)([得计加])([0-9]+)(分?)")
_POINTS = ("分", "points", "point")


def results(tokens: list[Token]) -> list[Token]:
    """The tokens of a line, with such a row as the grammar has it (``优 -> 4``, ``中 不得分``)."""
    if not tokens or any(token.type in ("EACH", "EACH_SIDE", "EQ", "ARROW", "IF") for token in tokens):
        return tokens
    glued = _glued(tokens)
    if glued is not None:
        return glued
    return _nothing(tokens) if tokens[-1].type == "NAME" else _points(tokens)


def _glued(tokens: list[Token]) -> list[Token] | None:
    """``优得4分``, ``优得0.5分``; None where the last word is not of that kind."""
    end = len(tokens)
    decimals = end >= 3 and [token.type for token in tokens[end - 3 :]] == ["NAME", "_DOT", "NUMBER"]
    if not decimals and tokens[-1].type in ("UNIT", "NAME") and tokens[-1] in _POINTS and end > 1:
        decimals = end >= 4 and [token.type for token in tokens[end - 4 : end - 1]] == ["NAME", "_DOT", "NUMBER"]
        end -= 1
    at = end - 3 if decimals else end - 1
    word = tokens[at]
    found = _GLUED.fullmatch(word) if _splits(word) else None
    if (
        found is None
        or found[1].startswith(("若", "每"))
        or not _names_before(tokens, at + 1)
        or (decimals and found[4])
    ):
        return None
    number = _piece(word, "NUMBER", *found.span(3))
    if decimals:
        number = Token(
            "NUMBER", f"{number}.{tokens[at + 2]}", start_pos=number.start_pos, end_pos=tokens[at + 2].end_pos
        )
    unit = [_piece(word, "UNIT", *found.span(4))] if found[4] else [_piece(t, "UNIT", 0, len(t)) for t in tokens[end:]]
    return [*tokens[:at], _name(word, found.end(1)), _piece(word, "ARROW", *found.span(2)), number, *unit]


def _points(tokens: list[Token]) -> list[Token]:
    last = len(tokens) - 1
    if tokens[last].type == "UNIT" and tokens[last] in _POINTS:
        last -= 1
    if last < 1 or tokens[last].type != "NUMBER":
        return tokens
    word = tokens[last - 1]
    if word.type == "VERB" and word == "加" and _names_before(tokens, last - 1):
        return [*tokens[: last - 1], _piece(word, "ARROW", 0, 1), *tokens[last:]]
    name = len(word) - 1
    if _splits(word) and word.endswith(_GIVES) and _names_before(tokens, last):
        return [
            *tokens[: last - 1],
            _name(word, name),
            _piece(word, "ARROW", name, name + 1),
            *tokens[last:],
        ]
    return tokens


def _nothing(tokens: list[Token]) -> list[Token]:
    word = tokens[-1]
    ending = next((ending for ending in _NOTHING if word.endswith(ending)), None)
    if ending is None or not _splits(word):
        return tokens
    name = len(word) - len(ending)
    if name:
        if not _names_before(tokens, len(tokens)):
            return tokens
        return [*tokens[:-1], _name(word, name), _piece(word, "NO_SCORE", name, len(word))]
    before = tokens[:-1]
    if before and before[-1].type == "_COMMA":
        before = before[:-1]
    banded = any(token.type in ("CMP", "SIDE", "CLOSED_END", "OPEN_END", "ELSE") for token in before)
    if before and (banded or _names_before(tokens, len(before))):
        return [*before, _piece(word, "NO_SCORE", 0, len(word))]
    return tokens


def _name(word: Token, end: int) -> Token:
    """The first letters of a word: the option, or 否则."""
    return _piece(word, "ELSE" if word[:end] == "否则" else "NAME", 0, end)


def _names_before(tokens: list[Token], end: int) -> bool:
    """Whether names, parted by ``、``, and nothing else stand between the beginning of the row and ``end``."""
    at = end - 1
    if at < 0 or tokens[at].type not in ("NAME", "ELSE"):
        return False
    while at >= 2 and tokens[at - 1].type == "_ENUM" and tokens[at - 2].type == "NAME":
        at -= 2
    return at == 0 or tokens[at - 1].type in ("_COLON", "GRADE")


def _splits(token: Token) -> bool:
    """Whether a word is a bare name: what stands in brackets is a name as it is."""
    return token.type == "NAME" and (token.end_pos or 0) - (token.start_pos or 0) == len(token)


def _piece(token: Token, kind: str, first: int, last: int) -> Token:
    start = token.start_pos or 0
    return Token(kind, str(token)[first:last], start_pos=start + first, end_pos=start + last)

"""Tokens written one after another: how each is written, and whether a blank stands between two.

The rules, in one place: one blank between words, numbers and signs; none inside brackets; none beside a full-width
mark, which brings its own, but for this: after ``）`` a comparison, an arrow and a word keep their blank, because they
part what stands before them from what follows. Arithmetic ties: ``（甲 - 乙）/ 丙``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lark import Token

from rubriclang.formatter.marks import Marks

_ARITHMETIC = frozenset({"PLUS", "MINUS", "TIMES", "DIVIDE", "POWER"})
_OPERAND_ENDS = frozenset({"NAME", "NUMBER", "UNIT", "PERCENT", "RPAR", "STRING", "DATE", "FULL", "MISSING"})
_CALLED = frozenset({"NAME", "ROUND_MODE", "MISSING"})
_NUMERALS = ("一", "")  # 每超过一个百分点, and the one that 每篇 does not say


def phrase(tokens: Sequence[Token], folded: str, text: str, marks: Marks, typed: bool = False) -> str:
    """The tokens as a canonical text. ``typed``: they are a fact, whose type (``元/人``) is one word."""
    written: list[str] = []
    tight = _tight(tokens, marks, typed)
    for i, token in enumerate(tokens):
        if i and i not in tight and _apart(tokens, i, folded, marks):
            written.append(" ")
        written.append(_glyphs(token, folded, text, marks))
    return "".join(written)


def words(spelling: str) -> str:
    """A keyword as the table writes it: English in small letters, with single blanks."""
    return re.sub(r"\s+", " ", spelling.lower() if spelling.isascii() else spelling)


def _raw(token: Token, folded: str) -> str:
    return folded[token.start_pos : token.end_pos]


def _glyphs(token: Token, folded: str, text: str, marks: Marks) -> str:
    raw = _raw(token, folded)
    match token.type:
        case "NAME" | "STRING":
            return text[token.start_pos : token.end_pos]
        case "NUMBER" | "UNIT":
            return raw
        case "DATE":
            return re.sub(r"\s", "", raw)
        case "_COLON":
            return marks.colon
        case "_COMMA":
            return marks.comma
        case "_ENUM":
            return "、"
        case "LPAR":
            return marks.opening
        case "RPAR":
            return marks.closing
        case "TIMES":
            return marks.times
        case "CMP":
            return marks.comparators.get(raw, raw)
        case "OPEN_END" | "CLOSED_END":
            return marks.opening + words(raw.strip("() ")) + marks.closing
        case "ARROW" if raw in ("->", "=>", "→"):
            return "->"
        case "ARROW" | "NO_SCORE" | "VERB" if raw.startswith(","):
            return marks.comma + ("" if marks.chinese else " ") + raw[1:].strip()
        case _:
            return words(raw.strip())


def _unary(tokens: Sequence[Token], i: int) -> bool:
    return tokens[i].type == "MINUS" and (i == 0 or tokens[i - 1].type not in _OPERAND_ENDS)


def _tight(tokens: Sequence[Token], marks: Marks, typed: bool) -> set[int]:
    """The tokens before which no blank stands because they make one unit with what is before: ``元/人``."""
    found: set[int] = set()
    kinds = [token.type for token in tokens]
    if typed and "_COLON" in kinds:
        first = kinds.index("_COLON")
        last = kinds.index("_COMMA", first) if "_COMMA" in kinds[first:] else len(kinds)
        for i in range(first, last):
            if kinds[i] == "DIVIDE":
                found |= {i, i + 1}
    for i in range(2, len(tokens) - 1):
        if kinds[i - 2 : i + 2] == ["NUMBER", "UNIT", "DIVIDE", "NAME"] and str(tokens[i + 1]) in marks.units:
            found |= {i, i + 1}
    return found


def _apart(tokens: Sequence[Token], i: int, folded: str, marks: Marks) -> bool:
    """Whether a blank stands before token ``i``."""
    left, right = tokens[i - 1], tokens[i]
    said = _raw(right, folded)
    match left.type, right.type:
        case (_, "_COMMA" | "_COLON" | "_ENUM" | "_DOT" | "RPAR") | ("LPAR" | "_DOT" | "_ENUM", _):
            return False
        case ("_COMMA" | "_COLON", _):
            return not marks.chinese
        case _ if "~" in (said, _raw(left, folded)):
            return False
        case ("MINUS", _) if _unary(tokens, i - 1):
            return False
        case (_, "UNIT"):
            return said not in "%‰" and _raw(left, folded) not in _NUMERALS
        case (_, "NUMBER") if said in _NUMERALS:
            return False
        case (_, "ARROW" | "NO_SCORE" | "VERB"):
            return not said.startswith(",")
        case (_, "OPEN_END" | "CLOSED_END"):
            return not marks.chinese
        case ("OPEN_END" | "CLOSED_END", "TO"):
            return not marks.chinese
        case ("EACH", "SIDE"):
            return said.isascii()
        case (_, "LPAR"):
            return _before_bracket(tokens, i, marks)
        case ("RPAR", kind) if kind in _ARITHMETIC:
            return not marks.chinese
        case _:
            return True


def _before_bracket(tokens: Sequence[Token], i: int, marks: Marks) -> bool:
    left = tokens[i - 1].type
    if marks.chinese:
        return left not in _OPERAND_ENDS | _ARITHMETIC and left not in _CALLED
    part_step = i + 1 < len(tokens) and tokens[i + 1].type == "STEP_MODE"
    return left not in _CALLED or part_step

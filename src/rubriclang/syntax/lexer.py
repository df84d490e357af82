"""Tokens of one logical line.

Chinese is written without spaces, so the lexer takes the longest run of letters as one word and asks
whether the *whole* word is a keyword: ``当年预算``, ``非税收入`` and ``或有负债`` are names. A keyword may
touch a number, a bracket or a mark, never a name; ``若A`` is a name, and the parser says so.

The word after a number is its unit, up to a keyword that touches the next number:
``0.4百分点扣1分`` is 0.4 百分点, 扣, 1 分.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from lark import Token
from lark.lexer import Lexer

from rubriclang.syntax.keywords import keywords

_new: Any = str.__new__
_NOT_GLUED = r"(?![\w“])"
_BEFORE_NUMBER = r"(?=\s*[\d(-]|\s*满分(?!\w))"
_BEFORE_COMPARISON = r"(?=[不未]?(?:大于|小于|低于|高于|超过|达到|少于|等于)\s*\d)"
_QUOTED = r"“[^“”\n]*”"
# The name of a test, where marks inside brackets and quotes are words.
_CLOSED = r"""(?:“[^“”\n]*”|"[^"\n]*"|【[^【】\n]*】|\([^()\n]*\)|[^:;=\n])"""
_STRAIGHT = r'"[^"\n]*"(?=[^\W\d])'  # straight quotes belong to a name when letters follow
_COMPARISONS = {
    "大于等于": ">=",
    "小于等于": "<=",
    "不小于": ">=",
    "不低于": ">=",
    "不少于": ">=",
    "不大于": "<=",
    "不高于": "<=",
    "不超过": "<=",
    "不等于": "!=",
    "未超过": "<=",
    "未达到": "<",
    "达到": ">=",
    "至少": ">=",
    "多于": ">",
    "不满": "<",
    "大于": ">",
    "小于": "<",
    "等于": "=",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "<>": "!=",
}
_SYMBOLS = {
    "=": "EQ",
    "+": "PLUS",
    "-": "MINUS",
    "*": "TIMES",
    "/": "DIVIDE",
    "^": "POWER",
    ":": "_COLON",
    ",": "_COMMA",
    "、": "_ENUM",
    "|": "_ENUM",
    ".": "_DOT",
    "(": "LPAR",
    ")": "RPAR",
    ";": "_END",
    "~": "TO",
}
# Words whose reading is disputed after a number: does 以上 include the number itself?
DISPUTED = ("以上", "以下", "以内", "以外")


def _spelling(word: str) -> str:
    body = re.escape(word).replace(r"\ ", r"\s+")
    return f"(?i:{body})" if word.isascii() else body


@cache
def _keyword_patterns() -> tuple[tuple[str, str, str], ...]:
    found = []
    for keyword in keywords():
        if keyword.boundary in ("line", "named"):
            continue
        tail = {"word": _NOT_GLUED, "amount": r"(?=\s*-?\s*\d|\s+[^\W\d])"}.get(
            keyword.boundary, f"(?:{_NOT_GLUED}|{_BEFORE_NUMBER})"
        )
        if keyword.terminal in ("AND", "OR"):  # 大于5%且不大于10%
            tail = f"(?:{tail}|{_BEFORE_COMPARISON})"
        found += [(word, keyword.terminal, _spelling(word) + tail) for word in keyword.spellings if word != "~"]
    found.sort(key=lambda row: -len(row[0]))
    return tuple((terminal, pattern, _first(word)) for word, terminal, pattern in found)


def _first(word: str) -> str:
    """The characters that can stand at the beginning of a spelling: case does not tell ASCII words apart."""
    letter = word[0]
    return letter + letter.swapcase() + {"i": "\u0130\u0131", "k": "\u212a", "s": "\u017f"}.get(letter.lower(), "")


@cache
def _line_words() -> tuple[str, ...]:
    return tuple(k.terminal for k in keywords() if k.boundary == "line")


@cache
def line_keyword() -> re.Pattern[str]:
    """Matches a line keyword and its colon at the start of a statement; the group's name is the terminal."""
    parts = []
    for keyword in keywords():
        if keyword.boundary == "line":
            words = "|".join(_spelling(w) for w in sorted(keyword.spellings, key=len, reverse=True))
            parts.append(f"(?P<{keyword.terminal}>(?:{words})\\s*:)")
        elif keyword.boundary == "named":
            words = "|".join(_spelling(w) for w in sorted(keyword.spellings, key=len, reverse=True))
            parts.append(f"(?P<{keyword.terminal}>(?:{words})\\s+(?=[^:;=\\n]*:|{_CLOSED}*+:))")
    return re.compile("|".join(parts))


_SPACES = " \t\r\n\f\v\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_DIGITS = "0123456789"


@cache
def token_rows() -> tuple[tuple[str, str, str], ...]:
    """Terminal, pattern and the characters a token of it can begin with (empty: any); an earlier row wins."""
    rows: list[tuple[str, str, str]] = [
        ("DATE", r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])|[0-9]{4}\s?年\s?[0-9]{1,2}\s?月\s?[0-9]{1,2}\s?日", _DIGITS),
        ("NUMBER", r"[0-9]+(?:\.[0-9]+)?", _DIGITS),
        ("ARROW", r"->|=>|→|,?\s*(?:计|得)(?=\s*(?:[0-9]|满分(?!\w)))", "-=→,计得" + _SPACES),
        ("NO_SCORE", r",?\s*不得分(?![\w“])", ",不" + _SPACES),
        ("OPEN_END", r"\(\s*(?:不含\s*(?:本数|[0-9]+(?:\.[0-9]+)?\s*%?)?|exclusive)\s*\)", "("),
        ("CLOSED_END", r"\(\s*(?:含\s*(?:本数|[0-9]+(?:\.[0-9]+)?\s*%?)?|inclusive)\s*\)", "("),
        (
            "CMP",
            r"<=|>=|!=|<>|[≤≥≠<>]|(?:大于等于|小于等于|不小于|不低于|不少于|不大于|不高于|不超过|不等于|大于|小于|等于)"
            r"(?=[\s\d(-]|满分)"
            r"|(?:未超过|未达到|达到|至少|多于|不满)(?=\s*[\d(]|\s*满分(?!\w)|\s+[^\W\d])",
            "<>!≤≥≠大小不等未达至多",
        ),
    ]
    rows += _keyword_patterns()
    rows += [
        (
            "NAME",
            rf"dB\s?\([A-C]\)|(?:[^\W\d]|[㎡㎥℃]|{_QUOTED}|{_STRAIGHT})(?:[\w·㎡㎥℃]|{_QUOTED}|{_STRAIGHT})*|【[^【】\n]+】",
            "",
        ),
        ("STRING", r'"[^"\n]*"', '"'),
        ("PERCENT", "%", "%"),
        ("SYMBOL", "[" + re.escape("".join(_SYMBOLS)) + "]", "".join(_SYMBOLS)),
        ("SPACE", r"\s+", _SPACES),
        ("BAD", r".", ""),
    ]
    return tuple(rows)


class _Masters(dict[str, tuple[Any, tuple[str, ...]]]):
    """By the first character of a token: what matches it there, and the terminal of each group.

    An alternation of all three hundred spellings tries each in turn; hardly any can begin with a given character.
    """

    def __missing__(self, first: str) -> tuple[Any, tuple[str, ...]]:
        rows = tuple(number for number, row in enumerate(token_rows()) if not row[2] or first in row[2])
        if len(self) > _MOST_MASTERS:
            return _master(rows)
        self[first] = _master(rows)
        return self[first]


_MOST_MASTERS = 20_000
_masters = _Masters()


@cache
def _master(rows: tuple[int, ...]) -> tuple[Any, tuple[str, ...]]:
    """What matches one alternation of some rows at a place, and the terminal of each group."""
    chosen = [token_rows()[number] for number in rows]
    return re.compile("|".join(f"({pattern})" for _, pattern, _ in chosen)).match, tuple(row[0] for row in chosen)


_ONE = re.compile(
    r"(每(?:超过|低于|相差|增加|减少|超出|高于|少于|不足|偏离|出现|发现|发生|查出|多|少|有|满)?)\s*(一)(?=\s*[^\W\d])"
)
# 每篇得 0.5 分, 每发现一处扣 1 分: one of a unit, which need not be said.
_PER = re.compile(r"(每(?:出现|发现|发生|查出)?)((?!一|增加|满)[^\W\d]{1,3}?)(?=\s*,?\s*(?:扣|加|得|计)\s*[\d(])")
_UNIT = re.compile(r"\s*(%|‰|dB\s?\([A-C]\)|(?:[^\W\d]|[·㎡㎥℃])+(?:(?<=m)[23])?)")
_KEYWORD_AFTER_UNIT = re.compile(r"(?<=.)(最多扣|最多加|扣|加|得|计|至|到|且|或)(?=$)")


def _unit_end(folded: str, at: int, limit: int) -> tuple[int, int] | None:
    """The span of the unit that follows a number ending at ``at``; None where a keyword or a mark follows."""
    found = _UNIT.match(folded, at, limit)
    if found is None:
        return None
    start, end = found.span(1)
    word = found.group(1)
    if word in "%‰":
        return start, end
    match, names = _masters[folded[start]]
    keyword = match(folded, start, limit)
    if keyword is not None and keyword.lastindex is not None and names[keyword.lastindex - 1] not in ("NAME", "BAD"):
        return None
    full = word.find("至满分")
    if full > 0:
        return start, start + full
    if re.match(r"\s*[\d(]", folded[end : min(end + 8, limit)]):
        glued = _KEYWORD_AFTER_UNIT.search(word)
        if glued:
            return start, start + glued.start()
    return start, end


@lru_cache(maxsize=10_000)
def tidy_name(text: str) -> str:
    """The name that a spelling stands for: width and quote style do not tell names apart."""
    text = text.strip()
    if text[:1] in ("【", "〖") and text[-1:] in ("】", "〗"):
        text = text[1:-1]
    text = unicodedata.normalize("NFKC", text.strip()).replace("「", "“").replace("」", "”")
    return re.sub(r'"([^"]*)"', r"“\1”", text)


def token(kind: str, value: str, start: int, end: int) -> Token:
    """A token at a place; Lark's own way to make one takes three calls."""
    made: Token = _new(Token, value)
    made.type = kind
    made.value = value
    made.start_pos = start
    made.end_pos = end
    made.line = made.column = made.end_line = made.end_column = None
    return made


def tokenize(folded: str, original: str, start: int, end: int) -> Iterator[Token]:
    """The tokens of ``folded[start:end]``; spaces are dropped, a character of no token comes out as ``BAD``."""
    at = start
    each = False  # a step rule, where 得 and 计 give points for each step
    while at < end:
        first = folded[at]
        if first == "每":
            per = _PER.match(folded, at, end)
            if per is not None:
                yield token("EACH_SIDE" if len(per.group(1)) > 1 else "EACH", per.group(1), at, per.end(1))
                yield token("NUMBER", "1", per.start(2), per.start(2))
                yield token("UNIT", per.group(2), per.start(2), per.end(2))
                at, each = per.end(2), True
                continue
            one = _ONE.match(folded, at, end)
            if one is not None:  # 每超过一个百分点: the one numeral that standards write in words
                yield token("EACH_SIDE" if len(one.group(1)) > 1 else "EACH", one.group(1), at, one.end(1))
                yield token("NUMBER", "1", one.start(2), one.end(2))
                at, each = one.end(2), True
                unit = _unit_end(folded, at, end)
                if unit is not None:
                    yield token("UNIT", folded[unit[0] : unit[1]], *unit)
                    at = unit[1]
                continue
        match, names = _masters[first]
        found = match(folded, at, end)
        assert found is not None and found.lastindex is not None
        kind, text = names[found.lastindex - 1], found.group()
        stop = found.end()
        if kind == "SPACE":
            at = stop
            continue
        value = text
        if kind == "SYMBOL":
            kind = _SYMBOLS[text]
        elif kind in ("EACH", "EACH_SIDE"):
            each = True
        elif kind == "ARROW" and each and text.strip(" ,") in ("得", "计"):
            kind, value = "VERB", "加"
        elif kind == "CMP":
            value = _COMPARISONS.get(text, text)
        elif kind == "NAME":
            value = tidy_name(original[at:stop])
            if value[:1] == "“" and value.find("”") == len(value) - 1 and text[0] != "【":
                kind, value = "STRING", value[1:-1]
        elif kind == "STRING":
            value = original[at + 1 : stop - 1]
        yield token(kind, value, at, stop)
        at = stop
        if kind == "NUMBER":
            unit = _unit_end(folded, at, end)
            if unit is not None:
                yield token("UNIT", folded[unit[0] : unit[1]], *unit)
                at = unit[1]


class Passthrough(Lexer):
    """Hands tokens that are already made to Lark's parser."""

    def __init__(self, lexer_conf: Any) -> None:
        pass

    def lex(self, data: Any) -> Iterator[Token]:  # type: ignore[override]  # a token list, not a lexer state
        """The tokens as they are."""
        return iter(data)

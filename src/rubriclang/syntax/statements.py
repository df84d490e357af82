"""One logical line at a time: tokens in, a syntax node or a diagnostic out."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from lark import Lark, Token
from lark.exceptions import UnexpectedInput, UnexpectedToken

from rubriclang.diagnostics import Diagnostic
from rubriclang.resources import cache_file, grammar_text
from rubriclang.source import Source, Span
from rubriclang.syntax import errors
from rubriclang.syntax.builder import Builder
from rubriclang.syntax.driving import UNREAD, Tables
from rubriclang.syntax.expected import expected_words
from rubriclang.syntax.lexer import DISPUTED, Passthrough, tokenize
from rubriclang.syntax.phrases import advice, settled

STARTS = ["line", "fact", "parameter", "check", "expectation", "tally", "formula", "pattern", "award", "limit"]
MAX_TOKENS = 4000
MAX_DEPTH = 60
MAX_DIGITS = 60

# Words that people glue to a name; the lexer cannot see them there.
_GLUED = ("若", "且", "或", "非", "否则", "仅当", "其中", "每超过", "每低于", "每相差")


@cache
def parser() -> Lark:
    """The Lark parser over ready-made tokens, built once and on first use.

    Building the tables takes ten times as long as reading a rubric, so Lark keeps them in the user's cache; it tells
    a stale file by a hash of grammar, options and versions, and builds anew when the file is damaged.
    """
    try:
        return _build(cache_file("grammar.lark-cache"))
    except OSError:
        return _build(None)


def _build(cache: Path | None) -> Lark:
    return Lark(
        grammar_text("rubric.lark"),
        parser="lalr",
        lexer=Passthrough,
        start=STARTS,
        transformer=Builder(),
        cache=False if cache is None else str(cache),
    )


@cache
def tables() -> Tables:
    """Lark's tables, laid out for reading."""
    return Tables.of(parser())


class Statements:
    """Parses logical lines of one source and collects what is wrong with them."""

    def __init__(self, source: Source, folded: str) -> None:
        self.source = source
        self.folded = folded
        self.diagnostics: list[Diagnostic] = []

    def report(self, kind: Any, start: int, end: int, **params: str) -> None:
        """Adds a diagnostic at a place."""
        self.diagnostics.append(Diagnostic(kind, self.source, Span(start, max(end, start)), params))

    def parse(self, rule: str, start: int, end: int, lead: Token | None = None) -> Any:
        """The node of ``[start, end)`` read with a start rule; None when it cannot be read (and says why).

        ``lead`` is a line keyword already recognised; it becomes the first token.
        """
        tokens = ([lead] if lead is not None else []) + list(tokenize(self.folded, self.source.text, start, end))
        for keep, places, unit in zip(tokens, tokens[1:], tokens[2:], strict=False):
            if keep.type == "KEEP" and unit.type == "UNIT" and unit == "位":
                unit.type = "PLACES"
            if unit.type == "PLACES" and "." in places:
                at, stop = places.start_pos or 0, places.end_pos or 0
                params = {"found": str(places), "expected": "整数", "expected_en": "a whole number", "hint": ""}
                self.report(errors.UNEXPECTED, at, stop, **params)
                return None
        tokens = settled(tokens, rule)
        if not self._readable(tokens, start, end):
            return None
        node = tables().read(tokens, rule)
        if node is not UNREAD:
            return node
        try:  # once more by Lark itself, which says what it expected
            return parser().parse(tokens, start=rule)
        except UnexpectedToken as error:
            self._explain(error, tokens, end)
        except UnexpectedInput as error:  # the parser raises nothing else on tokens; keep the promise anyway
            self.report(errors.UNEXPECTED, start, end, found=str(error)[:40], expected="", hint="")
        return None

    def _readable(self, tokens: list[Token], start: int, end: int) -> bool:
        bad = [t for t in tokens if t.type == "BAD"]
        if bad:
            self.report(errors.STRAY_CHARACTER, bad[0].start_pos or 0, bad[0].end_pos or 0, text=str(bad[0]))
            return False
        if len(tokens) > MAX_TOKENS:
            self.report(errors.TOO_LONG, start, end, what="这一行", what_en="the line", limit=f"{MAX_TOKENS}")
            return False
        depth = deepest = stacked = 0
        before = "LPAR"
        for token in tokens:
            if token.type == "LPAR":
                depth += 1
            elif token.type == "RPAR":
                depth -= 1
            prefix = token.type in ("NOT", "POWER") or (token.type == "MINUS" and before in _BEFORE_OPERAND)
            stacked = stacked + 1 if prefix else stacked
            deepest = max(deepest, depth + stacked)
            before = token.type
            if token.type == "NUMBER" and len(token) > MAX_DIGITS:
                self.report(
                    errors.TOO_LONG,
                    token.start_pos or 0,
                    token.end_pos or 0,
                    what="这个数",
                    what_en="the number",
                    limit=f"{MAX_DIGITS} 位",
                    limit_en=f"{MAX_DIGITS} digits",
                )
                return False
        if deepest > MAX_DEPTH:
            self.report(errors.TOO_DEEP, start, end, limit=str(MAX_DEPTH))
            return False
        return not self._disputed(tokens)

    def _disputed(self, tokens: list[Token]) -> bool:
        written = "".join(tokens)
        if not any(word in written for word in DISPUTED):
            return False
        for i, token in enumerate(tokens):
            for word in DISPUTED:
                after_number = i > 0 and tokens[i - 1].type in ("UNIT", "NUMBER")
                glued = token.type == "NAME" and token.startswith(word) and after_number
                if glued or (token.type == "UNIT" and token.endswith(word)):
                    first = i
                    while first > 0 and tokens[first].type in ("UNIT", "NAME"):
                        first -= 1
                    at, stop = tokens[first].start_pos or 0, token.end_pos or 0
                    if glued:
                        stop = (token.start_pos or 0) + len(word)
                    text = self.source.text[at:stop]
                    number = text.removesuffix(word).strip()
                    closed, opened = ("≥", ">") if word in ("以上", "以外") else ("≤", "<")
                    self.report(errors.DISPUTED_WORD, at, stop, text=text, number=number, closed=closed, open=opened)
                    return True
        return False

    def _explain(self, error: UnexpectedToken, tokens: list[Token], end: int) -> None:
        token = error.token
        for other in tokens:
            if other.type in ("NAME", "UNIT") and self._glued(other):
                return
        if self._name_with_digit(tokens) or self._no_colon(tokens, end):
            return
        interactive: Any = error.interactive_parser
        accepted = set(interactive.accepts()) if interactive else set(error.expected)
        zh, en = expected_words(accepted)
        if token.type == "$END":
            at = (tokens[-1].end_pos or end) if tokens else end
            hint, hint_en = advice(self.folded[tokens[0].start_pos : end]) if tokens else ("", "")
            self.report(errors.UNFINISHED, max(at - 1, 0), at, expected=zh, expected_en=en, hint=hint, hint_en=hint_en)
            return
        at, stop = token.start_pos or 0, token.end_pos or 0
        found = self.source.text[at:stop].strip("，, ") or str(token)
        hint, hint_en = advice(self.folded[tokens[0].start_pos : end])
        if not hint:
            hint, hint_en = self._blank_in_a_name(token, tokens)
        if not hint and token.type == "NUMBER" and accepted == {"NAME"}:
            hint, hint_en = (
                f"以数字开头的名称写成【{found}】",
                f"a name that begins with a digit is written 【{found}】",
            )
        if not hint and "NAME" in accepted and re.fullmatch(r"[^\W\d]\w*", found):
            hint = f"“{found}”是这门语言用的词；要用它作名称，写成【{found}】"
            hint_en = f"'{found}' is a word of the language; as a name write 【{found}】"
        self.report(errors.UNEXPECTED, at, stop, found=found, expected=zh, expected_en=en, hint=hint, hint_en=hint_en)

    def _blank_in_a_name(self, token: Token, tokens: list[Token]) -> tuple[str, str]:
        """``first part``: two words where one name stands."""
        at = next((i for i, other in enumerate(tokens) if other is token), 0)
        first, last = at - 1, at
        if at == 0 or token.type != "NAME" or tokens[first].type != "NAME":
            return "", ""
        if token in ("整数", "whole", "integer"):
            return f"“{token}”前面写逗号", f"put a comma before '{token}'"
        while first > 0 and tokens[first - 1].type == "NAME":
            first -= 1
        while last + 1 < len(tokens) and tokens[last + 1].type in ("NAME", "NUMBER"):
            last += 1
        words = self.source.text[tokens[first].start_pos : tokens[last].end_pos]
        return f"带空格的名称写成【{words}】", f"a name with a blank is written 【{words}】"

    def _name_with_digit(self, tokens: list[Token]) -> bool:
        """``2019年预算``: a number that a word touches, where a name was meant."""
        if len(tokens) < 2 or tokens[0].type != "NUMBER" or tokens[1].type != "UNIT":
            return False
        at, stop = tokens[0].start_pos or 0, tokens[1].end_pos or 0
        if tokens[0].end_pos != tokens[1].start_pos or tokens[1] in "%‰":
            return False
        self.report(errors.NAME_BEGINS_WITH_A_DIGIT, at, stop, text=self.source.text[at:stop])
        return True

    def _no_colon(self, tokens: list[Token], end: int) -> bool:
        """``率≤100%，计5分``: a row whose subject stands before it without a colon."""
        if len(tokens) < 3 or tokens[0].type != "NAME" or tokens[1].type != "CMP":
            return False
        if not any(token.type == "ARROW" for token in tokens):
            return False
        at, stop = tokens[0].start_pos or 0, tokens[0].end_pos or 0
        rest = self.source.text[tokens[1].start_pos : end].strip()
        self.report(errors.NO_COLON_AFTER_SUBJECT, at, stop, name=self.source.text[at:stop], rest=rest)
        return True

    def _glued(self, token: Token) -> bool:
        text = self.source.text[token.start_pos : token.end_pos]
        for word in _GLUED:
            rest = text.removeprefix(word)
            if rest not in ("", text):
                self.report(
                    errors.WORD_TOUCHES_NAME, token.start_pos or 0, token.end_pos or 0, text=text, word=word, rest=rest
                )
                return True
        return False


_BEFORE_OPERAND = frozenset(
    {"LPAR", "PLUS", "MINUS", "TIMES", "DIVIDE", "POWER", "EQ", "CMP", "ARROW", "AND", "OR", "NOT", "IF", "_COMMA"}
)

"""The quick ways of reading give what the plain ways give: tokens by first character, Lark's tables in a loop."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, strategies as st

from rubriclang.syntax import lexer, statements
from rubriclang.syntax.driving import UNREAD
from rubriclang.syntax.punctuation import fold
from tests.caching.test_tables import LIBRARY

EVERY = re.compile("|".join(f"({pattern})" for _, pattern, _ in lexer.token_rows()))
NAMES = [row[0] for row in lexer.token_rows()]
PIECES = sorted({char for row in lexer.token_rows() for char in row[2]}) + list("甲ab1〔“”。") + ["满分", "2020-01-02"]


def plain(text: str, at: int) -> tuple[str, str]:
    found = EVERY.match(text, at)
    assert found is not None and found.lastindex is not None
    return NAMES[found.lastindex - 1], found.group()


def quick(text: str, at: int) -> tuple[str, str]:
    match, names = lexer._masters[text[at]]
    found = match(text, at)
    return names[found.lastindex - 1], found.group()


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join))
@example("İf 1")
@example(" 得 5")
def test_a_token_is_the_same_by_its_first_character(text: str) -> None:
    text = text.replace("\n", " ")
    for at in range(len(text)):
        assert quick(text, at) == plain(text, at)


def test_every_character_that_can_begin_a_token_is_known() -> None:
    """All of Unicode before each spelling's rest would be too much: each character alone, and each first letter."""
    for char in map(chr, range(0x110000)):
        if char != "\n" and not 0xAC00 <= ord(char) <= 0xD7FF and ord(char) < 0x30000:
            assert quick(char, 0) == plain(char, 0), hex(ord(char))


@pytest.mark.parametrize("path", LIBRARY[::4], ids=lambda path: path.stem)
def test_every_line_of_the_library_is_read_as_lark_reads_it(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    folded = fold(source)
    read = 0
    for line in re.finditer(r"[^\n]+", folded):
        tokens = list(lexer.tokenize(folded, source, *line.span()))
        for rule in statements.STARTS:
            node: Any = statements.tables().read(tokens, rule)
            try:
                expected = statements.parser().parse(tokens, start=rule)
            except Exception:
                expected = UNREAD
            assert node is expected or node == expected
            read += node is not UNREAD
    assert read > 0

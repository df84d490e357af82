"""A text cut into physical lines, and each of them into pieces: one heading, statement, item or text.

The cuts are the parser's own (``cut``, ``line_keyword``, ``row_cells``); what an item says is looked up in the tree.
"""

from __future__ import annotations

from typing import Any, Literal

import attrs
from lark import Token

from rubriclang.source import Source
from rubriclang.syntax import nodes as n
from rubriclang.syntax.cutting import cut, trim
from rubriclang.syntax.lexer import line_keyword, tokenize
from rubriclang.syntax.punctuation import fold
from rubriclang.syntax.tables import is_rule, row_cells

PieceKind = Literal["heading", "text", "block", "checklist", "list", "test", "item", "tally", "statement"]
HEADS: dict[str, PieceKind] = {
    "FACTS": "block",
    "PARAMETERS": "block",
    "CHECKS": "block",
    "CHECKLIST": "checklist",
    "LIST": "list",
    "TEST": "test",
}
TEXTS = frozenset({"BASIS", "STANDARD", "NOTE", "ORIGIN", "EXTENDS", "USES"})


@attrs.frozen
class Piece:
    """What stands between two ``；`` of a line, or a block's head.

    ``after`` is where the rest begins behind a line keyword or the ``-`` of an item; ``tokens`` are those of the rest.
    """

    kind: PieceKind
    start: int
    after: int
    end: int
    keyword: str | None = None  # the terminal of a line keyword
    tokens: tuple[Token, ...] = ()
    node: Any = None


@attrs.frozen
class Line:
    """One physical line: its pieces or its cells, and its comment (``None`` for none)."""

    pieces: tuple[Piece, ...] = ()
    cells: tuple[tuple[int, int], ...] = ()
    rule: bool = False  # the cells are the rule under a table's header
    facts: bool = False  # the cells hold facts, which are copied
    comment: str | None = None
    separator: bool = False  # nothing but ``；``, which still ends a table


@attrs.frozen
class Text:
    """A source, its folded text, and its lines."""

    source: Source
    folded: str
    lines: tuple[Line, ...]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces of all lines, in order."""
        return tuple(piece for line in self.lines for piece in line.pieces)


def read(source: Source, tree: n.Tree) -> Text:
    """The lines and pieces of a text that was parsed to ``tree`` without errors."""
    return _Cutter(source, tree).text()


def _items(node: n.Node) -> dict[int, Any]:
    """The items of all blocks under a heading, by the place where each begins."""
    found: dict[int, Any] = {}
    for line in node.lines:
        if isinstance(line, n.Block | n.Test):
            found |= {item.span.start: item for item in line.items}
        elif isinstance(line, n.ListBlock):
            found |= {column.span.start: column for column in line.columns}
    for part in node.parts:
        found |= _items(part)
    return found


class _Cutter:
    def __init__(self, source: Source, tree: n.Tree) -> None:
        self.source = source
        self.folded = fold(source.text)
        self.items = _items(tree.root)
        given = [item for item in self.items.values() if isinstance(item, n.GivenTable)]
        self.facts = {row[0].span.start for table in given for row in (table.header, *table.rows) if row}

    def text(self) -> Text:
        length = len(self.source.text)
        starts = self.source.line_starts
        first = 1 if self.source.text.startswith("\ufeff") else 0
        lines = [
            self._line(max(start, first), stop - 1)
            for start, stop in zip(starts, [*starts[1:], length + 1], strict=True)
        ]
        return Text(self.source, self.folded, tuple(lines))

    def _line(self, start: int, end: int) -> Line:
        inner = trim(self.folded, start, end)
        if inner is None:
            return Line()
        start, end = inner
        keyword = line_keyword().match(self.folded, start, end)
        if keyword and keyword.lastgroup in TEXTS:
            return Line((Piece("text", start, keyword.end(), end, keyword.lastgroup),))
        if self.folded[start] == "|":
            cells = row_cells(self.folded, start, end)
            facts = bool(cells) and cells[0][0] in self.facts
            return Line(cells=tuple(cells), rule=is_rule(self.folded, cells), facts=facts)
        parts, comment = cut(self.folded, start, end)
        said = None if comment is None else self.source.text[comment:end].rstrip()
        pieces = tuple(piece for part in parts for piece in self._pieces(*part))
        return Line(pieces, comment=said, separator=not pieces and not self.folded.startswith("//", start))

    def _pieces(self, start: int, end: int) -> list[Piece]:
        folded = self.folded
        if folded[start] == "#":
            return [Piece("heading", start, start, end)]
        keyword = line_keyword().match(folded, start, end)
        if keyword is not None:
            terminal, after = keyword.lastgroup, keyword.end()
            assert terminal is not None
            if terminal in TEXTS:
                return [Piece("text", start, after, end, terminal)]
            if terminal in ("LIST", "TEST"):
                return [Piece(HEADS[terminal], start, after, end, terminal)]
            if terminal in HEADS:
                rest = trim(folded, after, end)
                return [Piece(HEADS[terminal], start, after, after, terminal), *(self._pieces(*rest) if rest else [])]
            return [Piece("statement", start, after, end, terminal, self._tokens(after, end))]
        tally = self.items.get(start)
        if isinstance(tally, n.Tally):
            return [Piece("tally", start, start, end, node=tally)]
        if folded[start] == "-" and folded[start : start + 2] != "->":
            inner = trim(folded, start + 1, end)
            if inner is None:
                return []
            at = inner[0]
            return [Piece("item", start, at, end, None, self._tokens(at, end), self.items.get(at))]
        return [Piece("statement", start, start, end, None, self._tokens(start, end))]

    def _tokens(self, start: int, end: int) -> tuple[Token, ...]:
        return tuple(tokenize(self.folded, self.source.text, start, end))

"""Lines of the output before they are laid out: each a text with its comment, and whether a blank stood above it."""

from __future__ import annotations

from typing import Literal

import attrs

from rubriclang.formatter.marks import Marks
from rubriclang.formatter.phrases import written
from rubriclang.formatter.pieces import Line, Piece, PieceKind, Text
from rubriclang.formatter.tables import table
from rubriclang.syntax import nodes as n

RowKind = PieceKind | Literal["comment", "table", "given", "separator"]  # given: a table of facts, in a test
# Each of these stands on a line of its own, whatever it was written behind.
_ALONE = frozenset({"block", "checklist", "list", "test", "item", "tally"})


@attrs.frozen
class Row:
    """One line of the output."""

    kind: RowKind
    text: str
    comment: str | None = None
    blank: bool = False  # a blank line stood above it
    level: int = 0  # of a heading
    bare: bool = False  # a heading that what is on the next line belongs to: nothing stands behind it
    block: str | None = None  # the terminal of a block's head
    leads: bool = False  # an item that a table follows

    @property
    def said(self) -> bool:
        """Whether it is more than a comment."""
        return self.kind != "comment"


def rows_of(text: Text, marks: Marks) -> list[Row]:
    """The rows of a text, in order."""
    rows: list[Row] = []
    tables = _tables(text, marks)
    blank = False
    for number, line in enumerate(text.lines):
        if line.cells:
            kind: RowKind = "given" if line.facts else "table"
            rows += [Row(kind, said, blank=blank) for said in tables[number]]
        elif line.pieces or line.comment is not None:
            rows += _rows(line, blank, text, marks)
        elif line.separator and _between_tables(text.lines, number):
            rows.append(Row("separator", marks.stop, blank=blank))
        else:
            blank = blank or not line.separator
            continue
        blank = False
    return rows


def _tables(text: Text, marks: Marks) -> dict[int, list[str]]:
    """For each line of a table, what is written in its place; the rule moves under the header."""
    found: dict[int, list[str]] = {}
    numbers: list[int] = []
    for number, line in [*enumerate(text.lines), (-1, Line(separator=True))]:
        if line.cells:
            numbers.append(number)
        elif numbers and (line.pieces or line.separator):
            heads = [at for at in numbers if not text.lines[at].rule]
            found |= {at: [] for at in numbers}
            if heads:
                written_rows = table([text.lines[at] for at in numbers], text, marks)
                found[heads[0]] = written_rows[:2]
                found |= {at: [row] for at, row in zip(heads[1:], written_rows[2:], strict=True)}
            numbers = []
    return found


def _between_tables(lines: tuple[Line, ...], number: int) -> bool:
    """Whether only this line parts one table from another."""

    def beside(others: list[Line]) -> bool:
        return bool(next((line.cells for line in others if line.cells or line.pieces), ()))

    return beside(list(lines[:number][::-1])) and beside(list(lines[number + 1 :]))


def _rows(line: Line, blank: bool, text: Text, marks: Marks) -> list[Row]:
    groups: list[list[Piece]] = []
    for piece in line.pieces:
        fresh = not groups or piece.kind in _ALONE or piece.kind == "heading"
        if fresh or groups[-1][-1].kind in _ALONE or groups[-1][0].kind == "text":
            groups.append([piece])
        else:
            groups[-1].append(piece)
    rows = [_row(group, text, marks) for group in groups]
    if line.comment is not None:
        if rows and groups[-1][0].kind != "text":
            rows[-1] = attrs.evolve(rows[-1], comment=line.comment)
        else:  # a text that begins a line runs to its end, and would take the comment in
            rows.insert(0, Row("comment", line.comment))
    rows[0] = attrs.evolve(rows[0], blank=blank)
    return rows


def _row(group: list[Piece], text: Text, marks: Marks) -> Row:
    separator = marks.stop if marks.chinese else f"{marks.stop} "
    said = separator.join(written(piece, text, marks) for piece in group)
    heads = group[0].kind == "heading"
    level = len(said) - len(said.lstrip("#")) if heads else 0
    block = group[0].keyword if group[0].kind in ("block", "checklist", "list", "test") else None
    leads = isinstance(group[0].node, n.GivenTable)
    return Row(group[0].kind, said, level=level, bare=heads and len(group) == 1, block=block, leads=leads)

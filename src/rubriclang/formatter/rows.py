"""Lines of the output before they are laid out: each a text with its comment, and whether a blank stood above it."""

from __future__ import annotations

from typing import Literal

import attrs

from rubriclang.formatter.marks import Marks
from rubriclang.formatter.phrases import written
from rubriclang.formatter.pieces import Line, Piece, PieceKind, Text
from rubriclang.formatter.tables import table
from rubriclang.syntax import nodes as n

RowKind = PieceKind | Literal["comment", "table", "given"]  # given: a table of facts, in a test
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
    header: bool = False  # the first row of a table

    @property
    def said(self) -> bool:
        """Whether it is more than a comment."""
        return self.kind != "comment"


def rows_of(text: Text, marks: Marks) -> list[Row]:
    """The rows of a text, in order."""
    rows: list[Row] = []
    tables = _table_rows(text, marks)
    blank = False
    for number, line in enumerate(text.lines):
        if line.cells:
            fresh = tables[number]
        elif line.pieces or line.comment is not None:
            fresh = _rows(line, text, marks)
        else:
            fresh = []
            blank = blank or not line.separator
        if fresh:
            rows += [attrs.evolve(fresh[0], blank=blank), *fresh[1:]]
            blank = False
    return rows


def _tables(text: Text) -> list[list[int]]:
    """The numbers of the lines of each table.

    As the parser reads them: what stands under ``|`` is one table up to another line, a lone ``；``, or the header of a
    further table, which is known by the rule below it.
    """
    found: list[list[int]] = []
    open_ = False
    for number, line in enumerate(text.lines):
        if line.cells:
            if not open_:
                found.append([])
                open_ = True
            rows = [at for at in found[-1] if not text.lines[at].rule] if line.rule else []
            if len(rows) > 1:
                header = found[-1].index(rows[-1])
                found.append(found[-1][header:])
                del found[-2][header:]
            found[-1].append(number)
        elif line.pieces or line.separator:
            open_ = False
    return found


def _table_rows(text: Text, marks: Marks) -> dict[int, list[Row]]:
    """What is written in the place of each line of a table; the rule moves under the header."""
    found: dict[int, list[Row]] = {}
    for numbers in _tables(text):
        heads = [at for at in numbers if not text.lines[at].rule]
        found |= {at: [] for at in numbers}
        if not heads:
            continue
        said = table([text.lines[at] for at in numbers], text, marks)
        kind: RowKind = "given" if text.lines[heads[0]].facts else "table"
        found[heads[0]] = [Row(kind, said[0], header=True), Row(kind, said[1])]
        found |= {at: [Row(kind, row)] for at, row in zip(heads[1:], said[2:], strict=True)}
    return found


def _rows(line: Line, text: Text, marks: Marks) -> list[Row]:
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
    return rows


def _row(group: list[Piece], text: Text, marks: Marks) -> Row:
    separator = marks.stop if marks.chinese else f"{marks.stop} "
    said = separator.join(written(piece, text, marks) for piece in group)
    heads = group[0].kind == "heading"
    level = len(said) - len(said.lstrip("#")) if heads else 0
    block = group[0].keyword if group[0].kind in ("block", "checklist", "list", "test") else None
    leads = isinstance(group[0].node, n.GivenTable)
    return Row(group[0].kind, said, level=level, bare=heads and len(group) == 1, block=block, leads=leads)

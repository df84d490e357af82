"""Blank lines between blocks, and comments at line ends under one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from rubriclang.formatter.rows import Row
from rubriclang.source import display_width

_WIDEST = 60  # columns; a longer line has its comment right behind it and moves no other
_TABLES = frozenset({"table", "given"})
_HEADS = frozenset({"block", "list", "test"})


def laid_out(rows: Sequence[Row]) -> str:
    """The rows as a text that ends with a line feed."""
    spaced = _spaced(rows)
    columns = _comment_columns(spaced)
    lines: list[str] = []
    for row, column in zip(spaced, columns, strict=True):
        if row.blank:
            lines.append("")
        behind = "" if row.comment is None else " " * (column - display_width(row.text)) + row.comment
        lines.append(row.text + behind)
    return "\n".join(lines) + "\n"


# ---- blank lines


def _spaced(rows: Sequence[Row]) -> list[Row]:
    """The rows with ``blank`` as it will be: where a block begins or ends, and where the writer parted two lines."""
    opens = _openings(rows)
    spaced = []
    for i, row in enumerate(rows):
        before = rows[i - 1] if i else None
        blank = before is not None and (opens[i] or (row.blank and not _belongs(before, row)))
        spaced.append(attrs.evolve(row, blank=blank))
    return spaced


def _belongs(before: Row, row: Row) -> bool:
    """Whether a line follows at once: what stands right under a heading or a head, and the rows of a table."""
    if before.bare:
        return not 0 < row.level <= before.level
    return before.block is not None or before.leads or (before.kind == row.kind in _TABLES and not row.header)


def _openings(rows: Sequence[Row]) -> list[bool]:
    """Before which rows a blank line must stand; the comments right above a row go with it."""
    found = [False] * len(rows)
    block: str | None = None  # the block whose items are being read
    last: Row | None = None  # the last row that is no comment
    level = 0  # of the last heading
    following = _next_levels(rows)
    for i, row in enumerate(rows):
        if not row.said:
            continue
        inside = row.kind in ("item", "tally", "given") or (row.kind == "table" and block == "PARAMETERS")
        ends = block not in (None, "CHECKLIST") and last is not None and last.block is None and not inside
        if ends or _opens(row, following[i], last, level):
            found[_first_comment(rows, i)] = True
        if row.block is not None:
            block = row.block
        elif not inside:
            block = None
        level = row.level or level
        last = row
    return found


def _opens(row: Row, following: int, last: Row | None, level: int) -> bool:
    """Whether a block or a group of indicators begins; single indicators are lines of a table, parted or not.

    What stands right under its heading needs no blank line to be found.
    """
    if row.kind == "heading" and row.level < level:
        return True
    if last is None:
        return False
    if last.bare:  # a block belongs to the whole, so only right under the title or the results
        return row.kind in _HEADS and last.level > 1
    if row.header and last.kind in _TABLES:
        return True
    return row.kind in _HEADS or (row.kind == "heading" and (following > row.level or level == 1))


def _next_levels(rows: Sequence[Row]) -> list[int]:
    """The level of the next heading after each row; 0 where there is none."""
    levels, following = [], 0
    for row in reversed(rows):
        levels.append(following)
        following = row.level or following
    return levels[::-1]


def _first_comment(rows: Sequence[Row], i: int) -> int:
    while i > 0 and not rows[i].blank and rows[i - 1].kind == "comment":
        i -= 1
    return i


# ---- comments at line ends


def _comment_columns(rows: Sequence[Row]) -> list[int]:
    """The column at which the comment of each row begins, counted from 0."""
    columns = [display_width(row.text) + 2 for row in rows]
    for run in _runs(rows):
        aligned = [i for i in run if rows[i].comment is not None and columns[i] <= _WIDEST + 2]
        for i in aligned:
            columns[i] = max(columns[j] for j in aligned)
    return columns


def _runs(rows: Sequence[Row]) -> Iterator[list[int]]:
    """Rows that stand together: no blank line, heading or comment of its own line among them."""
    run: list[int] = []
    for i, row in enumerate(rows):
        if row.blank or row.kind in ("heading", "comment"):
            yield run
            run = []
        if row.kind not in ("heading", "comment"):
            run.append(i)
    yield run

"""Text with a name, and places inside it.

Offsets count Unicode code points from 0; lines and columns count from 1, as people do.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple
from unicodedata import combining, east_asian_width

import attrs


@attrs.frozen
class Span:
    """A half-open range of code points ``[start, end)`` of one source."""

    start: int
    end: int

    def to(self, other: Span) -> Span:
        """The smallest span that covers both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


class Position(NamedTuple):
    """A place as people count it: line and column from 1, columns in code points."""

    line: int
    column: int


@attrs.frozen(slots=False)
class Source:
    """A text and the name it is shown under (a path, or ``<text>``).

    A source made of several files (a rubric and the one it builds on) holds their texts one after the other; ``files``
    says at which offset each begins.
    """

    path: str
    text: str = attrs.field(repr=False)
    files: tuple[tuple[int, Source], ...] = attrs.field(default=(), repr=False)

    def locate(self, span: Span) -> tuple[Source, Span]:
        """The file a span lies in, and the span inside it; this source itself where it is made of no others."""
        for start, file in reversed(self.files):
            if span.start >= start:
                return file.locate(Span(span.start - start, span.end - start))
        return self, span

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset at which each line starts; a line ends with a newline only."""
        starts = [0]
        at = self.text.find("\n")
        while at != -1:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def position(self, offset: int) -> Position:
        """The line and column of an offset, in its own file; an offset past the end is the end."""
        if self.files:
            file, span = self.locate(Span(offset, offset))
            return file.position(span.start)
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of a line, without its line end."""
        start = self.line_starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start : len(self.text) if end == -1 else end].rstrip("\r")

    def slice(self, span: Span) -> str:
        """The text under a span."""
        return self.text[span.start : span.end]

    def place(self, span: Span) -> str:
        """Where a span begins, as messages write it: ``path:line:column``."""
        position = self.position(span.start)
        return f"{self.path}:{position.line}:{position.column}"


_COLUMNS = 1 << 14  # as many as Excel has
_CELLS = _COLUMNS << 20


@attrs.frozen(slots=False)
class Workbook(Source):
    """A file of cells. A cell is a span as well, so that whatever carries a place in a text carries one in a sheet.

    ``sheets`` are the names of its sheets in order; a file that has none (CSV) has one, called by the empty text. A
    line is a row, a column is a column, and there is no text to quote.
    """

    sheets: tuple[str, ...] = ("",)

    @staticmethod
    def cell(sheet: int, row: int, column: int) -> Span:
        """The span of a cell; all three count from 0."""
        start = sheet * _CELLS + row * _COLUMNS + column
        return Span(start, start + 1)

    def position(self, offset: int) -> Position:
        """The row and column of a cell, from 1."""
        row, column = divmod(offset % _CELLS, _COLUMNS)
        return Position(row + 1, column + 1)

    def line(self, number: int) -> str:
        """Nothing: a row is not quoted."""
        return ""

    def sheet(self, span: Span) -> str:
        """The name of the sheet that a cell stands in."""
        return self.sheets[min(span.start // _CELLS, len(self.sheets) - 1)]

    def address(self, span: Span) -> str:
        """A cell as spreadsheet programs name it, as in ``C7``."""
        row, column = self.position(span.start)
        return f"{column_letters(column - 1)}{row}"

    def place(self, span: Span) -> str:
        """``path!sheet!C7``, or ``path!C7`` where the file has no sheets."""
        return "!".join(part for part in (self.path, self.sheet(span), self.address(span)) if part)


def column_letters(column: int) -> str:
    """The letters of a column that counts from 0: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def display_width(text: str) -> int:
    """How many terminal cells a text takes: two for wide characters, none for combining ones.

    Ambiguous-width characters (``≤``, ``“``) count as one: a caret line built with them agrees with
    every terminal that does, and with none is it off by more than their number.
    """
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def joined(files: list[Source]) -> Source:
    """One source of several files; its path is that of the last."""
    starts, at = [], 0
    for file in files:
        starts.append((at, file))
        at += len(file.text) + 1
    return Source(files[-1].path, "\n".join(file.text for file in files), tuple(starts))

"""Reads CSV files as one sheet of texts; places are cells, as a spreadsheet program shows them."""

from __future__ import annotations

import csv
import io
from itertools import islice

from rubriclang.collecting import uncollected
from rubriclang.diagnostics import Diagnostic
from rubriclang.facts import errors
from rubriclang.facts.document import Document, Fields, Grid, Scalar
from rubriclang.facts.sheets import package
from rubriclang.source import Source, Workbook

SUFFIXES = (".csv",)


def read(source: Source) -> Document:
    """The sheet of a CSV text, its cells without blanks around them; ``,``, ``;`` or a tab between them."""
    with uncollected():
        return _read(source)


def _read(source: Source) -> Document:
    book = Workbook(source.path, "")
    rows: list[tuple[int, dict[int, Scalar]]] = []
    room = package.MAX_CELLS
    cell = Workbook.cell
    reader = csv.reader(io.StringIO(source.text, newline=""), delimiter=_delimiter(source.text))
    try:
        for number, row in enumerate(islice(reader, package.MAX_ROWS)):
            cells = {
                column: Scalar(text, span=cell(0, number, column))
                for column, raw in enumerate(row)
                if (text := raw.strip())
            }
            if cells:
                room -= len(cells)
                rows.append((number, cells))
                if len(rows) > package.MAX_FILLED_ROWS:
                    raise package.too_large("填了数的行", "the number of filled rows", package.MAX_FILLED_ROWS)
                if room < 0:
                    raise package.too_large("填了数的单元格", "the number of filled cells", package.MAX_CELLS)
    except package.RefusedError as error:
        return package.refused(source.path, error, book)
    except csv.Error as error:
        reason = {"why": "不是合格的 CSV", "why_en": f"not valid CSV: {error}", "hint": "", "hint_en": ""}
        return Document(Fields(()), book, (Diagnostic(errors.UNREADABLE, book, cell(0, reader.line_num, 0), reason),))
    return Document(Fields(()), book, grids=(Grid("", tuple(rows)),))


def _delimiter(text: str) -> str:
    """What parts the cells of the first line: a comma, unless it has none and has another mark."""
    first = text[: text.find("\n") if "\n" in text else len(text)]
    return next((mark for mark in ",\t;" if mark in first), ",")

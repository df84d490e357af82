"""Reads ods workbooks (OpenDocument), streaming; here a percentage, a date and a formula say what they are."""

from __future__ import annotations

from pathlib import Path

from rubriclang.facts.document import Document, Fields, Grid, Scalar
from rubriclang.facts.sheets import errors, package
from rubriclang.facts.sheets.formats import Format, number_scalar
from rubriclang.source import Workbook

SUFFIXES = (".ods",)
_NUMBERS = {"float": Format(), "currency": Format(), "percentage": Format("percent")}


def read_binary(path: Path) -> Document:
    """The sheets of a workbook; faults come as diagnostics.

    Raises:
        OSError: the file cannot be opened.
    """
    return package.guarded(path, _read)


def _read(path: Path) -> Document:
    with package.open_package(path) as file:
        book = _Book()
        package.stream(file, "content.xml", book.start, book.end, book.text)
    source = Workbook(str(path), "", sheets=tuple(grid.name for grid in book.grids) or ("",))
    return Document(Fields(()), source, grids=tuple(book.grids))


def _count(text: str | None) -> int:
    return max(1, int(text)) if text and text.isascii() and text.isdigit() and len(text) < 10 else 1


class _Book:
    """Collects the filled cells of all sheets from the events of the content."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self.rows: list[tuple[int, dict[int, Scalar]]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.cells: dict[int, Scalar] = {}
        self.name = ""
        self.hidden = False
        self.row = self.column = 0
        self.repeat_row = self.repeat = 1
        self.room = package.MAX_CELLS
        self.given: dict[str, str] = {}
        self.pieces: list[str] = []
        self.inside = False
        self.depth = 0
        self.styles: dict[str, bool] = {}
        self.style = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """The beginning of an element."""
        match tag:
            case "style":
                self.style = attributes.get("style:name", "")
            case "table-properties":
                self.styles[self.style] = attributes.get("table:display") == "false"
            case "table":
                if len(self.grids) >= package.MAX_SHEETS:
                    raise package.too_large("工作表的个数", "the number of sheets", package.MAX_SHEETS)
                self.name = attributes.get("table:name", "")
                self.hidden = self.styles.get(attributes.get("table:style-name", ""), False)
                self.rows, self.merged, self.row = [], [], 0
            case "table-row":
                self.cells, self.column = {}, 0
                self.repeat_row = _count(attributes.get("table:number-rows-repeated"))
            case "table-cell" | "covered-table-cell":
                self.given, self.repeat = attributes, _count(attributes.get("table:number-columns-repeated"))
                self.pieces.clear()
                self.inside = True
                down = _count(attributes.get("table:number-rows-spanned"))
                right = _count(attributes.get("table:number-columns-spanned"))
                if down > 1 or right > 1:
                    self.merged.append((self.row, self.column, self.row + down - 1, self.column + right - 1))
            case "annotation":
                self.depth += 1
            case "p" if self.pieces:
                self.pieces.append("\n")
            case "s":
                self.text(" " * min(_count(attributes.get("text:c")), 100))

    def text(self, data: str) -> None:
        """Characters between tags."""
        if self.inside and not self.depth:
            self.pieces.append(data)

    def end(self, tag: str) -> None:
        """The end of an element."""
        match tag:
            case "annotation":
                self.depth -= 1
            case "table-cell" | "covered-table-cell":
                self.inside = False
                scalar = self._scalar("".join(self.pieces)[: package.MAX_CELL_TEXT])
                if scalar is not None:
                    self.room -= self.repeat
                    if self.room < 0:
                        raise package.too_large("填了数的单元格", "the number of filled cells", package.MAX_CELLS)
                    for i in range(self.repeat):
                        self._put(self.column + i, scalar)
                self.column += self.repeat
            case "table-row":
                if self.cells:
                    self._keep_rows()
                self.row += self.repeat_row
            case "table":
                self.grids.append(Grid(self.name, tuple(self.rows), tuple(self.merged), len(self.grids), self.hidden))

    def _put(self, column: int, scalar: Scalar) -> None:
        if column >= 1 << 14 or self.row >= package.MAX_ROWS:
            raise package.too_large("行数或列数", "the number of rows or columns", package.MAX_ROWS)
        self.cells[column] = _at(scalar, len(self.grids), self.row, column)

    def _keep_rows(self) -> None:
        self.room -= len(self.cells) * (self.repeat_row - 1)
        if self.room < 0 or len(self.rows) + self.repeat_row > package.MAX_FILLED_ROWS:
            raise package.too_large("填了数的行", "the number of filled rows", package.MAX_FILLED_ROWS)
        for i in range(self.repeat_row):
            number = self.row + i
            cells = {column: _at(scalar, len(self.grids), number, column) for column, scalar in self.cells.items()}
            self.rows.append((number, cells if i else self.cells))

    def _scalar(self, text: str) -> Scalar | None:
        given = self.given
        kind = given.get("office:value-type") or given.get("calcext:value-type")
        formula = "table:formula" in given
        if given.get("calcext:value-type") == "error" or (formula and kind in (None, "string") and _is_error(text)):
            return Scalar(text or "#VALUE!", fault=errors.ERROR_CELL)
        if formula and kind is None:
            return Scalar(text, fault=errors.UNCALCULATED)
        match kind:
            case "float" | "currency" | "percentage":
                return number_scalar(given.get("office:value", ""), _NUMBERS[kind], None)
            case "date":
                return Scalar(given.get("office:date-value", "").removesuffix("T00:00:00").replace("T", " "))
            case "boolean":
                truth = given.get("office:boolean-value") == "true"
                return Scalar("是" if truth else "否", truth)
            case _:
                return Scalar(text) if text.strip() else None


def _at(scalar: Scalar, sheet: int, row: int, column: int) -> Scalar:
    span = Workbook.cell(sheet, row, column)
    return Scalar(scalar.text, scalar.exact, span=span, numeric=scalar.numeric, fault=scalar.fault)


def _is_error(text: str) -> bool:
    return text.startswith(("Err:", "#")) and len(text) < 12

"""Reads xlsx workbooks as WPS and Excel write them, streaming, with what a number format and a formula say.

The file is read here and not by a library, because the libraries tried give an error cell and a formula that nobody
calculated as a blank or a zero, and a percentage without its sign: three ways to score something that is not there.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path, PurePosixPath

import attrs

from rubriclang.facts.document import Document, Fields, Grid, Scalar
from rubriclang.facts.sheets import errors, package
from rubriclang.facts.sheets.formats import GENERAL, Format, built_in, number_scalar, parse_format
from rubriclang.source import Workbook

SUFFIXES = (".xlsx", ".xlsm", ".xltx")
_STRINGS = 2_000_000  # shared texts of a file
_PHONETIC = ("rPh", "phoneticPr")


def read_binary(path: Path) -> Document:
    """The sheets of a workbook; faults come as diagnostics.

    Raises:
        OSError: the file cannot be opened.
    """
    return package.guarded(path, _read)


@attrs.frozen
class _Book:
    """What the sheets of a workbook share."""

    strings: tuple[str, ...]
    formats: tuple[Format, ...]
    date_1904: bool
    never_calculated: bool


def _read(path: Path) -> Document:
    with package.open_package(path) as file:
        names, date_1904, never_calculated = _contents(file)
        if len(names) > package.MAX_SHEETS:
            raise package.too_large("工作表的个数", "the number of sheets", package.MAX_SHEETS)
        parts = {name.lower(): name for name in file.namelist()}
        strings = _strings(file, parts.get("xl/sharedstrings.xml"))
        formats = _formats(file, parts.get("xl/styles.xml"))
        book = _Book(tuple(strings), tuple(formats), date_1904, never_calculated)
        source = Workbook(str(path), "", sheets=tuple(name for name, _, _ in names) or ("",))
        room = package.MAX_CELLS
        grids = []
        for index, (name, part, hidden) in enumerate(names):
            if part.lower() not in parts:
                continue
            sheet = _Sheet(book, index, room)
            package.stream(file, parts[part.lower()], sheet.start, sheet.end, sheet.text)
            room = sheet.room
            grids.append(Grid(name, tuple(sheet.rows), tuple(sheet.merged), index, hidden))
    return Document(Fields(()), source, grids=tuple(grids))


def _contents(file: zipfile.ZipFile) -> tuple[list[tuple[str, str, bool]], bool, bool]:
    """The sheets (name, part, whether hidden), the calendar, and whether every formula still waits for a first run."""
    root = "xl/workbook.xml"
    targets: dict[str, str] = {}
    sheets: list[tuple[str, str, bool]] = []
    flags = {"date1904": False, "fullCalcOnLoad": False}

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship":
            target = attributes.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
            targets[attributes.get("Id", "")] = whole

    def entry(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            link = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            hidden = attributes.get("state", "visible") != "visible"
            sheets.append((attributes.get("name", ""), targets.get(link, ""), hidden))
        for flag in flags:
            if tag in ("workbookPr", "calcPr") and attributes.get(flag) in ("1", "true"):
                flags[flag] = True

    package.stream(file, "xl/_rels/workbook.xml.rels", relation, lambda _: None)
    package.stream(file, root, entry, lambda _: None)
    return [sheet for sheet in sheets if "chartsheet" not in sheet[1]], flags["date1904"], flags["fullCalcOnLoad"]


def _strings(file: zipfile.ZipFile, part: str | None) -> list[str]:
    """The shared texts, without the readings that East Asian editions put beside them."""
    if part is None:
        return []
    found: list[str] = []
    pieces: list[str] = []
    state = {"text": False, "phonetic": False}

    def start(tag: str, _: dict[str, str]) -> None:
        if tag == "si":
            pieces.clear()
            if len(found) >= _STRINGS:
                raise package.too_large("文字的条数", "the number of texts", _STRINGS)
        elif tag == "t":
            state["text"] = not state["phonetic"]
        elif tag in _PHONETIC:
            state["phonetic"] = True

    def end(tag: str) -> None:
        if tag == "si":
            found.append(_unescaped("".join(pieces)))
        elif tag == "t":
            state["text"] = False
        elif tag in _PHONETIC:
            state["phonetic"] = False

    def text(data: str) -> None:
        if state["text"]:
            pieces.append(data)

    package.stream(file, part, start, end, text)
    return found


def _unescaped(text: str) -> str:
    """Control characters that the format writes as ``_x000D_``."""
    if "_x" in text:
        text = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m.group(1), 16)), text)
    return text[: package.MAX_CELL_TEXT + 1]


def _formats(file: zipfile.ZipFile, part: str | None) -> list[Format]:
    """The number format of each cell style."""
    if part is None:
        return []
    codes: dict[int, str] = {}
    styles: list[Format] = []
    state = {"cells": False}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            codes[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            state["cells"] = True
        elif tag == "xf" and state["cells"]:
            number = _whole(attributes.get("numFmtId"))
            styles.append(parse_format(codes[number]) if number in codes else built_in(number))

    def end(tag: str) -> None:
        if tag == "cellXfs":
            state["cells"] = False

    package.stream(file, part, start, end)
    return styles


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0


def column_of(reference: str) -> tuple[int, int]:
    """Row and column of ``C7``, from 0.

    Raises:
        ValueError: it is no cell.
    """
    found = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d{1,7})", reference)
    if found is None:
        raise ValueError(reference)
    column = 0
    for letter in found.group(1):
        column = column * 26 + ord(letter) - 64
    return int(found.group(2)) - 1, column - 1


class _Sheet:
    """Collects the filled cells of one sheet from the events of its XML."""

    def __init__(self, book: _Book, index: int, room: int) -> None:
        self.book = book
        self.index = index
        self.room = room
        self.rows: list[tuple[int, dict[int, Scalar]]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.cells: dict[int, Scalar] = {}
        self.columns: dict[str, int] = {}
        self.row = -1
        self.column = -1
        self.seen = 0
        self.kind = ""
        self.style = 0
        self.formula = False
        self.value: list[str] = []
        self.keep = False
        self.phonetic = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """The beginning of an element."""
        if tag == "c":
            self.column = self._column(attributes.get("r"))
            self.kind = attributes.get("t", "n")
            style = attributes.get("s")
            self.style = int(style) if style is not None and style.isdigit() and len(style) < 7 else 0
            self.formula = False
            self.value.clear()
        elif tag == "v" or tag == "t":
            self.keep = not self.phonetic
        elif tag == "f":
            self.formula = True
        elif tag == "row":
            number = attributes.get("r")
            self.row = _whole(number) - 1 if number else self.row + 1
            self.column = -1
            self.seen += 1
            if self.seen > package.MAX_ROWS or not 0 <= self.row < package.MAX_ROWS:
                raise package.too_large("行数", "the number of rows", package.MAX_ROWS)
            self.cells = {}
        elif tag == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            top, bottom = column_of(first), column_of(last or first)
            self.merged.append((*top, *bottom))
            if len(self.merged) > package.MAX_FILLED_ROWS:
                raise package.too_large("合并单元格的个数", "the number of merged cells", package.MAX_FILLED_ROWS)
        elif tag in _PHONETIC:
            self.phonetic = True

    def _column(self, reference: str | None) -> int:
        if not reference:
            return self.column + 1
        letters = reference.rstrip("0123456789")
        column = self.columns.get(letters)
        if column is None:
            column = self.columns[letters] = column_of(letters + "1")[1]
        return column

    def text(self, data: str) -> None:
        """Characters between tags."""
        if self.keep:
            self.value.append(data)

    def end(self, tag: str) -> None:
        """The end of an element."""
        if tag == "v" or tag == "t":
            self.keep = False
        elif tag == "c":
            if self.value or self.formula:
                scalar = self._scalar("".join(self.value))
                if not scalar.blank:
                    self.cells[self.column] = scalar
        elif tag == "row":
            if self.cells:
                self.room -= len(self.cells)
                if self.room < 0:
                    raise package.too_large("填了数的单元格", "the number of filled cells", package.MAX_CELLS)
                if len(self.rows) >= package.MAX_FILLED_ROWS:
                    raise package.too_large("填了数的行", "the number of filled rows", package.MAX_FILLED_ROWS)
                self.rows.append((self.row, self.cells))
        elif tag in _PHONETIC:
            self.phonetic = False

    def _scalar(self, text: str) -> Scalar:
        span = Workbook.cell(self.index, self.row, self.column)
        kind = self.kind
        if self.formula and (self.book.never_calculated or (not text and kind != "str")):
            return Scalar(text, span=span, fault=errors.UNCALCULATED)
        match kind:
            case "n":
                form = self.book.formats[self.style] if self.style < len(self.book.formats) else GENERAL
                return number_scalar(text, form, span, self.book.date_1904)
            case "s":
                at = int(text) if text.isdigit() and len(text) < 10 else -1
                if not 0 <= at < len(self.book.strings):
                    raise ValueError(text[:20])
                return Scalar(self.book.strings[at], span=span)
            case "b":
                return Scalar("是" if text == "1" else "否", text == "1", span=span)
            case "e":
                return Scalar(text, span=span, fault=errors.ERROR_CELL)
            case "d":
                return Scalar(text.removesuffix("T00:00:00").replace("T", " "), span=span)
            case _:
                return Scalar(_unescaped(text), span=span)

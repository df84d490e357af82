"""Reads xls workbooks, the old binary format of Excel and WPS, through xlrd (the extra ``excel``)."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from rubriclang.facts.document import Document, Fields, Grid, Scalar
from rubriclang.facts.sheets import errors, package
from rubriclang.facts.sheets.formats import GENERAL, Format, number_scalar, parse_format
from rubriclang.source import Workbook

SUFFIXES = (".xls", ".et")


def read_binary(path: Path) -> Document:
    """The sheets of a workbook; faults come as diagnostics.

    Raises:
        OSError: the file cannot be opened.
    """
    try:
        import xlrd
    except ImportError:
        why = package.unreadable(
            "读 xls 要另装一个库",
            "reading xls needs one more library",
            "pip install 'rubriclang[excel]'；或用 WPS、Excel 另存为 xlsx",
            "pip install 'rubriclang[excel]', or save it as xlsx",
        )
        return package.refused(str(path), why)
    try:
        return package.guarded(path, lambda given: _read(xlrd, given))
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, AssertionError, IndexError, TypeError, ArithmeticError) as error:
        password = "encrypt" in str(error).lower() or "password" in str(error).lower()
        why = package.unreadable(
            "文件设了打开密码" if password else "文件坏了，或者不是 xls",
            "it asks for a password" if password else f"it is damaged, or no xls ({type(error).__name__})",
            "去掉密码，另存为 xlsx" if password else "用 WPS 或 Excel 打开，另存为 xlsx",
            "open it in a spreadsheet program and save it as xlsx",
        )
        return package.refused(str(path), why)
    except Exception as error:
        # xlrd walks binary records without looking ahead; whatever it stumbles over is a damaged file.
        if type(error).__module__ not in ("struct", "builtins") and not isinstance(error, LookupError):
            raise
        return package.refused(str(path), package.unreadable("文件坏了", f"it is damaged ({type(error).__name__})"))


def _read(xlrd: Any, path: Path) -> Document:
    book = xlrd.open_workbook(path, formatting_info=True, on_demand=True, logfile=io.StringIO())
    with book:
        names = book.sheet_names()
        source = Workbook(str(path), "", sheets=tuple(names) or ("",))
        room = package.MAX_CELLS
        grids = []
        for index, name in enumerate(names):
            sheet = book.sheet_by_index(index)
            rows = []
            for number in range(sheet.nrows):
                cells = {}
                for column in range(sheet.row_len(number)):
                    scalar = _scalar(book, xlrd, sheet.cell(number, column), Workbook.cell(index, number, column))
                    if scalar is not None and not scalar.blank:
                        cells[column] = scalar
                room -= len(cells)
                if room < 0:
                    raise package.too_large("填了数的单元格", "the number of filled cells", package.MAX_CELLS)
                if cells:
                    rows.append((number, cells))
            merged = tuple((top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells)
            grids.append(Grid(name, tuple(rows), merged, index, sheet.visibility != 0))
            book.unload_sheet(index)
    return Document(Fields(()), source, grids=tuple(grids))


def _scalar(book: Any, xlrd: Any, cell: Any, span: Any) -> Scalar | None:
    match cell.ctype:
        case xlrd.XL_CELL_TEXT:
            return Scalar(str(cell.value), span=span)
        case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
            form = _format(book, cell.xf_index)
            if cell.ctype == xlrd.XL_CELL_DATE and form.kind not in ("date", "time"):
                form = Format("date")
            return number_scalar(repr(cell.value), form, span, bool(book.datemode))
        case xlrd.XL_CELL_BOOLEAN:
            return Scalar("是" if cell.value else "否", bool(cell.value), span=span)
        case xlrd.XL_CELL_ERROR:
            text = xlrd.error_text_from_code.get(cell.value, "#VALUE!")
            return Scalar(text, span=span, fault=errors.ERROR_CELL)
        case _:
            return None


def _format(book: Any, style: int) -> Format:
    found = book.format_map.get(book.xf_list[style].format_key) if style < len(book.xf_list) else None
    return parse_format(found.format_str) if found is not None else GENERAL

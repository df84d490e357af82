"""Sheets on the way out: no text that came in with the facts can run as a formula on the machine that opens them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

_LIVE = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"-?\d+(\.\d+)?%?")


def inert(text: str) -> str:
    """The text, with ``'`` before what a spreadsheet program would take for a formula; numbers stay as they are."""
    return f"'{text}" if text.startswith(_LIVE) and not _NUMBER.fullmatch(text) else text


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV in UTF-8, with the mark by which spreadsheet programs know the encoding."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[inert(cell) for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def new_workbook(out: io.BytesIO) -> Any:
    """An xlsxwriter workbook in memory, in which a text is a text.

    Raises:
        ImportError: xlsxwriter is not installed.
    """
    import xlsxwriter

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return xlsxwriter.Workbook(out, options)

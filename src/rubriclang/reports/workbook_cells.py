"""Addresses, names and number formats of cells of a workbook."""

from __future__ import annotations

from fractions import Fraction

import attrs

from rubriclang.reports.score_table import points_text

FONT = "宋体"
HEAD_FONT = "黑体"
GREY = "#E7E9EC"
HEAD_ROW = 2  # counted from 0, under title and unit
LINE_HEIGHT = 15.0  # points, for 10.5 point type


@attrs.frozen
class Placed:
    """Where the scores of a unit's sheet stand: cell addresses by definition, maxima behind ``max``."""

    sheet: str
    cells: dict[str, str]

    def address(self, key: str) -> str | None:
        """The cell as a formula of another sheet names it; None where the sheet does not show it."""
        cell = self.cells.get(key)
        return None if cell is None else f"{quoted(self.sheet)}!{cell}"


def number_format(number: Fraction, mark: str) -> str:
    """The format that shows a number as the other reports do, with a mark behind it."""
    decimals = len(points_text(number).partition(".")[2])
    form = "0." + "0" * decimals if decimals else "0"
    return f'{form}"{mark}"' if mark else form


def letters(column: int) -> str:
    """``A``, ``B`` … ``AA`` for columns counted from 0."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def quoted(sheet: str) -> str:
    """The name of a sheet as a formula writes it."""
    return "'" + sheet.replace("'", "''") + "'"

"""Many units as one table: a row a unit, with its rank, total, grade and the points of every indicator."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from rubriclang.backends.outcome import IndicatorOutcome, Outcome
from rubriclang.facts.sheets.outgoing import csv_bytes, new_workbook
from rubriclang.reports.ranking import ranks
from rubriclang.reports.score_table import points_text

Lang = Literal["zh", "en"]
Cell = str | Fraction | None
_HEADS = {
    "zh": ["名次", "单位", "总分", "满分", "等次", "计算得分", "评定得分"],
    "en": ["Rank", "Unit", "Total", "Max", "Grade", "Computed", "Judged"],
}
_PROBLEMS = {"zh": "没有得分的原因和数据的问题", "en": "Why points are missing, and faults of the facts"}


def unit_rows(outcomes: Sequence[Outcome], lang: Lang = "zh") -> list[list[Cell]]:
    """The header and a row for each unit, in the order of the file."""
    heads: list[Cell] = list(_HEADS[lang])
    names = Counter(indicator.name for indicator in outcomes[0].indicators) if outcomes else Counter()
    if outcomes:
        heads += [i.name if names[i.name] == 1 else ".".join(i.path) for i in outcomes[0].indicators]
    rows = [[*heads, _PROBLEMS[lang]]]
    for outcome, rank in zip(outcomes, ranks(outcomes), strict=True):
        row: list[Cell] = [Fraction(rank) if rank else None, outcome.unit, outcome.total, outcome.max, outcome.grade]
        row += [outcome.computed, outcome.judged, *(_cell(indicator) for indicator in outcome.indicators)]
        problems = [d.message(lang) for d in outcome.diagnostics if d.severity == "error"]
        rows.append([*row, ("；" if lang == "zh" else "; ").join(problems) or None])
    return rows


def _cell(indicator: IndicatorOutcome) -> Cell:
    return indicator.label if indicator.points is None else indicator.points


def units_csv(outcomes: Sequence[Outcome], lang: Lang = "zh") -> bytes:
    """The table as CSV; points without a last decimal are rounded to four places."""
    return csv_bytes([[_text(cell) for cell in row] for row in unit_rows(outcomes, lang)])


def _text(cell: Cell) -> str:
    return "" if cell is None else points_text(cell) if isinstance(cell, Fraction) else cell


def units_xlsx(outcomes: Sequence[Outcome], lang: Lang = "zh") -> bytes:
    """The table as a workbook.

    Raises:
        ImportError: xlsxwriter is not installed.
    """
    out = io.BytesIO()
    book = new_workbook(out)
    sheet = book.add_worksheet("得分" if lang == "zh" else "Points")
    look = {"font_name": "微软雅黑", "font_size": 10, "valign": "vcenter", "border": 1, "border_color": "#A6A6A6"}
    head = book.add_format(look | {"bold": True, "bg_color": "#DCE6F1", "align": "center", "text_wrap": True})
    plain = book.add_format(look)
    rows = unit_rows(outcomes, lang)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, Fraction):
                sheet.write_number(number, column, float(points_text(cell)), plain)
            elif number == 0:
                sheet.write_string(number, column, cell or "", head)
            elif cell:
                sheet.write_string(number, column, cell[:32_000], plain)
            else:
                sheet.write_blank(number, column, None, plain)
    sheet.set_row(0, 62)
    sheet.set_column(0, len(rows[0]) - 2, 8)
    sheet.set_column(1, 1, 24)
    sheet.set_column(len(rows[0]) - 1, len(rows[0]) - 1, 45)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, len(rows) - 1, len(rows[0]) - 1)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return out.getvalue()

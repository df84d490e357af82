"""A workbook to fill in: 数据, a sheet for each list, 评定, 自报, and 各单位 where a rubric compares units.

Only the cells for values can be changed; each knows what may stand in it. The list of what was asked stands in a hidden
sheet, so that a later version of the rubric can say what has changed.
"""

from __future__ import annotations

import io
from typing import Any

from rubriclang.facts.sheets import stamp
from rubriclang.facts.sheets.outgoing import new_workbook
from rubriclang.templates.pages import Pages
from rubriclang.templates.plan import Plan
from rubriclang.templates.writers import NotPossibleError

SUFFIXES = (".xlsx",)


def write(plan: Plan, many: bool) -> bytes:
    """The bytes of the workbook.

    Raises:
        NotPossibleError: the library that writes workbooks is not installed.
    """
    out = io.BytesIO()
    try:
        book = new_workbook(out)
    except ImportError as error:
        raise NotPossibleError(
            "写 xlsx 要另装一个库：pip install 'rubriclang[excel]'",
            "writing xlsx needs one more library: pip install 'rubriclang[excel]'",
        ) from error
    book.set_properties({"title": plan.title, "comments": f"rubriclang {plan.version}"})
    pages = Pages(book, plan)
    if not many:
        pages.facts()
    if many or plan.units:
        pages.population(many)
    for listed in plan.lists:
        pages.listed(listed, many or plan.units)
    if plan.judged and not many:
        pages.judged()
    if plan.claims and not many:
        pages.claims()
    _stamp(book, plan)
    pages.finish()
    book.close()
    return out.getvalue()


def _stamp(book: Any, plan: Plan) -> None:
    sheet = book.add_worksheet(stamp.SHEET)
    sheet.write_string(0, 0, plan.version)
    for row, each in enumerate(plan.asked, 1):
        for column, text in enumerate(each):
            sheet.write_string(row, column, text[:32_000])
    sheet.protect()
    sheet.very_hidden()

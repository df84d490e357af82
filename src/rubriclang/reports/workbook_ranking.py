"""The page of a workbook that ranks several units."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from rubriclang.reports.book import Book
from rubriclang.reports.ranking import Place
from rubriclang.reports.wording import clean, display_width
from rubriclang.reports.workbook_cells import (
    GREY,
    HEAD_FONT,
    HEAD_ROW,
    LINE_HEIGHT,
    Placed,
    letters,
    number_format,
    quoted,
)
from rubriclang.reports.workbook_pages import Pages


class RankingPage:
    """Fills the page with the help of the workbook's shared formats."""

    def __init__(self, pages: Pages, book: Book) -> None:
        self.pages = pages
        self.book = book

    def fill(self, page: Any, places: list[Place], placed: list[Placed]) -> None:
        """Writes the page: a row a unit, with live references to the units' own sheets."""
        self.pages.page(page)
        parts = [node for node in self.book.program.root.parts if node.parts] or []
        heads = [self.pages.words["rank"], self.pages.words["unit name"], *[clean(n.title) for n in parts]]
        heads += [self.pages.words["total name"], self.pages.words["grade name"]]
        page.set_column(0, 0, 8)
        page.set_column(1, 1, 40)
        page.set_column(2, len(heads) - 1, 14)
        last, first = len(heads) - 1, HEAD_ROW + 1
        title = f"{clean(self.book.program.title)}　{self.pages.words['ranking']}"
        self.pages.across(page, 0, last, title, self.pages.style(font_name=HEAD_FONT, font_size=16, align="center"), 30)
        self.pages.across(page, 1, last, self.pages.words["ties"], self.pages.style(align="left", font_size=9), 18)
        head = self.pages.style(bold=True, align="center", border=1, bg_color=GREY, font_name=HEAD_FONT)
        for i, text in enumerate(heads):
            page.write_string(HEAD_ROW, i, text, head)
        page.set_row(HEAD_ROW, 24)
        page.repeat_rows(HEAD_ROW)
        page.freeze_panes(first, 2)
        column = letters(len(parts) + 2)
        reach = f"{column}${first + 1}:{column}${first + len(places)}"
        for row, place in enumerate(places, first):
            where = placed[place.at]
            style = self.pages.style(border=1, align="center")
            if place.rank is None:
                page.write_string(row, 0, self.pages.words["none"], style)
            else:
                page.write_formula(row, 0, f"=RANK({column}{row + 1},{reach})", style, place.rank)
            link = self.pages.style(border=1, align="left", font_color="#1F4E9E", underline=1)
            page.write_url(row, 1, f"internal:{quoted(where.sheet)}!A1", link, place.name)
            scores = {s.path: s.points for s in place.outcome.sections}
            for i, node in enumerate(parts, 2):
                self._reference(page, row, i, where, node.points, scores.get(node.path))
            self._reference(page, row, len(parts) + 2, where, self.book.program.root.points, place.outcome.total)
            page.write_string(row, last, clean(place.outcome.grade or self.pages.words["none"]), style)
            page.set_row(row, max(20.0, LINE_HEIGHT * -(-display_width(place.name) // 38) + 5))

    def _reference(self, page: Any, row: int, at: int, where: Placed, target: str, points: Fraction | None) -> None:
        if points is None:
            page.write_string(row, at, self.pages.words["none"], self.pages.style(border=1, align="center"))
            return
        style = self.pages.style(border=1, align="center", num_format=number_format(points, ""))
        cell = where.cells.get(target)
        if cell is None:  # the sheets were asked for without 得分
            page.write_number(row, at, float(points), style)
        else:
            page.write_formula(row, at, f"={quoted(where.sheet)}!{cell}", style, float(points))


def sheet_names(names: list[str], taken: set[str]) -> list[str]:
    """Names that Excel accepts for sheets: at most 31 characters, some signs forbidden, none twice."""
    used = {name.casefold() for name in taken} | {"history"}
    found = []
    for name in names:
        base = re.sub(r"[\[\]:*?/\\\n\t]", " ", name).strip().strip("'").strip() or "-"
        candidate, number = base[:31].strip("'"), 1
        while candidate.casefold() in used:
            number += 1
            tail = f" ({number})"
            candidate = base[: 31 - len(tail)] + tail
        used.add(candidate.casefold())
        found.append(candidate)
    return found

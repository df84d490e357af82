"""The page of a workbook that shows the points lost by section, as a table and a chart.

It stands on a page of its own, so that no printed page cuts the chart in two.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from rubriclang.ir import nodes as ir
from rubriclang.reports.book import Book
from rubriclang.reports.layout import Sheet
from rubriclang.reports.ranking import Place
from rubriclang.reports.wording import clean
from rubriclang.reports.workbook_cells import FONT, GREY, HEAD_FONT, Placed, number_format

_COLOURS = ("#C0504D", "#4F81BD", "#9BBB59", "#8064A2", "#F79646", "#4BACC6", "#7F7F7F", "#D4A017")
_MOST_BARS = 40


class LossPage:
    """Adds the page to a workbook; ``style`` makes cell formats."""

    def __init__(self, workbook: Any, style: Callable[..., Any], words: dict[str, str]) -> None:
        self.workbook = workbook
        self.style = style
        self.words = words

    def one(self, sheet: Sheet, placed: Placed, program: ir.Program) -> None:
        """One unit: a row a section, and a bar for each. Nothing where no points were lost."""
        if not any(loss.lost for loss in sheet.losses):
            return
        page = self._page(sheet.title, [self.words[key] for key in ("part", "max", "points", "lost")], (26, 12, 12, 12))
        nodes = {clean(node.title): node for node in program.root.parts}
        for row, loss in enumerate(sheet.losses, 2):
            page.write_string(row, 0, loss.name, self.style(border=1, align="left"))
            node = nodes[loss.name]
            self._number(page, row, 1, loss.max, placed.address(f"max {node.points}"))
            self._number(page, row, 2, loss.points, placed.address(node.points))
            self._formula(page, row, 3, f"=MAX(B{row + 1}-C{row + 1},0)", loss.lost)
        self._chart(page, [(3, self.words["lost"])], len(sheet.losses), 5)

    def several(self, book: Book, places: Sequence[Place], placed: Sequence[Placed]) -> None:
        """Several units: a row a unit, a column a section; a stacked bar for each unit while there are few."""
        nodes = [n for n in book.program.root.parts if isinstance(n.max, Fraction) and not n.bonus]
        if not nodes:
            return
        heads = [self.words["unit name"], *[clean(node.title) for node in nodes]]
        page = self._page(clean(book.program.title), heads, (36, *[14] * len(nodes)))
        for row, place in enumerate(places, 2):
            page.write_string(row, 0, place.name, self.style(border=1, align="left"))
            scores = {s.path: s.points for s in place.outcome.sections}
            scores |= {i.path: i.points for i in place.outcome.indicators}
            for column, node in enumerate(nodes, 1):
                self._lost(page, row, column, node, scores.get(node.path), placed[place.at])
        if 0 < len(places) <= _MOST_BARS:
            series = [(i, clean(node.title)) for i, node in enumerate(nodes, 1)]
            self._chart(page, series, len(places), len(nodes) + 2)

    def _lost(self, page: Any, row: int, column: int, node: ir.Node, points: Fraction | None, placed: Placed) -> None:
        if points is None or not isinstance(node.max, Fraction):
            page.write_string(row, column, self.words["none"], self.style(border=1, align="center"))
            return
        lost = max(node.max - points, Fraction(0))
        most, got = placed.address(f"max {node.points}"), placed.address(node.points)
        if most is None or got is None:
            self._number(page, row, column, lost, None)
        else:
            self._formula(page, row, column, f"=MAX({most}-{got},0)", lost)

    def _page(self, title: str, heads: Sequence[str], widths: Sequence[int]) -> Any:
        page = self.workbook.add_worksheet(self.words["losses"])
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.hide_gridlines(2)
        page.repeat_rows(1)
        look = self.style(font_name=HEAD_FONT, font_size=14, align="left", text_wrap=False)
        page.write_string(0, 0, f"{title}　{self.words['losses']}", look)
        page.set_row(0, 26)
        for i, (head, width) in enumerate(zip(heads, widths, strict=True)):
            page.set_column(i, i, width)
            bold = self.style(bold=True, align="center", border=1, bg_color=GREY, font_name=HEAD_FONT)
            page.write_string(1, i, head, bold)
        return page

    def _number(self, page: Any, row: int, column: int, number: Fraction, address: str | None) -> None:
        if address is not None:
            self._formula(page, row, column, f"={address}", number)
        else:
            look = self.style(border=1, align="center", num_format=number_format(number, ""))
            page.write_number(row, column, float(number), look)

    def _formula(self, page: Any, row: int, column: int, formula: str, number: Fraction) -> None:
        look = self.style(border=1, align="center", num_format=number_format(number, ""))
        page.write_formula(row, column, formula, look, float(number))

    def _chart(self, page: Any, series: Sequence[tuple[int, str]], rows: int, column: int) -> None:
        name = self.words["losses"]
        stacked = {"subtype": "stacked"} if len(series) > 1 else {}
        chart = self.workbook.add_chart({"type": "bar", **stacked})
        for i, (at, title) in enumerate(series):
            labels = {} if stacked else {"data_labels": {"value": True, "num_format": "0.##;;"}}
            chart.add_series(
                {
                    "name": title,
                    "categories": [name, 2, 0, rows + 1, 0],
                    "values": [name, 2, at, rows + 1, at],
                    "fill": {"color": _COLOURS[i % len(_COLOURS)]},
                    "gap": 60,
                    **labels,
                }
            )
        font = {"name": FONT, "size": 9}
        chart.set_title({"name": name, "name_font": {"name": HEAD_FONT, "size": 11}})
        chart.set_legend({"position": "bottom", "font": font} if stacked else {"none": True})
        chart.set_y_axis({"reverse": True, "num_font": font})
        grid = {"visible": True, "line": {"color": "#D9D9D9"}}
        chart.set_x_axis({"num_font": font, "min": 0, "major_gridlines": grid})
        chart.set_size({"width": 560, "height": 100 + 26 * max(rows, 3) + (30 if stacked else 0)})
        page.insert_chart(1, column, chart, {"object_position": 2})

"""What all pages of a workbook share: cell formats, the setup for print, texts over the whole width."""

from __future__ import annotations

from typing import Any

from rubriclang.reports.workbook_cells import FONT

MOST_HEIGHT = 400.0


class Pages:
    """The workbook with its cell formats, each made once."""

    def __init__(self, workbook: Any, words: dict[str, str]) -> None:
        self.workbook = workbook
        self.words = words
        self.styles: dict[tuple[tuple[str, Any], ...], Any] = {}

    def style(self, **wanted: Any) -> Any:
        """A cell format, made once."""
        key = tuple(sorted(wanted.items()))
        if key not in self.styles:
            base = {"font_name": FONT, "font_size": 10.5, "valign": "vcenter", "text_wrap": True}
            self.styles[key] = self.workbook.add_format({**base, **wanted})
        return self.styles[key]

    def page(self, page: Any) -> None:
        """Sets a worksheet up for print."""
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        page.center_horizontally()
        page.hide_gridlines(2)
        page.set_footer("&C&9" + self.words["page"].format(page="&P", pages="&N"))

    def across(self, page: Any, row: int, last: int, text: str, style: Any, height: float) -> None:
        """A text over the whole width of the table."""
        page.set_row(row, min(height, MOST_HEIGHT))
        if last > 0:
            page.merge_range(row, 0, row, last, "", style)
        page.write_string(row, 0, text, style)

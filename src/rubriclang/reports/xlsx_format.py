"""The score sheet as an Excel workbook: merged cells, A4 landscape, sums as live formulas.

Texts are written as texts, whatever they begin with: only sums of this module become formulas.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

from rubriclang.diagnostics import Diagnostic
from rubriclang.ir import nodes as ir
from rubriclang.reports import layout, sheet_notes
from rubriclang.reports.book import Book
from rubriclang.reports.cell_formulas import definitions_of, is_plain_sum, points_formula
from rubriclang.reports.columns import Column
from rubriclang.reports.layout import Cell, Line, Sheet
from rubriclang.reports.wording import JUDGED_MARK, RULE_MARK, WORDS, display_width
from rubriclang.reports.workbook_cells import GREY, HEAD_FONT, HEAD_ROW, LINE_HEIGHT, Placed, letters, number_format
from rubriclang.reports.workbook_losses import LossPage
from rubriclang.reports.workbook_pages import MOST_HEIGHT, Pages
from rubriclang.reports.workbook_ranking import RankingPage, sheet_names

NEEDS = (("xlsxwriter", "XlsxWriter", "report"),)
_LEAST_WIDTH = 72  # half-width characters: room for the line of signatures


def write(book: Book, target: Path) -> tuple[Diagnostic, ...]:
    """Writes the workbook; several units get a ranking in front."""
    import xlsxwriter

    workbook = xlsxwriter.Workbook(
        str(target), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    try:
        writer = _Writer(workbook, book)
        if len(book.outcomes) == 1:
            sheet = next(book.sheets())
            placed = writer.unit(sheet, WORDS[book.lang]["sheet"])
            if book.options.chart:
                LossPage(writer.workbook, writer.style, writer.words).one(sheet, placed, book.program)
        else:
            writer.units()
        workbook.close()
    except xlsxwriter.exceptions.FileCreateError as error:
        raise error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error)) from error
    return ()


class _Writer(Pages):
    def __init__(self, workbook: Any, book: Book) -> None:
        super().__init__(workbook, WORDS[book.lang])
        self.book = book
        self.expressions = definitions_of(book.program)
        self.plain = {
            node.points for node in book.program.root.walk() if node.parts and is_plain_sum(book.program, node)
        }

    # -- one unit

    def unit(self, sheet: Sheet, name: str) -> Placed:
        """One sheet: title, unit, table, result, notes, signatures, chart."""
        page = self.workbook.add_worksheet(name)
        self.page(page)
        columns = sheet.columns
        last = max(len(columns) - 1, 0)
        widths = self._widths(columns)
        for i, width in enumerate(widths):
            page.set_column(i, i, width)
        total_width = sum(widths)
        self.across(page, 0, last, sheet.title, self.style(font_name=HEAD_FONT, font_size=16, align="center"), 30)
        unit = self.words["unit"].format(unit=sheet.unit) if sheet.unit else ""
        self.across(page, 1, last, unit, self.style(align="left"), 20)
        head = self.style(bold=True, align="center", border=1, bg_color=GREY, font_name=HEAD_FONT)
        for i, column in enumerate(columns):
            page.write_string(HEAD_ROW, i, column.title, head)
        page.set_row(HEAD_ROW, 24)
        page.repeat_rows(HEAD_ROW)
        page.freeze_panes(HEAD_ROW + 1, 0)
        cells, ruled = self._table(page, sheet, widths)
        row = HEAD_ROW + 1 + len(sheet.lines)
        bold = self.style(bold=True, align="left", border=1)
        self.across(page, row, last, sheet_notes.sum_note(sheet, self.book.lang), bold, 24)
        row += 1
        lines = sheet_notes.notes(sheet, self.book.program, self.book.lang) + (
            [self.words["rule legend"]] if ruled else []
        )
        for text in lines:
            height = LINE_HEIGHT * -(-display_width(text) // max(int(total_width * 0.95), 1))
            self.across(page, row, last, text, self.style(align="left", font_size=9), max(height, LINE_HEIGHT))
            row += 1
        row = self._signatures(page, row + 1, last, total_width)
        page.print_area(0, 0, row, last)
        return Placed(name, cells)

    def _widths(self, columns: tuple[Column, ...]) -> list[float]:
        widths = [float(column.width) for column in columns]
        scale = max(_LEAST_WIDTH / sum(widths), 1.0) if widths else 1.0
        return [width * scale for width in widths]

    def _table(self, page: Any, sheet: Sheet, widths: list[float]) -> tuple[dict[str, str], bool]:
        cells = self._addresses(sheet)
        ruled = False
        for number, line in enumerate(sheet.lines):
            row = HEAD_ROW + 1 + number
            page.set_row(row, self._height(sheet.lines, number, widths))
            for i, (cell, column) in enumerate(zip(line.cells, sheet.columns, strict=True)):
                if cell is not None:
                    ruled |= self._cell(page, row, i, cell, column, line, cells)
        return cells, ruled

    def _addresses(self, sheet: Sheet) -> dict[str, str]:
        """The cells of points and maxima, by the definition whose score they hold."""
        found = {}
        for number, line in enumerate(sheet.lines):
            for i, column in enumerate(sheet.columns):
                if column.key in ("points", "max"):
                    prefix = "max " if column.key == "max" else ""
                    found[prefix + line.node.points] = f"{letters(i)}{HEAD_ROW + 2 + number}"
        return found

    def _cell(
        self, page: Any, row: int, at: int, cell: Cell, column: Column, line: Line, cells: dict[str, str]
    ) -> bool:
        """Writes one cell; True when it holds a sum that no formula says."""
        look: dict[str, Any] = {"border": 1, "align": column.align}
        if line.kind != "indicator":
            look |= {"bold": True, "bg_color": "#F4F5F7"}
            if column.kind != "points":
                look["align"] = "center"
        elif column.kind == "level" and cell.rows == 1 and column.level == len(line.node.path) > 1:
            look["align"] = "left"
        if look["align"] == "left":
            look["indent"] = 1
        formula = None if cell.number is None else self._formula(cell, line, cells)
        by_rule = (
            bool(cell.formula_of and cell.formula_of == line.node.points and cell.number is not None) and not formula
        )
        if cell.number is not None:
            mark = JUDGED_MARK if cell.judged else RULE_MARK if by_rule else ""
            look["num_format"] = number_format(cell.number, mark)
        style = self.style(**look)
        if cell.rows > 1 or cell.columns > 1:
            page.merge_range(row, at, row + cell.rows - 1, at + cell.columns - 1, "", style)
        if cell.number is None:
            page.write_string(row, at, layout.marked(cell), style)
        elif formula is not None:
            page.write_formula(row, at, formula, style, float(cell.number))
        else:
            page.write_number(row, at, float(cell.number), style)
        return by_rule

    def _formula(self, cell: Cell, line: Line, cells: dict[str, str]) -> str | None:
        if cell.formula_of is None or not line.node.parts:
            return None
        if cell.formula_of == line.node.points:
            return points_formula(self.expressions, line.node.points, cells)
        return self._max_formula(cell, line, cells)

    def _max_formula(self, cell: Cell, line: Line, cells: dict[str, str]) -> str | None:
        """The sum of the maxima below, where the parts just add up and that is the section's own."""
        inner = [node for node in line.node.walk() if node is not line.node]
        if line.node.points not in self.plain or any(n.parts and n.points not in self.plain for n in inner):
            return None
        leaves = [node for node in inner if not node.parts and isinstance(node.max, Fraction) and not node.bonus]
        if sum((n.max for n in leaves if isinstance(n.max, Fraction)), Fraction(0)) != cell.number:
            return None
        maxima = {node.points: cells[f"max {node.points}"] for node in leaves}
        target = "#"
        total = ir.Op("add", tuple(ir.Ref(node.points) for node in leaves))
        return points_formula({target: total}, target, maxima)

    def _height(self, lines: tuple[Line, ...], number: int, widths: list[float]) -> float:
        """Room for the longest wrapped text of a row; what is merged downwards shares its rows."""
        most = 1.0
        for i, cell in enumerate(lines[number].cells):
            if cell is not None and cell.rows == 1:
                most = max(most, _wrapped(cell, sum(widths[i : i + cell.columns])))
        for i in range(len(widths)):
            at = number
            while at > 0 and lines[at].cells[i] is None:
                at -= 1
            cell = lines[at].cells[i]
            if cell is not None and cell.rows > 1 and at + cell.rows > number:
                most = max(most, _wrapped(cell, widths[i]) / cell.rows)
        return min(max(most * LINE_HEIGHT + 7, 22), MOST_HEIGHT)

    def _signatures(self, page: Any, row: int, last: int, width: float) -> int:
        """The places to sign, in one line as wide as the table."""
        texts = [self.words[key] for key in ("sign", "review", "seal", "date")]
        room = int(width * 0.9) - sum(display_width(text) for text in texts)
        gap = "　" * max(room // 2 // (len(texts) - 1), 2)
        self.across(page, row, last, gap.join(texts), self.style(align="left", text_wrap=False), 28)
        return row + 1

    # -- several units

    def units(self) -> None:
        """The ranking, then a sheet for each unit in the order given."""
        page = self.workbook.add_worksheet(self.words["ranking"])
        places = self.book.places()
        names = sheet_names([p.name for p in sorted(places, key=lambda p: p.at)], {self.words["ranking"]})
        placed = [self.unit(sheet, names[at]) for at, sheet in enumerate(self.book.sheets())]
        RankingPage(self, self.book).fill(page, places, placed)
        if self.book.options.chart:
            LossPage(self.workbook, self.style, self.words).several(self.book, places, placed)


def _wrapped(cell: Cell, width: float) -> float:
    """Lines that a text takes in a column so wide."""
    room = max(width - 1.5, 2)
    return float(sum(max(-(-display_width(line) // int(room)), 1) for line in layout.marked(cell).split("\n")))

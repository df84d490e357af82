"""The score sheet as one HTML file: no script, nothing loaded from elsewhere, printed on A4 landscape.

Every text passes through :func:`html_elements.element`, which escapes it; there is no other way into the page.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from rubriclang.diagnostics import Diagnostic
from rubriclang.reports import layout, sheet_notes
from rubriclang.reports.book import Book
from rubriclang.reports.columns import Column
from rubriclang.reports.html_elements import STYLE, Markup, element, joined
from rubriclang.reports.layout import Cell, Line, Loss, Sheet
from rubriclang.reports.score_table import points_text
from rubriclang.reports.wording import WORDS, clean, display_width

NEEDS: tuple[tuple[str, str, str], ...] = ()


def write(book: Book, target: Path) -> tuple[Diagnostic, ...]:
    """Writes the page; several units get a ranking in front."""
    title = clean(book.program.title)
    with target.open("w", encoding="utf-8", newline="\n") as out:
        language = "zh-CN" if book.lang == "zh" else "en"
        out.write(f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n')
        out.write('<meta name="viewport" content="width=device-width,initial-scale=1">\n')
        policy = "default-src 'none'; style-src 'unsafe-inline'"
        out.write(f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n')
        out.write(element("title", title) + f"\n<style>{STYLE}</style>\n</head>\n<body>\n")
        if len(book.outcomes) != 1:
            out.write(_ranking(book) + "\n")
        for at, sheet in enumerate(book.sheets()):
            out.write(_unit(sheet, book, at) + "\n")
        out.write("</body>\n</html>\n")
    return ()


def _unit(sheet: Sheet, book: Book, at: int) -> Markup:
    words = WORDS[book.lang]
    parts = [element("h1", sheet.title)]
    if sheet.unit:
        parts.append(element("p", words["unit"].format(unit=sheet.unit)))
    parts.append(_table(sheet))
    parts.append(element("div", sheet_notes.sum_note(sheet, book.lang), class_="result"))
    notes = [element("p", text) for text in sheet_notes.notes(sheet, book.program, book.lang)]
    parts.append(element("div", *notes, class_="notes"))
    signs = [element("span", words[key]) for key in ("sign", "review", "seal", "date")]
    parts.append(element("div", *signs, class_="sign"))
    if book.options.chart and any(loss.lost for loss in sheet.losses):
        parts.append(_chart(sheet.losses, words["losses"]))
    return element("section", joined(iter(parts)), class_="unit", id=f"unit-{at + 1}")


def _table(sheet: Sheet) -> Markup:
    total = sum(column.width for column in sheet.columns)
    widths = [f"width:{column.width * 100 / total:.2f}%" for column in sheet.columns]
    columns = Markup("".join(f'<col style="{width}">' for width in widths))
    heads = [element("th", column.title, scope="col") for column in sheet.columns]
    rows = [_row(line, sheet.columns) for line in sheet.lines]
    head = element("thead", element("tr", *heads))
    body = element("tbody", joined(iter(rows)))
    return element("table", element("colgroup", columns), head, body)


def _row(line: Line, columns: tuple[Column, ...]) -> Markup:
    cells = [_cell(cell, line, column) for cell, column in zip(line.cells, columns, strict=True) if cell is not None]
    return element("tr", *cells, class_=line.kind)


def _cell(cell: Cell, line: Line, column: Column) -> Markup:
    align = column.align[0]
    if line.kind == "indicator" and column.kind == "level" and column.level == len(line.node.path) > 1:
        align = "l"
    elif line.kind != "indicator":
        align = "c"
    rows = cell.rows if cell.rows > 1 else None
    return element(
        "td", layout.marked(cell), class_=align, rowspan=rows, colspan=cell.columns if cell.columns > 1 else None
    )


def _chart(losses: tuple[Loss, ...], title: str) -> Markup:
    """Bars as an SVG drawing; the lengths are the only numbers that are rounded."""
    most = max(loss.lost for loss in losses)
    left = min(max(display_width(loss.name) for loss in losses), 40) * 6.6 + 12
    bars = []
    for i, loss in enumerate(losses):
        y = 8 + i * 26
        length = float(loss.lost / most) * (660 - left)
        name = loss.name if display_width(loss.name) <= 40 else loss.name[:19] + "…"
        bars.append(element("text", name, x=f"{left - 8:.0f}", y=y + 13, text_anchor="end"))
        if loss.lost:
            bars.append(element("rect", x=f"{left:.0f}", y=y, width=f"{length:.1f}", height=17))
        bars.append(element("text", points_text(loss.lost), x=f"{left + length + 6:.1f}", y=y + 13))
    height = 12 + len(losses) * 26
    drawing = element(
        "svg",
        *bars,
        xmlns="http://www.w3.org/2000/svg",
        width=720,
        height=height,
        viewBox=f"0 0 720 {height}",
        role="img",
        aria_label=title,
    )
    return element("div", element("h2", title), drawing, class_="chart")


def _ranking(book: Book) -> Markup:
    words = WORDS[book.lang]
    parts = [node for node in book.program.root.parts if node.parts]
    titles = [words["rank"], words["unit name"], *(clean(node.title) for node in parts)]
    titles += [words["total name"], words["grade name"]]
    rows = []
    for place in book.places():
        scores = {s.path: s.points for s in place.outcome.sections}
        rank = words["none"] if place.rank is None else str(place.rank)
        link = element("a", place.name, href=f"#unit-{place.at + 1}")
        numbers: list[Fraction | None] = [*(scores.get(node.path) for node in parts), place.outcome.total]
        grade = clean(place.outcome.grade or words["none"])
        cells = [element("td", rank, class_="c"), element("td", link, class_="l")]
        cells += [element("td", points_text(number), class_="c") for number in numbers]
        rows.append(element("tr", *cells, element("td", grade, class_="c")))
    head = element("thead", element("tr", *[element("th", title, scope="col") for title in titles]))
    table = element("table", head, element("tbody", joined(iter(rows))))
    heading = element("h1", f"{clean(book.program.title)}　{words['ranking']}")
    note = element("p", words["ties"])
    return element("section", heading, note, table, class_="ranking")

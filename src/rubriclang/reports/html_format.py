"""The score sheet as one HTML file: no script, nothing loaded from elsewhere, printed on A4 landscape.

Every text passes through :func:`_element`, which escapes it; there is no other way into the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from html import escape
from pathlib import Path

from rubriclang.diagnostics import Diagnostic
from rubriclang.reports import layout
from rubriclang.reports.columns import Column
from rubriclang.reports.layout import Cell, Line, Loss, Sheet
from rubriclang.reports.rendering import Book
from rubriclang.reports.score_table import points_text
from rubriclang.reports.wording import WORDS, clean, display_width

NEEDS: tuple[tuple[str, str, str], ...] = ()

_STYLE = """
:root{--line:#8b9099;--head:#e7e9ec;--soft:#f4f5f7;--loss:#c0504d}
*{box-sizing:border-box}
body{margin:0 auto;max-width:297mm;padding:8mm;color:#111;font:10.5pt/1.5 "Noto Sans CJK SC","Source Han Sans SC",
"Microsoft YaHei","PingFang SC","Hiragino Sans GB","WenQuanYi Micro Hei",SimSun,"宋体",sans-serif}
h1{font-size:17pt;text-align:center;margin:0 0 4mm;font-weight:600}
h2{font-size:12pt;margin:8mm 0 2mm;font-weight:600}
p{margin:1mm 0}
table{border-collapse:collapse;width:100%;table-layout:fixed}
th,td{border:1px solid var(--line);padding:1.2mm 1.6mm;vertical-align:middle;overflow-wrap:anywhere;
white-space:pre-line}
thead th{background:var(--head);font-weight:600}
.c{text-align:center}.r{text-align:right}.l{text-align:left}
.subtotal td,.total td{background:var(--soft);font-weight:600}
.result{border:1px solid var(--line);border-top:0;padding:1.6mm;font-weight:600;white-space:pre-wrap}
.notes{font-size:9pt;color:#444;margin-top:2mm}
.sign{display:flex;justify-content:space-between;gap:8mm;margin:9mm 0 4mm}
.sign span{flex:1;white-space:pre}
.chart{break-inside:avoid}
svg text{font-size:12px;fill:#111}svg rect{fill:var(--loss)}
.unit+.unit,.ranking+.unit{border-top:1px dashed var(--line);margin-top:10mm;padding-top:6mm}
a{color:#1f4e9e}
@page{size:A4 landscape;margin:12mm}
@media print{body{max-width:none;padding:0;font-size:9.5pt}thead{display:table-header-group}
td:not([rowspan]){break-inside:avoid}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.unit+.unit,.ranking+.unit{break-before:page;border:0;margin:0;padding:0}a{color:inherit;text-decoration:none}}
"""


class _Markup(str):
    """Text that is markup already."""


def _element(name: str, *inside: str, **attributes: object) -> _Markup:
    """An element; what it contains is escaped unless an element made it."""
    written = "".join(
        f' {key.strip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    body = "".join(part if isinstance(part, _Markup) else escape(part) for part in inside)
    return _Markup(f"<{name}{written}>{body}</{name}>")


def _joined(parts: Iterator[_Markup]) -> _Markup:
    return _Markup("\n".join(parts))


def write(book: Book, target: Path) -> tuple[Diagnostic, ...]:
    """Writes the page; several units get a ranking in front."""
    title = clean(book.program.title)
    with target.open("w", encoding="utf-8", newline="\n") as out:
        language = "zh-CN" if book.lang == "zh" else "en"
        out.write(f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n')
        out.write('<meta name="viewport" content="width=device-width,initial-scale=1">\n')
        policy = "default-src 'none'; style-src 'unsafe-inline'"
        out.write(f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n')
        out.write(_element("title", title) + f"\n<style>{_STYLE}</style>\n</head>\n<body>\n")
        if len(book.outcomes) != 1:
            out.write(_ranking(book) + "\n")
        for at, sheet in enumerate(book.sheets()):
            out.write(_unit(sheet, book, at) + "\n")
        out.write("</body>\n</html>\n")
    return ()


def _unit(sheet: Sheet, book: Book, at: int) -> _Markup:
    words = WORDS[book.lang]
    parts = [_element("h1", sheet.title)]
    if sheet.unit:
        parts.append(_element("p", words["unit"].format(unit=sheet.unit)))
    parts.append(_table(sheet))
    parts.append(_element("div", layout.sum_note(sheet, book.lang), class_="result"))
    notes = [_element("p", text) for text in layout.notes(sheet, book.program, book.lang)]
    parts.append(_element("div", *notes, class_="notes"))
    signs = [_element("span", words[key]) for key in ("sign", "review", "seal", "date")]
    parts.append(_element("div", *signs, class_="sign"))
    if book.options.chart and any(loss.lost for loss in sheet.losses):
        parts.append(_chart(sheet.losses, words["losses"]))
    return _element("section", _joined(iter(parts)), class_="unit", id=f"unit-{at + 1}")


def _table(sheet: Sheet) -> _Markup:
    total = sum(column.width for column in sheet.columns)
    widths = [f"width:{column.width * 100 / total:.2f}%" for column in sheet.columns]
    columns = _Markup("".join(f'<col style="{width}">' for width in widths))
    heads = [_element("th", column.title, scope="col") for column in sheet.columns]
    rows = [_row(line, sheet.columns) for line in sheet.lines]
    head = _element("thead", _element("tr", *heads))
    body = _element("tbody", _joined(iter(rows)))
    return _element("table", _element("colgroup", columns), head, body)


def _row(line: Line, columns: tuple[Column, ...]) -> _Markup:
    cells = [_cell(cell, line, column) for cell, column in zip(line.cells, columns, strict=True) if cell is not None]
    return _element("tr", *cells, class_=line.kind)


def _cell(cell: Cell, line: Line, column: Column) -> _Markup:
    align = column.align[0]
    if line.kind == "indicator" and column.kind == "level" and column.level == len(line.node.path) > 1:
        align = "l"
    elif line.kind != "indicator":
        align = "c"
    rows = cell.rows if cell.rows > 1 else None
    return _element(
        "td", layout.marked(cell), class_=align, rowspan=rows, colspan=cell.columns if cell.columns > 1 else None
    )


def _chart(losses: tuple[Loss, ...], title: str) -> _Markup:
    """Bars as an SVG drawing; the lengths are the only numbers that are rounded."""
    most = max(loss.lost for loss in losses)
    left = min(max(display_width(loss.name) for loss in losses), 40) * 6.6 + 12
    bars = []
    for i, loss in enumerate(losses):
        y = 8 + i * 26
        length = float(loss.lost / most) * (660 - left)
        name = loss.name if display_width(loss.name) <= 40 else loss.name[:19] + "…"
        bars.append(_element("text", name, x=f"{left - 8:.0f}", y=y + 13, text_anchor="end"))
        if loss.lost:
            bars.append(_element("rect", x=f"{left:.0f}", y=y, width=f"{length:.1f}", height=17))
        bars.append(_element("text", points_text(loss.lost), x=f"{left + length + 6:.1f}", y=y + 13))
    height = 12 + len(losses) * 26
    drawing = _element(
        "svg",
        *bars,
        xmlns="http://www.w3.org/2000/svg",
        width=720,
        height=height,
        viewBox=f"0 0 720 {height}",
        role="img",
        aria_label=title,
    )
    return _element("div", _element("h2", title), drawing, class_="chart")


def _ranking(book: Book) -> _Markup:
    words = WORDS[book.lang]
    parts = [node for node in book.program.root.parts if node.parts]
    titles = [words["rank"], words["unit name"], *(clean(node.title) for node in parts)]
    titles += [words["total name"], words["grade name"]]
    rows = []
    for place in book.places():
        scores = {s.path: s.points for s in place.outcome.sections}
        rank = words["none"] if place.rank is None else str(place.rank)
        link = _element("a", place.name, href=f"#unit-{place.at + 1}")
        numbers: list[Fraction | None] = [*(scores.get(node.path) for node in parts), place.outcome.total]
        grade = clean(place.outcome.grade or words["none"])
        cells = [_element("td", rank, class_="c"), _element("td", link, class_="l")]
        cells += [_element("td", points_text(number), class_="c") for number in numbers]
        rows.append(_element("tr", *cells, _element("td", grade, class_="c")))
    head = _element("thead", _element("tr", *[_element("th", title, scope="col") for title in titles]))
    table = _element("table", head, _element("tbody", _joined(iter(rows))))
    heading = _element("h1", f"{clean(book.program.title)}　{words['ranking']}")
    note = _element("p", words["ties"])
    return _element("section", heading, note, table, class_="ranking")

"""Tables and paragraphs of a score sheet as WordprocessingML.

Written as XML at once: setting merges, widths and borders cell by cell through a library takes seconds a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape

from rubriclang.reports import layout
from rubriclang.reports.book import Book
from rubriclang.reports.columns import Column
from rubriclang.reports.layout import Line, Loss, Sheet
from rubriclang.reports.ranking import Place
from rubriclang.reports.score_table import points_text
from rubriclang.reports.wording import WORDS, clean

FONT = "宋体"
HEAD_FONT = "黑体"
_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SIDES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8B9099"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_MOST_BLOCKS = 24


def element(xml: str) -> Any:
    """The parsed element of a piece of XML."""
    from docx.oxml import parse_xml

    return parse_xml(xml.replace(">", f" {_SPACE}>", 1) if _SPACE not in xml else xml)


def run(text: str, size: float, bold: bool = False, font: str = FONT, color: str = "") -> str:
    """A run of text in half points; line ends become breaks."""
    look = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:hint="eastAsia"/>'
    look += "<w:b/>" if bold else ""
    look += f'<w:color w:val="{color}"/>' if color else ""
    look += f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'
    pieces = [f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in clean(text).split("\n")]
    return f"<w:r><w:rPr>{look}</w:rPr>{'<w:br/>'.join(pieces)}</w:r>"


def paragraph(inside: str, align: str = "left", before: int = 0, after: int = 0, keep: bool = False) -> str:
    """A paragraph around runs; spaces in twentieths of a point."""
    kept = "<w:keepNext/>" if keep else ""
    spacing = f'<w:spacing w:before="{before}" w:after="{after}" w:line="240" w:lineRule="auto"/>'
    return f'<w:p><w:pPr>{kept}{spacing}<w:jc w:val="{align}"/></w:pPr>{inside}</w:p>'


def table(widths: Sequence[int], head: Sequence[str], rows: Iterator[str] | Sequence[str], size: float) -> str:
    """A table with a head that every page repeats; widths in twentieths of a point."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    cells = "".join(
        cell(paragraph(run(text, size, True, HEAD_FONT), "center"), width, fill="E7E9EC")
        for text, width in zip(head, widths, strict=True)
    )
    sides = (("top", 30), ("left", 60), ("bottom", 30), ("right", 60))
    margins = "".join(f'<w:{side} w:w="{gap}" w:type="dxa"/>' for side, gap in sides)
    look = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{_SIDES}</w:tblBorders>'
    look += f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
    top = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"
    return f"<w:tbl {_SPACE}><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{top}{''.join(rows)}</w:tbl>"


def row(cells: str) -> str:
    """A row that no page break cuts."""
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def cell(inside: str, width: int, span: int = 1, merge: str = "", fill: str = "") -> str:
    """A cell; ``merge`` is ``restart`` or ``continue`` where it is part of a vertical merge."""
    look = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    look += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    look += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    look += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return f'<w:tc><w:tcPr>{look}<w:vAlign w:val="center"/></w:tcPr>{inside}</w:tc>'


def scaled(weights: Sequence[float], room: int) -> list[int]:
    """Column widths in the proportions given that fill the room exactly."""
    total = sum(weights) or 1
    widths = [int(weight * room / total) for weight in weights]
    if widths:
        widths[-1] += room - sum(widths)
    return widths


def score_table(sheet: Sheet, room: int, size: float = 9.5) -> str:
    """The table of one unit."""
    widths = scaled([column.width for column in sheet.columns], room)
    rows = (_line(sheet, number, widths, size) for number in range(len(sheet.lines)))
    return table(widths, [column.title for column in sheet.columns], rows, size)


def _line(sheet: Sheet, number: int, widths: list[int], size: float) -> str:
    line = sheet.lines[number]
    cells, at = [], 0
    while at < len(line.cells):
        own = line.cells[at]
        if own is None:
            cells.append(cell(paragraph(""), widths[at], merge="continue"))
            at += 1
            continue
        inside = paragraph(run(layout.marked(own), size, line.kind != "indicator"), _align(line, sheet.columns[at]))
        fill = "" if line.kind == "indicator" or own.rows > 1 else "F4F5F7"
        width = sum(widths[at : at + own.columns])
        cells.append(cell(inside, width, own.columns, "restart" if own.rows > 1 else "", fill))
        at += own.columns
    return row("".join(cells))


def _align(line: Line, column: Column) -> str:
    if line.kind != "indicator":
        return "center"
    if column.kind == "level" and column.level == len(line.node.path) > 1:
        return "left"
    return column.align


def ranking_table(book: Book, places: Sequence[Place], room: int, size: float = 10.5) -> str:
    """The ranking of several units."""
    words = WORDS[book.lang]
    parts = [node for node in book.program.root.parts if node.parts]
    heads = [
        words["rank"],
        words["unit name"],
        *(clean(n.title) for n in parts),
        words["total name"],
        words["grade name"],
    ]
    widths = scaled([1.0, 5.0, *[1.6] * len(parts), 1.6, 1.4], room)
    rows = []
    for place in places:
        scores = {s.path: s.points for s in place.outcome.sections}
        texts = [words["none"] if place.rank is None else str(place.rank), place.name]
        texts += [points_text(scores.get(node.path)) for node in parts]
        texts += [points_text(place.outcome.total), place.outcome.grade or words["none"]]
        cells = [
            cell(paragraph(run(text, size), "left" if i == 1 else "center"), width)
            for i, (text, width) in enumerate(zip(texts, widths, strict=True))
        ]
        rows.append(row("".join(cells)))
    return table(widths, heads, rows, size)


def loss_table(losses: Sequence[Loss], words: dict[str, str], room: int, size: float = 9.5) -> str:
    """Points lost by section, with a bar of blocks for each."""
    most = max(loss.lost for loss in losses)
    widths = scaled([3.0, 1.0, 1.0, 6.0], room)
    rows = []
    for loss in losses:
        blocks = "█" * -(-loss.lost * _MOST_BLOCKS // most) + " " if loss.lost else ""
        bar = (run(blocks, size, color="C0504D") if blocks else "") + run(points_text(loss.lost), size)
        texts = [run(loss.name, size), run(points_text(loss.max), size), run(points_text(loss.points), size), bar]
        aligns = ("left", "center", "center", "left")
        cells = [cell(paragraph(t, a), w) for t, a, w in zip(texts, aligns, widths, strict=True)]
        rows.append(row("".join(cells)))
    return table(widths, [words[key] for key in ("part", "max", "points", "lost")], rows, size)

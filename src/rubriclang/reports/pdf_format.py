"""The score sheet as PDF, set by Typst.

Typst prints boxes for characters it has no font for and reports success, so a Chinese font is looked for first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rubriclang.diagnostics import Diagnostic
from rubriclang.reports import errors, layout, sheet_notes
from rubriclang.reports.book import Book
from rubriclang.reports.layout import Sheet
from rubriclang.reports.score_table import points_text
from rubriclang.reports.wording import WORDS, clean

NEEDS = (("typst", "typst", "pdf"),)

# Families that hold the Chinese characters of a score sheet, the ones made for print first.
CJK_FONTS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans SC",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Source Han Serif CN",
    "Noto Serif SC",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "SimSun",
    "NSimSun",
    "SimHei",
    "FangSong",
    "KaiTi",
    "STSong",
    "Songti SC",
    "Heiti SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Sans CJK TC",
    "Noto Sans CJK JP",
    "Droid Sans Fallback",
    "AR PL UMing CN",
)


def chinese_font(families: Iterable[str]) -> str | None:
    """The best of the families that can print Chinese; None where there is none."""
    there = {family.casefold(): family for family in families}
    return next((there[name.casefold()] for name in CJK_FONTS if name.casefold() in there), None)


def write(book: Book, target: Path) -> tuple[Diagnostic, ...]:
    """Writes the PDF; without a Chinese font it says so and writes nothing."""
    import typst

    font = chinese_font(typst.Fonts().families())
    if font is None:
        return (Diagnostic(errors.NO_CJK_FONT),)
    source = Path(__file__).with_name("pdf_sheet.typ")
    data = json.dumps(_data(book, font), ensure_ascii=False)
    target.write_bytes(typst.compile(str(source), sys_inputs={"book": data}, format="pdf"))
    return ()


def _data(book: Book, font: str) -> dict[str, Any]:
    words = WORDS[book.lang]
    return {
        "font": font,
        "lang": book.lang,
        "title": clean(book.program.title),
        "page": words["page"],
        "losses": words["losses"],
        "ranking": _ranking(book) if len(book.outcomes) != 1 else None,
        "units": [_unit(sheet, book) for sheet in book.sheets()],
    }


def _unit(sheet: Sheet, book: Book) -> dict[str, Any]:
    words = WORDS[book.lang]
    cells = []
    for y, line in enumerate(sheet.lines, 1):
        for x, (cell, column) in enumerate(zip(line.cells, sheet.columns, strict=True)):
            if cell is None:
                continue
            own = line.kind == "indicator" and column.kind == "level" and column.level == len(line.node.path) > 1
            align = "c" if line.kind != "indicator" else "l" if own else column.align[0]
            cells.append(_cell(x, y, layout.marked(cell), align, line.kind != "indicator", cell.rows, cell.columns))
    losses = sheet.losses if book.options.chart and any(loss.lost for loss in sheet.losses) else ()
    most = max((loss.lost for loss in losses), default=None)
    return {
        "title": sheet.title,
        "unit": words["unit"].format(unit=sheet.unit) if sheet.unit else "",
        "widths": [column.width for column in sheet.columns],
        "heads": [column.title for column in sheet.columns],
        "cells": cells,
        "result": sheet_notes.sum_note(sheet, book.lang),
        "notes": sheet_notes.notes(sheet, book.program, book.lang),
        "signs": [words[key] for key in ("sign", "review", "seal", "date")],
        "losses": [
            {"name": loss.name, "share": float(loss.lost / most), "lost": points_text(loss.lost)}
            for loss in losses
            if most
        ],
    }


def _ranking(book: Book) -> dict[str, Any]:
    words = WORDS[book.lang]
    parts = [node for node in book.program.root.parts if node.parts]
    heads = [words["rank"], words["unit name"], *(clean(node.title) for node in parts)]
    heads += [words["total name"], words["grade name"]]
    cells = []
    for y, place in enumerate(book.places(), 1):
        scores = {s.path: s.points for s in place.outcome.sections}
        texts = [words["none"] if place.rank is None else str(place.rank), place.name]
        texts += [points_text(scores.get(node.path)) for node in parts]
        texts += [points_text(place.outcome.total), clean(place.outcome.grade or words["none"])]
        cells += [_cell(x, y, text, "l" if x == 1 else "c", False) for x, text in enumerate(texts)]
    title = f"{clean(book.program.title)}　{words['ranking']}"
    widths = [1.0, 5.0, *[1.6] * len(parts), 1.6, 1.4]
    return {"title": title, "note": words["ties"], "widths": widths, "heads": heads, "cells": cells}


def _cell(x: int, y: int, text: str, align: str, bold: bool, rows: int = 1, columns: int = 1) -> dict[str, Any]:
    return {"x": x, "y": y, "text": text, "align": align, "bold": bold, "rows": rows, "columns": columns}

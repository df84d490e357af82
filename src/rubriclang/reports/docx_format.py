"""The score sheet as a Word document: A4 landscape, merged cells, the head of the table on every page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rubriclang.diagnostics import Diagnostic
from rubriclang.reports import sheet_notes, word_xml as xml
from rubriclang.reports.book import Book
from rubriclang.reports.layout import Sheet
from rubriclang.reports.wording import WORDS, clean

NEEDS = (("docx", "python-docx", "report"),)
_WIDTH, _HEIGHT, _MARGIN = 16838, 11906, 794  # A4 landscape and 1.4 cm, in twentieths of a point
ROOM = _WIDTH - 2 * _MARGIN


def write(book: Book, target: Path) -> tuple[Diagnostic, ...]:
    """Writes the document; with a template, its placeholders are filled instead."""
    if book.options.template is not None:
        from rubriclang.reports.word_template import fill

        return fill(book, book.options.template, target)
    from docx import Document

    document = Document()
    _page(document, book)
    body = document.element.body
    end = body.sectPr
    if len(book.outcomes) != 1:
        title = f"{clean(book.program.title)}　{WORDS[book.lang]['ranking']}"
        end.addprevious(xml.element(xml.paragraph(xml.run(title, 16, False, xml.HEAD_FONT), "center", 0, 120)))
        end.addprevious(xml.element(xml.paragraph(xml.run(WORDS[book.lang]["ties"], 9), after=60)))
        end.addprevious(xml.element(xml.ranking_table(book, book.places(), ROOM)))
    for at, sheet in enumerate(book.sheets()):
        if at or len(book.outcomes) != 1:
            end.addprevious(xml.element('<w:p><w:r><w:br w:type="page"/></w:r></w:p>'))
        for piece in _unit(sheet, book):
            end.addprevious(xml.element(piece))
    document.core_properties.title = clean(book.program.title)
    document.core_properties.author = ""
    document.save(str(target))
    return ()


def _unit(sheet: Sheet, book: Book) -> list[str]:
    """Title, unit, table, result, notes, signatures and the points lost."""
    words = WORDS[book.lang]
    pieces = [xml.paragraph(xml.run(sheet.title, 16, False, xml.HEAD_FONT), "center", 0, 120, keep=True)]
    if sheet.unit:
        pieces.append(xml.paragraph(xml.run(words["unit"].format(unit=sheet.unit), 10.5), after=60, keep=True))
    pieces.append(xml.score_table(sheet, ROOM))
    pieces.append(xml.paragraph(xml.run(sheet_notes.sum_note(sheet, book.lang), 10.5, True), before=100, after=60))
    notes = sheet_notes.notes(sheet, book.program, book.lang)
    pieces += [xml.paragraph(xml.run(text, 9), after=20) for text in notes]
    signs = "　　　　　　".join(words[key] for key in ("sign", "review", "seal", "date"))
    pieces.append(xml.paragraph(xml.run(signs, 10.5), before=360, after=200))
    if book.options.chart and any(loss.lost for loss in sheet.losses):
        head = xml.run(words["losses"], 11, False, xml.HEAD_FONT)
        pieces.append(xml.paragraph(head, before=120, after=60, keep=True))
        pieces.append(xml.loss_table(sheet.losses, words, ROOM * 2 // 3))
        pieces.append(xml.paragraph(""))
    return pieces


def _page(document: Any, book: Book) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Pt, Twips

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Twips(_WIDTH), Twips(_HEIGHT)
    section.left_margin = section.right_margin = Twips(_MARGIN)
    section.top_margin = section.bottom_margin = Twips(_MARGIN)
    style = document.styles["Normal"]
    style.font.name, style.font.size = xml.FONT, Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), xml.FONT)
    footer = section.footer.paragraphs[0]
    before, between, after = _around(WORDS[book.lang]["page"])
    fields = [f'<w:fldSimple w:instr="{name}">{xml.run("1", 9)}</w:fldSimple>' for name in ("PAGE", "NUMPAGES")]
    inside = xml.run(before, 9) + fields[0] + xml.run(between, 9) + fields[1] + (xml.run(after, 9) if after else "")
    footer._p.addnext(xml.element(xml.paragraph(inside, "center")))
    footer._p.getparent().remove(footer._p)


def _around(text: str) -> tuple[str, str, str]:
    """The words before, between and after the two numbers of a page footer."""
    before, _, rest = text.partition("{page}")
    between, _, after = rest.partition("{pages}")
    return before, between, after

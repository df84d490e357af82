"""Fills the placeholders of a user's own Word document.

``{{总分}}``, ``{{等次}}`` and the like may stand anywhere: in paragraphs, tables, headers and footers.
``{{得分表}}``, ``{{失分图}}``, ``{{说明}}`` and ``{{计算过程}}`` take a paragraph of their own. ``{{预算控制率.得分}}``
is a part of one indicator. An English spelling of each is understood too.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from rubriclang.backends.outcome import IndicatorOutcome, Outcome
from rubriclang.diagnostics import Diagnostic
from rubriclang.diagnostics.suggest import closest
from rubriclang.reports import errors, sheet_notes, word_xml as xml
from rubriclang.reports.book import Book
from rubriclang.reports.layout import Sheet
from rubriclang.reports.ranking import ranks
from rubriclang.reports.reasons import reason_text
from rubriclang.reports.score_table import points_text
from rubriclang.reports.word_copies import copies
from rubriclang.reports.wording import WORDS, clean, in_print

MOST_BYTES = 100_000_000  # unpacked; a template is a page or two
_PLACEHOLDER = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
_MOST_DEFAULT_ROOM = 9000

# English, Chinese
VALUES = (
    ("title", "标题"),
    ("unit", "单位"),
    ("total", "总分"),
    ("max", "满分"),
    ("grade", "等次"),
    ("computed", "计算得分"),
    ("judged", "评定得分"),
    ("lost", "扣分"),
    ("result", "结论"),
    ("rank", "名次"),
    ("units", "单位数"),
)
BLOCKS = (("table", "得分表"), ("chart", "失分图"), ("notes", "说明"), ("calculations", "计算过程"))
PARTS = (
    ("points", "得分"),
    ("max", "分值"),
    ("value", "数值"),
    ("band", "适用标准"),
    ("remark", "扣分原因"),
    ("lost", "扣分"),
    ("calculation", "计算过程"),
)


@attrs.frozen
class _Filling:
    """What the placeholders of one unit come to."""

    texts: Mapping[str, str]
    blocks: Mapping[str, Callable[[int], list[str]]]
    indicator: Callable[[str], str | None]
    lang: str


def fill(book: Book, template: Path, target: Path) -> tuple[Diagnostic, ...]:
    """Writes the template with its placeholders filled, once for each unit.

    Unknown placeholders are all reported and nothing is written.
    """
    document, why = _opened(template)
    if why is not None:
        return (why,)
    ranked = ranks(book.outcomes)
    unknown: dict[str, None] = {}
    for at, (roots, sheet) in enumerate(zip(copies(document, len(book.outcomes)), book.sheets(), strict=True)):
        filling = _filling(book, at, ranked[at], sheet)
        for paragraph in list(_paragraphs(roots, document)):
            unknown |= _fill_paragraph(paragraph, filling, document)
        if unknown:
            break  # they are the same for every unit
    known = [pair[0 if book.lang == "en" else 1] for pair in (*VALUES, *BLOCKS)]
    found = []
    for name in unknown:
        guess = closest(name, known)
        params = {"name": name, "known": "、".join([guess] if guess else known)}
        found.append(Diagnostic(errors.UNKNOWN_PLACEHOLDER, params=params))
    if not found:
        document.save(str(target))
    return tuple(found)


def _opened(template: Path) -> tuple[Any, Diagnostic | None]:
    """The document of a template, or why it is none."""
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    def refused(zh: str, en: str) -> tuple[Any, Diagnostic]:
        params = {"name": str(template), "why": zh, "why_en": en}
        params |= {"hint": "在 Word 里另存为 .docx", "hint_en": "save it as .docx in Word"}
        return None, Diagnostic(errors.BAD_TEMPLATE, params=params)

    if not template.is_file():
        return refused("没有这个文件", "no such file")
    try:
        with zipfile.ZipFile(template) as archive:
            if sum(info.file_size for info in archive.infolist()) > MOST_BYTES:
                return refused("文件太大", "it is too large")
        return Document(str(template)), None
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError):
        return refused("不是 Word 文档（docx）", "it is no Word document (docx)")


def _filling(book: Book, at: int, rank: int | None, sheet: Sheet) -> _Filling:
    outcome, words = sheet.outcome, WORDS[book.lang]
    calculations = _Calculations(book, at)
    lost = None if outcome.total is None or outcome.max is None else outcome.max - outcome.total
    result = sheet_notes.sum_note(sheet, book.lang)
    values = (
        sheet.title,
        sheet.unit or "",
        points_text(outcome.total),
        points_text(outcome.max),
        outcome.grade or words["none"],
        points_text(outcome.computed),
        points_text(outcome.judged),
        points_text(lost),
        result,
        str(rank) if rank else words["none"],
        str(len(book.outcomes)),
    )
    texts: dict[str, str] = {}
    for names, value in zip(VALUES, values, strict=True):
        texts |= dict.fromkeys(names, clean(value))

    def lines(found: list[str]) -> list[str]:
        return [xml.paragraph(xml.run(text, 10.5), after=60) for text in found]

    def chart(room: int) -> list[str]:
        if not any(loss.lost for loss in sheet.losses):
            return lines([words["no loss"]])
        return [xml.loss_table(sheet.losses, words, room), xml.paragraph("")]

    made: tuple[Callable[[int], list[str]], ...] = (
        lambda room: [xml.score_table(sheet, room, 9.5 if room > _MOST_DEFAULT_ROOM else 8), xml.paragraph("")],
        chart,
        lambda _room: lines(sheet_notes.notes(sheet, book.program, book.lang)),
        lambda _room: lines(list(calculations.all().values())),
    )
    blocks: dict[str, Callable[[int], list[str]]] = {}
    for names, make in zip(BLOCKS, made, strict=True):
        blocks |= dict.fromkeys(names, make)
    return _Filling(texts, blocks, lambda name: _part(name, outcome, book, calculations), book.lang)


class _Calculations:
    """The sentences of an explanation, computed when a placeholder asks for them."""

    def __init__(self, book: Book, at: int) -> None:
        self.book, self.at = book, at
        self.found: dict[str, str] | None = None

    def all(self) -> dict[str, str]:
        if self.found is None:
            from rubriclang.reports.explanation import sentences

            run = self.book.evaluations.of(self.at)
            self.found = sentences(self.book.outcomes[self.at], self.book.program, run, self.book.lang)
        return self.found


def _part(name: str, outcome: Outcome, book: Book, calculations: _Calculations) -> str | None:
    """``指标.得分``: a part of one indicator, or None where there is no such indicator or part."""
    title, _, part = name.rpartition(".")
    key = next((en for en, zh in PARTS if part in (en, zh)), None)
    found = [i for i in outcome.indicators if title in (i.name, ".".join(i.path))]
    if key is None or len(found) != 1:
        return None
    return _indicator_text(found[0], key, book, calculations)


def _indicator_text(indicator: IndicatorOutcome, key: str, book: Book, calculations: _Calculations) -> str:
    words = WORDS[book.lang]
    match key:
        case "points":
            return words[indicator.reason] if indicator.reason else indicator.label or points_text(indicator.points)
        case "max":
            return points_text(indicator.max)
        case "value":
            return indicator.display or ""
        case "band":
            return in_print(indicator.band or "")
        case "remark":
            return reason_text(indicator, None, book.lang)
        case "lost":
            return points_text(indicator.deduction) if indicator.deduction else "0"
        case _:
            return calculations.all().get("/".join(indicator.path), "")


# -- the document


def _paragraphs(roots: list[Any], document: Any) -> Iterator[Any]:
    """Every paragraph: of the body, of tables inside it, of headers and footers, of text boxes."""
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    for root in roots:
        for element in root.iter(qn("w:p")):
            yield Paragraph(element, document)


def _fill_paragraph(paragraph: Any, filling: _Filling, document: Any) -> dict[str, None]:
    """Fills one paragraph in place; returns the placeholders it does not know."""
    runs = paragraph.runs
    text = "".join(run.text for run in runs)
    wanted = _PLACEHOLDER.findall(text)
    if not wanted:
        return {}
    alone = _PLACEHOLDER.fullmatch(text.strip())
    if alone is not None and alone[1] in filling.blocks:
        for piece in filling.blocks[alone[1]](_room(document)):
            paragraph._p.addprevious(xml.element(piece))
        if paragraph._p.getparent().tag.endswith("}tc"):  # a cell must end in a paragraph
            for run in runs:
                run.text = ""
        else:
            paragraph._p.getparent().remove(paragraph._p)
        return {}
    unknown: dict[str, None] = {}
    for found in reversed(list(_PLACEHOLDER.finditer(text))):
        value = filling.texts.get(found[1])
        value = filling.indicator(found[1]) if value is None else value
        if value is None:
            unknown[found[1]] = None
        else:
            _replace(runs, found.start(), found.end(), clean(value))
    return dict.fromkeys(reversed(unknown))


def _replace(runs: list[Any], start: int, end: int, value: str) -> None:
    """Puts a text in place of a stretch that may lie across runs; it takes the look of the first of them."""
    at = 0
    for run in runs:
        length = len(run.text)
        first, last = max(start - at, 0), min(end - at, length)
        at += length
        if first >= last:
            continue
        run.text = run.text[:first] + value + run.text[last:]
        value = ""
        # What was put in does not count: places are those of the old text.


def _room(document: Any) -> int:
    """The width between the margins, in twentieths of a point."""
    section = document.sections[-1]
    width = section.page_width - section.left_margin - section.right_margin
    return int(width / 635)  # a twentieth of a point is 635 of Word's units

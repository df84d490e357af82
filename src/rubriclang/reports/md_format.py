"""The score sheet as Markdown: a pipe table that any reader of GitHub's dialect shows.

Merged cells do not exist there: what a neighbour above covers stays empty. Texts are escaped, so that a name cannot
become markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from rubriclang.diagnostics import Diagnostic
from rubriclang.reports import layout, sheet_notes
from rubriclang.reports.book import Book
from rubriclang.reports.layout import Line, Sheet
from rubriclang.reports.score_table import points_text
from rubriclang.reports.wording import WORDS, clean

NEEDS: tuple[tuple[str, str, str], ...] = ()
_SPECIAL = re.compile(r"([\\`*_\[\]#|~])")
_MOST_BLOCKS = 30
_START = re.compile(r"^(\s*)([-+>=]|\d+[.)])")


def write(book: Book, target: Path) -> tuple[Diagnostic, ...]:
    """Writes the text; several units get a ranking in front."""
    with target.open("w", encoding="utf-8", newline="\n") as out:
        if len(book.outcomes) != 1:
            out.write("\n".join(_ranking(book)) + "\n")
        for at, sheet in enumerate(book.sheets()):
            out.write(("\n" if at or len(book.outcomes) > 1 else "") + "\n".join(_unit(sheet, book)) + "\n")
    return ()


def _unit(sheet: Sheet, book: Book) -> Iterator[str]:
    words = WORDS[book.lang]
    yield f"# {inline(sheet.title)}"
    yield ""
    if sheet.unit:
        yield _text(words["unit"].format(unit=sheet.unit))
        yield ""
    marks = {"left": ":---", "center": ":---:", "right": "---:"}
    yield _line([column.title for column in sheet.columns])
    yield "|" + "|".join(marks[column.align] for column in sheet.columns) + "|"
    for line in sheet.lines:
        yield _row(line)
    yield ""
    yield f"**{inline(sheet_notes.sum_note(sheet, book.lang))}**"
    yield ""
    for note in sheet_notes.notes(sheet, book.program, book.lang):
        yield f"- {inline(note)}"
    yield ""
    yield "　　".join(words[key] + "＿＿＿＿＿＿" for key in ("sign", "review", "seal")) + "　　" + words["date"]
    most = max((loss.lost for loss in sheet.losses), default=None)
    if book.options.chart and most:
        yield ""
        yield f"## {words['losses']}"
        yield ""
        yield _line([words[key] for key in ("part", "max", "points", "lost")] + [""])
        yield "|:---|:---:|:---:|:---:|:---|"
        for loss in sheet.losses:
            bar = "█" * -(-loss.lost * _MOST_BLOCKS // most) if loss.lost else ""
            yield _line([loss.name, *(points_text(n) for n in (loss.max, loss.points, loss.lost)), bar])


def _row(line: Line) -> str:
    texts = ["" if cell is None else layout.marked(cell) for cell in line.cells]
    row = [inline(text) for text in texts]
    if line.kind != "indicator":
        row = [f"**{text}**" if text else "" for text in row]
    return "| " + " | ".join(row) + " |"


def _line(texts: Sequence[str]) -> str:
    return "| " + " | ".join(inline(text) for text in texts) + " |"


def inline(text: str) -> str:
    """A text inside a cell or line: escaped, its line ends as ``<br>``."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\1", escaped).replace("\n", "<br>")


def _text(text: str) -> str:
    """A paragraph: what would start a list or a heading is escaped as well."""
    return _START.sub(r"\1\\\2", inline(text))


def _ranking(book: Book) -> Iterator[str]:
    words = WORDS[book.lang]
    parts = [node for node in book.program.root.parts if node.parts]
    yield f"# {inline(clean(book.program.title))}　{words['ranking']}"
    yield ""
    yield words["ties"]
    yield ""
    titles = [clean(node.title) for node in parts]
    yield _line([words["rank"], words["unit name"], *titles, words["total name"], words["grade name"]])
    yield "|:---:|:---|" + ":---:|" * (len(parts) + 2)
    for place in book.places():
        scores = {s.path: s.points for s in place.outcome.sections}
        rank = words["none"] if place.rank is None else str(place.rank)
        numbers = [points_text(scores.get(node.path)) for node in parts] + [points_text(place.outcome.total)]
        yield _line([rank, place.name, *numbers, clean(place.outcome.grade or words["none"])])

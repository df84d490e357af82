"""Rubrics in two layouts: the canonical one, written here by hand, and one of the many that a person might type.

A line is a pattern. In it ``_`` is a blank that may be left out and is canonical, ``'`` one that may be typed and is
not canonical, a space is a blank that must stand; marks stand in their canonical form, and ``⟦…⟧`` holds what is copied
as it is. ``tidy`` reads a pattern as canonical text, ``untidy`` draws a way to type it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal
from unicodedata import east_asian_width

from hypothesis import strategies as st

_VERBATIM = re.compile("⟦([^⟧]*)⟧")
_PARTS = re.compile("⟦[^⟧]*⟧|->|<=|>=|!=|\n|.")
_BLANKS = ("", "", " ", " ", "  ", "　", "\t", "\u00a0")
_GLYPHS: dict[str, tuple[str, ...]] = {
    "->": ("->", "->", "→", "=>", "－＞", "-》", "—>"),
    "：": ("：", ":", "∶", "﹕"),
    "，": ("，", ",", "﹐"),
    "；": ("；", ";", "。", "﹔", " ； "),
    "（": ("（", "(", "［", "〔"),
    "）": ("）", ")", "]", "〕"),
    "、": ("、", "|", "｜"),
    "≤": ("≤", "<=", "≦", "＜＝", "⩽"),
    "≥": ("≥", ">=", "≧", "》=", "⩾"),
    "≠": ("≠", "!=", "<>"),
    "×": ("×", "*", "✕", "＊"),
    "/": ("/", "÷", "／", "∕"),
    "-": ("-", "－", "−", "–", "—"),
    "=": ("=", "＝", "﹦"),
    "+": ("+", "＋"),
    ">": (">", "＞", "》", "〉"),
    "<": ("<", "＜", "《"),
    "%": ("%", "％", "﹪"),
    "~": ("~", "～", "∼"),
    "#": ("#", "#", "＃"),
    "＼": ("＼", "\\"),
    "^": ("^", "＾"),
} | {digit: (digit, digit, digit, chr(ord(digit) + 0xFEE0)) for digit in "0123456789"}
_ENGLISH = dict(zip((":", ",", ";", "(", ")", "<=", ">=", "!=", "*"), "：，；（）≤≥≠×", strict=True))

Gap = Literal["must", "none", "keep"]


@dataclass(frozen=True)
class Line:
    """A pattern; what stands above it in the canonical text (``must``: a blank line; the others: none); its comments.

    Where ``gap`` is ``none`` a blank line may be typed and goes; where it is ``keep`` it would be the writer's to say.
    """

    pattern: str
    gap: Gap = "keep"
    comment: str = ""
    above: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """Rows of cells, each a pattern; the first row is the header."""

    rows: tuple[tuple[str, ...], ...]
    gap: Gap = "keep"


@dataclass
class Layout:
    """One rubric, twice."""

    tidy: str
    untidy: str
    lines: list[Line | Table] = field(default_factory=list)


def tidy(pattern: str) -> str:
    """The canonical text of a pattern."""
    return "".join(
        part[1:-1] if part[0] == "⟦" else {"_": " ", "'": ""}.get(part, part) for part in _PARTS.findall(pattern)
    )


def untidy(draw: st.DrawFn, pattern: str, cell: bool = False) -> str:
    """One way to type a pattern."""
    typed = []
    for part in _PARTS.findall(pattern):
        key = _ENGLISH.get(part, part)
        if part[0] == "⟦":
            typed.append(part[1:-1])
        elif part in "_'":
            typed.append(draw(st.sampled_from(_BLANKS)))
        elif part == " ":
            typed.append(draw(st.sampled_from([blank for blank in _BLANKS if blank])))
        elif key in _GLYPHS and not (cell and key == "、"):
            typed.append(draw(st.sampled_from(_GLYPHS[key])))
        else:
            typed.append(part)
    return "".join(typed)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def _tidy_table(table: Table) -> list[str]:
    grid = [[tidy(cell) for cell in row] for row in table.rows]
    widths = [max(_width(row[i]) for row in grid) for i in range(len(grid[0]))]
    rows = [
        "| " + " | ".join(text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True)) + " |"
        for row in grid
    ]
    return [rows[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *rows[1:]]


def _untidy_table(draw: st.DrawFn, table: Table) -> list[str]:
    lines = []
    for row in table.rows:
        bar = draw(st.sampled_from(["|", "｜", "│"]))
        cells = [untidy(draw, f"'{cell}'", cell=True) for cell in row]
        lines.append(bar + bar.join(cells) + bar)
    if draw(st.booleans()):
        lines.insert(1, "|" + "|".join("-" * draw(st.integers(2, 9)) for _ in table.rows[0]) + "|")
    return lines


def layout(draw: st.DrawFn, lines: list[Line | Table]) -> Layout:
    """The canonical text of the lines, and a typed one."""
    neat: list[str] = []
    typed: list[str] = []
    for number, line in enumerate(lines):
        if line.gap == "must" and number:
            neat.append("")
        if number and (line.gap == "none" or (line.gap == "must" and draw(st.booleans()))):
            typed += [draw(st.sampled_from(["", " ", "　"]))] * draw(st.sampled_from([0, 0, 1, 3]))
        if isinstance(line, Table):
            neat += _tidy_table(line)
            typed += _untidy_table(draw, line)
            continue
        indent = draw(st.sampled_from(["", "", "", "  ", "\t", "　　"]))
        end = draw(st.sampled_from(["", "", "", " ", "；", " ;"])) if _may_end(line) else ""
        neat += [*line.above, tidy(line.pattern) + (f"  {line.comment}" if line.comment else "")]
        behind = draw(st.sampled_from(["", " ", "    "])) + line.comment if line.comment else ""
        typed += [*(indent + above for above in line.above), indent + untidy(draw, line.pattern) + end + behind]
    newline = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    last = draw(st.sampled_from(["", newline, newline * 3]))
    return Layout("\n".join(neat) + "\n", newline.join(typed) + last, lines)


def _may_end(line: Line) -> bool:
    """A text runs to the end of its line, and would take a ``；`` in."""
    return not line.pattern.endswith("⟧") or line.pattern.startswith("-")

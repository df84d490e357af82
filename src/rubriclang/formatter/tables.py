"""Pipe tables with their columns under one another, by display width."""

from __future__ import annotations

from collections.abc import Sequence

from rubriclang.formatter.marks import Marks
from rubriclang.formatter.phrases import cell
from rubriclang.formatter.pieces import Line, Text
from rubriclang.source import display_width


def table(lines: Sequence[Line], text: Text, marks: Marks) -> list[str]:
    """The rows of one table, its rule after the header; empty cells of the body become ``-``."""
    rule = next((line for line in lines if line.rule), None)
    grid = [_cells(line, number, text, marks) for number, line in enumerate(line for line in lines if not line.rule)]
    widths = [max(display_width(said) for said in column) for column in zip(*grid, strict=True)]
    colons = [(text.folded[at], text.folded[stop - 1]) for at, stop in rule.cells] if rule else []
    colons = (colons + [("-", "-")] * len(widths))[: len(widths)]
    padded = [[_pad(*one) for one in zip(row, widths, colons, strict=True)] for row in grid]
    rows = [f"| {' | '.join(row)} |" for row in padded]
    bars = [f"{left}{'-' * width}{right}" for width, (left, right) in zip(widths, colons, strict=True)]
    return [*rows[:1], "|" + "|".join(bars) + "|", *rows[1:]]


def _cells(line: Line, number: int, text: Text, marks: Marks) -> list[str]:
    if line.facts:
        return [text.source.text[at:stop] for at, stop in line.cells]
    said = [cell(*place, text, marks) for place in line.cells]
    return [one or "-" for one in said] if number else said


def _pad(said: str, width: int, colons: tuple[str, str]) -> str:
    blanks = " " * (width - display_width(said))
    return blanks + said if colons == ("-", ":") else said + blanks

"""Pipe tables: a header, and rows whose first cell is a pattern and whose others are awards."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import attrs

from rubriclang.source import Span
from rubriclang.syntax import errors, nodes as n
from rubriclang.syntax.cutting import trim
from rubriclang.syntax.statements import Statements

_BLANK = ("", "-")
_ACROSS = re.compile(r"\\")
_RULE = re.compile(r":?-{2,}:?")


def row_cells(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """The places of the cells of a table row ``[start, end)`` that begins with ``|``; none where it is a lone ``|``."""
    edges = [i for i in range(start, end) if folded[i] == "|"]
    if edges == [end - 1]:
        return []
    if edges[-1] != end - 1:
        edges.append(end)
    return [trim(folded, left + 1, right) or (left + 1, left + 1) for left, right in pairwise(edges)]


def is_rule(folded: str, cells: list[tuple[int, int]]) -> bool:
    """Whether a row is the rule under a Markdown table's header, which says nothing."""
    return all(_RULE.fullmatch(folded, at, stop) for at, stop in cells)


def read_table(statements: Statements, rows: list[list[tuple[int, int]]]) -> n.Table | None:
    """The table of rows of cell places; None when any cell cannot be read (and says why)."""
    folded = statements.folded
    before = len(statements.diagnostics)
    header, body = rows[0], rows[1:]
    span = Span(rows[0][0][0], rows[-1][-1][1])
    corner, across = _corner(statements, header[0])
    columns = []
    for at, stop in header[1:]:
        parsed = statements.parse("formula", at, stop)
        if parsed is not None:
            columns.append(n.TableColumn(parsed, Span(at, stop)))
    lines = []
    for row in body:
        if len(row) != len(header):
            found, expected = str(len(row)), str(len(header))
            statements.report(errors.BAD_TABLE, row[0][0], row[-1][1], found=found, expected=expected)
            continue
        pattern = statements.parse("pattern", *row[0])
        cells: list[Any] = []
        for at, stop in row[1:]:
            cells.append(None if folded[at:stop] in _BLANK else statements.parse("award", at, stop))
        if pattern is not None:
            lines.append(n.TableLine(pattern, tuple(cells), Span(row[0][0], row[-1][1])))
    if len(statements.diagnostics) > before:
        return None
    return n.Table(corner, across, tuple(columns), tuple(lines), span)


def _corner(statements: Statements, cell: tuple[int, int]) -> tuple[Any, Any]:
    at, stop = cell
    if at == stop:
        return None, None
    mark = _ACROSS.search(statements.folded, at, stop)
    if mark is None:
        return statements.parse("formula", at, stop), None
    return statements.parse("formula", at, mark.start()), statements.parse("formula", mark.end(), stop)


def _filled(text: str) -> str:
    """What a cell says; a dash says as little as a blank."""
    return "" if text in _BLANK else text


def read_facts(statements: Statements, given: n.GivenTable, rows: list[list[tuple[int, int]]]) -> n.GivenTable:
    """A table of facts with the texts of its cells; rows as long as the header only, others are reported."""
    text = statements.source.text
    cells = [tuple(n.Cell(_filled(text[at:stop]), Span(at, stop)) for at, stop in row) for row in rows]
    whole = []
    for row in cells[1:]:
        if len(row) == len(cells[0]):
            whole.append(row)
            continue
        found, expected = str(len(row)), str(len(cells[0]))
        statements.report(errors.BAD_TABLE, row[0].span.start, row[-1].span.end, found=found, expected=expected)
    return attrs.evolve(given, header=cells[0], rows=tuple(whole), span=given.span.to(cells[-1][-1].span))

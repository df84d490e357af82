"""Finds the header of a sheet: what its columns are called, and so what kind of sheet it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from functools import cached_property
from typing import Literal

import attrs

from rubriclang.facts.document import Grid, Scalar
from rubriclang.ir.notation import header_key
from rubriclang.source import Span, Workbook

Role = Literal["facts", "judged", "claims", "table"]

_LOOKED_AT = 30  # rows in which a header is sought
_WORDS: dict[str, frozenset[str]] = {
    "name": frozenset({"名称", "数据", "数据名称", "填报内容", "name", "fact"}),
    "value": frozenset({"数值", "值", "填报数", "value"}),
    "measure": frozenset({"单位", "计量单位", "unit", "measure"}),
    "source": frozenset({"来源", "数据来源", "source"}),
    "note": frozenset({"备注", "note"}),
    "item": frozenset({"指标", "指标名称", "评定指标", "indicator"}),
    "tick": frozenset({"清单项", "清单", "tick"}),
    "points": frozenset({"得分", "评定", "评定得分", "points"}),
    "by": frozenset({"评定人", "by"}),
    "evidence": frozenset({"依据", "评定依据", "evidence"}),
    "claim": frozenset({"自报得分", "自报", "claim", "claims"}),
    "unit": frozenset({"单位", "单位名称", "填报单位", "部门", "unit", "unitname"}),
    "title": frozenset({"名称", "name"}),
}
UNIT_WORDS = _WORDS["unit"]


@attrs.frozen(slots=False)
class Header:
    """The header row of a sheet: its number, and where each kind of column stands."""

    grid: Grid
    at: int  # index into the rows of the grid
    columns: dict[int, Scalar]
    places: dict[str, int]

    def rows(self) -> Iterator[tuple[int, dict[int, Scalar]]]:
        """The rows below the header."""
        yield from self.grid.rows[self.at + 1 :]

    def above(self) -> Iterator[tuple[int, dict[int, Scalar]]]:
        """The rows above the header, where titles and the name of the unit stand."""
        yield from self.grid.rows[: self.at]

    @cached_property
    def _areas(self) -> dict[int, list[tuple[int, int]]]:
        """For each column the merged areas of more than one row that cover it, by first row."""
        areas: dict[int, list[tuple[int, int]]] = {}
        for top, left, bottom, right in self.grid.merged:
            if bottom > top:
                for column in range(left, min(right, left + 63) + 1):
                    areas.setdefault(column, []).append((top, bottom))
        return {column: sorted(found) for column, found in areas.items()}

    @cached_property
    def _by_number(self) -> dict[int, dict[int, Scalar]]:
        return dict(self.grid.rows)

    def covering(self, row: int, column: int) -> Scalar | None:
        """What stands in the first cell of a merged area that reaches down into this cell from above."""
        areas = self._areas.get(column, [])
        at = bisect_right(areas, (row, -1)) - 1
        if at >= 0 and areas[at][0] < row <= areas[at][1]:
            return self._by_number.get(areas[at][0], {}).get(column)
        return None

    def cell(self, cells: dict[int, Scalar], row: int, column: int) -> Scalar:
        """A cell; a blank one with its place where nothing stands there."""
        found = cells.get(column)
        return found if found is not None else Scalar("", span=self.span(row, column))

    def span(self, row: int, column: int) -> Span:
        """The span of a cell of this sheet."""
        return Workbook.cell(self.grid.index, row, column)


def key(text: str) -> str:
    """A header as it is compared: without brackets, blanks and marks."""
    return header_key(re.sub(r"[(（][^()（）]*[)）]\s*$", "", text)).strip("*＊:：").lower()


def kind_of(grid: Grid) -> tuple[Role, Header] | None:
    """What kind of sheet a grid is, by its header; None where none of the known headers stands in it."""
    looked_at = []
    for at, (_, cells) in enumerate(grid.rows[:_LOOKED_AT]):
        keys: dict[str, int] = {}
        for column, scalar in cells.items():
            keys.setdefault(key(scalar.text), column)
        looked_at.append((at, cells, keys))
    for role, wanted in _ROLES:
        found = [Header(grid, at, dict(cells), p) for at, cells, keys in looked_at if (p := _places(keys, wanted))]
        if role == "table":  # 单位：某局 over a table is no header of it
            found = sorted((h for h in found if len(h.columns) > 1), key=lambda h: -len(h.columns))
        if found:
            return role, found[0]
    return None


_ROLES: tuple[tuple[Role, tuple[tuple[str, bool], ...]], ...] = (
    (
        "facts",
        (
            ("name", True),
            ("value", True),
            ("measure", False),
            ("source", False),
            ("note", False),
            ("tick", False),
            ("by", False),
        ),
    ),
    (
        "judged",
        (
            ("item", True),
            ("points", True),
            ("tick", False),
            ("by", False),
            ("evidence", False),
            ("note", False),
        ),
    ),
    ("claims", (("item", True), ("claim", True))),
    ("table", (("unit", True),)),
    ("table", (("title", True),)),
)


def _places(keys: dict[str, int], wanted: tuple[tuple[str, bool], ...]) -> dict[str, int] | None:
    places: dict[str, int] = {}
    for word, needed in wanted:
        column = next((keys[spelling] for spelling in keys if spelling in _WORDS[word]), None)
        if column is not None:
            places[word] = column
        elif needed:
            return None
    return places


def best_header(grid: Grid, names: Collection[str]) -> Header | None:
    """The row that names most of the columns asked for (given as keys); None where no row names any."""
    best: tuple[int, int] | None = None
    for at, (_, cells) in enumerate(grid.rows[:_LOOKED_AT]):
        count = sum(header_key(scalar.text) in names or key(scalar.text) in names for scalar in cells.values())
        if count and (best is None or count > best[0]):
            best = (count, at)
    if best is None:
        return None
    cells = grid.rows[best[1]][1]
    units = [column for column, scalar in cells.items() if key(scalar.text) in UNIT_WORDS]
    return Header(grid, best[1], dict(cells), {"unit": units[0]} if units else {})


def labelled(header: Header, words: Collection[str]) -> Scalar | None:
    """What stands to the right of a label above the header, or behind a colon in the same cell."""
    for _, cells in header.above():
        columns = sorted(cells)
        for i, column in enumerate(columns):
            text = cells[column].text.strip()
            if key(text) in words:
                return cells[columns[i + 1]] if i + 1 < len(columns) else None
            label, mark, rest = text.replace("：", ":").partition(":")
            if mark and rest.strip() and key(label) in words:
                return attrs.evolve(cells[column], text=rest.strip())
    return None

"""Turns a table of units, a row each, into the roots of as many documents: columns are sorted once, rows one by one."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from rubriclang.facts.document import Document, Fields, Items, Raw, Scalar
from rubriclang.facts.errors import DUPLICATE_FACT
from rubriclang.facts.sheets import errors
from rubriclang.facts.sheets.headers import Header, key
from rubriclang.facts.sheets.layout import Layout, list_rows, sort_sheets, stray, suggestion, value_of
from rubriclang.facts.sheets.names import Names
from rubriclang.source import Workbook

_NOTES = frozenset({"序号", "备注", "来源", "依据", "no", "note", "source"})  # columns that say nothing

Rows = dict[str, dict[str, list[Raw]]]


@attrs.frozen
class _Columns:
    facts: dict[int, Scalar]
    judged: dict[int, Scalar]


def units_in(document: Document, names: Names) -> tuple[tuple[Fields, ...], Layout]:
    """The roots of all units of a file; rows that belong to no unit stand among the findings of the layout."""
    layout = sort_sheets(document, names)
    lists = {name: list_rows(layout, name) for name in layout.lists}
    roots: list[Fields] = []
    tables = [header for role, header in layout.headers if role == "table"]
    for header in [*tables, *([layout.population] if layout.population is not None else [])]:
        roots += [root for root in unit_roots(layout, header, lists) if root is not None]
    return tuple(roots), layout


def unit_roots(layout: Layout, header: Header, lists: Rows) -> Iterator[Fields | None]:
    """The root of each row: 单位, 数据 with its lists, 评定; None for a row of no unit."""
    columns = _sorted(layout, header)
    place = header.places.get("unit", header.places.get("title", 0))
    first: dict[str, str] = {}
    for number, cells in header.rows():
        filled = any(column in cells for column in (*columns.facts, *columns.judged))
        name = cells.get(place)
        if name is None or name.blank:
            if filled:
                layout.report(errors.UNIT_WITHOUT_NAME, header.span(number, place))
                yield None
            continue
        title = name.text.strip()
        if title in first:
            layout.report(errors.UNIT_TWICE, name.span, name=title, other=first[title])
            yield None
            continue
        source = layout.document.source
        first[title] = source.address(name.span) if isinstance(source, Workbook) and name.span is not None else "?"
        stray(layout, header, number, cells)
        facts: list[tuple[Scalar, Raw]] = [
            (head, value_of(header, cells, number, column)) for column, head in columns.facts.items()
        ]
        for listed, rows in lists.items():
            if title in rows or listed in layout.empty:
                facts.append((Scalar(listed, span=name.span), Items(tuple(rows.get(title, ())))))
        judged = tuple((head, value_of(header, cells, number, column)) for column, head in columns.judged.items())
        items: list[tuple[Scalar, Raw]] = [(Scalar("单位"), name), (Scalar("数据"), Fields(tuple(facts)))]
        if judged:
            items.append((Scalar("评定"), Fields(judged)))
        yield Fields(tuple(items), name.span)


def _sorted(layout: Layout, header: Header) -> _Columns:
    """The columns that are facts and those that are judged; what is neither, or twice, is reported at the header."""
    names = layout.names
    facts: dict[int, Scalar] = {}
    judged: dict[int, Scalar] = {}
    seen: dict[str, list[int]] = {}
    for column, scalar in sorted(header.columns.items()):
        fact = names.fact(scalar.text)
        if column in (header.places.get("unit"), header.places.get("title")) and fact is None:
            continue
        item = names.judged(scalar.text)
        if fact is not None:
            facts[column] = scalar
            seen.setdefault(fact, []).append(column)
        elif item is not None:
            judged[column] = attrs.evolve(scalar, text=item)
            seen.setdefault(f"评定 {item}", []).append(column)
        elif key(scalar.text) not in _NOTES:
            known = [*names.facts.values(), *(each.rpartition("/")[2] for each in names.items)]
            layout.report(errors.UNKNOWN_COLUMN, scalar.span, name=scalar.text, **suggestion(scalar.text, known))
    for columns in seen.values():
        if len(columns) > 1:
            line = str(header.grid.rows[header.at][0] + 1)
            layout.report(
                DUPLICATE_FACT, header.columns[columns[1]].span, name=header.columns[columns[1]].text, line=line
            )
            for column in columns:
                facts.pop(column, None)
                judged.pop(column, None)
    return _Columns(facts, judged)

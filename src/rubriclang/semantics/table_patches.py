"""A table of an edition on one of its base: cell by cell."""

from __future__ import annotations

import attrs

from rubriclang.syntax import nodes as n


def patched(base: n.Table, edition: n.Table) -> n.Table:
    """A table with the cells, rows and columns of another in place of its own; a blank cell changes nothing.

    New rows stand before 否则; new columns behind the others.
    """
    headers = [column.header for column in base.columns]
    columns = base.columns + tuple(column for column in edition.columns if column.header not in headers)
    places = [[column.header for column in columns].index(column.header) for column in edition.columns]

    def laid(row: n.TableLine | None, own: n.TableLine | None) -> n.TableLine:
        cells = list(row.cells if row is not None else ()) + [None] * len(columns)
        for place, cell in zip(places, own.cells if own is not None else (), strict=False):
            cells[place] = cell if cell is not None else cells[place]
        kept = own or row
        assert kept is not None
        return attrs.evolve(kept, cells=tuple(cells[: len(columns)]))

    own_rows = {row.pattern: row for row in edition.rows}
    base_patterns = {row.pattern for row in base.rows}
    new = [laid(None, row) for row in edition.rows if row.pattern not in base_patterns]
    rows: list[n.TableLine] = []
    for row in base.rows:
        if isinstance(row.pattern, n.Otherwise):
            rows += new
            new = []
        rows.append(laid(row, own_rows.get(row.pattern)))
    return attrs.evolve(edition, columns=columns, rows=(*rows, *new))

"""Tables as piecewise functions: each column is a list of rows that holds under the condition of its header."""

from __future__ import annotations

from rubriclang.ir import nodes as ir
from rubriclang.semantics import errors
from rubriclang.semantics.expressions import Elaborator
from rubriclang.syntax import nodes as n


def column_rows(table: n.Table, index: int) -> list[n.Row]:
    """The rows of one column; blank cells say nothing."""
    rows = []
    for line in table.rows:
        award = line.cells[index]
        if award is not None:
            rows.append(n.Row(line.pattern, award, span=award.span))
    return rows


def reversed_rows(table: n.Table, index: int) -> list[n.Row]:
    """The rows of one column of a table whose first column holds the results and whose cells the break points."""
    rows = []
    for line in table.rows:
        cell = line.cells[index]
        if not isinstance(cell, n.PointsAward) or not isinstance(line.pattern, n.Listed):
            continue
        at = n.Listed((cell.value,), span=cell.span)
        rows.append(n.Row(at, n.PointsAward(line.pattern.values[0], span=line.pattern.span), span=cell.span))
    return rows


def column_test(e: Elaborator, table: n.Table, index: int) -> ir.Expr | None:
    """When a column holds: its header is a condition, or a value of what stands after ``＼`` in the corner."""
    column = table.columns[index]
    if table.across is not None:
        typed = e.compare("=", table.across, None, column.header, column.span)
        return None if typed is None else typed[0]
    if isinstance(column.header, n.Comparison | n.And | n.Or | n.Not):
        return e.condition(column.header)
    hint = (
        "表头写条件（类型 = 居住），或在左上角写明横向是什么（值＼类型）",
        "make each header a condition (kind = home), or name what runs across in the corner (value \\ kind)",
    )
    e.report(errors.MISPLACED, column.span, hint=hint[0], hint_en=hint[1])
    return None

"""Fills a template as a person would: values go into the cells that are not locked, found by the texts around them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl

from rubriclang.driver import Rubric
from rubriclang.facts.binding import FactSet
from rubriclang.ir.values import Reason


def number(value: Fraction) -> float | str:
    """A number as typed into a cell: a double where it can hold it, else a text such as 1/3."""
    denominator = value.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    if denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return float(exact) if len(exact.as_tuple().digits) <= 15 else format(exact, "f")


def typed(value: Any) -> Any:
    """A value as openpyxl takes it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Fraction):
        return number(value)
    if isinstance(value, date):
        return value
    return {">=": "≥", "<=": "≤"}.get(value, value)


def put(sheet: Any, row: int, column: int, value: Any) -> None:
    cell = sheet.cell(row, column)
    assert not cell.protection.locked, f"{sheet.title}!{cell.coordinate} is locked"
    cell.value = typed(value)
    if isinstance(cell.value, str):
        cell.data_type = "s"  # "=" is a sign of comparison here


def row_of(sheet: Any, text: str, column: int = 1, tick: str | None = None) -> int:
    """The row whose cell says this text (and, of a checklist, that item)."""
    for row in range(1, sheet.max_row + 1):
        if sheet.cell(row, column).value == text and (tick is None or (sheet.cell(row, 2).value or "") == tick):
            return row
    raise AssertionError(f"no row {text!r} in {sheet.title}")


def heads_of(sheet: Any, wanted: str) -> tuple[int, dict[str, int]]:
    """The header row that has this text, and its columns by name without the unit in brackets."""
    for row in range(1, 12):
        heads = {str(c.value).split("（")[0]: c.column for c in sheet[row] if c.value is not None}
        if wanted in heads:
            return row, heads
    raise AssertionError(f"no header {wanted!r} in {sheet.title}")


def fill(path: Path, rubric: Rubric, facts: FactSet) -> None:
    """Fills the template at ``path`` with these facts."""
    book = openpyxl.load_workbook(path)
    sheet = book["数据"]
    if facts.unit is not None:
        put(sheet, row_of(sheet, "单位名称"), 2, facts.unit)
    for name, value in facts.values.items():
        assert not isinstance(value, Reason)
        put(sheet, row_of(sheet, name), 2, value)
    for item, points in facts.judged.items():
        page = book["评定"]
        title = item.rpartition("/")[2]
        names = [each.rpartition("/")[2] for each in rubric.schema.judged]
        put(page, row_of(page, title if names.count(title) == 1 else item.replace("/", "."), tick=""), 4, points)
    if rubric.program.needs_population:
        _population(book["各单位"], rubric, facts.others)
    everybody = [facts, *facts.others]
    for listed in rubric.program.lists:
        page = book[listed.name]
        at, heads = heads_of(page, listed.columns[0].name)
        at += 1
        for unit in everybody:
            rows = unit.lists.get(listed.name)
            if rows == () and unit is facts:
                put(page, row_of(page, "一行也没有时填无"), 2, "无")
            for values in rows or ():
                if rubric.program.needs_population:
                    put(page, at, heads["单位名称"], unit.unit)
                for name, value in values.items():
                    put(page, at, heads[name], value)
                at += 1
    book.save(path)


def _population(sheet: Any, rubric: Rubric, others: tuple[FactSet, ...]) -> None:
    at, heads = heads_of(sheet, "单位")
    for row, other in enumerate(others, at + 1):
        put(sheet, row, heads["单位"], other.unit)
        for name, value in other.values.items():
            put(sheet, row, heads[name], value)
        for item, points in other.judged.items():
            put(sheet, row, heads[f"评定：{item.rpartition('/')[2]}"], points)


def values_of(facts: FactSet) -> Mapping[str, Any]:
    """Everything a fact set says, for comparison."""
    return {
        "unit": facts.unit,
        "values": dict(facts.values),
        "judged": dict(facts.judged),
        "lists": {name: [dict(row) for row in rows] for name, rows in facts.lists.items()},
        "others": [values_of(other) for other in facts.others],
    }

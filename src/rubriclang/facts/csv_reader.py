"""Reads CSV fact files of one unit: the columns 名称 and 数值, and 单位 and 来源 where they are."""

from __future__ import annotations

import csv
import io

from rubriclang.diagnostics import Diagnostic
from rubriclang.facts import errors
from rubriclang.facts.document import Document, Fields, Raw, Scalar
from rubriclang.source import Source, Span

SUFFIXES = (".csv",)
_NAME = ("名称", "数据", "name", "fact")
_VALUE = ("数值", "值", "value")
_UNIT = ("单位", "unit")


def read(source: Source) -> Document:
    """The document of a CSV text; a unit in its own column is joined to the value."""
    try:
        rows = list(csv.reader(io.StringIO(source.text, newline="")))
    except csv.Error as error:
        reason = {"why": "不是合格的 CSV", "why_en": f"not valid CSV: {error}", "hint": "", "hint_en": ""}
        return Document(Fields(()), source, (Diagnostic(errors.UNREADABLE, source, Span(0, 1), reason),))
    header = [cell.strip() for cell in rows[0]] if rows else []
    name_at = next((i for i, cell in enumerate(header) if cell.lower() in _NAME), None)
    value_at = next((i for i, cell in enumerate(header) if cell.lower() in _VALUE), None)
    if name_at is None or value_at is None:
        params = {
            "why": "第一行要有“名称”和“数值”两列",
            "why_en": "the first row must name the columns 'name' and 'value'",
            "hint": "例如：名称,数值,单位,来源",
            "hint_en": "as in: name,value,unit,source",
        }
        return Document(Fields(()), source, (Diagnostic(errors.UNREADABLE, source, Span(0, 1), params),))
    unit_at = next((i for i, cell in enumerate(header) if cell.lower() in _UNIT), None)
    items: list[tuple[Scalar, Raw]] = []
    at = 0
    for row in rows[1:]:
        if len(row) <= name_at or not row[name_at].strip():
            continue
        name = row[name_at].strip()
        at = max(source.text.find(name, at), 0)
        span = Span(at, at + len(name))
        at += len(name)
        value = row[value_at].strip() if len(row) > value_at else ""
        unit = row[unit_at].strip() if unit_at is not None and len(row) > unit_at else ""
        if value and unit and value[-1:].isdigit():
            value += unit
        items.append((Scalar(name, span=span), Scalar(value, span=span)))
    return Document(Fields(tuple(items)), source)

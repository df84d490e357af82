"""A sheet to fill in as CSV: one fact a row, or one unit a row. A CSV file has one sheet, so it cannot hold lists."""

from __future__ import annotations

from rubriclang.facts.sheets.outgoing import csv_bytes
from rubriclang.templates.plan import Plan
from rubriclang.templates.writers import NotPossibleError

SUFFIXES = (".csv",)


def write(plan: Plan, many: bool) -> bytes:
    """The bytes of the file, UTF-8 with a mark that spreadsheet programs know it by.

    Raises:
        NotPossibleError: the rubric asks for lists.
    """
    if plan.lists or (plan.units and not many):
        raise NotPossibleError(
            "这套标准要填不止一张表，CSV 装不下；用 xlsx 或 yaml",
            "this rubric asks for more than one table, which CSV cannot hold; use xlsx or yaml",
        )
    return csv_bytes(_table(plan) if many else _rows(plan))


def _rows(plan: Plan) -> list[list[str]]:
    ticks = any(item.ticks for item in plan.judged)
    head = [
        "名称",
        "数值",
        "单位",
        "来源",
        "填写要求",
        *(["清单项"] if ticks else []),
        *(["评定人"] if plan.judged else []),
    ]
    rows = [head, ["填报表版本", plan.version], ["单位", ""]]
    for entry in plan.facts:
        wanted = "；".join(part for part in (entry.wanted, f"仅当 {entry.only_if}" if entry.only_if else "") if part)
        rows.append([entry.name, "", entry.unit, "", wanted])
    for item in plan.judged:
        rows.append([f"评定：{item.name}", "", "分", "", item.range])
        rows += [[f"评定：{item.name}", "", "", "", f"是 或 否（{points} 分）", text] for text, points in item.ticks]
    return rows


def _table(plan: Plan) -> list[list[str]]:
    heads = [f"{entry.name}（{entry.unit}）" if entry.unit else entry.name for entry in plan.facts]
    return [["单位", *heads, *(f"评定：{item.name}" for item in plan.judged)]]

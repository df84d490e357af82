"""The score sheet in a terminal: the levels of the official table, points, values, bands, deductions and reasons."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Literal, TextIO

import attrs

from rubriclang.backends.outcome import IndicatorOutcome, Outcome
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import fixed_text, number_text

Lang = Literal["zh", "en"]
_WORDS: dict[Lang, dict[str, str]] = {
    "zh": {
        "indicator": "指标",
        "max": "分值",
        "points": "得分",
        "deduction": "扣分",
        "kind": "方式",
        "value": "数值",
        "band": "适用标准",
        "remark": "扣分原因",
        "computed": "计算",
        "judged": "评定",
        "total": "总分",
        "grade": "等次",
        "unit": "单位",
        "split": "其中：计算得分 {computed}，评定得分 {judged}",
        "open": "尚未完成：下列指标没有得分，总分目前在 {low} 至 {high} 之间",
        "open_unknown": "尚未完成：下列指标没有得分",
        "missing": "缺数据",
        "pending": "待评定",
        "undefined": "无法计算",
        "left out": "不计",
        "override": "适用：{text}",
        "not judged": "待评定",
    },
    "en": {
        "indicator": "Indicator",
        "max": "Max",
        "points": "Points",
        "deduction": "Lost",
        "kind": "By",
        "value": "Value",
        "band": "Rule applied",
        "remark": "Remarks",
        "computed": "computed",
        "judged": "judged",
        "total": "Total",
        "grade": "Grade",
        "unit": "Unit",
        "split": "of which computed {computed}, judged {judged}",
        "open": "Incomplete: the indicators below have no points; the total lies between {low} and {high}",
        "open_unknown": "Incomplete: the indicators below have no points",
        "missing": "no data",
        "pending": "not judged",
        "undefined": "undefined",
        "left out": "left out",
        "override": "applied: {text}",
        "not judged": "pending",
    },
}
_WIDE = 110


@attrs.frozen
class SheetRow:
    """One row of the sheet: a section with its subtotal, or an indicator."""

    level: int
    name: str
    max: str
    points: str
    indicator: IndicatorOutcome | None


def points_text(value: Fraction | None) -> str:
    """Points as a sheet shows them: exact where finite, else four decimals."""
    if value is None:
        return "—"
    exact = number_text(value)
    return fixed_text(value, 4) if "/" in exact or len(exact.partition(".")[2]) > 4 else exact


def sheet_rows(outcome: Outcome) -> Iterator[SheetRow]:
    """The rows of a score sheet in the order of the rubric."""
    sections = {s.path: s for s in outcome.sections}
    indicators = {i.path: i for i in outcome.indicators}
    assert outcome.tree is not None
    nodes: list[ir.Node] = [node for node in outcome.tree.walk() if node.path]
    for node in nodes:
        if node.parts:
            section = sections[node.path]
            yield SheetRow(len(node.path), node.title, points_text(section.max), points_text(section.points), None)
        else:
            indicator = indicators[node.path]
            points = indicator.label or points_text(indicator.points)
            yield SheetRow(len(node.path), node.title, points_text(indicator.max), points, indicator)


def print_score_table(outcome: Outcome, out: TextIO, lang: Lang = "zh", width: int | None = None) -> None:
    """Prints the score sheet; below ``110`` columns remarks go under the table, numbered."""
    from rich import box  # heavy: only a printed sheet pays for it
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    words = _WORDS[lang]
    console = Console(file=out, width=width, highlight=False, markup=False, emoji=False)
    wide = console.width >= _WIDE
    console.print(Text(outcome.rubric, style="bold"))
    if outcome.unit:
        console.print(f"{words['unit']}：{outcome.unit}" if lang == "zh" else f"{words['unit']}: {outcome.unit}")
    notes: list[str] = []
    rows = list(sheet_rows(outcome))
    table_cells = [_cells(row, words, lang, None if wide else notes) for row in rows]
    total = [words["total"], points_text(outcome.max), points_text(outcome.total), _lost(outcome.max, outcome.total)]
    table_cells.append([*total, "", "", "", ""])
    heads = [words[key] for key in ("indicator", "max", "points", "deduction", "kind", "value", "band", "remark")]
    shown = len(heads) if wide else len(heads) - 1
    needed = [max(cell_len(cells[i]) for cells in [heads, *table_cells]) for i in range(shown)]
    widths = _fitted(needed, console.width - (shown + 1) - (shown * 2 if wide else 0))
    table = Table(box=box.SQUARE, padding=(0, 1 if wide else 0), header_style="bold")
    for i, head in enumerate(heads[:shown]):
        right = head in (words["max"], words["points"], words["deduction"], words["value"])
        table.add_column(head, justify="right" if right else "left", width=widths[i], overflow="fold")
    for row, cells in zip([*rows, None], table_cells, strict=True):
        if row is None:
            table.add_section()
        bold = row is None or row.indicator is None
        table.add_row(*[Text(cell, style="bold" if bold else "") for cell in cells[:shown]])
    console.print(table)
    for i, note in enumerate(notes, 1):
        console.print(f"({i}) {note}")
    _print_result(outcome, console, words, lang)


def _fitted(needed: list[int], room: int) -> list[int]:
    """Column widths that fit the room: texts (rule applied, remarks, then the indicator) give way, numbers do not."""
    widths = list(needed)
    for column, least in ((7, 12), (6, 10), (0, 12), (6, 4), (5, 6)):
        if column < len(widths):
            excess = sum(widths) - room
            widths[column] -= max(0, min(excess, widths[column] - least))
    return widths


def _lost(most: Fraction | None, points: Fraction | None) -> str:
    if most is None or points is None or points >= most:
        return ""
    return points_text(most - points)


def _indented(row: SheetRow) -> str:
    return "  " * (row.level - 1) + row.name


def _cells(row: SheetRow, words: dict[str, str], lang: Lang, notes: list[str] | None) -> list[str]:
    name = _indented(row)
    indicator = row.indicator
    if indicator is None:
        return [name, row.max, row.points, "", "", "", "", ""]
    points = row.points
    if indicator.reason is not None:
        points = words[indicator.reason]
    lost = points_text(indicator.deduction) if indicator.deduction else ""
    remark = indicator.remark if lang == "zh" else indicator.remark_en
    if indicator.band == remark:
        remark = ""
    band = indicator.band or ""
    if notes is not None and remark:
        notes.append(f"{indicator.name}：{remark}" if lang == "zh" else f"{indicator.name}: {remark}")
        band = f"{band} ({len(notes)})".strip()
    return [name, row.max, points, lost, words[indicator.kind], indicator.display or "", band, remark]


def _print_result(outcome: Outcome, console: Any, words: dict[str, str], lang: Lang) -> None:
    from rich.text import Text

    colon = "：" if lang == "zh" else ": "
    parts = [f"{words['total']}{colon}{points_text(outcome.total)}"]
    if outcome.grade:
        parts.append(f"{words['grade']}{colon}{outcome.grade}")
    console.print(Text(("    " if lang == "zh" else "   ").join(parts), style="bold"))
    computed, judged = points_text(outcome.computed), points_text(outcome.judged)
    console.print(words["split"].format(computed=computed, judged=judged))
    for name, value in outcome.results:
        console.print(f"{name}{colon}{value}")
    for text in outcome.remarks:
        console.print(words["override"].format(text=text))
    if not outcome.complete:
        if outcome.reachable is not None:
            low, high = (points_text(bound) for bound in outcome.reachable)
            console.print(words["open"].format(low=low, high=high))
        else:
            console.print(words["open_unknown"])
        for indicator in outcome.indicators:
            if indicator.reason is not None and indicator.reason != "left out":
                most = f"（{points_text(indicator.max)} 分）" if lang == "zh" else f" ({points_text(indicator.max)})"
                console.print(f"  - {indicator.name}{most}{colon}{words[indicator.reason]}")

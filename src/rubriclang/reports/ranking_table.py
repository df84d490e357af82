"""The ranking of many units in a terminal: place, unit, total, grade, and the parts of the total where they fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TextIO

from rubriclang.backends.outcome import Outcome
from rubriclang.reports.ranking import ranking
from rubriclang.reports.score_table import points_text

Lang = Literal["zh", "en"]
_WORDS = {
    "zh": {
        "rank": "名次",
        "unit": "单位",
        "total": "总分",
        "grade": "等次",
        "open": "没有得分的指标",
        "count": "{count} 个单位，{done} 个有总分；总分相同的名次相同",
        "none": "（没有名称）",
    },
    "en": {
        "rank": "Rank",
        "unit": "Unit",
        "total": "Total",
        "grade": "Grade",
        "open": "Indicators without points",
        "count": "{count} units, {done} of them with a total; equal totals share a rank",
        "none": "(no name)",
    },
}
_LEAST_NAME = 16


def print_ranking(outcomes: Sequence[Outcome], out: TextIO, lang: Lang = "zh", width: int | None = None) -> None:
    """Prints the units from the highest total to the lowest, then those without a total in the order of the file."""
    from rich import box  # heavy: only a printed table pays for it
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    words = _WORDS[lang]
    console = Console(file=out, width=width, highlight=False, markup=False, emoji=False)
    places = ranking(outcomes, lang)
    opened = [_open(outcome) for outcome in outcomes]
    parts = list(outcomes[0].tree.parts) if outcomes and outcomes[0].tree else []
    heads = [words["rank"], words["unit"], words["total"]]
    heads += [words["grade"]] if any(outcome.grade for outcome in outcomes) else []
    names = max([cell_len(outcome.unit or words["none"]) for outcome in outcomes], default=4)
    room = console.width - sum(cell_len(head) + 5 for head in heads) - min(names, 30) - 4
    room -= 20 if any(opened) else 0
    shown = [node for node in parts if cell_len(node.name) <= 16]
    if len(shown) < len(parts) or sum(max(cell_len(node.name), 5) + 3 for node in parts) > room:
        shown = []
    table = Table(box=box.SQUARE, header_style="bold")
    for head in heads:
        right = head in (words["rank"], words["total"])
        least = min(_LEAST_NAME, names) if head == words["unit"] else None
        table.add_column(head, justify="right" if right else "left", min_width=least, overflow="fold", no_wrap=right)
    for node in shown:
        table.add_column(node.name, justify="right", no_wrap=True)
    if any(opened):
        table.add_column(words["open"], overflow="fold")
    for place in places:
        outcome, rank = place.outcome, place.rank
        cells = ["—" if rank is None else str(rank), outcome.unit or words["none"], points_text(outcome.total)]
        cells += [outcome.grade or ""] if words["grade"] in heads else []
        cells += [_part(outcome, node.path) for node in shown]
        cells += [opened[place.at]] if any(opened) else []
        table.add_row(*[Text(cell, style="" if rank else "dim") for cell in cells])
    if outcomes:
        console.print(Text(outcomes[0].rubric, style="bold"))
    console.print(table)
    done = sum(place.rank is not None for place in places)
    console.print(words["count"].format(count=len(outcomes), done=done))


def _part(outcome: Outcome, path: tuple[str, ...]) -> str:
    for section in outcome.sections:
        if section.path == path:
            return points_text(section.points)
    found = next((each for each in outcome.indicators if each.path == path), None)
    return "" if found is None else found.label or points_text(found.points)


def _open(outcome: Outcome) -> str:
    return "、".join(each.name for each in outcome.indicators if each.reason not in (None, "left out"))

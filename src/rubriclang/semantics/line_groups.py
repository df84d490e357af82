"""Lines in groups: a formula and its bands are one thing; and whether lines make a score."""

from __future__ import annotations

from collections.abc import Iterable

from rubriclang.semantics.scope import SCORE_NAMES
from rubriclang.syntax import nodes as n

Group = tuple[n.Line, ...]

# What stands anywhere and belongs to the whole rubric.
_GLOBAL = (n.ListBlock, n.Levels, n.Measures, n.Population, n.Applies, n.Test)
# What may stand between a formula and its rows without parting them.
_BETWEEN = (n.TextLine, n.Limits, n.Adjustment, n.RoundingLine, n.Override)


def is_global(line: n.Line) -> bool:
    """Whether a line belongs to the whole rubric, wherever it stands."""
    return isinstance(line, _GLOBAL) or (isinstance(line, n.Block) and line.kind != "checklist")


def groups(lines: Iterable[n.Line]) -> list[Group]:
    """Lines with the rows that follow them: a formula and its bands are one thing."""
    found: list[list[n.Line]] = []
    open_group: list[n.Line] | None = None
    for line in lines:
        if isinstance(line, n.Row | n.Step | n.Table) and open_group is not None:
            open_group.append(line)
            continue
        found.append([line])
        if isinstance(line, n.Definition | n.Subject | n.Row | n.Step | n.Table):
            open_group = found[-1]
        elif not isinstance(line, _BETWEEN):
            open_group = None
    return [tuple(group) for group in found]


def _rows(group: Group) -> list[n.Line | n.Row | n.Step]:
    first = group[0]
    own = [first.piece] if isinstance(first, n.Subject) and first.piece is not None else []
    return [*own, *group[1:]]


def has_base(lines: Iterable[n.Line]) -> bool:
    """Whether lines make a score of their own: bands, ``得分 =``, a checklist, 人工评定, 逐行."""
    return any(_is_base(group) for group in groups(lines))


def has_rules(lines: Iterable[n.Line]) -> bool:
    """Whether lines make a score, or move one (每 1 次 扣 1 分, 若 …，扣 2 分)."""
    return any(_is_base(group) or _is_tally(group) for group in groups(lines))


def _is_tally(group: Group) -> bool:
    first = group[0]
    return isinstance(first, n.Adjustment) or (
        isinstance(first, n.Subject) and first.target is None and all(isinstance(row, n.Step) for row in _rows(group))
    )


def _is_base(group: Group) -> bool:
    first = group[0]
    match first:
        case n.Judge() | n.EachRow() | n.Table() | n.Row() | n.Step():
            return True
        case n.Block(kind=kind):
            return kind == "checklist"
        case n.Definition(target=target):
            return target.text in SCORE_NAMES or len(group) > 1
        case n.Subject(target=target):
            return target.text in SCORE_NAMES if target is not None else not _is_tally(group)
        case _:
            return False

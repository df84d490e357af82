"""A row, step or override that no facts can reach, by proof."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from typing import Any

import attrs

from rubriclang.backends.coverage import Branch, branches
from rubriclang.backends.evaluation import Evaluation, reached
from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.ir import nodes as ir
from rubriclang.linter.reading import reads_once
from rubriclang.linter.rule import Subject
from rubriclang.linter.showing import ask
from rubriclang.linter.undecided import UNDECIDED_PROPERTY, undecided

UNREACHABLE_ROW = Kind(
    "R417",
    "unreachable-row",
    "warning",
    "“{row}”任何数据都走不到：前面的档、数据的范围或它们的关系已经排除了它",
    "no facts can reach '{row}': the rows before it, the ranges of the facts or how they bound each other rule it out",
    "检查条件和数据的范围",
    "check the condition and the ranges of the facts",
)
KINDS = (UNREACHABLE_ROW, UNDECIDED_PROPERTY)
_NAMED = 3
_SIGNS = ("le", "lt", "ge", "gt", "eq", "ne")


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding for each row that is proved never to apply, or for which that is open.

    Rows that hold one quantity against numbers are left to the analysis, which decides them by intervals (R312). The
    work is bounded for the whole rubric; a row beyond it is open, if neither a test of the rubric nor any of the facts
    tried reaches it.
    """
    said: set[int] = set()
    unsettled: dict[tuple[str, ...], list[Branch]] = {}
    for branch in branches(subject.program):
        span = branch.tag.span
        if span is None or span.start in said or branch.tag.role == "reason" or _by_intervals(subject, branch):
            continue
        settled = ask(subject, branch.goal)
        if settled.witness is not None:
            continue
        if not settled.never and subject.shown(partial(_reaches, branch)):
            continue
        said.add(span.start)
        row = branch.tag.text
        if settled.never:
            yield attrs.evolve(subject.finding(UNREACHABLE_ROW, span, row=row), witness=_shadowed(subject, branch))
        else:
            unsettled.setdefault(branch.owner, []).append(branch)
    for found in unsettled.values():
        yield _left_open(subject, found)


def _reaches(branch: Branch, run: Evaluation) -> bool:
    return branch.key in reached(run)


def _left_open(subject: Subject, found: list[Branch]) -> Diagnostic:
    """One finding for all rows of an indicator that are open."""
    place = found[0].tag.span
    assert place is not None
    rows = list(dict.fromkeys(branch.tag.text for branch in found))
    more, more_en = (f"等 {len(found)} 处", f" and others, {len(found)} in all,") if len(found) > _NAMED else ("", "")
    zh = "".join(f"“{row}”" for row in rows[:_NAMED])
    en = ", ".join(f"'{row}'" for row in rows[:_NAMED])
    return undecided(subject, place, f"{zh}{more}有没有轮到的时候", f"whether {en}{more_en} can ever apply")


def _shadowed(subject: Subject, branch: Branch) -> dict[str, Any] | None:
    """Facts that meet the row's own condition, and yet do not come to it; None where nothing meets it."""
    parts = branch.goal.operands if isinstance(branch.goal, ir.Op) else ()
    witness = ask(subject, parts[-1]).witness if len(parts) > 1 else None
    return None if witness is None else witness.to_dict()


def _by_intervals(subject: Subject, branch: Branch) -> bool:
    """Whether intervals are exact for a row: it compares one quantity, which reads each fact once, with numbers."""
    about: set[ir.Expr] = set()
    stack = [branch.goal]
    while stack:
        test = stack.pop()
        match test:
            case ir.Const():
                continue
            case ir.Op(operator="and" | "or" | "not", operands=operands):
                stack.extend(operands)
            case ir.Op(operator=sign, operands=(left, ir.Const(value=Fraction() | str()))) if sign in _SIGNS:
                about.add(left)
            case _:
                return False
    return not about or (len(about) == 1 and reads_once(subject, about.pop()))

"""A default for steps in a rubric that has no step."""

from __future__ import annotations

from collections.abc import Iterator

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.linter.rule import Subject
from rubriclang.syntax import nodes as n

UNUSED_DEFAULT = Kind(
    "R413",
    "unused-default",
    "hint",
    "“默认：{mode}”没有用上：标准里没有“每…”的规则",
    "'defaults: {mode}' is not used: the rubric has no rule that counts steps",
    "删掉它，免得看的人去找",
    "remove it, so that nobody looks for the rule",
)
KINDS = (UNUSED_DEFAULT,)


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding where 整档, 进档 or 按比例 is a default and no line counts steps."""
    stated = [line for line in subject.tree.root.lines if isinstance(line, n.Defaults) and line.step_mode is not None]
    if stated and not any(_has_step(line) for node in subject.nodes for line in node.lines):
        yield subject.finding(UNUSED_DEFAULT, stated[0].span, mode=stated[0].step_mode or "")


def _has_step(line: n.Line) -> bool:
    if isinstance(line, n.Subject):
        return isinstance(line.piece, n.Step)
    if isinstance(line, n.Block):
        return any(isinstance(item, n.Tally) and item.value is not None for item in line.items)
    return isinstance(line, n.Step)

"""Two indicators with the same formula and the same bands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.linter.rule import Subject
from rubriclang.syntax import nodes as n
from rubriclang.syntax.headings import title_name

DUPLICATE_RULE = Kind(
    "R405",
    "duplicate-rule",
    "warning",
    "指标“{name}”和第 {line} 行的“{other}”规则完全一样，同一件事算了两次分",
    "indicator '{name}' has the very rule of '{other}' on line {line}: one thing is scored twice",
    "多半是复制以后忘了改；确实要算两次，写注释“// 允许 R405：理由”",
    "most likely a copy that was not changed; if it is meant, write '// allow R405: reason'",
)
KINDS = (DUPLICATE_RULE,)


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding for each indicator whose rule an indicator above it has, word for word, about the same facts."""
    facts = {fact.name for fact in subject.program.facts} | {info.name for info in subject.program.lists}
    seen: dict[tuple[Any, ...], n.Node] = {}
    for node in subject.nodes:
        if node.parts or node is subject.tree.root:
            continue
        rule = tuple(line for line in node.lines if not _apart(line))
        if not _about(rule, facts):
            continue
        first = seen.setdefault(rule, node)
        if first is not node:
            line = str(subject.source.position(first.title_span.start).line)
            params = {"name": title_name(node.title), "other": title_name(first.title), "line": line}
            yield subject.finding(DUPLICATE_RULE, node.title_span, **params)


def _apart(line: n.Line) -> bool:
    """Whether a line belongs to the rubric as a whole, wherever it stands."""
    return isinstance(line, n.TextLine | n.Test) or (isinstance(line, n.Block) and line.kind != "checklist")


def _about(rule: Any, facts: set[str]) -> bool:
    """Whether a rule computes from facts: what a person judges or ticks may well read the same."""
    stack, found = [rule], False
    while stack:
        item = stack.pop()
        if isinstance(item, n.Judge | n.JudgedAward | n.Tally | n.EachRow):
            return False
        if isinstance(item, n.Name):
            found = found or item.parts[0] in facts
        elif isinstance(item, tuple):
            stack.extend(item)
        elif attrs.has(type(item)):
            stack.extend(getattr(item, field.name) for field in attrs.fields(type(item)))
    return found

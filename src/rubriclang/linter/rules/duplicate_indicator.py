"""Two indicators with the same formula and the same bands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.linter.rule import Subject
from rubriclang.semantics.scope import parts_of
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
    # Rules that read other names differ; only those that read the same ones are compared as wholes.
    alike: dict[tuple[str, ...], list[tuple[n.Node, tuple[n.Line, ...]]]] = {}
    for node in subject.nodes:
        if node.parts or node is subject.tree.root:
            continue
        rule = tuple(line for line in node.lines if not _apart(line))
        read = _reads(rule)
        if not facts.isdisjoint(read):
            alike.setdefault(read, []).append((node, rule))
    for group in alike.values():
        seen: dict[tuple[n.Line, ...], n.Node] = {}
        for node, rule in group if len(group) > 1 else ():
            first = seen.setdefault(rule, node)
            if first is not node:
                line = str(subject.source.position(first.title_span.start).line)
                params = {"name": title_name(node.title), "other": title_name(first.title), "line": line}
                yield subject.finding(DUPLICATE_RULE, node.title_span, **params)


def _apart(line: n.Line) -> bool:
    """Whether a line belongs to the rubric as a whole, wherever it stands."""
    return isinstance(line, n.TextLine | n.Test) or (isinstance(line, n.Block) and line.kind != "checklist")


def _reads(rule: tuple[n.Line, ...]) -> tuple[str, ...]:
    """The names a rule computes from, in an order of its own; none where a person judges or ticks, which may well read
    the same of two indicators."""
    stack: list[Any] = [rule]
    found: list[str] = []
    while stack:
        item = stack.pop()
        if isinstance(item, tuple):
            stack.extend(item)
        elif isinstance(item, n.Judge | n.JudgedAward | n.Tally | n.EachRow):
            return ()
        elif isinstance(item, n.Name):
            found.append(item.parts[0])
        else:
            stack.extend([getattr(item, name) for name in parts_of(type(item))])
    return tuple(found)

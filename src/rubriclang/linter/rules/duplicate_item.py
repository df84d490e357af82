"""A checklist that asks the same thing twice."""

from __future__ import annotations

from collections.abc import Iterator

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.linter.rule import Subject
from rubriclang.syntax import nodes as n

DUPLICATE_ITEM = Kind(
    "R410",
    "duplicate-item",
    "warning",
    "清单里“{text}”写了两次（另一处在第 {line} 行）",
    "the checklist has '{text}' twice (the other on line {line})",
    "删掉一条，或写明两条的区别",
    "remove one, or say how they differ",
)
KINDS = (DUPLICATE_ITEM,)


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding for each item whose text stands in the same checklist already."""
    for node in subject.nodes:
        for block in node.lines:
            if not isinstance(block, n.Block) or block.kind != "checklist":
                continue
            seen: dict[str, n.Tally] = {}
            for item in block.items:
                if not isinstance(item, n.Tally) or item.value is not None:
                    continue
                first = seen.setdefault("".join(item.text.split()), item)
                if first is not item:
                    line = str(subject.source.position(first.span.start).line)
                    yield subject.finding(DUPLICATE_ITEM, item.span, text=item.text, line=line)

"""An indicator that does not quote its standard. Runs only when it is selected: many rubrics quote nothing."""

from __future__ import annotations

from collections.abc import Iterator

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.linter.rule import Subject
from rubriclang.syntax import nodes as n
from rubriclang.syntax.headings import title_name

WITHOUT_STANDARD = Kind(
    "R412",
    "without-standard",
    "hint",
    "指标“{name}”没有写“标准：”，看的人没有原文可对",
    "indicator '{name}' quotes no 'standard:', so a reader has nothing to compare the rule with",
    "在标题下面写一行“标准：…”",
    "write a line 'standard: …' below its title",
)
KINDS = (WITHOUT_STANDARD,)
BY_DEFAULT = False


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding for each indicator under no heading that quotes a standard."""
    stack = [(subject.tree.root, False)]
    while stack:
        node, quoted = stack.pop()
        quoted = quoted or any(isinstance(line, n.TextLine) and line.kind == "standard" for line in node.lines)
        if not node.parts and not quoted:
            yield subject.finding(WITHOUT_STANDARD, node.title_span, name=title_name(node.title))
        stack += [(part, quoted) for part in reversed(node.parts)]

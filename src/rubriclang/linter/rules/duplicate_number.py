"""Two headings with one number: a sheet that goes by numbers cannot tell them apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.linter.rule import Subject
from rubriclang.syntax import nodes as n
from rubriclang.syntax.headings import title_name

DUPLICATE_NUMBER = Kind(
    "R421",
    "duplicate-number",
    "warning",
    "编号 {number} 用了两次：这里的“{name}”和第 {line} 行的“{other}”",
    "the number {number} stands twice: '{name}' here and '{other}' on line {line}",
    "改正其中一个；原文确实重号的，写“// 允许 R421：理由”",
    "correct one of them; where the original repeats it, write '// allow R421: reason'",
)
KINDS = (DUPLICATE_NUMBER,)
_FULL = re.compile(r"\s*[（(]?(\d+(?:[.．]\d+)+)[)）]?[、.．\s]*(?=\S)")
_OWN = re.compile(r"\s*(?:[（(]([\d一二三四五六七八九十百]+)[)）]|([\d一二三四五六七八九十百]+)[、.．](?!\d))")


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding for each heading whose number another has: 2.3.1 in the whole rubric, （一） under one heading."""
    everywhere: dict[str, n.Node] = {}
    for node in subject.nodes:
        siblings: dict[str, n.Node] = {}
        for part in node.parts:
            full, own = _FULL.match(part.title), _OWN.match(part.title)
            if full is not None:
                number, seen = full.group(1).replace("．", "."), everywhere
            elif own is not None:
                number, seen = own.group(1) or own.group(2), siblings
            else:
                continue
            first = seen.setdefault(number, part)
            if first is not part:
                line = str(subject.source.position(first.title_span.start).line)
                names = {"name": title_name(part.title), "other": title_name(first.title)}
                yield subject.finding(DUPLICATE_NUMBER, part.title_span, number=number, line=line, **names)

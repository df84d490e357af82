"""Headings: a title and, in brackets, its points, weight and limits."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from rubriclang.source import Span
from rubriclang.syntax import errors, nodes as n
from rubriclang.syntax.cutting import trim
from rubriclang.syntax.lexer import tidy_name
from rubriclang.syntax.statements import Statements

_NUMBERING = re.compile(
    r"^(?:\d{1,2}(?:\.\d+)+[.、]?\s+|\d{1,2}\s+(?!年)|\d{1,2}[.、．]\s*(?=\D)|[一二三四五六七八九十]+、\s*|[(（][一二三四五六七八九十\d]+[)）]\s*"
    r"|第[一二三四五六七八九十\d]+部分\s+)(?=\S)"
)
_ATTRIBUTE_LIKE = re.compile(
    r"\d\s*(?:分|points?\b)|权重|weight|加分|bonus|不限分|unlimited|最多|at\s+most|^\s*(?:删去|removed)\s*$", re.I
)
_NUM = r"(\d+(?:\.\d+)?)"
_ATTRIBUTES: tuple[tuple[Any, re.Pattern[str]], ...] = (
    ("points", re.compile(rf"{_NUM}\s*(?:分|points?)$", re.I)),
    ("most add", re.compile(rf"(?:最多加|最多|add\s+at\s+most|at\s+most)\s*{_NUM}\s*(?:分|points?)?$", re.I)),
    ("most deduct", re.compile(rf"(?:最多扣|deduct\s+at\s+most)\s*{_NUM}\s*(?:分|points?)?$", re.I)),
    ("bonus", re.compile(r"(?:加分|bonus)$", re.I)),
    ("unlimited", re.compile(r"(?:不限分|unlimited)$", re.I)),
    ("removed", re.compile(r"(?:删去|removed)$", re.I)),
)
_WEIGHT = re.compile(r"(?:权重|weight)\s*", re.I)


def title_name(title: str) -> str:
    """The name a title is referred to by: without its leading numbering."""
    return tidy_name(_NUMBERING.sub("", title.strip(), count=1)) or tidy_name(title)


def heading(statements: Statements, start: int, end: int) -> tuple[int, str, tuple[n.HeadingAttribute, ...], Span]:
    """Level, title, attributes and the span of the title of a heading line ``[start, end)``."""
    folded, text = statements.folded, statements.source.text
    level = 0
    while start + level < end and folded[start + level] == "#":
        level += 1
    inner = trim(folded, start + level, end)
    if inner is None:
        return level, "", (), Span(start, end)
    at, stop = inner
    attributes: list[n.HeadingAttribute] = []
    if folded[stop - 1] == ")":
        opening = folded.rfind("(", at, stop)
        content = folded[opening + 1 : stop - 1] if opening >= at else ""
        if opening > at and _ATTRIBUTE_LIKE.search(content):
            offset = opening + 1
            for part in content.split(","):
                for attribute in _attribute(statements, part, offset):
                    if any(known.kind == attribute.kind for known in attributes):
                        span = attribute.span
                        statements.report(errors.BAD_HEADING, span.start, span.end, text=part.strip())
                    else:
                        attributes.append(attribute)
                offset += len(part) + 1
            stop = (trim(folded, at, opening) or (at, at + 1))[1]
            before = folded.rfind("(", at, stop)
            if folded[stop - 1] == ")" and before > at and re.fullmatch(r"\(\s*[\d.]+\s*分\s*\)", folded[before:stop]):
                statements.report(errors.BAD_HEADING, before, stop, text=text[before:stop])
                stop = (trim(folded, at, before) or (at, at + 1))[1]
    return level, text[at:stop].strip(), tuple(attributes), Span(at, stop)


def _attribute(statements: Statements, part: str, offset: int) -> list[n.HeadingAttribute]:
    stripped = part.strip()
    at = offset + len(part) - len(part.lstrip())
    span = Span(at, at + len(stripped))
    for kind, pattern in _ATTRIBUTES:
        found = pattern.match(stripped)
        if found:
            value = n.Number(Fraction(found.group(1)), None, span) if pattern.groups else None
            return [n.HeadingAttribute(kind, value, span)]
    weight = _WEIGHT.match(stripped)
    if weight:
        value = statements.parse("formula", at + weight.end(), span.end)
        return [n.HeadingAttribute("weight", value, span)] if value is not None else []
    statements.report(errors.BAD_HEADING, span.start, span.end, text=stripped)
    return []

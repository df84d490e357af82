"""Checklist items: free text with points, and a formula where facts decide."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from rubriclang.source import Span
from rubriclang.syntax import errors, nodes as n
from rubriclang.syntax.statements import Statements

_NUM = r"(\d+(?:\.\d+)?)"
TALLY = re.compile(
    rf"-?\s*(?P<verb>扣|加|deducts|adds)?\s*{_NUM}\s*(?:分|points?\b)(?:\s*/\s*(?P<per>[^\W\d]+))?\s*(?P<rest>.*)$",
    re.I | re.S,
)
CIRCLED = re.compile(rf"[①-⑳]\s*(?P<text>.+?)[,，;]?\s*(?:计|得)?\s*{_NUM}\s*(?:分|points?)$", re.S)
CONDITION = re.compile(r"(?:若|if)\s+")
LIMIT_AT_END = re.compile(r",\s*(?:最多扣|最多加|最多|deduct at most|add at most|at most)\s*\d[^,:]*$", re.I)
_VERBS: dict[str, Any] = {"扣": "扣", "加": "加", "deducts": "扣", "adds": "加"}


def tally(statements: Statements, start: int, end: int) -> n.Tally | None:
    """A checklist item; None when it cannot be read."""
    folded, text = statements.folded, statements.source.text
    span = Span(start, end)
    circled = CIRCLED.match(folded, start, end)
    if circled:
        words = text[circled.start("text") : circled.end("text")].strip(" ，,；")
        return n.Tally(words, Fraction(circled.group(2)), span=span)
    found = TALLY.match(folded, start, end)
    if found is None or not found.group("rest").strip():
        statements.report(errors.BAD_TALLY, start, end)
        return None
    at, stop = found.span("rest")
    rest = folded[at:stop]
    value: n.Expression | None = None
    limits: tuple[n.Limit, ...] = ()
    words = text[at:stop].strip()
    condition = CONDITION.match(rest)
    if condition or ":" in rest:
        formula_at = at + condition.end() if condition else at + rest.index(":") + 1
        parsed = statements.parse("tally", formula_at, stop)
        if parsed is None:
            return None
        value, limits = parsed
        if not condition:
            words = text[at : formula_at - 1].strip()
    else:
        limit = LIMIT_AT_END.search(rest)
        if limit:
            parsed = statements.parse("limit", at + limit.start() + 1, stop)
            if parsed is None:
                return None
            limits = (parsed,)
            words = text[at : at + limit.start()].strip()
    verb = _VERBS.get((found.group("verb") or "").lower())
    return n.Tally(words, Fraction(found.group(2)), verb, found.group("per"), value, limits, span)

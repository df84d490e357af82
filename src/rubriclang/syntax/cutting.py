"""Physical lines cut into logical ones."""

from __future__ import annotations

import re

_SPLIT = re.compile(r'"[^"\n]*"|【[^【】\n]*】|“[^“”\n]*”|//|;')
_SPLIT_HEAD = re.compile(_SPLIT.pattern + r"|\([^()\n]*\)")  # the name of a test may hold "；" in brackets
_TEST_HEAD = re.compile(r"(?:测试|test)\s", re.I)
_COPIED = re.compile(r"[#①-⑳]|-(?!>)|(?:测试|test)\s|(?:标准|说明|依据|来源|standard|note|basis|source)\s*:", re.I)
# 100% 得满分，每低于 1% 扣 0.5 分: a band and, behind a comma, the step that begins at its edge, or the rest.
_STEP_BEHIND = re.compile(
    r"(?:->|=>|→|[计得])\s*(?:满分|full|\d+(?:\.\d+)?)\s*(?:分|points?)?\s*(,)\s*(?=每|each\b|其余|否则|else\b)", re.I
)


def cut(folded: str, start: int, end: int) -> tuple[list[tuple[int, int]], int | None]:
    """The logical lines of one physical line (cut at ``；``), and where its comment begins.

    Marks inside quotes and 【 】 do not count, nor do those in the brackets of a test's name.
    """
    parts, at, comment = [], start, None
    marks = _SPLIT_HEAD if _TEST_HEAD.match(folded, start, end) else _SPLIT
    for found in marks.finditer(folded, start, end):
        if found.group() == ";":
            parts.append((at, found.start()))
            at = found.end()
        elif found.group() == "//":
            comment = found.start()
            break
    parts.append((at, end if comment is None else comment))
    trimmed = [inner for part in parts if (inner := trim(folded, *part))]
    return [half for part in trimmed for half in _before_step(folded, *part)], comment


def _before_step(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    behind = None if _COPIED.match(folded, start, end) else _STEP_BEHIND.search(folded, start, end)
    if behind is None:
        return [(start, end)]
    halves = (trim(folded, start, behind.start(1)), trim(folded, behind.end(1), end))
    return [half for half in halves if half is not None]


def trim(folded: str, start: int, end: int) -> tuple[int, int] | None:
    """The range without spaces at its ends; None when nothing is left."""
    while start < end and folded[start].isspace():
        start += 1
    while end > start and folded[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None

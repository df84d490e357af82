"""Physical lines cut into logical ones."""

from __future__ import annotations

import re

_SPLIT = re.compile(r'"[^"\n]*"|【[^【】\n]*】|“[^“”\n]*”|//|;')
_SPLIT_HEAD = re.compile(_SPLIT.pattern + r"|\([^()\n]*\)")  # the name of a test may hold "；" in brackets
_TEST_HEAD = re.compile(r"(?:测试|test)\s", re.I)
_COPIED = re.compile(r"[#①-⑳]|-(?!>)|(?:测试|test)\s|(?:标准|说明|依据|来源|standard|note|basis|source)\s*:", re.I)
_ARROW = r"(?:->|=>|→|[计得])"
# What can begin a band: a comparison, or a range that says of its lower end whether it is in.
_BAND = (
    r"(?:[<>≤≥]|(?:大于|小于)(?:等于)?|[不未]?(?:低于|高于|超过|达到)|不[大小少]于|少于|多于|超出|不足|不满|等于|"
    r"under\b|over\b)=?\s*[\d(]"
    r"|\d+(?:\.\d+)?\s*%?\s*\((?:不?含|inclusive|exclusive)"
)
# 100% 得满分，每低于 1% 扣 0.5 分: a band and, behind a comma, the step that begins at its edge, or the rest;
# 小于 3% 得 20 分，大于等于 3% 得 0 分: a whole band, and another with points of its own.
_BEHIND = re.compile(
    rf"{_ARROW}\s*(?:满分|full|\d+(?:\.\d+)?)\s*(?:分|points?)?\s*(,)\s*"
    rf"(?=每|each\b|其余|否则|else\b|(?:{_BAND})[^,]*(?:,\s*(?:{_BAND})[^,]*)?,?\s*{_ARROW}\s*(?:满分|full|[-\d]))",
    re.I,
)
# Where a condition names what it is about, a band behind the comma would be about something else.
_OTHER_LINE = re.compile(
    r"(?:^|[:,])\s*(?:若|if\b)|^(?:不适用|调整|否决|默认|not applicable|adjust|veto|defaults)\s*:", re.I
)
_STEP_OR_REST = re.compile(r"每|each\b|其余|否则|else\b", re.I)


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
    return [half for part in trimmed for half in _pieces(folded, *part)], comment


def _pieces(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """A part, cut where a comma stands between a whole band and what follows it."""
    behind = None if _COPIED.match(folded, start, end) else _BEHIND.search(folded, start, end)
    if behind is None:
        return [(start, end)]
    first, rest = trim(folded, start, behind.start(1)), trim(folded, behind.end(1), end)
    if first is None or rest is None:
        return [half for half in (first, rest) if half is not None]
    if _OTHER_LINE.search(folded[first[0] : first[1]]) and not _STEP_OR_REST.match(folded, *rest):
        return [(start, end)]
    return [first, *_pieces(folded, *rest)]


def trim(folded: str, start: int, end: int) -> tuple[int, int] | None:
    """The range without spaces at its ends; None when nothing is left."""
    while start < end and folded[start].isspace():
        start += 1
    while end > start and folded[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None

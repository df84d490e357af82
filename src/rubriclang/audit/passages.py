"""The folded report cut into sentences without blanks; each sign remembers where it stands in the report.

A line end inside a sentence (a page of a PDF, wrapped at a fixed width) is a blank; one after a full sentence, before a
numbered item or at the end of a short line is the end of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from rubriclang.source import Span, display_width

MAX_SENTENCE = 4_000  # code points; a longer one is a table or no prose, and is cut
_STOPS = frozenset("。!?！？")
_OPEN_ENDS = frozenset(",、;:，；")  # a line that ends so goes on in the next
_ITEM = re.compile(
    r"\s{0,20}(?:[一二三四五六七八九十]{1,3}[、.是]|\([\d一二三四五六七八九十]{1,3}\)|\d{1,2}[.、](?!\d)|[①-⑳]|第[^\n]{1,3}[章条部])"
)
_LEAST_WRAP, _MOST_WRAP = 40, 130  # display columns of a wrapped page


@attrs.frozen
class Sentence:
    """One sentence: its signs without blanks, the offset of each in the report, and the paragraph it stands in."""

    text: str
    offsets: tuple[int, ...] = attrs.field(repr=False)
    paragraph: int

    def span(self, start: int, end: int) -> Span:
        """The place in the report of the signs ``start`` to ``end``."""
        last = max(start, end - 1)
        return Span(self.offsets[start], self.offsets[min(last, len(self.offsets) - 1)] + 1)


def sentences(folded: str) -> Iterator[Sentence]:
    """All sentences that hold a digit, in the order of the report."""
    paragraph = 0
    signs: list[str] = []
    offsets: list[int] = []
    for start, end, goes_on in _lines(folded):
        for at in range(start, end):
            sign = folded[at]
            if sign in " \t\r|":
                # A blank between two figures keeps them apart; anywhere else it is an accident of layout.
                if signs and signs[-1] != " " and (sign in "\t|" or signs[-1] in "0123456789.%)"):
                    signs.append(" ")
                    offsets.append(at)
                continue
            if signs and signs[-1] == " " and (sign not in "0123456789(-" and folded[offsets[-1]] not in "\t|"):
                signs.pop()
                offsets.pop()
            signs.append(sign)
            offsets.append(at)
            if sign in _STOPS or len(signs) >= MAX_SENTENCE:
                yield from _made(signs, offsets, paragraph)
                signs, offsets = [], []
        if not goes_on:
            yield from _made(signs, offsets, paragraph)
            signs, offsets = [], []
            paragraph += 1
    yield from _made(signs, offsets, paragraph)


def _made(signs: list[str], offsets: list[int], paragraph: int) -> Iterator[Sentence]:
    text = "".join(signs)
    if any("0" <= sign <= "9" for sign in text):
        yield Sentence(text, tuple(offsets), paragraph)


def _lines(folded: str) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each line, and whether its sentence goes on in the next one."""
    bounds = []
    at = 0
    while at <= len(folded):
        end = folded.find("\n", at)
        end = len(folded) if end == -1 else end
        bounds.append((at, end))
        at = end + 1
    wrap = _wrap_width(folded, bounds)
    for index, (start, end) in enumerate(bounds):
        yield start, end, index + 1 < len(bounds) and _goes_on(folded, start, end, bounds[index + 1], wrap)


def _wrap_width(folded: str, bounds: list[tuple[int, int]]) -> int:
    """The width at which the lines of a page break, in display columns; 0 where they do not."""
    widths = sorted(display_width(folded[s:e]) for s, e in bounds if _LEAST_WRAP // 2 < e - s <= _MOST_WRAP)
    if len(widths) < 3:
        return 0
    widest = widths[-1 - len(widths) // 10]
    long = sum(e - s > _MOST_WRAP for s, e in bounds)
    return widest if widest >= _LEAST_WRAP and long * 4 < len(widths) else 0


def _goes_on(folded: str, start: int, end: int, following: tuple[int, int], wrap: int) -> bool:
    line = folded[start:end].rstrip() if end - start <= MAX_SENTENCE else folded[end - 80 : end].rstrip()
    if not line or not folded[following[0] : following[1]].strip() or line[-1] in _STOPS:
        return False
    if line[-1] in _OPEN_ENDS:
        return True
    if not wrap or _ITEM.match(folded, following[0]):
        return False
    # A line may end early, so that an amount is not torn apart.
    return end - start <= _MOST_WRAP and display_width(line) * 4 >= wrap * 3

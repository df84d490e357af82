"""Web pages: their text, a block a line, the cells of a row between tabs.

One pass from left to right: each ``<`` is looked at once, and a tag that is never closed ends the markup.
"""

from __future__ import annotations

import re
from html import unescape

from rubriclang.audit.text_extractor import decoded, lines

SUFFIXES = (".html", ".htm")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,20})")
_HIDDEN = frozenset({"script", "style", "noscript", "template", "head"})
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "footer", "h1", "h2", "h3", "h4", "h5"}
    | {"h6", "header", "hr", "li", "main", "ol", "p", "section", "table", "tr", "ul"}
)
_CELLS = frozenset({"td", "th"})


def extract(data: bytes) -> str:
    """The text of a page.

    Raises:
        RefusedError: the bytes are no text.
    """
    page = lines(decoded(data))
    pieces: list[str] = []
    at = 0
    lowered = page.lower()
    while True:
        opening = page.find("<", at)
        if opening == -1:
            break
        pieces.append(_words(page[at:opening]))
        if page.startswith("<!--", opening):
            at = _past(page, "-->", opening)
            continue
        tag = _TAG.match(page, opening)
        if tag is None:
            if page.startswith(("<!", "<?"), opening):
                at = _past(page, ">", opening)
            else:  # a sign of comparison
                pieces.append("<")
                at = opening + 1
            continue
        at = _past(page, ">", opening)
        name = tag.group(2).lower()
        if name in _HIDDEN and not tag.group(1):
            closing = lowered.find(f"</{name}", at)
            at = len(page) if closing == -1 else closing
        elif name in _BLOCKS:
            pieces.append("\n")
        elif name in _CELLS and tag.group(1):
            pieces.append("\t")
    pieces.append(_words(page[at:]))
    return "".join(pieces)


def _past(page: str, end: str, start: int) -> int:
    """Behind the next ``end``; the end of the page where there is none."""
    found = page.find(end, start)
    return len(page) if found == -1 else found + len(end)


def _words(text: str) -> str:
    """Running text: line ends in the markup are blanks."""
    return unescape(text).replace("\n", " ")

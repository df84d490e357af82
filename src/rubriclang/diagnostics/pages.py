"""The page of a diagnostic: what it says, what to avoid, what to prefer, and why; in two languages.

The headings are fixed. Under 意思 and 为什么 stands one paragraph of Chinese, then one of English; under 避免 and 改成
stand examples that both languages share.
"""

from __future__ import annotations

import re

import attrs

from rubriclang.diagnostics.model import Lang
from rubriclang.resources import code_pages

HEADINGS = ("意思 · Meaning", "避免 · Avoid", "改成 · Prefer", "为什么 · Why")
_TITLE = re.compile(r"# (R\d{3}) ([a-z0-9-]+)\n")
_PARTS = re.compile(rf"^## ({'|'.join(HEADINGS)})\n", re.M)
_BLOCK = re.compile(r"^```([^\n]*)\n(.*?)\n```$", re.S | re.M)


@attrs.frozen
class Page:
    """A page, taken apart; texts and examples by language, a block as its info string and its text."""

    code: str
    name: str
    meaning: tuple[str, str]
    avoid: tuple[tuple[str, str], ...]
    prefer: tuple[tuple[str, str], ...]
    why: tuple[str, str]

    def render(self, lang: Lang) -> str:
        """The page in one language, as Markdown."""
        at = 0 if lang == "zh" else 1
        words = [heading.split(" · ")[at] for heading in HEADINGS]
        parts = [f"# {self.code} {self.name}", self.meaning[at]]
        for word, blocks in ((words[1], self.avoid), (words[2], self.prefer)):
            parts += [f"## {word}", *(f"```{info}\n{text}\n```" for info, text in blocks)]
        return "\n\n".join([*parts, f"## {words[3]}", self.why[at]]) + "\n"


def read_page(text: str) -> Page:
    """Takes a page apart.

    Raises:
        ValueError: it does not have the headings and paragraphs of a page.
    """
    title = _TITLE.match(text)
    pieces = _PARTS.split(text)  # not at any ##: the examples have headings of their own
    if title is None or tuple(pieces[1::2]) != HEADINGS:
        raise ValueError(f"a page has a title and the headings {', '.join(HEADINGS)}")
    meaning, avoid, prefer, why = pieces[2::2]
    return Page(title[1], title[2], _two(meaning), _blocks(avoid), _blocks(prefer), _two(why))


def _two(text: str) -> tuple[str, str]:
    paragraphs = text.strip().split("\n\n")
    if len(paragraphs) != 2:
        raise ValueError("one paragraph of Chinese and one of English")
    return paragraphs[0], paragraphs[1]


def _blocks(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((match[1], match[2]) for match in _BLOCK.finditer(text))


def page_of(code: str) -> Page | None:
    """The page of a code; None where there is none."""
    file = code_pages().get(code)
    # Not by universal newlines: a page may show a line end that is none.
    return None if file is None else read_page(file.read_bytes().decode("utf-8").replace("\r\n", "\n"))

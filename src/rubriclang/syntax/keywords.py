"""The words of the language, read from ``grammar/keywords.tsv``."""

from __future__ import annotations

from functools import cache
from typing import Literal

import attrs

from rubriclang.resources import grammar_text

Boundary = Literal["line", "named", "word", "number", "amount"]


@attrs.frozen
class Keyword:
    """One terminal and its spellings; the first of each language is the one to write."""

    terminal: str
    boundary: Boundary
    zh: tuple[str, ...]
    en: tuple[str, ...]

    @property
    def spellings(self) -> tuple[str, ...]:
        """All spellings, Chinese first."""
        return self.zh + self.en


@cache
def keywords() -> tuple[Keyword, ...]:
    """All keywords in the order of the table."""
    rows = []
    for line in grammar_text("keywords.tsv").splitlines():
        if not line or line.startswith("#"):
            continue
        terminal, boundary, zh, en = [*line.split("\t"), ""][:4]
        if boundary not in ("line", "named", "word", "number", "amount"):
            raise ValueError(f"keywords.tsv: unknown boundary in {line!r}")
        rows.append(
            Keyword(
                terminal,
                boundary,  # type: ignore[arg-type]  # checked above
                tuple(zh.split("|")),
                tuple(word for word in en.split("|") if word),
            )
        )
    return tuple(rows)


@cache
def canonical(terminal: str) -> dict[str, str]:
    """Each spelling of a terminal to the first Chinese spelling of the same meaning.

    Where a terminal stands for several words (``超过 | 低于``), the English words stand in the same order.
    """
    keyword = next(k for k in keywords() if k.terminal == terminal)
    found = {word: word for word in keyword.zh}
    found.update(zip(keyword.en, keyword.zh, strict=False))
    return found

"""Which findings are wanted: chosen by the beginnings of their codes."""

from __future__ import annotations

from unicodedata import normalize

import attrs


@attrs.frozen
class Selection:
    """``select`` and ``ignore`` hold codes or beginnings of codes (``R4``, ``R301``); the longer beginning wins.

    Nothing selected means everything that is on by default.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def admits(self, code: str, by_default: bool = True) -> bool:
        """Whether findings of a code are wanted; ``by_default``: whether they are where nothing is selected."""
        if not self.select and not self.ignore:
            return by_default
        chosen, left_out = _longest(self.select, code), _longest(self.ignore, code)
        if chosen == left_out == 0:
            return by_default and not self.select
        return chosen > left_out


EVERYTHING = Selection()


def _longest(prefixes: tuple[str, ...], code: str) -> int:
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=0)


def codes_of(text: str) -> tuple[str, ...]:
    """The codes of a list as typed: parted by commas or spaces, in any width and case."""
    text = normalize("NFKC", text)
    for mark in ",、;":
        text = text.replace(mark, " ")
    return tuple(part.upper() for part in text.split())

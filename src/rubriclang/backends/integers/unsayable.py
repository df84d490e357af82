"""What the integer form cannot say, and where it stands."""

from __future__ import annotations

import attrs

from rubriclang.source import Span


@attrs.frozen
class Unsayable:
    """Why an expression has no integer form; ``what`` is a word for the construct, ``span`` its place."""

    what: str
    span: Span | None = None


class UnsayableError(Exception):
    """An expression without an integer form; it never leaves this package."""

    def __init__(self, what: str, span: Span | None) -> None:
        super().__init__(what)
        self.unsayable = Unsayable(what, span)

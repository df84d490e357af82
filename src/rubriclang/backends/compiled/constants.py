"""Values that generated code needs besides integers: bound to short names when it is made, never written into it."""

from __future__ import annotations

from typing import Any

import attrs


@attrs.define
class Constants:
    """Names and what they stand for; the same value gets the same name."""

    bound: dict[str, Any] = attrs.field(factory=dict)
    _known: dict[tuple[str, Any], str] = attrs.field(factory=dict)

    def name(self, letter: str, value: Any) -> str:
        """A name that starts with a letter for a hashable value."""
        key = (letter, value)
        if key not in self._known:
            self._known[key] = self.new(letter, value)
        return self._known[key]

    def new(self, letter: str, value: Any) -> str:
        """A name of its own for any value."""
        name = f"{letter}{len(self.bound)}"
        self.bound[name] = value
        return name

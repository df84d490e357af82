"""A finding: a printed figure that a reader should look at, its class, and the words for it in two languages."""

from __future__ import annotations

from typing import Any, Literal

import attrs

from rubriclang.source import Source, Span

Level = Literal["error", "warning", "note"]
Lang = Literal["zh", "en"]
FindingClass = Literal[
    "digit-slip",
    "transposition",
    "decimal-point",
    "missing-digit",
    "extra-digit",
    "last-digit",
    "wrong-base",
    "wrong-sign",
    "ratio-as-percent",
    "wrong-sum",
    "wrong-difference",
    "wrong-value",
    "truncated",
    "rounded",
    "rounded-up",
    "rounded-to-limit",
    "contradiction",
    "possible-contradiction",
    "wrong-points",
    "wrong-band",
    "wrong-part",
    "identity",
    "not-checkable",
]
_ORDER = {"error": 0, "warning": 1, "note": 2}


@attrs.frozen
class Finding:
    """One finding with its place in the report; ``printed`` and ``right`` are texts with units."""

    kind: FindingClass
    level: Level
    source: Source = attrs.field(repr=False)
    span: Span
    name: str
    printed: str
    right: str
    expression: str
    zh: str
    en: str

    def message(self, lang: Lang = "zh") -> str:
        """What is wrong, in the language asked for."""
        return self.zh if lang == "zh" else self.en

    @property
    def sort_key(self) -> tuple[int, int]:
        """Orders findings by place, then by weight."""
        return self.span.start, _ORDER[self.level]

    def to_dict(self, lang: Lang = "zh") -> dict[str, Any]:
        """The JSON object of one finding; lines and columns count from 1."""
        start, end = self.source.position(self.span.start), self.source.position(self.span.end)
        return {
            "path": self.source.path,
            "class": self.kind,
            "level": self.level,
            "message": self.message(lang),
            "name": self.name,
            "printed": self.printed,
            "right": self.right,
            "expression": self.expression,
            "excerpt": self.source.slice(self.span),
            "span": {
                "line": start.line,
                "column": start.column,
                "end_line": end.line,
                "end_column": end.column,
            },
        }

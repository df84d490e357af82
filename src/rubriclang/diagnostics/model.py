"""A diagnostic and its kind.

Every message a user can see is an instance of a :class:`Kind`; a kind has a code that is never reused.
The hundreds of a code say the stage: R0xx text and syntax, R1xx names, R2xx types and units,
R3xx rules and scores, R4xx lint, R5xx facts, R6xx backends.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import attrs

from rubriclang.source import Source, Span, Workbook

Level = Literal["error", "warning", "hint"]
Lang = Literal["zh", "en"]

_registry: dict[str, Kind] = {}


@attrs.frozen
class Kind:
    """The definition of a diagnostic; message and hint are templates over its parameters."""

    code: str
    name: str
    level: Level
    zh: str
    en: str
    hint_zh: str = ""
    hint_en: str = ""

    def __attrs_post_init__(self) -> None:
        if self.code in _registry:
            raise ValueError(f"diagnostic code {self.code} is defined twice")
        _registry[self.code] = self


def kinds() -> dict[str, Kind]:
    """All kinds that the loaded modules define, by code."""
    return dict(sorted(_registry.items()))


@attrs.frozen
class Edit:
    """One change of a text: what stands under ``span`` becomes ``text``; an empty span inserts."""

    span: Span
    text: str


@attrs.frozen
class Fix:
    """What mends a finding: edits of one file, which do not overlap.

    A ``safe`` fix keeps the meaning that the author must have had; at any other a person looks first.
    """

    zh: str
    en: str
    edits: tuple[Edit, ...]
    safe: bool = True


@attrs.frozen
class Diagnostic:
    """One finding.

    ``source`` and ``span`` tell the place in a rubric or fact file; a finding about facts that came from
    Python has neither. ``params`` fill the templates of ``kind``; a parameter that reads differently in
    English is given a second time with the suffix ``_en``. ``witness`` is a fact set that shows the fault; until one is
    scored, ``goal`` holds what would show it.
    """

    kind: Kind
    source: Source | None = None
    span: Span | None = None
    params: Mapping[str, str] = attrs.field(factory=dict)
    level: Level | None = None
    witness: Mapping[str, Any] | None = None
    goal: Any = attrs.field(default=None, eq=False, repr=False)
    fix: Fix | None = None

    def __attrs_post_init__(self) -> None:
        if self.source is not None and self.span is not None and self.source.files:
            source, span = self.source.locate(self.span)
            if self.fix is not None:
                edits = tuple(attrs.evolve(edit, span=self.source.locate(edit.span)[1]) for edit in self.fix.edits)
                object.__setattr__(self, "fix", attrs.evolve(self.fix, edits=edits))
            object.__setattr__(self, "source", source)
            object.__setattr__(self, "span", span)

    @property
    def code(self) -> str:
        """The stable code, as in ``R101``."""
        return self.kind.code

    @property
    def severity(self) -> Level:
        """``error``, ``warning`` or ``hint``."""
        return self.level or self.kind.level

    def _fill(self, template: str, lang: Lang) -> str:
        params = dict(self.params)
        if lang == "en":
            params.update({k[:-3]: v for k, v in self.params.items() if k.endswith("_en")})
        return template.format_map(params)

    def message(self, lang: Lang = "zh") -> str:
        """What is wrong, in the language asked for."""
        return self._fill(self.kind.zh if lang == "zh" else self.kind.en, lang)

    def hint(self, lang: Lang = "zh") -> str:
        """What to type instead; empty where nothing is worth saying."""
        return self._fill(self.kind.hint_zh if lang == "zh" else self.kind.hint_en, lang)

    @property
    def sort_key(self) -> tuple[str, int, str]:
        """Orders diagnostics by file, place and code."""
        return (self.source.path if self.source else "", self.span.start if self.span else -1, self.code)

    def to_dict(self, lang: Lang = "zh") -> dict[str, Any]:
        """The JSON object of ``rubric check --format json``; lines and columns count from 1.

        A place in a sheet has its row and column there, and besides them ``sheet`` and ``cell``.
        """
        fix = None
        if self.fix is not None and self.source:
            fix = {
                "message": self.fix.zh if lang == "zh" else self.fix.en,
                "safe": self.fix.safe,
                "edits": [{"span": _place(self.source, edit.span), "text": edit.text} for edit in self.fix.edits],
            }
        return {
            "path": self.source.path if self.source else None,
            "code": self.code,
            "severity": self.severity,
            "message": self.message(lang),
            "hint": self.hint(lang) or None,
            "span": _place(self.source, self.span) if self.source and self.span else None,
            "witness": dict(self.witness) if self.witness is not None else None,
            "fix": fix,
            "params": dict(self.params),
        }


def _place(source: Source, span: Span) -> dict[str, Any]:
    """Lines and columns of a span, from 1, in code points; the end is the first place behind it."""
    start, end = source.position(span.start), source.position(span.end)
    if isinstance(source, Workbook):
        place: dict[str, Any] = {"line": start.line, "column": start.column}
        place |= {"end_line": start.line, "end_column": start.column}
        return place | {"sheet": source.sheet(span) or None, "cell": source.address(span)}
    return {"line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column}

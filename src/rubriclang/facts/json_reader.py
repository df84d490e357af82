"""Reads JSON fact files: numbers stay text, duplicates are seen, depth is bounded."""

from __future__ import annotations

import json
import re
from typing import Any

import attrs

from rubriclang.diagnostics import Diagnostic
from rubriclang.facts import errors
from rubriclang.facts.document import MAX_DEPTH, Document, Fields, Items, Raw, Scalar, units_of
from rubriclang.source import Source, Span

SUFFIXES = (".json",)


class _Number(str):
    """The text of a JSON number."""

    __slots__ = ()


class _Pairs(list[tuple[str, Any]]):
    """The members of a JSON object, duplicates included."""


def read(source: Source) -> Document:
    """The document of a JSON text; faults come as diagnostics."""
    text = source.text
    deepest = depth = 0
    for found in re.finditer(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', text):
        mark = found.group()
        depth += mark in ("[", "{")
        depth -= mark in ("]", "}")
        deepest = max(deepest, depth)
        if deepest > MAX_DEPTH:
            break
    if deepest > MAX_DEPTH:
        params = {"what": "嵌套层数", "what_en": "the nesting", "limit": str(MAX_DEPTH)}
        return Document(Fields(()), source, (Diagnostic(errors.TOO_LARGE, source, Span(0, 1), params),))
    try:
        value = json.loads(
            text, parse_int=_Number, parse_float=_Number, parse_constant=_Number, object_pairs_hook=_Pairs
        )
    except json.JSONDecodeError as error:
        params = {
            "why": "不是合格的 JSON",
            "why_en": f"not valid JSON: {error.msg}",
            "hint": "检查引号、逗号和括号",
            "hint_en": "check quotes, commas and brackets",
        }
        return Document(
            Fields(()), source, (Diagnostic(errors.UNREADABLE, source, Span(error.pos, error.pos + 1), params),)
        )
    root = _Places(text).convert(value)
    units = units_of(root)
    if units is not None:
        return Document(Fields(()), source, units=units)
    if not isinstance(root, Fields):
        params = {"found": "别的内容", "found_en": "something else"}
        return Document(Fields(()), source, (Diagnostic(errors.NOT_A_MAPPING, source, Span(0, 1), params),))
    return Document(root, source)


class _Places:
    """Finds the place of each member by walking the names of the text in order."""

    def __init__(self, text: str) -> None:
        self._keys = re.finditer(r'"((?:[^"\\]|\\.)*)"\s*:', text)

    def convert(self, value: Any) -> Raw:
        match value:
            case _Pairs():
                members = []
                for key, item in value:
                    found = next(self._keys, None)
                    span = Span(*found.span(1)) if found is not None else None
                    members.append((Scalar(key, span=span), _with_span(self.convert(item), span)))
                return Fields(tuple(members))
            case list():
                return Items(tuple(self.convert(item) for item in value))
            case bool():
                return Scalar("是" if value else "否", value)
            case None:
                return Scalar("")
            case _:
                return Scalar(str(value))


def _with_span(raw: Raw, span: Span | None) -> Raw:
    return attrs.evolve(raw, span=span) if isinstance(raw, Scalar) else raw

"""What a report says of its own scoring: the part ``自报`` of a fact file, read as single statements with places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import attrs

from rubriclang.facts.document import Document, Fields, Raw, Scalar
from rubriclang.source import Source, Span

StatementKind = Literal["value", "points", "total", "grade", "open"]
PARTS = ("自报", "claims")
_BLOCKS: dict[str, StatementKind] = {
    "数值": "value",
    "值": "value",
    "values": "value",
    "value": "value",
    "得分": "points",
    "points": "points",
    "scores": "points",
}
_WHOLE: dict[str, StatementKind] = {"总分": "total", "total": "total", "等次": "grade", "grade": "grade"}
_NOTES = frozenset({"来源", "备注", "source", "note"})


@attrs.frozen
class Statement:
    """One thing that a report says.

    ``kind`` is ``open`` where only the name and the figure can tell whether it is a value or points. ``broken`` marks
    what stands in the place of a figure but is none (a list, say).
    """

    kind: StatementKind
    name: str
    text: str
    source: Source = attrs.field(repr=False)
    span: Span
    broken: bool = False


def stated(document: Document) -> tuple[Statement, ...] | None:
    """The statements of a fact file in the order written; None when it has no part ``自报`` to read."""
    source = document.source or Source("<facts>", "")
    for key, value in document.root.items:
        if key.text.strip() in PARTS and isinstance(value, Fields):
            return tuple(_read(value, source))
    return None


def _read(fields: Fields, source: Source) -> Iterator[Statement]:
    for key, value in fields.items:
        name = key.text.strip()
        if name in _BLOCKS and isinstance(value, Fields):
            for inner, given in value.items:
                yield from _given(_BLOCKS[name], inner, given, source)
        elif name in _WHOLE:
            yield from _given(_WHOLE[name], key, value, source)
        else:
            yield from _given("open", key, value, source)


def _given(kind: StatementKind, key: Scalar, value: Raw, source: Source) -> Iterator[Statement]:
    """A figure, alone or with notes beside it; an indicator may carry its value and its points together."""
    name, place = key.text.strip(), value.span or key.span or Span(0, 0)
    if isinstance(value, Scalar):
        if not value.blank:
            yield Statement(kind, name, value.text.strip(), source, place)
        return
    inner = value.items if isinstance(value, Fields) else ()
    known = [(k, v) for k, v in inner if k.text.strip() in _BLOCKS or k.text.strip() in _WHOLE]
    for word, figure in known:
        own = _BLOCKS.get(word.text.strip(), kind)
        if isinstance(figure, Scalar) and not figure.blank:
            mixed = kind != "open" and own != kind and kind not in ("total", "grade")
            one = kind if kind in ("total", "grade") else own
            yield Statement(one, name, figure.text.strip(), source, figure.span or place, mixed)
    if not known or any(
        not isinstance(v, Scalar) or k.text.strip() not in {*_BLOCKS, *_WHOLE, *_NOTES} for k, v in inner
    ):
        yield Statement(kind, name, "…", source, key.span or place, True)

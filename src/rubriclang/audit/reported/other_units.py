"""What the other units of a fact file claim of themselves: a part ``自报`` inside ``各单位``."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from rubriclang.audit.reported.statements import PARTS
from rubriclang.facts.binding import FactSet
from rubriclang.facts.document import Document, Fields, Items, Scalar

_UNITS = ("各单位", "units")
_NAMES = ("单位", "unit")


def claiming_units(document: Document, facts: FactSet) -> Iterator[tuple[Document, FactSet]]:
    """Each other unit with a part ``自报``: what the file says of it, and its facts beside everybody else's."""
    known = {other.unit: other for other in facts.others if other.unit is not None}
    for name, fields in _members(document):
        mine = known.get(name)
        if mine is None or not any(key.text.strip() in PARTS for key, _ in fields.items):
            continue
        rest = (attrs.evolve(facts, others=()), *(other for other in facts.others if other is not mine))
        yield Document(fields, document.source), attrs.evolve(mine, others=rest)


def _members(document: Document) -> Iterator[tuple[str, Fields]]:
    for key, value in document.root.items:
        if key.text.strip() not in _UNITS:
            continue
        if isinstance(value, Items):
            yield from ((_own_name(item), item) for item in value.items if isinstance(item, Fields))
        elif isinstance(value, Fields):
            for word, item in value.items:
                if isinstance(item, Fields):
                    yield _own_name(item) or word.text.strip(), item


def _own_name(fields: Fields) -> str:
    named = (v.text.strip() for k, v in fields.items if k.text.strip() in _NAMES and isinstance(v, Scalar))
    return next(named, "")

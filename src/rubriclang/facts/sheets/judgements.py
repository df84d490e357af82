"""Gathers what a sheet says of judged indicators: points on a row of their own, ticks on a row each, and notes."""

from __future__ import annotations

import attrs

from rubriclang.facts.document import Fields, Raw, Scalar
from rubriclang.ir.notation import header_key

Notes = tuple[tuple[Scalar, Raw], ...]


@attrs.define
class _Judgement:
    name: Scalar
    points: list[Scalar] = attrs.field(factory=list)
    ticks: list[tuple[Scalar, Raw]] = attrs.field(factory=list)
    notes: dict[str, tuple[Scalar, Raw]] = attrs.field(factory=dict)


@attrs.define
class Judgements:
    """The judged indicators of a file in the order in which they first occur."""

    found: dict[str, _Judgement] = attrs.field(factory=dict)

    def add(self, name: Scalar, tick: Scalar | None, value: Scalar, notes: Notes) -> None:
        """One row: points, or with ``tick`` whether that item of the checklist holds."""
        judgement = self.found.setdefault(header_key(name.text), _Judgement(name))
        if tick is not None and not tick.blank:
            judgement.ticks.append((tick, value))
        else:
            judgement.points.append(value)
        for word, note in notes:
            judgement.notes.setdefault(word.text, (word, note))

    def items(self) -> tuple[tuple[Scalar, Raw], ...]:
        """The entries of 评定. Points beside ticks are both there, and then refused as given twice.

        A checklist with no tick at all is not filled in, and says nothing against points.
        """
        items: list[tuple[Scalar, Raw]] = []
        for judgement in self.found.values():
            beside = tuple(judgement.notes.values())
            given = [value for value in judgement.points if not value.blank]
            ticked = [value for _, value in judgement.ticks if isinstance(value, Scalar) and not value.blank]
            if judgement.ticks and (ticked or not given):
                ticks = (Scalar("清单"), Fields(tuple(judgement.ticks)))
                open_ = [value for _, value in judgement.ticks if isinstance(value, Scalar) and value.blank]
                place = (open_ or ticked)[0].span
                items.append((judgement.name, Fields((ticks, *beside), place)))
            if not judgement.ticks or given:
                for value in given or judgement.points[:1]:
                    items.append((judgement.name, Fields(((Scalar("得分"), value), *beside), value.span)))
        return tuple(items)

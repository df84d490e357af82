"""From objects to a flat table: who refers to whom in columns of numbers, so that reading it back needs no recursion.

A table has *leaves* (nothing, truth values, texts, fractions, dates, integers) and *groups*: objects of one class that
refer only to leaves and to groups before them. A group has a column for each field. A column holds the places of what
it refers to; where all are one, that one place; where all are small integers, the integers.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

import attrs

from rubriclang.caching.vocabulary import Shape, shape_of
from rubriclang.source import Span

REFERENCES, ONE, INTEGERS = 0, 1, 2  # what a column holds
CONTAINERS: tuple[type, ...] = (tuple, list, dict)
LEAVES = ("texts", "numerators", "denominators", "dates", "integers")
MOST_GROUPS = 4000  # bounds how deep a table can nest
_MOST = 2**32 - 1


class UnkeptError(Exception):
    """Something in it has no place in a table."""


@attrs.define
class _Group:
    """Objects of one class and one height, each as the numbers of its fields."""

    shape: Shape | type
    members: list[int] = attrs.field(factory=list)


class _Gatherer:
    """Numbers all that can be reached, what is referred to before what refers to it."""

    def __init__(self) -> None:
        self.numbers: dict[Any, int] = {}
        self.leaves: list[Any] = []
        self.kept: list[Any] = []  # so that no identity is given away while it is in use
        self.refers: list[tuple[int, ...] | None] = []  # None for a leaf
        self.heights: list[int] = []
        self.kinds: list[Shape | type | None] = []

    def add(self, root: Any) -> int:
        """The number of an object, after everything it refers to has one."""
        stack: list[tuple[Any, Shape | type | None, tuple[Any, ...]]] = [(root, None, ())]
        numbers = self.numbers
        while stack:
            found, kind, parts = stack.pop()
            key = _key(found)
            if kind is None:
                if key in numbers:
                    continue
                if type(found) in _LEAF_TYPES or isinstance(found, str):
                    self._number(key, found, None, None, 0)
                    continue
                kind, parts = _parts(found)
                stack.append((found, kind, parts))
                stack += [(part, None, ()) for part in reversed(parts)]
            elif key not in numbers:
                refers = tuple([numbers[_key(part)] for part in parts])
                height = 1 + max([self.heights[number] for number in refers], default=0)
                self._number(key, found, kind, refers, height)
        return numbers[_key(root)]

    def _number(
        self, key: Any, found: Any, kind: Shape | type | None, refers: tuple[int, ...] | None, height: int
    ) -> None:
        self.numbers[key] = len(self.kept)
        self.kept.append(found)
        self.kinds.append(kind)
        self.refers.append(refers)
        self.heights.append(height)


_LEAF_TYPES = frozenset({type(None), bool, int, str, Fraction, date})


def _key(found: Any) -> Any:
    """What tells objects apart: a leaf and a span by value, anything else by identity, so that sharing stays as is."""
    kind = type(found)
    if kind in _LEAF_TYPES:
        return kind, found
    if kind is Span:
        return kind, found.start, found.end
    return (str, str(found)) if isinstance(found, str) else id(found)


def _parts(found: Any) -> tuple[Shape | type, tuple[Any, ...]]:
    kind: type = type(found)
    if kind is tuple or kind is list:
        return kind, tuple(found)
    if kind is dict:
        return kind, tuple(part for pair in found.items() for part in pair)
    shape = shape_of(kind)
    if shape is None:
        raise UnkeptError(kind.__qualname__)
    return shape, tuple([getattr(found, name) for name in shape.fields])


def encode(root: Any) -> tuple[dict[str, Any], array[int]]:
    """The table of an object: a head of plain JSON data, and the columns.

    Raises:
        UnkeptError: something in it cannot be kept, or it is too deep or too large.
    """
    gatherer = _Gatherer()
    gatherer.add(root)
    places, head = _leaves(gatherer)
    groups: dict[tuple[int, str], _Group] = {}
    for number, kind in enumerate(gatherer.kinds):
        if kind is not None:
            name = kind.__name__ if isinstance(kind, type) else kind.name
            groups.setdefault((gatherer.heights[number], name), _Group(kind)).members.append(number)
    if len(groups) > MOST_GROUPS:
        raise UnkeptError("too deep")
    columns = array("I")
    if columns.itemsize != 4:
        raise UnkeptError("this machine has no integers of four bytes")
    listed: list[list[Any]] = []
    classes: dict[str, int] = {}
    shapes: list[list[Any]] = []
    at = len(head["texts"]) + len(head["numerators"]) + len(head["dates"]) + len(head["integers"]) + 3
    for _, group in sorted(groups.items(), key=lambda item: item[0]):
        shape = group.shape
        if isinstance(shape, type):
            modes = _container(gatherer, group.members, places, columns)
            kind_at = -1 - CONTAINERS.index(shape)
        else:
            if shape.name not in classes:
                classes[shape.name] = len(shapes)
                shapes.append([shape.name, *shape.fields])
            kind_at = classes[shape.name]
            modes = _columns(gatherer, group.members, places, columns)
        listed.append([kind_at, len(group.members), *modes])
        for number in group.members:
            places[number] = at
            at += 1
    if at > _MOST:
        raise UnkeptError("too large")
    head |= {"classes": shapes, "groups": listed}
    return head, columns


def _leaves(gatherer: _Gatherer) -> tuple[list[int], dict[str, Any]]:
    """The place of each leaf, by its number, and the leaves by their kind."""
    places = [0] * len(gatherer.kept)
    by_kind: dict[type, list[int]] = {str: [], Fraction: [], date: [], int: []}
    for number, (found, kind) in enumerate(zip(gatherer.kept, gatherer.kinds, strict=True)):
        if kind is not None or found is None:
            continue
        if isinstance(found, bool):
            places[number] = 1 if found else 2
        else:
            by_kind[str if isinstance(found, str) else type(found)].append(number)
    at = 3
    for numbers in by_kind.values():
        for number in numbers:
            places[number] = at
            at += 1

    def values(kind: type) -> Iterable[Any]:
        return (gatherer.kept[number] for number in by_kind[kind])

    head = {
        "texts": [str(text) for text in values(str)],
        "numerators": [fraction.numerator for fraction in values(Fraction)],
        "denominators": [fraction.denominator for fraction in values(Fraction)],
        "dates": [day.toordinal() for day in values(date)],
        "integers": list(values(int)),
    }
    return places, head


def _container(gatherer: _Gatherer, members: list[int], places: list[int], columns: array[int]) -> list[int]:
    """Writes the lengths of the members, then all they hold."""
    held = [gatherer.refers[number] or () for number in members]
    columns.extend([len(one) for one in held])
    columns.extend([places[number] for one in held for number in one])
    return [sum(len(one) for one in held)]


def _columns(gatherer: _Gatherer, members: list[int], places: list[int], columns: array[int]) -> list[int]:
    """Writes a column for each field; returns what each holds."""
    modes = []
    for column in zip(*[gatherer.refers[number] or () for number in members], strict=True):
        if len(set(column)) == 1:
            modes.append(ONE)
            columns.append(places[column[0]])
            continue
        values = [gatherer.kept[number] for number in column]
        if all(type(value) is int and 0 <= value <= _MOST for value in values):
            modes.append(INTEGERS)
            columns.extend(values)
        else:
            modes.append(REFERENCES)
            columns.extend([places[number] for number in column])
    return modes

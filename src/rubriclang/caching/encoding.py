"""From objects to a flat table: who refers to whom in columns of numbers, so that reading it back needs no recursion.

A table has *leaves* (nothing, truth values, texts, fractions, dates, integers) and *groups*: objects of one class that
refer only to leaves and to groups before them. A group has a column for each field. A column holds the places of what
it refers to; where all are one, that one place; where all are small integers, the integers.

Objects are gathered from the root down, a level and a class at a time, and written from the lowest level up: almost
all of it is done on whole columns, which is many times faster than object by object.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from itertools import chain
from operator import attrgetter
from typing import Any

import attrs

from rubriclang.caching.vocabulary import Shape, shape_of

REFERENCES, ONE, INTEGERS = 0, 1, 2  # what a column holds
CONTAINERS: tuple[type, ...] = (tuple, list, dict)
MOST_GROUPS = 4000  # bounds how deep a table can nest
_MOST = 2**32 - 1
_FIXED: dict[bool | None, int] = {None: 0, True: 1, False: 2}  # the places of the leaves that every table has
_LEAVES: tuple[type, ...] = (str, Fraction, date, int)  # in the order of their places
_PLAIN = frozenset({type(None), bool, *_LEAVES})


class UnkeptError(Exception):
    """Something in it has no place in a table."""


def encode(root: Any) -> tuple[dict[str, Any], array[int]]:
    """The table of an object: a head of plain JSON data, and the columns.

    Raises:
        UnkeptError: something in it cannot be kept, or it is too deep or too large.
    """
    levels = _levels(root)
    groups = [group for level in reversed(levels) for group in level]
    if len(groups) > MOST_GROUPS:
        raise UnkeptError("too deep")
    leaves = _leaves(groups)
    writer = _Writer(leaves)
    for group in groups:
        writer.write(group)
    above, below = [f.numerator for f in leaves[Fraction]], [f.denominator for f in leaves[Fraction]]
    head = {
        "texts": list(leaves[str]),
        "numerators": above,
        "denominators": below,
        "dates": [day.toordinal() for day in leaves[date]],
        "integers": list(leaves[int]),
        "classes": [[shape.name, *shape.fields] for shape in writer.shapes],
        "groups": writer.groups,
    }
    return head, writer.columns


@attrs.frozen
class _Group:
    """Objects of one class on one level, and what their fields hold: a column a field, or all a container holds."""

    made: type
    members: list[Any]
    columns: list[list[Any]]


def _levels(root: Any) -> list[list[_Group]]:
    """All objects, each on the lowest level that it is met on, so that it is below whatever refers to it."""
    met: dict[int, tuple[int, Any]] = {}  # by identity: sharing stays as it is
    level: dict[int, Any] = {id(root): root}
    depth = 0
    while level:
        met.update({key: (depth, found) for key, found in level.items()})
        below: dict[int, Any] = {}
        for group in _grouped(level.values()):
            for column in group.columns:
                kinds = set(map(type, column))
                if kinds <= _PLAIN:
                    continue
                if kinds & _PLAIN:
                    column = [found for found in column if type(found) not in _PLAIN]
                below.update(zip(map(id, column), column, strict=True))
        level = below
        depth += 1
        if depth > MOST_GROUPS:
            raise UnkeptError("too deep")
    found: list[list[Any]] = [[] for _ in range(depth)]
    for at, one in met.values():
        found[at].append(one)
    return [_grouped(one) for one in found]


def _grouped(level: Iterable[Any]) -> list[_Group]:
    by_class: dict[type, list[Any]] = {}
    for found in level:
        by_class.setdefault(type(found), []).append(found)
    return [_Group(made, members, _columns(made, members)) for made, members in by_class.items()]


def _columns(made: type, members: list[Any]) -> list[list[Any]]:
    if made is dict:
        flat = chain.from_iterable(chain.from_iterable(one.items() for one in members))
        return [_plain(list(flat))]
    if made in CONTAINERS:
        return [_plain(list(chain.from_iterable(members)))]
    return [_plain(list(map(attrgetter(name), members))) for name in _shape(made).fields]


def _plain(column: list[Any]) -> list[Any]:
    """The column with texts of special kinds (a token of the parser) as texts."""
    if all(kind in _PLAIN or not issubclass(kind, str) for kind in set(map(type, column))):
        return column
    return [str(found) if isinstance(found, str) else found for found in column]


def _shape(made: type) -> Shape:
    shape = shape_of(made)
    if shape is None:
        raise UnkeptError(made.__qualname__)
    return shape


def _small(column: list[Any]) -> bool:
    """Whether a column is of integers that need no place of their own."""
    return set(map(type, column)) == {int} and min(column) >= 0 and max(column) <= _MOST


def _leaves(groups: list[_Group]) -> dict[type, dict[Any, int]]:
    """All leaves by their kind, each with its place."""
    found: dict[type, dict[Any, int]] = {kind: {} for kind in _LEAVES}
    for group in groups:
        for column in group.columns:
            if group.made not in CONTAINERS and _small(column):
                continue
            kinds = set(map(type, column))
            for kind in kinds.intersection(_LEAVES):
                same = column if len(kinds) == 1 else [one for one in column if type(one) is kind]
                found[kind].update(dict.fromkeys(same, 0))
    at = len(_FIXED)
    for kind in _LEAVES:
        found[kind] = dict(zip(found[kind], range(at, at + len(found[kind])), strict=True))
        at += len(found[kind])
    return found


class _Writer:
    """Writes groups, each after all that it refers to."""

    def __init__(self, leaves: dict[type, dict[Any, int]]) -> None:
        self.leaves = leaves
        self.places: dict[int, int] = {}
        self.at = len(_FIXED) + sum(map(len, leaves.values()))
        self.columns = array("I")
        if self.columns.itemsize != 4:
            raise UnkeptError("this machine has no integers of four bytes")
        self.shapes: dict[Shape, int] = {}
        self.groups: list[list[int]] = []

    def write(self, group: _Group) -> None:
        if group.made in CONTAINERS:
            (held,) = group.columns
            twice = 2 if group.made is dict else 1
            self.columns.extend([twice * len(one) for one in group.members])
            self.columns.extend(self._places_of(held))
            self.groups.append([-1 - CONTAINERS.index(group.made), len(group.members), len(held)])
        else:
            kind = self.shapes.setdefault(_shape(group.made), len(self.shapes))
            self.groups.append([kind, len(group.members), *map(self._column, group.columns)])
        end = self.at + len(group.members)
        if end > _MOST:
            raise UnkeptError("too large")
        self.places.update(zip(map(id, group.members), range(self.at, end), strict=True))
        self.at = end

    def _column(self, column: list[Any]) -> int:
        """Writes the column of a field; returns what it holds."""
        small = _small(column)
        places = column if small else self._places_of(column)
        if not small and len(set(places)) == 1:
            self.columns.append(places[0])
            return ONE
        self.columns.extend(places)
        return INTEGERS if small else REFERENCES

    def _places_of(self, column: list[Any]) -> list[int]:
        kinds = set(map(type, column))
        if not kinds & _PLAIN:
            return list(map(self.places.__getitem__, map(id, column)))
        if len(kinds) == 1:
            (kind,) = kinds
            return list(map(self.leaves.get(kind, _FIXED).__getitem__, column))
        return [self._place_of(found) for found in column]

    def _place_of(self, found: Any) -> int:
        kind = type(found)
        if kind in self.leaves:
            return self.leaves[kind][found]
        return _FIXED[found] if kind in _PLAIN else self.places[id(found)]

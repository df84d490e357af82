"""From a flat table back to objects, a column at a time; a table that is not well formed is refused.

No file can make this run code, take more memory than a small multiple of its own size, or yield a circle: a group
refers only to what stands before it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from itertools import islice, repeat
from typing import Any

from rubriclang.caching.encoding import CONTAINERS, INTEGERS, MOST_GROUPS, ONE, REFERENCES
from rubriclang.caching.vocabulary import Shape, shape_named
from rubriclang.collecting import uncollected

_new = object.__new__


class MalformedError(Exception):
    """The table cannot be one that ``encode`` made."""


def decode(head: dict[str, Any], columns: list[int]) -> Any:
    """The object whose table this is.

    Args:
        head: what ``encode`` returned, after a round through JSON.
        columns: its columns.

    Raises:
        MalformedError: it is no such table, or one of another version of the classes.
    """
    try:
        with uncollected():
            return _Reader(head, columns).read()
    except (KeyError, IndexError, TypeError, ValueError, ArithmeticError, AttributeError, RecursionError) as error:
        raise MalformedError(str(error)) from error


class _Reader:
    def __init__(self, head: dict[str, Any], columns: list[int]) -> None:
        self.columns = columns
        self.at = 0
        self.groups: list[list[int]] = head["groups"]
        self.shapes = [_shape(name, fields) for name, *fields in head["classes"]]
        texts, integers = head["texts"], head["integers"]
        above, below = head["numerators"], head["denominators"]
        if set(map(type, texts)) - {str} or set(map(type, integers)) - {int} or len(above) != len(below):
            raise MalformedError("leaves")
        self.table: list[Any] = [None, True, False, *texts]
        self.table += map(Fraction, above, below)
        self.table += map(date.fromordinal, head["dates"])
        self.table += integers

    def read(self) -> Any:
        if not 0 < len(self.groups) <= MOST_GROUPS:
            raise MalformedError("groups")
        left = len(self.columns) + len(self.groups)  # an object is referred to at least once, but for the last
        for kind, count, *modes in self.groups:
            left -= count
            if count < 1 or left < 0:
                raise MalformedError("counts")
            if kind < 0:
                self.table += self._containers(CONTAINERS[-1 - kind], count, *modes)
            else:
                self.table += self._objects(self.shapes[kind], count, modes)
        if self.at != len(self.columns):
            raise MalformedError("columns")
        return self.table[-1]

    def _take(self, count: int) -> list[int]:
        taken = self.columns[self.at : self.at + count]
        if count < 0 or len(taken) != count:
            raise MalformedError("columns")
        self.at += count
        return taken

    def _meant(self, count: int) -> Iterable[Any]:
        """What a column refers to; a place that is not filled yet is an IndexError."""
        return map(self.table.__getitem__, self._take(count))

    def _objects(self, shape: Shape, count: int, modes: list[int]) -> list[Any]:
        made: list[Any] = list(map(_new, repeat(shape.made, count)))
        if len(modes) != len(shape.fill):
            raise MalformedError(shape.name)
        for fill, mode in zip(shape.fill, modes, strict=True):
            values: Iterable[Any]
            if mode == REFERENCES:
                values = self._meant(count)
            elif mode == ONE:
                values = repeat(self.table[self._take(1)[0]])
            elif mode == INTEGERS:
                values = self._take(count)
            else:
                raise MalformedError(shape.name)
            deque(map(fill, made, values), 0)
        return made

    def _containers(self, kind: type, count: int, total: int) -> Iterable[Any]:
        lengths = self._take(count)
        if sum(lengths) != total:
            raise MalformedError("lengths")
        parts = iter(list(self._meant(total)))
        if kind is dict:
            return [dict(_pairs(islice(parts, length))) for length in lengths]
        return [kind(islice(parts, length)) for length in lengths]


def _pairs(flat: Iterator[Any]) -> Iterator[tuple[Any, Any]]:
    return zip(flat, flat, strict=True)


def _shape(name: str, fields: list[str]) -> Shape:
    shape = shape_named(name)
    if shape is None or list(shape.fields) != fields:
        raise MalformedError(name)
    return shape

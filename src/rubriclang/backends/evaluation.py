"""What goes into an evaluation and what comes out of it, whichever backend does it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from rubriclang.ir import nodes as ir
from rubriclang.ir.nodes import POPULATION as POPULATION
from rubriclang.ir.values import Value
from rubriclang.source import Span


@attrs.frozen
class Violation:
    """A given value that its declaration or its judge's bounds forbid; ``bound`` is the broken constraint."""

    name: str
    value: Value
    bound: str
    judged: bool = False
    low: Value | None = None
    high: Value | None = None


@attrs.define
class Evaluation:
    """All values of a program on one fact set, and which rows made them.

    ``fired`` lists for each definition the tags of the rows that applied, outermost first; ``judgements`` tells
    which judged items a definition used.
    """

    facts: dict[str, Value] = attrs.field(factory=dict)
    values: dict[str, Value] = attrs.field(factory=dict)
    fired: dict[str, list[ir.Tag]] = attrs.field(factory=dict)
    judgements: dict[str, list[str]] = attrs.field(factory=dict)
    violations: list[Violation] = attrs.field(factory=list)
    lists: dict[str, list[dict[str, Value]]] = attrs.field(factory=dict)
    run: Any = attrs.field(default=None, eq=False, repr=False)


# A row that applied: in which definition, as written, and where.
Key = tuple[str, str, Span | None]


def reached(run: Evaluation) -> frozenset[Key]:
    """The rows, steps and overrides that an evaluation went through."""
    return frozenset((name, tag.text, tag.span) for name, tags in run.fired.items() for tag in tags)


@attrs.frozen
class Given:
    """The inputs of one unit: facts and list facts by name, judged points by item."""

    facts: Mapping[str, Value]
    judged: Mapping[str, Value] = attrs.field(factory=dict)
    lists: Mapping[str, Sequence[Mapping[str, Value]]] = attrs.field(factory=dict)

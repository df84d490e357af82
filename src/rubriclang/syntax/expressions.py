"""Expressions of the syntax tree, as written.

All nodes are frozen; spans take no part in equality, so two texts that say the same compare equal.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Literal

import attrs

from rubriclang.source import Span

_NOWHERE = Span(0, 0)


def span_field() -> Any:
    """A field for the place of a node; it takes no part in equality."""
    return attrs.field(default=_NOWHERE, eq=False, repr=False)


Comparator = Literal["=", "!=", "<", "<=", ">", ">="]


@attrs.frozen
class Number:
    """A number as written, with its unit word (``5%``, ``10万元``) or None."""

    value: Fraction
    unit: str | None = None
    span: Span = span_field()


@attrs.frozen
class Text:
    """A quoted text."""

    value: str
    span: Span = span_field()


@attrs.frozen
class Date:
    """A calendar date."""

    year: int
    month: int
    day: int
    span: Span = span_field()


@attrs.frozen
class Name:
    """A name or a dotted path."""

    parts: tuple[str, ...]
    span: Span = span_field()

    @property
    def text(self) -> str:
        """The path as written."""
        return ".".join(self.parts)


@attrs.frozen
class Full:
    """满分: the points of the indicator at hand."""

    span: Span = span_field()


@attrs.frozen
class Negation:
    """``-x``."""

    operand: Expression
    span: Span = span_field()


@attrs.frozen
class Sum:
    """``a + b - c``: a first term and the signed rest."""

    first: Expression
    rest: tuple[tuple[Literal["+", "-"], Expression], ...]
    span: Span = span_field()


@attrs.frozen
class Product:
    """``a × b ÷ c``, from left to right."""

    first: Expression
    rest: tuple[tuple[Literal["*", "/"], Expression], ...]
    span: Span = span_field()


@attrs.frozen
class Power:
    """``a ^ b``."""

    base: Expression
    exponent: Expression
    span: Span = span_field()


@attrs.frozen
class Comparison:
    """``a ≤ b``."""

    op: Comparator
    left: Expression
    right: Expression
    span: Span = span_field()


@attrs.frozen
class And:
    """``a 且 b 且 …``."""

    items: tuple[Expression, ...]
    span: Span = span_field()


@attrs.frozen
class Or:
    """``a 或 b 或 …``."""

    items: tuple[Expression, ...]
    span: Span = span_field()


@attrs.frozen
class Not:
    """``非 a``."""

    operand: Expression
    span: Span = span_field()


@attrs.frozen
class IsMissing:
    """``缺失（x）``."""

    target: Name
    span: Span = span_field()


@attrs.frozen
class Over:
    """``集合：式``, an argument that ranges over a collection."""

    collection: Name
    body: Expression
    span: Span = span_field()


@attrs.frozen
class Where:
    """``其中 条件``, an argument that narrows a collection."""

    condition: Expression
    span: Span = span_field()


@attrs.frozen
class Call:
    """``函数（…）``."""

    function: str
    arguments: tuple[Expression | Over | Where, ...]
    span: Span = span_field()


Expression = (
    Number
    | Text
    | Date
    | Name
    | Full
    | Negation
    | Sum
    | Product
    | Power
    | Comparison
    | And
    | Or
    | Not
    | IsMissing
    | Call
)

"""What is known along one path through a program: rows, labels still possible, and values worked out so far."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import attrs

from rubriclang.ir.values import Reason
from rubriclang.prover import simplex
from rubriclang.prover.linear import Linear, Row, number, variable


@attrs.frozen
class Ratio:
    """A number: a linear form, or one over another that is above zero on this path."""

    above: Linear
    below: Linear = number(1)

    @property
    def constant(self) -> Fraction | None:
        """Its value, where it depends on nothing."""
        if self.above.fixed and self.below.fixed:
            return self.above.constant / self.below.constant
        return None

    @property
    def linear(self) -> Linear | None:
        """It as a linear form, where its denominator is a number."""
        return self.above * (1 / self.below.constant) if self.below.fixed else None


@attrs.frozen
class Choice:
    """A fact with few values: which of them are still possible is known to the path."""

    name: str


Symbolic = Ratio | Choice | bool | str | Reason


@attrs.define
class State:
    """A path. ``grids`` holds the variables that are multiples of a step; ``loose`` says that something was let go."""

    rows: tuple[Row, ...] = ()
    options: dict[str, tuple[Any, ...]] = attrs.field(factory=dict)
    values: dict[str, Symbolic] = attrs.field(factory=dict)
    grids: dict[str, Fraction] = attrs.field(factory=dict)
    absent: frozenset[str] = frozenset()
    count: int = 0

    def fork(self) -> State:
        """A path of its own that has come the same way."""
        return State(self.rows, dict(self.options), dict(self.values), dict(self.grids), self.absent, self.count)

    def with_rows(self, rows: tuple[Row, ...]) -> State | None:
        """The path under further rows; None where they cannot hold as well."""
        new = [row for row in rows if row.decided is not True and row not in self.rows]
        if any(row.decided is False for row in new):
            return None
        if not new:
            return self
        out = self.fork()
        out.rows = (*self.rows, *new)
        return out if simplex.model(out.rows) is not None else None

    def with_options(self, name: str, left: tuple[Any, ...]) -> State | None:
        """The path where a fact has one of these values."""
        if not left:
            return None
        out = self.fork()
        out.options[name] = left
        return out

    def with_value(self, key: str, value: Symbolic) -> State:
        """The path where something has been worked out."""
        out = self.fork()
        out.values[key] = value
        return out

    def fresh(self) -> tuple[State, str]:
        """The path with one more number about which nothing is known."""
        out = self.fork()
        out.count += 1
        return out, f"\0{out.count}"


def unknown(name: str) -> Ratio:
    """A number that is a variable."""
    return Ratio(variable(name))


def fixed(value: Fraction) -> Ratio:
    """A number that is known."""
    return Ratio(number(value))


def whole(values: Mapping[str, Fraction], grids: Mapping[str, Fraction]) -> str | None:
    """The first variable that is no multiple of its step."""
    return next((n for n, step in sorted(grids.items()) if n in values and (values[n] / step).denominator != 1), None)

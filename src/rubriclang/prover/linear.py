"""Linear forms over facts with exact coefficients, and the comparisons that a path collects."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

import attrs

Sign = Literal["<=", "<", "="]


@attrs.frozen
class Linear:
    """``constant + Σ coefficient × variable``; no coefficient is zero, the variables are in order."""

    terms: tuple[tuple[str, Fraction], ...] = ()
    constant: Fraction = Fraction(0)

    def __add__(self, other: Linear) -> Linear:
        found = dict(self.terms)
        for name, coefficient in other.terms:
            found[name] = found.get(name, Fraction(0)) + coefficient
        return Linear(_tidy(found), self.constant + other.constant)

    def __sub__(self, other: Linear) -> Linear:
        return self + other * Fraction(-1)

    def __mul__(self, factor: Fraction) -> Linear:
        if factor == 0:
            return Linear()
        return Linear(tuple((name, c * factor) for name, c in self.terms), self.constant * factor)

    @property
    def fixed(self) -> bool:
        """Whether it depends on no variable."""
        return not self.terms

    def at(self, values: Mapping[str, Fraction]) -> Fraction:
        """Its value where the variables have these values (0 where none is given)."""
        return self.constant + sum((c * values.get(name, Fraction(0)) for name, c in self.terms), Fraction(0))

    def put(self, values: Mapping[str, Fraction]) -> Linear:
        """With some variables replaced by numbers."""
        rest = tuple((name, c) for name, c in self.terms if name not in values)
        gone = sum((c * values[name] for name, c in self.terms if name in values), Fraction(0))
        return Linear(rest, self.constant + gone)


def _tidy(found: Mapping[str, Fraction]) -> tuple[tuple[str, Fraction], ...]:
    return tuple(sorted((name, c) for name, c in found.items() if c != 0))


def variable(name: str) -> Linear:
    """The form that is one variable."""
    return Linear(((name, Fraction(1)),))


def number(value: Fraction | int) -> Linear:
    """The form that is one number."""
    return Linear((), Fraction(value))


@attrs.frozen
class Row:
    """``form sign 0``."""

    form: Linear
    sign: Sign

    @property
    def decided(self) -> bool | None:
        """Whether it holds, where it depends on nothing; otherwise None."""
        if not self.form.fixed:
            return None
        value = self.form.constant
        return value <= 0 if self.sign == "<=" else value < 0 if self.sign == "<" else value == 0

    def holds(self, values: Mapping[str, Fraction]) -> bool:
        """Whether it holds for these values."""
        return bool(Row(number(self.form.at(values)), self.sign).decided)


def compare(left: Linear, op: str, right: Linear) -> tuple[Row, ...] | None:
    """The rows of ``left op right`` (all must hold); None for ``ne``, which is no conjunction."""
    apart = left - right
    match op:
        case "le":
            return (Row(apart, "<="),)
        case "lt":
            return (Row(apart, "<"),)
        case "ge":
            return (Row(apart * Fraction(-1), "<="),)
        case "gt":
            return (Row(apart * Fraction(-1), "<"),)
        case "eq":
            return (Row(apart, "="),)
        case _:
            return None

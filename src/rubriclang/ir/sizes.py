"""How large an exact number may grow: a limit far beyond any standard, but within what a machine can carry."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from rubriclang.ir.reals import Real

MAX_BITS = 131_072  # of numerator or denominator, about 39,000 digits
_FEW = 8


class TooLargeError(ArithmeticError):
    """An exact result with more digits than the language carries."""


def within(value: Any) -> Any:
    """The number itself, if it is of bearable size; otherwise :class:`TooLargeError` is raised.

    A real is as large as its bounds are long: a product of very small reals is as long to write as one of large ones.
    """
    bounds = value.rough if isinstance(value, Real) else (value,)
    if any(max(bound.numerator.bit_length(), bound.denominator.bit_length()) > MAX_BITS for bound in bounds):
        raise TooLargeError
    return value


def total(terms: Sequence[Any]) -> Any:
    """The sum of numbers, halves first: that keeps the denominators of long lists small for as long as possible."""
    if len(terms) <= _FEW:
        result: Any = Fraction(0)
        for term in terms:
            result = within(result + term)
        return result
    middle = len(terms) // 2
    return within(total(terms[:middle]) + total(terms[middle:]))


def product(factors: Sequence[Any]) -> Any:
    """The product of numbers."""
    result: Any = factors[0] if factors else Fraction(1)
    for factor in factors[1:]:
        result = within(result * factor)
    return result


def power_fits(base: Fraction, exponent: int) -> bool:
    """Whether an integer power of a rational is of bearable size, told without computing it."""
    longer = max(base.numerator.bit_length(), base.denominator.bit_length())
    return (longer - 1) * abs(exponent) <= MAX_BITS

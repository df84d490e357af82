"""Numbers that are no fractions (ln, log10, exp, sqrt, powers): known as closely as a question needs.

A real is a recipe that yields, for any precision, two rationals it lies between. A comparison raises the precision
until the answer is certain; what stays open at the limit is refused, never guessed. Arguments that give a rational
(√4, ln 1, log10 100, 8^(1/3)) give that rational, so that equalities which hold are seen to hold.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction

from rubriclang.ir.rounding import RoundMode, round_to

Bounds = tuple[Fraction, Fraction]
_FIRST, _LAST = 30, 1920  # decimal digits; doubled while a question is open
_WHOLE = 20  # digits of a whole part that are shown in full
_LONGEST = 200  # characters of a recipe that a message shows


class UndecidedError(ArithmeticError):
    """A comparison that stays open at the highest precision: the two sides are equal, or as good as."""


class Real:
    """A real number by its bounds at a precision in decimal digits."""

    def __init__(self, bounds: Callable[[int], Bounds], text: str) -> None:
        self._recipe = bounds
        self._known: dict[int, Bounds] = {}
        self.text = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"

    def bounds(self, digits: int) -> Bounds:
        """Two rationals the number lies between; worked out once for a precision, for recipes share their parts."""
        if digits not in self._known:
            self._known[digits] = self._recipe(digits)
        return self._known[digits]

    @property
    def rough(self) -> Bounds:
        """Bounds good enough for most questions."""
        return self.bounds(_FIRST)

    def __repr__(self) -> str:
        return f"Real({self.text})"

    # -- arithmetic: bounds of the result from bounds of the parts

    def __add__(self, other: Real | Fraction) -> Real:
        def bounds(digits: int) -> Bounds:
            (a, b), (c, d) = self.bounds(digits), bounds_of(other, digits)
            return a + c, b + d

        return Real(bounds, f"({self.text} + {text_of(other)})")

    __radd__ = __add__

    def __neg__(self) -> Real:
        def bounds(digits: int) -> Bounds:
            a, b = self.bounds(digits)
            return -b, -a

        return Real(bounds, f"-{self.text}")

    def __mul__(self, other: Real | Fraction) -> Real | Fraction:
        if other == 0 and isinstance(other, Fraction):
            return Fraction(0)

        def bounds(digits: int) -> Bounds:
            (a, b), (c, d) = self.bounds(digits), bounds_of(other, digits)
            products = (a * c, a * d, b * c, b * d)
            return min(products), max(products)

        return Real(bounds, f"{self.text} × {text_of(other)}")

    __rmul__ = __mul__

    def __truediv__(self, other: Real | Fraction) -> Real:
        return quotient(self, other)

    def __rtruediv__(self, other: Fraction) -> Real:
        return quotient(other, self)

    def __abs__(self) -> Real:
        return self if self > 0 else -self

    # -- questions

    def _sign(self, other: Real | Fraction | int) -> int:
        digits = _FIRST
        while digits <= _LAST:
            (a, b), (c, d) = self.bounds(digits), bounds_of(other, digits)
            if b < c:
                return -1
            if a > d:
                return 1
            digits *= 2
        raise UndecidedError(f"{self.text} ? {text_of(other)}")

    def __lt__(self, other: Real | Fraction | int) -> bool:
        return self._sign(other) < 0

    def __le__(self, other: Real | Fraction | int) -> bool:
        return self._sign(other) < 0

    def __gt__(self, other: Real | Fraction | int) -> bool:
        return self._sign(other) > 0

    def __ge__(self, other: Real | Fraction | int) -> bool:
        return self._sign(other) > 0

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, Real | Fraction) and self._sign(other) == 0

    def __hash__(self) -> int:
        return id(self)

    def __bool__(self) -> bool:
        return self._sign(Fraction(0)) != 0

    def rounded(self, step: Fraction, mode: RoundMode) -> Fraction:
        """The multiple of a step that a mode chooses; the precision rises until both bounds agree."""
        digits = _FIRST
        while digits <= _LAST:
            low, high = (round_to(bound, step, mode) for bound in self.bounds(digits))
            if low == high:
                return low
            digits *= 2
        raise UndecidedError(f"{self.text} rounded to {step}")

    def shown(self, digits: int = 12) -> str:
        """Leading digits, cut off and marked with …"""
        low, _ = self.rough
        if abs(low) >= 10**_WHOLE:
            lead, exponent = leading_digits(low)
            return f"{'-' if low < 0 else ''}{lead}…×10^{exponent}"
        scaled = int(low * 10**digits)
        whole, part = divmod(abs(scaled), 10**digits)
        return f"{'-' if scaled < 0 else ''}{digits_text(whole)}.{part:0{digits}d}…"


def digits_text(number: int) -> str:
    """An integer in decimal digits, however long it is (``str`` refuses more than 4,300)."""
    return str(number) if number.bit_length() < 14_000 else str(Decimal(number))


def leading_digits(value: Fraction) -> tuple[str, int]:
    """A number other than 0 by its first five digits, cut off, and the power of ten they are to be multiplied with."""
    exponent = len(digits_text(abs(value.numerator))) - len(digits_text(value.denominator))
    scaled = abs(value) / Fraction(10) ** exponent
    if scaled < 1:
        scaled, exponent = scaled * 10, exponent - 1
    lead = int(scaled * 10**4)
    return f"{lead // 10**4}.{lead % 10**4:04d}", exponent


def bounds_of(value: Real | Fraction | int, digits: int) -> Bounds:
    """The bounds of a number; those of a rational are itself."""
    return value.bounds(digits) if isinstance(value, Real) else (Fraction(value), Fraction(value))


def text_of(value: Real | Fraction | int) -> str:
    """How a number is named in messages."""
    if isinstance(value, Real):
        return value.text
    whole, parts = digits_text(value.numerator), digits_text(value.denominator)
    return whole if parts == "1" else f"{whole}/{parts}"


def quotient(a: Real | Fraction, b: Real | Fraction) -> Real:
    """``a / b`` where either is a real; ``b`` is certain not to be zero, or the question is refused."""
    if isinstance(b, Real):
        b._sign(Fraction(0))

    def bounds(digits: int) -> Bounds:
        (x, y), (c, d) = bounds_of(a, digits), bounds_of(b, digits)
        while c <= 0 <= d:
            digits *= 2
            if digits > _LAST:
                raise UndecidedError(f"{text_of(b)} ? 0")
            c, d = bounds_of(b, digits)
        quotients = (x / c, x / d, y / c, y / d)
        return min(quotients), max(quotients)

    return Real(bounds, f"{text_of(a)} / {text_of(b)}")


# ---- functions


def _monotone(name: str, function: Callable[[Decimal, Context], Decimal], x: Real | Fraction) -> Real:
    """A rising function of a number, by correctly rounded decimal arithmetic on both its bounds, one unit wider."""

    def bounds(digits: int) -> Bounds:
        low, high = bounds_of(x, digits + 10)
        floor, ceiling = Context(prec=digits, rounding=ROUND_FLOOR), Context(prec=digits, rounding=ROUND_CEILING)
        below = function(floor.divide(Decimal(low.numerator), Decimal(low.denominator)), floor)
        above = function(ceiling.divide(Decimal(high.numerator), Decimal(high.denominator)), ceiling)
        return Fraction(below.next_minus(floor)), Fraction(above.next_plus(ceiling))

    return Real(bounds, f"{name}({text_of(x)})")


def ln(x: Real | Fraction) -> Real | Fraction | None:
    """The natural logarithm; None where it is not defined."""
    if x <= 0:
        return None
    return Fraction(0) if x == 1 and isinstance(x, Fraction) else _monotone("ln", Decimal.ln, x)


def log10(x: Real | Fraction) -> Real | Fraction | None:
    """The decimal logarithm; None where it is not defined."""
    if x <= 0:
        return None
    if isinstance(x, Fraction):
        for number, sign in ((x.numerator, 1), (x.denominator, -1)):
            digits = len(digits_text(number)) - 1
            if number == 10**digits and x == Fraction(10) ** (sign * digits):
                return Fraction(sign * digits)
    return _monotone("log10", Decimal.log10, x)


def exp(x: Real | Fraction) -> Real | Fraction | None:
    """The exponential function; None where the result is beyond all use."""
    if isinstance(x, Fraction) and x == 0:
        return Fraction(1)
    return None if x > 10_000 or x < -10_000 else _monotone("exp", Decimal.exp, x)


def root(x: Fraction, degree: int) -> Fraction | None:
    """The exact root of a rational, None where it is irrational."""
    parts = []
    for number in (x.numerator, x.denominator):
        near = math.isqrt(number) if degree == 2 else _integer_root(number, degree)
        if near**degree != number:
            return None
        parts.append(near)
    return Fraction(parts[0], parts[1])


def _integer_root(number: int, degree: int) -> int:
    """The whole part of a root of a positive number: that of its first half, improved by Newton's steps from above."""
    half = number.bit_length() // degree // 2
    near = (_integer_root(number >> half * degree, degree) + 1) << half if half else 4
    while True:
        nearer = ((degree - 1) * near + number // near ** (degree - 1)) // degree
        if nearer >= near:
            return near
        near = nearer


def sqrt(x: Real | Fraction) -> Real | Fraction | None:
    """The square root; None where it is not defined."""
    if x < 0:
        return None
    exact = root(x, 2) if isinstance(x, Fraction) else None
    return exact if exact is not None else _monotone("sqrt", Decimal.sqrt, x)


def power(base: Real | Fraction, exponent: Real | Fraction) -> Real | Fraction | None:
    """``base ^ exponent``; exact where the result is rational, None where it is not defined or beyond all use."""
    if isinstance(base, Fraction) and isinstance(exponent, Fraction):
        if exponent.denominator == 1:
            if abs(exponent) > 1000:
                return None
            return None if base == 0 and exponent < 0 else base ** int(exponent)
        if base == 0:
            return Fraction(0) if exponent > 0 else None
        if base > 0 and exponent.denominator <= 1000 and abs(exponent.numerator) <= 1000:
            exact = root(base, exponent.denominator)
            if exact is not None:
                return exact ** int(exponent.numerator)
    if base <= 0:
        return None
    logarithm = ln(base)
    return None if logarithm is None else exp(logarithm * exponent)

"""Linear-fractional functions of one fact: (a·x + b) / (c·x + d), exact, and what can be done with them."""

from __future__ import annotations

from fractions import Fraction

import attrs

ZERO, ONE = Fraction(0), Fraction(1)


class NotExactError(ArithmeticError):
    """A result that is no linear-fractional function, so that its edges cannot be solved for."""


@attrs.frozen
class Line:
    """``slope · x + rest``."""

    slope: Fraction
    rest: Fraction

    def at(self, x: Fraction) -> Fraction:
        """Its value at a place."""
        return self.slope * x + self.rest

    @property
    def root(self) -> Fraction | None:
        """Where it is zero; None where it never is, or always."""
        return -self.rest / self.slope if self.slope else None

    def times(self, factor: Fraction) -> Line:
        """A multiple of it."""
        return Line(self.slope * factor, self.rest * factor)

    def plus(self, other: Line) -> Line:
        """The sum of two."""
        return Line(self.slope + other.slope, self.rest + other.rest)


ONE_LINE = Line(ZERO, ONE)


@attrs.frozen
class Form:
    """One line over another. The lower one is 1, or has slope 1; equal functions are equal values."""

    above: Line
    below: Line = ONE_LINE

    @property
    def constant(self) -> Fraction | None:
        """Its value, where it depends on nothing."""
        return self.above.rest if not self.above.slope and self.below == ONE_LINE else None

    def at(self, x: Fraction) -> Fraction:
        """Its value at a place where it is defined."""
        return self.above.at(x) / self.below.at(x)

    def where(self, value: Fraction) -> Fraction | None:
        """The one place where it has a value; None where it never has, or always."""
        x = self.above.plus(self.below.times(-value)).root
        return None if x is None or self.below.at(x) == 0 else x


def number(value: Fraction) -> Form:
    """The function that is one number."""
    return Form(Line(ZERO, value))


VARIABLE = Form(Line(ONE, ZERO))


def form(above: Line, below: Line) -> Form:
    """One line over another, in its one shape; the lower one is not zero everywhere."""
    if not below.slope:
        return Form(above.times(1 / below.rest))
    above, below = above.times(1 / below.slope), below.times(1 / below.slope)
    if above.rest == above.slope * below.rest:  # a multiple of the lower line
        return number(above.slope)
    return Form(above, below)


def add(f: Form, g: Form) -> Form:
    """The sum.

    Raises:
        NotExactError: it is no linear-fractional function.
    """
    if f.below == g.below:
        return form(f.above.plus(g.above), f.below)
    if f.below == ONE_LINE:
        f, g = g, f
    shift = g.constant
    if shift is None:
        raise NotExactError
    return form(f.above.plus(f.below.times(shift)), f.below)


def negative(f: Form) -> Form:
    """The function with its sign turned."""
    return Form(f.above.times(-ONE), f.below)


def multiply(f: Form, g: Form) -> Form:
    """The product.

    Raises:
        NotExactError: it is no linear-fractional function.
    """
    factor, above, below = ONE, [], []
    for line in (f.above, g.above):
        if line.slope:
            above.append(line.rest / line.slope)
            factor *= line.slope
        else:
            factor *= line.rest
    for line in (f.below, g.below):
        if line.slope:
            below.append(line.rest / line.slope)
            factor /= line.slope
        else:
            factor /= line.rest
    if factor == 0:
        return number(ZERO)
    for rest in list(above):
        if rest in below:
            above.remove(rest)
            below.remove(rest)
    if len(above) > 1 or len(below) > 1:
        raise NotExactError
    top = Line(factor, factor * above[0]) if above else Line(ZERO, factor)
    return form(top, Line(ONE, below[0]) if below else ONE_LINE)


def inverse(f: Form) -> Form:
    """One over it, where it is not zero everywhere."""
    return form(f.below, f.above)

"""Operators over numbers that are not known: exact where the result is linear, or one linear form over another."""

from __future__ import annotations

from fractions import Fraction

from rubriclang.ir.values import Cause, Reason
from rubriclang.prover.linear import Linear, Row, compare
from rubriclang.prover.state import Choice, Ratio, State, Symbolic, fixed

Way = tuple[State, Symbolic]
_ZERO_DENOMINATOR = Reason("undefined", (Cause("zero denominator", ""),))
_OTHERWISE = {"le": ("gt",), "lt": ("ge",), "ge": ("lt",), "gt": ("le",), "eq": ("lt", "gt"), "ne": ("eq",)}


def combine(operator: str, values: list[Symbolic], state: State) -> list[Way] | None:
    """The ways an operator comes out; None where the result is of no form that is kept."""
    numbers = [value for value in values if isinstance(value, Ratio)]
    if len(numbers) != len(values):
        return None
    match operator:
        case "neg":
            return [(state, _times(numbers[0], Fraction(-1)))]
        case "add":
            return _folded(numbers, _plus, state)
        case "mul":
            return _folded(numbers, _product, state)
        case "days":
            found = _plus(numbers[1], _times(numbers[0], Fraction(-1)))
            return None if found is None else [(state, found)]
        case "div":
            return _quotient(numbers[0], numbers[1], state)
        case "min" | "max":
            return _extreme(numbers, "le" if operator == "min" else "ge", state)
        case "abs":
            return _extreme([numbers[0], _times(numbers[0], Fraction(-1))], "ge", state)
        case "pow":
            return _power(numbers[0], numbers[1], state)
        case _:
            return None


def _folded(numbers: list[Ratio], step: object, state: State) -> list[Way] | None:
    assert callable(step)
    result = numbers[0]
    for value in numbers[1:]:
        found = step(result, value)
        if found is None:
            return None
        result = found
    return [(state, result)]


def _times(value: Ratio, factor: Fraction) -> Ratio:
    return Ratio(value.above * factor, value.below)


def _scaled(form: Linear, by: Linear) -> Linear | None:
    """The product of two forms, where one is a number."""
    if by.fixed:
        return form * by.constant
    return by * form.constant if form.fixed else None


def _plus(a: Ratio, b: Ratio) -> Ratio | None:
    if a.below == b.below:
        return Ratio(a.above + b.above, a.below)
    left, right, below = _scaled(a.above, b.below), _scaled(b.above, a.below), _scaled(a.below, b.below)
    return None if left is None or right is None or below is None else Ratio(left + right, below)


def _product(a: Ratio, b: Ratio) -> Ratio | None:
    if a.above == b.below:
        return Ratio(b.above, a.below)
    if b.above == a.below:
        return Ratio(a.above, b.below)
    above, below = _scaled(a.above, b.above), _scaled(a.below, b.below)
    return None if above is None or below is None else Ratio(above, below)


def _quotient(a: Ratio, b: Ratio, state: State) -> list[Way] | None:
    """Three ways: the denominator is above, below, or at zero."""
    ways: list[Way] = []
    zero = state.with_rows((Row(b.above, "="),))
    if zero is not None:
        ways.append((zero, _ZERO_DENOMINATOR))
    for sign in (Fraction(1), Fraction(-1)):
        there = state.with_rows((Row(b.above * -sign, "<"),))
        if there is None:
            continue
        found = _product(a, Ratio(b.below * sign, b.above * sign))
        if found is None:
            return None
        ways.append((there, found))
    return ways


def _extreme(numbers: list[Ratio], op: str, state: State) -> list[Way] | None:
    """The least (``le``) or the largest (``ge``): one way for each number that may be it."""
    ways: list[Way] = [(state, numbers[0])]
    for value in numbers[1:]:
        more: list[Way] = []
        for path, best in ways:
            found = compared(best, op, value, path)
            if found is None:
                return None
            more += [(there, best if truth else value) for there, truth in found]
        ways = more
    return ways


def _power(base: Ratio, exponent: Ratio, state: State) -> list[Way] | None:
    to, known = exponent.constant, base.constant
    if to == 1:
        return [(state, base)]
    if to is None or to.denominator != 1 or known is None or abs(to) > 64 or (known == 0 and to < 0):
        return None
    return [(state, fixed(known ** int(to)))]


def compared(left: Symbolic, op: str, right: Symbolic, state: State) -> list[Way] | None:
    """Both ways a comparison comes out, as far as they are possible; None where it is of no form that is kept."""
    if isinstance(left, Ratio) and isinstance(right, Ratio):
        return _numbers(left, op, right, state)
    if op not in ("eq", "ne"):
        return None
    if isinstance(right, Choice) and not isinstance(left, Choice):
        left, right = right, left
    if isinstance(left, Choice) and not isinstance(right, Choice):
        options = state.options[left.name]
        ways: list[Way] = []
        for equal in (True, False):
            kept = tuple(option for option in options if (option == right) == equal)
            there = state.with_options(left.name, kept)
            if there is not None:
                ways.append((there, equal == (op == "eq")))
        return ways
    if isinstance(left, bool | str) and isinstance(right, bool | str):
        return [(state, (left == right) == (op == "eq"))]
    return None


def _numbers(left: Ratio, op: str, right: Ratio, state: State) -> list[Way] | None:
    a, b = left, right
    if a.below != b.below:
        above, across = _scaled(a.above, b.below), _scaled(b.above, a.below)
        if above is None or across is None:
            return None
        a, b = Ratio(above), Ratio(across)
    ways: list[Way] = []
    for truth, operators in ((True, (op,)), (False, _OTHERWISE[op])):
        for each in operators if op != "ne" or not truth else ("lt", "gt"):
            rows = compare(a.above, each, b.above)
            there = state.with_rows(rows) if rows is not None else None
            if there is not None:
                ways.append((there, truth))
    return ways

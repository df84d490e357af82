"""Evaluates arithmetic as it is printed: ``(84.39+1521.39-62.29)/(84.39+1521.39)*100%``.

Two stacks, no recursion: depth costs nothing but memory, and the length is bounded by the caller.
"""

from __future__ import annotations

import re
from fractions import Fraction

_TOKEN = re.compile(r"\s*+(?:(\d{1,3}(?:,\d{3})++(?!\d)(?:\.\d++)?+|\d++(?:\.\d++)?+)|([-+*/()\[\]{}%]))")
_RANK = {"+": 1, "-": 1, "*": 2, "/": 2, "neg": 3}
_OPEN, _CLOSE = "([{", ")]}"
MOST_SIGNS = 400


def evaluate(text: str) -> Fraction | None:
    """The value of an expression; None when it is none, divides by zero, or is too long."""
    if len(text) > MOST_SIGNS:
        return None
    values: list[Fraction] = []
    waiting: list[str] = []
    at, operand = 0, True  # whether an operand may stand here
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            return None
        at = match.end()
        number, sign = match.groups()
        if number is not None:
            if not operand or len(number) > 30:
                return None
            values.append(Fraction(number.replace(",", "")))
            operand = False
        elif sign == "%":
            if operand:
                return None
            values.append(values.pop() / 100)
        elif sign in _OPEN:
            if not operand:
                return None
            waiting.append("(")
        elif sign in _CLOSE:
            if operand or not _close(values, waiting):
                return None
        elif operand:
            if sign != "-":
                return None
            waiting.append("neg")
        else:
            while waiting and waiting[-1] != "(" and _RANK[waiting[-1]] >= _RANK[sign]:
                if not _apply(values, waiting.pop()):
                    return None
            waiting.append(sign)
            operand = True
    if operand:
        return None
    while waiting:
        mark = waiting.pop()
        if mark == "(" or not _apply(values, mark):
            return None
    return values[0] if len(values) == 1 else None


def _close(values: list[Fraction], waiting: list[str]) -> bool:
    while waiting and waiting[-1] != "(":
        if not _apply(values, waiting.pop()):
            return False
    if not waiting:
        return False
    waiting.pop()
    return True


def _apply(values: list[Fraction], mark: str) -> bool:
    if mark == "neg":
        values.append(-values.pop())
        return True
    right, left = values.pop(), values.pop()
    if mark == "/" and right == 0:
        return False
    match mark:
        case "+":
            values.append(left + right)
        case "-":
            values.append(left - right)
        case "*":
            values.append(left * right)
        case _:
            values.append(left / right)
    return True

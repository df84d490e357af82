"""Ranges of numbers: what a rounded quantity can be on a whole interval, so that a walk need not stop at every step."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import attrs

from rubriclang.whatif.form import Form, NotExactError

End = Fraction | None


@attrs.frozen
class Box:
    """All numbers from ``low`` to ``high``; None: without end."""

    low: End
    high: End


def tidy(box: Box) -> Box | Fraction:
    """A range of one number as that number."""
    return box.low if box.low is not None and box.low == box.high else box


def range_of(f: Form, place: Fraction, until: End, side: int) -> Box:
    """What a function can be between a place and another, between which it has no pole; both ends included.

    Raises:
        NotExactError: it has a pole where it begins.
    """
    if f.below.at(place) == 0:
        raise NotExactError
    near = f.at(place)
    if until is not None and f.below.at(until) == 0:  # its sign before the pole is that of its lower line at the place
        return Box(near, None) if f.above.at(until) * f.below.at(place) > 0 else Box(None, near)
    if until is not None:
        far: End = f.at(until)
    elif f.below.slope:
        far = f.above.slope
    else:
        return Box(near, None) if f.above.slope * side > 0 else Box(None, near)
    assert far is not None
    return Box(min(near, far), max(near, far))


def mapped(box: Box, rising: Callable[[Fraction], Fraction]) -> Box | Fraction:
    """A range under a function that never falls."""
    return tidy(Box(*(None if end is None else rising(end) for end in (box.low, box.high))))


def _as_box(value: object) -> Box:
    if isinstance(value, Box):
        return value
    if isinstance(value, Form):
        value = value.constant
    if isinstance(value, Fraction):
        return Box(value, value)
    raise NotExactError


def _negative(box: Box) -> Box:
    return Box(*(None if end is None else -end for end in (box.high, box.low)))


def combine(operator: str, operands: list[object]) -> Box | Fraction | bool:
    """An operator over ranges.

    Raises:
        NotExactError: it can come out in more than one way, or is not kept.
    """
    boxes = [_as_box(value) for value in operands]
    match operator:
        case "neg":
            return tidy(_negative(boxes[0]))
        case "add":
            lows, highs = [box.low for box in boxes], [box.high for box in boxes]
            low = sum((e for e in lows if e is not None), Fraction(0)) if None not in lows else None
            high = sum((e for e in highs if e is not None), Fraction(0)) if None not in highs else None
            return tidy(Box(low, high))
        case "mul":
            return _scaled(boxes)
        case "div":
            by = tidy(boxes[1])
            if isinstance(by, Box) or by == 0:
                raise NotExactError
            return _scaled([boxes[0], Box(1 / by, 1 / by)])
        case "abs":
            box = boxes[0]
            if box.low is not None and box.low >= 0:
                return tidy(box)
            if box.high is not None and box.high <= 0:
                return tidy(_negative(box))
            ends = (box.low, box.high)
            return Box(Fraction(0), None if None in ends else max(abs(e) for e in ends if e is not None))
        case "min":
            return tidy(_negative(_highest([_negative(box) for box in boxes])))
        case "max":
            return tidy(_highest(boxes))
        case "lt" | "ge":
            return _below(boxes[0], boxes[1]) == (operator == "lt")
        case "gt" | "le":
            return _below(boxes[1], boxes[0]) == (operator == "gt")
        case "eq" | "ne":
            a, b = boxes
            if not (_misses(a, b) or _misses(b, a)):
                raise NotExactError
            return operator == "ne"
        case _:
            raise NotExactError


def _misses(a: Box, b: Box) -> bool:
    return a.high is not None and b.low is not None and a.high < b.low


def _scaled(boxes: list[Box]) -> Box | Fraction:
    """The product, where at most one factor is not known."""
    factor, rest = Fraction(1), None
    for box in boxes:
        known = tidy(box)
        if isinstance(known, Fraction):
            factor *= known
        elif rest is None:
            rest = box
        else:
            raise NotExactError
    if rest is None or factor == 0:
        return factor if rest is None else Fraction(0)
    found = mapped(rest, lambda end: end * abs(factor))
    return found if factor > 0 or isinstance(found, Fraction) else _negative(found)


def _highest(boxes: list[Box]) -> Box:
    lows = [box.low for box in boxes if box.low is not None]
    highs = [box.high for box in boxes]
    high = None if None in highs else max(end for end in highs if end is not None)
    return Box(max(lows) if lows else None, high)


def _below(a: Box, b: Box) -> bool:
    """Whether all of one lies below all of another; raises where some does and some does not."""
    if _misses(a, b):
        return True
    if a.low is not None and b.high is not None and a.low >= b.high:
        return False
    raise NotExactError

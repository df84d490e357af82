"""What each aggregate means: rows already narrowed to those that count, in; one value, out."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Literal

import attrs

from rubriclang.ir.sizes import total, within
from rubriclang.ir.values import Cause, Reason, Value


@attrs.frozen
class Item:
    """One row of a collection: its value, what the clauses say of it, and the share of it that a cut has left."""

    value: Any
    key: Value | None = None
    weight: Fraction = Fraction(1)
    share: Fraction = Fraction(1)
    measure: Fraction = Fraction(1)
    order: tuple[Any, ...] = ()


def best_per_key(items: list[Item]) -> list[Item]:
    """The highest row of each key (就高不就低), in the order in which the keys first occur."""
    best: dict[Any, Item] = {}
    for item in items:
        known = best.get(item.key)
        if known is None or item.value > known.value:
            best[item.key] = item
    return list(best.values())


def drop(items: list[Item], amount: Fraction, end: Literal["highest", "lowest"]) -> list[Item]:
    """Without ``amount`` of the highest or lowest rows, counted in their measure; the row on the edge is split."""
    ordered = sorted(range(len(items)), key=lambda i: items[i].value, reverse=end == "highest")
    kept = list(items)
    gone: set[int] = set()
    for i in ordered:
        if amount <= 0:
            break
        item = items[i]
        if item.measure <= amount:
            gone.add(i)
        else:
            share = (item.measure - amount) / item.measure
            kept[i] = attrs.evolve(
                item, weight=item.weight * share, share=item.share * share, measure=item.measure - amount
            )
        amount -= item.measure
    return [item for i, item in enumerate(kept) if i not in gone]


def take(items: list[Item], amount: Fraction) -> list[Item]:
    """The best ``amount`` rows, counted in their measure."""
    measured = total([item.measure for item in items])
    return drop(items, measured - amount, "lowest") if amount < measured else items


def ordered(items: list[Item], falling: bool) -> list[Item]:
    """The rows by their first ``order`` value; equal ones keep the order in which they stand."""
    return sorted(items, key=lambda item: -item.order[0] if falling else item.order[0])


def _empty(_: list[Item]) -> Value:
    return Reason("missing", (Cause("empty collection", ""),))


def _mean(items: list[Item]) -> Value:
    weight = total([item.weight for item in items])
    if weight == 0:
        return _empty(items)
    return within(total([item.value * item.weight for item in items]) / weight)  # type: ignore[no-any-return]


def _median(items: list[Item]) -> Value:
    values = sorted(item.value for item in items)
    if not values:
        return _empty(items)
    middle = len(values) // 2
    found: Fraction = values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2
    return found


def _sum(items: list[Item]) -> Value:
    return total([item.value * item.share for item in items])  # type: ignore[no-any-return]


REDUCERS: dict[str, Callable[[list[Item]], Value]] = {
    "count": lambda items: Fraction(len(items)),
    "sum": _sum,
    "mean": _mean,
    "median": _median,
    "min": lambda items: min(item.value for item in items) if items else _empty(items),
    "max": lambda items: max(item.value for item in items) if items else _empty(items),
    "any": lambda items: any(item.value for item in items),
    "all": lambda items: all(item.value for item in items),
    "list": lambda items: tuple(item.value for item in items),
}


def rank(items: list[Item], own: Item, rising: bool, ties: str) -> Value:
    """The place of ``own`` among items (it is one of them): 1 is the highest, or with ``rising`` the lowest.

    ``order`` breaks ties, further values compared one after the other, the higher first; what is then still equal gets
    what ``ties`` says, or with no rule is refused.
    """

    def better(a: Item, b: Item) -> bool:
        if a.value != b.value:
            return bool(a.value < b.value) if rising else bool(a.value > b.value)
        return a.order > b.order

    ahead = [item for item in items if better(item, own)]
    equal = sum(item.value == own.value and item.order == own.order for item in items)
    place = len(ahead) + 1
    if ties == "dense":
        return Fraction(len({(item.value, item.order) for item in ahead}) + 1)
    if equal <= 1 or ties == "same":
        return Fraction(place)
    match ties:
        case "last":
            return Fraction(place + equal - 1)
        case "mean":
            return place + Fraction(equal - 1, 2)
        case _:
            return Reason("undefined", (Cause("tie", ""),))

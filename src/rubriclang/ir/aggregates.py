"""What each aggregate means: rows already narrowed to those that count, in; one value, out."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cmp_to_key
from typing import Any, Literal

import attrs

from rubriclang.ir.sizes import total, within
from rubriclang.ir.values import Cause, Reason, Value


@attrs.frozen
class Item:
    """One row of a collection: its value, what the clauses say of it, and the share of it that a cut has left.

    ``at`` tells which row it is.
    """

    value: Any
    at: int = attrs.field(default=0, eq=False)
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
    found: Fraction = values[middle] if len(values) % 2 else within((values[middle - 1] + values[middle]) / 2)
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


@attrs.frozen
class Standing:
    """Where the rows of one worth stand: how many are ahead, in how many groups, and how many they are."""

    ahead: int
    groups: int
    equal: int


def standings(items: list[Item], rising: bool) -> dict[int, Standing]:
    """The standing of each row, by its ``at``: the highest first, or with ``rising`` the lowest.

    ``order`` breaks ties, further values compared one after the other, the higher first.
    """

    def better(a: Item, b: Item) -> int:
        if a.value != b.value:
            return -1 if (a.value < b.value) == rising else 1
        return (a.order < b.order) - (a.order > b.order)

    found: dict[int, Standing] = {}
    group: list[Item] = []
    ahead = groups = 0
    for item in [*sorted(items, key=cmp_to_key(better)), None]:
        if group and (item is None or better(group[0], item) != 0):
            found.update((member.at, Standing(ahead, groups, len(group))) for member in group)
            ahead, groups, group = ahead + len(group), groups + 1, []
        if item is not None:
            group.append(item)
    return found


def place(standing: Standing, ties: str) -> Value:
    """The place of a row: 1 is the first; equal rows get what ``ties`` says, or with no rule are refused."""
    first = Fraction(standing.ahead + 1)
    if ties == "dense":
        return Fraction(standing.groups + 1)
    if standing.equal <= 1 or ties == "same":
        return first
    match ties:
        case "last":
            return first + standing.equal - 1
        case "mean":
            return first + Fraction(standing.equal - 1, 2)
        case _:
            return Reason("undefined", (Cause("tie", ""),))

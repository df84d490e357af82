"""Two fact sets side by side: the better value of a quantity, and a worse one that gets more points."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import short_text
from rubriclang.ir.types import Number
from rubriclang.linter.direction import Fault
from rubriclang.linter.profile import Profile, Stretch
from rubriclang.linter.rule import Subject
from rubriclang.linter.showing import ask, on, values_in
from rubriclang.prover.witness import Witness
from rubriclang.semantics.coverage import value_text
from rubriclang.semantics.intervals import Interval


@attrs.frozen
class Contrast:
    """The fact sets, with the value and the points of each, as scored."""

    good: Witness
    bad: Witness
    value: Fraction
    fewer: Fraction
    other: Fraction
    more: Fraction


def contrast(subject: Subject, fault: Fault) -> Contrast | None:
    """Fact sets that show points going against a direction; None where none was found."""
    profile, node = fault.profile, fault.profile.node
    for better, worse in _examples(fault):
        good = ask(subject, on(profile.quantity, node, *better)).witness
        bad = ask(subject, on(profile.quantity, node, *worse)).witness
        shown = None if good is None or bad is None else _compared(subject, fault, good, bad)
        if good is not None and bad is not None and shown is not None:
            return Contrast(good, bad, *shown[0], *shown[1])
    return None


def _examples(fault: Fault) -> Iterator[tuple[tuple[Stretch, Fraction | None], tuple[Stretch, Fraction | None]]]:
    """Where to look for the two fact sets: the stretches as they are, then numbers on them."""
    if fault.better is not fault.worse:
        yield (fault.better, fault.better.fixed), (fault.worse, fault.worse.fixed)
    for low, high in _numbers(fault.before, fault.after):
        before, after = _at(fault.before, low), _at(fault.after, high)
        yield ((after, None), (before, None)) if fault.rising else ((before, None), (after, None))


def _numbers(before: Stretch, after: Stretch) -> Iterator[tuple[Fraction, Fraction]]:
    """Numbers further and further into two stretches that meet, or into one."""
    low, high = before.values.low, after.values.high
    if before is not after or (low is not None and high is not None):
        start = before.values.low if before is after else before.values.high
        assert start is not None
        ends = (low if low is not None else start - 1, high if high is not None else start + 1)
        for part in (100, 4):
            yield start - (start - ends[0]) / part, start + (ends[1] - start) / part
        return
    sign, edge = (1, low) if low is not None else (-1, high if high is not None else Fraction(0))
    assert edge is not None
    for digits in range(-3, 3):
        near, far = edge, edge + sign * Fraction(10) ** digits
        yield min(near, far), max(near, far)


def _at(stretch: Stretch, number: Fraction) -> Stretch:
    return attrs.evolve(stretch, values=Interval(number, number))


def _compared(
    subject: Subject, fault: Fault, good: Witness, bad: Witness
) -> tuple[tuple[Fraction, Fraction], ...] | None:
    """Value and points of both fact sets, if the better value does get fewer points."""
    refs = (fault.profile.quantity, ir.Ref(fault.profile.node.points))
    first, second = values_in(subject, good, *refs), values_in(subject, bad, *refs)
    if first is None or second is None or first[1] >= second[1] or first[0] == second[0]:
        return None
    return (first, second) if (first[0] > second[0]) == fault.rising else None


def name_of(profile: Profile) -> str:
    """What messages call the quantity: its own name, or the indicator's."""
    own, _, part = profile.quantity.target.rpartition(".")[2].partition("#")
    return profile.node.name if part else own


def quantity_text(subject: Subject, profile: Profile, value: Fraction) -> str:
    """A value of the quantity in its unit."""
    definition = subject.definitions.get(profile.quantity.target)
    kind = definition.type if definition is not None else subject.fact_types.get(profile.quantity.target)
    return number_words(value, kind) if isinstance(kind, Number) else short_text(value)


def number_words(value: Fraction, kind: Number) -> str:
    """A number in its unit: exactly, or cut short with an ellipsis where it has no last digit."""
    exact = value_text(value, kind)
    if "/" not in exact:
        return exact
    return short_text(value * 100) + "%" if kind.style == "percent" else short_text(value) + kind.unit.name

"""Bands whose points go against the direction that is evident: the better value gets fewer points."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text, short_text
from rubriclang.ir.types import Number
from rubriclang.linter.direction import Fault, direction, end_points, fault_of
from rubriclang.linter.profile import Profile, Stretch, profile_of
from rubriclang.linter.rule import Subject
from rubriclang.linter.showing import ask, on, pair, values_in
from rubriclang.linter.undecided import UNDECIDED_PROPERTY, undecided
from rubriclang.prover.witness import Witness
from rubriclang.semantics.coverage import value_text
from rubriclang.semantics.intervals import Interval
from rubriclang.source import Span

AGAINST_DIRECTION = Kind(
    "R418",
    "against-direction",
    "warning",
    "“{name}”应当越{way}越好，可是 {better} 得 {fewer} 分，{worse} 反而得 {more} 分",
    "'{name}' should be better the {way} it is, but {better} gets {fewer} points and {worse} gets {more}",
    "对照原文看比较号和各档的分数；确实如此的，写“// 允许 R418：理由”",
    "compare the signs and points with the original; where it is meant, write '// allow R418: reason'",
)
BEST_MISSES = Kind(
    "R419",
    "best-value-misses",
    "warning",
    "最好的“{name}”（{best}）只得 {points} 分，到不了 {full} 分",
    "the best '{name}' ({best}) gets only {points} points, not {full}",
    "补上最好的那一档；原文确实如此的，写“// 允许 R419：理由”",
    "add the band of the best value; where the original says so, write '// allow R419: reason'",
)
KINDS = (AGAINST_DIRECTION, BEST_MISSES, UNDECIDED_PROPERTY)
_WAYS = {True: ("高", "higher"), False: ("低", "lower")}


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding for each indicator of one quantity whose points are not in order, each shown by fact sets."""
    for node in subject.program.root.leaves():
        profile = profile_of(subject, node)
        if profile is None:
            continue
        fault = fault_of(profile)
        if fault is not None:
            yield _against(subject, fault)
        else:
            yield from _misses(subject, profile)


def _against(subject: Subject, fault: Fault) -> Diagnostic:
    profile, node = fault.profile, fault.profile.node
    span = fault.after.arm.tag.span or _place(node)
    name = name_of(profile)
    for better, worse in _examples(fault):
        good = ask(subject, on(profile.quantity, node, *better)).witness
        bad = ask(subject, on(profile.quantity, node, *worse)).witness
        shown = None if good is None or bad is None else _compared(subject, fault, good, bad)
        if good is None or bad is None or shown is None:
            continue
        (value, fewer), (other, more) = shown
        way = _WAYS[fault.rising]
        finding = subject.finding(
            AGAINST_DIRECTION,
            span,
            name=name,
            way=way[0],
            way_en=way[1],
            better=quantity_text(subject, profile, value),
            fewer=number_text(fewer),
            worse=quantity_text(subject, profile, other),
            more=number_text(more),
        )
        return attrs.evolve(finding, witness=pair(good, bad))
    return undecided(
        subject, span, f"“{name}”的得分是不是一路升或一路降", f"whether the points of '{name}' keep one way"
    )


def _examples(fault: Fault) -> Iterator[tuple[tuple[Stretch, Fraction | None], tuple[Stretch, Fraction | None]]]:
    """Where to look for the two fact sets: the stretches as they are, then numbers on them."""
    if fault.better is not fault.worse:
        yield (fault.better, _fixed(fault.better)), (fault.worse, _fixed(fault.worse))
    for low, high in _numbers(fault.before, fault.after):
        before, after = _at(fault.before, low), _at(fault.after, high)
        yield ((after, None), (before, None)) if fault.rising else ((before, None), (after, None))


def _fixed(stretch: Stretch) -> Fraction | None:
    return stretch.first if stretch.trend == 0 else None


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


def _misses(subject: Subject, profile: Profile) -> Iterator[Diagnostic]:
    """The best end of the line must come to full marks, where any value does; to 0, where points are only taken."""
    node, rising, most = profile.node, direction(profile), profile.best
    if rising is None or most is None:
        return
    full = node.max if isinstance(node.max, Fraction) else Fraction(0) if most < 0 else None
    reached = end_points(profile, rising)
    if full is None or reached is None or reached >= full or (isinstance(node.max, Fraction) and most < full):
        return
    stretch = profile.stretches[-1 if rising else 0]
    settled = ask(subject, on(profile.quantity, node, stretch, _fixed(stretch)))
    name = name_of(profile)
    span = stretch.arm.tag.span or _place(node)
    if settled.never:
        return
    shown = values_in(subject, settled.witness, profile.quantity) if settled.witness is not None else None
    if settled.witness is None or shown is None:
        yield undecided(subject, span, f"最好的“{name}”能不能得满分", f"whether the best '{name}' gets full marks")
        return
    best = quantity_text(subject, profile, shown[0])
    params = {"name": name, "best": best, "points": number_text(reached), "full": number_text(full)}
    yield attrs.evolve(subject.finding(BEST_MISSES, span, **params), witness=settled.witness.to_dict())


def name_of(profile: Profile) -> str:
    """What messages call the quantity: its own name, or the indicator's."""
    own, _, part = profile.quantity.target.rpartition(".")[2].partition("#")
    return profile.node.name if part else own


def quantity_text(subject: Subject, profile: Profile, value: Fraction) -> str:
    """A value of the quantity in its unit."""
    definition = subject.definitions.get(profile.quantity.target)
    kind = definition.type if definition is not None else subject.fact_types.get(profile.quantity.target)
    return value_text(value, kind) if isinstance(kind, Number) else short_text(value)


def _place(node: ir.Node) -> Span:
    return node.span or Span(0, 0)

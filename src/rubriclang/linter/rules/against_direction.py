"""Bands whose points go against the direction that is evident: the better value gets fewer points."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.linter.contrast import contrast, name_of, quantity_text
from rubriclang.linter.direction import Fault, direction, end_points, fault_of
from rubriclang.linter.profile import Profile, profile_of
from rubriclang.linter.rule import Subject
from rubriclang.linter.showing import ask, on, pair, values_in
from rubriclang.linter.undecided import UNDECIDED_PROPERTY, undecided
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
    found = contrast(subject, fault)
    if found is not None:
        way = _WAYS[fault.rising]
        finding = subject.finding(
            AGAINST_DIRECTION,
            span,
            name=name,
            way=way[0],
            way_en=way[1],
            better=quantity_text(subject, profile, found.value),
            fewer=number_text(found.fewer),
            worse=quantity_text(subject, profile, found.other),
            more=number_text(found.more),
        )
        return attrs.evolve(finding, witness=pair(found.good, found.bad))
    return undecided(
        subject, span, f"“{name}”的得分是不是一路升或一路降", f"whether the points of '{name}' keep one way"
    )


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
    settled = ask(subject, on(profile.quantity, node, stretch, stretch.fixed))
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


def _place(node: ir.Node) -> Span:
    return node.span or Span(0, 0)

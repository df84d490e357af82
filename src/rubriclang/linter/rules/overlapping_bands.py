"""Two bands that share some values without one lying in the other: their order decides, and nobody said so."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.linter.contrast import name_of, quantity_text
from rubriclang.linter.profile import Profile, profile_of
from rubriclang.linter.rule import Subject
from rubriclang.linter.showing import ask, values_in, within
from rubriclang.semantics.coverage import values_of
from rubriclang.semantics.intervals import Interval

OVERLAPPING_BANDS = Kind(
    "R424",
    "overlapping-bands",
    "warning",
    "“{name}”为 {value} 时，“{first}”和“{second}”都算得上，按先后给了 {points} 分",
    "for '{name}' = {value} both '{first}' and '{second}' apply; by their order it gets {points} points",
    "写明这一头含不含本数，例如 55%（不含）~75%（含）",
    "say whether the end is included, as in 55% (exclusive) to 75% (inclusive)",
)
KINDS = (OVERLAPPING_BANDS,)
_MOST = 60  # rows compared with each other


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding for each row that shares values with one above it, neither holding the other, for other points.

    Rows with one end on the same side (≤ 5%, ≤ 10%) are a ladder, and a range within a wider one is an exception:
    there the order says what is meant.
    """
    for node in subject.program.root.leaves():
        profile = profile_of(subject, node)
        if profile is not None:
            yield from _overlaps(subject, profile)


def _overlaps(subject: Subject, profile: Profile) -> Iterator[Diagnostic]:
    rows: list[tuple[ir.Arm, Interval, Fraction]] = []
    domain = subject.range_of(profile.quantity)
    for arm in _rows(profile):
        values = values_of(arm.test, profile.quantity, subject.constant) if arm.test is not None else None
        award = subject.constant(arm.value)
        if values is not None and len(values) == 1 and award is not None:  # lines between points meet at their ends
            rows.append((arm, values[0].meet(domain), award))
    for at, (later, own, award) in enumerate(rows[:_MOST]):
        for earlier, other, first in rows[:at]:
            shared = own.meet(other)
            if shared.empty or shared in (own, other) or award == first:
                continue
            finding = _finding(subject, profile, earlier, later, shared)
            if finding is not None:
                yield finding
                break


def _rows(profile: Profile) -> list[ir.Arm]:
    """The rows that apply somewhere, in the order of the text."""
    arms = {id(s.arm): s.arm for s in profile.stretches if s.arm.tag.role == "row" and s.arm.tag.span is not None}
    return sorted(arms.values(), key=lambda arm: arm.tag.span.start if arm.tag.span is not None else 0)


def _finding(subject: Subject, profile: Profile, earlier: ir.Arm, later: ir.Arm, shared: Interval) -> Diagnostic | None:
    quantity, points = profile.quantity, ir.Ref(profile.node.points)
    goal = ir.Op("and", (*within(quantity, shared), ir.Op("eq", (points, points))))
    witness = ask(subject, goal).witness
    shown = None if witness is None else values_in(subject, witness, quantity, points)
    if witness is None or shown is None or later.tag.span is None:
        return None
    finding = subject.finding(
        OVERLAPPING_BANDS,
        later.tag.span,
        name=name_of(profile),
        value=quantity_text(subject, profile, shown[0]),
        first=earlier.tag.text,
        second=later.tag.text,
        points=number_text(shown[1]),
    )
    return attrs.evolve(finding, witness=witness.to_dict())

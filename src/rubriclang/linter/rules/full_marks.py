"""Full marks that no facts reach, by proof: intervals have let it pass (R320), linear forms or the solver have not."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial

import attrs

from rubriclang.backends.evaluation import Evaluation
from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.linter.plain import plain_facts
from rubriclang.linter.profile import Profile, profile_of
from rubriclang.linter.reading import reads_once
from rubriclang.linter.rule import Subject
from rubriclang.linter.showing import ask, values_in
from rubriclang.linter.undecided import UNDECIDED_PROPERTY, undecided
from rubriclang.prover.witness import Witness

FULL_MARKS_NEVER = Kind(
    "R422",
    "full-marks-never",
    "warning",
    "“{name}”满分 {max} 分，什么数据都得不到（举例的这一组得 {points} 分）",
    "no facts bring '{name}' to its {max} points (the example gets {points})",
    "检查满分、比例和封顶；原文确实如此的，写“// 允许 R422：理由”",
    "check the points, the rate and the limits; where the original says so, write '// allow R422: reason'",
)
KINDS = (FULL_MARKS_NEVER, UNDECIDED_PROPERTY)

_NEAR = Fraction(999, 1000)
_HALVINGS = 6


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding for each indicator whose points never come to its full marks, or for which that is open."""
    for node in subject.program.root.leaves():
        full = node.max
        if not isinstance(full, Fraction) or full <= 0 or node.span is None or _evident(subject, node, full):
            continue
        points = ir.Ref(node.points)
        if any(_gets(node.points, full, run) for run in plain_facts(subject.part_about(points))):
            continue
        settled = ask(subject, ir.Op("ge", (points, ir.Const(full))))
        if settled.witness is not None:
            continue
        span = subject.title_of(node)
        if not settled.never:
            if subject.shown(partial(_gets, node.points, full)):
                continue
            yield undecided(subject, span, f"“{node.name}”能不能得满分", f"whether '{node.name}' can get full marks")
            continue
        near = ask(subject, ir.Op("ge", (points, ir.Const(full * _NEAR))))
        if near.witness is not None:
            continue  # as near as one likes is as good as there: a share below 100% because a fact is > 0
        if not near.never:
            yield undecided(subject, span, f"“{node.name}”能不能得满分", f"whether '{node.name}' can get full marks")
            continue
        nearest = _nearest(subject, points, full)
        shown = values_in(subject, nearest, points) if nearest is not None else None
        params = {"name": node.name, "max": number_text(full), "points": number_text(shown[0]) if shown else "…"}
        finding = subject.finding(FULL_MARKS_NEVER, span, **params)
        yield attrs.evolve(finding, witness=nearest.to_dict() if nearest is not None else None)


def _gets(points: str, full: Fraction, run: Evaluation) -> bool:
    value = run.values.get(points)
    return isinstance(value, Fraction) and value == full


def _nearest(subject: Subject, points: ir.Ref, full: Fraction) -> Witness | None:
    """Facts that bring as many points as can be found by halving the distance a few times."""
    low, high = Fraction(0), full
    found = ask(subject, ir.Op("ge", (points, ir.Const(low)))).witness
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        better = ask(subject, ir.Op("ge", (points, ir.Const(middle)))).witness
        if better is None:
            high = middle
            continue
        found, came = better, values_in(subject, better, points)
        low = came[0] if came is not None else middle
        exact = ask(subject, ir.Op("gt", (points, ir.Const(low))))
        if exact.never:
            break
    return found


def _evident(subject: Subject, node: ir.Node, full: Fraction) -> bool:
    """Whether full marks are reached without a question: a band or a person gives them, and nothing is in the way."""
    expr = subject.definitions[node.points].expr
    base = subject.definitions.get(node.base or "")
    while base is not None and expr is not base.expr:
        match expr:
            case ir.Ref(target=target) if target in subject.definitions:
                expr = subject.definitions[target].expr
            case ir.Op(operator="max" | "min", operands=(inner, ir.Const())):
                expr = inner
            case ir.Round(operand=inner, step=step) if _is_multiple(full, subject.constant(step)):
                expr = inner
            case _:
                return False
    while isinstance(expr, ir.Catch):
        expr = expr.operand
    if isinstance(expr, ir.Judge):
        return expr.high == ir.Const(full) and not expr.high_open
    if isinstance(expr, ir.Const):
        return expr.value == full
    profile = profile_of(subject, node)
    return profile is not None and _on_the_line(subject, profile, full)


def _on_the_line(subject: Subject, profile: Profile, full: Fraction) -> bool:
    """Whether a stretch of the line gives full marks; exact where every value of the line can occur."""
    facts = subject.part_about(profile.quantity).facts
    if any(fact.whole or fact.grid is not None or fact.rounding is not None for fact in facts):
        return False  # a stretch may hold no whole number
    if not reads_once(subject, profile.quantity):
        return False
    return any(stretch.trend == 0 and stretch.first == full for stretch in profile.stretches)


def _is_multiple(full: Fraction, step: Fraction | None) -> bool:
    return step is not None and step > 0 and (full / step).denominator == 1

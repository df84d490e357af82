"""Full marks that no facts reach, by proof: intervals have let it pass (R320), linear forms or the solver have not."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.linter.profile import Profile, profile_of
from rubriclang.linter.reading import reads_once
from rubriclang.linter.rule import Subject
from rubriclang.linter.showing import Settled, ask, values_in
from rubriclang.linter.undecided import UNDECIDED_PROPERTY, undecided

FULL_MARKS_NEVER = Kind(
    "R333",
    "full-marks-never",
    "warning",
    "“{name}”满分 {max} 分，什么数据都得不到（举例的这一组得 {points} 分）",
    "no facts bring '{name}' to its {max} points (the example gets {points})",
    "检查满分、比例和封顶；原文确实如此的，写“// 允许 R333：理由”",
    "check the points, the rate and the limits; where the original says so, write '// allow R333: reason'",
)
KINDS = (FULL_MARKS_NEVER, UNDECIDED_PROPERTY)


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding for each indicator whose points never come to its full marks, or for which that is open."""
    for node in subject.program.root.leaves():
        full = node.max
        if not isinstance(full, Fraction) or full <= 0 or node.span is None or _evident(subject, node, full):
            continue
        points = ir.Ref(node.points)
        settled = ask(subject, ir.Op("ge", (points, ir.Const(full))))
        if settled.witness is not None:
            continue
        span = subject.title_of(node)
        if not settled.never:
            if subject.shown(lambda run, at=node.points, full=full: run.values.get(at) == full):
                continue
            yield undecided(subject, span, f"“{node.name}”能不能得满分", f"whether '{node.name}' can get full marks")
            continue
        nearest = _nearest(subject, points, full)
        shown = values_in(subject, nearest.witness, points) if nearest.witness is not None else None
        params = {"name": node.name, "max": number_text(full), "points": number_text(shown[0]) if shown else "…"}
        finding = subject.finding(FULL_MARKS_NEVER, span, **params)
        yield attrs.evolve(finding, witness=nearest.witness.to_dict() if nearest.witness is not None else None)


def _nearest(subject: Subject, points: ir.Ref, full: Fraction) -> Settled:
    """Facts that come close to full marks: within a hundredth, a tenth, a half; or any."""
    found = Settled()
    for part in (Fraction(99, 100), Fraction(9, 10), Fraction(1, 2), Fraction(0)):
        found = ask(subject, ir.Op("ge", (points, ir.Const(full * part))))
        if found.witness is not None:
            return found
    return found


def _evident(subject: Subject, node: ir.Node, full: Fraction) -> bool:
    """Whether full marks are reached without a question: a band, a judge or a checklist gives them, and nothing else
    can be in the way for every unit."""
    expr = subject.definitions[node.points].expr
    base = subject.definitions.get(node.base or "")
    while base is not None and expr is not base.expr:
        match expr:
            case ir.Ref(target=target) if target in subject.definitions:
                expr = subject.definitions[target].expr
            case ir.Op(operator="max" | "min", operands=(inner, ir.Const())):
                expr = inner
            case ir.Round(operand=inner):
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
    if not reads_once(subject, profile.quantity):
        return False
    return any(stretch.trend == 0 and stretch.first == full for stretch in profile.stretches)

"""Fact sets that show what a rule has found: proposed by the prover, and scored before anyone sees them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import attrs

from rubriclang.backends.confirm import evaluated, settled
from rubriclang.backends.interpreter import evaluate_expression
from rubriclang.ir import nodes as ir
from rubriclang.linter.profile import Stretch
from rubriclang.linter.rule import Subject
from rubriclang.prover.simplex import Effort
from rubriclang.prover.witness import EFFORT, Goal, Witness, decide
from rubriclang.semantics.intervals import Interval

_SHARE = 24  # no question takes more than this part of the work for a rubric


@attrs.frozen
class Settled:
    """What became of a question: proved never to hold, shown by a fact set, or open (neither)."""

    never: bool = False
    witness: Witness | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is not known."""
        return not self.never and self.witness is None


def ask(subject: Subject, goal: ir.Expr) -> Settled:
    """Whether some facts make a condition true, with facts that have been scored. The work is bounded."""
    left = subject.effort
    if left.left <= 0:
        return Settled()
    program = subject.part_about(goal)
    mine = Effort(min(left.left, EFFORT // _SHARE))
    given = mine.left
    answer = decide(goal, program.facts, program.definitions, mine)
    left.left -= given - mine.left + 1_000
    if answer.verdict == "never":
        return Settled(never=True)
    found = settled(Goal(goal, program, answer.witnesses), subject.questions)
    return Settled(found.verdict == "never", next(iter(found.witnesses), None))


def within(quantity: ir.Expr, values: Interval) -> Iterator[ir.Expr]:
    """The conditions that hold a quantity within an interval."""
    if values.low is not None and values.low == values.high:
        yield ir.Op("eq", (quantity, ir.Const(values.low)))
        return
    if values.low is not None:
        yield ir.Op("gt" if values.low_open else "ge", (quantity, ir.Const(values.low)))
    if values.high is not None:
        yield ir.Op("lt" if values.high_open else "le", (quantity, ir.Const(values.high)))


def on(quantity: ir.Ref, node: ir.Node, stretch: Stretch, points: Fraction | None) -> ir.Expr:
    """That the quantity lies on a stretch and the indicator comes to these points (None: to any)."""
    score = ir.Ref(node.points)
    wanted = ir.Op("eq", (score, score if points is None else ir.Const(points)))
    return ir.Op("and", (*within(quantity, stretch.values), wanted))


def values_in(subject: Subject, witness: Witness, *refs: ir.Ref) -> tuple[Any, ...] | None:
    """What these come to on a fact set, in numbers; None where one does not."""
    run = evaluated(subject.part_about(*refs), witness)
    if run is None:
        return None
    found = tuple(run.values.get(ref.target, run.facts.get(ref.target)) for ref in refs)
    return found if all(isinstance(value, Fraction) for value in found) else None


def value_in(subject: Subject, witness: Witness, expr: ir.Expr) -> Fraction | None:
    """The number that an expression comes to on a fact set; None where it is none."""
    run = evaluated(subject.part_about(expr), witness)
    value = None if run is None else evaluate_expression(expr, run)
    return value if isinstance(value, Fraction) else None


def pair(better: Witness, worse: Witness) -> dict[str, Any]:
    """Two fact sets as one example: the better value first, the worse one ``against`` it."""
    return {**better.to_dict(), "against": worse.to_dict()}

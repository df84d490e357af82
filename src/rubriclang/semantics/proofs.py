"""What the checks by intervals could not settle, asked of the prover: findings that no facts can show are dropped."""

from __future__ import annotations

import attrs

from rubriclang.diagnostics import Diagnostic
from rubriclang.ir import nodes as ir
from rubriclang.prover import simplex
from rubriclang.prover.witness import EFFORT, Example, Goal, decide
from rubriclang.semantics import errors
from rubriclang.semantics.frame import Frame
from rubriclang.semantics.scope import Names


def settle(names: Names, frame: Frame, facts: tuple[ir.Fact, ...], lists: tuple[ir.ListFact, ...]) -> None:
    """Drops each finding whose goal no facts can meet, and gives the others facts that should meet it."""
    kept: list[Diagnostic] = []
    effort = simplex.Effort(EFFORT)
    draft = ir.Program(
        names.root.name,
        facts,
        tuple(frame.definitions),
        ir.Node("", "", (), "", None),
        lists=lists,
        units=tuple(names.units.items()),
    )
    for diagnostic in names.diagnostics:
        goal = diagnostic.goal
        if goal is None or effort.left <= 0:
            kept.append(attrs.evolve(diagnostic, goal=None))
            continue
        example = isinstance(goal, Example)
        condition = goal.expr if example else goal
        answer = decide(condition, facts, frame.definitions, effort)
        if answer.verdict == "maybe" or example:
            kept.append(attrs.evolve(diagnostic, goal=Goal(condition, draft, answer.witnesses, example)))
    names.diagnostics = kept


def decided(diagnostic: Diagnostic) -> Diagnostic:
    """A gap that could not be decided is one, now that there are facts in it."""
    if diagnostic.kind is not errors.UNDECIDED_GAP or diagnostic.witness is None:
        return diagnostic
    facts = [f"{name} = {value}" for name, value in diagnostic.witness["facts"].items()]
    params = {
        "subject": "情形",
        "subject_en": "the case",
        "gap": "、".join(facts),
        "gap_en": "with " + ", ".join(facts),
    }
    return attrs.evolve(diagnostic, kind=errors.GAP, params=params)

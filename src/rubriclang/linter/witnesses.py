"""Facts that reach a row, for findings of rules about a row that still scores."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rubriclang.backends.confirm import shows
from rubriclang.backends.coverage import Branch, branches
from rubriclang.backends.evaluation import Key
from rubriclang.ir import nodes as ir
from rubriclang.linter.rule import Subject
from rubriclang.prover.simplex import Effort
from rubriclang.prover.witness import EFFORT, Goal, decide


def reaching(subject: Subject, definition: str, tag: ir.Tag) -> Mapping[str, Any] | None:
    """A fact set, as a fact file holds it, under which a row applies; None where a short search finds none."""
    branch = subject.once(_by_key).get((definition, tag.text, tag.span))
    if branch is None:
        return None
    program = subject.program
    answer = decide(branch.goal, program.facts, program.definitions, Effort(EFFORT // 8))
    goal = Goal(branch.goal, program)
    return next((found.to_dict() for found in answer.witnesses if shows(goal, found)), None)


def _by_key(subject: Subject) -> dict[Key, Branch]:
    return {branch.key: branch for branch in branches(subject.program)}

"""One unit as it stands, and its program run again with one fact changed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import attrs

from rubriclang.backends.evaluation import Evaluation
from rubriclang.backends.scoring import run_program
from rubriclang.facts.binding import FactSet
from rubriclang.ir import nodes as ir
from rubriclang.ir.values import Value


@attrs.frozen(slots=False)
class Situation:
    """A program and the facts of one unit."""

    program: ir.Program
    given: FactSet

    def run(self, changed: Mapping[str, Value]) -> Evaluation:
        """Everything anew, with some facts changed: the definition of the language, not a shortcut."""
        return run_program(self.program, attrs.evolve(self.given, values={**self.given.values, **changed}))

    @cached_property
    def base(self) -> Evaluation:
        """Everything as it stands."""
        return self.run({})

    @cached_property
    def facts(self) -> dict[str, ir.Fact]:
        """The declared facts by name."""
        return {fact.name: fact for fact in self.program.facts}

    @cached_property
    def leaves(self) -> tuple[ir.Node, ...]:
        """The indicators."""
        return tuple(node for node in self.program.root.leaves() if node.path)

    def broken(self, evaluation: Evaluation) -> frozenset[str]:
        """The facts that break a declared bound."""
        return frozenset(violation.name for violation in evaluation.violations)

    def allowed(self, evaluation: Evaluation) -> bool:
        """Whether no fact breaks a bound that it keeps as it stands."""
        return self.broken(evaluation) <= self.broken(self.base)

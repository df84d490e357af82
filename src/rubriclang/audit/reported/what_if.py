"""What a rubric would give for other values than the true ones: a claimed value, claimed parts, a claimed total."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import attrs

from rubriclang.backends.evaluation import Evaluation
from rubriclang.backends.interpreter import evaluate_expression
from rubriclang.backends.scoring import points_of, run_program
from rubriclang.facts.binding import FactSet
from rubriclang.ir import nodes as ir
from rubriclang.ir.values import Value


@attrs.frozen
class WhatIf:
    """A rubric with the facts of one unit; ``run`` is its evaluation as the facts are."""

    program: ir.Program
    facts: FactSet
    run: Evaluation = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "run", run_program(self.program, self.facts))

    def value(self, identifier: str, imposed: Mapping[str, Value]) -> Value:
        """The value of a definition when others have the values imposed."""
        return run_program(self.program, self.facts, imposed=imposed).values[identifier]

    def points(self, node: ir.Node, imposed: Mapping[str, Value]) -> Fraction | None:
        """The points of an indicator or section when definitions have the values imposed."""
        return points_of(self.value(node.points, imposed))

    def near(self, node: ir.Node, value: ir.Definition, number: Fraction) -> tuple[Fraction | None, str]:
        """The points of an indicator for another value, and the row that gives them; looks at its own rules only.

        Quick enough to be asked hundreds of times; what it finds is to be confirmed with :meth:`points`.
        """
        run = self.run
        kept = dict(run.values)
        run.values[value.id] = number
        row = ""
        try:
            past = False
            for definition in self.program.definitions:
                if definition.id == value.id:
                    past = True
                elif past and definition.owner == node.path and definition.level is None:
                    run.fired.pop("?", None)
                    run.values[definition.id] = evaluate_expression(definition.expr, run)
                    if definition.id == node.base:
                        row = next((tag.text for tag in run.fired.get("?", ()) if tag.role != "plain"), "")
            return points_of(run.values[node.points]), row
        finally:
            run.values.clear()
            run.values.update(kept)
            run.fired.pop("?", None)

"""What every format is given: the units, what makes their sheets, and how the report should look."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import attrs

from rubriclang.backends.evaluation import Evaluation
from rubriclang.backends.outcome import Outcome
from rubriclang.backends.scoring import run_program, run_together
from rubriclang.facts.binding import FactSet
from rubriclang.ir import nodes as ir
from rubriclang.reports.columns import Column
from rubriclang.reports.layout import Sheet
from rubriclang.reports.ranking import Place, ranking
from rubriclang.reports.sheet_builder import sheet_of
from rubriclang.reports.wording import Lang

Step = Callable[[int, int], None]


@attrs.frozen
class Options:
    """How a report looks.

    ``columns`` are titles separated by commas (None: those of the official table); ``template`` is a docx file with
    placeholders; ``chart`` draws the points lost by section.
    """

    lang: Lang = "zh"
    columns: str | None = None
    template: Path | None = None
    chart: bool = True


class Evaluations:
    """The evaluations behind the outcomes, made when a calculation is shown: most reports show none."""

    def __init__(self, program: ir.Program, facts: Sequence[FactSet]) -> None:
        self.program, self.facts = program, facts

    def of(self, at: int) -> Evaluation | None:
        """The evaluation of the unit at a place; None without its facts."""
        if at >= len(self.facts):
            return None
        return run_program(self.program, self.facts[at]) if self._together is None else self._together[at]

    @cached_property
    def _together(self) -> list[Evaluation] | None:
        return run_together(self.program, self.facts)


@attrs.frozen
class Book:
    """Everything a format prints: the units in the order given, with what makes their sheets."""

    outcomes: tuple[Outcome, ...]
    program: ir.Program
    columns: tuple[Column, ...]
    options: Options
    evaluations: Evaluations
    step: Step
    standards: Mapping[tuple[str, ...], str] = attrs.field(factory=dict)

    @property
    def lang(self) -> Lang:
        """The language of what the rubric does not say itself."""
        return self.options.lang

    def sheet(self, at: int) -> Sheet:
        """The score sheet of the unit at a place, made when it is asked for."""
        outcome = self.outcomes[at]
        return sheet_of(outcome, self.program, self.columns, self.lang, self.standards, self._calculations(at))

    def sheets(self) -> Iterator[Sheet]:
        """The score sheets of all units, telling how far it is on the way."""
        for at in range(len(self.outcomes)):
            yield self.sheet(at)
            self.step(at + 1, len(self.outcomes))

    def places(self) -> list[Place]:
        """The units in the order of their totals."""
        return ranking(self.outcomes, self.lang)

    def _calculations(self, at: int) -> dict[str, str]:
        if not any(column.key == "calculation" for column in self.columns):
            return {}
        from rubriclang.reports.explanation import sentences  # evaluates again: only where it is shown

        return sentences(self.outcomes[at], self.program, self.evaluations.of(at), self.lang)

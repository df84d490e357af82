"""A compiled program: what generated code yields, as scores, as an evaluation and as an outcome."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Literal

import attrs

from rubriclang.backends.compiled.generating import Generated, scores, trace
from rubriclang.backends.compiled.reading import REFUSALS
from rubriclang.backends.compiled.values import fraction
from rubriclang.backends.evaluation import Evaluation
from rubriclang.backends.integers.inputs import InputForm, Pairs, Scaled
from rubriclang.backends.integers.lowering import lower
from rubriclang.backends.integers.unsayable import Unsayable
from rubriclang.backends.interpreter import evaluate
from rubriclang.backends.outcome import Outcome
from rubriclang.backends.scoring import outcome_of, run_program, score
from rubriclang.facts.binding import FactSet
from rubriclang.ir import nodes as ir
from rubriclang.ir.values import Reason, Value
from rubriclang.source import Source

Given = Mapping[str, Any]
_PAIRS = Pairs()
_NOTHING: Given = MappingProxyType({})


@attrs.define(eq=False)  # not frozen: freezing takes longer than a fifth of the scoring
class Scores:
    """The scores of one unit, exact.

    ``by`` tells who computed them: generated code, or the interpreter, which takes over where something is missing,
    wrong or open.
    """

    _shown: tuple[Any, ...]
    _layout: _Layout
    by: Literal["compiled", "interpreter"]

    @property
    def total(self) -> Fraction | None:
        """The points of the whole, None where they are open."""
        return self._points(0)

    @property
    def grade(self) -> str | None:
        """The grade, None where there is none."""
        found = self._shown[1] if self._layout.grade else None
        return self._layout.texts[found] if isinstance(found, int) else found

    def __getitem__(self, path: str) -> Fraction | None:
        """The points of a section or an indicator by its path, its parts separated by ``/``; None where it has none.

        Raises:
            KeyError: there is none of that path.
        """
        return self._points(self._layout.places[path])

    def points(self) -> dict[str, Fraction | None]:
        """The points of every section and indicator, by path."""
        return {path: self._points(at) for path, at in self._layout.places.items()}

    def _points(self, at: int) -> Fraction | None:
        found = self._shown[at]
        if found is None or self._layout.kinds[at] != "number":
            return None
        if found.__class__ is int:
            return fraction(found, self._layout.dens[at])
        return fraction(*found) if isinstance(found, tuple) else Fraction(found)


@attrs.frozen
class _Layout:
    """What stands at each place of the numbers of a unit: the total, the grade, the points of the nodes."""

    asked: tuple[str, ...]
    grade: bool
    places: Mapping[str, int]
    kinds: tuple[str, ...]
    dens: tuple[int, ...]
    texts: tuple[str, ...]


@attrs.frozen
class Compiled:
    """A program as Python functions. It scores one unit at a time, exactly as the interpreter does.

    ``unsayable`` tells which definitions have no integer form, and why. Where the score needs one of them, every unit
    is scored by the interpreter. ``source`` is the generated Python of the scores, ``trace_source`` that of all values.
    """

    program: ir.Program
    rubric: Source | None
    form: InputForm
    unsayable: Mapping[str, Unsayable]
    _layout: _Layout
    _scores: Generated | None
    _trace: Generated | None

    @property
    def source(self) -> str:
        """The generated function for scores; empty where the interpreter scores every unit."""
        return self._scores.source if self._scores is not None else ""

    @property
    def trace_source(self) -> str:
        """The generated function for evaluations; empty where the interpreter scores every unit."""
        return self._trace.source if self._trace is not None else ""

    def points(self, facts: Given, judged: Given = _NOTHING) -> Scores:
        """The scores of one unit, without a trace.

        Args:
            facts: typed values by name, as ``rubric.bind`` gives them: Fraction, bool, str, date or Reason. Where the
                program was compiled for scales, whole numbers of them instead of Fractions.
            judged: points by judged item, in the same form.
        """
        if self._scores is not None:
            try:
                shown = self._scores.function(facts, judged)
            except REFUSALS:
                shown = None
            if shown is not None:
                return Scores(shown, self._layout, "compiled")
        return self._interpreted(evaluate(self.program, self._typed(facts, "fact"), self._typed(judged, "judged")))

    def points_of(self, facts: FactSet) -> Scores:
        """The scores of one unit as ``rubric.bind`` gives it, with its tables and the other units."""
        if self._scores is not None and isinstance(self.form, Pairs):
            return self.points(facts.values, facts.judged)
        return self._interpreted(run_program(self.program, facts))

    def _interpreted(self, run: Evaluation) -> Scores:
        found = (run.values[name] for name in self._layout.asked)
        return Scores(tuple(None if isinstance(v, Reason) else v for v in found), self._layout, "interpreter")

    def evaluation(self, facts: Given, judged: Given = _NOTHING) -> Evaluation | None:
        """Every value of a unit, the rows that made them and the judgements that entered, as the interpreter has them.

        Reasons tell their kind, and not what they came of. None is a unit that only the interpreter can score.
        """
        found = self._run(facts, judged)
        return None if found is None else Evaluation(found[3], found[0], found[1], found[2])

    def score(self, facts: FactSet) -> Outcome:
        """The outcome of one unit, the same as ``Rubric.score`` gives for it."""
        if not facts.others or not self.program.needs_population:
            found = self._run(facts.values, facts.judged)
            if found is not None and not found[4] and not facts.lists:
                run = Evaluation(found[3], found[0], found[1], found[2])
                return outcome_of(self.program, facts, self.rubric, run)
        return score(self.program, facts, self.rubric)

    def _run(self, facts: Given, judged: Given) -> tuple[Any, ...] | None:
        if self._trace is None:
            return None
        try:
            found: tuple[Any, ...] | None = self._trace.function(facts, judged)
        except REFUSALS:
            return None
        return found

    def _typed(self, given: Given, source: Literal["fact", "judged"]) -> dict[str, Value]:
        """Values as the interpreter takes them."""
        scales: Mapping[str, int] = {}
        if isinstance(self.form, Scaled):
            scales = self.form.facts if source == "fact" else self.form.judged
        return {name: _value(value, scales.get(name, 1)) for name, value in given.items() if value is not None}

    def __reduce__(self) -> Any:
        return compile_program, (self.program, self.rubric, self.form)


def _value(value: Any, scale: int) -> Value:
    if isinstance(value, bool | str | date | Reason):
        return value
    return Fraction(value) / scale


def compile_program(program: ir.Program, rubric: Source | None = None, form: InputForm = _PAIRS) -> Compiled:
    """A program as Python.

    Args:
        program: what to compile.
        rubric: its text, for the places in diagnostics.
        form: how numbers come: as Fractions (``Pairs``), or as whole numbers of fixed scales (``Scaled``).
    """
    lowered = lower(program, form)
    nodes = [node for node in program.root.walk() if node.path]
    asked = [program.root.points, program.grade or program.root.points, *(node.points for node in nodes)]
    sayable = lowered.flag != lowered.graph.true
    kinds, dens = [], []
    for name in asked:
        value = lowered.values.get(name)
        kinds.append("number" if value is None else value.kind)
        dens.append(1 if value is None else lowered.graph.value_of(value.den) or 1)
    layout = _Layout(
        tuple(asked),
        program.grade is not None,
        {"/".join(node.path): at for at, node in enumerate(nodes, 2)},
        tuple(kinds),
        tuple(dens),
        lowered.texts,
    )
    sayable = sayable and not any(name in lowered.unsayable for name in asked)
    made = _generated(lambda: scores(lower(program, form, "scores"), asked)) if sayable else None
    whole = sayable and not lowered.unsayable and not program.lists
    traced = _generated(lambda: trace(lowered, program)) if whole and isinstance(form, Pairs) else None
    return Compiled(program, rubric, form, lowered.unsayable, layout, made, traced)


def _generated(make: Callable[[], Generated]) -> Generated | None:
    """A function, or None where it nests deeper than Python reads."""
    try:
        return make()
    except (RecursionError, SyntaxError):
        return None

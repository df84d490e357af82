"""Scores one fact set: evaluates a program and turns its values into an outcome with diagnostics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Literal

from rubriclang.backends import findings
from rubriclang.backends.display import display_of, same_decision
from rubriclang.backends.evaluation import Evaluation, Given
from rubriclang.backends.interpreter import evaluate, evaluate_expression, evaluate_population
from rubriclang.backends.outcome import CheckOutcome, IndicatorOutcome, Outcome, SectionOutcome, Step
from rubriclang.backends.remarks import banded, remark
from rubriclang.facts.binding import FactSet
from rubriclang.ir import nodes as ir
from rubriclang.ir.reals import Real, UndecidedError
from rubriclang.ir.values import Cause, Reason, Value
from rubriclang.source import Source

_STAGES = {
    "基础": "base",
    "加减": "adjusted",
    "取位": "rounded",
    "限额": "limited",
    "调整": "capped",
    "否决": "vetoed",
    "得分": "final",
}


def score(
    program: ir.Program,
    facts: FactSet,
    source: Source | None,
    replaced: Mapping[str, Value] | None = None,
    reaches: bool = True,
) -> Outcome:
    """The outcome of a program on one fact set; never raises for what is wrong with the facts.

    ``reaches=False`` leaves out how far an open total can still go, which takes two more evaluations.
    """
    evaluation = run_program(program, facts, replaced)
    return _Scoring(program, facts, source, evaluation, replaced, reaches).outcome()


def outcome_of(program: ir.Program, facts: FactSet, source: Source | None, evaluation: Evaluation) -> Outcome:
    """The outcome of a program on one fact set whose values are known already."""
    return _Scoring(program, facts, source, evaluation, None).outcome()


def score_population(
    program: ir.Program,
    units: Sequence[FactSet],
    source: Source | None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Outcome, ...]:
    """The outcome of every unit; a program that looks at 各单位 is evaluated for all of them together.

    How far an open total can still go depends on the other units then, so it is left open.
    """
    outcomes: list[Outcome] = []
    runs = run_together(program, units)
    for at, unit in enumerate(units):
        run = run_program(program, unit) if runs is None else runs[at]
        outcomes.append(_Scoring(program, unit, source, run, None, reaches=runs is None).outcome())
        if progress is not None:
            progress(at + 1, len(units))
    return tuple(outcomes)


def run_together(program: ir.Program, units: Sequence[FactSet]) -> list[Evaluation] | None:
    """Evaluates units that are each other's 各单位; None where each is evaluated by itself.

    That is where the program compares no units, or the units bring others of their own.
    """
    if not program.needs_population or len(units) < 2 or any(unit.others for unit in units):
        return None
    return evaluate_population(program, [Given(unit.values, unit.judged, unit.lists) for unit in units])


def run_program(
    program: ir.Program,
    facts: FactSet,
    replaced: Mapping[str, Value] | None = None,
    pending_as: Literal["low", "high"] | None = None,
    imposed: Mapping[str, Value] | None = None,
) -> Evaluation:
    """Evaluates a program on a fact set with its lists and its population."""
    others = [Given(other.values, other.judged, other.lists) for other in facts.others]
    return evaluate(program, facts.values, facts.judged, replaced, pending_as, facts.lists, others, imposed)


def points_of(value: Value | None) -> Fraction | None:
    """The points of a value, None where it is none."""
    return value if isinstance(value, Fraction) and not isinstance(value, bool) else None


def _holds(op: str, difference: Fraction | Real, tolerance: Fraction) -> bool:
    """Whether two sides so far apart agree, as nearly as the tolerance asks."""
    match op:
        case "=":
            return difference <= tolerance and difference >= -tolerance
        case "!=":
            return difference > tolerance or difference < -tolerance
        case "<=":
            return difference <= tolerance
        case "<":
            return difference < tolerance
        case ">=":
            return difference >= -tolerance
        case _:
            return difference > -tolerance


class _Scoring:
    def __init__(
        self,
        program: ir.Program,
        facts: FactSet,
        source: Source | None,
        evaluation: Evaluation,
        replaced: Mapping[str, Value] | None,
        reaches: bool = True,
    ) -> None:
        self.reaches = reaches
        self.program = program
        self.facts = facts
        self.source = source
        self.run = evaluation
        self.replaced = dict(replaced or {})
        self.definitions = {d.id: d for d in program.definitions}
        self.stages: dict[str, list[ir.Definition]] = {}
        for definition in program.definitions:
            if "#" in definition.id:
                self.stages.setdefault("/".join(definition.owner), []).append(definition)

    def outcome(self) -> Outcome:
        program, run = self.program, self.run
        root = program.root
        indicators = tuple(self._indicator(node) for node in root.leaves() if node.path)
        sections = tuple(
            SectionOutcome(node.path, points_of(run.values[node.points]), points_of(node.max))
            for node in root.walk()
            if node.parts and node.path
        )
        checks = tuple(self._check(check) for check in program.checks)
        total = points_of(run.values[root.points])
        grade = run.values.get(program.grade) if program.grade else None
        found = findings.collect(program, self.facts, run, self.source, indicators, checks)
        split = self._split(root, Fraction(1))
        open_ = any(i.reason is not None and i.reason != "left out" for i in indicators)
        return Outcome(
            rubric=program.title,
            unit=self.facts.unit,
            total=total,
            max=points_of(root.max),
            grade=grade if isinstance(grade, str) else None,
            complete=total is not None and not open_,
            computed=split["computed"],
            judged=split["judged"],
            sections=sections,
            indicators=indicators,
            values=self._values(),
            checks=checks,
            diagnostics=found,
            reachable=None if total is not None else self._reachable(indicators),
            source=self.source,
            tree=root,
            remarks=self._root_remarks(),
            results=tuple(self._results()),
        )

    # -- indicators

    def _indicator(self, node: ir.Node) -> IndicatorOutcome:
        run = self.run
        value = run.values[node.points]
        points = points_of(value)
        identifier = "/".join(node.path)
        stages = [d for d in self.stages.get(identifier, []) if not d.id.endswith("#值")]
        judged = self._judged(stages)
        label = value if isinstance(value, str) else None
        reason = value.kind if isinstance(value, Reason) else None
        shown = run.values.get(node.value) if node.value is not None else None
        kind = self.definitions[node.value].type if node.value is not None else None
        base = self.definitions.get(f"{identifier}#基础")
        words = remark(self.program, node, stages, run, points)
        most = points_of(node.max)
        place = self.source.position(node.span.start) if self.source is not None and node.span is not None else None
        return IndicatorOutcome(
            name=node.name,
            path=node.path,
            points=points,
            max=most,
            kind="judged" if judged else "computed",
            value=None if isinstance(shown, Reason) else shown,
            display=display_of(shown, kind, self._agrees(base, node.value)),
            band=banded(stages, run) if reason in (None, "left out") else None,
            label=label,
            reason=reason,
            deduction=most - points if points is not None and most is not None and points <= most else None,
            remark=words[0],
            remark_en=words[1],
            standard=node.standard,
            steps=tuple(self._steps(stages)),
            evidence=tuple(self.facts.notes.get(f"评定 {identifier}", {}).items()),
            span=(place.line, place.column) if place is not None else None,
        )

    def _judged(self, stages: list[ir.Definition]) -> bool:
        """Whether a person's points enter the score, in its own rows or in those of a formula it reads."""
        seen: set[str] = set()
        rest = list(stages)
        while rest:
            definition = rest.pop()
            if self.run.judgements.get(definition.id):
                return not self._overridden(stages)
            for target in ir.references(definition.expr) - seen:
                seen.add(target)
                read = self.definitions.get(target)
                if read is not None and "#" not in read.id:
                    rest.append(read)
        return False

    def _agrees(self, base: ir.Definition | None, value: str | None) -> Callable[[Fraction], bool] | None:
        """Whether what is shown of a value leads to the same row as the value itself."""
        return None if base is None or value is None else same_decision(self.run, base.expr, value)

    def _overridden(self, stages: list[ir.Definition]) -> bool:
        """Whether an override decided the score by itself, so that nobody's judgement counts."""
        return any(
            tag.role == "override" and not self.run.judgements.get(d.id)
            for d in stages
            for tag in self.run.fired.get(d.id, ())
            if d.id.endswith("#得分")
        )

    def _steps(self, stages: list[ir.Definition]) -> list[Step]:
        steps = []
        for definition in stages:
            word = definition.id.rpartition("#")[2].rstrip("0123456789")
            tags = tuple(t.text for t in self.run.fired.get(definition.id, ()) if t.role != "plain" and t.text)
            steps.append(Step(_STAGES.get(word, word), tags, points_of(self.run.values[definition.id])))
        return steps

    # -- the whole

    def _split(self, node: ir.Node, weight: Fraction) -> dict[str, Fraction]:
        """Points awarded so far by who decided them, weighted as they enter the total."""
        total = {"computed": Fraction(0), "judged": Fraction(0)}
        if isinstance(node.weight, Fraction):
            weight *= node.weight
        if not node.parts:
            points = points_of(self.run.values[node.points])
            if points is not None:
                total[self._indicator_kind(node)] += points * weight
            return total
        for part in node.parts:
            for kind, points in self._split(part, weight).items():
                total[kind] += points
        return total

    def _indicator_kind(self, node: ir.Node) -> str:
        identifier = "/".join(node.path)
        stages = self.stages.get(identifier, [])
        return "judged" if self._judged(stages) else "computed"

    def _values(self) -> dict[str, Value | None]:
        """Every named result; a name used twice is qualified by its indicator."""
        named = [d for d in self.program.definitions if d.name is not None]
        uses = Counter(d.name for d in named)
        values: dict[str, Value | None] = {}
        for definition in named:
            assert definition.name is not None
            key = definition.name
            if uses[key] > 1 and definition.owner:
                key = f"{definition.owner[-1]}.{key}"
            if key in values:
                key = f"{'.'.join(definition.owner)}.{definition.name}"
            value = self.run.values[definition.id]
            if isinstance(value, tuple):
                value = tuple(None if isinstance(item, Reason) else item for item in value)
            values[key] = None if isinstance(value, Reason) else value
        return values

    def _check(self, check: ir.Check) -> CheckOutcome:
        run = self.run
        if check.only_if is not None and evaluate_expression(check.only_if, run) is not True:
            return CheckOutcome(check.name, check.text, None)
        left, right = evaluate_expression(check.left, run), evaluate_expression(check.right, run)
        tolerance = evaluate_expression(check.tolerance, run) if check.tolerance is not None else Fraction(0)
        if isinstance(left, Reason) or isinstance(right, Reason) or not isinstance(tolerance, Fraction):
            return CheckOutcome(check.name, check.text, None, left, right, unit=check.unit_name)
        if isinstance(left, Fraction | Real) and isinstance(right, Fraction | Real):
            difference = -right + left
            try:
                holds = _holds(check.op, difference, tolerance)
            except (UndecidedError, RecursionError):
                open_ = Reason("undefined", (Cause("undecided", check.name, check.span),))
                return CheckOutcome(check.name, check.text, None, open_, open_, unit=check.unit_name)
            return CheckOutcome(check.name, check.text, holds, left, right, difference, tolerance, check.unit_name)
        return CheckOutcome(check.name, check.text, (left == right) == (check.op == "="), left, right)

    def _reachable(self, indicators: tuple[IndicatorOutcome, ...]) -> tuple[Fraction, Fraction] | None:
        """The least and the most the total can become once what is open is filled in."""
        bounds: list[Fraction] = []
        if not self.reaches:
            return None
        nodes = {node.path: node for node in self.program.root.leaves()}
        for side in ("low", "high"):
            imposed: dict[str, Value] = {}
            for indicator in indicators:
                if indicator.reason in ("missing", "undefined"):
                    node = nodes[indicator.path]
                    reach = (
                        points_of(node.low if node.low is not None or node.max is None else Fraction(0)),
                        points_of(node.high if node.high is not None else node.max),
                    )
                    end = reach[0] if side == "low" else reach[1]
                    if end is None:
                        return None
                    imposed[node.points] = end
            run = run_program(
                self.program, self.facts, self.replaced, "low" if side == "low" else "high", imposed=imposed
            )
            total = points_of(run.values[self.program.root.points])
            if total is None:
                return None
            bounds.append(total)
        return min(bounds), max(bounds)

    def _results(self) -> Iterator[tuple[str, str]]:
        """The formulas under # 结果, as a sheet shows them; one without a value says why."""
        for identifier in self.program.results:
            definition = self.definitions[identifier]
            value = self.run.values[identifier]
            text = display_of(value, definition.type)
            yield definition.name or identifier, text if text is not None else "—"

    def _root_remarks(self) -> tuple[str, ...]:
        """Overrides that applied to the total or the grade, as written."""
        prefix = ("#", "等次")
        return tuple(
            tag.text
            for identifier, tags in self.run.fired.items()
            if identifier.startswith(prefix)
            for tag in tags
            if tag.role == "override"
        )

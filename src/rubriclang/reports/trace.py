"""Every step from the facts to the points of an indicator, with exact numbers: what the sentences leave out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from rubriclang.backends.evaluation import Evaluation
from rubriclang.backends.interpreter import evaluate_expression
from rubriclang.backends.outcome import IndicatorOutcome, Outcome
from rubriclang.backends.scoring import run_program
from rubriclang.facts.binding import FactSet
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.ir.values import Reason, Value
from rubriclang.reports.explanation import matching
from rubriclang.reports.figures import Figures, value_text
from rubriclang.reports.wording import Lang, in_print

_REASONS = {"missing": "缺失", "left out": "不计", "undefined": "无法计算", "pending": "待评定"}


def trace(outcome: Outcome, program: ir.Program, facts: FactSet, only: str | None, lang: Lang) -> Iterator[str]:
    """The lines of a full trace: facts, formulas, rows tried, stages; numbers exact, ``n/d`` where they have no end.

    Args:
        outcome: the scored unit.
        program: the rubric it was scored under.
        facts: the facts it was scored on.
        only: the title or path of one indicator; None traces all, and the sections and the result as well.
        lang: the language of the words around those of the rubric.
    """
    run = run_program(program, facts)
    writer = _Trace(program, run, outcome, lang)
    for indicator in matching(outcome, only):
        yield from writer.indicator(indicator)
    if only is None:
        yield from writer.rest()


class _Trace:
    def __init__(self, program: ir.Program, run: Evaluation, outcome: Outcome, lang: Lang) -> None:
        self.program = program
        self.run = run
        self.zh = lang == "zh"
        self.figures = Figures(program, run, outcome.source)

    def indicator(self, indicator: IndicatorOutcome) -> Iterator[str]:
        """One indicator: its path, the facts it reads, its definitions in the order of evaluation."""
        yield "/".join(indicator.path) or indicator.name
        owned = [d for d in self.program.definitions if d.owner == indicator.path]
        names: dict[str, None] = {}
        for definition in owned:
            names |= dict.fromkeys(self.figures.facts_in(definition.expr))
        for name in names:
            kind = self.figures.facts[name].type
            value = self.run.facts[name]
            shown = "" if isinstance(value, Reason) else f"（{value_text(value, kind)}）"
            yield f"  {'数据' if self.zh else 'fact'} {name} = {self._exact(value)}{shown}"
        for definition in owned:
            yield from self._definition(definition)

    def rest(self) -> Iterator[str]:
        """What belongs to no indicator: sections, the total, results, the grade."""
        leaves = {node.path for node in self.program.root.leaves()}
        shown: tuple[str, ...] | None = None
        for definition in self.program.definitions:
            if definition.owner in leaves:
                continue
            if definition.owner != shown:
                shown = definition.owner
                yield "/".join(shown) or ("总分与结果" if self.zh else "total and results")
            yield from self._definition(definition)

    def _definition(self, definition: ir.Definition) -> Iterator[str]:
        name = definition.name or "#" + definition.id.rpartition("#")[2]
        value = self.run.values[definition.id]
        if definition.level is not None:
            each = f"{definition.level}：" if self.zh else f"{definition.level}: "
            name = f"{each}{name}"
        written = self.figures.written(definition.expr) if definition.name is not None else None
        formula = f" = {written}" if written and not isinstance(definition.expr, ir.Case) else ""
        yield f"  {name}{formula} = {self._exact(value)}"
        if definition.level is None:
            yield from self._rows(definition)

    def _rows(self, definition: ir.Definition) -> Iterator[str]:
        """The rows that were tried, in order, up to the one that applied."""
        fired = self.run.fired.get(definition.id, [])
        for node in ir.walk(definition.expr):
            if not isinstance(node, ir.Case) or not any(arm.tag in fired for arm in node.arms):
                continue
            for arm in node.arms:
                if arm.tag.role == "plain":
                    continue
                applied = arm.tag in fired
                word = ("适用" if applied else "不适用") if self.zh else ("applies" if applied else "does not apply")
                yield f"    {in_print(arm.tag.text)}：{self._tested(arm)}{word}"
                yield from self._step(arm.tag) if applied else ()
                if applied:
                    break

    def _tested(self, arm: ir.Arm) -> str:
        """``916/152139 ≤ 1/20，`` for a row that compares."""
        signs = {"eq": "=", "ne": "≠", "lt": "<", "le": "≤", "gt": ">", "ge": "≥"}
        match arm.test:
            case ir.Op(operator=operator, operands=(left, right)) if operator in signs:
                values = [evaluate_expression(side, self.run) for side in (left, right)]
                sides = f"{self._exact(values[0])} {signs[operator]} {self._exact(values[1])}"
                return f"{sides}，" if self.zh else f"{sides}, "
        return ""

    def _step(self, tag: ir.Tag) -> Iterator[str]:
        """Distance past the edge, number of steps, points moved."""
        words = ("距档边", "档数", "分") if self.zh else ("distance", "steps", "points")
        parts = [
            f"{word} {self._exact(evaluate_expression(expr, self.run))}"
            for word, expr in zip(words, (tag.past, tag.count, tag.moved), strict=True)
            if expr is not None
        ]
        if parts:
            yield "      " + ("，" if self.zh else ", ").join(parts)

    def _exact(self, value: Value) -> str:
        match value:
            case Reason(kind=kind):
                return _REASONS[kind] if self.zh else kind
            case bool():
                return ("真" if value else "假") if self.zh else str(value).lower()
            case Fraction():
                return number_text(value)
            case tuple():
                return "[" + ", ".join(self._exact(item) for item in value) + "]"
            case _:
                return value_text(value, None)

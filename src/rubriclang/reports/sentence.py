"""The sentence of one indicator: facts, formula with figures, the rule that applied, who judged, the points."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from rubriclang.backends.evaluation import Evaluation
from rubriclang.backends.interpreter import evaluate_expression
from rubriclang.backends.outcome import IndicatorOutcome, Outcome
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import shown_text
from rubriclang.ir.types import Number
from rubriclang.ir.values import Reason
from rubriclang.reports.figures import Figures, value_text, without_rounding
from rubriclang.reports.score_table import points_text
from rubriclang.reports.wording import Lang, in_print

_COMPARISONS = ("≤", "≥", "<", ">", "=", "≠")
_REASONS = {
    "missing": ("缺少数据", "facts are missing"),
    "pending": ("还没有评定", "not judged yet"),
    "undefined": ("无法计算", "it cannot be computed"),
    "left out": ("不计入", "it is left out"),
}


class Sentence:
    """Makes the sentence; ``rows`` is how many rows of a list the indicator scores, 0 for none."""

    def __init__(
        self,
        program: ir.Program,
        run: Evaluation,
        outcome: Outcome,
        node: ir.Node,
        indicator: IndicatorOutcome,
        lang: Lang,
        rows: int,
    ) -> None:
        self.rows = rows
        self.run = run
        self.node = node
        self.indicator = indicator
        self.zh = lang == "zh"
        self.figures = Figures(program, run, outcome.source)
        self.owned = [d for d in program.definitions if d.owner == node.path]
        self.value = next((d for d in program.definitions if d.id == node.value), None)

    def text(self) -> str:
        """The whole sentence, with its full stop."""
        zh, indicator = self.zh, self.indicator
        head = indicator.name
        if indicator.max is not None:
            most = points_text(indicator.max)
            head += f"（{most} 分）" if zh else f" ({most} points)"
        clauses = [*self._what(), *self._judgement(), self._points()]
        comma, colon, end = ("，", "：", "。") if zh else (", ", ": ", ".")
        return head + colon + comma.join(clause for clause in clauses if clause) + end

    def _what(self) -> Iterator[str]:
        """The facts, the formula with its figures, and the rule that applied."""
        override = self._override()
        if override is not None:
            yield from (self.figures.fact(name) for name in self.figures.facts_in(override[0]))
            yield in_print(override[1])
            return
        if self.rows:  # each has a rule of its own
            yield f"逐行计分，共 {self.rows} 行" if self.zh else f"row by row, {self.rows} rows"
            return
        band = in_print(self.indicator.band or "")
        compared = band.startswith(_COMPARISONS) and self.indicator.display is not None
        value = self._value()
        yield from value[:-1]
        if value:
            joined = compared and self.indicator.reason is None and band != f"= {self.indicator.display}"
            yield f"{value[-1]} {band}" if joined else value[-1]
        told = self._rounded()
        separator = "；" if self.zh else "; "
        remark = self.indicator.remark if self.zh else self.indicator.remark_en
        clauses = [clause for clause in in_print(remark).split(separator) if clause and clause not in (band, told)]
        if band and not compared and band != self.indicator.display:
            yield f"适用“{band}”" if self.zh else f"rule '{band}'"
        yield from clauses
        if not clauses:
            yield self._short_of_a_step()

    def _value(self) -> list[str]:
        """Facts and formulas up to the value that the rows are about."""
        shown, definition = self.indicator.display, self.value
        if definition is None:
            reads = [
                d.expr for d in self.owned if d.name is None and d.level is None and d.id.endswith(("#基础", "#加减"))
            ]
            names: dict[str, None] = {}
            for expr in reads:
                names |= dict.fromkeys(self.figures.facts_in(expr))
            return [self.figures.fact(n) for n in names if not isinstance(self.run.facts[n], Reason)]
        helpers = [h for h in self.figures.helpers_in(definition.expr, self.node.path) if h is not definition]
        names = {}
        for expr in [*(h.expr for h in helpers), definition.expr]:
            names |= dict.fromkeys(self.figures.facts_in(expr))
        if definition.name is None and len(names) == 1 and isinstance(definition.expr, ir.Ref) and shown is not None:
            (name,) = names
            return [f"{name}为{shown}" if self.zh else f"{name} is {shown}"]
        said = [self.figures.fact(n) for n in names if not isinstance(self.run.facts[n], Reason)]
        said += [self._formula(h, value_text(self.run.values[h.id], h.type)) for h in helpers]
        if shown is not None:
            before = self._unrounded(definition)
            said.append(self._formula(definition, before or shown))
            if before is not None:
                said.append(f"取为 {shown}" if self.zh else f"rounded to {shown}")
        return said

    def _formula(self, definition: ir.Definition, shown: str) -> str:
        """``控制率 = 9.16 / 1521.39 × 100% = 0.60%``."""
        name = definition.name or self.figures.written(definition.expr) or ""
        figures = self.figures.with_figures(definition.expr, definition.type)
        plain = figures is None or isinstance(without_rounding(definition.expr), ir.Const | ir.Ref | ir.Case | ir.Agg)
        if plain or figures == shown:
            return f"{name} = {shown}" if name else shown
        return f"{name} = {figures} = {shown}" if name else f"{figures} = {shown}"

    def _unrounded(self, definition: ir.Definition) -> str | None:
        """The value before it was rounded, where that changed it."""
        if not isinstance(definition.expr, ir.Round) or not isinstance(definition.type, Number):
            return None
        before = evaluate_expression(definition.expr.operand, self.run)
        if not isinstance(before, Fraction) or before == self.run.values[definition.id]:
            return None
        return shown_text(before, definition.type)

    def _rounded(self) -> str:
        """The remark that says the same as the sentence does already: ``100.07% 取为 100%``."""
        before = self._unrounded(self.value) if self.value is not None else None
        word = "取为" if self.zh else "rounded to"
        value = self.run.values[self.value.id] if self.value is not None else None
        if before is None or self.value is None or not isinstance(value, Fraction):
            return ""
        assert isinstance(self.value.type, Number)
        return f"{before} {word} {shown_text(value, self.value.type)}"

    def _short_of_a_step(self) -> str:
        """A deduction row that applied and took nothing off: the distance is short of one step."""
        for definition in self.owned:
            for tag in self.run.fired.get(definition.id, ()):
                if tag.role == "step" and tag.moved is not None and evaluate_expression(tag.moved, self.run) == 0:
                    return "不满一档，不扣分" if self.zh else "short of one step, nothing deducted"
        return ""

    def _override(self) -> tuple[ir.Expr, str] | None:
        """The condition and the words of an override that decided the score."""
        for definition in reversed(self.owned):
            fired = [t for t in self.run.fired.get(definition.id, ()) if t.role == "override"]
            for node in ir.walk(definition.expr) if fired else ():
                if isinstance(node, ir.Case):
                    for arm in node.arms:
                        if arm.tag in fired and arm.test is not None:
                            return arm.test, arm.tag.text
        return None

    def _judgement(self) -> Iterator[str]:
        indicator = self.indicator
        if indicator.kind == "judged" and indicator.reason is None:
            yield "由人评定" if self.zh else "judged by a person"
        yield from (f"{key}：{text}" if self.zh else f"{key}: {text}" for key, text in indicator.evidence)

    def _points(self) -> str:
        indicator, zh = self.indicator, self.zh
        if indicator.reason is not None:
            why = _REASONS[indicator.reason][0 if zh else 1]
            return f"{why}，没有得分" if zh else f"{why}, no points"
        if indicator.label is not None:
            return f"结果为{indicator.label}" if zh else f"the result is {indicator.label}"
        points = points_text(indicator.points)
        return f"根据评分标准该项得 {points} 分" if zh else f"{points} points"

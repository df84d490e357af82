"""What is wrong with the facts of one unit, once they have met the rubric."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from rubriclang.backends.evaluation import Evaluation
from rubriclang.backends.interpreter import evaluate_expression
from rubriclang.backends.outcome import CheckOutcome, IndicatorOutcome
from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.facts import errors
from rubriclang.facts.binding import FactSet
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text, short_text, shown_text
from rubriclang.ir.reals import Real
from rubriclang.ir.types import Day, Labels, Number, Truth, Type, describe
from rubriclang.ir.values import Cause, Reason
from rubriclang.source import Source, Span, Workbook


def collect(
    program: ir.Program,
    facts: FactSet,
    run: Evaluation,
    source: Source | None,
    indicators: tuple[IndicatorOutcome, ...],
    checks: tuple[CheckOutcome, ...],
) -> tuple[Diagnostic, ...]:
    """All diagnostics of one scoring: those of the fact file, then missing facts, open judgements, failed checks."""
    found = _Findings(program, facts, run, source)
    found.missing_facts()
    found.applies()
    found.violations()
    found.not_needed()
    found.judged_in_vain()
    found.indicators(indicators)
    found.checks(checks)
    return (*facts.diagnostics, *found.diagnostics)


def example(kind: Type) -> str:
    """A value to type for a fact of a type."""
    match kind:
        case Number(style="percent"):
            return "95%"
        case Number():
            return f"…（{kind.unit.name}）" if kind.unit.dimensions else "…"
        case Truth():
            return "是"
        case Labels(options=options):
            return options[0]
        case Day():
            return "2019-12-31"
        case _:
            return "…"


_OTHER_CAUSES: dict[str, Kind] = {
    "no population": errors.NO_POPULATION,
    "not ranked": errors.NOT_RANKED,
    "tie": errors.UNBROKEN_TIE,
    "empty collection": errors.EMPTY_COLLECTION,
    "not defined": errors.NOT_DEFINED,
    "no result": errors.NO_RESULT,
    "undecided": errors.UNDECIDED,
    "too large": errors.NUMBER_TOO_LARGE,
    "break points": errors.BREAK_POINTS_OUT_OF_ORDER,
}


class _Findings:
    def __init__(self, program: ir.Program, facts: FactSet, run: Evaluation, source: Source | None) -> None:
        self.program = program
        self.facts = facts
        self.run = run
        self.source = source
        self.diagnostics: list[Diagnostic] = []
        self.by_name = {fact.name: fact for fact in program.facts}
        for listed in program.lists:
            for i in range(len(run.lists.get(listed.name, ()))):
                for column in listed.columns:
                    self.by_name[f"{listed.name}[{i + 1}].{column.name}"] = column

    def report(self, kind: Kind, place: tuple[Source, Span] | None, level: Any = None, **params: str) -> None:
        source, span = place if place is not None else (None, None)
        self.diagnostics.append(Diagnostic(kind, source, span, params, level))

    def _in_rubric(self, span: Span | None) -> tuple[Source, Span] | None:
        return (self.source, span) if self.source is not None and span is not None else None

    def _cell(self, name: str) -> tuple[Source, Span] | None:
        """The empty cell where a missing value belongs, if the facts came in a sheet."""
        place = self.facts.places.get(name)
        return place if place is not None and isinstance(place[0], Workbook) else None

    def _formulas(self) -> dict[str, set[str]]:
        """The facts and lists that each definition reads, directly or through others."""
        reads: dict[str, set[str]] = {}
        for definition in self.program.definitions:
            mine: set[str] = set()
            for target in ir.references(definition.expr):
                mine |= reads.get(target, {target, target.partition(".")[0]})
            for node in ir.walk(definition.expr):
                if isinstance(node, ir.Agg) and node.collection:
                    mine.add(node.collection)
            reads[definition.id] = mine
        return reads

    def _users(self) -> dict[str, list[str]]:
        """The indicators that each fact enters, directly or through formulas."""
        reads = self._formulas()
        users: dict[str, list[str]] = {}
        for leaf in self.program.root.leaves():
            for fact in reads.get(leaf.points, ()):
                users.setdefault(fact, []).append(leaf.name)
        return users

    def missing_facts(self) -> None:
        """Required facts that were not given: named with their label, their type and their indicators."""
        settled = dict(self.run.facts)
        for name, rows in self.run.lists.items():
            for i, row in enumerate(rows):
                settled.update((f"{name}[{i + 1}].{column}", value) for column, value in row.items())
        absent = [
            (label, fact)
            for label, fact in self.by_name.items()
            if isinstance(value := settled[label], Reason)
            and not fact.optional
            and any(cause.kind == "fact missing" and cause.name == label for cause in value.causes)
        ]
        for listed in self.program.lists:
            if listed.name not in self.run.lists and listed.name not in self.facts.lists:
                readers = self._users().get(listed.name, [])
                if readers:
                    place = self._in_rubric(listed.span)
                    self.report(errors.MISSING_LIST, place, name=listed.name, users="、".join(readers))
        if not absent:
            return
        users = self._users()
        for label_of, fact in absent:
            names = users.get(re.sub(r"\[\d+\]", "", label_of), [])
            effect = self._effect(fact.name, names)
            label = f"{describe(fact.type)}{'，又名 ' + '、'.join(fact.aliases) if fact.aliases else ''}"
            label_en = (
                f"{describe(fact.type, 'en')}{', also known as ' + ', '.join(fact.aliases) if fact.aliases else ''}"
            )
            self.report(
                errors.MISSING_FACT,
                self._cell(label_of) or self._in_rubric(fact.span),
                None if names else "warning",
                name=label_of,
                type=label,
                type_en=label_en,
                effect=effect[0],
                effect_en=effect[1],
                example=example(fact.type),
                example_en=example(fact.type).replace("（", " (").replace("）", ")"),
            )

    def _effect(self, fact: str, indicators: list[str]) -> tuple[str, str]:
        """What a missing fact is needed for, in both languages."""
        if indicators:
            return "，用到它的指标：" + "、".join(indicators), ", needed by: " + ", ".join(indicators)
        sides = [side for c in self.program.checks for side in (c.left, c.right, c.tolerance, c.only_if) if side]
        if any(fact in self.reads(side) for side in sides):
            return "，只用于勾稽", ", used in checks only"
        declared = [*self.program.facts, *(column for listed in self.program.lists for column in listed.columns)]
        others = [f.name for f in declared if f.name != fact and fact in _declared_by(f)]
        if others:
            return "，用来定“" + "”“".join(others) + "”", ", needed to settle " + ", ".join(f"'{o}'" for o in others)
        return "，没有指标用到它", ", no indicator needs it"

    def reads(self, expr: ir.Expr) -> set[str]:
        """The facts an expression reads, directly or through formulas."""
        formulas = self._formulas()
        return {fact for target in ir.references(expr) for fact in formulas.get(target, {target})}

    def applies(self) -> None:
        """A rubric says for whom it is (适用)."""
        condition = self.program.applies
        if condition is None or evaluate_expression(condition, self.run) is not False:
            return
        text = self.source.slice(condition.span) if self.source is not None and condition.span is not None else ""
        self.report(errors.DOES_NOT_APPLY, self._in_rubric(condition.span), text=text)

    def violations(self) -> None:
        """Facts outside their constraints and judged points outside their bounds."""
        for violation in self.run.violations:
            if not violation.judged:
                fact = self.by_name[violation.name]
                text = self._text(violation.value, fact.type)
                default = violation.name not in self.facts.places and self._not_given(violation.name)
                self.report(
                    errors.OUTSIDE_CONSTRAINT,
                    self.facts.places.get(violation.name) or self._in_rubric(fact.span),
                    name=violation.name,
                    text=f"{text}（默认值）" if default else text,
                    text_en=f"{text} (its default)" if default else text,
                    bound=violation.bound,
                )
                continue
            name = violation.name.rpartition("/")[2]
            place = self.facts.places.get(f"评定 {violation.name}")
            points = number_text(violation.value) if isinstance(violation.value, Fraction) else str(violation.value)
            if violation.bound == "range":
                low = number_text(violation.low) if isinstance(violation.low, Fraction) else "?"
                high = number_text(violation.high) if isinstance(violation.high, Fraction) else "∞"
                self.report(errors.JUDGED_OUT_OF_RANGE, place, name=name, points=points, low=low, high=high)
            else:
                self.report(
                    errors.NOT_A_SUM_OF_TICKS, place, name=name, points=points, ticks=self._ticks(violation.name)
                )

    def _not_given(self, label: str) -> bool:
        """Whether a fact, or a column of a row, was left to its default."""
        row = re.fullmatch(r"(.*)\[(\d+)\]\.(.*)", label)
        if row is None:
            return label not in self.facts.values
        return row.group(3) not in self.facts.lists[row.group(1)][int(row.group(2)) - 1]

    def _ticks(self, item: str) -> str:
        for definition in self.program.definitions:
            for node in ir.walk(definition.expr):
                if isinstance(node, ir.Judge) and node.item == item and node.choices:
                    return "、".join(number_text(p) for _, p in node.choices if isinstance(p, Fraction))
        return ""

    @staticmethod
    def _text(value: Any, kind: Type) -> str:
        if isinstance(value, Fraction) and isinstance(kind, Number):
            return shown_text(value, kind, 12)
        return str(value)

    def not_needed(self) -> None:
        """Facts that were given although the facts they depend on make them irrelevant."""
        for name, place in self.facts.places.items():
            value = self.run.facts.get(name)
            if name not in self.facts.values:
                continue  # a blank cell beside its name
            if isinstance(value, Reason) and any(c.kind == "not needed" and c.name == name for c in value.causes):
                self.report(errors.NOT_NEEDED, place, name=name)

    def judged_in_vain(self) -> None:
        """Judged points that no rule asked for, because the facts decided the indicator."""
        used = {item for items in self.run.judgements.values() for item in items}
        for item in self.facts.judged:
            if item not in used:
                place = self.facts.places.get(f"评定 {item}")
                self.report(errors.JUDGED_IN_VAIN, place, name=item.rpartition("/")[2])

    def indicators(self, indicators: Iterable[IndicatorOutcome]) -> None:
        """Indicators without points: pending ones, and those that divide by zero or match no row."""
        seen: set[tuple[str, str]] = set()
        for indicator in indicators:
            if indicator.reason is None:
                continue
            value = self.run.values[f"{'/'.join(indicator.path)}#得分"]
            assert isinstance(value, Reason)
            for cause in value.causes:
                key = (cause.kind, cause.name + indicator.name)
                if key in seen:
                    continue
                seen.add(key)
                place = self._in_rubric(cause.span)
                if cause.kind == "fact missing" and cause.name in self.by_name and self.by_name[cause.name].optional:
                    self.report(errors.OPTIONAL_WITHOUT_RULE, place, name=indicator.name, fact=cause.name)
                elif cause.kind == "not needed":
                    self.report(errors.USED_THOUGH_NOT_NEEDED, place, name=indicator.name, fact=cause.name)
                elif cause.kind == "judgement":
                    self._pending(indicator, cause)
                elif cause.kind == "zero denominator":
                    self._zero(indicator, cause.span)
                elif cause.kind in _OTHER_CAUSES:
                    self.report(_OTHER_CAUSES[cause.kind], place, name=indicator.name)
                elif cause.kind == "no row":
                    shown = indicator.display or "…"
                    self.report(errors.NO_RULE_APPLIES, place, name=indicator.name, value=shown)

    def _pending(self, indicator: IndicatorOutcome, cause: Cause) -> None:
        """Points that a person has still to give, with what may be given."""
        low, high = "0", number_text(indicator.max) if indicator.max is not None else "…"
        judges = (n for d in self.program.definitions for n in ir.walk(d.expr) if isinstance(n, ir.Judge))
        judge = next((n for n in judges if n.item == cause.name and n.span == cause.span), None)
        if judge is not None and judge.given is None:  # the bounds of a row's points are known in the row only
            ends = [None if end is None else evaluate_expression(end, self.run) for end in (judge.low, judge.high)]
            low = number_text(ends[0]) if isinstance(ends[0], Fraction) else low
            high = number_text(ends[1]) if isinstance(ends[1], Fraction) else high
        item = cause.name.rpartition("/")[2]
        params = {"name": indicator.name, "item": item, "low": low, "max": high}
        place = self._cell(f"评定 {cause.name}") or self._in_rubric(cause.span)
        self.report(errors.PENDING, place, **params)

    def _zero(self, indicator: IndicatorOutcome, span: Span | None) -> None:
        text = ""
        if self.source is not None and span is not None:
            text = self.source.slice(span).rpartition("/")[2].strip()
        self.report(errors.DIVIDED_BY_ZERO, self._in_rubric(span), name=indicator.name, text=text)

    def checks(self, outcomes: tuple[CheckOutcome, ...]) -> None:
        """Identities that do not hold, or could not be checked."""
        spans = {check.name: check.span for check in self.program.checks}
        for outcome in outcomes:
            place = self._in_rubric(spans.get(outcome.name))
            if outcome.holds is False:
                apart = None if outcome.difference is None else _side(outcome.difference, outcome.unit)
                self.report(
                    errors.CHECK_FAILED,
                    place,
                    name=outcome.name,
                    text=outcome.text,
                    left=_side(outcome.left, outcome.unit),
                    right=_side(outcome.right, outcome.unit),
                    apart="" if apart is None else f"，相差 {apart}",  # there is none between 是 and 否
                    apart_en="" if apart is None else f", difference {apart}",
                )
            elif isinstance(outcome.left, Reason) or isinstance(outcome.right, Reason):
                sides = [side for side in (outcome.left, outcome.right) if isinstance(side, Reason)]
                zh, en = _why_not([cause for side in sides for cause in side.causes])
                self.report(errors.CHECK_UNDECIDED, place, name=outcome.name, why=zh, why_en=en)


def _declared_by(fact: ir.Fact) -> set[str]:
    """The facts that the declaration of one reads: in its default, its condition and its bounds."""
    parts = [fact.default, fact.only_if, *(c.test for c in fact.constraints if c.crossing)]
    return {target for part in parts if part is not None for target in ir.references(part)}


def _why_not(causes: list[Cause]) -> tuple[str, str]:
    """Why a check was not made, in both languages."""
    absent = [c.name for c in causes if c.kind in ("fact missing", "fact unusable", "not needed", "judgement")]
    if absent:
        names = list(dict.fromkeys(absent))
        return f"缺少{'、'.join(names)}", f"{', '.join(names)} missing"
    if any(c.kind == "zero denominator" for c in causes):
        return "分母为零", "a denominator is zero"
    if any(c.kind == "undecided" for c in causes):
        return "两边算到 1920 位小数还分不出大小，请加上允差", "the sides agree to 1920 digits: state a tolerance"
    return "两边算不出来", "its sides have no value"


def _side(value: Any, unit: str) -> str:
    if isinstance(value, Fraction):
        if unit == "%":
            return f"{short_text(value * 100)}%"
        return short_text(value) + unit
    if isinstance(value, Real):
        return value.shown(4)
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)

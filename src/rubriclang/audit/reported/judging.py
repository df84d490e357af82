"""Each statement against what the rubric gives: the same verdicts as for calculations in prose."""

from __future__ import annotations

from fractions import Fraction

import attrs

from rubriclang.audit.claims import Claim, Reading
from rubriclang.audit.quantities import Quantity
from rubriclang.audit.reported.figures import figures
from rubriclang.audit.reported.names import Names, Target, Unresolved
from rubriclang.audit.reported.statements import Statement
from rubriclang.audit.reported.what_if import WhatIf
from rubriclang.audit.reported.working import working
from rubriclang.audit.verdicts import Result, Verdict, judge
from rubriclang.ir import nodes as ir
from rubriclang.ir.reals import Real
from rubriclang.ir.types import Labels, Number
from rubriclang.ir.values import Reason, Value
from rubriclang.source import Source


@attrs.frozen
class Judged:
    """A statement with its target and what came of it; ``why`` says in two languages why it cannot be checked.

    ``verdict`` is there for figures, ``wanted`` for labels; ``figure`` is the quantity stated.
    """

    statement: Statement
    result: Result
    target: Target | None = None
    figure: Quantity | None = None
    verdict: Verdict | None = None
    actual: Value | None = None
    why: tuple[str, str] = ("", "")
    mistyped: bool = False  # the fact file is to blame: it counts as a warning

    @property
    def node(self) -> ir.Node | None:
        """The indicator or section it is about."""
        return self.target.node if self.target else None

    @property
    def wrong(self) -> bool:
        """Whether it does not hold."""
        return self.result == "wrong"


def judged(statement: Statement, names: Names, world: WhatIf, source: Source) -> Judged:
    """The verdict on one statement by itself; what it has to do with the others comes later."""
    if statement.broken:
        return _open(statement, "这里要填一个数，或者写成 {数值: …, 得分: …}", "a figure is expected here", True)
    statement, target = _resolve(statement, names)
    if isinstance(target, Unresolved):
        return _open(statement, *_why(statement, target), True)
    definition = target.definition
    kind = definition.type
    actual = world.run.values.get(definition.id)
    if isinstance(kind, Labels):
        if not isinstance(actual, str):
            return attrs.evolve(_open(statement, *_no_value(actual)), target=target)
        same = "".join(statement.text.split()) == "".join(actual.split())
        return Judged(statement, "exact" if same else "wrong", target, actual=actual)
    if not isinstance(kind, Number):
        return _open(statement, "它不是数，也不是几档之一", "it is neither a number nor one of several labels")
    forms = figures(statement.text, kind, statement.span, dict(world.program.units))
    if not forms:
        zh = f"“{statement.text[:40]}”不是它的单位下的一个数"
        return attrs.evolve(
            _open(statement, zh, f"'{statement.text[:40]}' is no number in its unit", True), target=target
        )
    if isinstance(actual, Real):
        actual = Fraction(actual.shown(40).rstrip("…")) if "×" not in actual.shown(40) else None
    if not isinstance(actual, Fraction) or isinstance(actual, bool):
        return attrs.evolve(_open(statement, *_no_value(actual)), target=target, figure=forms[0])
    text = working(definition, world, source)
    readings = [Reading(text, actual, actual, actual)]
    if isinstance(definition.expr, ir.Round):  # what a report prints may be the value before it is rounded
        from rubriclang.backends.interpreter import evaluate_expression

        before = evaluate_expression(definition.expr.operand, world.run)
        if isinstance(before, Fraction):
            readings.append(Reading(text, before, before, before))
    first = min(forms, key=lambda form: _apart(form.amount, actual))
    others = tuple(form for form in forms if form is not first)
    claim = Claim("reported", "formula", statement.name, first, tuple(readings), True, forms=others)
    verdict = judge(claim)
    return Judged(statement, verdict.result, target, first, verdict, actual)


def _apart(one: Fraction, other: Fraction) -> Fraction:
    """How far apart two numbers are by their ratio."""
    a, b = abs(one), abs(other)
    if a == 0 or b == 0:
        return abs(a - b)
    return max(a, b) / min(a, b)


def _resolve(statement: Statement, names: Names) -> tuple[Statement, Target | Unresolved]:
    program = names.program
    match statement.kind:
        case "total":
            return statement, Target(names.definitions[program.root.points], program.root)
        case "grade":
            if program.grade is None:
                return statement, Unresolved("no value")
            return statement, Target(names.definitions[program.grade], None)
        case "value":
            return statement, names.value(statement.name)
        case "points":
            found = names.points(statement.name)
            formula = isinstance(found, Target) and found.node is None  # points that a formula works out
            return (attrs.evolve(statement, kind="value") if formula else statement), found
    value, points = names.value(statement.name), names.points(statement.name)
    marked = statement.text.rstrip()[-1:]
    if isinstance(points, Unresolved) or (marked in "%％‰﹪" and isinstance(value, Target)):
        if isinstance(value, Unresolved) and value.problem == "fact":
            return attrs.evolve(statement, kind="value"), value
        if points == value or (isinstance(value, Unresolved) and value.problem == "unknown"):
            return attrs.evolve(statement, kind="points"), points
        return attrs.evolve(statement, kind="value"), value
    if points.node is None:
        return attrs.evolve(statement, kind="value"), value
    if marked == "分" or not isinstance(value, Target) or value.node is not points.node:
        return attrs.evolve(statement, kind="points"), points
    kind = value.definition.type
    if isinstance(kind, Number) and kind.style == "percent":  # a rate would have its percent sign
        return attrs.evolve(statement, kind="points"), points
    return statement, Unresolved("ambiguous", ("数值", "得分"))


def _open(statement: Statement, zh: str, en: str, mistyped: bool = False) -> Judged:
    return Judged(statement, "unchecked", why=(zh, en), mistyped=mistyped)


def _why(statement: Statement, found: Unresolved) -> tuple[str, str]:
    if found.problem == "ambiguous":
        listed_zh, listed_en = "、".join(found.near), ", ".join(found.near)
        return f"看不出指哪一个，写明是 {listed_zh} 中的哪个", f"it could be any of {listed_en}; say which"
    if found.problem == "fact":
        return (
            "它是填进来的数据，不是算出来的，写在“数据”里",
            "it is a fact and nothing to work out; give it under 'facts'",
        )
    if found.problem == "no value":
        if statement.kind == "grade":
            return "标准没有等次", "the rubric has no grade"
        return "标准里它没有单独的数值，只有得分", "the rubric gives it points, but no value of its own"
    zh = f"标准里没有这个名称{f'，是不是“{found.near[0]}”？' if found.near else ''}"
    en = f"the rubric knows no such name{f'; did you mean {found.near[0]!r}?' if found.near else ''}"
    return zh, en


def _no_value(actual: Value | None) -> tuple[str, str]:
    words = {
        "missing": ("缺少数据", "facts are missing"),
        "left out": ("这一项不适用", "it does not apply"),
        "pending": ("还没有评定", "it is not judged yet"),
    }
    if isinstance(actual, Reason):
        return words.get(actual.kind, ("按数据算不出来", "the facts give no result"))
    return "按数据算不出来", "the facts give no result"

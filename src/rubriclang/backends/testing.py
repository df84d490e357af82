"""Runs one in-file test: sets what it gives, scores, and compares with what it expects."""

from __future__ import annotations

from typing import Any

import attrs

from rubriclang.backends.evaluation import Evaluation, Key, reached
from rubriclang.backends.interpreter import evaluate_expression
from rubriclang.backends.outcome import json_value
from rubriclang.backends.scoring import run_program, score
from rubriclang.diagnostics import Diagnostic
from rubriclang.facts.binding import FactSet
from rubriclang.ir import nodes as ir
from rubriclang.ir.reals import UndecidedError
from rubriclang.ir.values import Reason, Value
from rubriclang.source import Source, Span


@attrs.frozen
class Failure:
    """An expectation that was not met: what was expected and what came out."""

    expected: str
    actual: str
    span: Span | None = attrs.field(default=None, eq=False)


@attrs.frozen
class TestOutcome:
    """The result of one in-file test; ``evaluation`` holds all values that its facts came to."""

    __test__ = False

    name: str
    span: Span | None = attrs.field(default=None, eq=False)
    failures: tuple[Failure, ...] = ()
    checked: int = 0
    unreadable: str | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    reached: frozenset[Key] = attrs.field(default=frozenset(), repr=False)
    evaluation: Evaluation | None = attrs.field(default=None, eq=False, repr=False)

    @property
    def passed(self) -> bool:
        """Whether everything came out as expected."""
        return self.unreadable is None and not self.failures


def run_test(program: ir.Program, facts: FactSet, test: ir.Test, source: Source | None) -> TestOutcome:
    """Runs one test on bound facts."""
    setup = run_program(program, facts)
    values = dict(facts.values)
    replaced: dict[str, Value] = {}
    for target, expr in test.given:
        value = evaluate_expression(expr, setup)
        if target.startswith("fact "):
            values[target.removeprefix("fact ")] = value
        else:
            replaced[target] = value
    judged = dict(facts.judged)
    judged.update({item: evaluate_expression(expr, setup) for item, expr in test.judged})
    facts = attrs.evolve(facts, values=values, judged=judged, lists=dict(facts.lists) | dict(test.lists))
    if test.others is not None:
        others = (FactSet(unit, given, points, {}, {}) for unit, given, points in test.others)
        facts = attrs.evolve(facts, others=tuple(others))
    outcome = score(program, facts, source, replaced)
    run = run_program(program, facts, replaced)
    failures = []
    for expectation in test.expectations:
        actual = _actual(expectation, outcome, run)
        if actual is not None:
            failures.append(Failure(expectation.text, actual, expectation.span))
    unusable = tuple(d for d in outcome.diagnostics if d.severity == "error" and failures)
    count = len(test.expectations)
    return TestOutcome(test.name, test.span, tuple(failures), count, None, unusable, reached(run), run)


def _actual(expectation: ir.Expectation, outcome: Any, run: Any) -> str | None:
    """What came out instead; None when the expectation is met."""
    if expectation.kind == "check":
        found = next((c for c in outcome.checks if c.name == expectation.check), None)
        if found is not None and found.holds is expectation.holds:
            return None
        return "没有核对" if found is None or found.holds is None else "相符" if found.holds else "不符"
    if expectation.expr is not None:
        value = evaluate_expression(expectation.expr, run)
        return None if value is True else _text(value)
    assert expectation.left is not None and expectation.right is not None
    left, right = evaluate_expression(expectation.left, run), evaluate_expression(expectation.right, run)
    if isinstance(right, Reason) or isinstance(left, Reason):
        same = isinstance(left, Reason) and isinstance(right, Reason) and left.kind == right.kind
        return None if same else _text(left)
    try:
        return None if left == right else _text(left)
    except UndecidedError:
        return "无法判定两边是否相等：先写“，保留 n 位小数”"


def _text(value: Value) -> str:
    if isinstance(value, Reason):
        names = "、".join(cause.name.rpartition("/")[2] for cause in value.causes)
        word = {"missing": "缺失", "left out": "不计", "undefined": "无定义", "pending": "待评定"}[value.kind]
        return f"{word}（{names}）" if names else word
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(json_value(value))

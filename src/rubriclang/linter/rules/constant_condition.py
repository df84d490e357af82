"""A condition of 不适用, 调整 or 否决 that is always the same, whatever the facts are."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial

import attrs

from rubriclang.backends.evaluation import Evaluation
from rubriclang.backends.interpreter import evaluate_expression
from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.ir import nodes as ir
from rubriclang.linter.rule import Subject
from rubriclang.linter.showing import ask
from rubriclang.linter.undecided import UNDECIDED_PROPERTY, undecided
from rubriclang.semantics.intervals import Interval

CONSTANT_CONDITION = Kind(
    "R414",
    "constant-condition",
    "warning",
    "这个条件{always}，和填什么数没有关系",
    "this condition {always}, whatever the facts are",
    "检查比较号、单位和数据的范围",
    "check the sign, the units and the range of the fact",
)
KINDS = (CONSTANT_CONDITION, UNDECIDED_PROPERTY)
_WORDS = {True: ("总是成立", "always holds"), False: ("永远不成立", "never holds")}


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding for each such condition that the declared ranges of the facts decide, or a proof."""
    seen = set()
    for definition in subject.program.definitions:
        if not isinstance(definition.expr, ir.Case):
            continue
        for arm in definition.expr.arms:
            if arm.tag.role != "override" or arm.test is None or arm.tag.span is None or arm.tag.span in seen:
                continue
            seen.add(arm.tag.span)
            decided = _decide(subject, arm.test)
            if decided is not None:
                always = _WORDS[decided]
                yield subject.finding(CONSTANT_CONDITION, arm.tag.span, always=always[0], always_en=always[1])
            elif definition.level is None:
                yield from _by_proof(subject, arm)


def _by_proof(subject: Subject, arm: ir.Arm) -> Iterator[Diagnostic]:
    """That a condition holds for every unit that can be asked, or that this is open; that it never holds is R417."""
    assert arm.test is not None and arm.tag.span is not None
    fails = ask(subject, ir.Op("not", (arm.test,)))
    if fails.witness is not None:
        return
    if fails.never:
        holds = ask(subject, arm.test).witness
        if holds is not None:
            always = _WORDS[True]
            finding = subject.finding(CONSTANT_CONDITION, arm.tag.span, always=always[0], always_en=always[1])
            yield attrs.evolve(finding, witness=holds.to_dict())
    elif not subject.shown(partial(_fails, arm.test)):
        what = (f"“{arm.tag.text}”有没有不成立的时候", f"whether '{arm.tag.text}' can fail to hold")
        yield undecided(subject, arm.tag.span, *what)


def _fails(test: ir.Expr, run: Evaluation) -> bool:
    return evaluate_expression(test, run) is False


def _decide(subject: Subject, test: ir.Expr) -> bool | None:
    """Whether a condition holds, where that is certain; a fact that may be missing decides nothing."""
    match test:
        case ir.Const(value=bool() as value):
            return value
        case ir.Op(operator="not", operands=(inner,)):
            decided = _decide(subject, inner)
            return None if decided is None else not decided
        case ir.Op(operator="and" | "or" as operator, operands=operands):
            parts = [_decide(subject, operand) for operand in operands]
            settles = operator == "or"
            if settles in parts:
                return settles
            return None if None in parts else not settles
        case ir.Op(operator=("le" | "lt" | "ge" | "gt" | "eq" | "ne") as operator, operands=(left, right)):
            if any(isinstance(node, ir.Const) and not isinstance(node.value, Fraction) for node in (left, right)):
                return None
            return _compare(operator, subject.ranges.of(left), subject.ranges.of(right))
        case _:
            return None


def _compare(operator: str, left: Interval, right: Interval) -> bool | None:
    if operator in ("ge", "gt"):
        return _compare({"ge": "le", "gt": "lt"}[operator], right, left)
    if operator == "ne":
        equal = _compare("eq", left, right)
        return None if equal is None else not equal
    if operator == "eq":
        if left.meet(right).empty:
            return False
        fixed = left.low is not None and left.low == left.high == right.low == right.high
        return True if fixed else None
    if left.high is not None and right.low is not None:
        strict = left.high < right.low or (left.high == right.low and (left.high_open or right.low_open))
        if strict or (operator == "le" and left.high == right.low):
            return True
    if left.low is not None and right.high is not None:
        above = left.low > right.high or (left.low == right.high and (left.low_open or right.high_open))
        if above or (operator == "lt" and left.low == right.high):
            return False
    return None

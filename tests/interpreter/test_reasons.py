"""Reasons in operators, and 且, 或 and 缺失, which decide about reasons themselves."""

from __future__ import annotations

from fractions import Fraction

import pytest

from rubriclang.ir import nodes as ir
from rubriclang.ir.values import Reason, ReasonKind, Value
from tests.interpreter.building import (
    HERE,
    LEFT_OUT,
    MISSING,
    PENDING,
    THERE,
    UNDEFINED,
    number,
    op,
    reason,
    run,
    value,
)


def test_an_operator_over_a_reason_is_that_reason() -> None:
    assert value(op("add", 1, MISSING, 2)) == MISSING
    assert value(op("lt", PENDING, 1)) == PENDING
    assert value(op("not", LEFT_OUT)) == LEFT_OUT
    assert value(op("div", MISSING, 0)) == MISSING  # nothing is divided by 0 yet


@pytest.mark.parametrize(
    ("several", "strongest"),
    [
        ((LEFT_OUT, PENDING), "pending"),
        ((PENDING, MISSING), "missing"),
        ((MISSING, UNDEFINED), "undefined"),
        ((UNDEFINED, LEFT_OUT), "undefined"),
        ((LEFT_OUT, MISSING, PENDING), "missing"),
    ],
)
def test_of_several_reasons_the_strongest_with_all_their_causes_in_order(
    several: tuple[Reason, ...], strongest: ReasonKind
) -> None:
    causes = tuple(cause for one in several for cause in one.causes)
    assert value(op("add", *several)) == Reason(strongest, causes)
    assert value(op("add", *several, several[0])) == Reason(strongest, causes)  # each cause once


def test_a_reason_that_an_operator_makes_names_its_definition_and_place() -> None:
    found = value(op("div", 1, 0, span=HERE))
    assert found == reason("undefined", "zero denominator", "x")
    assert isinstance(found, Reason) and [cause.span for cause in found.causes] == [HERE]
    named = value(op("sqrt", -1, span=THERE))
    assert named == reason("undefined", "not defined", "sqrt")  # a cause that has a name keeps it
    assert isinstance(named, Reason) and [cause.span for cause in named.causes] == [THERE]


@pytest.mark.parametrize(
    ("operator", "operands", "expected"),
    [
        ("and", (True, True), True),
        ("and", (True, False), False),
        ("and", (False, True), False),
        ("and", (False, MISSING), False),
        ("and", (MISSING, False), False),
        ("and", (True, MISSING), MISSING),
        ("and", (MISSING, True), MISSING),
        ("and", (MISSING, True, False), False),
        ("and", (), True),
        ("or", (False, False), False),
        ("or", (False, True), True),
        ("or", (True, False), True),
        ("or", (True, MISSING), True),
        ("or", (MISSING, True), True),
        ("or", (False, MISSING), MISSING),
        ("or", (MISSING, False), MISSING),
        ("or", (MISSING, False, True), True),
        ("or", (), False),
    ],
)
def test_and_and_or_decide_where_the_other_side_suffices(
    operator: str, operands: tuple[Value, ...], expected: Value
) -> None:
    found = value(op(operator, *operands))
    assert found == expected and type(found) is type(expected)


def test_and_and_or_over_several_reasons_take_the_strongest() -> None:
    both = Reason("undefined", (*MISSING.causes, *UNDEFINED.causes))
    assert value(op("and", MISSING, True, UNDEFINED)) == both
    assert value(op("or", MISSING, False, UNDEFINED)) == both


def test_and_and_or_stop_where_they_are_decided() -> None:
    judge = op("gt", ir.Judge("j", number(0), number(5)), 0)
    assert run(op("and", False, judge)).judgements == {}
    assert run(op("or", True, judge)).judgements == {}
    assert run(op("or", False, judge)).judgements == {"x": ["j"]}


@pytest.mark.parametrize(
    ("operand", "expected"),
    [
        (MISSING, True),
        (Fraction(0), False),
        (False, False),
        ("", False),
        (UNDEFINED, UNDEFINED),
        (PENDING, PENDING),
        (LEFT_OUT, LEFT_OUT),
    ],
)
def test_is_missing_is_true_of_missing_values_only(operand: Value, expected: Value) -> None:
    found = value(op("is missing", operand))
    assert found == expected and type(found) is type(expected)


@pytest.mark.parametrize(
    ("operand", "expected"),
    [
        (LEFT_OUT, True),
        (Fraction(0), False),
        (False, False),
        ("", False),
        (UNDEFINED, UNDEFINED),
        (PENDING, PENDING),
        (MISSING, MISSING),
    ],
)
def test_is_left_out_is_true_of_what_is_left_out_only(operand: Value, expected: Value) -> None:
    found = value(op("is left out", operand))
    assert found == expected and type(found) is type(expected)

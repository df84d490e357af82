"""Points that a person gives, within bounds."""

from __future__ import annotations

from fractions import Fraction

import pytest

from rubriclang.backends.evaluation import Violation
from rubriclang.backends.interpreter import evaluate
from rubriclang.ir import nodes as ir
from rubriclang.ir.values import Reason
from tests.interpreter.building import (
    HERE,
    LEFT_OUT,
    MISSING,
    PENDING,
    ROWS,
    UNDEFINED,
    VALUE,
    judge,
    listed,
    number,
    op,
    program,
    reason,
    rows,
    run,
    value,
)


def test_points_without_a_judgement_are_pending() -> None:
    out = run(judge(span=HERE))
    found = out.values["x"]
    assert found == reason("pending", "judgement", "j")
    assert isinstance(found, Reason) and found.causes[0].span == HERE
    assert out.judgements == {"x": ["j"]}
    assert out.violations == []


def test_points_of_another_item_do_not_count() -> None:
    assert value(judge(), judged={"k": Fraction(3)}) == reason("pending", "judgement", "j")


def test_a_pending_judgement_may_be_taken_at_its_bounds() -> None:
    assert value(judge(1, 5), pending_as="low") == 1
    assert value(judge(1, 5), pending_as="high") == 5
    assert value(judge(0, 5), pending_as="low") == 0
    assert value(judge(1, None), pending_as="low") == 1
    assert value(judge(1, None), pending_as="high") == reason("pending", "judgement", "j")
    assert value(judge(1, 5), pending_as="low", judged={"j": Fraction(3)}) == 3
    assert value(judge(1, 5), pending_as="high", judged={"j": Fraction(3)}) == 3


def test_points_that_are_a_reason_keep_it() -> None:
    out = run(judge(), judged={"j": LEFT_OUT})
    assert out.values["x"] == LEFT_OUT
    assert out.violations == []


@pytest.mark.parametrize(
    ("points", "low_open", "high_open", "allowed"),
    [
        ("1", False, False, True),
        ("1", True, False, False),
        ("5", False, False, True),
        ("5", False, True, False),
        ("1", False, True, True),
        ("5", True, False, True),
        ("0.99", False, False, False),
        ("0.99", True, True, False),
        ("5.01", False, False, False),
        ("5.01", True, True, False),
        ("1.01", True, True, True),
        ("4.99", True, True, True),
    ],
)
def test_points_stay_within_their_bounds(points: str, low_open: bool, high_open: bool, allowed: bool) -> None:
    given = Fraction(points)
    out = run(judge(1, 5, low_open=low_open, high_open=high_open, span=HERE), judged={"j": given})
    found = out.values["x"]
    if allowed:
        assert found == given
        assert out.violations == []
    else:
        assert found == reason("undefined", "judgement unusable", "j")
        assert isinstance(found, Reason) and found.causes[0].span == HERE
        assert out.violations == [Violation("j", given, "range", True, Fraction(1), Fraction(5))]
    assert out.judgements == {"x": ["j"]}


@pytest.mark.parametrize("open_", [False, True])
def test_points_without_an_upper_bound(open_: bool) -> None:
    out = run(judge(1, None, high_open=open_), judged={"j": Fraction(10**9)})
    assert out.values["x"] == 10**9
    out = run(judge(1, None, high_open=open_), judged={"j": Fraction(0)})
    assert out.violations == [Violation("j", Fraction(0), "range", True, Fraction(1), None)]


@pytest.mark.parametrize(
    ("points", "broken"),
    [
        ("0", None),
        ("1", None),
        ("2", None),
        ("3", None),
        ("3.5", None),
        ("4.5", None),
        ("6.5", None),
        ("2.5", "sum of ticks"),
        ("4", "sum of ticks"),  # no tick counts twice
        ("1.5", "sum of ticks"),
        ("7", "range"),
        ("-1", "range"),
    ],
)
def test_points_of_a_checklist_are_a_sum_of_ticks(points: str, broken: str | None) -> None:
    choices = (("a", Fraction(1)), ("b", Fraction(2)), ("c", Fraction(7, 2)), ("d", MISSING))
    out = run(judge(0, Fraction(13, 2), choices=choices), judged={"j": Fraction(points)})
    if broken is None:
        assert out.values["x"] == Fraction(points)
    else:
        assert out.values["x"] == reason("undefined", "judgement unusable", "j")
        assert out.violations == [Violation("j", Fraction(points), broken, True, Fraction(0), Fraction(13, 2))]


def test_ticks_of_equal_points_add_up() -> None:
    choices = tuple((name, Fraction(1)) for name in "abc")
    for points in range(4):
        assert value(judge(0, 9, choices=choices), judged={"j": Fraction(points)}) == points
    assert value(judge(0, 9, choices=choices), judged={"j": Fraction(4)}) == reason(
        "undefined", "judgement unusable", "j"
    )


def test_a_checklist_with_a_deduction() -> None:
    choices = (("a", Fraction(3)), ("b", Fraction(-1)))
    assert value(judge(-1, 3, choices=choices), judged={"j": Fraction(2)}) == 2
    assert value(judge(-1, 3, choices=choices), judged={"j": Fraction(-1)}) == -1
    assert isinstance(value(judge(-1, 3, choices=choices), judged={"j": Fraction(1)}), Reason)


def test_bounds_that_come_to_a_reason() -> None:
    for bounds, expected in (
        ((MISSING, 5), MISSING),
        ((0, PENDING), PENDING),
        ((PENDING, UNDEFINED), Reason("undefined", (*PENDING.causes, *UNDEFINED.causes))),
    ):
        out = run(judge(*bounds), judged={"j": Fraction(3)})
        assert out.values["x"] == expected
        assert out.judgements == {}  # nobody is asked


def test_judged_items_are_told_for_each_definition() -> None:
    second = ir.Judge("k", number(0), number(5))
    out = evaluate(program({"a": op("add", judge(), second), "b": second}), {}, {"j": Fraction(1), "k": Fraction(2)})
    assert out.values == {"a": 3, "b": 2}
    assert out.judgements == {"a": ["j", "k"], "b": ["k"]}


def test_a_judged_row_reads_its_points_from_a_column() -> None:
    definitions: dict[str, ir.Expr] = {"行.得分": ir.Judge("j", number(0), number(5), given=VALUE)}
    out = listed(definitions, rows([3, MISSING, PENDING, 9, LEFT_OUT]))
    assert out.values["行.得分"] == (
        3,
        reason("pending", "judgement", "j"),
        PENDING,
        reason("undefined", "judgement unusable", "j"),
        LEFT_OUT,
    )
    assert out.violations == [Violation("j", Fraction(9), "range", True, Fraction(0), Fraction(5))]
    by_item = evaluate(program(definitions, lists=(ROWS,)), {}, {"j": Fraction(4)}, lists={"行": rows([MISSING])})
    assert by_item.values["行.得分"] == (reason("pending", "judgement", "j"),)  # the column decides
    least = evaluate(program(definitions, lists=(ROWS,)), {}, lists={"行": rows([MISSING])}, pending_as="high")
    assert least.values["行.得分"] == (5,)

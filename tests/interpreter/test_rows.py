"""Case and Catch: which row decides, and which rows are told."""

from __future__ import annotations

from typing import Literal

import pytest

from rubriclang.backends.interpreter import evaluate
from rubriclang.ir import nodes as ir
from rubriclang.ir.values import Cause, Reason
from tests.interpreter.building import (
    HERE,
    LEFT_OUT,
    MISSING,
    PENDING,
    UNDEFINED,
    ZERO,
    arm,
    const,
    handler,
    op,
    program,
    reason,
    run,
    texts,
    value,
)


def test_the_first_row_that_holds_decides() -> None:
    out = run(ir.Case((arm(False, 1, "a"), arm(True, 2, "b"), arm(True, 3, "c"), arm(None, 4, "d"))))
    assert out.values["x"] == 2
    assert texts(out.fired["x"]) == ["b"]


def test_a_row_without_a_test_always_holds() -> None:
    out = run(ir.Case((arm(False, 1, "a"), arm(None, 4, "otherwise"), arm(True, 5, "late"))))
    assert out.values["x"] == 4
    assert texts(out.fired["x"]) == ["otherwise"]


def test_a_row_whose_test_comes_to_a_reason_decides_with_it() -> None:
    out = run(ir.Case((arm(False, 1, "a"), arm(MISSING, 2, "b"), arm(True, 3, "c"))))
    assert out.values["x"] == MISSING
    assert out.fired == {}


def test_rows_before_a_reason_are_not_touched_by_it() -> None:
    assert value(ir.Case((arm(True, 1, "a"), arm(MISSING, 2, "b")))) == 1


def test_where_no_row_applies_there_is_no_value() -> None:
    out = run(ir.Case((arm(False, 1, "a"),), HERE))
    found = out.values["x"]
    assert found == reason("undefined", "no row", "x")
    assert isinstance(found, Reason) and found.causes[0].span == HERE
    assert out.fired == {}


def test_a_row_that_applies_is_told_even_if_its_value_is_a_reason() -> None:
    out = run(ir.Case((arm(True, MISSING, "a"), arm(None, 1, "b"))))
    assert out.values["x"] == MISSING
    assert texts(out.fired["x"]) == ["a"]


def test_rows_are_told_outermost_first_and_for_each_definition() -> None:
    inner = ir.Case((arm(True, 1, "inner"),))
    definitions: dict[str, ir.Expr] = {
        "a": ir.Case((arm(True, inner, "outer"), arm(None, 0, "-"))),
        "b": op("add", ir.Case((arm(True, 2, "first"),)), ir.Case((arm(True, 3, "second"),))),
    }
    out = evaluate(program(definitions), {})
    assert out.values == {"a": 1, "b": 5}
    assert {name: texts(tags) for name, tags in out.fired.items()} == {
        "a": ["outer", "inner"],
        "b": ["first", "second"],
    }


@pytest.mark.parametrize(
    ("operand", "kind", "caught"),
    [
        (MISSING, "missing", True),
        (MISSING, "zero", False),
        (MISSING, "left out", False),
        (LEFT_OUT, "left out", True),
        (LEFT_OUT, "missing", False),
        (LEFT_OUT, "zero", False),
        (PENDING, "missing", False),
        (PENDING, "left out", False),
        (PENDING, "zero", False),
        (UNDEFINED, "missing", False),
        (UNDEFINED, "zero", False),
        (UNDEFINED, "left out", False),
        (ZERO, "zero", True),
        (ZERO, "missing", False),
        (ZERO, "left out", False),
        (Reason("undefined", (*ZERO.causes, *MISSING.causes)), "zero", False),
        (Reason("undefined", (*ZERO.causes, Cause("zero denominator", "other"))), "zero", True),
    ],
)
def test_a_handler_catches_its_own_reason_only(
    operand: Reason, kind: Literal["missing", "zero", "left out"], caught: bool
) -> None:
    out = run(ir.Catch(const(operand), (handler(kind, 7, "h"),)))
    assert out.values["x"] == (7 if caught else operand)
    assert {name: texts(tags) for name, tags in out.fired.items()} == ({"x": ["h"]} if caught else {})


def test_a_value_needs_no_handler() -> None:
    out = run(ir.Catch(const(3), (handler("missing", 7, "h"),)))
    assert out.values["x"] == 3
    assert out.fired == {}


def test_the_first_handler_that_fits_decides() -> None:
    catch = ir.Catch(const(MISSING), (handler("zero", 1, "a"), handler("missing", 2, "b"), handler("missing", 3, "c")))
    out = run(catch)
    assert out.values["x"] == 2
    assert texts(out.fired["x"]) == ["b"]


def test_a_handler_may_come_to_a_reason_and_is_not_caught_again() -> None:
    out = run(ir.Catch(const(MISSING), (handler("missing", ZERO, "a"), handler("zero", 2, "b"))))
    assert out.values["x"] == ZERO


def test_a_handler_replaces_the_rows_of_what_it_catches_and_no_others() -> None:
    before = ir.Case((arm(True, 1, "before"),))
    inside = ir.Case((arm(True, MISSING, "inside"),))
    after = ir.Case((arm(True, 5, "after"),))
    out = run(op("add", before, ir.Catch(inside, (handler("missing", after, "h"),))))
    assert out.values["x"] == 6
    assert texts(out.fired["x"]) == ["before", "h", "after"]


def test_rows_stay_told_where_no_handler_fits() -> None:
    inside = ir.Case((arm(True, MISSING, "inside"),))
    out = run(ir.Catch(inside, (handler("zero", 1, "h"),)))
    assert out.values["x"] == MISSING
    assert texts(out.fired["x"]) == ["inside"]

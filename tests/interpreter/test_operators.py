"""The operator table: arithmetic, functions, comparisons, and the tables as a whole."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from rubriclang.ir import nodes as ir
from rubriclang.ir.aggregates import REDUCERS
from rubriclang.ir.operators import COMPARISONS, LAZY, OPERATORS, REAL, ROUND_MODES
from rubriclang.ir.reals import Real
from rubriclang.ir.values import Reason, Value
from tests.interpreter.building import HERE, MISSING, THERE, arm, number, op, reason, run, value


@pytest.mark.parametrize(
    ("operator", "operands", "expected"),
    [
        ("add", (), Fraction(0)),
        ("add", ("1/3",), Fraction(1, 3)),
        ("add", ("1/3", "1/6", "-1/2", 2), Fraction(2)),
        ("mul", (), Fraction(1)),
        ("mul", ("2/3",), Fraction(2, 3)),
        ("mul", ("2/3", "3/4", -4), Fraction(-2)),
        ("div", (3, 4), Fraction(3, 4)),
        ("div", (0, 5), Fraction(0)),
        ("div", ("1/2", "-1/4"), Fraction(-2)),
        ("neg", ("5/2",), Fraction(-5, 2)),
        ("neg", (-3,), Fraction(3)),
        ("abs", ("-5/2",), Fraction(5, 2)),
        ("abs", ("5/2",), Fraction(5, 2)),
        ("min", (3, "-1/2", 2), Fraction(-1, 2)),
        ("max", (3, "-1/2", 5, 2), Fraction(5)),
        ("pow", (2, 10), Fraction(1024)),
        ("pow", (2, -2), Fraction(1, 4)),
        ("pow", ("-2/3", 3), Fraction(-8, 27)),
        ("pow", (5, 0), Fraction(1)),
        ("pow", (0, 0), Fraction(1)),
        ("pow", (0, 3), Fraction(0)),
        ("pow", (1, 1000), Fraction(1)),
        ("pow", (-1, -1000), Fraction(1)),
    ],
)
def test_arithmetic(operator: str, operands: tuple[str | int, ...], expected: Fraction) -> None:
    found = value(op(operator, *map(number, operands)))
    assert found == expected and type(found) is Fraction


@pytest.mark.parametrize("numerator", ["1", "0", "-7/2"])
def test_nothing_is_divided_by_zero(numerator: str) -> None:
    assert value(op("div", number(numerator), 0)) == reason("undefined", "zero denominator", "x")


@pytest.mark.parametrize(("base", "exponent"), [("1", "1001"), ("1", "-1001"), ("-4", "1/2")])
def test_powers_without_a_value(base: str, exponent: str) -> None:
    assert value(op("pow", number(base), number(exponent))) == reason("undefined", "not defined", "power")


@pytest.mark.parametrize(
    ("operator", "operand", "expected"),
    [
        ("sqrt", "9/4", "3/2"),
        ("sqrt", "0", "0"),
        ("ln", "1", "0"),
        ("log10", "1000", "3"),
        ("log10", "1/100", "-2"),
        ("exp", "0", "1"),
    ],
)
def test_functions_whose_result_is_rational(operator: str, operand: str, expected: str) -> None:
    found = value(op(operator, number(operand)))
    assert found == Fraction(expected) and type(found) is Fraction


@pytest.mark.parametrize(
    ("operator", "operand", "digits"),
    [
        ("sqrt", "2", "1.41421356"),
        ("ln", "2", "0.69314718"),
        ("log10", "2", "0.30103"),
        ("exp", "1", "2.71828183"),
        ("exp", "-1", "0.36787944"),
    ],
)
def test_functions_whose_result_is_no_fraction(operator: str, operand: str, digits: str) -> None:
    expr = op(operator, number(operand))
    assert isinstance(value(expr), Real)
    assert value(ir.Round("half up", number("0.00000001"), expr)) == Fraction(digits)
    assert value(ir.Round("up", number(1), op("neg", expr))) == -(Fraction(digits) // 1 + 1)
    assert value(op("gt", expr, Fraction(digits) - Fraction(1, 10**7))) is True
    assert value(op("lt", expr, Fraction(digits) - Fraction(1, 10**7))) is False


@pytest.mark.parametrize(("operator", "operand"), [("sqrt", -1), ("ln", 0), ("ln", -1), ("log10", 0), ("exp", 10_001)])
def test_functions_without_a_value(operator: str, operand: int) -> None:
    assert value(op(operator, operand)) == reason("undefined", "not defined", operator)


def test_a_question_that_stays_open_is_refused() -> None:
    one = op("mul", op("sqrt", 2), op("sqrt", 2), Fraction(1, 2))  # 1, as far as anyone can tell by digits
    found = value(op("gt", one, 1, span=HERE))
    assert found == reason("undefined", "undecided", "x")
    assert isinstance(found, Reason) and found.causes[0].span == HERE
    rounded = value(ir.Round("floor", number(1), one, span=THERE))
    assert rounded == found
    assert isinstance(rounded, Reason) and rounded.causes[0].span == THERE
    assert value(op("or", True, op("gt", one, 1))) is True
    assert value(op("and", op("gt", one, 1), MISSING)) == Reason("undefined", (*found.causes, *MISSING.causes))
    assert run(ir.Case((arm(op("gt", one, 1), 1, "a"), arm(None, 2, "b")))).fired == {}


@pytest.mark.parametrize(
    ("operator", "below", "equal", "above"),
    [
        ("eq", False, True, False),
        ("ne", True, False, True),
        ("lt", True, False, False),
        ("le", True, True, False),
        ("gt", False, False, True),
        ("ge", False, True, True),
    ],
)
@pytest.mark.parametrize(
    ("small", "large"), [(Fraction(1, 3), Fraction(1, 2)), (date(2019, 1, 31), date(2019, 2, 1)), ("a", "b")]
)
def test_comparisons(operator: str, below: bool, equal: bool, above: bool, small: Value, large: Value) -> None:
    assert value(op(operator, small, large)) is below
    assert value(op(operator, large, ir.Const(large))) is equal
    assert value(op(operator, large, small)) is above


def test_comparisons_are_by_value_not_by_identity() -> None:
    assert value(op("eq", Fraction(10**30, 3), Fraction(2 * 10**30, 6))) is True
    assert value(op("ne", Fraction(10**30, 3), Fraction(2 * 10**30, 6))) is False


def test_not() -> None:
    assert value(op("not", True)) is False
    assert value(op("not", False)) is True


def test_the_tables_are_whole() -> None:
    assert set(OPERATORS) == set(
        "add mul div neg pow ln log10 exp sqrt abs min max eq ne lt le gt ge not later days months".split()
    )
    assert {"and", "or", "is missing", "is left out"} == LAZY
    assert {"ln", "log10", "exp", "sqrt", "pow"} == REAL
    assert set(REDUCERS) == set("count sum mean median min max any all list".split())
    assert COMPARISONS == {"=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
    assert ROUND_MODES == {
        "四舍五入": "half up",
        "四舍六入五成双": "half even",
        "进位": "up",
        "舍去": "down",
        "向上取整": "ceiling",
        "向下取整": "floor",
    }

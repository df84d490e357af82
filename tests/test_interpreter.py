"""The interpreter's laws, each on a program small enough to work out by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Literal

import pytest

import rubriclang
from rubriclang.backends.evaluation import POPULATION, Evaluation, Given, Violation
from rubriclang.backends.interpreter import evaluate, evaluate_expression, evaluate_population
from rubriclang.ir import nodes as ir
from rubriclang.ir.aggregates import REDUCERS, Item, drop, ordered
from rubriclang.ir.operators import COMPARISONS, LAZY, OPERATORS, REAL, ROUND_MODES
from rubriclang.ir.reals import Real
from rubriclang.ir.rounding import round_to
from rubriclang.ir.types import PLAIN_NUMBER, TRUTH, Words
from rubriclang.ir.values import Cause, CauseKind, Reason, ReasonKind, Value
from rubriclang.source import Span

MISSING = Reason("missing", (Cause("fact missing", "m"),))
UNDEFINED = Reason("undefined", (Cause("no row", "u"),))
PENDING = Reason("pending", (Cause("judgement", "p"),))
LEFT_OUT = Reason("left out", (Cause("left out", "l"),))
ZERO = Reason("undefined", (Cause("zero denominator", "z"),))
HERE, THERE = Span(3, 9), Span(11, 12)


def number(text: str | int) -> ir.Const:
    return ir.Const(Fraction(text))


def const(value: Value | int) -> ir.Const:
    """A constant; an int that is no truth value stands for a number."""
    return ir.Const(Fraction(value) if isinstance(value, int) and not isinstance(value, bool) else value)


def op(operator: str, *operands: Any, span: Span | None = None) -> ir.Op:
    """An operator over expressions, or over values taken as constants."""
    return ir.Op(operator, tuple(o if isinstance(o, ir.Expr) else const(o) for o in operands), span)


def program(definitions: Mapping[str, ir.Expr], *facts: ir.Fact, **options: Any) -> ir.Program:
    """A program; a definition whose name begins with the name of a list and a dot is computed for each of its rows."""
    lists = {listed.name for listed in options.get("lists", ())}
    return ir.Program(
        title="t",
        facts=facts,
        definitions=tuple(
            ir.Definition(name, expr, PLAIN_NUMBER, level=level if (level := name.partition(".")[0]) in lists else None)
            for name, expr in definitions.items()
        ),
        root=ir.Node("t", "t", (), "x", None),
        **options,
    )


def run(
    expr: ir.Expr,
    given: Mapping[str, Value] | None = None,
    *facts: ir.Fact,
    judged: Mapping[str, Value] | None = None,
    pending_as: Literal["low", "high"] | None = None,
) -> Evaluation:
    """The evaluation of one definition, ``x``."""
    return evaluate(program({"x": expr}, *facts), given or {}, judged, None, pending_as)


def value(expr: ir.Expr, **options: Any) -> Value:
    return run(expr, **options).values["x"]


def settled(fact: ir.Fact, given: Mapping[str, Value] | None = None, *before: ir.Fact) -> Value:
    """What one fact comes to, after others."""
    return evaluate(program({}, *before, fact), given or {}).facts[fact.name]


def reason(kind: ReasonKind, cause: CauseKind, name: str) -> Reason:
    return Reason(kind, (Cause(cause, name),))


def arm(test: Any, result: Any, text: str) -> ir.Arm:
    condition = test if test is None or isinstance(test, ir.Expr) else const(test)
    return ir.Arm(condition, result if isinstance(result, ir.Expr) else const(result), ir.Tag(text))


def handler(kind: Literal["missing", "zero", "left out"], result: Any, text: str) -> ir.Handler:
    return ir.Handler(kind, result if isinstance(result, ir.Expr) else const(result), ir.Tag(text, "reason"))


def fact(name: str, **options: Any) -> ir.Fact:
    return ir.Fact(name, options.pop("type", PLAIN_NUMBER), **options)


def own(name: str) -> ir.Ref:
    return ir.Ref(name, "fact")


def texts(tags: list[ir.Tag]) -> list[str]:
    return [tag.text for tag in tags]


# ---- Const, Ref, definitions


@pytest.mark.parametrize("literal", [Fraction(7, 3), Fraction(0), True, False, "优", date(2019, 12, 31), MISSING])
def test_a_constant_is_its_value(literal: Value) -> None:
    assert value(ir.Const(literal)) == literal


def test_a_reference_reads_a_fact_or_an_earlier_definition() -> None:
    definitions: dict[str, ir.Expr] = {"n": number(2), "x": op("add", ir.Ref("n"), ir.Ref("n", "fact"))}
    assert evaluate(program(definitions, fact("n")), {"n": Fraction(5)}).values == {"n": 2, "x": 7}


def test_definitions_are_evaluated_in_order_each_once() -> None:
    judge = ir.Judge("j", number(0), number(5))
    out = evaluate(program({"a": judge, "x": op("add", ir.Ref("a"), ir.Ref("a"))}), {}, {"j": Fraction(2)})
    assert out.values["x"] == 4
    assert out.judgements == {"a": ["j"]}


def test_a_replaced_definition_keeps_the_imposed_value_and_others_see_it() -> None:
    definitions: dict[str, ir.Expr] = {"a": op("div", 1, 0), "b": op("add", ir.Ref("a"), 1), "c": number(9)}
    out = evaluate(program(definitions), {}, None, {"a": Fraction(0)})
    assert out.values == {"a": 0, "b": 1, "c": 9}
    out = evaluate(program(definitions), {}, None, {"c": MISSING})
    assert out.values == {"a": reason("undefined", "zero denominator", "a"), "b": out.values["a"], "c": MISSING}


def test_one_more_expression_over_a_finished_evaluation() -> None:
    out = evaluate(program({"x": number(3)}, fact("f")), {"f": Fraction(4)})
    assert evaluate_expression(op("mul", ir.Ref("x"), own("f")), out) == 12
    assert evaluate_expression(op("div", 1, 0), out) == reason("undefined", "zero denominator", "?")
    assert evaluate_expression(ir.Judge("j", number(0), number(5)), out) == reason("pending", "judgement", "j")
    bare = Evaluation({"f": Fraction(4)}, {"x": Fraction(3)})  # from another backend
    assert evaluate_expression(op("mul", ir.Ref("x"), own("f")), bare) == 12
    assert evaluate_expression(op("div", 1, 0), bare) == reason("undefined", "zero denominator", "?")
    assert evaluate_expression(ir.Judge("j", number(0), number(5)), bare) == reason("pending", "judgement", "j")
    assert evaluate_expression(ir.Ref("f", "fact", own=True), bare) == 4
    assert evaluate_expression(ir.Agg("count", "rows"), bare) == reason("missing", "fact missing", "rows")
    assert evaluate_expression(ir.Agg("count", POPULATION), bare) == reason("undefined", "no population", "?")


# ---- reasons in operators


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


# ---- 且, 或, 缺失（…）


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


# ---- the operator table


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


@pytest.mark.parametrize(
    ("operator", "start", "end", "expected"),
    [
        ("days", date(2019, 2, 27), date(2019, 3, 1), Fraction(2)),
        ("days", date(2020, 2, 27), date(2020, 3, 1), Fraction(3)),
        ("days", date(2020, 1, 1), date(2019, 12, 31), Fraction(-1)),
        ("days", date(2019, 5, 5), date(2019, 5, 5), Fraction(0)),
        ("months", date(2019, 3, 15), date(2019, 3, 15), Fraction(0)),
        ("months", date(2019, 3, 15), date(2019, 5, 15), Fraction(2)),
        ("months", date(2018, 11, 15), date(2019, 2, 20), Fraction(89, 28)),  # 3 months, and 5 of 28 days
        ("months", date(2017, 3, 10), date(2019, 3, 10), Fraction(24)),
        ("months", date(2019, 3, 15), date(2019, 4, 5), Fraction(21, 31)),  # 21 of the 31 days to April 15
        ("months", date(2019, 5, 15), date(2019, 3, 15), Fraction(-2)),
        ("months", date(2019, 2, 10), date(2018, 12, 10), Fraction(-2)),
        ("months", date(2019, 10, 10), date(2020, 1, 10), Fraction(3)),
        ("months", date(2019, 1, 31), date(2019, 2, 1), Fraction(1, 28)),  # 1 of the 28 days to February 28
        ("months", date(2019, 1, 31), date(2019, 2, 28), Fraction(1)),
        ("months", date(2019, 2, 28), date(2019, 3, 31), Fraction(34, 31)),  # to March 28, and 3 of 31 days
        ("months", date(9999, 12, 1), date(9999, 12, 31), Fraction(1)),  # there is no later day to count to
    ],
)
def test_spans_of_time(operator: str, start: date, end: date, expected: Fraction) -> None:
    found = value(op(operator, start, end))
    assert found == expected and type(found) is Fraction


@pytest.mark.parametrize(
    ("start", "months", "days", "expected"),
    [
        (date(2019, 3, 15), 0, 0, date(2019, 3, 15)),
        (date(2019, 3, 15), 1, 0, date(2019, 4, 15)),
        (date(2019, 3, 15), 0, 20, date(2019, 4, 4)),
        (date(2019, 1, 31), 1, 0, date(2019, 2, 28)),
        (date(2020, 1, 31), 1, 0, date(2020, 2, 29)),
        (date(2019, 1, 31), 1, 1, date(2019, 3, 1)),  # the months first
        (date(2019, 1, 31), 3, 0, date(2019, 4, 30)),
        (date(2019, 10, 31), 2, 0, date(2019, 12, 31)),
        (date(2019, 11, 30), 2, 0, date(2020, 1, 30)),
        (date(2019, 12, 1), 12, 0, date(2020, 12, 1)),
        (date(2019, 3, 31), -1, 0, date(2019, 2, 28)),
        (date(2019, 1, 15), -1, 0, date(2018, 12, 15)),
        (date(2019, 1, 15), 0, -15, date(2018, 12, 31)),
    ],
)
def test_dates_some_months_and_days_later(start: date, months: int, days: int, expected: date) -> None:
    assert value(op("later", start, months, days)) == expected


@pytest.mark.parametrize(
    ("start", "months", "days"),
    [
        (date(2019, 3, 15), "1/2", "0"),
        (date(2019, 3, 15), "0", "1/2"),
        (date(1, 1, 1), "12001", "0"),
        (date(9999, 12, 1), "-12001", "0"),
        (date(1, 1, 1), "0", "1000001"),
        (date(9999, 12, 31), "0", "-1000001"),
        (date(9999, 12, 31), "1", "0"),
        (date(9999, 12, 31), "0", "1"),
        (date(1, 1, 1), "-1", "0"),
        (date(1, 1, 1), "0", "-1"),
    ],
)
def test_dates_that_are_out_of_reach(start: date, months: str, days: str) -> None:
    found = value(op("later", start, number(months), number(days)))
    assert found == reason("undefined", "not defined", "date")


def test_the_farthest_dates_within_reach() -> None:
    assert value(op("later", date(1, 1, 1), 12_000, 0)) == date(1001, 1, 1)
    assert value(op("later", date(1001, 1, 1), -12_000, 0)) == date(1, 1, 1)
    assert value(op("later", date(1, 1, 1), 0, 1_000_000)) == date.fromordinal(1_000_001)
    assert value(op("later", date.fromordinal(1_000_001), 0, -1_000_000)) == date(1, 1, 1)
    assert value(op("later", date(9999, 11, 30), 1, 1)) == date(9999, 12, 31)
    assert value(op("later", date(1, 2, 2), -1, -1)) == date(1, 1, 1)


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


# ---- rounding

MODES: tuple[ir.RoundMode, ...] = ("half up", "half even", "up", "down", "ceiling", "floor")


@pytest.mark.parametrize(
    ("number_", "step", "expected"),
    [  # in the order of MODES
        ("2.5", "1", "3 2 3 2 3 2"),
        ("3.5", "1", "4 4 4 3 4 3"),
        ("-2.5", "1", "-3 -2 -3 -2 -2 -3"),
        ("-3.5", "1", "-4 -4 -4 -3 -3 -4"),
        ("0.5", "1", "1 0 1 0 1 0"),
        ("-0.5", "1", "-1 0 -1 0 0 -1"),
        ("2.4", "1", "2 2 3 2 3 2"),
        ("2.6", "1", "3 3 3 2 3 2"),
        ("-2.4", "1", "-2 -2 -3 -2 -2 -3"),
        ("-2.6", "1", "-3 -3 -3 -2 -2 -3"),
        ("7", "1", "7 7 7 7 7 7"),
        ("-7", "1", "-7 -7 -7 -7 -7 -7"),
        ("0", "1", "0 0 0 0 0 0"),
        ("2.345", "0.01", "2.35 2.34 2.35 2.34 2.35 2.34"),
        ("2.355", "0.01", "2.36 2.36 2.36 2.35 2.36 2.35"),
        ("-2.345", "0.01", "-2.35 -2.34 -2.35 -2.34 -2.34 -2.35"),
        ("0.9614", "0.01", "0.96 0.96 0.97 0.96 0.97 0.96"),
        ("25", "10", "30 20 30 20 30 20"),
        ("0.3", "0.2", "0.4 0.4 0.4 0.2 0.4 0.2"),
        ("0.5", "0.2", "0.6 0.4 0.6 0.4 0.6 0.4"),
        ("1/3", "1/4", "1/4 1/4 1/2 1/4 1/2 1/4"),
        ("3/4", "1/4", "3/4 3/4 3/4 3/4 3/4 3/4"),
    ],
)
def test_round_to(number_: str, step: str, expected: str) -> None:
    for mode, wanted in zip(MODES, expected.split(), strict=True):
        found = round_to(Fraction(number_), Fraction(step), mode)
        assert (mode, found) == (mode, Fraction(wanted))
        assert type(found) is Fraction
        assert value(ir.Round(mode, number(step), number(number_))) == found


def test_rounding_a_reason_is_that_reason() -> None:
    assert value(ir.Round("down", number(1), const(PENDING))) == PENDING
    assert value(ir.Round("down", const(MISSING), number(1))) == MISSING
    both = Reason("undefined", (*PENDING.causes, *UNDEFINED.causes))
    assert value(ir.Round("down", const(UNDEFINED), const(PENDING))) == both


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("四舍五入", "2.5"),
        ("四舍六入五成双", "2.4"),
        ("进位", "2.5"),
        ("舍去", "2.4"),
        ("向上取整", "2.5"),
        ("向下取整", "2.4"),
    ],
)
def test_rounding_in_a_rubric_text(words: str, expected: str) -> None:
    text = f"# 例（5分）\n数据：\n- 率：%，0% 至 100%\n## 甲（5分）\n得分 = 率 × 5\n保留 1 位小数，{words}\n"
    assert rubriclang.loads(text).score({"率": "49%"}).total == Fraction(expected)


@pytest.mark.parametrize(("words", "expected"), [("整档", "3"), ("进档", "1"), ("按比例", "2.2")])
def test_parts_of_a_step_in_a_rubric_text(words: str, expected: str) -> None:
    """7 points short of 100 % in steps of 5 points at 2 points each: 1, 2 or 1.4 steps."""
    text = (
        f"# 例（5分）\n默认：{words}，扣完为止\n数据：\n- 率：%，≥ 0%\n"
        "## 甲（5分）\n率：≥ 100% -> 满分\n每低于 5 个百分点 扣 2 分\n"
    )
    assert rubriclang.loads(text).score({"率": "93%"}).total == Fraction(expected)


# ---- Case


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


# ---- Catch


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


# ---- Judge


def judge(low: Any = 0, high: Any = 5, **options: Any) -> ir.Judge:
    top = None if high is None else const(high)
    return ir.Judge("j", const(low), top, **options)


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


# ---- facts


def test_a_given_fact_is_its_value_and_an_absent_one_is_missing() -> None:
    assert settled(fact("f"), {"f": Fraction(0)}) == 0
    found = settled(fact("f", span=HERE))
    assert found == reason("missing", "fact missing", "f")
    assert isinstance(found, Reason) and found.causes[0].span == HERE
    assert settled(fact("f", type=TRUTH), {"f": False}) is False
    assert settled(fact("f", type=Words()), {"f": ""}) == ""


def test_a_fact_given_as_a_reason_keeps_it() -> None:
    assert settled(fact("f"), {"f": PENDING}) == PENDING
    assert settled(fact("f", default=number(3)), {"f": UNDEFINED}) == UNDEFINED
    never = ir.Constraint(const(False), "never")
    out = evaluate(program({}, fact("f", constraints=(never,))), {"f": UNDEFINED})
    assert out.facts["f"] == UNDEFINED
    assert out.violations == []


def test_a_default_stands_in_for_an_absent_fact_only() -> None:
    assert settled(fact("f", default=number(3))) == 3
    assert settled(fact("f", default=number(3)), {"f": Fraction(4)}) == 4
    assert settled(fact("g", default=op("add", own("f"), 1)), {"f": Fraction(6)}, fact("f")) == 7
    assert settled(fact("f", default=op("div", 1, 0))) == reason("undefined", "zero denominator", "fact f")


def test_a_default_is_rounded_and_bounded_like_a_given_value() -> None:
    never = ir.Constraint(const(False), "never")
    out = evaluate(program({}, fact("f", default=number(3), constraints=(never,))), {})
    assert out.facts == {"f": reason("undefined", "fact unusable", "f")}
    assert [(v.name, v.value, v.bound) for v in out.violations] == [("f", 3, "never")]
    to_tenths = ("half up", number("1/10"))
    assert settled(fact("f", default=number("1/3"), rounding=to_tenths)) == Fraction(3, 10)


def test_facts_may_bound_each_other_in_any_order() -> None:
    above = ir.Constraint(op("ge", own("a"), own("b")), "a >= b", crossing=True)
    below = ir.Constraint(op("le", own("b"), own("a")), "b <= a", crossing=True)
    both = program({}, fact("a", constraints=(above,)), fact("b", constraints=(below,)))
    assert evaluate(both, {"a": Fraction(2), "b": Fraction(1)}).facts == {"a": 2, "b": 1}
    out = evaluate(both, {"a": Fraction(1), "b": Fraction(2)})
    assert [v.name for v in out.violations] == ["a", "b"]
    assert all(isinstance(value, Reason) for value in out.facts.values())
    alone = evaluate(both, {"a": Fraction(1)})
    assert alone.facts["a"] == 1
    assert alone.violations == []


def test_no_default_is_made_from_a_fact_that_breaks_a_bound() -> None:
    below = ir.Constraint(op("le", own("b"), own("a")), "b <= a", crossing=True)
    made = program({}, fact("a"), fact("b", constraints=(below,)), fact("c", default=op("add", own("b"), 1)))
    assert evaluate(made, {"a": Fraction(2), "b": Fraction(1)}).facts["c"] == 2
    assert evaluate(made, {"a": Fraction(1), "b": Fraction(2)}).facts["c"] == reason("undefined", "fact unusable", "b")


def test_a_fact_whose_condition_does_not_hold_is_not_needed() -> None:
    found = settled(fact("f", only_if=const(False), span=HERE), {"f": Fraction(4)})
    assert found == reason("missing", "not needed", "f")
    assert isinstance(found, Reason) and found.causes[0].span == HERE
    assert settled(fact("f", only_if=const(False), default=number(3))) == found
    assert settled(fact("f", only_if=const(True)), {"f": Fraction(4)}) == 4
    assert settled(fact("f", only_if=const(True))) == reason("missing", "fact missing", "f")


def test_a_fact_whose_condition_is_unknown() -> None:
    condition = op("eq", own("c"), True)
    asked = fact("f", only_if=condition)
    unknown = reason("missing", "fact missing", "c")
    before = fact("c", type=TRUTH)
    assert settled(asked, {}, before) == unknown
    assert settled(asked, {"f": Fraction(4)}, before) == 4
    assert settled(fact("f", only_if=condition, default=number(3)), {}, before) == 3
    assert settled(asked, {"c": UNDEFINED}, before) == UNDEFINED


def test_a_fact_that_breaks_a_constraint_is_unusable() -> None:
    constraints = (
        ir.Constraint(op("ge", own("f"), 0), ">= 0"),
        ir.Constraint(op("le", own("f"), 10), "<= 10"),
        ir.Constraint(op("le", own("f"), 20), "<= 20"),
    )
    declared = fact("f", constraints=constraints, span=HERE)
    out = evaluate(program({"x": own("f")}, declared), {"f": Fraction(30)})
    unusable = reason("undefined", "fact unusable", "f")
    assert out.facts == {"f": unusable}
    assert out.values == {"x": unusable}
    found = out.facts["f"]
    assert isinstance(found, Reason) and found.causes[0].span == HERE
    assert out.violations == [Violation("f", Fraction(30), "<= 10", False, None, None)]  # the first, once
    out = evaluate(program({}, declared), {"f": Fraction(10)})
    assert out.facts == {"f": 10}
    assert out.violations == []


def test_every_fact_is_held_against_its_own_constraints() -> None:
    facts = [fact(name, constraints=(ir.Constraint(op("le", own(name), 1), name),)) for name in "abc"]
    out = evaluate(program({}, *facts), {"a": Fraction(2), "b": Fraction(1), "c": Fraction(3)})
    assert [violation.name for violation in out.violations] == ["a", "c"]
    assert out.facts["b"] == 1


def test_a_constraint_that_comes_to_a_reason_forbids_nothing() -> None:
    declared = fact("f", constraints=(ir.Constraint(op("le", own("f"), own("g")), "<= g"),))
    out = evaluate(program({}, fact("g"), declared), {"f": Fraction(4)})
    assert out.facts["f"] == 4
    assert out.violations == []


def test_a_fact_is_rounded_before_its_constraints_see_it() -> None:
    whole = ir.Constraint(op("le", own("f"), 100), "<= 100")
    declared = fact("f", rounding=("half up", number(10)), constraints=(whole,))
    assert settled(declared, {"f": Fraction(104)}) == 100
    assert settled(declared, {"f": Fraction(94)}) == 90
    out = evaluate(program({"x": own("f")}, declared), {"f": Fraction(105)})
    assert out.violations == [Violation("f", Fraction(110), "<= 100")]
    assert out.values["x"] == reason("undefined", "fact unusable", "f")
    assert settled(fact("f", type=Words(), rounding=("half up", number(10))), {"f": "七"}) == "七"


def test_a_rounding_step_that_comes_to_a_reason() -> None:
    assert settled(fact("f", rounding=("half up", const(MISSING))), {"f": Fraction(7)}) == MISSING


# ---- list facts and definitions computed for each row


ROWS = ir.ListFact("行", (fact("值"), fact("类", type=Words()), fact("权")))
VALUE, KIND, WEIGHT = ir.Ref("行.值", "column"), ir.Ref("行.类", "column"), ir.Ref("行.权", "column")


def rows(values: Sequence[Value | int | str], **columns: Sequence[Value | int | str]) -> list[dict[str, Value]]:
    """The rows of 行; a text that is no label is a number."""

    def cell(name: str, given: Value | int | str) -> Value:
        number_ = isinstance(given, int | str) and not isinstance(given, bool) and name != "类"
        return Fraction(given) if number_ else given  # type: ignore[arg-type, return-value]

    table = {"值": values, **columns}
    return [{name: cell(name, column[i]) for name, column in table.items()} for i in range(len(values))]


def listed(
    definitions: Mapping[str, ir.Expr], given: Sequence[Mapping[str, Value]], *facts: ir.Fact, table: ir.ListFact = ROWS
) -> Evaluation:
    return evaluate(program(definitions, *facts, lists=(table,)), {}, lists={"行": given})


def over(function: str, given: Sequence[Mapping[str, Value]], **options: Any) -> Value:
    """An aggregate over 值 of the rows."""
    body = options.pop("body", VALUE)
    return listed({"x": ir.Agg(function, "行", body, span=HERE, **options)}, given).values["x"]


def test_the_columns_of_a_row_are_settled_like_facts() -> None:
    table = ir.ListFact(
        "行",
        (
            fact("值", constraints=(ir.Constraint(op("le", VALUE, 10), "<= 10"),), span=HERE),
            fact("类", type=TRUTH),
            fact("权", default=op("mul", VALUE, 2), only_if=KIND),
        ),
    )
    given: list[dict[str, Value]] = [
        {"值": Fraction(3), "类": True},
        {"值": Fraction(11), "类": False, "权": Fraction(1)},
        {"类": True, "权": Fraction(5)},
    ]
    out = listed({}, given, table=table)
    assert out.lists == {
        "行": [
            {"值": 3, "类": True, "权": 6},
            {
                "值": reason("undefined", "fact unusable", "行[2].值"),
                "类": False,
                "权": reason("missing", "not needed", "行[2].权"),
            },
            {"值": reason("missing", "fact missing", "行[3].值"), "类": True, "权": 5},
        ]
    }
    assert out.violations == [Violation("行[2].值", Fraction(11), "<= 10")]
    assert out.facts == {}


def test_a_list_that_is_not_given_is_missing() -> None:
    out = evaluate(program({"x": ir.Agg("count", "行", span=HERE)}, lists=(ROWS,)), {})
    assert out.lists == {}
    found = out.values["x"]
    assert found == reason("missing", "fact missing", "行")
    assert isinstance(found, Reason) and found.causes[0].span == HERE
    assert listed({"x": ir.Agg("count", "行")}, []).values["x"] == 0


def test_a_list_after_one_that_is_not_given() -> None:
    second = ir.ListFact("列", (fact("值"),))
    counts: dict[str, ir.Expr] = {"x": ir.Agg("count", "列")}
    assert evaluate(program(counts, lists=(ROWS, second)), {}, lists={"列": rows([1, 2])}).values["x"] == 2


def test_every_list_has_its_own_rows() -> None:
    second = ir.ListFact("列", (fact("值"),))
    tree = op("add", ir.Agg("sum", "行", VALUE), ir.Agg("sum", "列", ir.Ref("列.值", "column")))
    pairs = ir.Agg("sum", "行", ir.Agg("sum", "列", op("mul", VALUE, ir.Ref("列.值", "column"))))
    lists = {"行": rows([1, 2]), "列": rows([10, 20, 30])}
    out = evaluate(program({"x": tree, "y": pairs}, lists=(ROWS, second)), {}, lists=lists)
    assert out.values == {"x": 63, "y": 180}


def test_a_definition_of_a_list_is_computed_for_each_row() -> None:
    definitions: dict[str, ir.Expr] = {
        "行.加倍": op("mul", VALUE, 2),
        "行.次序": op("add", ir.Ref("行.加倍", "row"), ir.Agg("count", "行")),
        "x": ir.Agg("sum", "行", ir.Ref("行.次序", "row")),
    }
    out = listed(definitions, rows([1, 2, 4]))
    assert out.values == {"行.加倍": (2, 4, 8), "行.次序": (5, 7, 11), "x": 23}
    assert listed(definitions, []).values == {"行.加倍": (), "行.次序": (), "x": 0}


def test_an_aggregate_inside_a_row_leaves_that_row_at_hand() -> None:
    share = op("div", VALUE, ir.Agg("sum", "行", VALUE))
    after = op("add", ir.Agg("max", "行", VALUE), VALUE)
    out = listed({"行.占比": share, "行.后": after}, rows([1, 3, 4]))
    assert out.values == {"行.占比": (Fraction(1, 8), Fraction(3, 8), Fraction(1, 2)), "行.后": (5, 7, 8)}


# ---- Agg


@pytest.mark.parametrize(
    ("function", "values", "expected"),
    [
        ("count", (5, 0, -1), "3"),
        ("sum", (5, "1/2", -1), "9/2"),
        ("mean", (5, "1/2", -1), "3/2"),
        ("mean", (7,), "7"),
        ("median", (5, "1/2", -1), "1/2"),
        ("median", (8, 1, 2, 5), "7/2"),
        ("median", (9, 1), "5"),
        ("median", (4,), "4"),
        ("median", (9, 3, 1, 7, 8, 2), "5"),
        ("min", (5, -1, 2), "-1"),
        ("max", (2, 5, -1), "5"),
        ("count", (), "0"),
        ("sum", (), "0"),
    ],
)
def test_aggregates_of_numbers(function: str, values: tuple[int | str, ...], expected: str) -> None:
    found = over(function, rows(values))
    assert found == Fraction(expected) and type(found) is Fraction


@pytest.mark.parametrize("function", ["mean", "median", "min", "max"])
def test_nothing_has_no_mean_and_no_extreme(function: str) -> None:
    found = over(function, [])
    assert found == reason("missing", "empty collection", "x")
    assert isinstance(found, Reason) and found.causes[0].span == HERE


@pytest.mark.parametrize(
    ("values", "some", "every"),
    [((), False, True), ((True, False), True, False), ((False, False), False, False), ((True, True), True, True)],
)
def test_any_and_all(values: tuple[bool, ...], some: bool, every: bool) -> None:
    assert over("any", rows(values)) is some
    assert over("all", rows(values)) is every


def test_a_list_of_values_keeps_the_order_of_the_rows_or_takes_the_one_asked_for() -> None:
    given = rows([3, 1, 2], 权=[5, 6, 4])
    assert over("list", given) == (3, 1, 2)
    assert over("list", given, clauses=(ir.Clause("sort", WEIGHT, "rising"),)) == (2, 3, 1)
    assert over("list", given, clauses=(ir.Clause("sort", WEIGHT, "falling"),)) == (1, 3, 2)
    alike = rows([3, 1, 2], 权=[5, 6, 5])
    assert over("list", alike, clauses=(ir.Clause("sort", WEIGHT, "rising"),)) == (3, 2, 1)
    assert over("list", alike, clauses=(ir.Clause("sort", WEIGHT, "falling"),)) == (1, 3, 2)
    taken = (ir.Clause("sort", WEIGHT, "falling"), ir.Clause("take", number(2)))
    assert over("list", given, clauses=taken) == (3, 2)  # ordered last
    assert over("list", rows([3, 1], 权=[5, PENDING]), clauses=taken[:1]) == PENDING
    heavy = (ir.Clause("weight", op("neg", WEIGHT)), ir.Clause("sort", WEIGHT, "rising"))
    assert over("list", given, clauses=heavy) == (2, 3, 1)  # only what is said to order orders
    assert over("list", given, clauses=(ir.Clause("weight", WEIGHT),)) == (3, 1, 2)
    assert over("list", []) == ()


def test_the_items_of_a_section_are_expressions_of_their_own() -> None:
    parts = (const(3), op("add", 1, 1), const(LEFT_OUT), const(7))
    assert value(ir.Agg("sum", "", items=parts)) == 12
    assert value(ir.Agg("count", "", items=parts)) == 3
    assert value(ir.Agg("sum", "", items=(*parts, const(PENDING)))) == PENDING
    assert value(ir.Agg("mean", "", items=())) == reason("missing", "empty collection", "x")


def test_the_items_of_a_section_may_have_clauses_of_their_own() -> None:
    parts = (const(3), const(1), const(2))

    def each(kind: Any, *amounts: Value | int, word: str = "") -> tuple[tuple[ir.Clause, ...], ...]:
        return tuple((ir.Clause(kind, const(amount), word),) for amount in amounts)

    weighed = ir.Agg("mean", "", items=parts, item_clauses=each("weight", 1, 2, 5))
    assert value(weighed) == Fraction(15, 8)
    assert value(ir.Agg("list", "", items=parts, item_clauses=each("sort", 5, 6, 4, word="rising"))) == (2, 3, 1)
    assert value(ir.Agg("list", "", items=parts, item_clauses=each("sort", 5, 6, 4, word="falling"))) == (1, 3, 2)
    assert value(ir.Agg("mean", "", items=parts, item_clauses=each("weight", 1, PENDING, 5))) == PENDING
    first = (ir.Clause("drop highest", number(1)),)
    assert value(ir.Agg("mean", "", items=parts, clauses=first, item_clauses=each("weight", 1, 2, 5))) == Fraction(
        12, 7
    )
    assert value(ir.Agg("list", "", items=parts[:1], item_clauses=each("sort", 5, word="rising"))) == (3,)
    assert value(ir.Agg("sum", "", items=(), item_clauses=())) == 0


def test_only_rows_that_satisfy_the_condition_count() -> None:
    given = rows([3, 10, 4, 20], 类=list("甲乙甲乙"))
    where = op("eq", KIND, "乙")
    assert over("sum", given, where=where) == 30
    assert over("count", given, where=where, body=None) == 2
    assert over("sum", given, where=op("eq", KIND, "丙")) == 0
    hidden = rows([3, MISSING, 4], 类=list("甲乙甲"))
    assert over("sum", hidden, where=op("eq", KIND, "甲")) == 7  # the missing value is not asked for


def test_a_row_that_comes_to_a_reason_decides_the_whole() -> None:
    assert over("sum", rows([3, PENDING, 4, UNDEFINED])) == Reason("undefined", (*PENDING.causes, *UNDEFINED.causes))
    assert over("any", rows([True, PENDING])) == PENDING
    assert over("count", rows([3, 4], 类=["甲", MISSING]), where=op("eq", KIND, "甲")) == MISSING
    both = Reason("missing", (*PENDING.causes, *MISSING.causes))
    assert over("sum", rows([PENDING, 4], 类=["甲", MISSING]), where=op("eq", KIND, "甲")) == both
    assert (
        over("sum", rows([PENDING], 类=[MISSING]), where=op("eq", KIND, "甲")) == MISSING
    )  # the value is not asked for


def test_rows_that_are_left_out_do_not_count() -> None:
    assert over("sum", rows([3, LEFT_OUT, 4])) == 7
    assert over("count", rows([3, LEFT_OUT, 4])) == 2
    assert over("mean", rows([3, LEFT_OUT, 4])) == Fraction(7, 2)
    assert over("count", rows([3, LEFT_OUT, 4]), where=op("gt", VALUE, 0)) == 2  # so is a condition on it
    assert over("mean", rows([LEFT_OUT])) == reason("missing", "empty collection", "x")


def test_a_mean_may_be_weighed() -> None:
    weigh = (ir.Clause("weight", WEIGHT),)
    assert over("mean", rows([10, 4, 7], 权=[1, 3, 0]), clauses=weigh) == Fraction(11, 2)
    assert over("mean", rows([10, 4], 权=[-1, -3]), clauses=weigh) == Fraction(11, 2)
    assert over("mean", rows([10, 4], 权=[0, 0]), clauses=weigh) == reason("missing", "empty collection", "x")
    assert over("mean", rows([10, 4], 权=[0, PENDING]), clauses=weigh) == PENDING
    both = Reason("missing", (*PENDING.causes, *MISSING.causes))
    assert over("mean", rows([10, MISSING], 权=[PENDING, 1]), clauses=weigh) == both
    assert over("sum", rows([10, 4], 权=[5, 3]), clauses=weigh) == 14  # a sum has no weights


def test_the_best_row_of_each_key() -> None:
    best = (ir.Clause("best per", KIND),)
    given = rows([3, 10, 4, 20, 4, 1], 类=list("甲乙甲乙甲丙"))
    assert over("list", given, clauses=best) == (4, 20, 1)
    assert over("sum", given, clauses=best) == 25
    assert over("sum", rows([3, 5], 类=["甲", MISSING]), clauses=best) == MISSING
    assert over("list", rows([9, 8, 8, 10], 类=list("甲甲乙乙")), clauses=best) == (9, 10)
    first = (*best, ir.Clause("sort", WEIGHT, "rising"))
    assert over("list", rows([4, 4, 9], 类=list("甲甲乙"), 权=[7, 1, 5]), clauses=first) == (9, 4)


@pytest.mark.parametrize(
    ("kind", "amount", "expected"),
    [
        ("drop highest", "1", (3, 1, 2, 4)),
        ("drop highest", "2", (3, 1, 2)),
        ("drop highest", "0", (3, 1, 9, 2, 4)),
        ("drop highest", "5", ()),
        ("drop highest", "8", ()),
        ("drop lowest", "1", (3, 9, 2, 4)),
        ("drop lowest", "2", (3, 9, 4)),
        ("take", "2", (9, 4)),
        ("take", "3", (3, 9, 4)),
        ("take", "5", (3, 1, 9, 2, 4)),
        ("take", "7", (3, 1, 9, 2, 4)),
        ("take", "0", ()),
        ("drop lowest", "-1", (3, 1, 9, 2, 4)),
    ],
)
def test_the_highest_or_lowest_rows_may_be_dropped(
    kind: Literal["drop highest", "drop lowest", "take"], amount: str, expected: tuple[int, ...]
) -> None:
    assert over("list", rows([3, 1, 9, 2, 4]), clauses=(ir.Clause(kind, number(amount)),)) == expected


def test_of_equal_rows_the_first_is_dropped_first() -> None:
    given = rows([4, 4, 2, 2], 权=[1, 2, 3, 4])
    heavy = ir.Clause("weight", WEIGHT)
    assert over("mean", given, clauses=(ir.Clause("drop highest", number(1)), heavy)) == Fraction(22, 9)
    assert over("mean", given, clauses=(ir.Clause("drop lowest", number(1)), heavy)) == Fraction(20, 7)
    assert over("list", given, clauses=(ir.Clause("drop lowest", number(3)),)) == (4,)


def test_the_row_on_the_edge_is_split_by_its_measure() -> None:
    given = rows([10, 4, 1], 权=[2, 3, 5])
    measured = (ir.Clause("measure", WEIGHT), ir.Clause("weight", WEIGHT))
    # 3 of 10 go from the top: all of the first (2) and a third of the second, which keeps 2 of 3
    dropped = (*measured, ir.Clause("drop highest", number(3)))
    assert over("mean", given, clauses=dropped) == Fraction(2 * 4 + 5 * 1, 7)
    # 6 from the bottom: all of the third (5) and a third of the second
    dropped = (*measured, ir.Clause("drop lowest", number(6)))
    assert over("mean", given, clauses=dropped) == Fraction(2 * 10 + 2 * 4, 4)
    # the best 4 of 10: the first (2) and two thirds of the second
    taken = (*measured, ir.Clause("take", number(4)))
    assert over("mean", given, clauses=taken) == Fraction(2 * 10 + 2 * 4, 4)
    # split twice: 3 from the top, then 1 more from the top: 1 of the second is left
    twice = (*dropped[:2], ir.Clause("drop highest", number(3)), ir.Clause("drop highest", number(1)))
    assert over("mean", given, clauses=twice) == Fraction(1 * 4 + 5 * 1, 6)
    # without weights of their own, shares count
    assert over("mean", given, clauses=(measured[0], ir.Clause("drop highest", number(3)))) == Fraction(11, 5)


def test_dropping_nothing_leaves_the_rows_as_they_are() -> None:
    given = rows([10, 4], 权=[1, 3])
    weighed = ir.Clause("weight", WEIGHT)
    for amount in ("0", "-1/2"):
        assert over("mean", given, clauses=(weighed, ir.Clause("drop lowest", number(amount)))) == Fraction(11, 2)
    measured = ir.Clause("measure", WEIGHT)
    for kind in ("drop highest", "drop lowest"):
        dropped = ir.Clause(kind, number(0))
        assert over("list", rows([10, 4], 权=[0, 0]), clauses=(measured, dropped)) == (10, 4)


def test_rows_are_ordered_by_their_first_value() -> None:
    first, second = Item("a", order=(Fraction(1), Fraction(9))), Item("b", order=(Fraction(2), Fraction(8)))
    assert ordered([second, first], falling=False) == [first, second]
    assert ordered([first, second], falling=True) == [second, first]


def test_dropping_changes_no_row_of_the_caller() -> None:
    items = [Item(Fraction(1), measure=Fraction(2)), Item(Fraction(2), measure=Fraction(2))]
    assert drop(items, Fraction(1), "lowest") == [
        Item(Fraction(1), weight=Fraction(1, 2), share=Fraction(1, 2), measure=Fraction(1)),
        Item(Fraction(2), measure=Fraction(2)),
    ]
    assert items[0] == Item(Fraction(1), measure=Fraction(2))


def test_a_sum_counts_the_share_of_a_row_that_is_left() -> None:
    given = rows([10, 4, 1], 权=[2, 3, 5])
    measured, cut = ir.Clause("measure", WEIGHT), ir.Clause("drop highest", number(3))
    assert over("sum", given, clauses=(measured, cut)) == Fraction(11, 3)  # two thirds of 4, and 1
    again = ir.Clause("drop highest", number(1))
    assert over("sum", given, clauses=(measured, cut, again)) == Fraction(7, 3)  # a third of 4, and 1


def test_the_best_of_each_key_comes_before_dropping() -> None:
    given = rows([9, 8, 5, 3], 类=list("甲甲乙丙"))
    best, dropped = ir.Clause("best per", KIND), ir.Clause("drop highest", number(1))
    assert over("list", given, clauses=(best, dropped)) == (5, 3)
    assert over("list", given, clauses=(dropped, best)) == (5, 3)
    both = (dropped, ir.Clause("drop lowest", number(1)))
    assert over("list", given, clauses=both) == (8, 5)


def test_an_amount_to_drop_that_comes_to_a_reason() -> None:
    for kind in ("drop highest", "drop lowest", "take"):
        assert over("sum", rows([1, 2]), clauses=(ir.Clause(kind, const(PENDING)),)) == PENDING
        assert over("sum", rows([1, MISSING]), clauses=(ir.Clause(kind, const(PENDING)),)) == MISSING  # rows come first


# ---- ranks


def ranks(
    values: Sequence[Value | int | str], *clauses: ir.Clause, where: ir.Expr | None = None, **columns: Any
) -> Any:
    """The rank of each row among all."""
    ranked = ir.Agg("rank", "行", VALUE, where, clauses=clauses, span=HERE)
    return listed({"行.名次": ranked}, rows(values, **columns)).values["行.名次"]


@pytest.mark.parametrize(
    ("word", "falling", "rising"),
    [
        ("same", "2 1 2 5 2", "2 5 2 1 2"),
        ("dense", "2 1 2 3 2", "2 3 2 1 2"),
        ("last", "4 1 4 5 4", "4 5 4 1 4"),
        ("mean", "3 1 3 5 3", "3 5 3 1 3"),
    ],
)
def test_ranks(word: str, falling: str, rising: str) -> None:
    ties = ir.Clause("ties", None, word)
    assert ranks([7, 9, 7, 1, 7], ties) == tuple(map(Fraction, falling.split()))
    assert all(type(place) is Fraction for place in ranks([7, 9, 7, 1, 7], ties))
    up = ir.Clause("rising", None, "rising")
    assert ranks([7, 9, 7, 1, 7], ties, up) == tuple(map(Fraction, rising.split()))
    assert ranks([7, 9, 7, 1, 7], up, ties) == tuple(map(Fraction, rising.split()))


def test_two_equal_ranks_may_share_the_mean() -> None:
    found = ranks([7, 9, 7], ir.Clause("ties", None, "mean"))
    assert found == (Fraction(5, 2), 1, Fraction(5, 2))
    assert ranks([7, 9], ir.Clause("measure", WEIGHT), ir.Clause("ties", None, "mean"), 权=[1, 2]) == (2, 1)


def test_a_dense_rank_counts_different_values_ahead() -> None:
    assert ranks([9, 9, 7, 7, 5, 5], ir.Clause("ties", None, "dense")) == (1, 1, 2, 2, 3, 3)
    assert ranks([9, 9, 7, 7, 5, 5], ir.Clause("ties", None, "last")) == (2, 2, 4, 4, 6, 6)
    assert ranks([9, 7, 7], ir.Clause("ties", None, "last")) == (1, 3, 3)


def test_equal_ranks_without_a_rule_are_refused() -> None:
    tie = reason("undefined", "tie", "行.名次")
    found = ranks([7, 9, 7], ir.Clause("ties", WEIGHT), 权=[1, 2, 1])
    assert found == (tie, 1, tie)
    assert found[0].causes[0].span == HERE


def test_a_further_comparison_breaks_ties() -> None:
    clauses = (ir.Clause("ties", WEIGHT), ir.Clause("ties", None, "same"))
    measured = (ir.Clause("measure", WEIGHT), ir.Clause("ties", None, "same"))
    assert ranks([7, 7], *measured, 权=[1, 2]) == (1, 1)  # a measure breaks no ties
    assert ranks([7, 9, 7, 7], *clauses, 权=[1, 2, 3, 3]) == (4, 1, 2, 2)
    assert ranks([7, 9, 7, 7], ir.Clause("rising"), *clauses, 权=[1, 2, 3, 3]) == (3, 4, 1, 1)
    further = (ir.Clause("ties", WEIGHT), ir.Clause("ties", KIND), ir.Clause("ties", None, "last"))
    assert ranks([7, 7, 7], *further, 权=[1, 1, 1], 类=["b", "a", "c"]) == (2, 3, 1)


def test_a_dense_rank_counts_the_ties_that_a_further_comparison_parts() -> None:
    dense = (ir.Clause("ties", WEIGHT), ir.Clause("ties", None, "dense"))
    assert ranks([7, 7, 7, 5], *dense, 权=[1, 3, 3, 9]) == (2, 1, 1, 3)


def test_only_rows_that_satisfy_the_condition_are_ranked() -> None:
    where = op("gt", WEIGHT, 0)
    found = ranks([7, 9, 8, 7], ir.Clause("ties", None, "same"), where=where, 权=[1, 0, 1, 0])
    not_ranked = reason("missing", "not ranked", "行.名次")
    assert found == (2, not_ranked, 1, not_ranked)
    assert found[1].causes[0].span == HERE


def test_a_rank_over_a_reason_is_that_reason() -> None:
    same = ir.Clause("ties", None, "same")
    assert ranks([7, PENDING], same) == (PENDING, PENDING)
    assert ranks([7, 8], same, where=op("gt", WEIGHT, 0), 权=[1, MISSING]) == (MISSING, MISSING)
    assert ranks([7, 8], ir.Clause("ties", WEIGHT), 权=[1, MISSING]) == (MISSING, MISSING)
    assert ranks([7, LEFT_OUT, 9], same) == (2, LEFT_OUT, 1)


# ---- populations


def units(*values: Value | int, **columns: Sequence[Value | int]) -> list[Given]:
    """Units with the fact f, and more facts by name."""

    def fraction(given: Value | int) -> Value:
        return Fraction(given) if isinstance(given, int) and not isinstance(given, bool) else given

    table = {"f": values, **columns}
    return [Given({name: fraction(column[i]) for name, column in table.items()}) for i in range(len(values))]


def together(expr: ir.Expr, given: Sequence[Given], population: ir.Expr | None = None, **definitions: ir.Expr) -> Any:
    """What ``x`` comes to for each unit."""
    facts = (fact("f"), fact("g"))
    outs = evaluate_population(program({**definitions, "x": expr}, *facts, population=population), given)
    return tuple(out.values["x"] for out in outs)


def test_an_aggregate_over_a_population_reads_every_unit() -> None:
    assert together(ir.Agg("sum", POPULATION, own("f")), units(1, 2, 4)) == (7, 7, 7)
    assert together(ir.Agg("count", POPULATION), units(1, 2, 4)) == (3, 3, 3)
    assert together(ir.Agg("sum", POPULATION, ir.Ref("y")), units(1, 2, 4), y=op("mul", own("f"), 2)) == (14, 14, 14)
    assert together(op("div", own("f"), ir.Agg("max", POPULATION, own("f"))), units(1, 4)) == (Fraction(1, 4), 1)


def test_a_population_of_one_is_none() -> None:
    found = value(ir.Agg("max", POPULATION, number(1), span=HERE))
    assert found == reason("undefined", "no population", "x")
    assert isinstance(found, Reason) and found.causes[0].span == HERE


def test_the_own_unit_is_within_reach_of_the_unit_at_hand() -> None:
    better = ir.Agg("count", POPULATION, None, op("gt", own("f"), ir.Ref("f", "fact", own=True)))
    assert together(better, units(5, 9, 5, 1)) == (1, 0, 1, 3)
    of_own = ir.Agg("sum", POPULATION, op("add", ir.Ref("y", own=True), own("f")))
    assert together(of_own, units(1, 2), y=op("mul", own("f"), 10)) == (23, 43)
    assert together(op("add", better, ir.Ref("f", "fact", own=True)), units(5, 9, 1)) == (6, 9, 3)
    assert together(op("add", better, own("f")), units(5, 9, 1)) == (6, 9, 3)


def test_a_population_within_a_population() -> None:
    # for each unit: the units that are better than at least one unit no worse than the unit itself
    inner = ir.Agg("count", POPULATION, None, op("lt", own("f"), ir.Ref("f", "fact", own=True)))
    outer = ir.Agg("sum", POPULATION, inner)
    assert together(outer, units(5, 9, 1)) == (3, 3, 3)
    above = ir.Agg("sum", POPULATION, op("add", inner, ir.Ref("f", "fact", own=True)))
    assert together(above, units(5, 9, 1)) == (18, 30, 6)


def test_only_units_of_the_population_take_part() -> None:
    taking_part = op("gt", own("g"), 0)
    given = units(5, 9, 1, g=[1, 0, 1])
    assert together(ir.Agg("sum", POPULATION, own("f")), given, taking_part) == (6, 6, 6)
    doubtful = units(5, 9, 1, g=[1, MISSING, 1])
    assert together(ir.Agg("sum", POPULATION, own("f")), doubtful, taking_part) == (6, 6, 6)
    same = (ir.Clause("ties", None, "same"),)
    ranked = ir.Agg("rank", POPULATION, own("f"), clauses=same)
    assert together(ranked, given, taking_part) == (1, reason("missing", "not ranked", "x"), 2)
    parted = ir.Agg("rank", POPULATION, own("f"), clauses=(ir.Clause("ties", op("add", own("g"), own("f"))), *same))
    lacking = units(5, 9, 1, g=[1, MISSING, 1])
    assert together(parted, lacking, taking_part) == (1, MISSING, 2)  # what it lacks itself comes first


def test_units_are_ranked() -> None:
    ranked = ir.Agg("rank", POPULATION, ir.Ref("y"), clauses=(ir.Clause("ties", None, "same"),))
    assert together(ranked, units(5, 9, 5, 1), y=op("neg", own("f"))) == (2, 4, 2, 1)


def test_a_reason_of_one_unit_is_one_of_all() -> None:
    assert together(ir.Agg("sum", POPULATION, own("f")), units(1, PENDING)) == (PENDING, PENDING)
    assert together(ir.Agg("sum", POPULATION, own("f")), units(1, LEFT_OUT)) == (1, 1)


def test_units_keep_apart_what_is_told_of_them() -> None:
    decided = ir.Case((arm(op("gt", own("f"), 3), 1, "high"), arm(None, 0, "low")))
    limited = fact("f", constraints=(ir.Constraint(op("le", own("f"), 8), "<= 8"),))
    given = [
        Given({"f": Fraction(5)}, {"j": Fraction(1)}, {"行": rows([1])}),
        Given({"f": Fraction(9)}, {"j": Fraction(7)}, {"行": rows([2, 3])}),
        Given({"f": Fraction(2)}),
    ]
    definitions: dict[str, ir.Expr] = {"x": decided, "y": judge(), "z": ir.Agg("sum", "行", VALUE)}
    first, second, third = evaluate_population(program(definitions, limited, lists=(ROWS,)), given)
    assert (first.values, texts(first.fired["x"]), first.violations) == ({"x": 1, "y": 1, "z": 1}, ["high"], [])
    assert third.values == {
        "x": 0,
        "y": reason("pending", "judgement", "j"),
        "z": reason("missing", "fact missing", "行"),
    }
    assert texts(third.fired["x"]) == ["low"]
    assert second.values == {
        "x": reason("undefined", "fact unusable", "f"),
        "y": reason("undefined", "judgement unusable", "j"),
        "z": 5,
    }
    assert [violation.bound for violation in second.violations] == ["<= 8", "range"]
    assert first.judgements == second.judgements == third.judgements == {"y": ["j"]}
    assert evaluate_expression(own("f"), third) == 2
    assert evaluate_expression(own("f"), first) == 5
    assert evaluate_expression(ir.Agg("count", POPULATION), first) == 3
    assert evaluate_expression(judge(), first) == 1
    assert evaluate_expression(ir.Agg("sum", "行", VALUE), second) == 5


def test_one_more_expression_over_one_of_two_like_units() -> None:
    given = [Given({"f": Fraction(1)}, {"j": Fraction(2)}), Given({"f": Fraction(1)}, {"j": Fraction(3)})]
    first, second = evaluate_population(program({"x": own("f")}, fact("f")), given)
    assert evaluate_expression(judge(), second) == 3
    assert evaluate_expression(judge(), first) == 2


def test_the_population_is_known_by_its_name() -> None:
    count = ir.Agg("count", "".join(["各", "单位"]))
    assert together(count, units(1, 2)) == (2, 2)
    assert value(count) == reason("undefined", "no population", "x")


def test_one_unit_among_others() -> None:
    out = evaluate(
        program({"x": ir.Agg("sum", POPULATION, own("f")), "y": judge()}, fact("f")),
        {"f": Fraction(1)},
        {"j": Fraction(3)},
        others=units(10, 20),
    )
    assert out.values == {"x": 31, "y": 3}
    assert out.facts == {"f": 1}


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


# ---- the records


def test_evaluations_share_nothing() -> None:
    first = run(judge(), judged={"j": Fraction(9)})
    assert first.violations and first.judgements
    assert Evaluation() == Evaluation({}, {}, {}, {}, [], {})
    assert run(number(1)).violations == []


def test_violations_are_values() -> None:
    one = Violation("f", Fraction(1), "<= 0")
    assert one == Violation("f", Fraction(1), "<= 0", False, None, None)
    assert one != Violation("f", Fraction(1), "<= 0", judged=True)
    assert hash(one) == hash(Violation("f", Fraction(1), "<= 0"))
    with pytest.raises(AttributeError):
        one.bound = "<= 1"  # type: ignore[misc]

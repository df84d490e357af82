"""Constants, references, definitions in order, one more expression, and the records that come out."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from rubriclang.backends.evaluation import POPULATION, Evaluation, Violation
from rubriclang.backends.interpreter import evaluate, evaluate_expression
from rubriclang.ir import nodes as ir
from rubriclang.ir.values import Value
from tests.interpreter.building import MISSING, fact, judge, number, op, own, program, reason, run, value


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

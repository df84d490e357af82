"""Several units evaluated together."""

from __future__ import annotations

from fractions import Fraction

from rubriclang.backends.evaluation import POPULATION, Given
from rubriclang.backends.interpreter import evaluate, evaluate_expression, evaluate_population
from rubriclang.ir import nodes as ir
from rubriclang.ir.values import Reason
from tests.interpreter.building import (
    HERE,
    LEFT_OUT,
    MISSING,
    PENDING,
    ROWS,
    VALUE,
    arm,
    fact,
    judge,
    number,
    op,
    own,
    program,
    reason,
    rows,
    texts,
    together,
    units,
    value,
)


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

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
    ranked = ir.Agg("rank", "".join(["各", "单位"]), own("f"))
    assert together(ranked, units(1, 2)) == (2, 1)
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


def test_a_unit_outside_the_population_is_not_ranked_though_it_equals_one_that_is() -> None:
    taking_part = op("gt", own("g"), 0)
    same = (ir.Clause("ties", None, "same"),)
    ranked = ir.Agg("rank", POPULATION, own("f"), clauses=same)
    not_ranked = reason("missing", "not ranked", "x")
    assert together(ranked, units(5, 5, 9, 5, g=[1, 0, 1, 1]), taking_part) == (2, not_ranked, 1, 2)
    refused = ir.Agg("rank", POPULATION, own("f"))  # of two of 5 one takes part: no tie
    assert together(refused, units(5, 5, 9, g=[1, 0, 1]), taking_part) == (2, not_ranked, 1)
    narrowed = ir.Agg("rank", POPULATION, own("f"), op("lt", own("f"), 9), clauses=same)
    assert together(narrowed, units(5, 9, 9, 3)) == (1, not_ranked, not_ranked, 2)


def test_what_a_unit_outside_the_population_lacks_comes_before_its_not_being_ranked() -> None:
    taking_part = op("eq", own("f"), 1)
    ranked = ir.Agg("rank", POPULATION, own("f"), op("gt", own("g"), 0), clauses=(ir.Clause("ties", None, "same"),))
    not_ranked = reason("missing", "not ranked", "x")
    assert together(ranked, units(1, 2, 3, g=[1, MISSING, 1]), taking_part) == (1, MISSING, not_ranked)
    assert together(ranked, units(1, 2, 3, g=[1, 0, PENDING]), taking_part) == (1, not_ranked, PENDING)


def test_units_are_ranked_in_groups_with_ties() -> None:
    """Of 9, 7, 7, 7 and 5 the middle ones share the places 2, 3 and 4; from below 9 and 5 change places."""
    given = units(7, 9, 7, 5, 7)
    expected = {"same": "2 1 2 5 2", "dense": "2 1 2 3 2", "last": "4 1 4 5 4", "mean": "3 1 3 5 3"}
    below = {"same": "2 5 2 1 2", "dense": "2 3 2 1 2", "last": "4 5 4 1 4", "mean": "3 5 3 1 3"}
    for word, places in expected.items():
        ties = ir.Clause("ties", None, word)
        assert together(ir.Agg("rank", POPULATION, own("f"), clauses=(ties,)), given) == tuple(
            map(Fraction, places.split())
        )
        rising = ir.Agg("rank", POPULATION, own("f"), clauses=(ties, ir.Clause("rising", None, "rising")))
        assert together(rising, given) == tuple(map(Fraction, below[word].split()))


def test_imposed_values_are_those_of_the_first_unit_alone() -> None:
    definitions: dict[str, ir.Expr] = {
        "a": op("mul", own("f"), 10),
        "b": op("add", ir.Ref("a"), 1),
        "x": ir.Agg("sum", POPULATION, ir.Ref("a")),
    }
    made = program(definitions, fact("f"))
    outs = evaluate_population(made, units(1, 2, 3), imposed={"a": Fraction(7)})
    assert [out.values for out in outs] == [
        {"a": 7, "b": 8, "x": 57},  # 7 + 20 + 30
        {"a": 20, "b": 21, "x": 57},
        {"a": 30, "b": 31, "x": 57},
    ]
    none = evaluate_population(made, units(1, 2), imposed={"z": Fraction(7)})
    assert [out.values["a"] for out in none] == [10, 20]
    for others in ((), units(2, 3)):
        out = evaluate(made, {"f": Fraction(1)}, others=others, imposed={"a": PENDING})
        assert out.values["b"] == PENDING
    zero = evaluate(made, {"f": Fraction(1)}, imposed={"a": Fraction(0)})
    assert zero.values["b"] == 1


def test_a_value_replaced_for_all_units_comes_before_one_imposed_on_the_first() -> None:
    definitions: dict[str, ir.Expr] = {"a": own("f"), "x": own("f")}
    outs = evaluate_population(
        program(definitions, fact("f")),
        units(1, 2),
        replaced={"a": Fraction(5)},
        imposed={"a": Fraction(7), "x": Fraction(8)},
    )
    assert [out.values for out in outs] == [{"a": 5, "x": 8}, {"a": 5, "x": 2}]


def test_pending_points_are_taken_at_their_bounds_for_the_first_unit_alone() -> None:
    definitions: dict[str, ir.Expr] = {"a": judge(1, 5), "x": ir.Agg("list", POPULATION, ir.Ref("a"))}
    given = [Given({}), Given({}, {"j": Fraction(2)}), Given({}, {"j": Fraction(3)})]
    for side, bound in (("low", 1), ("high", 5)):
        outs = evaluate_population(program(definitions), given, pending_as=side)  # type: ignore[arg-type]
        assert [out.values["a"] for out in outs] == [bound, 2, 3]
        assert [out.values["x"] for out in outs] == [(bound, 2, 3)] * 3
    pending = reason("pending", "judgement", "j")
    outs = evaluate_population(program(definitions), [*given[1:], Given({})], pending_as="low")
    assert [out.values["a"] for out in outs] == [2, 3, pending]
    assert [out.values["x"] for out in outs] == [pending] * 3
    inside = ir.Agg("list", POPULATION, judge(1, 5))
    outs = evaluate_population(program({"x": inside}), [Given({})] * 2, pending_as="high")
    assert [out.values["x"] for out in outs] == [pending] * 2


def test_the_own_unit_outside_any_population_is_the_unit_itself() -> None:
    given = [Given({"f": Fraction(n)}, {}, {"行": rows([n] * n)}) for n in (1, 2)]
    definitions: dict[str, ir.Expr] = {"行.x": op("mul", VALUE, ir.Ref("f", "fact", own=True))}
    outs = evaluate_population(program(definitions, fact("f"), lists=(ROWS,)), given)
    assert [out.values["行.x"] for out in outs] == [(1,), (4, 4)]
    assert [evaluate_expression(ir.Ref("f", "fact", own=True), out) for out in outs] == [1, 2]

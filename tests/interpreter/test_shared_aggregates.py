"""Aggregates over all units are worked out once for a definition, where every unit would come to the same."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from rubriclang.backends.evaluation import POPULATION, Evaluation, Given
from rubriclang.backends.interpreter import evaluate_expression, evaluate_population
from rubriclang.ir import nodes as ir
from rubriclang.ir.values import Reason
from tests.interpreter.building import (
    HERE,
    MISSING,
    ROWS,
    THERE,
    VALUE,
    arm,
    const,
    fact,
    number,
    op,
    own,
    program,
    reason,
    rows,
    texts,
    units,
)

OWN = ir.Ref("f", "fact", own=True)


def told(expr: ir.Expr, text: str = "told") -> ir.Case:
    """The expression itself; each time it is evaluated for a unit, the unit is told so."""
    return ir.Case((arm(None, expr, text),))


def scored(given: list[Given], expr: ir.Expr, **options: Any) -> list[Evaluation]:
    return evaluate_population(program({"x": expr}, fact("f"), fact("g"), **options), given)


def values(given: list[Given], expr: ir.Expr, **options: Any) -> tuple[Any, ...]:
    return tuple(out.values["x"] for out in scored(given, expr, **options))


def times(given: list[Given], expr: ir.Expr, **options: Any) -> list[int]:
    """How often the definition was told of each unit."""
    return [len(out.fired.get("x", ())) for out in scored(given, expr, **options)]


FACT = ir.Agg("sum", POPULATION, told(own("f")))


def test_what_is_the_same_for_every_unit_is_worked_out_once() -> None:
    assert values(units(1, 2, 4), FACT) == (7, 7, 7)
    assert times(units(1, 2, 4), FACT) == [1, 1, 1]
    assert times(units(1, 2, 4), ir.Agg("sum", "".join(["各", "单位"]), told(own("f")))) == [1, 1, 1]


@pytest.mark.parametrize(
    "clauses",
    [
        (ir.Clause("take", number(2)),),
        (ir.Clause("drop lowest", op("add", 0, 1)), ir.Clause("sort", own("f"), "rising")),
        (ir.Clause("weight", own("f")), ir.Clause("measure", own("f"))),
        (ir.Clause("best per", own("f")), ir.Clause("rising", None, "rising")),
    ],
)
def test_clauses_that_look_at_no_unit_in_particular_keep_it_so(clauses: tuple[ir.Clause, ...]) -> None:
    assert times(units(1, 2, 4), ir.Agg("list", POPULATION, told(own("f")), clauses=clauses)) == [1, 1, 1]
    where = op("ge", own("f"), 2)
    assert times(units(1, 2, 4), ir.Agg("list", POPULATION, told(own("f")), where, clauses=clauses)) == [0, 1, 1]


def test_a_rank_looks_at_all_once_and_at_each_itself() -> None:
    ranked = ir.Agg("rank", POPULATION, told(own("f")), clauses=(ir.Clause("ties", None, "same"),))
    assert values(units(5, 9, 5), ranked) == (2, 1, 2)
    assert times(units(5, 9, 5), ranked) == [2, 2, 2]


def test_two_aggregates_that_say_the_same_are_told_both() -> None:
    again = ir.Agg("sum", POPULATION, told(own("f")))
    assert values(units(1, 2), op("add", FACT, again)) == (6, 6)
    assert times(units(1, 2), op("add", FACT, again)) == [2, 2]
    assert times(units(1, 2), op("add", FACT, FACT)) == [1, 1]  # one and the same


def test_what_reads_the_own_unit_is_not_shared() -> None:
    """Sums of the differences from 1, 2 and 4: 7 − 3, 7 − 6 and 7 − 12."""
    assert values(units(1, 2, 4), ir.Agg("sum", POPULATION, op("add", own("f"), op("neg", OWN)))) == (4, 1, -5)
    above = op("gt", own("f"), OWN)
    assert values(units(1, 2, 4), ir.Agg("count", POPULATION, None, above)) == (2, 1, 0)
    assert values(units(1, 2, 4), ir.Agg("mean", POPULATION, own("f"), clauses=(ir.Clause("weight", OWN),))) == (
        Fraction(7, 3),
        Fraction(7, 3),
        Fraction(7, 3),
    )
    nearest = (ir.Clause("sort", op("abs", op("add", own("f"), op("neg", OWN))), "rising"),)
    assert values(units(1, 2, 4), ir.Agg("list", POPULATION, own("f"), clauses=nearest)) == (
        (1, 2, 4),
        (2, 1, 4),
        (4, 2, 1),
    )
    deep = ir.Agg("sum", POPULATION, ir.Case((arm(above, 1, "above"), arm(None, 0, "not"))))
    assert values(units(1, 2, 4), deep) == (2, 1, 0)


@pytest.mark.parametrize("kind", ["take", "drop lowest", "drop highest"])
def test_a_cut_by_what_the_unit_says_is_not_shared(kind: Any) -> None:
    """Of 3, 1 and 2 so many of the best, or all but so many of the lowest or highest, as the unit says itself."""
    expected = {
        "take": ((3, 1, 2), (3,), (3, 2)),
        "drop lowest": ((), (3, 2), (3,)),
        "drop highest": ((), (1, 2), (1,)),
    }[kind]
    for amount in (own("f"), op("add", own("f"), 0), op("mul", 1, op("add", 0, own("f")))):
        cut = ir.Agg("list", POPULATION, own("f"), clauses=(ir.Clause(kind, amount),))
        assert values(units(3, 1, 2), cut) == expected


def test_a_cut_by_the_rows_of_the_unit_is_not_shared() -> None:
    """取前 = 个数（行）: the units have 1, 3 and 2 rows."""
    given = [Given({"f": Fraction(n)}, {}, {"行": rows([7] * count)}) for n, count in ((1, 1), (2, 3), (3, 2))]
    cut = ir.Agg("sum", POPULATION, own("f"), clauses=(ir.Clause("take", ir.Agg("count", "行")),))
    assert values(given, cut, lists=(ROWS,)) == (3, 6, 5)


def test_a_cut_by_what_a_judge_says_of_the_unit_is_not_shared() -> None:
    given = [Given({"f": Fraction(n)}, {"j": Fraction(n)}) for n in (1, 2)]
    cut = ir.Agg("sum", POPULATION, own("f"), clauses=(ir.Clause("take", ir.Judge("j", number(0), number(5))),))
    assert values(given, cut) == (2, 3)


def test_the_rows_of_a_list_are_never_shared() -> None:
    """Also of one whose name comes before 各单位 in the order of characters."""
    table = ir.ListFact("a", (fact("值"),))
    given = [Given({}, {}, {name: rows(numbers) for name in ("a", "行")}) for numbers in ([1, 2], [10], [])]
    tree = op("add", ir.Agg("sum", "a", ir.Ref("a.值", "column")), ir.Agg("count", "a"))
    assert values(given, tree, lists=(table, ROWS)) == (5, 11, 0)
    assert values(given, ir.Agg("sum", "行", VALUE), lists=(table, ROWS)) == (3, 10, 0)
    outside = ir.Agg("sum", POPULATION, ir.Agg("sum", "a", ir.Ref("a.值", "column")))
    assert values(given, outside, lists=(table, ROWS)) == (13, 13, 13)


def test_an_aggregate_within_a_row_is_worked_out_for_each_row() -> None:
    """The rows of all units lie side by side: first rows 1 and 10, second rows 2 and 20."""
    given = [Given({}, {}, {"行": rows(numbers)}) for numbers in ([1, 2], [10, 20])]
    made = program({"行.x": ir.Agg("sum", POPULATION, VALUE)}, lists=(ROWS,))
    assert [out.values["行.x"] for out in evaluate_population(made, given)] == [(11, 22), (11, 22)]
    within = ir.Agg("list", "行", op("add", VALUE, ir.Agg("max", POPULATION, VALUE)))
    assert values(given, within, lists=(ROWS,)) == ((11, 22), (20, 40))


def test_each_definition_and_each_question_looks_anew() -> None:
    """The cause of a reason is named after where it came up, so nothing may be carried over."""
    by_zero = ir.Agg("sum", POPULATION, op("div", own("f"), 0))
    outs = evaluate_population(program({"y": by_zero, "x": by_zero}, fact("f")), units(1, 2))
    for out in outs:
        assert out.values == {name: reason("undefined", "zero denominator", name) for name in ("y", "x")}
        assert evaluate_expression(by_zero, out) == reason("undefined", "zero denominator", "?")


def test_rows_that_are_done_with_keep_nothing_from_being_shared() -> None:
    given = [Given({"f": Fraction(n)}, {}, {"行": rows([n, n])}) for n in (1, 2, 4)]
    assert times(given, FACT, lists=(ROWS,)) == [1, 1, 1]
    assert values(given, op("add", ir.Agg("sum", "行", VALUE), FACT), lists=(ROWS,)) == (9, 11, 15)
    assert times(given, op("add", ir.Agg("sum", "行", VALUE), FACT), lists=(ROWS,)) == [1, 1, 1]


def test_a_shared_reason_has_the_place_of_its_own_aggregate() -> None:
    def none(span: Any) -> ir.Agg:
        return ir.Agg("mean", POPULATION, own("f"), const(False), span=span)

    for expr, span in ((none(HERE), HERE), (none(THERE), THERE)):
        for found in values(units(1, 2), expr):
            assert isinstance(found, Reason) and [cause.span for cause in found.causes] == [span]


def test_a_reason_that_is_shared_is_one_of_every_unit() -> None:
    assert values(units(1, MISSING, 3), FACT) == (MISSING, MISSING, MISSING)
    assert times(units(1, MISSING, 3), FACT) == [1, 1, 1]


def test_only_units_that_take_part_are_told() -> None:
    given = units(1, 2, 4, g=[1, 0, 1])
    assert values(given, FACT, population=op("gt", own("g"), 0)) == (5, 5, 5)
    assert times(given, FACT, population=op("gt", own("g"), 0)) == [1, 0, 1]


def test_an_aggregate_of_a_later_question_is_worked_out_once_for_it() -> None:
    first, second = scored(units(1, 2), const(0))
    assert evaluate_expression(op("add", FACT, FACT), first) == 6
    assert [texts(out.fired["?"]) for out in (first, second)] == [["told"], ["told"]]

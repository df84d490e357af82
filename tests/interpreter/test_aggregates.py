"""Aggregates over rows and parts, and the clauses that narrow or order them."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from typing import Any, Literal

import pytest

from rubriclang.ir import nodes as ir
from rubriclang.ir.aggregates import Item, drop, ordered
from rubriclang.ir.values import Reason, Value
from tests.interpreter.building import (
    HERE,
    KIND,
    LEFT_OUT,
    MISSING,
    PENDING,
    UNDEFINED,
    VALUE,
    WEIGHT,
    const,
    number,
    op,
    over,
    reason,
    rows,
    value,
)


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


def test_cuts_come_in_one_order_whatever_the_order_of_the_clauses() -> None:
    """Without the highest and the lowest 8, 5, 3 are left, of which the best two count, in the order of the rows."""
    cuts = (
        ir.Clause("drop highest", number(1)),
        ir.Clause("drop lowest", number(1)),
        ir.Clause("take", number(2)),
        ir.Clause("best per", KIND),
    )
    given = rows([3, 9, 8, 1, 5, 2], 类=list("甲乙丙丁戊甲"))  # 2 is not the best of 甲
    for clauses in permutations(cuts):
        assert over("list", given, clauses=clauses) == (8, 5)
    with_weights = (*cuts[:3], ir.Clause("weight", VALUE), ir.Clause("sort", VALUE, "rising"))
    for clauses in permutations(with_weights):
        assert over("list", rows([9, 8, 5, 3, 1]), clauses=clauses) == (5, 8)
        assert over("mean", rows([9, 8, 5, 3, 1]), clauses=clauses) == Fraction(8 * 8 + 5 * 5, 13)


def test_several_cuts_of_one_kind_add_up() -> None:
    twice = (ir.Clause("drop lowest", number(1)), ir.Clause("take", number(4)), ir.Clause("drop lowest", number(2)))
    assert over("list", rows([6, 5, 4, 3, 2, 1]), clauses=twice) == (6, 5, 4)
    assert over("list", rows([6, 5, 4]), clauses=(ir.Clause("take", number(1)), ir.Clause("take", number(2)))) == (6,)


def test_the_best_part_of_each_key() -> None:
    parts = (const(3), const(1), const(2), const(7))
    keys = tuple((ir.Clause("best per", const(key)),) for key in "甲甲乙丙")
    assert value(ir.Agg("list", "", items=parts, item_clauses=keys)) == (3, 2, 7)
    assert value(ir.Agg("sum", "", items=parts, item_clauses=keys)) == 12
    cut = (ir.Clause("drop highest", number(1)),)
    assert value(ir.Agg("list", "", items=parts, clauses=cut, item_clauses=keys)) == (3, 2)
    weighed = tuple((ir.Clause("weight", number(n)), *own) for n, own in enumerate(keys, 1))
    assert value(ir.Agg("mean", "", items=parts, item_clauses=weighed)) == Fraction(3 * 1 + 2 * 3 + 7 * 4, 8)
    left_out = (const(LEFT_OUT), *parts[1:])
    assert value(ir.Agg("list", "", items=left_out, item_clauses=keys)) == (1, 2, 7)
    missing = (*keys[:3], (ir.Clause("best per", const(MISSING)),))
    assert value(ir.Agg("list", "", items=parts, item_clauses=missing)) == MISSING


def test_rows_are_alike_wherever_they_stand() -> None:
    assert Item(Fraction(1), at=1) == Item(Fraction(1), at=2)
    assert Item(Fraction(1)).at == 0

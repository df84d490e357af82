"""Places of rows among all."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from rubriclang.backends.evaluation import Given
from rubriclang.backends.interpreter import evaluate_population
from rubriclang.ir import nodes as ir
from rubriclang.ir.aggregates import Item, Standing, place, standings
from tests.interpreter.building import (
    HERE,
    KIND,
    LEFT_OUT,
    MISSING,
    PENDING,
    VALUE,
    WEIGHT,
    arm,
    fact,
    listed,
    op,
    program,
    ranks,
    reason,
    rows,
)


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


def test_standings_count_rows_and_groups_ahead() -> None:
    """9, then two of 7, then 5: ahead of the 7s is 1 row in 1 group, ahead of the 5 are 3 rows in 2 groups."""
    items = [Item(Fraction(worth), at=at) for at, worth in ((4, 7), (9, 5), (1, 9), (6, 7))]
    assert standings(items, rising=False) == {
        1: Standing(0, 0, 1),
        4: Standing(1, 1, 2),
        6: Standing(1, 1, 2),
        9: Standing(3, 2, 1),
    }
    assert standings(items, rising=True) == {
        9: Standing(0, 0, 1),
        4: Standing(1, 1, 2),
        6: Standing(1, 1, 2),
        1: Standing(3, 2, 1),
    }
    assert standings([], rising=False) == {}


def test_ties_are_parted_one_comparison_after_the_other() -> None:
    parted = (ir.Clause("ties", WEIGHT), ir.Clause("ties", KIND), ir.Clause("ties", None, "dense"))
    columns: dict[str, Any] = {"权": [1, 2, 1, 2, 9], "类": ["b", "a", "c", "a", "a"]}
    # 8 first; of the 7s those of weight 2, which are alike, then c before b
    assert ranks([7, 7, 7, 7, 8], *parted, **columns) == (4, 2, 3, 2, 1)
    assert ranks([7, 7, 7, 7, 8], ir.Clause("rising"), *parted, **columns) == (3, 1, 2, 1, 4)
    last = (*parted[:2], ir.Clause("ties", None, "last"))
    assert ranks([7, 7, 7, 7, 8], *last, **columns) == (5, 3, 4, 3, 1)


@pytest.mark.parametrize(
    ("ties", "places"),
    [("same", "1 2 2 4"), ("dense", "1 2 2 3"), ("last", "1 3 3 4"), ("mean", "1 5/2 5/2 4")],
)
def test_the_place_of_a_standing(ties: str, places: str) -> None:
    stands = standings([Item(Fraction(worth), at=at) for at, worth in enumerate((9, 7, 7, 5))], rising=False)
    assert tuple(place(stands[at], ties) for at in range(4)) == tuple(map(Fraction, places.split()))


def test_rows_of_any_list_may_be_ranked() -> None:
    """A list whose name comes before 各单位 in the order of characters."""
    table = ir.ListFact("a", (fact("值"),))
    ranked = ir.Agg("rank", "a", ir.Ref("a.值", "column"), clauses=(ir.Clause("ties", None, "same"),))
    lists = {"a": rows([5, 9, 7])}
    others = [Given({}, {}, {"a": rows([1])}), Given({}, {}, {"a": rows([2, 3, 3])})]
    made = program({"a.名次": ranked}, lists=(table,))
    first, *rest = evaluate_population(made, [Given({}, {}, lists), *others])
    assert first.values["a.名次"] == (3, 1, 2)
    assert [out.values["a.名次"] for out in rest] == [(1,), (3, 1, 1)]


def test_what_breaks_ties_is_asked_of_rows_that_are_ranked_only() -> None:
    asked = ir.Clause("ties", ir.Case((arm(None, 1, "asked"),)))
    same = ir.Clause("ties", None, "same")
    out = listed({"行.名次": ir.Agg("rank", "行", VALUE, clauses=(asked, same))}, rows([7, LEFT_OUT]))
    assert out.values["行.名次"] == (1, LEFT_OUT)
    assert len(out.fired["行.名次"]) == 3  # of the 7: among the rows, for each of both places, and for its own place

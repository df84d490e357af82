"""Places of rows among all."""

from __future__ import annotations

from fractions import Fraction

import pytest

from rubriclang.ir import nodes as ir
from tests.interpreter.building import HERE, KIND, LEFT_OUT, MISSING, PENDING, WEIGHT, op, ranks, reason


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

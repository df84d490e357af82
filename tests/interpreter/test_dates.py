"""Days, months and later dates."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.interpreter.building import number, op, reason, value


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
        ("months", date(2019, 3, 20), date(2019, 5, 15), Fraction(55, 30)),  # to April 20, and 25 of 30 days
        ("months", date(2019, 5, 15), date(2019, 3, 20), Fraction(-55, 30)),  # the same backwards
        ("months", date(2020, 1, 31), date(2020, 2, 29), Fraction(1)),
        ("months", date(2020, 1, 31), date(2020, 2, 28), Fraction(28, 29)),
        ("months", date(2020, 2, 29), date(2021, 2, 28), Fraction(12)),
        ("months", date(2019, 1, 30), date(2019, 3, 1), Fraction(31, 30)),  # to February 28, and 1 of 30 to March 30
        ("months", date(2019, 8, 31), date(2019, 10, 1), Fraction(32, 31)),  # to September 30, and 1 of 31 days
        ("months", date(2019, 12, 31), date(2020, 1, 1), Fraction(1, 31)),
        ("months", date(1, 1, 1), date(1, 1, 17), Fraction(16, 31)),
        ("months", date(1, 1, 1), date(3, 1, 1), Fraction(24)),
        ("months", date(1, 1, 1), date(9999, 12, 1), Fraction(9998 * 12 + 11)),
        ("months", date(9999, 12, 1), date(9999, 12, 31), Fraction(30, 31)),  # of the 31 days to January 1, 10000
        ("months", date(9999, 12, 30), date(9999, 12, 31), Fraction(1, 31)),
        ("months", date(9999, 12, 31), date(9999, 12, 31), Fraction(0)),
        ("months", date(2000, 1, 31), date(9999, 12, 31), Fraction(7999 * 12 + 11)),
        ("months", date(9999, 11, 30), date(9999, 12, 31), Fraction(32, 31)),  # to December 30, and 1 of 31 days
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

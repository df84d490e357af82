"""Numbers past 131,072 bits of numerator or denominator are refused; those just within are carried exactly."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest

from rubriclang.backends.interpreter import evaluate
from rubriclang.ir import nodes as ir
from rubriclang.ir.reals import Real
from rubriclang.ir.values import Reason
from tests.interpreter.building import HERE, WEIGHT, const, number, op, over, program, reason, rows, value

LARGE = Fraction(2**131_071)  # 131,072 binary digits: a 1 and 131,071 zeros; twice that has one digit too many
SMALL = 1 / LARGE
LARGEST = 2 * LARGE - 1  # 131,072 ones
TOO_LARGE = reason("undefined", "too large", "x")


@pytest.mark.parametrize(
    ("operator", "operands", "expected"),
    [
        ("add", (LARGEST, 0), LARGEST),
        ("add", (LARGEST, 1), None),
        ("add", (-LARGEST, -1), None),
        ("add", (LARGE, LARGE - 1), LARGEST),
        ("add", (LARGE, LARGE), None),
        ("add", (LARGE, LARGE, -LARGE), None),  # on the way
        ("add", (LARGE, -LARGE, LARGE), LARGE),
        ("add", (SMALL, SMALL), 2 * SMALL),
        ("add", (SMALL, Fraction(1, 3)), None),  # the denominator is 3 × 2^131071
        ("mul", (LARGE, 1), LARGE),
        ("mul", (LARGE, 2), None),
        ("mul", (SMALL, Fraction(1, 2)), None),
        ("mul", (LARGE, SMALL), Fraction(1)),
        ("mul", (LARGE, 2, Fraction(1, 2)), None),  # on the way
        ("div", (LARGE, 2), LARGE / 2),
        ("div", (LARGE, Fraction(1, 2)), None),
        ("div", (SMALL, 1), SMALL),
        ("div", (SMALL, 2), None),
        ("div", (SMALL, SMALL), Fraction(1)),
        ("neg", (LARGEST,), -LARGEST),
    ],
)
def test_sums_products_and_quotients(operator: str, operands: tuple[Any, ...], expected: Fraction | None) -> None:
    assert value(op(operator, *operands)) == (TOO_LARGE if expected is None else expected)


def test_what_is_too_large_is_named_with_its_place() -> None:
    found = value(op("add", 1, op("mul", LARGE, 2, span=HERE)))
    assert found == TOO_LARGE
    assert isinstance(found, Reason) and found.causes[0].span == HERE


def test_a_long_sum_is_the_plain_sum() -> None:
    """Denominators 1, 4, 9, …: the sum keeps them small by halves, and comes to what one by one comes to."""
    for count in (7, 8, 9, 10, 16, 17, 100, 101):
        terms = [Fraction((-1) ** n, n * n) for n in range(1, count + 1)]
        plain = Fraction(0)
        for term in terms:
            plain += term
        assert value(op("add", *terms)) == plain
        assert over("sum", rows([f"{term}" for term in terms])) == plain
        assert over("mean", rows([f"{term}" for term in terms])) == plain / count


def test_up_to_eight_numbers_are_added_one_by_one_and_more_by_halves() -> None:
    eight = (LARGE, 0, 0, 0, LARGE, -LARGE, 0, 0)
    assert value(op("add", *eight)) == TOO_LARGE  # the fifth brings it to 2^131072
    assert value(op("add", *eight, 0)) == LARGE  # the first four, and the other five, which come to 0
    # One by one the twelfth would be too much; a third, a quarter or all but two of them set apart, two of LARGE meet.
    first, second = (-LARGE, 0, 0, 0, 0, LARGE, LARGE, 0), (-LARGE, 0, LARGE, LARGE, 0, 0, 0, -LARGE)
    assert value(op("add", *first, *second)) == LARGE
    nine = [LARGE / 4] * 9  # by halves 4/4 and 5/4 of it, together 9/4
    assert value(op("add", *nine)) == TOO_LARGE
    assert value(op("add", *nine[:8], 0)) == TOO_LARGE  # 8/4 are 2^131072
    assert value(op("add", *nine[:7], 0, 0)) == LARGE * 7 / 4


@pytest.mark.parametrize(
    ("base", "exponent", "expected"),
    [
        (Fraction(2**131), 1000, Fraction(2**131_000)),
        (Fraction(1, 2**131), -1000, Fraction(2**131_000)),
        (Fraction(2**132), 1000, None),  # told beforehand: 132 × 1000 binary digits and one
        (Fraction(2**132), -1000, None),
        (Fraction(1, 2**132), 1000, None),
        (Fraction(2**132 - 1), 1000, None),  # might have fitted, by its 132 binary digits; has 132,000
        (Fraction(2**524), Fraction(999, 2), None),  # the root is 2^262, its power 2^261738
        (LARGE / 2, Fraction(1, 2), Fraction(2**65_535)),
    ],
)
def test_powers(base: Fraction, exponent: Any, expected: Fraction | None) -> None:
    found = value(op("pow", base, exponent))
    assert found == (TOO_LARGE if expected is None else expected)


@pytest.mark.parametrize(
    ("base", "exponent", "large"),
    [
        ("2", "131072", False),  # 2^131072 has 131,073 binary digits, but that many by the first look may fit
        ("2", "131073", True),
        ("2", "-131073", True),
        ("-3", "131072", False),
        ("-3", "131073", True),
        ("4", "65536", False),
        ("4", "65537", True),
        ("1/4", "65536", False),
        ("1/4", "65537", True),
        ("1", "131073", False),
        ("-1", "-131073", False),
    ],
)
def test_powers_with_exponents_out_of_use(base: str, exponent: str, large: bool) -> None:
    """Exponents past 1000 have no value; of those that are too large as well, that is said, told without computing."""
    found = value(op("pow", number(base), number(exponent)))
    assert found == (TOO_LARGE if large else reason("undefined", "not defined", "power"))


def test_powers_of_zero() -> None:
    """Zero to a power below zero is one over zero, whole power or not."""
    for exponent in ("-1", "-2", "-131073", "-1/2"):
        assert value(op("pow", 0, number(exponent))) == reason("undefined", "zero denominator", "x")
    assert value(op("pow", 0, number("1/2"))) == 0


def test_powers_of_and_by_reals() -> None:
    thousandths = number("0.001")
    root = op("sqrt", 2)
    assert value(ir.Round("half up", thousandths, op("pow", root, 3))) == Fraction("2.828")  # 2 × 1.41421356
    assert value(ir.Round("half up", thousandths, op("pow", root, -1))) == Fraction("0.707")
    assert value(ir.Round("half up", thousandths, op("pow", 2, root))) == Fraction("2.665")  # 2^√2 = 2.66514414…
    assert value(op("pow", number("1/4"), number("3/2"))) == Fraction(1, 8)


def test_reals_are_measured_by_their_bounds() -> None:
    """e^10000 has 14,427 binary digits (10000 ÷ ln 2); nine such factors have 129,843, ten have 144,270."""
    large, small = op("exp", 10_000), op("exp", -10_000)
    for factor in (large, small, op("neg", large)):
        assert isinstance(value(op("mul", *[factor] * 9)), Real)
        assert value(op("mul", *[factor] * 10)) == TOO_LARGE
        assert value(op("div", op("mul", *[factor] * 9), op("div", 1, factor))) == TOO_LARGE
    assert isinstance(value(op("add", large, large)), Real)


@pytest.mark.parametrize(
    "bounds", [(Fraction(0), 2 * LARGE), (-2 * LARGE, Fraction(0)), (SMALL / 2, Fraction(1)), (Fraction(0), SMALL / 2)]
)
def test_one_bound_that_is_too_long_is_enough(bounds: tuple[Fraction, Fraction]) -> None:
    assert value(op("add", const(Real(lambda _: bounds, "x")), 0)) == TOO_LARGE


def test_reals_that_shrink_or_stay_near_one_end_too() -> None:
    """Each squares the one before: without a bound for their length the last would fill any memory."""
    for exponent in ("-10000", "1/1000000000"):
        squares: dict[str, ir.Expr] = {"x0": op("exp", number(exponent))}
        squares |= {f"x{n}": op("mul", ir.Ref(f"x{n - 1}"), ir.Ref(f"x{n - 1}")) for n in range(1, 40)}
        values = evaluate(program(squares), {}).values
        assert isinstance(values["x2"], Real)
        found = values["x39"]
        assert isinstance(found, Reason) and [cause.kind for cause in found.causes] == ["too large"]


def test_means_and_medians() -> None:
    weigh = (ir.Clause("weight", WEIGHT),)
    assert value(ir.Agg("mean", "", items=(const(SMALL), const(0)))) == TOO_LARGE  # half of it
    assert value(ir.Agg("mean", "", items=(const(SMALL), const(SMALL)))) == SMALL
    assert over("mean", rows([LARGE, 0], 权=[1, "-1/2"]), clauses=weigh) == TOO_LARGE  # LARGE ÷ 1/2
    assert over("mean", rows([LARGE, 0], 权=[1, 1]), clauses=weigh) == LARGE / 2
    assert value(ir.Agg("median", "", items=(const(SMALL), const(0)))) == TOO_LARGE
    assert value(ir.Agg("median", "", items=(const(LARGE), const(LARGE)))) == LARGE
    assert value(ir.Agg("median", "", items=(const(LARGE), const(LARGE), const(LARGEST)))) == LARGE


def test_too_large_sums_of_rows_and_measures() -> None:
    assert over("sum", rows([LARGE, LARGE])) == TOO_LARGE
    assert over("count", rows([LARGE, LARGE])) == 2
    measured = (ir.Clause("measure", WEIGHT), ir.Clause("take", number(1)))
    assert over("sum", rows([1, 2], 权=[LARGE, LARGE]), clauses=measured) == TOO_LARGE


def test_what_is_too_large_behaves_like_any_reason() -> None:
    large = op("mul", LARGE, 2)
    assert value(op("or", True, op("gt", large, 1))) is True
    for operands in permutations((large, const(1))):
        assert value(op("max", *operands)) == TOO_LARGE
    assert value(ir.Round("down", number(1), large)) == TOO_LARGE


def test_long_numbers_have_roots_and_logarithms() -> None:
    """Numbers of more than 4,300 digits, which Python would not write out."""
    thousandths = number("0.001")
    beside = Fraction(10**5000 + 1)
    assert value(ir.Round("half up", thousandths, op("log10", beside))) == 5000
    assert value(ir.Round("half up", thousandths, op("ln", beside))) == Fraction("11512.925")  # 5000 × 2.302585093
    assert value(op("gt", op("sqrt", beside), Fraction(10**2499))) is True
    assert value(op("pow", 10**39_000, Fraction(1, 3))) == 10**13_000
    assert value(op("pow", 10**39_000, Fraction(2, 1000))) == 10**78
    assert value(op("pow", Fraction(3**700, 2**140), Fraction(1, 7))) == Fraction(3**100, 2**20)
    assert value(op("gt", op("pow", 10**9000 + 1, Fraction(1, 3)), Fraction(10**2999))) is True

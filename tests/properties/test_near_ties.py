"""Logarithms, roots and powers within a hair of a band's edge, against mpmath and whole-number arithmetic.

The edges are convergents of continued fractions (the closest fractions of their size there are), and decimals cut off
one digit above and below the true value, up to fifty places on.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor, isqrt

import mpmath
import pytest
from hypothesis import given, strategies as st

import rubriclang
from rubriclang.ir.reals import UndecidedError, exp, ln, log10, power, sqrt
from tests.strategies.budget import examples
from tests.strategies.numbers import decimal_text

_DIGITS = 400


def _exact(value: mpmath.mpf) -> Fraction:
    """An mpmath number as the fraction it is."""
    sign, mantissa, exponent, _ = value._mpf_
    whole = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    return -whole if sign else whole


def _true(function: str, x: Fraction, y: Fraction = Fraction(1)) -> Fraction:
    """The value to some hundred digits, by mpmath."""
    with mpmath.workdps(_DIGITS):
        a = mpmath.mpf(x.numerator) / x.denominator
        b = mpmath.mpf(y.numerator) / y.denominator
        named = {"自然对数": mpmath.log, "常用对数": mpmath.log10, "指数": mpmath.exp, "平方根": mpmath.sqrt}
        return _exact(a**b if function == "^" else named[function](a))


def _convergents(value: Fraction, most: int) -> list[Fraction]:
    """The convergents of a number, those with at most ``most`` digits below the line."""
    found: list[Fraction] = []
    (h, k), (g, j) = (0, 1), (1, 0)
    while True:
        whole = value.numerator // value.denominator
        (h, k), (g, j) = (g, j), (whole * g + h, whole * j + k)
        if j >= 10**most:
            return found
        found.append(Fraction(g, j))
        if value == whole:
            return found
        value = 1 / (value - whole)


# ---- the recipes themselves

_FUNCTIONS = {"自然对数": ln, "常用对数": log10, "指数": exp, "平方根": sqrt}
_ARGUMENTS = st.fractions(Fraction(1, 50), 50, max_denominator=1000).filter(lambda x: x != 1)


@given(function=st.sampled_from(sorted(_FUNCTIONS)), x=_ARGUMENTS)
@examples(0.5)
def test_the_closest_fractions_are_told_apart(function: str, x: Fraction) -> None:
    """A convergent with 50 digits below the line lies within 10⁻¹⁰⁰ of the value, and is still above or below it."""
    real = _FUNCTIONS[function](x)
    assert real is not None
    if isinstance(real, Fraction):
        assert abs(real - _true(function, x)) < Fraction(1, 10 ** (_DIGITS - 20))
        return
    true = _true(function, x)
    for near in _convergents(true, 50)[-6:]:
        assert near != true
        assert (real < near, real > near) == (true < near, true > near)
        assert (near < real, real >= near, real <= near) == (near < true, near < true, true < near)


@given(base=st.fractions(Fraction(1, 20), 20, max_denominator=60), exponent=st.fractions(-5, 5, max_denominator=60))
@examples(0.5)
def test_powers_next_to_the_closest_fractions(base: Fraction, exponent: Fraction) -> None:
    real = power(base, exponent)
    true = _true("^", base, exponent)
    if isinstance(real, Fraction):
        assert abs(real - true) < Fraction(1, 10 ** (_DIGITS - 30))
        return
    assert real is not None
    for near in _convergents(true, 50)[-4:]:
        assert (real < near, real > near) == (true < near, true > near)


@given(n=st.integers(2, 10**6).filter(lambda n: isqrt(n) ** 2 != n), digits=st.integers(1, 120))
@examples(0.5)
def test_roots_against_whole_numbers(n: int, digits: int) -> None:
    """√n cut off after some digits is the whole root of n × 10²ᵈ: below √n, and one more in the last place is above."""
    below = Fraction(isqrt(n * 10 ** (2 * digits)), 10**digits)
    above = below + Fraction(1, 10**digits)
    for real in (sqrt(Fraction(n)), power(Fraction(n), Fraction(1, 2))):
        assert real is not None and below < real < above
        assert not real < below and not real > above


def test_what_is_equal_and_not_seen_to_be_is_refused_and_not_guessed() -> None:
    """√2 × √2 is 2, by no rule the recipes know."""
    root = sqrt(Fraction(2))
    assert root is not None
    with pytest.raises(UndecidedError):
        assert root * root < 2
    rubric = rubriclang.loads(_bands("平方根（数值） × 平方根（数值）", "2"))
    outcome = rubric.score({"数值": 2})
    assert (outcome.total, outcome["指标"].reason) == (None, "undefined")


# ---- in rubrics: a band's edge a hair away


def _bands(formula: str, edge: str) -> str:
    return f"# 标准（5分）\n数据：\n- 数值：数，> 0\n## 指标（5分）\n结果 = {formula}\n≥ {edge} -> 5；否则 -> 0\n"


@given(
    formula=st.sampled_from(["自然对数", "常用对数", "指数", "平方根"]),
    x=st.integers(2, 20).filter(lambda n: n not in (4, 9, 10, 16)),
    places=st.sampled_from([1, 20, 40, 50]),
)
@examples(0.5)
def test_a_band_edge_within_fifty_places(formula: str, x: int, places: int) -> None:
    """The edge is the true value cut off after some places, and one more in the last place."""
    true = _true(formula, Fraction(x))
    below = Fraction(int(true * 10**places), 10**places)
    above = below + Fraction(1, 10**places)
    for edge, full in ((below, 5), (above, 0)):
        rubric = rubriclang.loads(_bands(f"{formula}（数值）", decimal_text(edge)))
        assert rubric.score({"数值": x}).total == full


@given(
    x=st.integers(2, 9),
    exponent=st.sampled_from(["0.5", "0.1", "1.7", "（1 / 3）", "-0.3"]),
    places=st.sampled_from([30, 50]),
)
@examples(0.5)
def test_a_decimal_power_next_to_an_edge(x: int, exponent: str, places: int) -> None:
    number = Fraction(1, 3) if "/" in exponent else Fraction(exponent)
    true = _true("^", Fraction(x), number)
    if true.denominator == 1 or (x in (4, 9) and exponent == "0.5") or (x == 8 and "/" in exponent):
        return  # exact: tried in test_an_exact_result_is_on_its_edge
    below = Fraction(int(true * 10**places), 10**places)
    for edge, full in ((below, 5), (below + Fraction(1, 10**places), 0)):
        rubric = rubriclang.loads(_bands(f"数值 ^ {exponent}", decimal_text(edge)))
        assert rubric.score({"数值": x}).total == full


@pytest.mark.parametrize(
    ("formula", "x", "edge"),
    [
        ("平方根（数值）", "6.25", "2.5"),
        ("平方根（数值）", "1/4", "0.5"),
        ("常用对数（数值）", "1000", "3"),
        ("常用对数（数值）", "0.001", "-3"),
        ("自然对数（数值）", "1", "0"),
        ("指数（数值 - 1）", "1", "1"),
        ("数值 ^ （1 / 3）", "8", "2"),
        ("数值 ^ 1.5", "4", "8"),
        ("数值 ^ -0.5", "4", "0.5"),
    ],
)
def test_an_exact_result_is_on_its_edge(formula: str, x: str, edge: str) -> None:
    """≥ holds at the edge, and not a speck above it."""
    assert rubriclang.loads(_bands(formula, edge)).score({"数值": x}).total == 5
    beyond = decimal_text(Fraction(edge) + Fraction(1, 10**50))
    assert rubriclang.loads(_bands(formula, beyond)).score({"数值": x}).total == 0


# ---- rounding a real: its two bounds must agree


def _rounded(mode: str, x: Fraction) -> int:
    """A rational rounded to a whole number, by the definition of each mode."""
    away = -1 if x < 0 else 1
    match mode:
        case "四舍五入":
            return away * int(abs(x) + Fraction(1, 2))
        case "四舍六入五成双":
            return round(x)
        case "进位":
            return away * ceil(abs(x))
        case "舍去":
            return int(x)
        case "向上取整":
            return ceil(x)
        case _:
            return floor(x)


_MODES = ("四舍五入", "四舍六入五成双", "进位", "舍去", "向上取整", "向下取整")


@given(
    mode=st.sampled_from(_MODES),
    x=st.integers(2, 400).filter(lambda n: isqrt(n) ** 2 != n),
    negative=st.booleans(),
    step=st.sampled_from(["1", "0.5", "0.03", "0.000000000000000000000000000001", "7"]),
)
@examples(0.5)
def test_a_root_rounded_to_a_step(mode: str, x: int, negative: bool, step: str) -> None:
    """Six modes, both signs; the oracle cuts the root off after 400 digits and rounds that."""
    root = f"{'-' if negative else ''}平方根（{x}）"
    text = f"# 标准（5分）\n结果 = {root}，保留到 {step}，{mode}\n## 指标（5分）；人工评定\n"
    value = _true("平方根", Fraction(x)) * (-1 if negative else 1)
    expected = _rounded(mode, value / Fraction(step)) * Fraction(step)
    assert rubriclang.loads(text).score({}).values["结果"] == expected


@given(
    mode=st.sampled_from(_MODES),
    halves=st.integers(-2000, 2000),
    speck=st.sampled_from([Fraction(0), Fraction(1, 10**50), -Fraction(1, 10**50)]),
    step=st.sampled_from(["1", "0.5", "0.01", "0.03", "7", "1000"]),
)
@examples(1)
def test_rationals_at_and_beside_a_tie(mode: str, halves: int, speck: Fraction, step: str) -> None:
    """Half a step, and a speck of 10⁻⁵⁰ to either side, positive and negative."""
    value = Fraction(halves, 2) * Fraction(step) + speck
    text = (
        f"# 标准（5分）\n结果 = {decimal_text(abs(value))} × {'-1' if value < 0 else '1'}，保留到 {step}，{mode}\n"
        "## 指标（5分）；人工评定\n"
    )
    expected = _rounded(mode, value / Fraction(step)) * Fraction(step)
    assert rubriclang.loads(text).score({}).values["结果"] == expected

"""The exact solver against elimination of one variable after the other (Fourier and Motzkin), which shares no code."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, strategies as st

from rubriclang.prover.linear import Linear, Row, compare, number, variable
from rubriclang.prover.simplex import maximise, model, range_of

NAMES = ("x", "y", "z")
SMALL = st.integers(-4, 4).map(Fraction)
FORMS = st.builds(
    lambda constant, cs: sum((variable(n) * c for n, c in zip(NAMES, cs, strict=True)), number(constant)),
    SMALL,
    st.tuples(SMALL, SMALL, SMALL),
)
ROWS = st.lists(st.builds(Row, FORMS, st.sampled_from(["<=", "<", "="])), min_size=1, max_size=6)


def eliminated(rows: list[Row]) -> bool:
    """Whether rows hold together, by elimination."""
    left: list[Row] = []
    for row in rows:
        left += [Row(row.form, "<="), Row(row.form * Fraction(-1), "<=")] if row.sign == "=" else [row]
    for name in NAMES:
        below: list[Row] = []
        above: list[Row] = []
        rest: list[Row] = []
        for row in left:
            c = dict(row.form.terms).get(name)
            if c is None:
                rest.append(row)
            else:
                (above if c > 0 else below).append(Row(row.form * (1 / abs(c)), row.sign))
        rest += [Row(a.form + b.form, "<" if "<" in (a.sign, b.sign) else "<=") for a in below for b in above]
        left = rest
    return all(row.decided for row in left)


@given(ROWS)
def test_rows_hold_together_exactly_if_elimination_says_so(rows: list[Row]) -> None:
    found = model(rows)
    assert (found is not None) == eliminated(rows)
    if found is not None:
        assert all(row.holds(found) for row in rows)


@given(ROWS, FORMS)
def test_nothing_better_than_the_best_is_possible(rows: list[Row], aim: Linear) -> None:
    closed = [Row(row.form, "<=" if row.sign == "<" else row.sign) for row in rows]
    best = maximise(aim, closed)
    assert (best is not None) == eliminated(closed)
    if best is None:
        return
    if best.value is None:
        beyond = compare(aim, "gt", number(10**6))
        assert beyond is not None
        assert eliminated([*closed, *beyond])
        return
    assert all(row.holds(best.values) for row in closed)
    assert aim.at(best.values) == best.value
    above = compare(aim, "gt", number(best.value))
    assert above is not None
    assert not eliminated([*closed, *above])


def test_the_ends_of_a_ratio() -> None:
    """x / y where 1 ≤ x ≤ 3 and 2 ≤ y ≤ 4: from 1/4 to 3/2; without an upper end of y down to 0."""
    x, y = variable("x"), variable("y")
    rows = [Row(number(1) - x, "<="), Row(x - number(3), "<="), Row(number(2) - y, "<="), Row(y - number(4), "<=")]
    assert range_of(x, y, rows) == (Fraction(1, 4), Fraction(3, 2))
    assert range_of(x, y, rows[:3]) == (Fraction(0), Fraction(3, 2))
    assert range_of(x, y, rows[2:]) == (None, None)

"""The integer form says what the interpreter says, with numbers as pairs and as scaled whole numbers."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

import rubriclang
from rubriclang.backends import scoring
from rubriclang.backends.integers import arithmetic
from rubriclang.backends.integers.bounds import Range, bounds
from rubriclang.backends.integers.form import Form
from rubriclang.backends.integers.graph import Graph
from rubriclang.backends.integers.inputs import Pairs, Scaled
from rubriclang.backends.integers.lowering import lower
from rubriclang.backends.integers.value import Value
from rubriclang.ir.operators import ROUND_MODES
from rubriclang.ir.rounding import RoundMode
from rubriclang.ir.values import Reason
from tests.integers.evaluating import evaluate, run_graph
from tests.strategies.budget import examples

_HEAD = "# 例（10分）\n默认：整档\n"


def _forms(rubric: rubriclang.Rubric, scale: int = 100) -> list[Form]:
    names = {fact.name: scale for fact in rubric.program.facts}
    return [lower(rubric.program, Pairs()), lower(rubric.program, Scaled(names, defaultdict(lambda: 100)))]


def _same(text: str, facts: dict[str, object], judged: dict[str, object] | None = None) -> list[bool]:
    """Every value of a form against the interpreter's; comes back with whether each form flags the unit."""
    rubric = rubriclang.loads(text)
    bound = rubric.bind(facts, judged)
    run = scoring.run_program(rubric.program, bound)
    flagged = []
    for form in _forms(rubric):
        found = evaluate(form, bound.values, bound.judged)
        flagged.append(found.flagged)
        if found.flagged:
            continue
        for name, value in form.values.items():
            want = run.values[name]
            assert found.value(form, value) == (want.kind if isinstance(want, Reason) else want), name
    return flagged


_RATIO = _HEAD + "数据：\n- 甲：次，≥ 0\n- 乙：次，> 0\n## 率（10分）\n率 = 甲 / 乙\n"
_FREE = _HEAD + "数据：\n- 甲：次，≥ 0\n- 乙：次，≥ 0\n## 率（10分）\n率 = 甲 / 乙\n"


@pytest.mark.parametrize("share", ["0", "1", "1.04", "1.05", "1.06", "1.30", "9"])
def test_an_edge_is_met_exactly(share: str) -> None:
    text = _RATIO + "≤ 100% -> 10\n每超过 5% 扣 2 分，扣完为止\n"
    assert _same(text, {"甲": share, "乙": "1"}) == [False, False]


def test_a_third_is_a_third() -> None:
    # 1 ÷ 3 × 3 is 1, so 10 points; as a binary or decimal float it may not be.
    text = _RATIO + "率 × 3：= 1 -> 10；否则 -> 0\n"
    assert _same(text, {"甲": "1", "乙": "3"}) == [False, False]


def test_a_zero_denominator_that_a_row_speaks_of_is_plain() -> None:
    plain = _FREE + "≥ 1 -> 10；分母为零 -> 3；否则 -> 0\n"
    assert _same(plain, {"甲": "1", "乙": "0"}) == [False, False]
    assert _same(plain, {"甲": "2", "乙": "2"}) == [False, False]


def test_a_missing_value_is_flagged_unless_a_row_speaks_of_it() -> None:
    caught = _HEAD + "数据：\n- 甲：次，≥ 0，可缺\n## 量（10分）\n甲：≥ 1 -> 10；缺失 -> 4；否则 -> 0\n"
    assert _same(caught, {}) == [False, False]
    required = _HEAD + "数据：\n- 甲：次，≥ 0\n## 量（10分）\n甲：≥ 1 -> 10；否则 -> 0\n"
    assert _same(required, {}) == [True, True]


def test_what_is_left_out_is_not_flagged() -> None:
    text = (
        "# 例（10分）\n汇总：折算\n数据：\n- 不做：是否\n- 甲：次，≥ 0\n"
        "## 一（6分）\n不适用：不做 -> 剔除\n甲：≥ 1 -> 6；否则 -> 3\n## 二（4分）\n甲：≥ 2 -> 4；否则 -> 1\n"
    )
    assert _same(text, {"不做": "是", "甲": "1"}) == [False, False]
    assert _same(text, {"不做": "否", "甲": "1"}) == [False, False]


def test_a_broken_bound_is_flagged() -> None:
    text = _RATIO + "≤ 100% -> 10；否则 -> 0\n"
    assert _same(text, {"甲": "1", "乙": "0"}) == [True, True]
    assert _same(text, {"甲": "-1", "乙": "1"}) == [True, True]


@given(n=st.integers(-4000, 4000), d=st.integers(1, 40), mode=st.sampled_from(list(ROUND_MODES.values())))
@examples(3)
def test_rounding_is_floor_division(n: int, d: int, mode: RoundMode) -> None:
    """Against the multiples of 1/20 on either side, found by counting."""
    graph = Graph()
    value = Value("number", graph.input("n"), graph.input("d", "int", Range(1, None)))
    rounded = arithmetic.round_value(graph, mode, arithmetic.number(graph, Fraction(1, 20)), value)
    assert rounded is not None
    terms = run_graph(graph, {"n": n, "d": d})
    got = Fraction(terms[rounded.term], terms[rounded.den])
    exact = Fraction(n, d)
    assert got * 20 == int(got * 20) and abs(got - exact) < Fraction(1, 20)
    away, up = abs(got) >= abs(exact), got >= exact
    far = abs(got - exact) * 40
    match mode:
        case "floor":
            assert got <= exact
        case "ceiling":
            assert up
        case "down":
            assert got == exact or not away
        case "up":
            assert away
        case "half up":
            assert far < 1 or (far == 1 and away)
        case "half even":
            assert far < 1 or (far == 1 and got * 20 % 2 == 0)


@given(st.integers(-30, 30), st.integers(-30, 30), st.integers(1, 9), st.integers(-9, 9), st.integers(-9, 9))
@examples(2)
def test_every_term_lies_in_its_range(x: int, y: int, k: int, low: int, high: int) -> None:
    """Ranges of a small graph over all operators hold what the operators come to."""
    graph = Graph()
    a, b, c = graph.input("a"), graph.input("b"), graph.input("c", "int", Range(1, None))
    terms = [graph.add(a, b), graph.sub(a, b), graph.mul(a, b), graph.neg(a), graph.abs(b), graph.floordiv(a, c)]
    terms += [graph.min(a, b), graph.max(a, b), graph.select(graph.lt(a, b), a, c)]
    terms += [graph.mul(terms[5], terms[2]), graph.floordiv(terms[1], c), graph.add(terms[8], terms[4])]
    given_ranges = {"a": Range(x - abs(low), x + abs(high)), "b": Range(y, None), "c": Range(1, k)}
    found = bounds(graph, given_ranges)
    for first in (x - abs(low), x, x + abs(high)):
        values = run_graph(graph, {"a": first, "b": y + 3, "c": k})
        assert all(found[term].holds(int(values[term])) for term in range(len(graph.nodes)))


def test_int64_is_proved_from_the_data() -> None:
    # 18 digits times 100 do not fit 63 bits; 12 digits do.
    graph = Graph()
    term = graph.mul(graph.input("a"), graph.const(100))
    small, large = (bounds(graph, {"a": Range(0, 10**digits)})[term].bits for digits in (12, 18))
    assert small is not None and small <= 63
    assert large is not None and large > 63
    assert bounds(graph, {})[term].bits is None


def test_what_has_no_form_says_where() -> None:
    text = "# 例（10分）\n数据：\n- 甲：次，> 0\n## 根（10分）\n值 = 平方根（甲 / 1 次）\n值：≥ 1 -> 10；否则 -> 0\n"
    rubric = rubriclang.loads(text)
    form = lower(rubric.program, Pairs())
    first = next(iter(form.unsayable.values()))
    assert first.what == "sqrt" and first.span is not None
    assert "平方根" in rubric.source.slice(first.span)
    assert form.flag == form.graph.true

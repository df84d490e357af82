"""Laws that hold for every rubric: sums, bounds, order, missing facts, and the logic of 且 and 或."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import pytest
from hypothesis import given, strategies as st

import rubriclang
from tests.strategies.budget import examples
from tests.strategies.indicators import FLAG
from tests.strategies.names import plain_names, written
from tests.strategies.numbers import decimals
from tests.strategies.rubrics import Scored, SmallRubric, scored_rubrics, small_rubrics


def _outcome(scored: Scored, without: frozenset[str] = frozenset(), text: str | None = None) -> rubriclang.Outcome:
    facts = {name: value for name, value in scored.facts.items() if name not in without}
    judged = {title: points for title, points in scored.judged.items() if title not in without}
    return rubriclang.loads(text or scored.rubric.text()).score(scored.rubric.handed(facts), judged)


# ---- whole rubrics against their model


@given(rubric=small_rubrics(), shuffle=st.randoms(use_true_random=False))
@examples(1)
def test_generated_rubrics_check_clean(rubric: SmallRubric, shuffle: random.Random) -> None:
    """The analysis finds nothing; what a rule may question (R4xx) is the strategy's way to draw."""
    for text in (rubric.text(), rubric.text(shuffle)):
        assert [d.message("en") for d in rubriclang.loads(text).diagnostics] == []


@given(scored=scored_rubrics())
@examples(2)
def test_every_indicator_is_worth_what_the_model_says(scored: Scored) -> None:
    outcome = _outcome(scored)
    rubric = scored.rubric
    assert not [d for d in outcome.diagnostics if d.severity == "error"]
    for section in rubric.sections:
        for part in section.parts:
            found = outcome[section.title, part.title]
            assert found.points == scored.score(part)
            assert found.points is not None and 0 <= found.points <= part.full == found.max
            assert (found.kind == "judged") == part.is_judged(scored.facts)
        expected = [scored.score(part) for part in section.parts]
        assert outcome.section(section.title).points == sum(
            points for points in expected if isinstance(points, Fraction)
        )
    assert outcome.complete


@given(scored=scored_rubrics())
@examples(1)
def test_sums_and_splits(scored: Scored) -> None:
    """The total is the sum of the sections, which are the sums of their indicators, whoever decided them."""
    outcome = _outcome(scored)
    assert outcome.total is not None and 0 <= outcome.total <= scored.rubric.full == outcome.max
    assert outcome.total == sum(i.points or 0 for i in outcome)
    assert outcome.total == sum(s.points or 0 for s in outcome.sections if len(s.path) == 1)
    assert outcome.max == sum(s.max or 0 for s in outcome.sections) == sum(i.max or 0 for i in outcome)
    assert outcome.judged == sum(i.points or 0 for i in outcome if i.kind == "judged")
    assert outcome.computed == sum(i.points or 0 for i in outcome if i.kind == "computed")
    assert outcome.computed + outcome.judged == outcome.total
    assert outcome.grade == scored.rubric.grade(outcome.total)
    assert outcome.reachable is None
    written_out = outcome.to_dict()
    assert Fraction(written_out["total"]) == outcome.total
    assert [Fraction(i["points"]) for i in written_out["indicators"]] == [i.points for i in outcome]


@given(scored=scored_rubrics(), shuffle=st.randoms(use_true_random=False))
@examples(2)
def test_the_order_of_lines_means_nothing(scored: Scored, shuffle: random.Random) -> None:
    """Facts, formulas, indicators and the rules of an indicator may stand in any order."""
    one, other = _outcome(scored), _outcome(scored, text=scored.rubric.text(shuffle))
    assert {i.path: (i.points, i.value, i.kind) for i in one} == {i.path: (i.points, i.value, i.kind) for i in other}
    assert one.values == other.values
    assert (one.total, one.grade, one.computed, one.judged) == (other.total, other.grade, other.computed, other.judged)


@given(scored=scored_rubrics(), data=st.data())
@examples(2)
def test_what_is_missing_touches_nothing_else(scored: Scored, data: st.DataObject) -> None:
    """Indicators that do not use a fact keep their score; those that do have none, and the total has a range."""
    rubric = scored.rubric
    names = [*scored.facts, *scored.judged]
    if not names:
        return
    without = frozenset(data.draw(st.sets(st.sampled_from(names), min_size=1, max_size=3)))
    whole, outcome = _outcome(scored), _outcome(scored, without)
    reasons: set[str] = set()
    for section in rubric.sections:
        for part in section.parts:
            expected = scored.score(part, without)
            found = outcome[section.title, part.title]
            if isinstance(expected, Fraction):
                assert (found.points, found.reason) == (expected, None)
            else:
                assert (found.points, found.reason) == (None, expected)
                reasons.add(expected)
            if not without & {part.title, *(fact.name for fact in part.facts())}:
                assert found == whole[section.title, part.title]
    assert outcome.complete == (not reasons)
    if reasons:
        assert outcome.total is None and outcome.grade is None
        bounds = [scored.reach(part, without) for part in rubric.indicators]
        widest = (sum(low for low, _ in bounds), sum(high for _, high in bounds))
        assert outcome.reachable is not None
        if reasons == {"pending"}:
            assert outcome.reachable == widest
        assert widest[0] <= outcome.reachable[0] <= outcome.reachable[1] <= widest[1]
        settled = {i.path: i.points for i in outcome if i.points is not None}
        if all(whole[path].points == points for path, points in settled.items()):  # no row 缺失 -> decided anything
            assert whole.total is not None and outcome.reachable[0] <= whole.total <= outcome.reachable[1]


@given(scored=scored_rubrics())
@examples(0.5)
def test_scoring_twice_is_scoring_once(scored: Scored) -> None:
    rubric = rubriclang.loads(scored.rubric.text())
    handed = scored.rubric.handed(scored.facts)
    before = dict(handed)
    assert rubric.score(handed, scored.judged) == rubric.score(handed, scored.judged)
    assert handed == before


# ---- the three values of 且, 或 and 非

Verdict = bool | Literal["missing", "undefined"]


@dataclass(frozen=True)
class Condition:
    """A condition, its text, and what it comes to."""

    text: str
    level: int
    verdict: Verdict


def _both(a: Verdict, b: Verdict) -> Verdict:
    """Kleene's strong conjunction; of two reasons the stronger, undefined."""
    if a is False or b is False:
        return False
    if a is True:
        return b
    if b is True:
        return a
    return "undefined" if "undefined" in (a, b) else "missing"


def _not(a: Verdict) -> Verdict:
    return (not a) if isinstance(a, bool) else a


def _either(a: Verdict, b: Verdict) -> Verdict:
    return _not(_both(_not(a), _not(b)))


_FLAGS = ("甲", "乙", "丙")
_AMOUNT = "数额"


def _in(text: str, own: int, wanted: int) -> str:
    return text if own >= wanted else f"（{text}）"


@st.composite
def conditions(draw: st.DrawFn, state: Mapping[str, Verdict | Fraction], depth: int) -> Condition:
    """Conditions over flags that may be missing and an amount that may be missing, out of range, or divided by zero."""
    if depth == 0 or draw(st.integers(0, 4)) == 0:
        match draw(st.sampled_from(["flag", "flag", "compare", "quotient", "is missing", "constant"])):
            case "flag":
                name = draw(st.sampled_from(_FLAGS))
                verdict = state[name]
                assert not isinstance(verdict, Fraction)
                return Condition(name, 3, verdict)
            case "compare" | "quotient" as shape:
                amount, edge = state[_AMOUNT], draw(st.integers(0, 10))
                text = _AMOUNT if shape == "compare" else f"{_AMOUNT} / （{_AMOUNT} - 3）"
                sign = draw(st.sampled_from(["≤", "<", "≥", ">", "=", "≠"]))
                if not isinstance(amount, Fraction):
                    return Condition(f"{text} {sign} {edge}", 2, amount)
                if shape == "quotient" and amount == 3:
                    return Condition(f"{text} {sign} {edge}", 2, "undefined")
                value = amount if shape == "compare" else amount / (amount - 3)
                truth = {
                    "≤": value <= edge,
                    "<": value < edge,
                    "≥": value >= edge,
                    ">": value > edge,
                    "=": value == edge,
                    "≠": value != edge,
                }[sign]
                return Condition(f"{text} {sign} {edge}", 2, truth)
            case "is missing":
                name = draw(st.sampled_from([*_FLAGS, _AMOUNT]))
                verdict = state[name]
                if verdict == "undefined":
                    return Condition(f"缺失（{name}）", 3, "undefined")
                # 缺失（…） decides for missing and for given; a value that cannot be used is neither.
                return Condition(f"缺失（{name}）", 3, verdict == "missing")
            case _:
                truth = draw(st.booleans())
                return Condition("是" if truth else "否", 3, truth)
    one = draw(conditions(state, depth - 1))
    match draw(st.sampled_from(["且", "或", "非"])):
        case "且":
            other = draw(conditions(state, depth - 1))
            mark = draw(st.sampled_from([" 且 ", " and "]))
            return Condition(
                f"{_in(one.text, one.level, 1)}{mark}{_in(other.text, other.level, 2)}",
                1,
                _both(one.verdict, other.verdict),
            )
        case "或":
            other = draw(conditions(state, depth - 1))
            mark = draw(st.sampled_from([" 或 ", " or "]))
            return Condition(
                f"{one.text}{mark}{_in(other.text, other.level, 1)}", 0, _either(one.verdict, other.verdict)
            )
        case _:
            return Condition(
                f"{draw(st.sampled_from(['非 ', 'not ']))}{_in(one.text, one.level, 2)}", 2, _not(one.verdict)
            )


@given(data=st.data())
@examples(4)
def test_and_or_not_decide_where_they_can(data: st.DataObject) -> None:
    state: dict[str, Verdict | Fraction] = {
        name: data.draw(st.sampled_from([True, False, "missing"]), label=name) for name in _FLAGS
    }
    amounts: st.SearchStrategy[Verdict | Fraction] = st.sampled_from(["missing", "undefined", Fraction(3)])
    state[_AMOUNT] = data.draw(amounts | decimals(0, 10, 1), label=_AMOUNT)
    condition = data.draw(conditions(state, 4), label="condition")
    text = (
        "# 标准（5分）\n数据：\n- 甲：是否，可缺\n- 乙：是否，可缺\n- 丙：是否，可缺\n"
        f"- {_AMOUNT}：数，≤ 10，可缺\n- 丁：是否\n## 指标（5分）\n若 丁 -> 5\n"
        f"若 {condition.text} -> 3\n否则 -> 2\n分母为零 -> 0\n"
    )
    given_facts: dict[str, object] = {"丁": False} | {name: state[name] for name in _FLAGS if state[name] != "missing"}
    if state[_AMOUNT] == "undefined":
        given_facts[_AMOUNT] = 11  # out of range: not missing, and of no use
    elif state[_AMOUNT] != "missing":
        given_facts[_AMOUNT] = state[_AMOUNT]
    found = rubriclang.loads(text).score(given_facts)["指标"]
    if isinstance(condition.verdict, bool):
        assert found.points == (3 if condition.verdict else 2)
    elif condition.verdict == "missing" or state[_AMOUNT] == "undefined":
        assert (found.points, found.reason) == (None, condition.verdict)
    else:  # nothing but a zero below the line can have made it undefined, or it met something missing
        assert found.points in (0, None)


# ---- reasons


_ROWS = ["≥ 90% -> 5；否则 -> 1", "≥ 90% -> 5；< 90% -> 1", "若 满意率 ≥ 90% -> 5；否则 -> 1", "否则 -> 5"]


@pytest.mark.parametrize("rows", _ROWS)
@pytest.mark.parametrize("first", [True, False])
def test_a_row_for_missing_catches_missing_only(rows: str, first: bool) -> None:
    """缺失 -> 3 holds for what was not filled in; 120 % was filled in, wrongly, and stays without a score."""
    lines = ["满意率：缺失 -> 3", rows] if first else [f"满意率：{rows}", "缺失 -> 3"]
    text = "# 标准（5分）\n数据：\n- 满意率：%，0% 至 100%，可缺\n## 指标（5分）\n" + "\n".join(lines) + "\n"
    rubric = rubriclang.loads(text)
    assert rubric.score({})["指标"].points == 3
    assert rubric.score({"满意率": ""})["指标"].points == 3
    for wrong in ("120%", "-1%", "0.9", "好"):
        found = rubric.score({"满意率": wrong})
        assert (found["指标"].points, found["指标"].reason) == (None, "undefined")
        assert [d.code for d in found.diagnostics if d.severity == "error"]
    assert rubric.score({"满意率": "95%"})["指标"].points == 5


@pytest.mark.parametrize("rows", ["≥ 90% -> 5；否则 -> 1", "否则 -> 5"])
def test_a_list_about_a_missing_value_is_missing(rows: str) -> None:
    """Missing is never full marks, not even where only 否则 is left to apply."""
    text = f"# 标准（5分）\n数据：\n- 满意率：%\n## 指标（5分）\n满意率：{rows}\n"
    found = rubriclang.loads(text).score({})
    assert (found["指标"].points, found["指标"].reason, found.complete) == (None, "missing", False)


@pytest.mark.parametrize("rows", ["≤ 100% -> 5；否则 -> 1", "否则 -> 5"])
def test_a_row_for_zero_catches_zero_only(rows: str) -> None:
    text = (
        "# 标准（5分）\n数据：\n- 甲：万元，≥ 0，可缺\n- 乙：万元，≥ 0\n"
        f"## 指标（5分）\n比 = 甲 / 乙；{rows}\n分母为零 -> 3\n"
    )
    rubric = rubriclang.loads(text)
    assert rubric.score({"甲": 1, "乙": 0})["指标"].points == 3
    assert rubric.score({"甲": 0, "乙": 0})["指标"].points == 3
    assert rubric.score({"乙": 0})["指标"].reason == "missing"
    assert rubric.score({"甲": 1, "乙": -1})["指标"].reason == "undefined"
    assert rubric.score({"甲": 1, "乙": 1})["指标"].points == 5


@pytest.mark.parametrize(
    ("given_facts", "reason"),
    [({}, "missing"), ({"甲": 1}, "missing"), ({"甲": 11}, "undefined"), ({"甲": 11, "乙": 2}, "undefined")],
)
def test_undefined_covers_missing(given_facts: dict[str, int], reason: str) -> None:
    """Where several reasons meet, undefined goes before missing, missing before pending."""
    text = (
        "# 标准（9分）\n数据：\n- 甲：数，0 至 10\n- 乙：数，0 至 10\n"
        "## 一（5分）\n得分 = 最小（甲 + 乙，5）\n## 二（4分）；人工评定\n"
    )
    outcome = rubriclang.loads(text).score(given_facts)
    assert outcome["一"].reason == reason
    assert outcome["二"].reason == "pending"
    assert outcome.total is None


@given(name=plain_names())
@examples(0.5)
def test_the_shared_flag_is_an_ordinary_fact(name: str) -> None:
    """A yes/no fact decides a row by itself and by its negation."""
    text = f"# 标准（5分）\n数据：\n- {written(name)}：是否\n## 指标（5分）\n{written(name)}：是 -> 5；否 -> 1\n"
    rubric = rubriclang.loads(text)
    assert [rubric.score({name: flag}).total for flag in (True, False, "是", "否")] == [5, 1, 5, 1]
    assert name != FLAG or rubric.score({FLAG: True}).total == 5


# ---- whole numbers have no values in between


@pytest.mark.parametrize(
    "rows", ["0 -> 5；1 -> 3；≥ 2 -> 0", "≤ 0 -> 5；≤ 1 -> 3；≥ 2 -> 0", "= 0 -> 5；1、2 -> 3；> 2 -> 0"]
)
def test_rows_about_a_whole_number_leave_no_gap(rows: str) -> None:
    """Every possible number has a row, so there is no gap (R305); 1.5 cases are not possible."""
    text = f"# 标准（5分）\n数据：\n- 次数：次，整数，≥ 0\n## 指标（5分）\n次数：{rows}\n"
    assert "R305" not in [d.code for d in rubriclang.check(text)]
    rubric = rubriclang.loads(text)
    assert [rubric.score({"次数": n}).total for n in (0, 1, 3)] == [5, 3, 0]
    gap = text.replace("；1 ->", "；2 ->").replace("≤ 1", "= 2").replace("1、2", "2")
    assert "R305" in [d.code for d in rubriclang.check(gap)] or "= 2 -> 3；≥ 2" in gap or "2 -> 3；≥ 2" in gap

"""Edges against hand arithmetic, and against the interpreter just before, at and behind each of them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from hypothesis import given, settings, strategies as st

import rubriclang
from rubriclang.ir.values import Reason
from rubriclang.whatif.edges import Edge, edges
from rubriclang.whatif.grades import better, turns
from rubriclang.whatif.situation import Situation
from rubriclang.whatif.target import solve

ROOT = Path(__file__).resolve().parents[2]
F = Fraction
COUNTY = rubriclang.load(ROOT / "rubrics" / "2019_county_overall.rubric")
BAOJING = rubriclang.load_facts(ROOT / "examples" / "baojing_2019.yaml")


def county() -> Situation:
    return Situation(COUNTY.program, COUNTY.bind(BAOJING))


def points(name: str, situation: Situation) -> str:
    (found,) = [node.points for node in situation.leaves if node.name == name]
    return found


def of(situation: Situation, name: str, fact: str) -> dict[int, Edge]:
    key = points(name, situation)
    return {edge.side: edge for edge in edges(situation, [key], fact).get(key, ())}


def made(rules: str, facts: str, **values: str) -> Situation:
    text = f"# 标准（5分）\n数据：\n{facts}\n## 指标（5分）\n{rules}\n"
    rubric = rubriclang.loads(text)
    return Situation(rubric.program, rubric.bind(dict(values)))


def told(edge: Edge) -> tuple[object, bool, object]:
    return edge.place, edge.reached, edge.after


def test_a_closed_band_must_be_passed() -> None:
    """≤ 5 % of 1521.39 万元 is 76.0695 万元: 9.16 + 66.9095. Below 9.16 / 5 % = 183.2 万元 the share is above 5 %."""
    up = of(county(), "预算控制率", "本年追加")[1]
    assert told(up) == (F("76.0695"), False, 4) and up.distance == F("66.9095")
    assert up.example == F("76.07")
    down = of(county(), "预算控制率", "年初预算")[-1]
    assert told(down) == (F("183.2"), False, 4)
    assert 1 not in of(county(), "预算控制率", "年初预算")


def test_whole_steps_begin_at_their_edge() -> None:
    """5 % of 84.39 + 1521.39 + 9.16 = 1614.94 is 80.747: one whole step of 2 points there."""
    up = of(county(), "预算完成率", "年末结转")[1]
    assert told(up) == (F("80.747"), True, 3)
    assert -1 not in of(county(), "预算完成率", "年末结转")


def test_rounding_in_the_subject_moves_the_edge() -> None:
    """Half up to 1 %: of 15 万元, 99.5 % is 14.925 (still 100 %), 100.5 % is 15.075 (already 101 %)."""
    found = of(county(), "政府采购执行率", "政府采购金额")
    assert told(found[1]) == (F("15.075"), True, 5)
    assert told(found[-1]) == (F("14.925"), False, 5)


def test_whole_numbers_jump_to_the_next_one() -> None:
    """(x - 18) / 71 ≥ 101 % from x = 89.71 on, so 90; (72 - 18) / x ≥ 101 % up to 53.46, so 53."""
    assert told(of(county(), "在职人员控制率", "在职人员")[1]) == (F(90), True, F("2.7"))
    assert told(of(county(), "在职人员控制率", "核定编制")[-1]) == (F(53), True, F("2.7"))


def test_a_far_edge_lies_behind_many_steps_that_change_nothing() -> None:
    """165.65 % costs 65 points of 8; 1 point is left once the share is below 108 %: 141.6 × 1.08 = 152.928."""
    assert told(of(county(), "公用经费控制率", "公用经费支出")[-1]) == (F("152.928"), False, 1)


def test_a_label_is_tried() -> None:
    key = points("职责履行", county())
    found = edges(county(), [key], "考核等次")[key]
    assert [(edge.place, edge.after, edge.how) for edge in found] == [
        ("二等", 6, "tried"),
        ("三等", 4, "tried"),
        ("未评等", 0, "tried"),
    ]


def test_what_a_change_leaves_without_score_is_said() -> None:
    (edge,) = of(county(), "新建楼堂馆所面积控制率", "新建楼堂馆所").values()
    assert isinstance(edge.after, Reason) and edge.after.kind == "missing"


def test_pro_rata_slides_to_its_end() -> None:
    """5 points at 90 %, then 0.1 a point under it (1 for 10): 80 % has 4; all gone at 40 %."""
    rules = "率 = 甲 / 乙\n≥ 90% -> 5\n每低于 1% 扣 0.1 分（按比例），扣完为止"
    situation = made(rules, "- 甲：万元，≥ 0\n- 乙：万元，> 0", 甲="80", 乙="100")
    down = of(situation, "指标", "甲")[-1]
    assert down.sliding and down.place == 40 and down.after == 0
    up = of(situation, "指标", "甲")[1]
    assert up.sliding and up.place == 90 and up.after == 5


def test_a_declared_bound_ends_the_walk() -> None:
    """90 % of 100 is 90, which a fact of at most 85, or below 90, cannot reach."""
    rules = "甲 / 乙：≥ 90% -> 5；≥ 50% -> 3；否则 -> 0"
    for bound, place in (("≤ 95", 90), ("≤ 90", 90), ("≤ 85", None), ("< 90", None)):
        situation = made(rules, f"- 甲：数，≥ 0，{bound}\n- 乙：数，> 0", 甲="60", 乙="100")
        up = of(situation, "指标", "甲").get(1)
        assert (None if up is None else up.place) == place, bound


def test_a_bound_by_another_fact_ends_the_walk() -> None:
    """120 % of 5 is 6, more than 乙 = 2 lets 甲 become."""
    rules = "甲 / 丙：≤ 120% -> 5；否则 -> 0"
    facts = {"甲": "1", "乙": "2", "丙": "5"}
    declared = "- 甲：数，≥ 0\n- 乙：数，≥ 0{}\n- 丙：数，> 0"
    assert of(made(rules, declared.format(""), **facts), "指标", "甲")[1].place == 6
    assert 1 not in of(made(rules, declared.format("，≥ 甲"), **facts), "指标", "甲")


def test_an_edge_underfoot_has_no_distance() -> None:
    up = of(made("数值：≤ 3 -> 5；否则 -> 1", "- 数值：数，≥ 0", 数值="3"), "指标", "数值")[1]
    assert told(up) == (3, False, 1) and up.distance == 0


def test_what_cannot_be_solved_is_searched_and_says_so() -> None:
    """甲 × 甲 ≥ 2 from the root of 2 on: 1.41421356…"""
    up = of(made("甲 × 甲：≥ 2 -> 5；否则 -> 0", "- 甲：数，≥ 0", 甲="1"), "指标", "甲")[1]
    assert up.how == "searched" and isinstance(up.place, Fraction) and isinstance(up.example, Fraction)
    assert up.place**2 < 2 <= up.example**2 and up.example - up.place <= F(1, 1000)


def test_the_cheapest_turn_of_the_county_grade() -> None:
    """92 points, 优 from 90: three less on procurement from 102.5 % on: 15.01 / 1.025 = 14.64…, 2.37 % of 15."""
    first = turns(county())[0]
    assert (first.edge.fact.name, first.edge.place, first.edge.after) == ("政府采购预算", F("15.01") / F("1.025"), "良")
    assert better(county(), first) is False
    shares = [turn.share for turn in turns(county()) if turn.share is not None]
    assert shares == sorted(shares)


def spans(name: str, wanted: object, fact: str, situation: Situation) -> list[tuple[object, object, bool, bool]]:
    found = solve(situation, points(name, situation), wanted, fact)  # type: ignore[arg-type]
    assert found.whole
    return [(reach.low, reach.high, reach.low_open, reach.high_open) for reach in found.ranges]


def test_targets() -> None:
    """Steps of 80.747 万元 each: 5 points below one, 3 below two, 1 below three, then none."""
    step = F("80.747")
    assert spans("预算完成率", F(5), "年末结转", county()) == [(0, step, False, True)]
    assert spans("预算完成率", F(3), "年末结转", county()) == [(step, 2 * step, False, True)]
    assert spans("预算完成率", F(0), "年末结转", county()) == [(3 * step, None, False, False)]
    assert spans("预算完成率", F(2), "年末结转", county()) == []
    assert spans("在职人员控制率", F(3), "在职人员", county()) == [(0, 89, False, False)]
    assert spans("社会公众满意度", F(5), "满意率", county()) == [(F("0.8"), F("0.9"), False, True)]


def test_a_target_on_a_slope_is_one_place() -> None:
    """5 - 0.1 × (90 - x) = 4.25 at x = 82.5."""
    rules = "率 = 甲 / 乙\n≥ 90% -> 5\n每低于 1% 扣 0.1 分（按比例），扣完为止"
    situation = made(rules, "- 甲：万元，≥ 0\n- 乙：万元，> 0", 甲="80", 乙="100")
    assert spans("指标", F("4.25"), "甲", situation) == [(F("82.5"), F("82.5"), False, False)]


MODES = ("整档", "进档", "按比例")


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(MODES),
    st.integers(1, 12),
    st.sampled_from(["0.5", "1", "2"]),
    st.fractions(0, 3, max_denominator=40),
    st.sampled_from(["", "，保留到 1%，四舍五入", "，保留到 1%，舍去", "，保留到 1%，进位"]),
)
def test_nothing_changes_before_an_edge_and_something_does_behind_it(
    mode: str, percent: int, cost: str, share: Fraction, rounded: str
) -> None:
    """The interpreter is asked at places between here and the edge, at the edge and just behind it."""
    rules = f"率 = 甲 / 乙{rounded}\n≤ 100% -> 满分\n每超过 {percent}% 扣 {cost} 分（{mode}），扣完为止"
    numbers = {"甲": str(share * 7), "乙": "7"}
    situation = made(rules, "- 甲：万元，≥ 0\n- 乙：万元，> 0", **numbers)
    key = points("指标", situation)
    before = situation.base.values[key]
    for fact in ("甲", "乙"):
        for side, edge in of(situation, "指标", fact).items():
            assert isinstance(edge.place, Fraction) and isinstance(edge.now, Fraction)
            assert edge.how == "solved" and (edge.place - edge.now) * side >= 0

            def at(place: Fraction, fact: str = fact) -> object:
                return situation.run({fact: place}).values[key]

            if edge.sliding:
                assert at(edge.now + F(side, 10**9)) != before
                continue
            for part in (F(1, 3), F(2, 3), 1 - F(1, 10**9)):
                assert at(edge.now + (edge.place - edge.now) * part) == before
            assert (at(edge.place) != before) == edge.reached
            assert at(edge.place + F(side, 10**12)) != before or edge.reached
            assert at(edge.example) == edge.after  # type: ignore[arg-type]

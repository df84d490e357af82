"""Every edge of every band: the edge itself, and one part in a million to either side, get the stated points."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

import rubriclang
from tests.strategies import county_2019
from tests.strategies.bands import RATE, Band, BandList, band_lists
from tests.strategies.budget import examples
from tests.strategies.county_2019 import BASELINE, DIALS, JUDGED, Dial, Given, computed, percent
from tests.strategies.names import distinct, plain_names, written
from tests.strategies.numbers import MILLIONTH, around, decimal_text, decimals, percent_text, rationals

ROOT = Path(__file__).resolve().parents[2]

# ---- the 2019 county rubric


def _facts(given: Given) -> dict[str, Fraction | bool | str]:
    """Facts as a caller passes them: a rate with its percent sign."""
    return {
        name: percent_text(value) if name == "满意率" and isinstance(value, Fraction) else value
        for name, value in given.items()
    }


def _expected(given: Given, judged: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """The points of all eighteen indicators: what the facts decide goes before what was judged."""
    return {**judged, **computed(given)}


def _assert_scores(rubric: rubriclang.Rubric, given: Given, judged: Mapping[str, Fraction]) -> None:
    outcome = rubric.score(_facts(given), judged)
    expected = _expected(given, judged)
    assert {i.name: i.points for i in outcome} == expected
    for name, titles in county_2019.SECTIONS.items():
        assert outcome.section(name).points == sum(expected[title] for title in titles)
    assert outcome.total == sum(expected.values())
    assert outcome.grade == county_2019.grade(outcome.total)
    assert outcome.complete


def _dial_values(dial: Dial) -> list[Fraction]:
    edges = dial.rule.edges()
    if dial.indicator == "政府采购执行率":  # rounding to whole per cent puts further edges half way between
        edges += [percent("100") + sign * (n + Fraction(1, 2)) / 100 for sign in (1, -1) for n in range(8)]
    return [value for edge in sorted(edges) for value in around(edge) if dial.reaches(value)]


def test_the_hand_typed_table_gives_the_published_report(
    county: rubriclang.Rubric, published: rubriclang.Facts
) -> None:
    # The report: 投入 13 + 过程 53 + 产出及效率 26 = 92, of which 43 were judged.
    expected = _expected(BASELINE, JUDGED)
    sums = {name: sum(expected[title] for title in titles) for name, titles in county_2019.SECTIONS.items()}
    assert sums == {"投入": 13, "过程": 53, "产出及效率": 26}
    assert sum(expected.values()) == 92
    assert sum(JUDGED.values()) == 43
    outcome = county.score(published)
    assert {i.name: i.points for i in outcome} == expected
    assert [outcome.total, outcome.computed, outcome.judged] == [92, 49, 43]
    assert outcome.grade == "优"
    assert [outcome.section(name).points for name in county_2019.SECTIONS] == [13, 53, 26]
    assert [outcome.section(name).max for name in county_2019.SECTIONS] == [13, 61, 26]


@pytest.mark.parametrize("dial", DIALS, ids=lambda dial: dial.indicator)
def test_every_edge_of_the_county_rubric(county: rubriclang.Rubric, dial: Dial) -> None:
    values = _dial_values(dial)
    assert len(values) >= 3 * len(dial.rule.edges())
    for value in values:
        given_facts = BASELINE | dial.set(value)
        assert computed(given_facts)[dial.indicator] == dial.rule.points(
            county_2019.whole_percent(value) if dial.indicator == "政府采购执行率" else value
        )
        _assert_scores(county, given_facts, JUDGED)


def test_every_edge_of_the_template(county: rubriclang.Rubric) -> None:
    """模板得分 is scored by its own bands beside the indicator: 5 points for exactly nothing added."""
    dial = next(dial for dial in DIALS if dial.indicator == "预算控制率")
    for edge in [*county_2019.TEMPLATE.edges(), *county_2019.CONTROL.edges()]:
        for value in (value for value in around(edge) if dial.reaches(value)):
            outcome = county.score(_facts(BASELINE | dial.set(value)), JUDGED)
            assert outcome.values["模板得分"] == county_2019.TEMPLATE.points(value)
            assert outcome.values["预算控制率.控制率"] == value


@pytest.mark.parametrize("rank", county_2019.RANK)
def test_every_label_of_the_county_rubric(county: rubriclang.Rubric, rank: str) -> None:
    _assert_scores(county, BASELINE | {"考核等次": rank}, JUDGED)


# Full marks for 履职效益 give 92; without it 86. What is taken off to bring each edge of the grades within reach:
#   90: nothing, 履职效益 = 4;  80: 考核等次 −8 → 78 + 2;  60: −8, 控制率 −5, 采购 −6, 三公 −8 → 59 + 1.
_LOWER: dict[int, tuple[Given, Fraction]] = {
    90: ({}, Fraction(4)),
    80: ({"考核等次": "未评等"}, Fraction(2)),
    60: (
        {
            "考核等次": "未评等",
            "年初预算": Fraction(1000),  # 追加 400 of 1000 is 40 %: 0 points, and 预算完成率 stays above 95 %
            "本年追加": Fraction(400),
            "年末结转": Fraction(0),
            "政府采购金额": Fraction(0),
            "“三公经费”支出": Fraction(180),
        },
        Fraction(1),
    ),
}


@pytest.mark.parametrize("edge", _LOWER)
def test_every_edge_of_the_grades(county: rubriclang.Rubric, edge: int) -> None:
    changes, needed = _LOWER[edge]
    at = {Fraction(edge): None, edge - MILLIONTH: None, edge + MILLIONTH: None}
    for total in [*at, edge * (1 - MILLIONTH), edge * (1 + MILLIONTH)]:
        judged = JUDGED | {"履职效益": needed + total - edge}
        _assert_scores(county, BASELINE | changes, judged)
        outcome = county.score(_facts(BASELINE | changes), judged)
        assert outcome.total == total
        labels = {90: ("优", "良"), 80: ("良", "中"), 60: ("中", "差")}[edge]
        assert outcome.grade == (labels[0] if total >= edge else labels[1])


@st.composite
def _county_facts(draw: st.DrawFn) -> Given:
    """All facts at once, most of them at an edge or a millionth beside it."""
    given_facts = dict(BASELINE)
    for dial in draw(st.permutations(DIALS)):
        values = st.sampled_from(_dial_values(dial))
        if dial.indicator not in ("在职人员控制率", "社会公众满意度"):  # whole numbers; a rate, given in decimals
            values |= rationals(0, 2).filter(dial.reaches)
        if draw(st.booleans()):
            given_facts |= dial.set(draw(values))
    given_facts["考核等次"] = draw(st.sampled_from(list(county_2019.RANK)))
    given_facts["新建楼堂馆所"] = draw(st.booleans())
    if not given_facts["新建楼堂馆所"]:
        for name in ("实际建设面积", "批准建设面积", "实际投资", "批准概算"):
            del given_facts[name]
    return given_facts


@cache
def _county() -> rubriclang.Rubric:
    return rubriclang.load(ROOT / "rubrics" / "2019_county_overall.rubric")


@given(given_facts=_county_facts(), judged=rationals(0, 6))
@examples(2)
def test_all_indicators_of_the_county_rubric_together(given_facts: Given, judged: Fraction) -> None:
    _assert_scores(_county(), given_facts, JUDGED | {"履职效益": judged})


def test_a_budget_of_nothing_is_judged_not_divided(county: rubriclang.Rubric) -> None:
    # 分母为零 -> 人工评定; the rate of change is then −100 %, which is full marks.
    given_facts = BASELINE | {"本年“三公经费”预算": Fraction(0)}
    outcome = county.score(_facts(given_facts), {**JUDGED, "“三公经费”控制率": 5})
    assert outcome["“三公经费”控制率"].points == 5
    assert outcome["“三公经费”控制率"].kind == "judged"
    assert outcome["“三公经费”变动率"].points == 4
    assert county.score(_facts(given_facts), JUDGED)["“三公经费”控制率"].reason == "pending"


# ---- generated band lists


def _direct(bands: BandList, name: str) -> str:
    full = decimal_text(bands.full)
    subject = written(name)
    return (
        f"# 标准（{full}分）\n数据：\n- {subject}：{bands.measure.declared}\n"
        f"## 指标（{full}分）\n{subject}：\n{bands.text()}\n"
    )


@given(bands=band_lists(), names=distinct(1, plain_names()))
@examples(2)
def test_edges_of_a_fact(bands: BandList, names: list[str]) -> None:
    rubric = rubriclang.loads(_direct(bands, names[0]))
    for edge in bands.edges():
        for value in around(edge):
            outcome = rubric.score({names[0]: bands.measure.fact_text(value)})
            assert outcome.total == bands.points(value), f"at {value}, beside the edge {edge}"
            assert outcome["指标"].value == value


@given(bands=band_lists(st.just(RATE)), names=distinct(3, plain_names()), below=rationals(1, 10**6))
@examples(1)
def test_edges_of_a_ratio(bands: BandList, names: list[str], below: Fraction) -> None:
    above, under, rate = (written(name) for name in names)
    full = decimal_text(bands.full)
    rubric = rubriclang.loads(
        f"# 标准（{full}分）\n数据：\n- {above}：万元\n- {under}：万元，> 0\n## 指标（{full}分）\n"
        f"{rate} = {above} / {under}；{bands.text()}\n"
    )
    for edge in bands.edges():
        for value in around(edge):
            outcome = rubric.score({names[0]: value * below, names[1]: below})
            assert outcome.total == bands.points(value), f"at {value}, beside the edge {edge}"
            assert outcome.values[names[2]] == value


@given(bands=band_lists(), names=distinct(2, plain_names()))
@examples(1)
def test_edges_of_a_named_list(bands: BandList, names: list[str]) -> None:
    fact, result = (written(name) for name in names)
    full = decimal_text(bands.full)
    rubric = rubriclang.loads(
        f"# 标准（{full}分）\n数据：\n- {fact}：{bands.measure.declared}\n## 指标（{full}分）\n"
        f"{result} = {fact}：\n{bands.text()}\n得分 = {result}\n"
    )
    for edge in bands.edges():
        for value in around(edge):
            outcome = rubric.score({names[0]: bands.measure.fact_text(value)})
            assert outcome.total == outcome.values[names[1]] == bands.points(value)


@given(bands=band_lists(), value=decimals(-300, 300, 6))
@examples(1)
def test_values_far_from_an_edge(bands: BandList, value: Fraction) -> None:
    value *= bands.measure.factor
    rubric = rubriclang.loads(_direct(bands, "比值"))
    assert rubric.score({"比值": bands.measure.fact_text(value)}).total == bands.points(value)


@given(bands=band_lists())
@examples(1)
def test_the_row_that_applied_is_the_row_that_holds(bands: BandList) -> None:
    """The quoted row is one whose award was given; the value shown does not fall in another row."""
    rubric = rubriclang.loads(_direct(bands, "比值"))
    for edge in bands.edges():
        for value in around(edge):
            indicator = rubric.score({"比值": bands.measure.fact_text(value)})["指标"]
            held = next((band for band in bands.bands if band.holds(value)), None)
            assert (indicator.band == "否则") == (held is None)
            assert indicator.display is not None
            shown = _read(indicator.display, bands)
            assert [band.holds(shown) for band in bands.bands] == [band.holds(value) for band in bands.bands]


def _read(display: str, bands: BandList) -> Fraction:
    """The number a score sheet shows, in the unit of the fact."""
    if bands.measure is RATE:
        return Fraction(display.removesuffix("%")) / 100
    return Fraction(display.removesuffix(bands.measure.declared))


# ---- what the checker says about rows that leave something out, or have nothing left


@st.composite
def _row_lists(draw: st.DrawFn) -> tuple[str, list[Fraction], list[Band]]:
    """A declaration, values of every kind it allows that the rows could tell apart, and rows that may not fit."""
    whole = draw(st.booleans())
    numbers = st.integers(0, 8).map(Fraction) if whole else decimals(0, 8, 1)
    low, high = sorted([draw(numbers), draw(numbers)])
    ends = [f"{draw(st.sampled_from(['≥', '>']))} {decimal_text(low)}"] if draw(st.booleans()) else []
    ends += [f"{draw(st.sampled_from(['≤', '<']))} {decimal_text(high)}"] if draw(st.booleans()) else []
    rows = []
    for _ in range(draw(st.integers(1, 4))):
        a, b = sorted([draw(numbers), draw(numbers)])
        signs = draw(
            st.sampled_from(
                [("≥", "≤"), (">", "<"), ("≥", "<"), (">", "≤"), ("", "≤"), ("", "<"), ("≥", ""), (">", "")]
            )
        )
        parts = [f"{sign} {decimal_text(end)}" for sign, end in zip(signs, (a, b), strict=True) if sign]
        lower, upper = (a if signs[0] else None), (b if signs[1] else None)
        rows.append(Band(lower, upper, signs[0] == ">", signs[1] == "<", " 且 ".join(parts), Fraction(5)))
    marks = sorted({low, high, *(end for row in rows for end in (row.low, row.high) if end is not None)})
    if whole:
        values = [Fraction(n) for n in range(-2, 12)]
    else:
        values = [marks[0] - 1, *marks, *((a + b) / 2 for a, b in pairwise(marks)), marks[-1] + 1]
    tests = {"≥": lambda v: v >= low, ">": lambda v: v > low, "≤": lambda v: v <= high, "<": lambda v: v < high}
    allowed = [value for value in values if all(tests[end[0]](value) for end in ends)]
    return "，".join(["数", *(["整数"] if whole else []), *ends]), allowed, rows


@given(case=_row_lists())
@examples(6)
def test_gaps_and_dead_rows_are_found_exactly(case: tuple[str, list[Fraction], list[Band]]) -> None:
    """R305 if and only if some allowed value has no row; R312 at the rows that no allowed value reaches."""
    declared, allowed, rows = case
    if not allowed:
        return
    text = (
        f"# 标准（5分）\n数据：\n- 数值：{declared}\n## 指标（5分）\n数值：\n"
        + "\n".join(row.text() for row in rows)
        + "\n"
    )
    first = [next((i for i, row in enumerate(rows) if row.holds(value)), None) for value in allowed]
    found = rubriclang.check(text)
    assert ("R305" in [d.code for d in found]) == (None in first)
    lines = [d.source.position(d.span.start).line for d in found if d.code == "R312" and d.source and d.span]
    dead = [6 + i for i in range(len(rows)) if i not in first]
    # A row like "> 0 且 < 1" about whole numbers may pass unnoticed; no live row is ever called dead.
    assert lines == dead or ("整数" in declared and set(lines) <= set(dead))
    if not [d for d in found if d.severity == "error"]:
        rubric = rubriclang.loads(text)
        assert all(rubric.score({"数值": value}).total == 5 for value in allowed)

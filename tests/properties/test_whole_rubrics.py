"""Laws that hold for whole rubrics over every construct of the language, whatever the facts are.

The rubrics come from ``tests/strategies/whole``; what is filled in lies mostly at edges, is now and then absent or
nonsense, and comes with other units. ``test_every_construct_is_drawn`` says how often each construct comes up.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, strategies as st

import rubriclang
from tests.strategies.budget import examples
from tests.strategies.whole import calculated, gathered, peers
from tests.strategies.whole.pieces import Whole
from tests.strategies.whole.rubrics import Family, Given, fillings, single_rubrics, whole_rubrics

_REASONS = {None, "missing", "left out", "undefined", "pending"}

# Where the total is no plain sum of the points of the indicators.
_REWEIGHING = {"combine", "bonus", "section rounding", "default rounding", "grade"}
_SUM = {"combine: sum", "grade", "grade: cap", "grade: down", "grade: veto"}


def _document(filled: Given, shuffle: random.Random | None = None) -> dict[str, Any]:
    """The facts as a file holds them; shuffled: facts, rows and units in another order."""

    def mixed(items: Any) -> list[Any]:
        found = list(items)
        if shuffle is not None:
            shuffle.shuffle(found)
        return found

    def data(facts: Any, tables: Any) -> dict[str, Any]:
        told = {name: text for name, text in facts.items() if text != ""}
        told |= {name: [dict(mixed(row.items())) for row in mixed(rows)] for name, rows in tables.items()}
        return dict(mixed(told.items()))

    document: dict[str, Any] = {"数据": data(filled.facts, filled.tables)}
    if filled.others:
        document["各单位"] = [
            {"单位": f"第{at}家", "数据": data(*other)} for at, other in mixed(enumerate(filled.others))
        ]
    return document


def _score(text: str, filled: Given, shuffle: random.Random | None = None) -> rubriclang.Outcome:
    return rubriclang.loads(text).score(_document(filled, shuffle), filled.judged)


def _essence(outcome: rubriclang.Outcome, values: bool = True) -> dict[str, Any]:
    """What an outcome says in numbers and reasons: no order of indicators, no texts of rows.

    ``values=False``: nor what an indicator is about, which is the first subject where its lines have several.
    """
    told = outcome.to_dict()
    indicators = {
        i.path: (i.points, i.max, i.kind, i.reason, i.label, i.deduction, _comparable(i.value) if values else 0)
        for i in outcome
    }
    sections = {s.path: (s.points, s.max) for s in outcome.sections}
    head = {key: told[key] for key in ("total", "max", "grade", "complete", "computed", "judged", "reachable")}
    checks = [(check.name, check.holds) for check in outcome.checks]
    codes = Counter(d.code for d in outcome.diagnostics)
    return head | {"indicators": indicators, "sections": sections, "checks": checks, "codes": codes}


def _same(one: rubriclang.Outcome, other: rubriclang.Outcome, values: bool = True) -> None:
    first, second = _essence(one, values), _essence(other, values)
    differ = [f"{key}: {first[key]} against {second[key]}" for key in first if first[key] != second[key]]
    assert not differ, "\n".join(differ)


def _comparable(value: object) -> object:
    return "a real" if type(value).__name__ == "Real" else value


def _is_sound(whole: Whole) -> bool:
    """Whether the checker takes it. Grades are drawn without knowing how low a total can be: one may be dead."""
    try:
        rubriclang.loads(whole.text())
    except rubriclang.RubricError as refused:
        errors = [d for d in refused.diagnostics if d.severity == "error"]
    else:
        return True
    for error in errors:
        assert error.code == "R312" and error.source is not None and error.span is not None, error.message("en")
        line = error.source.text[: error.span.start].rpartition("\n")[2]
        assert line.startswith("等次："), error.message("en")
    return False


@st.composite
def _cases(draw: st.DrawFn) -> tuple[Whole, Given]:
    whole = draw(whole_rubrics())
    assume(_is_sound(whole))
    return whole, draw(fillings(whole))


@given(case=_cases())
@examples(0.5)
def test_every_rubric_loads_and_scores_within_its_bounds(case: tuple[Whole, Given]) -> None:
    """No exception, points within what the checker promised, sums that add up, formulas that hold, plain JSON."""
    whole, filled = case
    rubric = rubriclang.loads(whole.text())
    outcome = rubric.score(_document(filled), filled.judged)
    nodes = {node.path: node for node in rubric.program.root.walk()}
    for indicator in outcome:
        assert indicator.reason in _REASONS
        assert (indicator.points is None) == (indicator.reason is not None) or indicator.label is not None
        _within(indicator.points, nodes[indicator.path])
    for section in outcome.sections:
        _within(section.points, nodes[section.path])
    _within(outcome.total, rubric.program.root)
    if outcome.max is not None and outcome.total is not None and not {"bonus", "combine: bonus"} & whole.constructs:
        assert 0 <= outcome.total <= outcome.max
    if outcome.reachable is not None:
        assert outcome.reachable[0] <= outcome.reachable[1]
    if outcome.total is not None and not _REWEIGHING & {use.partition(":")[0] for use in whole.constructs - _SUM}:
        assert outcome.computed + outcome.judged == sum((i.points or 0 for i in outcome), Fraction(0)) == outcome.total
    for name, value in outcome.values.items():
        if name.rpartition(".")[2] in whole.truths:
            assert value is not False, f"{name} does not hold"
    _full_stays_full(whole, outcome)
    told = outcome.to_dict()
    assert json.loads(json.dumps(told, ensure_ascii=False)) == told


_LAWFUL = (
    *(calculated.functions, calculated.rounding, calculated.dates, calculated.units, calculated.reals),
    *(gathered.aggregates, peers.rank, peers.quota),
)


@pytest.mark.parametrize("family", _LAWFUL, ids=lambda family: family.__name__)
@given(data=st.data())
@examples(0.4)
def test_what_must_hold_holds(family: Family, data: st.DataObject) -> None:
    """One indicator alone, so that its formulas meet many facts."""
    whole = data.draw(single_rubrics(family))
    assert whole.truths
    filled = data.draw(fillings(whole))
    outcome = _score(whole.text(), filled)
    for name, value in outcome.values.items():
        if name.rpartition(".")[2] in whole.truths:
            assert value is not False, f"{name} does not hold"


def _full_stays_full(whole: Whole, outcome: rubriclang.Outcome) -> None:
    """Maxima add up, also where parts are left out or spread: what has full marks everywhere has full marks."""
    for section in whole.sections:
        if not section.uses & {"combine: sum", "combine: renormalise", "combine: spread"}:
            continue
        found = outcome.section(section.title)
        parts = [i for i in outcome if i.path[0] == section.title and i.max is not None]
        assert found.max == section.full == sum((i.max or 0 for i in parts), Fraction(0))
        scored = [i for i in parts if i.points is not None]
        open_parts = [i for i in parts if i.points is None and i.reason != "left out"]
        if scored and not open_parts and all(i.points == i.max for i in scored):
            rounded = "section rounding" in section.uses or "default rounding" in whole.uses
            assert rounded or found.points == found.max


def _within(points: Fraction | None, node: Any) -> None:
    if points is None:
        return
    assert node.low is None or points >= node.low, f"{node.title}: {points} < {node.low}"
    assert node.high is None or points <= node.high, f"{node.title}: {points} > {node.high}"


@given(case=_cases(), shuffle=st.randoms(use_true_random=False))
@examples(0.3)
def test_order_means_nothing(case: tuple[Whole, Given], shuffle: random.Random) -> None:
    """Blocks, facts, sections, indicators, and the lines of an indicator; facts given, rows of a table, units."""
    whole, filled = case
    _same(_score(whole.text(shuffle=shuffle), filled), _score(whole.text(), filled), values=False)
    _same(_score(whole.text(), filled, shuffle), _score(whole.text(), filled))


@given(case=_cases())
@examples(0.3)
def test_the_english_twin_means_the_same(case: tuple[Whole, Given]) -> None:
    whole, filled = case
    _same(_score(whole.text("en"), filled), _score(whole.text(), filled))


@given(case=_cases())
@examples(0.3)
def test_an_edition_that_changes_nothing_is_its_base(
    case: tuple[Whole, Given], tmp_path_factory: pytest.TempPathFactory
) -> None:
    whole, filled = case
    folder = tmp_path_factory.mktemp("edition", numbered=True)
    (folder / "base.rubric").write_text(whole.text(), encoding="utf-8")
    title = whole.text().partition("\n")[0]
    child = folder / "child.rubric"
    child.write_text(f"{title}\n沿用：base.rubric\n", encoding="utf-8")
    edition = rubriclang.load(child).score(_document(filled), filled.judged)
    _same(edition, _score(whole.text(), filled))


@given(case=_cases())
@examples(0.3)
def test_scoring_twice_is_scoring_once(case: tuple[Whole, Given]) -> None:
    """A rubric keeps nothing of what it scored before."""
    whole, filled = case
    rubric = rubriclang.loads(whole.text())
    first = rubric.score(_document(filled), filled.judged)
    rubric.score({})
    assert rubric.score(_document(filled), filled.judged).to_dict() == first.to_dict()

"""Compiled rubrics against the interpreter: every value, every row that applied, every outcome with its diagnostics."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

import rubriclang
from rubriclang.backends import scoring
from rubriclang.backends.compiled.program import Compiled
from rubriclang.backends.interpreter import evaluate_expression
from rubriclang.facts.binding import FactSet
from tests.agreement.comparing import compiled_agrees
from tests.properties.test_whole_rubrics import _document, _is_sound
from tests.strategies.budget import examples
from tests.strategies.facts_of_library import library_facts
from tests.strategies.whole.banded import label_only
from tests.strategies.whole.pieces import Whole
from tests.strategies.whole.rubrics import FAMILIES, Given, fillings, single_rubrics, whole_rubrics

_LIBRARY = Path(__file__).parent.parent.parent / "rubrics"
_PATHS = sorted(_LIBRARY.rglob("*.rubric"))
_WITH_POINTS = [family for family in dict.fromkeys(FAMILIES) if family is not label_only]


@functools.cache
def _of_library(path: Path) -> tuple[rubriclang.Rubric, Compiled]:
    rubric = rubriclang.load(path)
    return rubric, rubric.compiled()


@pytest.mark.parametrize("path", _PATHS, ids=lambda path: path.stem)
def test_the_tests_of_a_rubric(path: Path) -> None:
    """The facts that its own tests give."""
    rubric, compiled = _of_library(path)
    for test in rubric.program.tests:
        facts = rubriclang.load_facts(_LIBRARY.parent / test.path) if test.path else rubriclang.Facts(_document_of({}))
        bound = rubric.bind(facts)
        empty = scoring.run_program(rubric.program, bound)
        given = {name: evaluate_expression(expr, empty) for name, expr in test.given}
        judged = {name: evaluate_expression(expr, empty) for name, expr in test.judged}
        values, points = {**bound.values, **given}, {**bound.judged, **judged}
        lists = {**bound.lists, **dict(test.lists)}
        compiled_agrees(rubric, compiled, FactSet(None, values, points, {}, {}, (), lists, bound.others))


@pytest.mark.parametrize("path", _PATHS, ids=lambda path: path.stem)
def test_random_facts_for_a_rubric(path: Path) -> None:
    rubric, compiled = _of_library(path)

    @given(library_facts(rubric.program))
    @examples(0.12 if compiled.source else 0.02)
    def agrees(document: dict[str, Any]) -> None:
        compiled_agrees(rubric, compiled, rubric.bind(rubriclang.Facts(_document_of(document))))

    agrees()


def _document_of(document: dict[str, Any]) -> Any:
    from rubriclang.facts.document import Document, Fields, from_python

    root = from_python(document)
    assert isinstance(root, Fields)
    return Document(root)


@st.composite
def _cases(draw: st.DrawFn) -> tuple[Whole, list[Given]]:
    """Mostly rubrics of one family each, so that most of them have an integer form."""
    whole = draw(st.one_of(*(single_rubrics(family) for family in _WITH_POINTS), whole_rubrics()))
    return whole, [draw(fillings(whole)) for _ in range(3)]


@given(case=_cases())
@examples(1.5)
def test_random_rubrics(case: tuple[Whole, list[Given]]) -> None:
    whole, filled = case
    if not _is_sound(whole):
        return
    rubric = rubriclang.loads(whole.text())
    compiled = rubric.compiled()
    for one in filled:
        compiled_agrees(rubric, compiled, rubric.bind(rubriclang.Facts(_document_of(_document(one))), one.judged))


def test_most_units_of_the_library_are_scored_by_generated_code() -> None:
    """The facts of the county's own report: everything in them is plain."""
    rubric, compiled = _of_library(_LIBRARY / "2019_county_overall.rubric")
    facts = rubriclang.load_facts(_LIBRARY.parent / "examples" / "baojing_2019.yaml")
    scores = compiled.points_of(rubric.bind(facts))
    assert scores.by == "compiled" and scores.total == 92 and scores.grade == "优"

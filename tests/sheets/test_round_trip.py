"""Every rubric of the library: template → filled from its example → the facts and the score of the example."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import rubriclang
from rubriclang.driver import resolve
from rubriclang.templates.plan import plan_of
from rubriclang.templates.writers import writer_for
from tests.sheets.filling import fill, values_of

TREE = Path(__file__).resolve().parents[2]
RUBRICS = sorted((TREE / "rubrics").rglob("*.rubric"))


@cache
def loaded(path: Path) -> rubriclang.Rubric:
    return rubriclang.load(path)


def cases() -> list[tuple[Path, str]]:
    """Each rubric with each example that its own tests use, by the text: loading is left to the tests."""
    found = []
    for path in RUBRICS:
        text = path.read_text(encoding="utf-8")
        for example in sorted((TREE / "examples").rglob("*.yaml")):
            if str(example.relative_to(TREE)) in text:
                found.append((path, str(example.relative_to(TREE))))
    return found


def template(rubric: rubriclang.Rubric, suffix: str) -> bytes:
    writer = writer_for(suffix)
    assert writer is not None
    return writer.write(plan_of(rubric.program, rubric.schema, rubric.source), False)


@pytest.mark.parametrize(("path", "example"), cases(), ids=lambda each: Path(each).stem)
def test_a_filled_template_scores_like_the_example(path: Path, example: str, tmp_path: Path) -> None:
    rubric = loaded(path)
    found = resolve(path, example)
    assert found is not None
    facts = rubriclang.load_facts(found)
    sheet = tmp_path / "填报.xlsx"
    sheet.write_bytes(template(rubric, ".xlsx"))
    bound = rubric.bind(facts)
    fill(sheet, rubric, bound)
    read = rubriclang.load_facts(sheet)
    assert values_of(rubric.bind(read)) == values_of(bound)
    if len(bound.others) > 100:
        return  # to score 401 units takes seconds, and says nothing new of the sheet
    expected, actual = rubric.score(facts), rubric.score(read)
    assert actual.total == expected.total
    assert actual.grade == expected.grade
    points = [(each.path, each.points, each.label, each.reason, each.value) for each in expected]
    assert [(each.path, each.points, each.label, each.reason, each.value) for each in actual] == points
    assert not [d for d in actual.diagnostics if d.code == "R547"]


@pytest.mark.parametrize("suffix", [".xlsx", ".yaml", ".csv"])
@pytest.mark.parametrize("path", RUBRICS, ids=lambda path: path.stem)
def test_an_empty_template_is_empty_facts(path: Path, suffix: str, tmp_path: Path) -> None:
    """Nothing filled in is nothing given: no fact, no judgement, no row, and nothing to complain about but that."""
    rubric = loaded(path)
    if suffix == ".csv" and (rubric.program.lists or rubric.program.needs_population):
        pytest.skip("more than one table")
    sheet = tmp_path / f"填报{suffix}"
    sheet.write_bytes(template(rubric, suffix))
    bound = rubric.bind(rubriclang.load_facts(sheet))
    assert (bound.values, bound.judged, bound.lists, bound.diagnostics) == ({}, {}, {}, ())

"""Every rubric of the library: template → filled by a script → the facts and the score that were filled in → a score
sheet that shows the same points. The facts are those of its examples; a rubric without one gets drawn facts.

That the formulas of these sheets come to the same figures in another program is `scripts/round_trip.py`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import openpyxl
import pytest

import rubriclang
from rubriclang.driver import resolve
from rubriclang.facts.binding import FactSet
from rubriclang.reports.rendering import render
from rubriclang.templates.plan import plan_of
from rubriclang.templates.writers import NotPossibleError, writer_for
from tests.reports.recomputing import differences
from tests.sheets.drawn import drawn_facts
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


def without_example() -> list[Path]:
    known = {path for path, _ in cases()}
    return [path for path in RUBRICS if path not in known]


def goes_round(rubric: rubriclang.Rubric, facts: FactSet, folder: Path) -> None:
    """Fills a template with facts, reads and scores it, writes the score sheet and reads that."""
    sheet = folder / "填报.xlsx"
    sheet.write_bytes(template(rubric, ".xlsx"))
    fill(sheet, rubric, facts)
    read = rubric.bind(rubriclang.load_facts(sheet))
    assert values_of(read) == values_of(facts)
    if len(facts.others) > 100:
        return  # to score 401 units takes seconds, and says nothing new of the sheet
    (expected,), (actual,) = rubric.score_bound([facts]), rubric.score_bound([read])
    assert actual.total == expected.total
    assert actual.grade == expected.grade
    points = [(each.path, each.points, each.label, each.reason, each.value) for each in expected]
    assert [(each.path, each.points, each.label, each.reason, each.value) for each in actual] == points
    assert not [d for d in actual.diagnostics if d.code == "R547"]
    report = folder / "评分表.xlsx"
    assert render([actual], rubric.program, report) == ()
    assert differences(openpyxl.load_workbook(report, data_only=True)["评分表"], expected) == []


@pytest.mark.parametrize(("path", "example"), cases(), ids=lambda each: Path(each).stem)
def test_a_filled_template_scores_like_the_example(path: Path, example: str, tmp_path: Path) -> None:
    rubric = loaded(path)
    found = resolve(path, example)
    assert found is not None
    goes_round(rubric, rubric.bind(rubriclang.load_facts(found)), tmp_path)


@pytest.mark.parametrize("path", without_example(), ids=lambda path: path.stem)
def test_a_filled_template_scores_like_drawn_facts(path: Path, tmp_path: Path) -> None:
    rubric = loaded(path)
    goes_round(rubric, rubric.bind(drawn_facts(rubric.program, path.stem)), tmp_path)


@pytest.mark.parametrize("suffix", [".xlsx", ".yaml", ".csv"])
@pytest.mark.parametrize("path", RUBRICS, ids=lambda path: path.stem)
def test_an_empty_template_is_empty_facts(path: Path, suffix: str, tmp_path: Path) -> None:
    """Nothing filled in is nothing given: no fact, no judgement, no row, and nothing to complain about but that."""
    rubric = loaded(path)
    if suffix == ".csv" and (rubric.program.lists or rubric.program.needs_population):
        # Lists and other units are tables of their own; a CSV file is one table. That is said, and nothing is written.
        with pytest.raises(NotPossibleError):
            template(rubric, suffix)
        return
    sheet = tmp_path / f"填报{suffix}"
    sheet.write_bytes(template(rubric, suffix))
    bound = rubric.bind(rubriclang.load_facts(sheet))
    assert (bound.values, bound.judged, bound.lists, bound.diagnostics) == ({}, {}, {}, ())

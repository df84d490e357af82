"""Tables scored by columns against the interpreter: every column of the answers, and the diagnostics of every unit."""

from __future__ import annotations

import functools
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, strategies as st

import rubriclang
from rubriclang.backends.outcome import Outcome
from rubriclang.facts.document import Document, Fields, Grid, Scalar
from rubriclang.source import Workbook
from tests.properties.test_whole_rubrics import _is_sound
from tests.strategies.budget import examples
from tests.strategies.facts_of_library import library_facts
from tests.strategies.whole.banded import label_only
from tests.strategies.whole.pieces import Whole
from tests.strategies.whole.rubrics import FAMILIES, Given, fillings, single_rubrics

pa = pytest.importorskip("pyarrow")
pytest.importorskip("llvmlite")

from rubriclang.backends.columnar.plan import names_of_columns, sayable  # noqa: E402
from rubriclang.backends.columnar.table import ColumnScorer, exact_number, scored  # noqa: E402

_LIBRARY = Path(__file__).parent.parent.parent / "rubrics"
_PATHS = sorted(_LIBRARY.rglob("*.rubric"))
_WITH_POINTS = [family for family in dict.fromkeys(FAMILIES) if family is not label_only]
_HUGE = ["9" * 17, "1" + "0" * 18, "9" * 19, "123456789012345678.123456789", "0.000000001", "-" + "8" * 18, "1/3"]

Row = tuple[dict[str, str], dict[str, str]]


def _table(rubric: rubriclang.Rubric, rows: list[Row]) -> Any:
    """All cells as texts, a column for each fact and judged item."""
    columns: dict[str, Any] = {"单位": [f"单位{i}" for i in range(len(rows))]}
    for name in rubric.schema.facts:
        columns[name] = [facts.get(name) for facts, _ in rows]
    for item in rubric.schema.judged:
        columns[f"评定：{item.replace('/', '.')}"] = [judged.get(item) for _, judged in rows]
    return pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()})


def _alone(rubric: rubriclang.Rubric, table: Any, at: int) -> Outcome:
    """One row as the reader of small tables takes it, scored by the interpreter."""
    cells = [{i: Scalar(name, span=Workbook.cell(0, 0, i)) for i, name in enumerate(table.column_names)}, {}]
    for i, text in enumerate(table.slice(at, 1).to_pylist()[0].values()):
        if text is not None:
            cells[1][i] = Scalar(text, span=Workbook.cell(0, at + 1, i))
    grid = Grid("", ((0, cells[0]), (at + 1, cells[1])))
    outcomes, found = rubric.score_units(rubriclang.Facts(Document(Fields(()), Workbook("units", ""), grids=(grid,))))
    assert len(outcomes) == 1 and not found
    return outcomes[0]


def _agree(rubric: rubriclang.Rubric, rows: list[Row]) -> int:
    """Checks all rows; how many of them the loop has scored."""
    table = _table(rubric, rows)
    scorer = ColumnScorer(rubric.program, rubric.source, table.column_names, "units", "zh")
    answers = pa.Table.from_batches(list(scored(scorer, iter(table.to_batches(max_chunksize=3))))).to_pylist()
    assert len(answers) == len(rows)
    assert scorer._plan is not None
    results = scorer._plan.results
    heads = names_of_columns(results, "zh")
    for at, (row, answer) in enumerate(zip(rows, answers, strict=True)):
        outcome = _alone(rubric, table, at)
        exact = dict(part.split("=") for part in (answer["精确值"] or "").split("; ") if part)
        for head, result in zip(heads, results, strict=True):
            want = _wanted(outcome, result)
            if head in exact:
                assert exact[head] == rubriclang.backends.outcome.json_value(want), (head, row)
                assert answer[head] is None
            elif result.kind == "number" and not isinstance(want, str):
                assert exact_number(answer[head]) == want, (head, row)
            else:
                assert answer[head] == want, (head, row)
        told = sorted(f"{d.code} {d.message('zh')}" for d in outcome.diagnostics)
        found = sorted(d for d in (answer["诊断"] or "").split("\n") if d)
        assert found == told, row
    return len(rows) - scorer.flagged


def _wanted(outcome: Outcome, result: Any) -> Any:
    if result.part == "grade":
        return outcome.grade
    if not result.path:
        return outcome.total
    indicator = next((i for i in outcome.indicators if i.path == result.path), None)
    if indicator is None:
        return outcome.section(*result.path).points
    if result.part == "points":
        return indicator.label if indicator.points is None else indicator.points
    return {"value": indicator.value, "band": indicator.band, "reason": indicator.reason}[result.part]


@functools.cache
def _of_library(path: Path) -> rubriclang.Rubric:
    return rubriclang.load(path)


def _rows_of(rubric: rubriclang.Rubric, documents: list[dict[str, Any]], huge: dict[tuple[int, str], str]) -> list[Row]:
    rows: list[Row] = [(dict(d["数据"]), dict(d["评定"])) for d in documents]
    for (at, name), text in huge.items():
        if at < len(rows) and name in rows[at][0]:
            percent = rows[at][0][name].endswith("%")
            rows[at][0][name] = text + "%" if percent else text
    return rows


@pytest.mark.parametrize("path", _PATHS, ids=lambda path: path.stem)
def test_random_tables_for_a_rubric(path: Path) -> None:
    rubric = _of_library(path)
    if not sayable(rubric.program):
        pytest.skip("reads rows of tables or other units: not by columns")
    names = [fact.name for fact in rubric.program.facts]

    @given(
        st.lists(library_facts(rubric.program), min_size=4, max_size=7),
        st.dictionaries(
            st.tuples(st.integers(0, 6), st.sampled_from(names or [""])),
            st.sampled_from(_HUGE),
            max_size=2,
        ),
    )
    @examples(0.05)
    def agrees(documents: list[dict[str, Any]], huge: dict[tuple[int, str], str]) -> None:
        _agree(rubric, _rows_of(rubric, documents, huge))

    agrees()


@st.composite
def _cases(draw: st.DrawFn) -> tuple[Whole, list[Given]]:
    whole = draw(st.one_of(*(single_rubrics(family) for family in _WITH_POINTS)))
    return whole, [draw(fillings(whole)) for _ in range(4)]


@given(case=_cases())
@examples(0.5)
def test_random_rubrics(case: tuple[Whole, list[Given]]) -> None:
    whole, filled = case
    assume(_is_sound(whole))
    rubric = rubriclang.loads(whole.text())
    if not sayable(rubric.program):
        return
    rows: list[Row] = []
    for one in filled:
        bound = rubric.bind({}, one.judged)  # by the paths that the rubric gives its items
        judged = {item: str(value) for item, value in bound.judged.items()}
        rows.append(({n: t for n, t in one.facts.items() if t != ""}, judged))
    _agree(rubric, rows)


def test_the_facts_of_the_county_are_scored_by_the_loop() -> None:
    """92 points and 优, as its report says; one identity fails there, so it is corrected to be plain."""
    from rubriclang.ir.notation import number_text

    rubric = _of_library(_LIBRARY / "2019_county_overall.rubric")
    bound = rubric.bind(rubriclang.load_facts(_LIBRARY.parent / "examples" / "baojing_2019.yaml"))
    facts = {name: _text(value) for name, value in bound.values.items()} | {"年末结转": "62.28"}
    judged = {item: number_text(value) for item, value in bound.judged.items() if isinstance(value, Fraction)}
    assert _agree(rubric, [(facts, judged)] * 3) == 3
    answers = rubric.score_table(_table(rubric, [(facts, judged)])).to_pylist()
    assert (answers[0]["总分"], answers[0]["等次"]) == (92, "优")


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)

"""Holds the compiled and the columnar backend to the interpreter, for one unit and for a table of units."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pyarrow as pa

import rubriclang
from rubriclang.backends import scoring
from rubriclang.backends.columnar.plan import names_of_columns
from rubriclang.backends.columnar.table import ColumnScorer, exact_number, scored
from rubriclang.backends.compiled.program import Compiled
from rubriclang.backends.outcome import Outcome, json_value
from rubriclang.facts.binding import FactSet
from rubriclang.facts.document import Document, Fields, Grid, Scalar
from rubriclang.ir.values import Reason
from rubriclang.source import Workbook

Row = tuple[dict[str, str], dict[str, str]]


def _kind(value: Any) -> Any:
    return ("reason", value.kind) if isinstance(value, Reason) else (type(value).__name__, value)


def _points(value: Any) -> Fraction | None:
    return value if isinstance(value, Fraction) else None


def compiled_agrees(rubric: rubriclang.Rubric, compiled: Compiled, bound: FactSet) -> tuple[str, bool, set[str]]:
    """Who gave the scores, whether generated code gave the trace, and the reasons met. AssertionError: they differ."""
    run = scoring.run_program(rubric.program, bound)
    scores = compiled.points_of(bound)
    total = _points(run.values[rubric.program.root.points])
    assert scores.total == total, ("total", scores.total, total)
    grade = run.values[rubric.program.grade] if rubric.program.grade else None
    assert scores.grade == (grade if isinstance(grade, str) else None), ("grade", scores.grade, grade)
    for node in rubric.program.root.walk():
        if node.path:
            got, want = scores["/".join(node.path)], _points(run.values[node.points])
            assert got == want, (node.path, got, want)
    evaluation = compiled.evaluation(bound.values, bound.judged)
    if evaluation is not None:
        for name, value in {**run.facts, **run.values}.items():
            found = {**evaluation.facts, **evaluation.values}[name]
            assert _kind(found) == _kind(value), (name, found, value)
        fired = {name: tags for name, tags in run.fired.items() if tags and not name.startswith("fact ")}
        assert evaluation.fired == fired, ("rows", evaluation.fired, fired)
        assert evaluation.judgements == run.judgements, ("judgements", evaluation.judgements, run.judgements)
    if evaluation is not None:  # otherwise the interpreter scores it, and there is nothing to compare
        one, other = compiled.score(bound), scoring.outcome_of(rubric.program, bound, rubric.source, run)
        assert one == other, ("outcome", one, other)
    reasons = {f"{v.kind}: {cause.kind}" for v in run.values.values() if isinstance(v, Reason) for cause in v.causes}
    return scores.by, evaluation is not None, reasons


def table_of(rubric: rubriclang.Rubric, rows: list[Row]) -> Any:
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


def columns_agree(rubric: rubriclang.Rubric, rows: list[Row]) -> int:
    """Checks all rows; how many of them the loop has scored."""
    table = table_of(rubric, rows)
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
                assert exact[head] == json_value(want), (head, row)
                assert answer[head] is None, (head, row)
            elif result.kind == "number" and not isinstance(want, str):
                assert exact_number(answer[head]) == want, (head, want, row)
            else:
                assert answer[head] == want, (head, want, row)
        told = sorted(f"{d.code} {d.message('zh')}" for d in outcome.diagnostics)
        found = sorted(d for d in (answer["诊断"] or "").split("\n") if d)
        assert found == told, (found, told, row)
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

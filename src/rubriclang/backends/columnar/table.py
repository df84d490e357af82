"""Scores a table batch by batch: columns through the loop, and what it flags through the interpreter, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import lcm
from threading import Lock
from typing import Any, Literal

import attrs
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from rubriclang.backends.columnar.answers import REASONS, column, type_of
from rubriclang.backends.columnar.plan import Plan, Result, codes, names_of_columns, plan
from rubriclang.backends.columnar.reading import Cells, Headings, headings, read
from rubriclang.backends.integers.inputs import Input, Scaled
from rubriclang.backends.outcome import IndicatorOutcome, Outcome
from rubriclang.backends.scoring import score
from rubriclang.diagnostics import Diagnostic
from rubriclang.facts.binding import Schema, bind, schema_of
from rubriclang.facts.document import Document, Fields, Grid, Scalar
from rubriclang.facts.sheets.formats import native
from rubriclang.facts.sheets.names import names_of
from rubriclang.facts.sheets.tables import units_in
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.source import Source, Workbook

Lang = Literal["zh", "en"]
_BLOCK = 16_384  # rows that the loop scores at a time: what it reads and writes stays near the processor
_STEP = 4  # bits by which a range grows, so that few batches ask for another loop


class TableError(Exception):
    """A table whose columns are not clear by themselves; the reader of small tables says what is wrong."""


class ColumnScorer:
    """Scores the batches of one table. Loops are kept by the scales and ranges they were made for.

    ``flagged`` counts the rows that the interpreter has scored.
    """

    def __init__(self, program: ir.Program, source: Source | None, names: list[str], path: str, lang: Lang) -> None:
        self.program = program
        self.source = source
        self.schema: Schema = schema_of(program)
        found = headings(self.schema, names)
        if found is None or found.unit is None:
            raise TableError
        self.headings: Headings = found
        self.names = names
        self._known = names_of(self.schema)
        self.book = Workbook(path, "")
        self.lang = lang
        self.flagged = 0
        self._scales: dict[tuple[str, str], int] = {}
        self._bits: dict[tuple[str, str], int] = {}
        self._plan: Plan | None = None
        self._lock = Lock()

    def unused(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the headings: columns of no use, names that are nearly right."""
        return tuple(units_in(Document(Fields(()), self.book, grids=(self._grid([]),)), self._known)[1].diagnostics)

    # -- one batch

    def score(self, batch: pa.RecordBatch, first: int) -> pa.RecordBatch:
        """The answers for a batch whose first row is row ``first`` of the table (from 0)."""
        units = dict(self.schema.units)
        cells: dict[tuple[str, str], Cells] = {
            (each.source, each.name): read(batch.column(at), each, units) for at, each in self.headings.columns.items()
        }
        made = self._plan_for(cells)
        rows = batch.num_rows
        ready, odd, texts = self._inputs(made, cells, rows)
        good, outputs = _run(made, ready, rows)
        assert self.headings.unit is not None
        unit = batch.column(self.headings.unit)
        good &= ~odd & _named(unit)
        others = {int(row): self._interpreted(batch, int(row), first) for row in np.nonzero(~good)[0]}
        with self._lock:
            self.flagged += len(others)
        return self._answers(made, unit, good, outputs, others, texts)

    def _plan_for(self, cells: Mapping[tuple[str, str], Cells]) -> Plan:
        """The loop for scales and ranges that hold those of a batch and of all before it."""
        with self._lock:
            before = dict(self._scales), dict(self._bits)
            for at, each in cells.items():
                self._scales[at] = lcm(self._scales.get(at, 1), each.scale)
            for at, each in cells.items():
                factor = self._scales[at] // each.scale
                low, high = (int(each.values.min()), int(each.values.max())) if len(each.values) else (0, 0)
                needed = (max(-low, high) * factor).bit_length()
                self._bits[at] = max(self._bits.get(at, 1), min(-(-needed // _STEP) * _STEP, 60))
            if self._plan is None or before != (self._scales, self._bits):
                scales = Scaled(*({n: s for (k, n), s in self._scales.items() if k == kind} for kind in _KINDS))
                texts = {at for at, each in cells.items() if each.texts is not None}
                bits = {at: 32 if at in texts else most for at, most in self._bits.items()}
                self._plan = plan(self.program, scales, bits)
            return self._plan

    def _inputs(
        self, made: Plan, cells: Mapping[tuple[str, str], Cells], rows: int
    ) -> tuple[list[npt.NDArray[Any]], npt.NDArray[np.bool_], tuple[str, ...]]:
        """The arrays that the loop reads, the rows that are not for it, and the texts by code: those of the form, and
        behind them those of this batch."""
        odd = np.zeros(rows, np.bool_)
        ready: list[npt.NDArray[Any]] = []
        known = dict(codes(made.form))
        used = set()
        for each in made.form.inputs:
            at: tuple[str, str] = (each.source, each.name)
            used.add(at)
            given = cells.get(at)
            if given is None:
                values, present = np.full(rows, each.fill, np.int64), np.zeros(rows, np.bool_)
            else:
                values, present, wrong = _values(each, given, known, made.limit)
                odd |= wrong
            if each.present is None:
                odd |= ~present
            values = values if given is None or present.all() else np.where(present, values, each.fill)
            ready.append(np.ascontiguousarray(values, np.uint8 if each.kind == "truth" else np.int64))
            if each.present is not None:
                ready.append(present.view(np.uint8))
        for at, given in cells.items():
            if at not in used:
                odd |= given.odd | (given.present if at[0] == "judged" else given.odd)
        return ready, odd, tuple(known)

    # -- the rest

    def _grid(self, rows: list[tuple[int, dict[int, Scalar]]]) -> Grid:
        cell = Workbook.cell
        head = {i: Scalar(name, span=cell(0, 0, i)) for i, name in enumerate(self.names)}
        return Grid("", ((0, head), *rows))

    def _interpreted(self, batch: pa.RecordBatch, row: int, first: int) -> tuple[Outcome | None, list[Diagnostic]]:
        """The outcome of one row as the interpreter finds it, and all that is wrong with the row."""
        number = first + row + 1
        values = {i: native(batch.column(i)[row].as_py(), Workbook.cell(0, number, i)) for i in range(len(self.names))}
        grid = self._grid([(number, {i: scalar for i, scalar in values.items() if not scalar.blank})])
        roots, layout = units_in(Document(Fields(()), self.book, grids=(grid,)), self._known)
        told = [d for d in layout.diagnostics if d.span is not None and d.span.start != d.span.end and _below(d)]
        if not roots:
            return None, told
        outcome = score(self.program, bind(self.schema, Document(roots[0], self.book)), self.source, reaches=False)
        return outcome, [*told, *outcome.diagnostics]

    def _answers(
        self,
        made: Plan,
        unit: pa.Array,
        good: npt.NDArray[np.bool_],
        outputs: Mapping[int, npt.NDArray[Any]],
        others: Mapping[int, tuple[Outcome | None, list[Diagnostic]]],
        texts: tuple[str, ...],
    ) -> pa.RecordBatch:
        arrays: list[pa.Array] = [unit.cast(pa.string())]
        exact: dict[int, list[str]] = {}
        heads = names_of_columns(made.results, self.lang)
        for head, result in zip(heads, made.results, strict=True):
            rest = {row: _of(outcome, result) for row, (outcome, _) in others.items() if outcome is not None}
            array, left = column(made, _worded(result, made, texts), outputs, good, rest)
            arrays.append(array.cast(type_of(made.form.graph, result)))
            for row, value in left.items():
                exact.setdefault(row, []).append(f"{head}={number_text(value)}")
        notes = {row: "\n".join(f"{d.code} {d.message(self.lang)}" for d in told) for row, (_, told) in others.items()}
        arrays.append(_texts({row: "; ".join(words) for row, words in exact.items()}, len(good)))
        arrays.append(_texts(notes, len(good)))
        zh = self.lang == "zh"
        names = ["单位" if zh else "unit", *heads, "精确值" if zh else "exact", "诊断" if zh else "diagnostics"]
        return pa.RecordBatch.from_arrays(arrays, names=names)


def _named(unit: pa.Array) -> npt.NDArray[np.bool_]:
    """The rows that name their unit."""
    text = pc.utf8_trim_whitespace(unit.cast(pa.string()))
    blank = pc.is_in(text, pa.array(["", "~", "null", "Null", "NULL"])).to_numpy(zero_copy_only=False)
    named: npt.NDArray[np.bool_] = text.is_valid().to_numpy(zero_copy_only=False) & ~blank
    return named


_KINDS: tuple[Literal["fact", "judged"], ...] = ("fact", "judged")


def _below(found: Diagnostic) -> bool:
    """Whether a finding is of a row and not of the headings, of which it is told once for the whole table."""
    assert found.span is not None
    return found.span.start >= Workbook.cell(0, 1, 0).start


def _worded(result: Result, made: Plan, texts: tuple[str, ...]) -> Result:
    if result.part == "reason":
        return attrs.evolve(result, words=REASONS)
    return attrs.evolve(result, words=texts) if result.kind == "text" and result.words is made.form.texts else result


def _texts(found: Mapping[int, str], rows: int) -> pa.Array:
    if not found:
        return pa.nulls(rows, pa.string())
    return pa.array([found.get(row) or None for row in range(rows)], pa.string())


def _values(
    each: Input, given: Cells, known: dict[str, int], limit: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """The numbers of an input at its own scale, where they are given, and the rows that are not proved safe."""
    if given.texts is not None:
        table = [known.setdefault(text, len(known)) for text in given.texts]
        wrong = given.odd
        if each.options:
            strange = np.array([text not in each.options for text in given.texts], np.bool_)
            wrong = wrong | (strange[given.values] & given.present)
        return np.array(table or [0], np.int64)[given.values], given.present, wrong
    if each.kind != "number":
        return given.values, given.present, given.odd
    factor = each.scale // given.scale
    far = np.abs(given.values) > limit // factor
    values = given.values if factor == 1 else np.where(far, 0, given.values) * factor
    return values, given.present, given.odd | (far & given.present)


def _run(
    made: Plan, ready: list[npt.NDArray[Any]], rows: int
) -> tuple[npt.NDArray[np.bool_], Mapping[int, npt.NDArray[Any]]]:
    """What the loop says: the rows whose values stand, and the stored terms."""
    valid, asked = np.empty(rows, np.uint8), np.empty(rows, np.uint8)
    kinds = {1: np.int8, 2: np.int16, 4: np.int32, 8: np.int64}
    stored = [np.empty(rows, kinds.get(size, f"V{size}")) for size in made.sizes]
    arrays = [*ready, valid, asked, *stored]
    at = [(array.ctypes.data, array.itemsize) for array in arrays]
    for start in range(0, rows, _BLOCK):
        made.loop.call(min(_BLOCK, rows - start), *(base + start * size for base, size in at))
    return (valid != 0) & (asked == 0), dict(zip(made.stored, stored, strict=True))


def _of(outcome: Outcome, result: Result) -> Any:
    """What an outcome has for a column."""
    if result.part == "grade":
        return outcome.grade
    if not result.path:
        return outcome.total
    indicator: IndicatorOutcome | None = next((i for i in outcome.indicators if i.path == result.path), None)
    if indicator is None:
        return outcome.section(*result.path).points
    match result.part:
        case "points":
            return indicator.label if indicator.points is None else indicator.points
        case "value":
            return indicator.value
        case "band":
            return indicator.band
        case _:
            return indicator.reason


def scored(scorer: ColumnScorer, batches: Iterator[pa.RecordBatch], workers: int = 2) -> Iterator[pa.RecordBatch]:
    """The answers for all batches, in their order; as many are worked on at once as there are workers."""
    from collections import deque
    from concurrent.futures import Future, ThreadPoolExecutor

    first = 0
    with ThreadPoolExecutor(workers) as pool:
        waiting: deque[Future[pa.RecordBatch]] = deque()
        try:
            for batch in batches:
                waiting.append(pool.submit(scorer.score, batch, first))
                first += batch.num_rows
                if len(waiting) > workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for each in waiting:
                each.cancel()


def exact_number(value: Any) -> Fraction | None:
    """The number of a cell of the answers: a decimal, a pair, or None."""
    if value is None:
        return None
    return Fraction(value["n"], value["d"]) if isinstance(value, dict) else Fraction(value)

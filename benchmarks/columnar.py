"""Scoring by columns against polars on float64, in one process and in turn: ratios of paired runs.

    python benchmarks/columnar.py [UNITS] [REPEATS]

takes the made-up facts of ``speed/county.py``, without the units whose facts contradict themselves, and prints medians:
the loop alone (facts as columns in memory, points of every indicator, total and grade out), with all terms that values,
rows and reasons need, and the whole way from parquet to parquet against reading and writing the same files.
"""

from __future__ import annotations

import importlib
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import parquet

import rubriclang
from rubriclang.backends.columnar.files import ROWS, opened, writing
from rubriclang.backends.columnar.table import ColumnScorer, _run, scored


def _county(units: int) -> tuple[Any, pa.Table]:
    """The made-up table, and the same as a file of units holds it."""
    table = importlib.import_module("speed.county").county(units)
    sound = table.by_key["outgo"].values >= 0
    kind = type(table)
    columns = [type(c)(**{**_fields(c), "values": c.values[sound]}) for c in table.columns]
    table = kind(table.text, tuple(columns))
    decimals = table.arrow("decimals")
    cells: dict[str, Any] = {"单位": pa.array([f"单位{i}" for i in range(table.units)])}
    for column in table.columns:
        cell = decimals[column.key].combine_chunks()
        if column.words:
            words = pa.array(column.words)
            cell = pa.DictionaryArray.from_arrays(pa.array(column.values.astype(np.int32)), words)
        if column.percent:
            cell = pa.array(column.values / 100, mask=column.values == -1)
        mark = "（%）" if column.percent else ""
        cells[("评定：" if column.judged else "") + column.name + mark] = cell
    return table, pa.table(cells)


def _fields(column: Any) -> dict[str, Any]:
    return {name: getattr(column, name) for name in ("key", "name", "decimals", "judged", "percent", "words")}


def _paired(ways: dict[str, Callable[[], Any]], repeats: int) -> dict[str, float]:
    """The median seconds of each way, run in turn."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(repeats + 1):
        for name, way in ways.items():
            began = time.perf_counter()
            way()
            if turn:  # the first round warms up
                taken[name].append(time.perf_counter() - began)
    return {name: statistics.median(found) for name, found in taken.items()}


def main() -> None:
    units = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    repeats = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    table, cells = _county(units)
    rubric = rubriclang.loads(table.text)
    peer = importlib.import_module("peers.polars_float")
    frame = peer.prepare(table)

    scorer = ColumnScorer(rubric.program, rubric.source, cells.column_names, "table", "zh")
    from rubriclang.backends.columnar.reading import read

    whole = cells.combine_chunks().to_batches()[0]
    columns: dict[tuple[str, str], Any] = {
        (h.source, h.name): read(whole.column(at), h, dict(rubric.schema.units))
        for at, h in scorer.headings.columns.items()
    }
    began = time.perf_counter()
    plan = scorer._plan_for(columns)
    print(
        f"form, ranges and machine code: {time.perf_counter() - began:.2f} s; terms of more than 64 bits: {plan.wide}"
    )
    ready, *_ = scorer._inputs(plan, columns, whole.num_rows)

    from concurrent.futures import ThreadPoolExecutor

    half = (whole.num_rows + 1) // 2
    halves = [[array[:half] for array in ready], [array[half:] for array in ready]]
    pool = ThreadPoolExecutor(2)

    def loop() -> None:
        list(pool.map(lambda part: _run(plan, part, len(part[0])), halves))

    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder, "given.parquet"), Path(folder, "made.parquet")
        parquet.write_table(cells, given, compression="zstd", row_group_size=2**17)

        def way() -> None:
            read_ = opened(given)
            one = ColumnScorer(rubric.program, rubric.source, read_.names, "table", "zh")
            answers = scored(one, read_.batches, 2)
            first = next(answers)
            with writing(made, first.schema) as sink:
                sink.write(first)
                for batch in answers:
                    sink.write(batch)

        way()
        answers = parquet.read_table(made)
        print("flagged rows:", len(answers) - answers["诊断"].null_count)

        def read_and_write() -> None:
            for _ in opened(given).batches:
                pass
            with writing(made, answers.schema) as sink:
                for batch in answers.to_batches(max_chunksize=ROWS):
                    sink.write(batch)

        ways: dict[str, Callable[[], Any]] = {
            "polars float64": lambda: peer.run(frame),
            "loop, two threads": loop,
            "parquet to parquet": way,
            "reading and writing alone": read_and_write,
        }
        found = _paired(ways, repeats)
    for name, seconds in found.items():
        print(f"{name:28} {seconds:7.3f} s {table.units / seconds / 1e6:6.2f} million units/s")
    print(f"loop / polars float64: {found['polars float64'] / found['loop, two threads']:.2f} times its speed")
    share = found["parquet to parquet"] / found["reading and writing alone"]
    print(f"parquet to parquet / reading and writing: {share:.2f}")


if __name__ == "__main__":
    main()

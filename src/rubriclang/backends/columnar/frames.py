"""Tables of other libraries: in as they come, out as the same kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import pyarrow as pa

from rubriclang.backends.columnar.files import ROWS, opened
from rubriclang.backends.columnar.scorers import scorer_of
from rubriclang.backends.columnar.table import scored
from rubriclang.ir import nodes as ir
from rubriclang.source import Source


def score_frame(program: ir.Program, source: Source | None, table: Any, lang: Literal["zh", "en"]) -> Any:
    """The answers for a pyarrow table, a polars or pandas frame, or the path of a file.

    Raises:
        TypeError: it is none of them.
        NotByColumnsError: it cannot be scored by columns.
    """
    if isinstance(table, str | Path):
        read = opened(Path(table))
        names, batches, name = read.names, read.batches, str(table)
    else:
        given = _arrow(table)
        names, batches, name = given.column_names, iter(given.to_batches(max_chunksize=ROWS)), "table"
    answers = list(scored(scorer_of(program, source, names, name, lang), batches))
    found = pa.Table.from_batches(answers) if answers else pa.table({})
    kind = type(table).__module__.partition(".")[0]
    if kind == "polars":
        import polars

        return polars.from_arrow(found)
    return found.to_pandas() if kind == "pandas" else found


def _arrow(table: Any) -> pa.Table:
    kind = type(table).__module__.partition(".")[0]
    if isinstance(table, pa.Table):
        return table
    if kind == "polars":
        return table.to_arrow()
    if kind == "pandas":
        return pa.Table.from_pandas(table, preserve_index=False)
    raise TypeError(f"a table cannot be of type {type(table).__name__}")

"""Tables of units as files, read and written batch by batch: never more of one in memory than a few batches."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs
import pyarrow as pa

from rubriclang.ir.notation import number_text

ROWS = 65_536  # of a batch
READ = (".parquet", ".csv")
WRITTEN = (".parquet", ".csv", ".duckdb")


@attrs.frozen
class Opened:
    """A table that is being read: the names of its columns, its rows where they are known, and its batches."""

    names: list[str]
    rows: int | None
    batches: Iterator[pa.RecordBatch]


def opened(path: Path) -> Opened:
    """A parquet or csv file.

    Raises:
        OSError: it cannot be opened.
        pa.ArrowException: it is damaged.
    """
    if path.suffix.lower() == ".parquet":
        from pyarrow import parquet

        file = parquet.ParquetFile(path, pre_buffer=False)
        batches = file.iter_batches(batch_size=ROWS)
        return Opened([str(name) for name in file.schema_arrow.names], file.metadata.num_rows, batches)
    from pyarrow import csv

    with path.open("rb") as head:
        first = head.readline(1 << 20)
    try:
        text, encoding = first.decode("utf-8-sig"), "utf8"
    except UnicodeDecodeError:
        text, encoding = first.decode("gb18030"), "gb18030"
    mark = next((each for each in ",\t;" if each in text), ",")
    head = csv.open_csv(path, csv.ReadOptions(encoding=encoding), csv.ParseOptions(delimiter=mark))
    names = head.schema.names
    words = csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False)
    reader = csv.open_csv(
        path, csv.ReadOptions(encoding=encoding, block_size=1 << 23), csv.ParseOptions(delimiter=mark), words
    )
    return Opened([str(name) for name in names], None, _cut(reader))


def _cut(reader: Any) -> Iterator[pa.RecordBatch]:
    for batch in reader:
        for start in range(0, batch.num_rows, ROWS):
            yield batch.slice(start, ROWS)


@contextmanager
def writing(path: Path, schema: pa.Schema) -> Iterator[Any]:
    """Where batches of answers are given to (``write``). The file appears under its name when all are there: whatever
    ends the work before leaves nothing behind.

    Raises:
        OSError: it cannot be written.
        ImportError: duckdb is not installed.
    """
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".rubric-", suffix=path.suffix)
    os.close(handle)
    try:
        maker: Any = {".parquet": _Parquet, ".csv": _Csv, ".duckdb": _DuckDb}[path.suffix.lower()]
        sink = maker(Path(temporary), schema)
        try:
            yield sink
        finally:
            sink.close()
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(temporary, 0o666 & ~umask)
        os.replace(temporary, path)
    finally:
        for left in (temporary, f"{temporary}.wal"):
            if os.path.exists(left):
                os.unlink(left)


class _Parquet:
    def __init__(self, path: Path, schema: pa.Schema) -> None:
        from pyarrow import parquet

        self.writer = parquet.ParquetWriter(path, schema, compression="zstd")

    def write(self, batch: pa.RecordBatch) -> None:
        self.writer.write_batch(batch)

    def close(self) -> None:
        self.writer.close()


class _Csv:
    """With the mark by which spreadsheet programs know the encoding; numbers as exact decimals or ``n/d``."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        import csv

        self.file = path.open("w", encoding="utf-8-sig", newline="")
        self.writer = csv.writer(self.file)
        self.writer.writerow(schema.names)

    def write(self, batch: pa.RecordBatch) -> None:
        from rubriclang.facts.sheets.outgoing import inert

        columns = [[inert(_text(cell)) for cell in column.to_pylist()] for column in batch.columns]
        self.writer.writerows(zip(*columns, strict=True))

    def close(self) -> None:
        self.file.close()


def _text(cell: Any) -> str:
    from fractions import Fraction

    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, dict):
        return number_text(Fraction(cell["n"], cell["d"]))
    return cell.isoformat() if hasattr(cell, "isoformat") else number_text(Fraction(cell))


class _DuckDb:
    """A table called ``scores``."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        import duckdb

        path.unlink()
        self.database = duckdb.connect(str(path))
        self.made = False

    def write(self, batch: pa.RecordBatch) -> None:
        table = pa.Table.from_batches([batch])
        self.database.register("batch", table)
        words = "insert into scores" if self.made else "create table scores as"
        self.database.execute(f"{words} select * from batch")
        self.database.unregister("batch")
        self.made = True

    def close(self) -> None:
        self.database.close()

"""Reads Parquet tables, one row a unit or the columns 名称 and 数值, through pyarrow (the extra ``parquet``)."""

from __future__ import annotations

from pathlib import Path

from rubriclang.facts.document import Document, Fields, Grid, Scalar
from rubriclang.facts.sheets import package
from rubriclang.facts.sheets.formats import native
from rubriclang.source import Workbook

SUFFIXES = (".parquet",)


def read_binary(path: Path) -> Document:
    """The table of a file as one sheet, its column names as the first row; faults come as diagnostics.

    Raises:
        OSError: the file cannot be opened.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        why = package.unreadable(
            "读 parquet 要另装一个库",
            "reading parquet needs one more library",
            "pip install 'rubriclang[parquet]'",
            "pip install 'rubriclang[parquet]'",
        )
        return package.refused(str(path), why)
    with path.open("rb") as opened:
        try:
            file = parquet.ParquetFile(opened)
            shape = file.metadata
            if shape.num_rows > package.MAX_FILLED_ROWS or shape.num_rows * shape.num_columns > package.MAX_CELLS:
                raise package.too_large("行数", "the number of rows", package.MAX_FILLED_ROWS)
            if sum(shape.row_group(i).total_byte_size for i in range(shape.num_row_groups)) > package.MAX_PART:
                raise package.too_large("解开后的大小", "the unpacked size", package.MAX_PART)
            table = file.read()
        except package.RefusedError as error:
            return package.refused(str(path), error)
        except (pyarrow.ArrowException, OSError, ValueError) as error:
            damaged = package.unreadable("不是合格的 Parquet 文件", f"no valid Parquet ({type(error).__name__})")
            return package.refused(str(path), damaged)
    names = [str(name) for name in table.column_names]
    columns = [column.to_pylist() for column in table.columns]
    cell = Workbook.cell
    rows = [(0, {i: Scalar(name, span=cell(0, 0, i)) for i, name in enumerate(names)})]
    for number in range(table.num_rows):
        made = {i: native(values[number], cell(0, number + 1, i)) for i, values in enumerate(columns)}
        rows.append((number + 1, {i: scalar for i, scalar in made.items() if not scalar.blank}))
    return Document(Fields(()), Workbook(str(path), ""), grids=(Grid("", tuple(rows)),))

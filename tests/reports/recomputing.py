"""Reads a report's workbook back: the points it shows, and its formulas as LibreOffice computes them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl

from rubriclang.backends.outcome import Outcome

HEAD_ROW = 3
_SUMS = {"小计", "合计", "Subtotal", "Total"}


def office() -> str | None:
    """The program that recomputes workbooks, if it is installed."""
    return shutil.which("soffice")


def recomputed(folder: Path, files: list[Path]) -> dict[str, Any]:
    """The workbooks, by file name, with every formula computed by LibreOffice; it gets no cached value to repeat."""
    bare, out = folder / "bare", folder / "out"
    bare.mkdir()
    for file in files:
        openpyxl.load_workbook(file).save(bare / file.name)  # openpyxl writes formulas without their values
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office() or "soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out)]
    subprocess.run([*command, *(str(bare / f.name) for f in files)], check=True, capture_output=True, timeout=600)
    return {file.name: openpyxl.load_workbook(out / file.name, data_only=True) for file in files}


def formulas(file: Path, theirs: Any) -> Iterator[tuple[str, str, Any, Any]]:
    """Every formula of a workbook: its cell, itself, the value we wrote beside it, and theirs."""
    cached = openpyxl.load_workbook(file, data_only=True)
    for page in openpyxl.load_workbook(file):
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    place = cached[page.title][cell.coordinate].value, theirs[page.title][cell.coordinate].value
                    yield f"{page.title}!{cell.coordinate}", str(cell.value), *place


def shown(page: Any, heading: str = "得分") -> tuple[list[Any], Any]:
    """What the column of points of a score sheet shows: for each indicator from the top, and for the whole."""
    (at,) = [cell.column for cell in page[HEAD_ROW] if cell.value == heading]
    found: list[Any] = []
    for row in page.iter_rows(HEAD_ROW + 1):
        words = {cell.value for cell in row[: at - 1]}
        if words & {"合计", "Total"}:
            return found, row[at - 1].value
        if not words & _SUMS:
            found.append(row[at - 1].value)
    raise AssertionError("no row of the total")


def agree(cell: Any, points: Fraction | None) -> bool:
    """Whether a cell shows these points; words stand where there are none."""
    if points is None or isinstance(cell, str) or cell is None:
        return points is None and isinstance(cell, str)
    return abs(Fraction(cell) - points) < Fraction(1, 10**9)


def differences(page: Any, outcome: Outcome) -> list[str]:
    """Where a score sheet shows other points than an outcome has."""
    cells, total = shown(page)
    if len(cells) != len(outcome.indicators):
        return [f"{len(cells)} rows for {len(outcome.indicators)} indicators"]
    pairs = [(i.name, cell, i.points) for i, cell in zip(outcome.indicators, cells, strict=True)]
    return [f"{n}: {c} for {p}" for n, c, p in [*pairs, ("合计", total, outcome.total)] if not agree(c, p)]

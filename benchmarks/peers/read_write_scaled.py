"""The floor of the way from file to file: polars reads what the rubric needs, and writes answers found elsewhere."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from speed.files import ANSWERS, NEEDED, SOURCES
from speed.plugins import Kind

TITLE = "polars reads and writes only, scaled int64"
KIND: Kind = "files"
NEEDS = ("polars",)


def through(folder: Path, target: Path) -> None:
    pl.read_parquet(folder / SOURCES["scaled"], columns=list(NEEDED))
    pl.read_parquet(folder / ANSWERS["scaled"]).write_parquet(target)

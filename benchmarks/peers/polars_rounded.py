"""Polars as in ``polars_float``, every percentage and the total rounded to 9 places before they are compared."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from peers import polars_float
from peers.polars_float import answers as answers, prepare as prepare
from speed.files import SOURCES
from speed.plugins import Kind

TITLE = "polars, lazy, float64, rounded to 9 places"
KIND: Kind = "many"
NEEDS = ("polars",)


def _rounded(value: pl.Expr) -> pl.Expr:
    return value.round(9)


def run(frame: pl.DataFrame) -> pl.DataFrame:
    return polars_float.scored(frame.lazy(), _rounded).collect()


def returns(numerator: int, denominator: int) -> bool:
    return polars_float.returns(numerator, denominator, _rounded)


def through(folder: Path, target: Path) -> None:
    polars_float.scored(pl.scan_parquet(folder / SOURCES["floats"]), _rounded).sink_parquet(target)

"""Polars, lazy, on float64: one pass of expressions, a percentage formed once and then compared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl

from speed.county import INDICATORS
from speed.files import SOURCES
from speed.oracle import Answers, read_columns
from speed.plugins import Kind
from speed.table import Table

TITLE = "polars, lazy, float64"
KIND: Kind = "many"
NEEDS = ("polars",)

Tidy = Callable[[pl.Expr], pl.Expr]


def plain(value: pl.Expr) -> pl.Expr:
    return value


def scored(table: pl.LazyFrame, tidy: Tidy = plain) -> pl.LazyFrame:
    """Points of every indicator, total and grade; ``tidy`` is done to what is compared or floored."""
    x = pl.col

    def percent(over: pl.Expr, under: pl.Expr) -> pl.Expr:
        return tidy(100 * over / under)

    def over(full: float, each: float, excess: pl.Expr) -> pl.Expr:
        return (full - each * excess.floor().clip(lower_bound=0)).clip(lower_bound=0)

    def bands(value: pl.Expr, up: bool, *rows: tuple[float, float]) -> pl.Expr:
        chain: Any = pl
        for edge, points in rows:
            chain = chain.when(value >= edge if up else value <= edge).then(points)
        made: pl.Expr = chain.otherwise(0.0)
        return made

    available = x("carried") + x("budget") + x("added")
    bought = tidy(100 * x("bought") / x("buy_budget") + 0.5).floor()
    idle = x("building") == 0
    points = {
        "staffing": over(3, 0.3, percent(x("staff") - x("extra_staff"), x("posts")) - 100),
        "sangong_change": over(4, 0.4, percent(x("sangong_budget"), x("sangong_last")) - 100),
        "completion": over(5, 2, (100 - percent(available - x("unspent"), available)) / 5),
        "control": bands(percent(x("added"), x("budget")), False, (5, 5.0), (10, 4.0), (20, 3.0), (30, 2.0)),
        "area_control": pl.when(idle)
        .then(5.0)
        .otherwise(over(5, 2, (percent(x("area"), x("area_approved")) - 100) / 5)),
        "cost_control": pl.when(idle)
        .then(5.0)
        .otherwise(over(5, 2, (percent(x("cost"), x("cost_approved")) - 100) / 5)),
        "office_control": over(8, 1, percent(x("office_spent"), x("office_budget")) - 100),
        "sangong_control": pl.when(x("sangong_budget") == 0)
        .then(x("sangong_judged"))
        .otherwise(over(8, 1, percent(x("sangong_spent"), x("sangong_budget")) - 100)),
        "purchasing": (6 - (bought - 100).abs()).clip(lower_bound=0),
        "duties": pl.when(x("standing") == 0)
        .then(8.0)
        .when(x("standing") == 1)
        .then(6.0)
        .when(x("standing") == 2)
        .then(4.0)
        .otherwise(0.0),
        "satisfaction": pl.when(x("satisfied").is_null())
        .then(x("satisfied_judged"))
        .otherwise(bands(x("satisfied"), True, (0.9, 6.0), (0.8, 5.0), (0.7, 4.0), (0.6, 3.0))),
    }
    named = [points[key].alias(key) if key in points else x(key) for key, _ in INDICATORS]
    total = tidy(pl.sum_horizontal([key for key, _ in INDICATORS]))
    grade = pl.when(x("total") >= 90).then(0).when(x("total") >= 80).then(1).when(x("total") >= 60).then(2).otherwise(3)
    return table.select(named).with_columns(total.alias("total")).with_columns(grade.cast(pl.Int8).alias("grade"))


def prepare(table: Table) -> pl.DataFrame:
    frame = pl.from_arrow(table.arrow("floats"))
    assert isinstance(frame, pl.DataFrame)
    return frame


def run(frame: pl.DataFrame) -> pl.DataFrame:
    return scored(frame.lazy()).collect()


def answers(result: pl.DataFrame) -> Answers:
    return read_columns(result["total"].to_numpy(), result["grade"].to_numpy())


def returns(numerator: int, denominator: int, tidy: Tidy = plain) -> bool:
    frame = pl.DataFrame({"n": [float(numerator)], "d": [float(denominator)]})
    return bool(frame.select(tidy(pl.col("n") / pl.col("d") * pl.col("d")) >= pl.col("n")).item())


def through(folder: Path, target: Path) -> None:
    scored(pl.scan_parquet(folder / SOURCES["floats"])).sink_parquet(target)

"""DuckDB: one SQL statement over DOUBLE columns, a percentage formed once and then compared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from speed.county import INDICATORS
from speed.files import SOURCES
from speed.oracle import Answers, read_columns
from speed.plugins import Kind
from speed.table import Table

TITLE = "DuckDB SQL, DOUBLE"
KIND: Kind = "many"
NEEDS = ("duckdb",)

SCORED = """
WITH rates AS (
    SELECT *,
        100 * (staff - extra_staff) / posts AS staffing_rate,
        100 * sangong_budget / sangong_last - 100 AS change_rate,
        100 * (carried + budget + added - unspent) / (carried + budget + added) AS completion_rate,
        100 * added / budget AS control_rate,
        100 * area / area_approved AS area_rate,
        100 * cost / cost_approved AS cost_rate,
        100 * office_spent / office_budget AS office_rate,
        100 * sangong_spent / sangong_budget AS sangong_rate,
        floor(100 * bought / buy_budget + 0.5) AS bought_rate
    FROM {source}
), points AS (
    SELECT goals, targets,
        greatest(3 - 0.3::DOUBLE * greatest(floor(staffing_rate - 100), 0), 0) AS staffing,
        greatest(4 - 0.4::DOUBLE * greatest(floor(change_rate), 0), 0) AS sangong_change,
        greatest(5 - 2 * floor((100 - completion_rate) / 5), 0) AS completion,
        CASE WHEN control_rate <= 5 THEN 5 WHEN control_rate <= 10 THEN 4 WHEN control_rate <= 20 THEN 3
             WHEN control_rate <= 30 THEN 2 ELSE 0 END::DOUBLE AS control,
        CASE WHEN building = 0 THEN 5
             ELSE greatest(5 - 2 * greatest(floor((area_rate - 100) / 5), 0), 0) END AS area_control,
        CASE WHEN building = 0 THEN 5
             ELSE greatest(5 - 2 * greatest(floor((cost_rate - 100) / 5), 0), 0) END AS cost_control,
        greatest(8 - greatest(floor(office_rate - 100), 0), 0) AS office_control,
        CASE WHEN sangong_budget = 0 THEN sangong_judged
             ELSE greatest(8 - greatest(floor(sangong_rate - 100), 0), 0) END AS sangong_control,
        greatest(6 - abs(bought_rate - 100), 0) AS purchasing,
        rules, compliance, disclosure,
        CASE standing WHEN 0 THEN 8 WHEN 1 THEN 6 WHEN 2 THEN 4 ELSE 0 END::DOUBLE AS duties,
        benefit, administration,
        CASE WHEN satisfied IS NULL THEN satisfied_judged WHEN satisfied >= 0.9::DOUBLE THEN 6
             WHEN satisfied >= 0.8::DOUBLE THEN 5 WHEN satisfied >= 0.7::DOUBLE THEN 4
             WHEN satisfied >= 0.6::DOUBLE THEN 3 ELSE 0 END AS satisfaction
    FROM rates
), totals AS (SELECT *, {sum} AS total FROM points)
SELECT *, CASE WHEN total >= 90 THEN 0 WHEN total >= 80 THEN 1 WHEN total >= 60 THEN 2 ELSE 3 END::TINYINT AS grade
FROM totals
"""
SUM = " + ".join(key for key, _ in INDICATORS)


def prepare(table: Table) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    facts = table.arrow("floats")
    connection.register("facts", facts)
    connection.execute("CREATE TABLE units AS SELECT * FROM facts")
    connection.unregister("facts")
    return connection


def run(connection: duckdb.DuckDBPyConnection) -> Any:
    return connection.sql(SCORED.format(source="units", sum=SUM)).to_arrow_table()


def answers(result: Any) -> Answers:
    return read_columns(result["total"].to_numpy(), result["grade"].to_numpy())


def returns(numerator: int, denominator: int) -> bool:
    asked = f"SELECT {numerator}::DOUBLE / {denominator}::DOUBLE * {denominator} >= {numerator}"
    return bool(duckdb.connect().execute(asked).fetchall()[0][0])


def through(folder: Path, target: Path) -> None:
    scored = SCORED.format(source=f"'{folder / SOURCES['floats']}'", sum=SUM)
    duckdb.connect().execute(f"COPY ({scored}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")

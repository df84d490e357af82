"""cel-python: the Common Expression Language in Python."""

from __future__ import annotations

from typing import Any

import celpy
from celpy import celtypes

from peers._cel import COMPUTED, GRADE, RETURNS, TOTAL, rows
from peers._sums import Scored, answers as answers
from speed.county import INDICATORS
from speed.plugins import Kind
from speed.table import Table

TITLE = "cel-python"
KIND: Kind = "one"
NEEDS = ("cel-python",)

Prepared = tuple[dict[str, Any], Any, Any, list[dict[str, Any]]]


def _program(text: str) -> Any:
    environment = celpy.Environment()
    return environment.program(environment.compile(text))


def _value(value: Any) -> Any:
    return celtypes.BoolType(value) if isinstance(value, bool) else celtypes.DoubleType(float(value))


def prepare(table: Table) -> Prepared:
    units = [{key: _value(value) for key, value in row.items()} for row in rows(table)]
    return {key: _program(text) for key, text in COMPUTED.items()}, _program(TOTAL), _program(GRADE), units


def run(prepared: Prepared) -> list[Scored]:
    rules, sum_up, grade, units = prepared
    results = []
    for row in units:
        points = {key: rules[key].evaluate(row) if key in rules else row[key] for key, _ in INDICATORS}
        total = sum_up.evaluate(points)
        results.append((points, total, str(grade.evaluate({"total": total}))))
    return results


def returns(numerator: int, denominator: int) -> bool:
    return bool(_program(RETURNS).evaluate({"n": _value(numerator), "d": _value(denominator)}))

"""common-expression-language: the Common Expression Language in Rust, called from Python."""

from __future__ import annotations

from typing import Any

from cel import Context, compile as compiled

from peers._cel import COMPUTED, GRADE, RETURNS, TOTAL, rows
from peers._sums import Scored, answers as answers
from speed.county import INDICATORS
from speed.plugins import Kind
from speed.table import Table

TITLE = "CEL in Rust (common-expression-language)"
KIND: Kind = "one"
NEEDS = ("common-expression-language",)

Prepared = tuple[dict[str, Any], Any, Any, list[dict[str, Any]]]


def prepare(table: Table) -> Prepared:
    rules = {key: compiled(text) for key, text in COMPUTED.items()}
    return rules, compiled(TOTAL), compiled(GRADE), rows(table)


def run(prepared: Prepared) -> list[Scored]:
    rules, sum_up, grade, units = prepared
    results = []
    for row in units:
        context = Context(row)  # once a unit: it is what costs most
        points = {key: rules[key].execute(context) if key in rules else row[key] for key, _ in INDICATORS}
        total = sum_up.execute(points)
        results.append((points, total, grade.execute({"total": total})))
    return results


def returns(numerator: int, denominator: int) -> bool:
    return bool(compiled(RETURNS).execute({"n": float(numerator), "d": float(denominator)}))

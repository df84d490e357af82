"""rule-engine: an expression an indicator, then total and grade over the points; its numbers are decimals."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from peers._sums import Scored, answers as answers
from speed.county import INDICATORS
from speed.plugins import Kind
from speed.table import Table

# A file of the same name as the package it is about: asked for by its full name.
_Rule: Any = import_module("rule_engine").Rule

TITLE = "rule-engine"
KIND: Kind = "one"
NEEDS = ("rule-engine",)


def _over(full: str, each: str, over: str, under: str, wide: str = "1") -> str:
    rate = f"100 * {over} / {under}"
    return f"{rate} <= 100 ? {full} : $max([{full} - {each} * (({rate} - 100) / {wide}).floor, 0])"


_AVAILABLE = "(carried + budget + added)"
_CONTROL = "100 * added / budget"
COMPUTED: Mapping[str, str] = {
    "staffing": _over("3", "0.3", "(staff - extra_staff)", "posts"),
    "sangong_change": _over("4", "0.4", "sangong_budget", "sangong_last"),
    "completion": f"$max([5 - 2 * ((100 - 100 * ({_AVAILABLE} - unspent) / {_AVAILABLE}) / 5).floor, 0])",
    "control": f"{_CONTROL} <= 5 ? 5 : ({_CONTROL} <= 10 ? 4 : ({_CONTROL} <= 20 ? 3 : ({_CONTROL} <= 30 ? 2 : 0)))",
    "area_control": f"not building ? 5 : ({_over('5', '2', 'area', 'area_approved', '5')})",
    "cost_control": f"not building ? 5 : ({_over('5', '2', 'cost', 'cost_approved', '5')})",
    "office_control": _over("8", "1", "office_spent", "office_budget"),
    "sangong_control": f"sangong_budget == 0 ? sangong_judged : ({_over('8', '1', 'sangong_spent', 'sangong_budget')})",
    "purchasing": "$max([6 - $abs((100 * bought / buy_budget + 0.5).floor - 100), 0])",
    "duties": "standing == 0 ? 8 : (standing == 1 ? 6 : (standing == 2 ? 4 : 0))",
    "satisfaction": "satisfied == null ? satisfied_judged : (satisfied >= 0.9 ? 6 : (satisfied >= 0.8 ? 5"
    " : (satisfied >= 0.7 ? 4 : (satisfied >= 0.6 ? 3 : 0))))",
}
TOTAL = " + ".join(key for key, _ in INDICATORS)
GRADE = "total >= 90 ? '优' : (total >= 80 ? '良' : (total >= 60 ? '中' : '差'))"

Prepared = tuple[dict[str, Any], Any, Any, list[dict[str, Any]]]


def prepare(table: Table) -> Prepared:
    return {key: _Rule(text) for key, text in COMPUTED.items()}, _Rule(TOTAL), _Rule(GRADE), table.decimal_rows()


def run(prepared: Prepared) -> list[Scored]:
    rules, sum_up, grade, rows = prepared
    results = []
    for row in rows:
        points = {key: rules[key].evaluate(row) if key in rules else row[key] for key, _ in INDICATORS}
        total = sum_up.evaluate(points)
        results.append((points, total, grade.evaluate({"total": total})))
    return results


def returns(numerator: int, denominator: int) -> bool:
    return bool(_Rule("n / d * d >= n").evaluate({"n": numerator, "d": denominator}))

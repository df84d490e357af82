"""zen-engine (GoRules): a decision of three expression nodes; its numbers are decimals."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import zen

from peers._sums import Scored, answers as answers
from speed.county import INDICATORS
from speed.plugins import Kind
from speed.table import Table

TITLE = "zen-engine (GoRules)"
KIND: Kind = "one"
NEEDS = ("zen-engine",)


def _over(full: str, each: str, over: str, under: str, wide: str = "1") -> str:
    return f"max([min([{full}, {full} - {each} * floor((100 * {over} / {under} - 100) / {wide})]), 0])"


_AVAILABLE = "(carried + budget + added)"
_CONTROL = "100 * added / budget"
COMPUTED: Mapping[str, str] = {
    "staffing": _over("3", "0.3", "(staff - extra_staff)", "posts"),
    "sangong_change": _over("4", "0.4", "sangong_budget", "sangong_last"),
    "completion": f"max([5 - 2 * floor((100 - 100 * ({_AVAILABLE} - unspent) / {_AVAILABLE}) / 5), 0])",
    "control": f"{_CONTROL} <= 5 ? 5 : {_CONTROL} <= 10 ? 4 : {_CONTROL} <= 20 ? 3 : {_CONTROL} <= 30 ? 2 : 0",
    "area_control": f"building ? {_over('5', '2', 'area', 'area_approved', '5')} : 5",
    "cost_control": f"building ? {_over('5', '2', 'cost', 'cost_approved', '5')} : 5",
    "office_control": _over("8", "1", "office_spent", "office_budget"),
    "sangong_control": f"sangong_budget == 0 ? sangong_judged : {_over('8', '1', 'sangong_spent', 'sangong_budget')}",
    "purchasing": "max([6 - abs(floor(100 * bought / buy_budget + 0.5) - 100), 0])",
    "duties": "standing == 0 ? 8 : standing == 1 ? 6 : standing == 2 ? 4 : 0",
    "satisfaction": "satisfied == null ? satisfied_judged : satisfied >= 0.9 ? 6 : satisfied >= 0.8 ? 5"
    " : satisfied >= 0.7 ? 4 : satisfied >= 0.6 ? 3 : 0",
}
GRADE = "total >= 90 ? '优' : total >= 80 ? '良' : total >= 60 ? '中' : '差'"


def _node(name: str, expressions: Mapping[str, str], passed: bool) -> dict[str, Any]:
    rows = [{"id": f"{name}-{key}", "key": key, "value": text} for key, text in expressions.items()]
    content = {"expressions": rows, "passThrough": passed}
    return {"id": name, "name": name, "type": "expressionNode", "content": content}


def decision() -> Any:
    """Points, then their sum, then the grade."""
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode"},
        _node("points", {key: COMPUTED.get(key, key) for key, _ in INDICATORS}, False),
        _node("sum", {"total": " + ".join(key for key, _ in INDICATORS)}, True),
        _node("graded", {"grade": GRADE}, True),
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    ends = [node["id"] for node in nodes]
    edges = [
        {"id": f"{start}-{end}", "sourceId": start, "targetId": end, "type": "edge"} for start, end in pairwise(ends)
    ]
    return zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}, ensure_ascii=False))


def prepare(table: Table) -> tuple[Any, list[dict[str, Any]]]:
    return decision(), table.float_rows()


def run(prepared: tuple[Any, list[dict[str, Any]]]) -> list[Scored]:
    rules, rows = prepared
    results = []
    for row in rows:
        points = rules.evaluate(row)["result"]
        results.append((points, points["total"], points["grade"]))
    return results


def returns(numerator: int, denominator: int) -> bool:
    return bool(zen.evaluate_expression("n / d * d >= n", {"n": numerator, "d": denominator}))

"""opa-eval: Rego on the regorus engine; facts go in as JSON text, made beforehand."""

from __future__ import annotations

import json
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from peers._sums import Scored, answers as answers
from speed.county import INDICATORS
from speed.plugins import Kind
from speed.table import Table

# A file of the same name as the package it is about: asked for by its full name.
_Evaluator: Any = import_module("opa_eval").OpaEval

TITLE = "opa-eval (Rego on regorus)"
KIND: Kind = "one"
NEEDS = ("opa-eval",)

POLICY = """package county
import rego.v1

over(full, each, rate, wide) := max([0, full - each * max([0, floor((rate - 100) / wide)])])

building_control(spent, approved) := 5 if not input.building
building_control(spent, approved) := over(5, 2, 100 * spent / approved, 5) if input.building

available := input.carried + input.budget + input.added
completion_rate := 100 * (available - input.unspent) / available
control_rate := 100 * input.added / input.budget
bought_rate := floor(100 * input.bought / input.buy_budget + 0.5)

default control := 0
control := 5 if control_rate <= 5
else := 4 if control_rate <= 10
else := 3 if control_rate <= 20
else := 2 if control_rate <= 30

sangong_control := input.sangong_judged if input.sangong_budget == 0
else := over(8, 1, 100 * input.sangong_spent / input.sangong_budget, 1)

satisfaction := input.satisfied_judged if input.satisfied == null
else := 6 if input.satisfied >= 0.9
else := 5 if input.satisfied >= 0.8
else := 4 if input.satisfied >= 0.7
else := 3 if input.satisfied >= 0.6
else := 0

points := {
    "goals": input.goals, "targets": input.targets,
    "staffing": over(3, 0.3, 100 * (input.staff - input.extra_staff) / input.posts, 1),
    "sangong_change": over(4, 0.4, 100 * input.sangong_budget / input.sangong_last, 1),
    "completion": max([0, 5 - 2 * floor((100 - completion_rate) / 5)]),
    "control": control,
    "area_control": building_control(input.area, input.area_approved),
    "cost_control": building_control(input.cost, input.cost_approved),
    "office_control": over(8, 1, 100 * input.office_spent / input.office_budget, 1),
    "sangong_control": sangong_control,
    "purchasing": max([0, 6 - abs(bought_rate - 100)]),
    "rules": input.rules, "compliance": input.compliance, "disclosure": input.disclosure,
    "duties": [8, 6, 4, 0][input.standing],
    "benefit": input.benefit, "administration": input.administration,
    "satisfaction": satisfaction,
}
total := sum([points[key] | some key in input_order])
input_order := [ORDER]

grade := "优" if total >= 90
else := "良" if total >= 80
else := "中" if total >= 60
else := "差"

scored := {"points": points, "total": total, "grade": grade}
"""


def _policy(text: str, query: str) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "policy.rego"
        path.write_text(text, encoding="utf-8")
        return _Evaluator(str(path), query=query)


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def prepare(table: Table) -> tuple[Any, list[str]]:
    order = ", ".join(json.dumps(key) for key, _ in INDICATORS)
    policy = _policy(POLICY.replace("ORDER", order), "data.county.scored")
    rows = table.float_rows()
    return policy, [json.dumps({key: _number(value) for key, value in row.items()}) for row in rows]


def run(prepared: tuple[Any, list[str]]) -> list[Scored]:
    policy, texts = prepared
    results = []
    for text in texts:
        found = policy.evaluate_parsed(text)
        results.append((found["points"], found["total"], found["grade"]))
    return results


def returns(numerator: int, denominator: int) -> bool:
    text = "package quotient\nimport rego.v1\nheld := input.n / input.d * input.d >= input.n\n"
    return bool(_policy(text, "data.quotient.held").evaluate_parsed(json.dumps({"n": numerator, "d": denominator})))

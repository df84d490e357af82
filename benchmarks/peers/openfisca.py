"""OpenFisca: a variable a fact and an indicator, formulas over arrays; its numbers are float32."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import YEAR
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from speed.county import INDICATORS
from speed.files import NEEDED
from speed.oracle import Answers, read_columns
from speed.plugins import Kind
from speed.table import Table

TITLE = "openfisca-core, float32"
KIND: Kind = "many"
NEEDS = ("openfisca-core",)
AT_MOST = 1_000_000

PERIOD = "2019"
DEPARTMENT = build_entity("department", "departments", "A department", is_person=True)


def _over(full: float, each: float, excess: Any) -> Any:
    return np.maximum(full - each * np.maximum(np.floor(excess), 0), 0)


def _percent(x: Any, over: str, under: str) -> Any:
    with np.errstate(divide="ignore", invalid="ignore"):
        return 100 * x(over) / x(under)


def _completion(x: Any) -> Any:
    available = x("carried") + x("budget") + x("added")
    return _over(5, 2, (100 - 100 * (available - x("unspent")) / available) / 5)


def _control(x: Any) -> Any:
    rate = _percent(x, "added", "budget")
    return np.select([rate <= 5, rate <= 10, rate <= 20, rate <= 30], [5, 4, 3, 2], 0)


def _building(x: Any, over: str, under: str) -> Any:
    return np.where(x("building"), _over(5, 2, (_percent(x, over, under) - 100) / 5), 5)


def _sangong(x: Any) -> Any:
    points = _over(8, 1, _percent(x, "sangong_spent", "sangong_budget") - 100)
    return np.where(x("sangong_budget") == 0, x("sangong_judged"), points)


def _purchasing(x: Any) -> Any:
    rate = np.floor(_percent(x, "bought", "buy_budget") + np.float32(0.5))
    return np.maximum(6 - np.abs(rate - 100), 0)


def _satisfaction(x: Any) -> Any:
    rate = x("satisfied")
    edges = [rate >= np.float32(edge) for edge in (0.9, 0.8, 0.7, 0.6)]  # as float32 as the facts
    return np.where(x("surveyed"), np.select(edges, [6, 5, 4, 3], 0), x("satisfied_judged"))


FORMULAS: Mapping[str, Any] = {
    "staffing": lambda x: _over(3, 0.3, 100 * (x("staff") - x("extra_staff")) / x("posts") - 100),
    "sangong_change": lambda x: _over(4, 0.4, _percent(x, "sangong_budget", "sangong_last") - 100),
    "completion": _completion,
    "control": _control,
    "area_control": lambda x: _building(x, "area", "area_approved"),
    "cost_control": lambda x: _building(x, "cost", "cost_approved"),
    "office_control": lambda x: _over(8, 1, _percent(x, "office_spent", "office_budget") - 100),
    "sangong_control": _sangong,
    "purchasing": _purchasing,
    "duties": lambda x: np.array([8, 6, 4, 0])[x("standing")],
    "satisfaction": _satisfaction,
}
COUNTS = ("staff", "extra_staff", "posts", "standing")
FLAGS = ("building", "surveyed")
SCORES = {f"{key}_points": FORMULAS[key] for key, _ in INDICATORS if key in FORMULAS}
PARTS = tuple(f"{key}_points" if key in FORMULAS else key for key, _ in INDICATORS)


def _total(x: Any) -> Any:
    return sum(x(part) for part in PARTS)


def _grade(x: Any) -> Any:
    total = x("total")
    return np.select([total >= 90, total >= 80, total >= 60], [0, 1, 2], 3)


def _variable(name: str, kind: type, rule: Any = None) -> Any:
    """A class of the kind that a country package holds by the hundred."""
    body: dict[str, Any] = {"value_type": kind, "entity": DEPARTMENT, "definition_period": YEAR, "label": name}
    if rule is not None:
        body["formula"] = lambda department, period: rule(lambda asked: department(asked, period))
    return type(name, (Variable,), body)


def system(scores: Mapping[str, Any], facts: Mapping[str, type]) -> Any:
    """The rules, to be shared by all simulations."""
    rules = TaxBenefitSystem([DEPARTMENT])
    for name, kind in facts.items():
        rules.add_variable(_variable(name, kind))
    for name, rule in scores.items():
        rules.add_variable(_variable(name, int if name == "grade" else float, rule))
    return rules


def prepare(table: Table) -> tuple[Any, dict[str, Any]]:
    inputs: dict[str, Any] = {key: column for key, column in table.floats().items() if key in NEEDED}
    inputs["surveyed"] = ~np.isnan(inputs["satisfied"])
    inputs = {key: np.nan_to_num(column) for key, column in inputs.items()}
    kinds = {key: int if key in COUNTS else bool if key in FLAGS else float for key in inputs}
    types = {int: np.int32, bool: np.bool_, float: np.float32}
    arrays = {key: column.astype(types[kinds[key]]) for key, column in inputs.items()}
    return system({**SCORES, "total": _total, "grade": _grade}, kinds), arrays


def run(prepared: tuple[Any, dict[str, Any]]) -> tuple[Any, Any]:
    rules, arrays = prepared
    simulation = SimulationBuilder().build_default_simulation(rules, len(arrays["staff"]))
    for key, column in arrays.items():
        simulation.set_input(key, PERIOD, column)
    return simulation.calculate("total", PERIOD), simulation.calculate("grade", PERIOD)


def answers(result: tuple[Any, Any]) -> Answers:
    return read_columns(result[0].astype(np.float64), result[1])


def returns(numerator: int, denominator: int) -> bool:
    rules = system({"held": lambda x: x("n") / x("d") * x("d") >= x("n")}, {"n": float, "d": float})
    simulation = SimulationBuilder().build_default_simulation(rules, 1)
    simulation.set_input("n", PERIOD, np.array([numerator], dtype=np.float32))
    simulation.set_input("d", PERIOD, np.array([denominator], dtype=np.float32))
    return bool(simulation.calculate("held", PERIOD)[0])

"""The definition of the language: every value, every row that applied, remarks and identity checks."""

from __future__ import annotations

from typing import Any

from rubriclang import Outcome, Rubric, loads
from rubriclang.backends.scoring import score
from rubriclang.facts.binding import FactSet
from speed.oracle import Answers, read
from speed.plugins import Kind
from speed.table import Table

TITLE = "rubriclang interpreter, full trace"
KIND: Kind = "one"
NEEDS = ("rubriclang",)
GROWS = True


def prepare(table: Table) -> tuple[Rubric, list[FactSet]]:
    rubric = loads(table.text)
    return rubric, [rubric.bind(*table.facts(unit)) for unit in range(table.units)]


def run(prepared: tuple[Rubric, list[FactSet]]) -> list[Outcome]:
    rubric, units = prepared
    return [score(rubric.program, facts, rubric.source) for facts in units]


def answers(outcomes: list[Outcome]) -> Answers:
    return read((o.total for o in outcomes), (o.grade or "" for o in outcomes))


def returns(numerator: int, denominator: int) -> bool:
    lines = (
        "# 例（1分）\n数据：\n- 甲：万元，≥ 0\n- 乙：万元，> 0",
        f"## 商（1分）\n甲 / 乙 × 乙：≥ {numerator} 万元 -> 1；否则 -> 0",
    )
    facts: dict[str, Any] = {"甲": numerator, "乙": denominator}
    return loads("\n".join(lines)).score(facts).total == 1

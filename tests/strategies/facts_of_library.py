"""Random facts for a rubric that is only known as a program: of the declared types, some missing, some out of range."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from rubriclang.facts.binding import schema_of
from rubriclang.ir import nodes as ir
from rubriclang.ir.types import ComparatorSign, Day, Labels, Number, Truth

_NUMBERS = st.one_of(
    st.sampled_from(
        ["0", "1", "2", "3", "5", "10", "60", "80", "90", "95", "100", "120", "1000", "-1", "0.5", "99.99"]
    ),
    st.integers(0, 200).map(str),
    st.decimals(0, 150, places=2).map(str),
)
_DAYS = st.dates(min_value=date(2010, 1, 1)).map(lambda day: day.isoformat())


def _values(fact: ir.Fact) -> st.SearchStrategy[str]:
    match fact.type:
        case Number(style="percent"):
            return _NUMBERS.map(lambda text: f"{text}%")
        case Number():
            return st.integers(-1, 120).map(str) if fact.whole else _NUMBERS
        case Truth():
            return st.sampled_from(["是", "否"])
        case Labels(options=options):
            return st.sampled_from(options)
        case ComparatorSign():
            return st.sampled_from(["≥", "≤", "=", ">", "<"])
        case Day():
            return _DAYS
        case _:
            return st.sampled_from(["甲", "乙", "丙"])


@st.composite
def _row(draw: st.DrawFn, facts: tuple[ir.Fact, ...]) -> dict[str, str]:
    """Mostly whole rows: what is missing hides the rest."""
    holes = draw(st.sampled_from([0, 0, 0, 0.1]))
    return {fact.name: draw(_values(fact)) for fact in facts if not holes or draw(st.floats(0, 1)) > holes}


@st.composite
def library_facts(draw: st.DrawFn, program: ir.Program) -> dict[str, Any]:
    """Facts, rows of its tables, judged points, and other units where the program compares with them."""
    facts: dict[str, Any] = draw(_row(program.facts))
    for listed in program.lists:
        if draw(st.integers(0, 9)):
            facts[listed.name] = draw(st.lists(_row(listed.columns), max_size=3))
    judged = {
        name: draw(st.sampled_from(["0", "1", "2", "3", "4", "5", "8", "10"])) for name in schema_of(program).judged
    }
    document: dict[str, Any] = {"单位": "甲", "数据": facts, "评定": judged}
    if program.needs_population:
        others = draw(st.lists(_row(program.facts), max_size=2))
        document["各单位"] = [{"单位": f"第{i}", "数据": other} for i, other in enumerate(others)]
    return document

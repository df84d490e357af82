"""The 2019 rubric in the Common Expression Language: an expression an indicator, then total and grade over the points.

Every number is a double. The language has neither floor nor max: a conversion to int cuts, a condition bounds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from speed.county import INDICATORS
from speed.table import Table


def _percent(over: str, under: str) -> str:
    return f"100.0 * {over} / {under}"


def _steps(full: str, each: str, value: str, most: str, wide: str = "") -> str:
    """Full points up to 100 percent; beyond, ``each`` off for every whole step; none left beyond ``most`` percent."""
    excess = f"({value} - 100.0) / {wide}" if wide else f"{value} - 100.0"
    return f"{value} <= 100.0 ? {full} : {value} >= {most} ? 0.0 : {full} - {each} * double(int({excess}))"


_AVAILABLE = "(carried + budget + added)"
_COMPLETION = _percent(f"({_AVAILABLE} - unspent)", _AVAILABLE)
_CONTROL = _percent("added", "budget")
_BOUGHT = "double(int(100.0 * bought / buy_budget + 0.5))"
_CHANGE = "100.0 * sangong_budget / sangong_last - 100.0"
COMPUTED: Mapping[str, str] = {
    "staffing": _steps("3.0", "0.3", _percent("(staff - extra_staff)", "posts"), "110.0"),
    "sangong_change": f"{_CHANGE} <= 0.0 ? 4.0 : {_CHANGE} >= 10.0 ? 0.0 : 4.0 - 0.4 * double(int({_CHANGE}))",
    "completion": f"{_COMPLETION} >= 100.0 ? 5.0 : {_COMPLETION} <= 85.0 ? 0.0"
    f" : 5.0 - 2.0 * double(int((100.0 - {_COMPLETION}) / 5.0))",
    "control": f"{_CONTROL} <= 5.0 ? 5.0 : {_CONTROL} <= 10.0 ? 4.0"
    f" : {_CONTROL} <= 20.0 ? 3.0 : {_CONTROL} <= 30.0 ? 2.0 : 0.0",
    "area_control": f"!building ? 5.0 : {_steps('5.0', '2.0', _percent('area', 'area_approved'), '115.0', '5.0')}",
    "cost_control": f"!building ? 5.0 : {_steps('5.0', '2.0', _percent('cost', 'cost_approved'), '115.0', '5.0')}",
    "office_control": _steps("8.0", "1.0", _percent("office_spent", "office_budget"), "108.0"),
    "sangong_control": "sangong_budget == 0.0 ? sangong_judged : "
    + _steps("8.0", "1.0", _percent("sangong_spent", "sangong_budget"), "108.0"),
    "purchasing": f"{_BOUGHT} <= 94.0 || {_BOUGHT} >= 106.0 ? 0.0"
    f" : {_BOUGHT} <= 100.0 ? {_BOUGHT} - 94.0 : 106.0 - {_BOUGHT}",
    "duties": "standing == 0.0 ? 8.0 : standing == 1.0 ? 6.0 : standing == 2.0 ? 4.0 : 0.0",
    "satisfaction": "!surveyed ? satisfied_judged : satisfied >= 0.9 ? 6.0 : satisfied >= 0.8 ? 5.0"
    " : satisfied >= 0.7 ? 4.0 : satisfied >= 0.6 ? 3.0 : 0.0",
}
TOTAL = " + ".join(key for key, _ in INDICATORS)
GRADE = "total >= 90.0 ? '优' : total >= 80.0 ? '良' : total >= 60.0 ? '中' : '差'"
RETURNS = "n / d * d >= n"


def rows(table: Table) -> list[dict[str, Any]]:
    """What each unit has, all numbers as floats; ``surveyed`` tells whether there is a satisfaction rate."""
    made = []
    for row in table.float_rows():
        facts = {k: v if isinstance(v, bool) else float(v) for k, v in row.items() if v is not None}
        made.append({**facts, "surveyed": row["satisfied"] is not None})
    return made

"""The list form of HJ 633—2012, ``cn/hj633_2012``, gives the figures of table 1 as ``intl/aqi_hj633_2012`` does.

The vectors are those of the international library; here a measurement is a row of a list instead of a fact of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import rubriclang
from rubriclang import Outcome

from .test_intl_vectors import ALL, Vector, named, rubric_called

RUBRIC = rubriclang.load(Path(__file__).resolve().parents[2] / "rubrics" / "cn" / "hj633_2012.rubric")
# The fact of a vector, the item of the list, the pollutant it measures.
ITEMS = {
    "so2_24h": ("二氧化硫日均", "SO2"),
    "so2_1h": ("二氧化硫时均", "SO2"),
    "no2_24h": ("二氧化氮日均", "NO2"),
    "no2_1h": ("二氧化氮时均", "NO2"),
    "pm10_24h": ("PM10日均", "PM10"),
    "co_24h": ("一氧化碳日均", "CO"),
    "co_1h": ("一氧化碳时均", "CO"),
    "o3_1h": ("臭氧时均", "O3"),
    "o3_8h": ("臭氧八时", "O3"),
    "pm25_24h": ("PM2.5日均", "PM2.5"),
}
POLLUTANT = dict(ITEMS.values())
VECTORS = [vector for vector in ALL if vector.scheme.rubric == "aqi_hj633_2012"]


def _pollutants(items: object) -> set[str]:
    assert isinstance(items, tuple)
    return {POLLUTANT[str(item)] for item in items}


def _scored_as_a_list(facts: Mapping[str, Any]) -> Outcome:
    """The outcome of a vector's facts as rows; 实时报, as the one-hour limits of SO2, NO2 and CO hold there only."""
    rows = [{"项目": ITEMS[name][0], "浓度": figure} for name, figure in facts.items() if name in ITEMS]
    return RUBRIC.score({"报别": "实时报", "监测": rows})


@pytest.mark.parametrize("vector", VECTORS, ids=named)
def test_the_list_form_gives_the_same_index(vector: Vector) -> None:
    outcome = _scored_as_a_list(vector.facts)
    assert outcome.total == vector.expected["aqi"]
    if "category" in vector.expected:
        assert outcome.grade == vector.expected["category"]
    if "primary" in vector.expected:
        assert _pollutants(outcome.values["首要污染物"]) == set(vector.expected["primary"])
    if "exceed" in vector.expected:
        assert _pollutants(outcome.values["超标污染物"]) == set(vector.expected["exceed"])


def _below_a_further_limit(vector: Vector) -> bool:
    """A break point of table 1 with another one above it; above 800, SO2 of an hour and O3 of eight have none."""
    ((name, figure),) = ((name, figure) for name, figure in vector.facts.items() if name in ITEMS)
    return vector.expected["aqi"] < 500 and not (figure == 800 and name in {"so2_1h", "o3_8h"})


BREAK_POINTS = [vector for vector in VECTORS if "-bp-" in vector.id and _below_a_further_limit(vector)]


@pytest.mark.parametrize("vector", BREAK_POINTS, ids=named)
def test_just_above_a_break_point_the_index_is_one_more(vector: Vector) -> None:
    # All fractions are rounded up (6.2), which hides a limit written a little too high from the figures of the table.
    more = {name: figure + Decimal("0.001") if name in ITEMS else figure for name, figure in vector.facts.items()}
    assert _scored_as_a_list(more).total == vector.expected["aqi"] + 1
    one_by_one = rubric_called(vector.scheme.rubric).score(vector.scheme.translated(more))
    assert one_by_one.total == vector.expected["aqi"] + 1


def test_the_vectors_of_2012_are_there() -> None:
    assert len(VECTORS) == 93
    # Ten columns; a column of eight limits has seven with one above, SO2 of an hour and O3 of eight have four and five.
    assert len(BREAK_POINTS) == 8 * 7 + 4 + 5

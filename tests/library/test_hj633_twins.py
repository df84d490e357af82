"""The list form of HJ 633—2012, ``cn/hj633_2012``, gives the figures of table 1 as ``intl/aqi_hj633_2012`` does.

The vectors are those of the international library; here a measurement is a row of a list instead of a fact of its own.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import rubriclang

from .test_intl_vectors import ALL, Vector, named

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


@pytest.mark.parametrize("vector", VECTORS, ids=named)
def test_the_list_form_gives_the_same_index(vector: Vector) -> None:
    measured = [(name, figure) for name, figure in vector.facts.items() if name in ITEMS]
    rows = [{"项目": ITEMS[name][0], "浓度": figure} for name, figure in measured]
    # 实时报: the one-hour limits of SO2, NO2 and CO hold there only, and the vectors try them.
    outcome = RUBRIC.score({"报别": "实时报", "监测": rows})
    assert outcome.total == vector.expected["aqi"]
    if "category" in vector.expected:
        assert outcome.grade == vector.expected["category"]
    if "primary" in vector.expected:
        assert _pollutants(outcome.values["首要污染物"]) == set(vector.expected["primary"])
    if "exceed" in vector.expected:
        assert _pollutants(outcome.values["超标污染物"]) == set(vector.expected["exceed"])


def test_the_vectors_of_2012_are_there() -> None:
    assert len(VECTORS) == 93

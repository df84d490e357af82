"""The rubrics of ``rubrics/intl`` give every figure of the vectors exactly.

A vector holds facts and expected results under the names of its scheme; the tables below say what each name is called
in the rubric. Numbers are read exactly: decimals as ``Decimal``, ``"n/d"`` as a fraction.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import pytest

import rubriclang
from rubriclang import Outcome, Rubric

RUBRICS = Path(__file__).resolve().parents[2] / "rubrics" / "intl"
VECTORS = Path(__file__).resolve().parent / "vectors"
Result = Callable[[Outcome], Any]


# ---- where a result stands in an outcome


def total(outcome: Outcome) -> Any:
    return outcome.total


def grade(outcome: Outcome) -> Any:
    return outcome.grade


def value(name: str) -> Result:
    return lambda outcome: outcome.values[name]


def points(name: str) -> Result:
    return lambda outcome: outcome[name].points


def percentage(name: str) -> Result:
    """What the bands of an indicator are about, a rate, as a number of percent."""

    def read(outcome: Outcome) -> Any:
        found = outcome[name].value
        assert isinstance(found, Fraction)
        return found * 100

    return read


def parts(names: Mapping[str, str]) -> Result:
    """The points of all indicators, under the names of the scheme."""
    return lambda outcome: {theirs: outcome[ours].points for theirs, ours in names.items()}


def parts_of_total(outcome: Outcome) -> dict[str, Fraction]:
    """The points of what stands right below the title, as far as it has any."""
    found = {section.path[0]: section.points for section in outcome.sections if len(section.path) == 1}
    found |= {indicator.name: indicator.points for indicator in outcome if len(indicator.path) == 1}
    return {name: score for name, score in found.items() if score is not None}


def by_bidder(name: str) -> Result:
    """A list of scores of the admitted bids, by bidder."""
    return lambda outcome: dict(zip(column(outcome, "admitted"), column(outcome, name), strict=True))


def ranking(outcome: Outcome) -> list[Any]:
    """The admitted bidders by their place."""
    places = [place for place in column(outcome, "position") if isinstance(place, Fraction)]
    placed = sorted(zip(places, column(outcome, "admitted"), strict=True))
    return [bidder for _, bidder in placed]


def column(outcome: Outcome, name: str) -> tuple[Any, ...]:
    found = outcome.values[name]
    assert isinstance(found, tuple)
    return found


# ---- the schemes


@attrs.frozen
class Scheme:
    """A rubric, and what the facts and results of its vectors are called in it.

    ``when`` are facts that choose the rubric and are none of its own; ``facts`` and ``columns`` rename facts and the
    columns of lists, ``options`` the values of a fact, ``rates`` are facts given as a number of percent.
    """

    vectors: str
    rubric: str
    results: Mapping[str, Result]
    when: Mapping[str, str] = attrs.field(factory=dict)
    facts: Mapping[str, str] = attrs.field(factory=dict)
    columns: Mapping[str, str] = attrs.field(factory=dict)
    options: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict)
    rates: frozenset[str] = frozenset()

    def translated(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """The facts of a vector under the names of the rubric."""
        return {self.facts.get(k, k): self._value(k, v) for k, v in facts.items() if k not in self.when}

    def _value(self, name: str, given: Any) -> Any:
        if isinstance(given, list):
            return [{self.columns.get(k, k): v for k, v in row.items()} for row in given]
        if name in self.rates:
            return f"{given}%"
        return self.options.get(name, {}).get(given, given) if isinstance(given, str) else given


AQI = {
    "so2_24h": "SO2日均",
    "so2_1h": "SO2小时",
    "no2_24h": "NO2日均",
    "no2_1h": "NO2小时",
    "pm10_24h": "PM10日均",
    "co_24h": "CO日均",
    "co_1h": "CO小时",
    "o3_1h": "O3小时",
    "o3_8h": "O3八小时",
    "pm25_24h": "PM2.5日均",
}
AQI_RESULTS = {
    "aqi": total,
    "level": value("级别"),
    "category": grade,
    "primary": value("首要污染物"),
    "exceed": value("超标污染物"),
    "iaqi": parts_of_total,
}
NEWS2_PARTS = {
    "resp_rate": "respiration",
    "spo2": "saturation",
    "oxygen": "air_or_oxygen",
    "sbp": "systolic",
    "pulse": "pulse",
    "consciousness": "consciousness",
    "temp": "temperature",
}
SCORECARD = {"department": "department_name", "age": "age_in_years", "income": "monthly_income"}
SCORECARD_RESULTS = {
    "score": total,
    "partial": parts({name: name for name in SCORECARD}),
    "reasons": value("reasons"),
}
SCHEMES = (
    Scheme("aqi_hj633", "aqi_hj633_2012", AQI_RESULTS, {"edition": "2012"}, AQI),
    Scheme("aqi_hj633", "aqi_hj633_2026", AQI_RESULTS, {"edition": "2026"}, AQI),
    Scheme(
        "news2",
        "news2",
        {"total": total, "any3": value("any_three"), "risk": grade, "parts": parts(NEWS2_PARTS)},
        facts={
            "resp_rate": "respiration_rate",
            "oxygen": "supply",
            "sbp": "systolic_pressure",
            "pulse": "pulse_rate",
            "consciousness": "awareness",
            "temp": "body_temperature",
        },
    ),
    Scheme("pmml_scorecard", "pmml_scorecard_simple", SCORECARD_RESULTS, {"model": "simple"}, SCORECARD),
    Scheme("pmml_scorecard", "pmml_scorecard_complex", SCORECARD_RESULTS, {"model": "complex"}, SCORECARD),
    Scheme(
        "leed",
        "leed_v41_optimize_energy",
        {
            "points": total,
            "cost_points": points("cost"),
            "ghg_points": points("emissions"),
            "cost_improvement": percentage("cost"),
        },
        {"what": "energy41"},
        {"pci": "cost_index", "pci_target": "cost_index_target", "ghg_improvement": "emissions_improvement"},
        options={"building": {"nc": "new_construction"}},
        rates=frozenset({"cost_improvement", "ghg_improvement"}),
    ),
    Scheme("leed", "leed_v4_om_energy_star", {"points": total}, {"what": "om_energy_star"}),
    Scheme("leed", "leed_v4_level", {"level": grade}, {"what": "level"}, {"points": "points_awarded"}),
    Scheme(
        "degrees",
        "degree_uk",
        {"level5": points("level_5"), "level6": points("level_6"), "programme_mark": total, "class": grade},
        {"what": "uk_degree"},
        {"level5": "level_5_modules", "level6": "level_6_modules"},
    ),
    Scheme("degrees", "honours_uow", {"grade": total, "class": grade}, {"what": "uow_honours"}),
    Scheme("degrees", "honours_hku_law", {"class": grade}, {"what": "hku"}),
    Scheme("degrees", "gpa_florida", {"gpa": total, "gpa2": value("rounded")}, {"what": "gpa"}),
    Scheme("degrees", "grade_florida_letter", {"letter": grade}, {"what": "letter"}, rates=frozenset({"percent"})),
    Scheme(
        "tender_price",
        "tender_price_quality",
        {
            "price_scores": by_bidder("price_scores"),
            "totals": by_bidder("total_scores"),
            "winner": value("winners"),
            "ranking": ranking,
        },
        facts={"round": "decimals"},
        columns={"name": "bidder"},
    ),
    Scheme(
        "clinical",
        "apgar",
        {"total": total, "class": grade},
        {"what": "apgar"},
        {"respiration": "breathing", "tone": "muscle_tone", "reflex": "reflex_response", "color": "skin_colour"},
    ),
    Scheme(
        "clinical",
        "cha2ds2_vasc",
        {"score": total},
        {"what": "cha2ds2_vasc"},
        {"age": "age_in_years", "chf": "heart_failure", "vascular": "vascular_disease"},
    ),
)


# ---- the vectors


@attrs.frozen
class Vector:
    id: str
    scheme: Scheme
    facts: Mapping[str, Any]
    expected: Mapping[str, Any]


def exactly(figure: Any) -> Any:
    """An expected figure as an outcome holds it."""
    match figure:
        case bool() | None:
            return figure
        case int() | Decimal():
            return Fraction(figure)
        case str() if re.fullmatch(r"-?\d+/\d+", figure):
            return Fraction(figure)
        case list():
            return tuple(exactly(item) for item in figure)
        case dict():
            return {key: exactly(item) for key, item in figure.items()}
        case _:
            return figure


def read_vectors() -> Iterator[Vector]:
    for path in sorted(VECTORS.glob("*.json")):
        schemes = [scheme for scheme in SCHEMES if scheme.vectors == path.stem]
        for raw in json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal):
            fitting = [s for s in schemes if all(raw["facts"].get(k) == v for k, v in s.when.items())]
            if schemes:
                (scheme,) = fitting
                yield Vector(f"{path.stem}/{raw['id']}", scheme, raw["facts"], raw["expected"])


ALL = tuple(read_vectors())


@cache
def rubric_called(name: str) -> Rubric:
    return rubriclang.load(RUBRICS / f"{name}.rubric")


def found_in(vector: Vector, wanted: Mapping[str, Any]) -> dict[str, Any]:
    outcome = rubric_called(vector.scheme.rubric).score(vector.scheme.translated(vector.facts))
    assert outcome.diagnostics == () or None in vector.expected.values()
    found = {name: vector.scheme.results[name](outcome) for name in wanted}
    return {name: tuple(figure) if isinstance(figure, list) else figure for name, figure in found.items()}


def named(vector: Vector) -> str:
    return vector.id


@pytest.mark.parametrize("vector", ALL, ids=named)
def test_every_expected_figure_comes_out_exactly(vector: Vector) -> None:
    wanted = {name: exactly(figure) for name, figure in vector.expected.items()}
    assert found_in(vector, wanted) == wanted


def test_all_vectors_are_there() -> None:
    assert len(ALL) == 455
    assert len({vector.id for vector in ALL}) == 455
    assert {vector.scheme.rubric for vector in ALL} == {path.stem for path in RUBRICS.glob("*.rubric")}


@pytest.mark.parametrize("path", sorted(RUBRICS.glob("*.rubric")), ids=lambda path: path.stem)
def test_the_rubric_is_clean_cites_its_basis_and_passes_its_own_tests(path: Path) -> None:
    rubric = rubric_called(path.stem)
    assert rubric.diagnostics == ()
    assert rubric.program.basis
    outcomes = rubric.run_tests()
    assert outcomes
    assert [outcome.name for outcome in outcomes if not outcome.passed] == []

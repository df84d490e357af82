"""Laws of editions, over every rubric of the library: one that changes nothing gives what its base gives."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

import rubriclang
from rubriclang.driver import RubricError
from tests.strategies.facts_of_library import library_facts

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "rubrics").rglob("*.rubric"))
_TITLE = re.compile(r"^#(?!#).*$", re.M)
_REFERENCE = re.compile(r"^(沿用|extends)[：:].*$", re.M)
# One that is an edition itself cannot be said again: what it took away is gone.
BASES = [name for name in LIBRARY if not _REFERENCE.search((ROOT / name).read_text(encoding="utf-8"))]


def _loaded(text: str, path: Path) -> rubriclang.Rubric:
    try:
        return rubriclang.loads(text, str(path.with_name("edition.rubric")))
    except RubricError as error:
        raise AssertionError([(d.code, d.message()) for d in error.diagnostics]) from error


@cache
def base_of(name: str) -> rubriclang.Rubric:
    return rubriclang.load(ROOT / name)


@cache
def bare_of(name: str) -> rubriclang.Rubric:
    """An edition that says nothing but what it builds on."""
    path = ROOT / name
    title = _TITLE.search(path.read_text(encoding="utf-8"))
    assert title is not None
    return _loaded(f"{title[0]}\n沿用：{path.name}\n", path)


@cache
def repeated_of(name: str) -> rubriclang.Rubric:
    """An edition that says everything again."""
    path = ROOT / name
    text = path.read_text(encoding="utf-8")
    return _loaded(_TITLE.sub(lambda found: f"{found[0]}\n沿用：{path.name}", text, count=1), path)


def told(rubric: rubriclang.Rubric, document: dict[str, Any]) -> dict[str, Any]:
    """An outcome without the places in the text."""
    outcome = rubric.score(document).to_dict()
    for indicator in outcome["indicators"]:
        indicator.pop("span")
    outcome["diagnostics"] = [(d["code"], d["message"]) for d in outcome["diagnostics"]]
    return outcome


def facts_of(rubric: rubriclang.Rubric) -> list[tuple[str, ...]]:
    return [(fact.name, *fact.aliases) for fact in rubric.program.facts]


@pytest.mark.parametrize("name", LIBRARY)
@given(data=st.data())
@settings(max_examples=8)
def test_an_edition_that_says_nothing_equals_its_base(name: str, data: st.DataObject) -> None:
    base, edition = base_of(name), bare_of(name)
    document = data.draw(library_facts(base.program))
    assert told(edition, document) == told(base, document)


@pytest.mark.parametrize("name", BASES)
@given(data=st.data())
@settings(max_examples=8)
def test_an_edition_that_says_everything_again_equals_its_base(name: str, data: st.DataObject) -> None:
    base, edition = base_of(name), repeated_of(name)
    document = data.draw(library_facts(base.program))
    assert told(edition, document) == told(base, document)


@pytest.mark.parametrize("name", LIBRARY)
def test_nothing_is_lost_on_the_way(name: str) -> None:
    """Facts in their order, results, parameters, identities – and no tests, which an edition writes itself."""
    base, editions = base_of(name), [bare_of(name), *([repeated_of(name)] if name in BASES else [])]
    for edition in editions:
        assert facts_of(edition) == facts_of(base)
        for what in ("results", "parameters", "basis"):
            assert getattr(edition.program, what) == getattr(base.program, what)
        assert [check.name for check in edition.program.checks] == [check.name for check in base.program.checks]
    assert bare_of(name).program.tests == ()
    assert len(editions[-1].program.tests) == (len(base.program.tests) if name in BASES else 0)


def test_the_laws_see_whole_outcomes() -> None:
    """Most facts drawn are whole enough for points, so that equal does not mean equally missing."""
    name = "rubrics/2019_county_overall.rubric"
    seen: list[bool] = []

    @given(document=library_facts(base_of(name).program))
    @settings(max_examples=40)
    def look(document: dict[str, Any]) -> None:
        outcome = base_of(name).score(document)
        seen.append(sum(i.points is not None for i in outcome) >= 9)

    look()
    assert sum(seen) > len(seen) / 4

"""Every test that ``rubric test --suggest`` writes for the library: run, it passes and reaches the row it is for."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

import rubriclang
from rubriclang.backends.coverage import branches, coverage, stated, suggestion
from rubriclang.backends.evaluation import Key
from rubriclang.ir.types import Number

ROOT = Path(__file__).resolve().parents[2]
# The search for facts takes a minute of the slow ones; the nightly run has them: RUBRIC_NIGHTLY=1.
SLOW = ("hj633_2012", "leed_v41_optimize_energy", "news2", "2019_county_overall", "property_service_pay")
EVERY = sorted((ROOT / "rubrics").rglob("*.rubric"))
LIBRARY = [path for path in EVERY if path.stem not in SLOW or "RUBRIC_NIGHTLY" in os.environ]


def _without_place(key: Key) -> tuple[str, str]:
    return key[0], key[1]


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_each_suggested_test_reaches_its_row(path: Path) -> None:
    rubric = rubriclang.load(path)
    tests = [outcome.reached for outcome in rubric.run_tests()]
    found = coverage(rubric.program, frozenset().union(*tests))
    suggested = [item for item in found.unreached if item.witness is not None and item.branch.owner]
    written = []
    for item in suggested:
        assert item.witness is not None
        outcome = rubric.score({"数据": dict(item.witness.facts), "评定": dict(item.witness.judged)})
        written.append(suggestion(item, stated(outcome, item.branch.owner)))
    if not written:
        return
    changed = rubriclang.loads(path.read_text(encoding="utf-8") + "\n\n" + "\n".join(written) + "\n", str(path))
    ran = changed.run_tests()[-len(written) :]
    for item, text, test in zip(suggested, written, ran, strict=True):
        assert test.passed, text
        assert _without_place(item.branch.key) in {_without_place(key) for key in test.reached}, text


def test_witnesses_come_out_with_their_units() -> None:
    """In the library, facts of money, people and the like are always given with a unit, rates with a percent sign."""
    seen = 0
    for path in [path for path in EVERY if path.stem not in SLOW][:14]:
        rubric = rubriclang.load(path)
        kinds = {fact.name: fact.type for fact in rubric.program.facts}
        for item in coverage(rubric.program, ()).unreached:
            for name, value in item.witness.facts.items() if item.witness is not None else ():
                kind = kinds[name]
                if isinstance(kind, Number) and kind.style == "percent":
                    assert re.fullmatch(r"-?[\d./]+%", value), (name, value)
                    seen += 1
                elif isinstance(kind, Number) and not kind.unit.plain:
                    assert re.fullmatch(rf"-?[\d./]+{re.escape(kind.unit.name)}", value), (name, value)
                    seen += 1
    assert seen > 50


def test_a_branch_list_is_not_empty() -> None:
    assert sum(len(branches(rubriclang.load(path).program)) for path in LIBRARY[:5]) > 20

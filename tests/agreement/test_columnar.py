"""Tables scored by columns against the interpreter: every column of the answers, and the diagnostics of every unit."""

from __future__ import annotations

import functools
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, strategies as st

import rubriclang
from tests.properties.test_whole_rubrics import _is_sound
from tests.strategies.budget import examples
from tests.strategies.facts_of_library import library_facts
from tests.strategies.whole.banded import label_only
from tests.strategies.whole.pieces import Whole
from tests.strategies.whole.rubrics import FAMILIES, Given, fillings, single_rubrics

pa = pytest.importorskip("pyarrow")
pytest.importorskip("llvmlite")

from rubriclang.backends.columnar.plan import sayable  # noqa: E402
from tests.agreement.comparing import Row, columns_agree, table_of  # noqa: E402

_LIBRARY = Path(__file__).parent.parent.parent / "rubrics"
_PATHS = sorted(_LIBRARY.rglob("*.rubric"))
_WITH_POINTS = [family for family in dict.fromkeys(FAMILIES) if family is not label_only]
_HUGE = ["9" * 17, "1" + "0" * 18, "9" * 19, "123456789012345678.123456789", "0.000000001", "-" + "8" * 18, "1/3"]


@functools.cache
def _of_library(path: Path) -> rubriclang.Rubric:
    return rubriclang.load(path)


def _rows_of(rubric: rubriclang.Rubric, documents: list[dict[str, Any]], huge: dict[tuple[int, str], str]) -> list[Row]:
    rows: list[Row] = [(dict(d["数据"]), dict(d["评定"])) for d in documents]
    for (at, name), text in huge.items():
        if at < len(rows) and name in rows[at][0]:
            percent = rows[at][0][name].endswith("%")
            rows[at][0][name] = text + "%" if percent else text
    return rows


@pytest.mark.parametrize("path", _PATHS, ids=lambda path: path.stem)
def test_random_tables_for_a_rubric(path: Path) -> None:
    rubric = _of_library(path)
    if not sayable(rubric.program):
        pytest.skip("reads rows of tables or other units: not by columns")
    names = [fact.name for fact in rubric.program.facts]

    @given(
        st.lists(library_facts(rubric.program), min_size=4, max_size=7),
        st.dictionaries(
            st.tuples(st.integers(0, 6), st.sampled_from(names or [""])),
            st.sampled_from(_HUGE),
            max_size=2,
        ),
    )
    @examples(0.05)
    def agrees(documents: list[dict[str, Any]], huge: dict[tuple[int, str], str]) -> None:
        columns_agree(rubric, _rows_of(rubric, documents, huge))

    agrees()


@st.composite
def _cases(draw: st.DrawFn) -> tuple[Whole, list[Given]]:
    whole = draw(st.one_of(*(single_rubrics(family) for family in _WITH_POINTS)))
    return whole, [draw(fillings(whole)) for _ in range(4)]


@given(case=_cases())
@examples(0.5)
def test_random_rubrics(case: tuple[Whole, list[Given]]) -> None:
    whole, filled = case
    assume(_is_sound(whole))
    rubric = rubriclang.loads(whole.text())
    if not sayable(rubric.program):
        return
    rows: list[Row] = []
    for one in filled:
        bound = rubric.bind({}, one.judged)  # by the paths that the rubric gives its items
        judged = {item: str(value) for item, value in bound.judged.items()}
        rows.append(({n: t for n, t in one.facts.items() if t != ""}, judged))
    columns_agree(rubric, rows)


def test_the_facts_of_the_county_are_scored_by_the_loop() -> None:
    """92 points and 优, as its report says; one identity fails there, so it is corrected to be plain."""
    from rubriclang.ir.notation import number_text

    rubric = _of_library(_LIBRARY / "2019_county_overall.rubric")
    bound = rubric.bind(rubriclang.load_facts(_LIBRARY.parent / "examples" / "baojing_2019.yaml"))
    facts = {name: _text(value) for name, value in bound.values.items()} | {"年末结转": "62.28"}
    judged = {item: number_text(value) for item, value in bound.judged.items() if isinstance(value, Fraction)}
    assert columns_agree(rubric, [(facts, judged)] * 3) == 3
    answers = rubric.score_table(table_of(rubric, [(facts, judged)])).to_pylist()
    assert (answers[0]["总分"], answers[0]["等次"]) == (92, "优")


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)

"""The same units in a database and in the interpreter: equal points, totals and grades, or a mark."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

import rubriclang
from rubriclang.facts.document import Document, Fields, from_python
from rubriclang.ir.types import Day, Number, Truth
from tests.sql.databases import Run, in_duckdb, own_postgres, postgres_is_here
from tests.strategies.budget import examples
from tests.strategies.facts_of_library import library_facts

pytest.importorskip("sqlglot")
pytest.importorskip("duckdb")

from rubriclang.backends.integers.inputs import Scaled
from rubriclang.backends.integers.lowering import lower
from rubriclang.backends.sql.refusals import refused
from rubriclang.backends.sql.statement import Options, Statement, compile_sql

_LIBRARY = Path(__file__).parents[2] / "rubrics"
_PATHS = sorted(_LIBRARY.rglob("*.rubric"))
_ODD = ["9" * 16, "-" + "9" * 16, "0.00001", "1.2345", "-0.0001", "999999999999.9999"]


@functools.cache
def _rubric(path: Path) -> rubriclang.Rubric:
    return rubriclang.load(path)


@functools.cache
def _statement(path: Path, dialect: str) -> Statement | None:
    rubric = _rubric(path)
    found = compile_sql(rubric.program, rubric.source, Options(dialect, "units", "单位"))
    if isinstance(found, Statement):
        return found
    assert all(told.code in ("R740", "R741") for told in found)
    return None


def _sayable() -> list[Path]:
    """Without the statement itself, of which the making takes longer."""
    return [path for path in _PATHS if not refused(_rubric(path).program, None, lower(_rubric(path).program, Scaled()))]


_SAYABLE = _sayable()


def _columns(rubric: rubriclang.Rubric) -> dict[str, str]:
    found = {"单位": "text"}
    for fact in rubric.program.facts:
        kind = {Number: "decimal(34, 9)", Truth: "boolean", Day: "date"}.get(type(fact.type), "text")
        rate = isinstance(fact.type, Number) and fact.type.style == "percent"
        found[f"{fact.name}(%)" if rate else fact.name] = kind
    return found | dict.fromkeys((item.replace("/", ".") for item in rubric.schema.judged), "decimal(34, 9)")


def _row(rubric: rubriclang.Rubric, document: dict[str, Any]) -> list[Any]:
    cells: list[Any] = ["甲"]
    for fact in rubric.program.facts:
        text = document["数据"].get(fact.name)
        match fact.type:
            case _ if text is None:
                cells.append(None)
            case Number():
                cells.append(Decimal(text.removesuffix("%")))
            case Truth():
                cells.append(text == "是")
            case Day():
                cells.append(date.fromisoformat(text))
            case _:
                cells.append(text)
    judged = [document["评定"].get(item) for item in rubric.schema.judged]
    return [*cells, *(None if text is None else Decimal(text) for text in judged)]


def _facts(document: dict[str, Any]) -> rubriclang.Facts:
    root = from_python(document)
    assert isinstance(root, Fields)
    return rubriclang.Facts(Document(root))


def _exact(answer: dict[str, Any], name: str) -> Any:
    """The answer under a heading as the interpreter gives it."""
    if f"{name}.分子" in answer:
        n, d = answer[f"{name}.分子"], answer[f"{name}.分母"]
        return None if n is None else Fraction(int(n), int(d))
    return answer[name]


def _same(rubric: rubriclang.Rubric, documents: list[dict[str, Any]], run: Run, dialect: str, path: Path) -> int:
    """Compares all answers; how many rows the database carried."""
    statement = _statement(path, dialect)
    assert statement is not None
    answers = run(_columns(rubric), [_row(rubric, document) for document in documents], statement.text)
    assert len(answers) == len(documents)
    carried = 0
    # A database may give rows in any order; here it reads one small table from its beginning.
    for document, answer in zip(documents, answers, strict=True):
        if answer["需解释器"]:
            assert all(cell is None for head, cell in answer.items() if head not in ("单位", "需解释器"))
            continue
        carried += 1
        outcome = rubric.score(_facts(document))
        assert not outcome.diagnostics, (document, [d.message() for d in outcome.diagnostics])
        wanted: list[tuple[str, tuple[str, ...], Any]] = [("总分", (), outcome.total)]
        for indicator in outcome.indicators:
            points = indicator.label if indicator.points is None else indicator.points
            wanted.append((indicator.path[-1], indicator.path, points))
        for name, where, want in wanted:
            head = name if name in answer or f"{name}.分子" in answer else ".".join(where)
            found = _exact(answer, head)
            if isinstance(want, Fraction) and found is not None:
                found = Fraction(found)
            assert found == want, (name, document)
        if rubric.program.grade is not None:
            assert answer["等次"] == outcome.grade, document
    return carried


@st.composite
def _units(draw: st.DrawFn, rubric: rubriclang.Rubric, size: int) -> list[dict[str, Any]]:
    """Units of a rubric, a few with a number that is too large, too fine or negative."""
    found = draw(st.lists(library_facts(rubric.program), min_size=size, max_size=size))
    signs = {f.name: "%" * (f.type.style == "percent") for f in rubric.program.facts if isinstance(f.type, Number)}
    for document in found[: size // 4] if signs else []:
        name = draw(st.sampled_from(sorted(signs)))
        document["数据"][name] = draw(st.sampled_from(_ODD)) + signs[name]
    return found


@pytest.mark.parametrize("path", _SAYABLE[::2], ids=lambda path: path.stem)
def test_duckdb(path: Path) -> None:
    rubric = _rubric(path)

    @given(_units(rubric, 12))
    @examples(0.03)
    def agrees(documents: list[dict[str, Any]]) -> None:
        _same(rubric, documents, in_duckdb, "duckdb", path)

    agrees()


@pytest.fixture(scope="module")
def postgres() -> Iterator[Run]:
    if not postgres_is_here():
        pytest.skip("PostgreSQL is not installed")
    with own_postgres() as run:
        yield run


@pytest.mark.parametrize("path", _SAYABLE[1::4], ids=lambda path: path.stem)
def test_postgres(path: Path, postgres: Run) -> None:
    rubric = _rubric(path)

    @given(_units(rubric, 12))
    @examples(0.02)
    def agrees(documents: list[dict[str, Any]]) -> None:
        _same(rubric, documents, postgres, "postgres", path)

    agrees()


@pytest.mark.parametrize("dialect", ["duckdb", "postgres"])
def test_the_facts_of_the_county_are_carried(dialect: str, postgres: Run) -> None:
    """92 points and 优, as its report says; one identity fails there, so it is corrected to be plain."""
    path = _LIBRARY / "2019_county_overall.rubric"
    rubric = _rubric(path)
    bound = rubric.bind(rubriclang.load_facts(_LIBRARY.parent / "examples" / "baojing_2019.yaml"))
    cells: list[Any] = ["甲"]
    for fact in rubric.program.facts:
        value: Any = Fraction("62.28") if fact.name == "年末结转" else bound.values.get(fact.name)
        if isinstance(value, Fraction):
            rate = isinstance(fact.type, Number) and fact.type.style == "percent"
            value = Decimal(value.numerator) / Decimal(value.denominator) * (100 if rate else 1)
        cells.append(value)
    for item in rubric.schema.judged:
        points = bound.judged.get(item)
        cells.append(Decimal(points.numerator) / Decimal(points.denominator) if isinstance(points, Fraction) else None)
    statement = _statement(path, dialect)
    assert statement is not None
    run = in_duckdb if dialect == "duckdb" else postgres
    (answer,) = run(_columns(rubric), [cells], statement.text)
    assert answer["需解释器"] is False
    assert (Fraction(_exact(answer, "总分")), answer["等次"]) == (Fraction(92), "优")

"""What a statement is made of: whole division, names and texts from a rubric, limits, and refusals."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import rubriclang
from rubriclang.cli.main import cli
from tests.sql.databases import Run, in_duckdb, own_postgres, postgres_is_here

pytest.importorskip("sqlglot")
pytest.importorskip("duckdb")

import sqlglot
from sqlglot import exp

from rubriclang.backends.integers.bounds import Range
from rubriclang.backends.integers.graph import Graph
from rubriclang.backends.integers.inputs import Input
from rubriclang.backends.sql.dialects import DIALECTS
from rubriclang.backends.sql.inputs import Reading, columns_of
from rubriclang.backends.sql.ranges import clamped
from rubriclang.backends.sql.statement import Options, Statement, compile_sql
from rubriclang.backends.sql.writing import Writer

_RATIO = "# 标准（5分）\n数据：\n- 甲：万元\n- 乙：万元，> 0\n## 指标（5分）\n甲 / 乙：≤ 5% -> 5；否则 -> 0\n"


@pytest.fixture(scope="module")
def postgres() -> Iterator[Run]:
    if not postgres_is_here():
        pytest.skip("PostgreSQL is not installed")
    with own_postgres() as run:
        yield run


def _made(text: str, dialect: str = "duckdb", **options: Any) -> Statement:
    rubric = rubriclang.loads(text)
    found = compile_sql(rubric.program, rubric.source, Options(dialect, "units", "单位", **options))
    assert isinstance(found, Statement), [told.message() for told in found]
    return found


def _divided(run: Run, dialect: str) -> None:
    """Down, away from zero too: -7 // 2 = -4 as 2 × -4 = -8 is the last multiple below -7; -6 // 2 = -3; 7 // 2 = 3;
    -1 // 3 = -1; 0 // 3 = 0; -9 // 3 = -3; 10**30 and its negative over 7 end in …571 as 7 × 142857 = 10**6 - 1."""
    graph = Graph()
    a, b = graph.input("a"), graph.input("b")
    term = graph.floordiv(a, graph.max(b, graph.one))
    kind = DIALECTS[dialect]
    given = Range(-(10**30), 10**30)
    found = [given] * len(graph.nodes)
    writer = Writer(kind, graph, found, {a: "a", b: "b"}, [term])
    query: Any = exp.table_("units")
    for step in writer.steps:
        columns = [exp.alias_(value, exp.to_identifier(name, quoted=True)) for name, value in step]
        query = exp.select("*", *columns).from_(query.subquery("x") if isinstance(query, exp.Select) else query)
    answer = exp.select(exp.alias_(exp.cast(writer.read(term), "TEXT"), "q")).from_(query.subquery("x"))
    pairs = [(-7, 2), (-6, 2), (7, 2), (-1, 3), (0, 3), (-9, 3), (10**30, 7), (-(10**30), 7)]
    third = "142857" * 5
    wanted = ["-4", "-3", "3", "-1", "0", "-3", third, "-142857142857142857142857142858"]
    columns_kind = "hugeint" if dialect == "duckdb" else "numeric"
    rows = run({"a": columns_kind, "b": columns_kind}, pairs, answer.sql(dialect=dialect) + ";")
    assert [row["q"] for row in rows] == wanted


def test_division_rounds_down_in_duckdb() -> None:
    _divided(in_duckdb, "duckdb")


def test_division_rounds_down_in_postgres(postgres: Run) -> None:
    _divided(postgres, "postgres")


@pytest.mark.parametrize("dialect", sorted(DIALECTS))
def test_a_database_reads_its_own_dialect(dialect: str) -> None:
    text = _made(_RATIO, dialect).text
    assert sqlglot.parse_one(text, dialect=dialect).find(exp.Select) is not None
    assert ("MATERIALIZED" in text) == (dialect == "postgres")


def test_what_a_cell_says_decides_whether_its_row_is_marked() -> None:
    """5 of 100 is 5%: 5 points; 6 of 100 is more: 0. Too fine, too large, absent or out of bounds: marked."""
    statement = _made(_RATIO, digits=2, at_most=1000)
    cells = [
        ("5", "100"),
        ("6", "100"),
        ("-3", "1"),
        ("0.001", "1"),
        ("1001", "1"),
        (None, "1"),
        ("1", "0"),
        ("1", "-2"),
    ]
    rows = [("u", *(None if cell is None else Decimal(cell) for cell in row)) for row in cells]
    kinds = {"单位": "text", "甲": "decimal(30, 6)", "乙": "decimal(30, 6)"}
    answers = in_duckdb(kinds, rows, statement.text)
    assert [answer["总分"] for answer in answers] == [5, 0, 5, None, None, None, None, None]
    assert [answer["需解释器"] for answer in answers] == [False] * 3 + [True] * 5


def test_binary_floats_are_marked() -> None:
    answers = in_duckdb({"单位": "text", "甲": "double", "乙": "bigint"}, [("u", 5.0, 100)], _made(_RATIO).text)
    assert [(answer["总分"], answer["需解释器"]) for answer in answers] == [(None, True)]


def test_the_largest_numbers_do_not_overflow() -> None:
    """Every corner of what is proved: 10**k and its negative, with all decimals."""
    statement = _made(_RATIO)
    most = Decimal(statement.at_most)
    rows = [("u", a, b) for a in (most, -most, Decimal("0.0001")) for b in (most, -most, Decimal("0.0001"))]
    answers = in_duckdb({"单位": "text", "甲": "decimal(38, 4)", "乙": "decimal(38, 4)"}, rows, statement.text)
    # one is 100%: 0 points; what is negative is below 5%; 乙 must be positive
    assert [answer["总分"] for answer in answers] == [0, None, 0, 5, None, 5, 5, None, 0]


@pytest.mark.parametrize("dialect", ["duckdb", "postgres"])
def test_texts_stay_texts(dialect: str, postgres: Run) -> None:
    """Quotes and backslashes in texts and names mean nothing to the database."""
    texts = ("o'brien", "a\\b", "其他'); drop table units; --")
    made = Input("fact", 'k"ind', "text", 0, options=texts)
    columns = columns_of(0, made, Reading(DIALECTS[dialect], 4, 10), texts)
    code = exp.cast(columns.first[0][1], "INT")
    text = exp.select(exp.alias_(code, "code")).from_("units").sql(dialect=dialect) + ";"
    rows = [(word,) for word in (*texts, "?")]
    answers = (in_duckdb if dialect == "duckdb" else postgres)({'k"ind': "text"}, rows, text)
    assert [int(answer["code"]) for answer in answers] == [0, 1, 2, -1]


def test_a_table_name_is_a_name() -> None:
    rubric = rubriclang.loads(_RATIO)
    found = compile_sql(rubric.program, rubric.source, Options("duckdb", "main.units", 'a"b; drop table x'))
    assert isinstance(found, Statement)
    assert '"main"."units"' in found.text and '"a""b; drop table x"' in found.text


def test_limits_that_are_not_proved_are_refused() -> None:
    rubric = rubriclang.loads(_RATIO)
    found = compile_sql(rubric.program, rubric.source, Options("duckdb", "units", "单位", at_most=10**36))
    assert not isinstance(found, Statement)
    assert [told.code for told in found] == ["R741"]
    best = int("".join(c for c in found[0].hint().partition("--at-most ")[2].partition("，")[0]))
    assert _made(_RATIO, at_most=best).at_most == best


def test_a_clamp_outside_a_range_gives_its_end() -> None:
    assert clamped(Range(-5, 3), Range(7, None)) == Range(7, 7)
    assert clamped(Range(None, 3), Range(1, None)) == Range(1, 3)


def test_the_command(tmp_path: Any) -> None:
    path = tmp_path / "a.rubric"
    path.write_text(_RATIO, encoding="utf-8")
    out = tmp_path / "a.sql"
    arguments = ["compile", str(path), "--to", "sql", "--dialect", "duckdb", "-o", str(out), "--lang", "en"]
    ended = CliRunner().invoke(cli, arguments)
    assert ended.exit_code == 0, ended.output
    rows = [("u", Decimal(5), Decimal(100))]
    answers = in_duckdb({"单位": "text", "甲": "decimal(9, 2)", "乙": "decimal(9, 2)"}, rows, out.read_text("utf-8"))
    assert answers == [{"单位": "u", "指标": 5, "total": 5, "to interpreter": False}]


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    kept = tmp_path / "标准.sql"
    kept.write_text("mine", encoding="utf-8")
    rubric = tmp_path / "标准.rubric"
    rubric.write_text(
        "# 例（5分）\n数据：\n- 率：%，0% 至 100%\n## 甲（5分）\n率：≥ 90% -> 5；否则 -> 0\n", encoding="utf-8"
    )
    order = ["compile", str(rubric), "--to", "sql", "--dialect", "duckdb", "-o", str(kept)]
    assert CliRunner().invoke(cli, order).exit_code == 2
    assert kept.read_text(encoding="utf-8") == "mine"
    assert CliRunner().invoke(cli, [*order, "--force"]).exit_code == 0
    assert "SELECT" in kept.read_text(encoding="utf-8")

"""``rubric compile``: a rubric as a statement that a database runs."""

from __future__ import annotations

import sys

import click

from rubriclang.cli.options import Lang, echo_diagnostics, fail, lang_option, load_rubric
from rubriclang.cli.writing import write_new

_DIALECTS = ("duckdb", "postgres", "spark")


@click.command("compile")
@click.argument("rubric", type=click.Path())
@click.option("--to", "target", type=click.Choice(["sql"]), required=True, help="What it becomes.")
@click.option("--dialect", type=click.Choice(_DIALECTS), required=True, help="Whose SQL.")
@click.option("--table", default="units", show_default=True, help="The table with a row a unit.")
@click.option("--unit", default="单位", show_default=True, help="Its column with the names of the units.")
@click.option("--digits", type=click.IntRange(0, 9), default=4, show_default=True, help="Decimals of its numbers.")
@click.option("--at-most", type=click.IntRange(1), help="The largest number in it; rows with larger ones are marked.")
@click.option("-o", "--output", type=click.Path(), help="A file instead of the terminal.")
@click.option("--force", is_flag=True, help="Replace the output file if it is there already.")
@lang_option
def command(
    rubric: str,
    target: str,
    dialect: str,
    table: str,
    unit: str,
    digits: int,
    at_most: int | None,
    output: str | None,
    force: bool,
    lang: Lang,
) -> None:
    """把标准写成一条 SQL 查询：整数运算，和 rubric score 分毫不差；算不准的行标出来。

    Writes a rubric as one SQL query in whole numbers, exactly as 'rubric score' counts; rows that SQL does not carry
    are marked in the last column. Exit code 0: done; 1: the rubric cannot be said in SQL; 2: could not run.
    """
    loaded = load_rubric(rubric, lang)
    try:
        from rubriclang.backends.sql.statement import Options, Statement, compile_sql
    except ImportError:
        zh, en = "要先安装：pip install 'rubriclang[sql]'", "it needs: pip install 'rubriclang[sql]'"
        fail(zh if lang == "zh" else en)
    found = compile_sql(loaded.program, loaded.source, Options(dialect, table, unit, digits, at_most, lang))
    if not isinstance(found, Statement):
        echo_diagnostics(found, lang)
        sys.exit(1)
    if output is None:
        click.echo(found.text, nl=False)
    else:
        write_new(output, found.text.encode("utf-8"), force, lang)
    zh = f"数据不超过 {found.at_most}、小数不超过 {digits} 位的行由数据库计分，其余的行标为“需解释器”"
    en = f"rows with numbers up to {found.at_most} and {digits} decimals are scored; others are marked 'to interpreter'"
    click.echo(f"rubric: {zh if lang == 'zh' else en}", err=True)

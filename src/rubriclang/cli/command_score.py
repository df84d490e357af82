"""``rubric score``: scores one fact set and prints the score sheet."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import click

from rubriclang.cli.options import Lang, echo_diagnostics, fail, lang_option, load_fact_file, load_rubric
from rubriclang.cli.writing import write_new
from rubriclang.facts.errors import PENDING


@click.command("score")
@click.argument("rubric", type=click.Path())
@click.argument("facts", type=click.Path())
@click.option("--format", "form", type=click.Choice(["text", "json", "jsonl"]), default="text", show_default=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(),
    default=None,
    help="Write to this file, by its suffix csv, xlsx, parquet or duckdb.",
)
@click.option("--force", is_flag=True, help="Replace the output file if it is there already.")
@click.option(
    "--engine",
    type=click.Choice(["auto", "columnar"]),
    default="auto",
    show_default=True,
    help="columnar: a large table from file to file.",
)
@click.option("--strict", is_flag=True, help="A failed identity check makes the exit code 1.")
@click.option(
    "--draft", is_flag=True, help="Score a rubric with faults in its rules, to see what they do; exit code 1."
)
@click.option("--certificate", type=click.Path(), default=None, help="Write all exact values, for rubric verify.")
@click.option("--width", type=click.IntRange(40, 400), default=None, help="Columns of the printed table.")
@lang_option
def command(
    rubric: str,
    facts: str,
    form: str,
    output: str | None,
    force: bool,
    engine: str,
    strict: bool,
    draft: bool,
    certificate: str | None,
    width: int | None,
    lang: Lang,
) -> None:
    """按标准给一个单位计分，打印得分表；给一张多个单位的表计分，打印名次表。

    Scores one unit, or a table with a row a unit. Exit code 0: complete; 1: something is missing or wrong; 2: could not
    run. A folder in place of the rubric: the one rubric in it that applies to the unit.
    """
    given = load_fact_file(facts, lang) if Path(rubric).is_dir() else None
    if given is not None:
        from rubriclang.cli.choosing import chosen

        loaded = chosen(rubric, given, lang)
    else:
        loaded = load_rubric(rubric, lang, draft)
    if output is not None:
        from rubriclang.cli.score_columns import score_columns, suits

        if engine == "columnar" or suits(facts, output):
            sys.exit(0 if score_columns(loaded, facts, output, force, lang) else 1)
    if engine == "columnar":
        fail("按列计分要有 -o 和 parquet 或 csv 的表" if lang == "zh" else "needs -o, and a parquet or csv table")
    faults = [d for d in loaded.diagnostics if d.severity == "error"]
    echo_diagnostics(faults, lang, err=True)
    if given is None:
        given = load_fact_file(facts, lang)
    if loaded.many(given):
        if certificate is not None:
            fail("凭证只给一个单位写" if lang == "zh" else "a certificate is of one unit")
        from rubriclang.cli.score_many import score_many

        complete = score_many(loaded, given, form, output, force, strict, width, lang)
        sys.exit(0 if complete and not faults else 1)
    outcome = loaded.score(given)
    if certificate is not None:
        from rubriclang.cli.certifying import write_certificate

        write_certificate(loaded, given, certificate, force, lang)
    suffix = Path(output).suffix.lower() if output else ""
    if output and suffix in (".csv", ".xlsx"):
        from rubriclang.cli.score_many import table_bytes

        write_new(output, table_bytes([outcome], suffix, form, lang), force, lang)
    else:
        out = io.StringIO() if output else sys.stdout
        if form != "text":
            indent = 2 if form == "json" else None
            out.write(json.dumps(outcome.to_dict(lang), ensure_ascii=False, indent=indent) + "\n")
        else:
            from rubriclang.reports.score_table import print_score_table

            print_score_table(outcome, out, lang, width)
        if isinstance(out, io.StringIO) and output:
            write_new(output, out.getvalue().encode(), force, lang)
    if form == "text":
        # What is not judged yet stands under the table already.
        echo_diagnostics((d for d in outcome.diagnostics if d.kind is not PENDING), lang)
    failed_check = strict and any(check.holds is False for check in outcome.checks)
    errors = bool(faults) or any(d.severity == "error" for d in outcome.diagnostics)
    sys.exit(1 if errors or not outcome.complete or failed_check else 0)

"""``rubric score``: scores one fact set and prints the score sheet."""

from __future__ import annotations

import json
import sys

import click

from rubriclang.cli.options import Lang, echo_diagnostics, fail, lang_option, load_fact_file, load_rubric
from rubriclang.facts.errors import PENDING


@click.command("score")
@click.argument("rubric", type=click.Path())
@click.argument("facts", type=click.Path())
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(), default=None, help="Write to this file; it must not exist yet.")
@click.option("--strict", is_flag=True, help="A failed identity check makes the exit code 1.")
@click.option("--width", type=click.IntRange(40, 400), default=None, help="Columns of the printed table.")
@lang_option
def command(
    rubric: str, facts: str, form: str, output: str | None, strict: bool, width: int | None, lang: Lang
) -> None:
    """按标准给一个单位计分，打印得分表。

    Scores one unit. Exit code 0: complete; 1: something is missing or wrong; 2: could not run.
    """
    loaded = load_rubric(rubric, lang)
    outcome = loaded.score(load_fact_file(facts, lang))
    try:
        out = open(output, "x", encoding="utf-8") if output else sys.stdout  # noqa: SIM115  # closed below
    except FileExistsError:
        fail(f"{output}: {'文件已存在，不会覆盖' if lang == 'zh' else 'the file exists and is not overwritten'}")
    except OSError as error:
        fail(f"{output}: {error.strerror}")
    try:
        if form == "json":
            out.write(json.dumps(outcome.to_dict(lang), ensure_ascii=False, indent=2) + "\n")
        else:
            from rubriclang.reports.score_table import print_score_table

            print_score_table(outcome, out, lang, width)
    finally:
        if output:
            out.close()
    if form == "text":
        # What is not judged yet stands under the table already.
        echo_diagnostics((d for d in outcome.diagnostics if d.kind is not PENDING), lang)
    failed_check = strict and any(check.holds is False for check in outcome.checks)
    errors = any(d.severity == "error" for d in outcome.diagnostics)
    sys.exit(1 if errors or not outcome.complete or failed_check else 0)

"""``rubric explain``: how each indicator came to its points."""

from __future__ import annotations

import sys

import click

from rubriclang.cli.options import Lang, echo_diagnostics, lang_option, load_fact_file, load_rubric


@click.command("explain")
@click.argument("rubric", type=click.Path())
@click.argument("facts", type=click.Path())
@click.argument("indicator", required=False)
@click.option("--trace", "traced", is_flag=True, help="Every step, with exact fractions.")
@lang_option
def command(rubric: str, facts: str, indicator: str | None, traced: bool, lang: Lang) -> None:
    """逐项说明得分是怎么来的：公式、数字、适用的标准、得分。

    Explains how each indicator came to its points.
    """
    loaded = load_rubric(rubric, lang)
    facts_given = load_fact_file(facts, lang)
    bound = loaded.bind(facts_given)
    outcome = loaded.score(facts_given)
    if traced:
        from rubriclang.reports.trace import trace

        lines = list(trace(outcome, loaded.program, bound, indicator, lang))
    else:
        from rubriclang.reports.explanation import explain

        lines = list(explain(outcome, loaded.program, bound, indicator, lang))
    if not lines:
        titles = "、".join(i.name for i in outcome.indicators)
        click.echo(
            f"没有指标“{indicator}”；有：{titles}" if lang == "zh" else f"no indicator '{indicator}'; known: {titles}"
        )
        sys.exit(1)
    click.echo("\n".join(lines))
    echo_diagnostics((d for d in outcome.diagnostics if d.severity == "error"), lang)
    sys.exit(0 if outcome.complete or indicator is not None else 1)

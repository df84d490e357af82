"""``rubric diff``: what changed in meaning between two rubrics, and who gains or loses."""

from __future__ import annotations

import json
import sys

import click

from rubriclang.cli.options import Lang, lang_option, load_fact_file, load_rubric


@click.command("diff")
@click.argument("old", type=click.Path())
@click.argument("new", type=click.Path())
@click.option("--facts", type=click.Path(), multiple=True, help="A fact file to score under both; may be repeated.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@lang_option
def command(old: str, new: str, facts: tuple[str, ...], form: str, lang: Lang) -> None:
    """两套标准的含义有什么不同；给了数据，谁多谁少。

    Tells what changed in meaning. Exit code 0: nothing; 1: something; 2: could not run.
    """
    from rubriclang.comparing.report import difference, gain, lines, to_dict

    before, after = load_rubric(old, lang), load_rubric(new, lang)
    found = difference(before.program, after.program)
    gains = []
    for path in facts:
        given = load_fact_file(path, lang)
        outcomes = before.score(given), after.score(given)
        gains.append(gain(found.pairs, outcomes[1].unit or path, *outcomes))
    if form == "json":
        click.echo(json.dumps(to_dict(found, tuple(gains), lang), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(lines(found, tuple(gains), lang)))
    sys.exit(1 if found.changes else 0)

"""``rubric template``: makes the sheet to fill in for a rubric."""

from __future__ import annotations

from pathlib import Path

import click

from rubriclang.cli.options import Lang, fail, lang_option, load_rubric
from rubriclang.cli.writing import write_new


@click.command("template")
@click.argument("rubric", type=click.Path())
@click.option("-o", "--output", type=click.Path(), required=True, help="FILE.xlsx, FILE.csv or FILE.yaml")
@click.option("--table", is_flag=True, help="A table with a row for each unit, instead of a sheet for one.")
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
@lang_option
def command(rubric: str, output: str, table: bool, force: bool, lang: Lang) -> None:
    """按标准做一张填报表：填好以后交给 rubric score。

    Makes the sheet to fill in: only the cells for values can be changed, each with its unit and its bounds.
    """
    from rubriclang.templates.plan import plan_of
    from rubriclang.templates.writers import NotPossibleError, writer_for

    zh = lang == "zh"
    loaded = load_rubric(rubric, lang)
    writer = writer_for(Path(output).suffix)
    if writer is None:
        fail(f"{output}: {'填报表可以是 xlsx、csv 或 yaml' if zh else 'a sheet can be xlsx, csv or yaml'}")
    plan = plan_of(loaded.program, loaded.schema, loaded.source)
    try:
        data = writer.write(plan, table)
    except NotPossibleError as error:
        fail(f"{output}: {error.zh if zh else error.en}")
    write_new(output, data, force, lang)
    asked = len(plan.facts) + sum(len(each.columns) for each in plan.lists)
    click.echo(
        f"{output}：要填的数据 {asked} 项，要评定的指标 {len(plan.judged)} 个"
        if zh
        else f"{output}: {asked} facts to fill in, {len(plan.judged)} indicators to judge",
        err=True,
    )

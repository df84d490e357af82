"""``rubric report``: the official score table as a file."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from rubriclang.cli.options import Lang, echo_diagnostics, fail, lang_option, load_fact_file, load_rubric


@click.command("report")
@click.argument("rubric", type=click.Path())
@click.argument("facts", type=click.Path(), nargs=-1, required=True)
@click.option(
    "-o", "--output", type=click.Path(), required=True, help="xlsx, docx, html, md or pdf: the suffix decides."
)
@click.option("--columns", default=None, help="Columns in order, as in 三级指标,分值,得分,扣分原因.")
@click.option("--template", type=click.Path(), default=None, help="A docx file of your own with {{placeholders}}.")
@click.option("--no-chart", is_flag=True, help="Without the chart of points lost by section.")
@lang_option
def command(
    rubric: str,
    facts: tuple[str, ...],
    output: str,
    columns: str | None,
    template: str | None,
    no_chart: bool,
    lang: Lang,
) -> None:
    """把得分写成正式的评分表；几个数据文件写成排名和每个单位一张表。

    Writes the official score table; several fact files make a ranking and one table a unit.
    Exit code 0: written, complete; 1: written, but something is missing or wrong; 2: not written.
    """
    from rubriclang.cli.waiting import Waiting
    from rubriclang.reports.rendering import Options, render, unusable

    target = Path(output)
    options = Options(lang, columns, Path(template) if template else None, not no_chart)
    _stop(unusable(target, options), lang)
    _keep(target, [rubric, *facts, *([template] if template else [])], lang)
    loaded = load_rubric(rubric, lang)
    read = [load_fact_file(path, lang) for path in facts]
    with Waiting("计分" if lang == "zh" else "scoring", len(read)) as waiting:
        outcomes = []
        for done, given in enumerate(read, 1):
            outcomes.append(loaded.score(given))
            waiting.step(done, len(read))
    bound = [loaded.bind(given) for given in read]
    with Waiting("写表" if lang == "zh" else "writing", len(read)) as waiting:
        _stop(render(outcomes, loaded.program, target, options, bound, waiting.step), lang)
    for outcome in outcomes:
        echo_diagnostics((d for d in outcome.diagnostics if d.severity == "error"), lang)
    units = len(outcomes)
    several = f"，{units} 个单位" if units > 1 else ""
    click.echo(f"写好了 {output}{several}" if lang == "zh" else f"wrote {output}, {units} unit(s)", err=True)
    clean = all(o.complete and not any(d.severity == "error" for d in o.diagnostics) for o in outcomes)
    sys.exit(0 if clean else 1)


def _stop(diagnostics: Iterable[object], lang: Lang) -> None:
    """Ends with exit code 2 where something keeps the report from being written."""
    found = tuple(diagnostics)
    if found:
        echo_diagnostics(found, lang, err=True)  # type: ignore[arg-type]
        sys.exit(2)


def _keep(target: Path, inputs: Iterable[str], lang: Lang) -> None:
    """An output never replaces a file it is made from."""
    for path in inputs:
        try:
            same = target.samefile(path)
        except (OSError, ValueError):
            continue  # one of them does not exist
        if same:
            fail(
                f"{target}：这是输入文件，不能写在它上面"
                if lang == "zh"
                else f"{target}: this is an input file and is not overwritten"
            )

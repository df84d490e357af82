"""``rubric report``: the official score table as a file."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rubriclang.cli.options import Lang, echo_diagnostics, fail, lang_option, load_fact_file, load_rubric

if TYPE_CHECKING:
    from rubriclang.backends.outcome import Outcome
    from rubriclang.diagnostics import Diagnostic
    from rubriclang.driver import Facts, Rubric
    from rubriclang.facts.binding import FactSet


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
    """把得分写成正式的评分表；几个数据文件，或一张多个单位的表，写成排名和每个单位一张表。

    Writes the official score table; several fact files, or a table with a row a unit, make a ranking and one table a
    unit.
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
    outcomes, bound, found = _scored(loaded, read, lang)
    if not outcomes:
        echo_diagnostics(found, lang, err=True)
        fail("文件里一个单位也没有" if lang == "zh" else "there is no unit in the file")
    with Waiting("写表" if lang == "zh" else "writing", len(outcomes)) as waiting:
        _stop(render(outcomes, loaded.program, target, options, bound, waiting.step), lang)
    echo_diagnostics((d for d in found if d.severity != "hint"), lang)
    for outcome in outcomes:
        wrong = [d for d in outcome.diagnostics if d.severity == "error"]
        if wrong and len(outcomes) > 1:
            click.echo(f"— {outcome.unit or '?'} —")
        echo_diagnostics(wrong, lang)
    units = len(outcomes)
    several = f"，{units} 个单位" if units > 1 else ""
    click.echo(f"写好了 {output}{several}" if lang == "zh" else f"wrote {output}, {units} unit(s)", err=True)
    told = (*found, *(d for outcome in outcomes for d in outcome.diagnostics))
    sys.exit(0 if all(o.complete for o in outcomes) and not any(d.severity == "error" for d in told) else 1)


def _scored(rubric: Rubric, read: Sequence[Facts], lang: Lang) -> tuple[list[Outcome], list[FactSet], list[Diagnostic]]:
    """The outcome and the facts of every unit of every file, and what is wrong with tables as a whole."""
    from rubriclang.cli.waiting import Waiting

    bound: list[FactSet] = []
    found: list[Diagnostic] = []
    for given in read:
        units, told = rubric.bind_units(given)
        bound += units
        found += told
    with Waiting("计分" if lang == "zh" else "scoring", len(bound)) as waiting:
        return list(rubric.score_bound(bound, waiting.step)), bound, found


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

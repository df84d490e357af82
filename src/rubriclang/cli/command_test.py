"""``rubric test``: runs the tests that stand in rubrics."""

from __future__ import annotations

import sys

import click

from rubriclang.backends.testing import TestOutcome
from rubriclang.cli.options import Lang, lang_option, load_rubric, rubric_files
from rubriclang.diagnostics.render import render_all
from rubriclang.source import Source


@click.command("test")
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@lang_option
def command(paths: tuple[str, ...], lang: Lang) -> None:
    """运行标准里自带的测试。

    Runs the tests inside rubrics. Exit code 0: all passed; 1: some failed or the rubric has errors; 2: could not run.
    """
    zh = lang == "zh"
    passed = failed = 0
    for file in rubric_files(paths, lang):
        rubric = load_rubric(str(file), lang)
        for test in rubric.run_tests():
            if test.passed:
                passed += 1
                click.echo(f"{'通过' if zh else 'passed'}  {file}  {test.name}")
            else:
                failed += 1
                click.echo(f"{'失败' if zh else 'FAILED'}  {file}  {test.name}")
                _why(test, rubric.source, lang)
    summary = f"{passed} 个测试通过，{failed} 个失败" if zh else f"{passed} test(s) passed, {failed} failed"
    click.echo(summary, err=True)
    sys.exit(1 if failed else 0)


def _why(test: TestOutcome, source: Source, lang: Lang) -> None:
    zh = lang == "zh"
    if test.unreadable is not None:
        if zh:
            click.echo(f"    找不到数据文件“{test.unreadable}”；测试名后面括号里写的是数据文件，若只是说明，去掉括号")
        else:
            click.echo(
                f"    no fact file '{test.unreadable}' in this project; brackets after a test's name hold a file"
            )
    for failure in test.failures:
        line = source.position(failure.span.start).line if failure.span else 0
        if zh:
            click.echo(f"    第 {line} 行  {failure.expected}  实际是 {failure.actual}")
        else:
            click.echo(f"    line {line}  {failure.expected}  got {failure.actual}")
    if test.diagnostics:
        click.echo(render_all(test.diagnostics, lang))

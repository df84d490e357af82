"""``rubric test``: runs the tests that stand in rubrics."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import attrs
import click

from rubriclang.backends.testing import TestOutcome
from rubriclang.cli.options import Lang, fail, lang_option, load_rubric, rubric_files
from rubriclang.diagnostics.render import render
from rubriclang.driver import Rubric
from rubriclang.source import Source


@click.command("test")
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option("--coverage", is_flag=True, help="Lists the rows, steps and overrides that no test reaches.")
@click.option(
    "--suggest", is_flag=True, help="Writes the missing cases as tests; what they expect is what scoring gives."
)
@click.option(
    "--facts",
    multiple=True,
    type=click.Path(),
    help="Fact files, or folders of them, whose part 应得 (expected) says what their unit should get.",
)
@lang_option
def command(paths: tuple[str, ...], coverage: bool, suggest: bool, facts: tuple[str, ...], lang: Lang) -> None:
    """运行标准里自带的测试，和写明应得多少的数据文件。

    Runs the tests inside rubrics, and fact files that say what they expect.
    Exit code 0: all passed; 1: some failed or the rubric has errors; 2: could not run.
    """
    zh = lang == "zh"
    passed = failed = 0
    files = rubric_files(paths, lang)
    if facts and len(files) != 1:
        fail("--facts 只能对一套标准用" if zh else "--facts goes with one rubric")
    for file in files:
        rubric = load_rubric(str(file), lang)
        tests = rubric.run_tests()
        said: set[str] = set()
        for test in tests:
            if test.passed:
                passed += 1
                click.echo(f"{'通过' if zh else 'passed'}  {file}  {test.name}")
            else:
                failed += 1
                click.echo(f"{'失败' if zh else 'FAILED'}  {file}  {test.name}")
                _why(test, rubric.source, lang, said)
        if facts:
            of_files = _files(rubric, facts, lang, said)
            passed += sum(test.passed for test in of_files)
            failed += sum(not test.passed for test in of_files)
            tests = (*tests, *of_files)
        if coverage or suggest:
            _coverage(rubric, tests, suggest, lang)
    summary = f"{passed} 个测试通过，{failed} 个失败" if zh else f"{passed} test(s) passed, {failed} failed"
    click.echo(summary, err=True)
    sys.exit(1 if failed else 0)


def _files(rubric: Rubric, paths: Iterable[str], lang: Lang, told: set[str]) -> list[TestOutcome]:
    """Runs fact files as tests and tells how each came out; ends with exit code 2 where none says what it expects."""
    from rubriclang.cli.testing_files import fact_files, file_tests

    zh = lang == "zh"
    tests = []
    for file, test, source in file_tests(rubric, fact_files(paths, lang), lang):
        if test is None:
            click.echo(f"{'跳过' if zh else 'skipped'}  {file}  {'没有写应得' if zh else 'it expects nothing'}")
            continue
        tests.append(test)
        said = ("通过" if zh else "passed") if test.passed else ("失败" if zh else "FAILED")
        click.echo(f"{said}  {file}  {test.name}")
        if not test.passed:
            readable = test if test.unreadable is None else attrs.evolve(test, unreadable=None)
            _why(readable, source or rubric.source, lang, told)
    if not tests:
        fail("这些数据文件都没有写应得" if zh else "none of the fact files has a part 'expected'")
    return tests


def _coverage(rubric: Rubric, tests: Iterable[TestOutcome], suggest: bool, lang: Lang) -> None:
    """What the tests leave out, each with facts that would reach it, or as tests to copy."""
    from rubriclang.backends.coverage import coverage, stated, suggestion

    zh = lang == "zh"
    found = coverage(rubric.program, frozenset().union(*(test.reached for test in tests)))
    left = len(found.unreached)
    share = f"{found.total - left} / {found.total}"
    click.echo(f"测试走到了 {share} 档" if zh else f"tests reach {share} rows", err=suggest)
    for item in found.unreached:
        branch = item.branch
        owner = ".".join(branch.owner) or rubric.title
        line = rubric.source.position(branch.tag.span.start).line if branch.tag.span is not None else 0
        if suggest:
            if item.witness is not None and branch.owner:
                outcome = rubric.score({"数据": dict(item.witness.facts), "评定": dict(item.witness.judged)})
                click.echo(f"\n{suggestion(item, stated(outcome, branch.owner))}")
            continue
        where = f"第 {line} 行" if zh else f"line {line}"
        click.echo(f"    {where}  {owner}  {branch.tag.text}")
        if item.never:
            click.echo(f"        {'任何数据都走不到' if zh else 'no facts can reach it'}")
        elif item.witness is not None:
            given = [f"{name} = {value}" for name, value in item.witness.facts.items()]
            judged = [f"{'评定' if zh else 'judged'} {name} = {value}" for name, value in item.witness.judged.items()]
            label = "例如" if zh else "for example"
            click.echo(f"        {label} {('，' if zh else ', ').join([*given, *judged])}")


def _why(test: TestOutcome, source: Source, lang: Lang, said: set[str]) -> None:
    """What a test says of its failure; what an earlier test of the file has ``said`` of the facts is not said again."""
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
    fresh = {text: None for diagnostic in test.diagnostics if (text := render(diagnostic, lang)) not in said}
    said |= fresh.keys()
    for text in fresh:
        click.echo(text)

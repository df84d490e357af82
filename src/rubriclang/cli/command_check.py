"""``rubric check``: all errors, warnings and hints of rubrics, with places and what to type instead."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from rubriclang import checking
from rubriclang.cli.options import Lang, echo_diagnostics, fail, lang_option, rubric_files, why_not
from rubriclang.diagnostics import Diagnostic
from rubriclang.diagnostics.formats import formats, write
from rubriclang.driver import RubricError, check_text, read_source, source_from
from rubriclang.linter import baseline
from rubriclang.linter.selection import Selection, codes_of
from rubriclang.placing import place_bytes
from rubriclang.rewriting import replace_file


@click.command("check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option("--format", "form", type=click.Choice(formats()), default="text", show_default=True)
@click.option("--select", multiple=True, metavar="CODES", help="Only these codes, or codes that begin so: R4,R301.")
@click.option("--ignore", multiple=True, metavar="CODES", help="Not these codes, or codes that begin so.")
@click.option("--baseline", "known", type=click.Path(), help="Report only what this file does not hold.")
@click.option("--write-baseline", "keep", type=click.Path(), help="Write the findings of today to this file.")
@click.option("--fix", "mend", is_flag=True, help="Mend in the files what can be mended without changing a meaning.")
@click.option("--unsafe-fixes", "unsafe", is_flag=True, help="With --fix or --diff: also what a person should look at.")
@click.option("--diff", is_flag=True, help="Print what --fix would change, and change nothing.")
@lang_option
def command(
    paths: tuple[str, ...],
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    known: str | None,
    keep: str | None,
    mend: bool,
    unsafe: bool,
    diff: bool,
    lang: Lang,
) -> None:
    """检查评分标准：写法、名称、类型、单位、缺少的规则，以及看着不对的地方。

    Checks rubrics. Exit code 0: no errors or warnings (hints do not count); 1: findings; 2: could not run.
    """
    asked = Selection(_codes(select, lang), _codes(ignore, lang))
    found: list[Diagnostic] = []
    checked: list[str] = []
    projects: dict[Path, checking.Project] = {}
    baselines = {Path(known)} if known else set()
    for path in paths:
        names: list[Path | None] = [None] if path == "-" else list(rubric_files([path], lang))
        for file in names:
            folder = file.parent if file is not None else Path()
            project = _project(projects, folder, lang)
            if project.baseline is not None and known is None and keep is None:
                baselines.add(project.baseline)
            selection = Selection(
                asked.select or project.settings.selection.select, asked.ignore or project.settings.selection.ignore
            )
            if diff or mend:
                _mend(file, selection, unsafe, diff, lang)
            checked.append("<stdin>" if file is None else str(file))
            found += _check(file, selection, lang)
    if diff:
        sys.exit(1 if any(d.severity != "hint" for d in found) else 0)
    found = checking.once(found)
    if keep is not None:
        _keep(Path(keep), found, lang)
        return
    gone = 0
    for file in baselines:
        found, missing = checking.not_in(found, _fingerprints(file, lang), file.parent)
        gone += missing
    click.echo(write(form, found, checked, lang), nl=False)
    click.echo(_summary(found, len(checked), gone, lang), err=True)
    sys.exit(1 if any(d.severity != "hint" for d in found) else 0)


def _codes(texts: tuple[str, ...], lang: Lang) -> tuple[str, ...]:
    codes = tuple(code for text in texts for code in codes_of(text))
    for code in codes:
        if not checking.is_known(code):
            fail(f"没有以 {code} 开头的代码" if lang == "zh" else f"no code begins with {code}")
    return codes


def _project(projects: dict[Path, checking.Project], folder: Path, lang: Lang) -> checking.Project:
    if folder not in projects:
        try:
            projects[folder] = checking.project_of(folder)
        except OSError as error:
            fail(f"{error.filename}: {why_not(error, lang)}")
        if projects[folder].faults:
            echo_diagnostics(projects[folder].faults, lang, err=True)
            sys.exit(2)
    return projects[folder]


def _mend(file: Path | None, selection: Selection, unsafe: bool, diff: bool, lang: Lang) -> None:
    """Mends a file, or prints how it would be mended."""
    if file is None:
        fail("标准输入不能改，写文件名" if lang == "zh" else "standard input cannot be mended; name a file")
    try:
        before = file.read_bytes()
        after, done = checking.mended(file, selection, unsafe)
        if diff:
            click.echo(checking.difference(before, after, str(file)), nl=False)
        elif after != before:
            replace_file(file, after)
            said = f"改了 {done} 处" if lang == "zh" else f"{done} finding(s) mended"
            click.echo(f"{file}: {said}", err=True)
    except OSError as error:
        fail(f"{file}: {why_not(error, lang)}")
    except RubricError:
        return  # the check says why


def _check(file: Path | None, selection: Selection, lang: Lang) -> tuple[Diagnostic, ...]:
    try:
        source = source_from("<stdin>", sys.stdin.buffer.read()) if file is None else read_source(file)
        return check_text(source, selection)
    except OSError as error:
        fail(f"{file}: {why_not(error, lang)}")
    except RubricError as error:
        echo_diagnostics(error.diagnostics, lang, err=True)
        sys.exit(2)


def _fingerprints(file: Path, lang: Lang) -> frozenset[str]:
    try:
        held = checking.read_baseline(file)
    except OSError as error:
        fail(f"{file}: {why_not(error, lang)}")
    if held is None:
        fail(f"{file}: {'不是 --write-baseline 写的文件' if lang == 'zh' else 'not written by --write-baseline'}")
    return held


def _keep(file: Path, found: list[Diagnostic], lang: Lang) -> None:
    try:
        place_bytes(file, baseline.written(checking.relative_to(found, file.parent)).encode())
    except OSError as error:
        fail(f"{file}: {why_not(error, lang)}")
    said = f"记下了 {len(found)} 处" if lang == "zh" else f"{len(found)} finding(s) written"
    click.echo(f"{file}: {said}", err=True)


def _summary(found: list[Diagnostic], count: int, gone: int, lang: Lang) -> str:
    errors, warnings, hints = (sum(d.severity == level for d in found) for level in ("error", "warning", "hint"))
    if lang == "zh":
        text = f"检查了 {count} 个文件：{errors} 个错误，{warnings} 个警告"
        text += f"，{hints} 个提示" if hints else ""
        return text + (f"；基线里有 {gone} 处已经没有了，可以重写" if gone else "")
    text = f"checked {count} file(s): {errors} error(s), {warnings} warning(s)"
    text += f", {hints} hint(s)" if hints else ""
    return text + (f"; {gone} finding(s) of the baseline are gone, it can be rewritten" if gone else "")

"""``rubric check``: all errors and warnings of rubrics, with places and what to type instead."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from rubriclang.cli.options import Lang, echo_diagnostics, fail, lang_option, rubric_files, why_not
from rubriclang.diagnostics import Diagnostic
from rubriclang.driver import RubricError, parse_text, read_source, source_from


@click.command("check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@lang_option
def command(paths: tuple[str, ...], form: str, lang: Lang) -> None:
    """检查评分标准：写法、名称、类型、单位、缺少的规则。

    Checks rubrics. Exit code 0: no errors or warnings; 1: findings; 2: could not run.
    """
    found: list[Diagnostic] = []
    count = 0
    for path in paths:
        names: list[Path | None] = [None] if path == "-" else list(rubric_files([path], lang))
        for file in names:
            count += 1
            try:
                source = source_from("<stdin>", sys.stdin.buffer.read()) if file is None else read_source(file)
                found += parse_text(source)[1]
            except OSError as error:
                fail(f"{file}: {why_not(error, lang)}")
            except RubricError as error:
                echo_diagnostics(error.diagnostics, lang, err=True)
                sys.exit(2)
    if form == "json":
        click.echo(json.dumps([d.to_dict(lang) for d in found], ensure_ascii=False, indent=2))
    else:
        echo_diagnostics(found, lang)
    errors = sum(d.severity == "error" for d in found)
    warnings = sum(d.severity == "warning" for d in found)
    summary = (
        f"检查了 {count} 个文件：{errors} 个错误，{warnings} 个警告"
        if lang == "zh"
        else f"checked {count} file(s): {errors} error(s), {warnings} warning(s)"
    )
    click.echo(summary, err=True)
    sys.exit(1 if errors or warnings else 0)

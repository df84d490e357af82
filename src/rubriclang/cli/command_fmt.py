"""``rubric fmt``: rubrics in their canonical form."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from difflib import unified_diff
from io import StringIO
from pathlib import Path

import attrs
import click

from rubriclang.cli.options import Lang, echo_diagnostics, lang_option, rubric_files, why_not
from rubriclang.driver import RubricError, read_source, source_from
from rubriclang.formatter import UnfaithfulError, format_source
from rubriclang.rewriting import encode_like, replace_file
from rubriclang.source import Source


@attrs.define
class _Tally:
    """How many files were what."""

    changed: int = 0
    clean: int = 0
    broken: int = 0  # with syntax errors
    failed: int = 0  # could not be read, formatted or written

    @property
    def code(self) -> int:
        return 2 if self.failed else 1 if self.broken else 0


@click.command("fmt")
@click.argument("paths", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option("--check", is_flag=True, help="Write nothing; list the files that would change, and exit with 1.")
@click.option("--diff", is_flag=True, help="Write nothing; print what would change, and exit with 1 if anything would.")
@lang_option
def command(paths: tuple[str, ...], check: bool, diff: bool, lang: Lang) -> None:
    """把标准改成统一的写法：空格、标点、空行、表格对齐。意思和用词不变。

    Brings rubrics into their canonical form; what they say and the words they say it in stay. Reads stdin for '-' and
    writes it to stdout. Exit code 0: done; 1: a file has syntax errors (it stays as it is), or with --check or --diff
    would change; 2: could not run.
    """
    tally = _Tally()
    for path in paths:
        for file in [None] if path == "-" else rubric_files([path], lang):
            _one(file, check, diff, lang, tally)
    click.echo(_summary(tally, check or diff, lang), err=True)
    sys.exit(tally.code or int((check or diff) and tally.changed > 0))


def _one(file: Path | None, check: bool, diff: bool, lang: Lang, tally: _Tally) -> None:
    """Formats one file, or stdin for None."""
    name = "<stdin>" if file is None else str(file)
    dry = check or diff
    try:
        data, source = _read(file, name)
        formatted = format_source(source)
        if formatted.text is None:
            tally.broken += 1
            # Of stdin, stdout is the formatted text and nothing else.
            echo_diagnostics(formatted.diagnostics, lang, err=file is None and not dry)
            return
        written = encode_like(formatted.text, data)
        if file is None and not dry:
            sys.stdout.buffer.write(written)
        if written == data:
            tally.clean += 1
            return
        if file is not None and not dry:
            replace_file(file, written)
        tally.changed += 1
    except OSError as error:
        tally.failed += 1
        said = why_not(error, lang)
        if isinstance(error, PermissionError) and os.access(name, os.R_OK):
            said = "没有权限改写" if lang == "zh" else "no permission to write it"
        click.echo(f"rubric: {name}: {said}", err=True)
        return
    except RubricError as error:
        tally.failed += 1
        echo_diagnostics(error.diagnostics, lang, err=True)
        return
    except UnfaithfulError:
        tally.failed += 1
        zh, en = "排版会改变意思，没有动它（程序的错）", "formatting would change what it says; left alone (our defect)"
        click.echo(f"rubric: {name}: {zh if lang == 'zh' else en}", err=True)
        return
    if diff:
        click.echo("".join(_diff(source.text, formatted.text, name)), nl=False)
    elif check:
        click.echo(name)


def _read(file: Path | None, name: str) -> tuple[bytes, Source]:
    if file is None:
        data = sys.stdin.buffer.read()
        return data, source_from(name, data)
    source = read_source(file)  # refuses what is too large before it is read
    return file.read_bytes(), source


def _diff(before: str, after: str, name: str) -> Iterator[str]:
    for line in unified_diff(list(StringIO(before, "\n")), list(StringIO(after, "\n")), name, name):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _summary(tally: _Tally, dry: bool, lang: Lang) -> str:
    if lang == "zh":
        said = f"{tally.changed} 个文件{'要改' if dry else '已改写'}，{tally.clean} 个不用改"
        said += f"，{tally.broken} 个有语法错误，没有动" if tally.broken else ""
        return said + (f"，{tally.failed} 个没有处理成" if tally.failed else "")
    said = f"{tally.changed} file(s) {'would change' if dry else 'rewritten'}, {tally.clean} already canonical"
    said += f", {tally.broken} with syntax errors left alone" if tally.broken else ""
    return said + (f", {tally.failed} failed" if tally.failed else "")

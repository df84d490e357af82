"""What the commands share: the language option, reading inputs, and telling what is wrong with them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Literal, NoReturn, TypeVar

import click

from rubriclang.diagnostics import Diagnostic
from rubriclang.diagnostics.render import render_all
from rubriclang.driver import Facts, FactsError, Rubric, RubricError, load, load_facts

Lang = Literal["zh", "en"]
_F = TypeVar("_F", bound=Callable[..., Any])


def locale_language() -> Lang:
    """Chinese when the locale says so, else English."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def lang_option(function: _F) -> _F:
    """Adds ``--lang``; the default comes from the locale."""
    option = click.option(
        "--lang",
        type=click.Choice(["zh", "en"]),
        default=None,
        callback=lambda _ctx, _param, value: value or locale_language(),
        help="Language of messages; the default comes from the locale.",
    )
    return option(function)


def fail(message: str) -> NoReturn:
    """Ends with exit code 2: the command could not run."""
    click.echo(f"rubric: {message}", err=True)
    sys.exit(2)


def why_not(error: OSError, lang: Lang) -> str:
    """An operating system error in words."""
    words = {
        FileNotFoundError: ("没有这个文件", "no such file"),
        PermissionError: ("没有权限读取", "no permission to read it"),
        IsADirectoryError: ("这是文件夹，不是文件", "it is a folder, not a file"),
    }
    zh, en = words.get(type(error), (error.strerror or str(error),) * 2)
    return zh if lang == "zh" else en


def load_rubric(path: str, lang: Lang, draft: bool = False) -> Rubric:
    """The rubric of a file; ends with exit code 1 when it has errors, 2 when it cannot be read.

    Of a ``draft`` faults in its rules are no hindrance; they are told, beside what is scored.
    """
    try:
        return load(path, draft=draft)
    except OSError as error:
        fail(f"{path}: {why_not(error, lang)}")
    except RubricError as error:
        if all(d.span is None for d in error.diagnostics):
            fail(render_all(error.diagnostics, lang))
        click.echo(render_all(error.diagnostics, lang))
        sys.exit(1)


def load_fact_file(path: str, lang: Lang) -> Facts:
    """The facts of a file; ends with exit code 2 when nothing in it can be read."""
    try:
        return load_facts(path)
    except OSError as error:
        fail(f"{path}: {why_not(error, lang)}")
    except FactsError as error:
        click.echo(render_all(error.diagnostics, lang))
        sys.exit(2)


def echo_diagnostics(diagnostics: Iterable[Diagnostic], lang: Lang, err: bool = False) -> None:
    """Prints diagnostics, if there are any."""
    text = render_all(diagnostics, lang)
    if text:
        click.echo(text, err=err)


def rubric_files(paths: Iterable[str], lang: Lang) -> list[Path]:
    """The rubric files under paths, in order; a path that is neither file nor folder ends with exit code 2."""
    found: list[Path] = []
    for name in paths:
        path = Path(name)
        if path.is_dir():
            found += sorted(p for p in path.rglob("*.rubric") if p.is_file())
        elif path.is_file():
            found.append(path)
        else:
            fail(f"{name}: {'没有这个文件或文件夹' if lang == 'zh' else 'no such file or folder'}")
    return found

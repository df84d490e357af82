"""``rubric rule``: the page of a diagnostic, or the list of all codes."""

from __future__ import annotations

import sys

import click

from rubriclang.cli.options import Lang, fail, lang_option
from rubriclang.diagnostics.catalogue import all_kinds
from rubriclang.diagnostics.pages import page_of
from rubriclang.diagnostics.suggest import closest

_LEVELS = {
    "zh": {"error": "错误", "warning": "警告", "hint": "提示"},
    "en": {"error": "error", "warning": "warning", "hint": "hint"},
}


@click.command("rule")
@click.argument("code", required=False)
@lang_option
def command(code: str | None, lang: Lang) -> None:
    """一个诊断代码的说明：避免什么，改成什么，为什么；不写代码就列出全部。

    The page of a diagnostic code (R301, or its name); without one, the list of all codes.
    """
    kinds = all_kinds()
    if code is None:
        for kind in kinds.values():
            level = _LEVELS[lang][kind.level]
            click.echo(f"{kind.code}  {level:{4 if lang == 'zh' else 8}}{kind.name}")
        return
    names = {kind.name: kind.code for kind in kinds.values()}
    wanted = code.strip()
    known = names.get(wanted.lower(), wanted.upper())
    page = page_of(known)
    if page is None:
        near = closest(known, kinds) or closest(wanted.lower(), names)
        if lang == "zh":
            fail(f"没有代码“{code}”" + (f"；是不是 {near}？" if near else "；rubric rule 列出全部"))
        fail(f"no code '{code}'" + (f"; did you mean {near}?" if near else "; rubric rule lists them all"))
    click.echo(page.render(lang), nl=False)
    sys.exit(0)

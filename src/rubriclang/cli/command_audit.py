"""``rubric audit``: recomputes what a report calculates, and says what does not hold."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from rubriclang.cli.options import Lang, echo_diagnostics, fail, lang_option, why_not


@click.command("audit")
@click.argument("report", type=click.Path())
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@lang_option
def command(report: str, form: str, lang: Lang) -> None:
    """核对报告里写出的计算：比率、增减、合计、得分。

    Recomputes the calculations that a report (txt, docx, html) states. Exit code 0: nothing, or notes only; 1: errors
    or warnings; 2: could not run.
    """
    from rubriclang.audit.auditing import audit
    from rubriclang.audit.extraction import MAX_BYTES, extract, too_large
    from rubriclang.audit.rendering import render, summary
    from rubriclang.diagnostics import Diagnostic

    path = Path(report)
    try:
        text = too_large(report) if path.stat().st_size > MAX_BYTES else extract(report, path.read_bytes())
    except OSError as error:
        fail(f"{report}: {why_not(error, lang)}")
    except ValueError:
        fail(f"{report}: {'没有这个文件' if lang == 'zh' else 'no such file'}")
    if isinstance(text, Diagnostic):
        echo_diagnostics([text], lang, err=True)
        sys.exit(2)
    found = audit(text)
    if form == "json":
        click.echo(json.dumps(found.to_dict(lang), ensure_ascii=False, indent=2))
    elif found.findings:
        click.echo(render(found, lang))
    click.echo(summary(found, lang), err=True)
    sys.exit(0 if found.clean else 1)

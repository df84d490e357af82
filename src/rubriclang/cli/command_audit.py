"""``rubric audit``: recomputes what a report calculates or claims, and says what does not hold."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rubriclang.cli.options import Lang, echo_diagnostics, fail, lang_option, load_fact_file, load_rubric, why_not

if TYPE_CHECKING:
    from rubriclang.source import Source

_CLAIMS = ("处自报", "statement(s)")
_SCORED = ("处关于得分的话", "statement(s) about values and points")


@click.command("audit")
@click.argument("report", type=click.Path(), metavar="REPORT|RUBRIC")
@click.argument("claims", type=click.Path(), required=False, metavar="[FACTS]")
@click.option("--rubric", type=click.Path(), default=None, help="Hold the points in the prose against this rubric.")
@click.option("--facts", type=click.Path(), default=None, help="The facts of the report; with --rubric.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@lang_option
def command(report: str, claims: str | None, rubric: str | None, facts: str | None, form: str, lang: Lang) -> None:
    """核对报告：写出的计算、自报的数值和得分。

    REPORT alone (txt, docx, html): recomputes the calculations it states; with --rubric and --facts also the points.
    RUBRIC FACTS: recomputes what the part 自报 (claims) of a fact file states. Exit code 0: nothing, or notes only;
    1: errors or warnings; 2: could not run.
    """
    if (rubric is None) != (facts is None) or (claims is not None and rubric is not None):
        fail("--rubric 和 --facts 要一起用" if lang == "zh" else "--rubric and --facts go together, with one REPORT")
    if claims is not None:
        _claimed(report, claims, form, lang)
    if report.endswith(".rubric"):
        zh, en = "还缺数据文件：rubric audit 标准 数据", "the fact file is missing: rubric audit RUBRIC FACTS"
        fail(zh if lang == "zh" else en)
    _written(report, rubric, facts, form, lang)


def _claimed(rubric: str, path: str, form: str, lang: Lang) -> None:
    from rubriclang.audit.rendering import render, summary
    from rubriclang.audit.reported.auditing import audit_claims
    from rubriclang.diagnostics import Diagnostic

    loaded, given = load_rubric(rubric, lang), load_fact_file(path, lang)
    found = audit_claims(loaded.program, loaded.source, given.document, loaded.bind(given))
    if isinstance(found, Diagnostic):
        echo_diagnostics([found], lang, err=True)
        sys.exit(2)
    if form == "json":
        click.echo(json.dumps(found.to_dict(lang), ensure_ascii=False, indent=2))
    else:
        if found.findings:
            click.echo(render(found.findings, lang))
        echo_diagnostics(found.diagnostics, lang, err=True)
    click.echo(summary(found, lang, _CLAIMS), err=True)
    sys.exit(0 if found.clean else 1)


def _text_of(report: str, lang: Lang) -> Source:
    from rubriclang.audit.extraction import MAX_BYTES, extract, too_large
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
    return text


def _written(report: str, rubric: str | None, facts: str | None, form: str, lang: Lang) -> None:
    from rubriclang.audit.auditing import audit
    from rubriclang.audit.rendering import render, summary

    found = audit(_text_of(report, lang))
    findings, told, clean, scored = list(found.findings), found.to_dict(lang), found.clean, None
    if rubric is not None and facts is not None:
        from rubriclang.audit.reported.auditing import audit_prose

        loaded, given = load_rubric(rubric, lang), load_fact_file(facts, lang)
        scored = audit_prose(loaded.program, loaded.source, found, loaded.bind(given))
        findings = sorted([*findings, *scored.findings], key=lambda one: (one.source.path != report, one.sort_key))
        more = scored.to_dict(lang)
        told |= {"findings": [one.to_dict(lang) for one in findings]}
        told |= {key: more[key] for key in ("statements", "diagnostics")}
        clean = clean and scored.clean
    if form == "json":
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        if findings:
            click.echo(render(findings, lang))
        echo_diagnostics(scored.diagnostics if scored is not None else (), lang, err=True)
    click.echo(summary(found, lang), err=True)
    if scored is not None:
        click.echo(summary(scored, lang, _SCORED), err=True)
    sys.exit(0 if clean else 1)

"""``rubric verify``: derives a certified score again."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from rubriclang.cli.options import Lang, echo_diagnostics, fail, lang_option, why_not


@click.command("verify")
@click.argument("certificate", type=click.Path())
@click.option("--rubric", type=click.Path(), default=None, help="Where the rubric is now.")
@click.option("--facts", type=click.Path(), default=None, help="Where the fact file is now.")
@lang_option
def command(certificate: str, rubric: str | None, facts: str | None, lang: Lang) -> None:
    """核验得分凭证：文件有没有改过，每个数重算是不是一样。

    Verifies a certificate of rubric score --certificate. Exit code 0: it holds; 1: it does not; 2: could not run.
    """
    from rubriclang.certificates.errors import CERTIFICATE_UNREADABLE
    from rubriclang.certificates.verifying import verify

    try:
        verdict = verify(Path(certificate), Path(rubric) if rubric else None, Path(facts) if facts else None)
    except OSError as error:
        fail(f"{certificate}: {why_not(error, lang)}")
    unreadable = any(found.kind is CERTIFICATE_UNREADABLE for found in verdict.findings)
    echo_diagnostics(verdict.findings, lang, err=unreadable)
    if not verdict.holds:
        sys.exit(2 if unreadable else 1)
    result, values = verdict.content["result"], len(verdict.content["values"])
    total, grade = result.get("total") or "—", result.get("grade")
    if lang == "zh":
        graded = "" if grade is None else f"，等次 {grade}"
        click.echo(f"凭证属实：文件没有改过，{values} 个数重算都一样；总分 {total}{graded}")
    else:
        graded = "" if grade is None else f", grade {grade}"
        click.echo(f"the certificate holds: no file changed, {values} values come out the same; total {total}{graded}")

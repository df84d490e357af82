"""``rubric whatif``: how far it is to the next edge, and what would have to change."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from rubriclang.cli.options import Lang, echo_diagnostics, lang_option, load_fact_file, load_rubric


@click.command("whatif")
@click.argument("rubric", type=click.Path())
@click.argument("facts", type=click.Path())
@click.argument("indicator", required=False)
@click.option("--target", default=None, help="A result to reach, as in 指标=5, 总分=90 or 等次=优.")
@click.option("--by", default=None, help="The fact to change; without it each that enters the target.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@lang_option
def command(
    rubric: str, facts: str, indicator: str | None, target: str | None, by: str | None, form: str, lang: Lang
) -> None:
    """离下一档还差多少；改哪项数据、改到多少，能到想要的分。

    Tells how far each fact is from the next edge, or solves for a target. Exit code 0: told; 1: the target cannot be
    reached, or the facts have errors; 2: could not run.
    """
    from rubriclang.whatif import report
    from rubriclang.whatif.naming import indicator as find_indicator
    from rubriclang.whatif.situation import Situation

    loaded = load_rubric(rubric, lang)
    bound = loaded.bind(load_fact_file(facts, lang))
    echo_diagnostics((d for d in bound.diagnostics if d.severity == "error"), lang, err=True)
    situation = Situation(loaded.program, bound)
    if target is not None:
        _target(situation, target, by, form, lang)
    nodes = situation.leaves
    if indicator is not None:
        nodes = (_or_stop(find_indicator(loaded.program, indicator), lang),)
    found = report.distances(situation, nodes, indicator is None)
    if form == "json":
        _write(report.to_dict(found, lang))
    else:
        text = "\n".join(report.lines(found, lang)).rstrip()
        click.echo(text or ("没有随数据变化的指标" if lang == "zh" else "no fact moves any score"))
    sys.exit(1 if any(d.severity == "error" for d in bound.diagnostics) else 0)


def _target(situation: Any, target: str, by: str | None, form: str, lang: Lang) -> None:
    """Solves for a result; ends the command."""
    from rubriclang.diagnostics import Diagnostic
    from rubriclang.whatif import report
    from rubriclang.whatif.errors import FACT_WITHOUT_EFFECT
    from rubriclang.whatif.naming import fact as find_fact, facts_of, wish as read_wish

    wish = _or_stop(read_wish(situation.program, target), lang)
    candidates = facts_of(situation.program, wish.definition)
    if by is not None:
        named = _or_stop(find_fact(situation.program, by), lang)
        if named not in candidates:
            listed = "、".join(each.name for each in candidates)
            params = {"name": named.name, "target": wish.title, "facts": listed}
            _or_stop(Diagnostic(FACT_WITHOUT_EFFECT, params=params), lang)
        candidates = [named]
    found = report.solved(situation, wish, candidates)
    if form == "json":
        _write(report.solved_dict(found, lang))
    else:
        click.echo("\n".join(report.solved_lines(found, lang)))
    sys.exit(0 if any(answer.ranges or answer.options for answer in found.answers) else 1)


def _or_stop(found: Any, lang: Lang) -> Any:
    """What was found; ends with exit code 2 where it is a diagnostic."""
    from rubriclang.diagnostics import Diagnostic

    if isinstance(found, Diagnostic):
        echo_diagnostics([found], lang, err=True)
        sys.exit(2)
    return found


def _write(told: dict[str, Any]) -> None:
    click.echo(json.dumps(told, ensure_ascii=False, indent=2))

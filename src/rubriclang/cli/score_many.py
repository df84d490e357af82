"""``rubric score`` on a table of units: a ranking, an object a line, or a file with a row a unit."""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rubriclang.cli.options import Lang, echo_diagnostics, fail
from rubriclang.cli.writing import write_new
from rubriclang.facts.errors import PENDING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubriclang.backends.outcome import Outcome
    from rubriclang.driver import Facts, Rubric

_PATIENCE = 1.0  # seconds before a progress bar shows


def score_many(
    rubric: Rubric,
    facts: Facts,
    form: str,
    output: str | None,
    force: bool,
    strict: bool,
    width: int | None,
    lang: Lang,
) -> bool:
    """Scores, prints or writes; whether every unit has its total and nothing was wrong (``strict``: checks too)."""
    with _progress() as progress:
        outcomes, found = rubric.score_units(facts, progress)
    if output is not None:
        write_new(output, table_bytes(outcomes, Path(output).suffix.lower(), form, lang, width), force, lang)
    elif form == "text":
        from rubriclang.reports.ranking_table import print_ranking

        print_ranking(outcomes, sys.stdout, lang, width)
    else:
        click.echo(_lines(outcomes, lang), nl=False)
    err = form != "text"
    echo_diagnostics((d for d in found if d.severity != "hint"), lang, err)
    for outcome in outcomes:
        told = [d for d in outcome.diagnostics if d.severity != "hint" and d.kind is not PENDING]
        if told:  # a failed check stands in the rubric: only this line says whose it is
            click.echo(f"— {outcome.unit or '?'} —", err=err)
            echo_diagnostics(told, lang, err)
    if strict and any(check.holds is False for outcome in outcomes for check in outcome.checks):
        return False
    everything = (*found, *(d for outcome in outcomes for d in outcome.diagnostics))
    return not any(d.severity == "error" for d in everything) and all(outcome.complete for outcome in outcomes)


def _lines(outcomes: Sequence[Outcome], lang: Lang) -> str:
    return "".join(json.dumps(outcome.to_dict(lang), ensure_ascii=False) + "\n" for outcome in outcomes)


def table_bytes(outcomes: Sequence[Outcome], suffix: str, form: str, lang: Lang, width: int | None = None) -> bytes:
    """The units as the suffix of the file says, else as the format does."""
    from rubriclang.reports.unit_table import units_csv, units_xlsx

    if suffix == ".csv":
        return units_csv(outcomes, lang)
    if suffix == ".xlsx":
        try:
            return units_xlsx(outcomes, lang)
        except ImportError:
            words = ("写 xlsx 要另装一个库", "writing xlsx needs one more library")
            fail(f"{words[0] if lang == 'zh' else words[1]}: pip install 'rubriclang[excel]'")
    if suffix in (".json", ".jsonl") or form != "text":
        return _lines(outcomes, lang).encode()
    from rubriclang.reports.ranking_table import print_ranking

    out = io.StringIO()
    print_ranking(outcomes, out, lang, width)
    return out.getvalue().encode()


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """A bar on a terminal, once the work has taken a second."""
    if not sys.stderr.isatty():
        yield None
        return
    began = time.monotonic()
    bar = None

    def advance(done: int, total: int) -> None:
        nonlocal bar
        if bar is None and time.monotonic() - began > _PATIENCE:
            bar = click.progressbar(length=total, file=sys.stderr)
            bar.__enter__()
            bar.update(done)
        elif bar is not None:
            bar.update(1)

    try:
        yield advance
    finally:
        if bar is not None:
            bar.__exit__(None, None, None)

"""Runs formulas through whole rubrics, some hundreds at a time, and says which do not come to what was published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import attrs

import rubriclang
from tests.decimal_oracle.reading import Published, cases
from tests.decimal_oracle.spelling import Skipped, Spelled, spell

_BATCH = 250


@attrs.define
class Tally:
    """What came of the cases of one operation."""

    right: Counter[str] = attrs.field(factory=Counter)
    skipped: Counter[str] = attrs.field(factory=Counter)
    wrong: list[str] = attrs.field(factory=list)


def run(paths: Iterable[Path]) -> dict[str, Tally]:
    """The tallies of all cases in some files, by operation."""
    tallies: dict[str, Tally] = {}
    waiting: list[tuple[Published, Spelled]] = []
    for path in paths:
        for case in cases(path):
            tally = tallies.setdefault(case.operation, Tally())
            spelled = spell(case)
            if isinstance(spelled, Skipped):
                tally.skipped[spelled.reason] += 1
                continue
            waiting.append((case, spelled))
            if len(waiting) == _BATCH:
                _settle(waiting, tallies)
                waiting = []
    _settle(waiting, tallies)
    return tallies


def _settle(batch: Sequence[tuple[Published, Spelled]], tallies: dict[str, Tally]) -> None:
    for (case, spelled), value in zip(batch, values([s.formula for _, s in batch]), strict=True):
        tally = tallies[case.operation]
        if type(value) is type(spelled.expected) and value == spelled.expected:
            tally.right[spelled.kind] += 1
        else:
            tally.wrong.append(f"{case.file} {case.name}: {spelled.formula} comes to {value}, not {spelled.expected}")


def values(formulas: Sequence[str]) -> list[object]:
    """What each formula comes to in one rubric; a text with the codes where the rubric is refused at its line."""
    refused: dict[int, str] = {}
    while True:
        lines = [f"第{at} = {formula}" if at not in refused else "//" for at, formula in enumerate(formulas)]
        text = "# 算（5分）\n" + "\n".join(lines) + "\n## 评（5分）；人工评定\n"
        try:
            rubric = rubriclang.loads(text)
        except rubriclang.RubricError as error:
            found = [d for d in error.diagnostics if d.severity == "error"]
            for diagnostic in found:
                assert diagnostic.source is not None and diagnostic.span is not None, diagnostic.message("en")
                line = diagnostic.source.position(diagnostic.span.start).line
                refused[line - 2] = f"{diagnostic.code} {diagnostic.message('en')}"
            continue
        named = rubric.score({}).values
        return [refused.get(at, named.get(f"第{at}")) for at in range(len(formulas))]

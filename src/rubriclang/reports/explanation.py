"""How an indicator came to its points, in the sentence style of an official report.

``本年追加 9.16 万元，年初预算 1521.39 万元，控制率 = 9.16 / 1521.39 × 100% = 0.60% ≤ 5%，根据评分标准该项得 5 分。``
"""

from __future__ import annotations

from collections.abc import Iterator

from rubriclang.backends.evaluation import Evaluation
from rubriclang.backends.outcome import IndicatorOutcome, Outcome
from rubriclang.backends.scoring import run_program
from rubriclang.facts.binding import FactSet
from rubriclang.ir import nodes as ir
from rubriclang.reports.row_sentences import row_scores, row_sentence
from rubriclang.reports.score_table import points_text
from rubriclang.reports.section_sentences import grade_sentence, section_sentences
from rubriclang.reports.sentence import Sentence
from rubriclang.reports.wording import Lang


def explain(
    outcome: Outcome, program: ir.Program, facts: FactSet, only: str | None = None, lang: Lang = "zh"
) -> Iterator[str]:
    """One paragraph an indicator, then the sections that do not just add up, then the result.

    Args:
        outcome: the scored unit.
        program: the rubric it was scored under.
        facts: the facts it was scored on.
        only: the title or path of one indicator; None explains all.
        lang: the language of the sentences.
    """
    run = run_program(program, facts)
    for node, indicator in _matching(outcome, program, only):
        rows = row_scores(program, node, run, lang)
        yield Sentence(program, run, outcome, node, indicator, lang, len(rows)).text()
        yield from (f"    {row_sentence(row, lang)}" for row in rows)
    if only is None:
        yield from section_sentences(program, run, lang)
        yield _summary(outcome, grade_sentence(program, run, lang), lang)


def sentences(outcome: Outcome, program: ir.Program, run: Evaluation | None, lang: Lang) -> dict[str, str]:
    """By indicator path joined with ``/``, the sentence that explains it; empty without an evaluation."""
    if run is None:
        return {}
    found = {}
    for node, indicator in _matching(outcome, program, None):
        rows = [row_sentence(row, lang) for row in row_scores(program, node, run, lang)]
        text = Sentence(program, run, outcome, node, indicator, lang, len(rows)).text()
        found["/".join(node.path)] = "\n".join([text, *rows])
    return found


def matching(outcome: Outcome, only: str | None) -> list[IndicatorOutcome]:
    """The indicators that a title or a path names; all of them for None."""
    return [i for i in outcome.indicators if only is None or only in (i.name, "/".join(i.path), ".".join(i.path))]


def _matching(outcome: Outcome, program: ir.Program, only: str | None) -> Iterator[tuple[ir.Node, IndicatorOutcome]]:
    nodes = {node.path: node for node in program.root.leaves()}
    for indicator in matching(outcome, only):
        yield nodes[indicator.path], indicator


def _summary(outcome: Outcome, grade: str, lang: Lang) -> str:
    zh = lang == "zh"
    parts = []
    for section in outcome.sections:
        if len(section.path) == 1:
            points = points_text(section.points)
            parts.append(f"{section.path[0]} {points} 分" if zh else f"{section.path[0]} {points}")
    if outcome.total is None:
        parts.append("总分未定" if zh else "the total is open")
    else:
        total = points_text(outcome.total)
        parts.append(f"总分 {total} 分" if zh else f"total {total}")
    text = ("，" if zh else ", ").join(parts) + ("。" if zh else ".")
    return text + (("" if zh else " ") + grade if grade else "")

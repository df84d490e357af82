"""The lines under a score sheet: the result, and what a reader must know beside the table."""

from __future__ import annotations

from fractions import Fraction

from rubriclang.ir import nodes as ir
from rubriclang.ir.reals import Real
from rubriclang.reports.layout import Sheet
from rubriclang.reports.score_table import points_text
from rubriclang.reports.wording import WORDS, Lang, clean, in_print


def sum_note(sheet: Sheet, lang: Lang) -> str:
    """The line under the table: total, grade, and who decided how many points."""
    words, outcome = WORDS[lang], sheet.outcome
    if outcome.total is not None:
        parts = [words["result"].format(total=points_text(outcome.total))]
    else:
        low_high = outcome.reachable
        span = ""
        if low_high is not None:
            span = words["between"].format(low=points_text(low_high[0]), high=points_text(low_high[1]))
        parts = [words["open result"] + span]
    if outcome.grade:
        parts.append(words["grade"].format(grade=clean(outcome.grade)))
    computed, judged = points_text(outcome.computed), points_text(outcome.judged)
    parts.append(words["split"].format(computed=computed, judged=judged))
    return ("　　" if lang == "zh" else "    ").join(parts)


def notes(sheet: Sheet, program: ir.Program, lang: Lang) -> list[str]:
    """What a reader must know beside the table: marks, results, overrides, open items, checks that fail, the basis."""
    words, outcome = WORDS[lang], sheet.outcome
    colon = "：" if lang == "zh" else ": "
    found = [f"{name}{colon}{value}" for name, value in outcome.results]
    found += [words["applied"].format(text=in_print(text)) for text in outcome.remarks]
    open_names = [i.name for i in outcome.indicators if i.reason is not None and i.reason != "left out"]
    if open_names:
        found.append(words["incomplete"].format(names=("、" if lang == "zh" else ", ").join(open_names)))
    for check in outcome.checks:
        if check.holds is False:
            off = ""
            if check.difference is not None:
                shown = _difference(check.difference)
                off = words["difference"].format(difference=shown, unit=check.unit).rstrip()
            found.append(words["check"].format(name=check.name, text=check.text, difference=off))
    if any(cell is not None and cell.judged for line in sheet.lines for cell in line.cells):
        found.append(words["judged legend"])
    found += [words["basis"].format(text=text) for text in program.basis]
    return [clean(text) for text in found]


def _difference(difference: Fraction | Real) -> str:
    return points_text(difference) if isinstance(difference, Fraction) else difference.shown(4)

"""How many errors planted into the part 自报 `rubric audit RUBRIC FACTS` finds, how many it classes rightly, and how
often it raises a false alarm: all rubrics of the library, random facts, one error a report.

    python scripts/claims_accuracy.py [--sets N] [--seed N] [--write] [--show]

``--write`` puts the table into docs/audit.md and docs/audit.en.md; ``--show`` prints what went wrong.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.claims_writer import Claims, ClaimsWriter  # noqa: E402
from scripts.random_facts import facts_of  # noqa: E402

import rubriclang  # noqa: E402
from rubriclang.audit.reported.auditing import audit_claims  # noqa: E402
from rubriclang.diagnostics import Diagnostic  # noqa: E402
from rubriclang.driver import Rubric  # noqa: E402
from rubriclang.facts.binding import FactSet  # noqa: E402
from rubriclang.facts.yaml_reader import read  # noqa: E402
from rubriclang.source import Source  # noqa: E402

OPENING, CLOSING = "<!-- claims accuracy -->\n", "<!-- /claims accuracy -->"
ERRORS = (
    "digit-slip",
    "transposition",
    "ratio-as-percent",
    "truncated",
    "wrong-band",
    "wrong-points",
    "wrong-sum",
    "contradiction",
    "judged-otherwise",
    "wrong-grade",
    "not-checkable",
)
WORDS = {
    "digit-slip": ("数值一位写错", "one digit of a value"),
    "transposition": ("数值两位颠倒", "two digits of a value changed over"),
    "ratio-as-percent": ("比值写成百分数", "a ratio as a percentage"),
    "truncated": ("数值舍去尾数，其他四舍五入", "a value cut, the others rounded"),
    "wrong-band": ("得分是另一档的", "points of another band"),
    "wrong-points": ("数值错，得分跟着错", "a wrong value and the points it gets"),
    "wrong-sum": ("小计或总分加错", "a wrong subtotal or total"),
    "contradiction": ("数值错，得分对", "a wrong value beside right points"),
    "judged-otherwise": ("得分与评定不同", "points other than those judged"),
    "wrong-grade": ("等次写错", "a wrong grade"),
    "not-checkable": ("名称写错", "a misspelt name"),
}
# One changed digit may be the last one, or make a zero, or be a hundred-fold of itself.
ALIKE = {
    "digit-slip": {"digit-slip", "last-digit", "decimal-point"},
    "transposition": {"transposition", "decimal-point"},
}


@dataclass
class Score:
    """What happened to the statements."""

    reports: int = 0
    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    classed: Counter[str] = field(default_factory=Counter)
    right: int = 0
    alarms: int = 0
    wrong: list[str] = field(default_factory=list)


def library() -> list[Path]:
    """The rubrics that are measured."""
    return sorted((ROOT / "rubrics").rglob("*.rubric"))


def measure(paths: Sequence[Path], sets: int, seed: int = 20200708) -> Score:
    """Writes statements for random facts of each rubric, with each class of error once, and audits them."""
    score = Score()
    for path in paths:
        rubric = rubriclang.load(path)
        random_ = random.Random(f"{seed} {path.name}")
        for _ in range(sets):
            facts = rubric.bind(facts_of(rubric.program, random_))
            writer = ClaimsWriter(rubric.program, facts, random_)
            for error in (None, "all-cut", *ERRORS):
                claims = writer.written(error)
                if claims.lines and (error is None or claims.planted is not None):
                    _compare(rubric, facts, claims, score, path.name)
    return score


def _compare(rubric: Rubric, facts: FactSet, claims: Claims, score: Score, name: str) -> None:
    source = Source("facts.yaml", claims.text())
    found = audit_claims(rubric.program, rubric.source, read(source), facts)
    assert not isinstance(found, Diagnostic), found
    score.reports += 1
    kinds: dict[int, list[tuple[str, str, str]]] = {}
    for one in found.findings:
        if one.kind != "identity":  # of the random facts themselves
            place = one.source.position(one.span.start).line
            kinds.setdefault(place, []).append((one.kind, one.level, one.zh))
    for number, line in enumerate(claims.lines, 2):
        here = kinds.get(number, [])
        if line.expected is not None:
            assert claims.planted is not None
            score.planted[claims.planted] += 1
            allowed = set().union(*(ALIKE.get(kind, {kind}) for kind in line.expected))
            score.found[claims.planted] += bool(here)
            if any(kind in allowed for kind, _, _ in here):
                score.classed[claims.planted] += 1
            else:
                score.wrong.append(
                    f"{claims.planted}: {name} {line.name} {line.text} ({line.exact}): {here or 'missed'}"
                )
        elif not line.consequence:
            score.right += 1
            loud = [told for told in here if told[1] != "note"]
            score.alarms += len(loud)
            score.wrong += [
                f"false alarm ({claims.planted}): {name} {line.name} {line.text} {line.exact}: {t}" for t in loud
            ]


def percent(part: int, whole: int) -> str:
    """A share with one decimal."""
    return f"{100 * part / whole:.1f}%" if whole else "-"


def table(score: Score, lang: str) -> str:
    """The figures as a Markdown table."""
    zh = lang == "zh"
    head = ("错误", "植入", "查出", "归类正确") if zh else ("error", "planted", "found", "classed rightly")
    lines = ["| " + " | ".join(head) + " |", "|---|---|---|---|"]
    for error in ERRORS:
        planted = score.planted[error]
        shares = (percent(score.found[error], planted), percent(score.classed[error], planted))
        lines.append(f"| {WORDS[error][0 if zh else 1]} | {planted} | {shares[0]} | {shares[1]} |")
    planted = score.planted.total()
    shares = (percent(score.found.total(), planted), percent(score.classed.total(), planted))
    lines.append(f"| {'合计' if zh else 'all'} | {planted} | {shares[0]} | {shares[1]} |")
    rate = f"{100 * score.alarms / score.right:.2f}%" if score.right else "-"
    if zh:
        lines.append(f"\n{score.reports} 份自报里正确的 {score.right} 处，误报 {score.alarms} 处（{rate}）。")
    else:
        lines.append(
            f"\n{score.reports} reports, {score.right} right statements, {score.alarms} false alarms ({rate})."
        )
    return "\n".join(lines)


def main() -> None:
    """Measures and prints or writes the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sets", type=int, default=8, help="fact sets of each rubric")
    parser.add_argument("--seed", type=int, default=20200708)
    parser.add_argument("--write", action="store_true", help="put the tables into the pages")
    parser.add_argument("--show", action="store_true", help="print what was missed or wrongly found")
    arguments = parser.parse_args()
    score = measure(library(), arguments.sets, arguments.seed)
    if arguments.show:
        print("\n".join(score.wrong), file=sys.stderr)
    print(table(score, "en"))
    if arguments.write:
        for page, lang in (("audit.md", "zh"), ("audit.en.md", "en")):
            path = ROOT / "docs" / page
            before = path.read_text(encoding="utf-8")
            start = before.index(OPENING) + len(OPENING)
            after = before[:start] + table(score, lang) + "\n" + before[before.index(CLOSING) :]
            path.write_text(after, encoding="utf-8")


if __name__ == "__main__":
    main()

"""How many planted errors ``rubric audit`` finds, how many it classes rightly, and how often it raises a false alarm.

    python scripts/audit_accuracy.py [--reports N] [--write] [--show]

``--write`` puts the table into docs/audit.md and docs/audit.en.md; ``--show`` prints what went wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.audit_prose import DEVELOPED, ERRORS, HELD_OUT, Pool, Writer, Written  # noqa: E402

from rubriclang.audit.auditing import audit  # noqa: E402
from rubriclang.source import Source  # noqa: E402

SEED = 20200708
OPENING, CLOSING = "<!-- accuracy -->\n", "<!-- /accuracy -->"
# A slip may be described by what it also is: one digit of a sum is a wrong sum.
ALIKE = {
    "digit-slip": {"digit-slip", "last-digit"},
    "contradiction": {"contradiction", "possible-contradiction"},
}


@dataclass
class Score:
    """What happened to the sentences of one set of phrasings."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    classed: Counter[str] = field(default_factory=Counter)
    right: int = 0
    alarms: int = 0
    sentences: int = 0
    wrong: list[tuple[str, Written]] = field(default_factory=list)


def measure(pool: Pool, reports: int, seed: int = SEED) -> Score:
    """Writes reports, audits them, and compares sentence by sentence."""
    score = Score()
    for number in range(reports):
        written = Writer(seed + number, pool).report()
        found = audit(Source("report.txt", "\n".join(one.text for one in written)))
        kinds: dict[int, list[str]] = {}
        for finding in found.findings:
            kinds.setdefault(found.source.position(finding.span.start).line, []).append(finding.kind)
        for line, one in enumerate(written, 1):
            here = kinds.get(line, [])
            score.sentences += 1
            score.right += max(0, one.claims - (one.error is not None))
            if one.error is None:
                score.alarms += len(here)
                score.wrong += [(f"false alarm {kind}", one) for kind in here]
                continue
            score.planted[one.error] += 1
            allowed = ALIKE.get(one.error, {one.error})
            if here:
                score.found[one.error] += 1
            if allowed & set(here):
                score.classed[one.error] += 1
            else:
                score.wrong.append((f"{one.error}: {here or 'missed'}", one))
            score.alarms += max(0, len(here) - 1)
    return score


def percent(part: int, whole: int) -> str:
    """A share with one decimal."""
    return f"{100 * part / whole:.1f}%" if whole else "-"


def table(scores: dict[str, Score], lang: str) -> str:
    """The figures as a Markdown table."""
    zh = lang == "zh"
    sets = {"developed": "开发用句式", "held out": "预留句式"} if zh else {key: key for key in scores}
    head = [("错误" if zh else "error")]
    for name in scores:
        head += [
            f"{sets[name]}：{'植入' if zh else 'planted'}" if zh else f"{name}: planted",
            "查出" if zh else "found",
            "归类正确" if zh else "classed rightly",
        ]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for error in (*ERRORS, None):
        cells = [f"`{error}`" if error else ("合计" if zh else "all")]
        for score in scores.values():
            planted = score.planted[error] if error else score.planted.total()
            found = score.found[error] if error else score.found.total()
            classed = score.classed[error] if error else score.classed.total()
            cells += [str(planted), percent(found, planted), percent(classed, planted)]
        lines.append("| " + " | ".join(cells) + " |")
    for name, score in scores.items():
        rate = percent(score.alarms, score.right)
        if zh:
            lines.append(f"\n{sets[name]}：{score.right} 处正确的结果，误报 {score.alarms} 处（{rate}）。")
        else:
            lines.append(f"\n{name}: {score.right} right results, {score.alarms} false alarms ({rate}).")
    return "\n".join(lines)


def main() -> None:
    """Measures both sets of phrasings and prints or writes the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--reports", type=int, default=300, help="reports of each set of phrasings")
    parser.add_argument("--write", action="store_true", help="put the tables into the pages")
    parser.add_argument("--show", action="store_true", help="print what was missed or wrongly found")
    arguments = parser.parse_args()
    scores = {pool.name: measure(pool, arguments.reports) for pool in (DEVELOPED, HELD_OUT)}
    if arguments.show:
        for name, score in scores.items():
            tally = Counter((name, what, one.phrasing) for what, one in score.wrong)
            examples = {(name, what, one.phrasing): one.text for what, one in score.wrong}
            for key, count in tally.most_common(25):
                print(count, *key, "|", examples[key], file=sys.stderr)
    print(table(scores, "en"))
    if arguments.write:
        for page, lang in (("audit.md", "zh"), ("audit.en.md", "en")):
            path = ROOT / "docs" / page
            before = path.read_text(encoding="utf-8")
            start = before.index(OPENING) + len(OPENING)
            after = before[:start] + table(scores, lang) + "\n" + before[before.index(CLOSING) :]
            path.write_text(after, encoding="utf-8")


if __name__ == "__main__":
    main()

"""How many planted faults `rubric check` finds: one fault at a time in every rubric of the library.

Each fault changes one line of a rubric the way a hand slips: an edge moved, a sign turned, points swapped, a row lost.
Both rubrics are scored on the same fact sets (random ones, and the witness of the finding where there is one). A fault
that changes no score of any of them is not counted. The others fall into three columns:

- *breaks a property*: the check reports an error or a warning about rules, or on some facts the faulty rubric gives no
  score where the sound one does, or points outside 0 … full, or it does not load at all;
- *contradicts the text*: an in-file test fails, or a number of a quoted 标准 line no longer occurs;
- *is still a valid rubric*: another standard, which nobody can tell from the text alone.

    python scripts/seeded_faults.py [--seed 1] [--facts 40] [--per-kind 2] [--write] [PATH…]

``--write`` puts the table into docs/seeded-faults.md.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import attrs

import rubriclang
from rubriclang.backends.outcome import Outcome
from rubriclang.diagnostics import Diagnostic
from rubriclang.driver import Rubric, check_text
from rubriclang.ir import nodes as ir
from rubriclang.ir.types import Day, Labels, Number, Truth
from rubriclang.source import Source

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "seeded-faults.md"
_BAND = re.compile(r"(?P<sign>[≤≥<>]=?)\s*(?P<edge>\d+(?:\.\d+)?)(?P<rest>\s*\S*\s*->\s*)(?P<points>\d+(?:\.\d+)?)")
_HEADING = re.compile(r"^(?P<head>#+ .*?[（(])(?P<points>\d+)(?P<tail>分[）)，,].*|分[）)]?.*)$", re.M)
_TURNED = {"≤": "<", "<": "≤", "≥": ">", ">": "≥", "<=": "<", ">=": ">"}


@attrs.frozen
class Fault:
    """A rubric's text with one fault in it."""

    kind: str
    text: str
    line: str


def _once(text: str, found: re.Match[str], new: str) -> str:
    return text[: found.start()] + new + text[found.end() :]


def _rules(text: str) -> str:
    """The part of a rubric before its tests: faults are planted in rules only."""
    found = re.search(r"^(?:测试|test)\s", text, re.M)
    return text[: found.start()] if found else text


def _matches(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    kept = []
    for found in pattern.finditer(_rules(text)):
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        if not line.lstrip().startswith(("//", "标准", "依据", "说明", "来源")):
            kept.append(found)
    return kept


def _edges(text: str) -> Iterator[str]:
    for found in _matches(_BAND, text):
        moved = str(Fraction(found["edge"]) + 1).split("/")[0]
        yield _once(text, found, f"{found['sign']} {moved}{found['rest']}{found['points']}")


def _signs(text: str) -> Iterator[str]:
    for found in _matches(_BAND, text):
        yield _once(text, found, f"{_TURNED[found['sign']]} {found['edge']}{found['rest']}{found['points']}")


def _turned_round(text: str) -> Iterator[str]:
    swap = {"≤": "≥", "≥": "≤", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
    for found in _matches(_BAND, text):
        yield _once(text, found, f"{swap[found['sign']]} {found['edge']}{found['rest']}{found['points']}")


def _swapped(text: str) -> Iterator[str]:
    bands = _matches(_BAND, text)
    for a, b in pairwise(bands):
        if a["points"] != b["points"] and "\n#" not in text[a.end() : b.start()]:
            inner = text[a.end("points") : b.start("points")]
            yield text[: a.start("points")] + b["points"] + inner + a["points"] + text[b.end("points") :]


def _maxima(level: str) -> Callable[[str], Iterator[str]]:
    def plant(text: str) -> Iterator[str]:
        for found in _matches(_HEADING, text):
            deep = len(found["head"]) - len(found["head"].lstrip("#"))
            has_parts = re.match(rf"[^#]*\n#{{{deep + 1}}} ", text[found.end() :])
            if deep > 1 and bool(has_parts) == (level == "section"):
                yield _once(text, found, f"{found['head']}{int(found['points']) + 1}{found['tail']}")

    return plant


def _by(pattern: str, new: str | Callable[[re.Match[str]], str]) -> Callable[[str], Iterator[str]]:
    compiled = re.compile(pattern, re.M)

    def plant(text: str) -> Iterator[str]:
        for found in _matches(compiled, text):
            yield _once(text, found, new if isinstance(new, str) else new(found))

    return plant


def _misspelt(text: str) -> Iterator[str]:
    for declared in re.findall(r"^- ([^\W\d]\w{2,})：", _rules(text), re.M):
        for found in _matches(re.compile(rf"(?<![\w\- ]){re.escape(declared)}(?=\s*[/+×*：\-])"), text):
            yield _once(text, found, declared[:-1] + ("数" if declared[-1] != "数" else "率"))


KINDS: dict[str, Callable[[str], Iterator[str]]] = {
    "edge moved by one": _edges,
    "≤ for <, ≥ for >, and back": _signs,
    "≤ for ≥ and back": _turned_round,
    "points of two bands swapped": _swapped,
    "an indicator's points off by one": _maxima("leaf"),
    "a section's points off by one": _maxima("section"),
    "unit wrong (元 for 万元)": _by(r"(?<=：)万元(?=[，,\n])", "元"),
    "bound of a denominator removed": _by(r"[，,]\s*> 0(?=[，,\n])", "，≥ 0"),
    "band deleted": _by(_BAND.pattern + r"[；;]?", ""),
    "否则 removed": _by(r"[；;]?\s*否则\s*->\s*[^\n；;]+", ""),
    "deduction ten times off": _by(
        r"(?P<verb>扣|加)\s*(?P<n>\d+(?:\.\d+)?)(?=\s*分)", lambda m: f"{m['verb']} {_text(Fraction(m['n']) * 10)}"
    ),
    "part-step rule dropped": _by(r"[（(](?:整档|进档|按比例)[）)]|(?<=默认：)(?:整档|进档|按比例)，", ""),
    "fact misspelt": _misspelt,
}


def _text(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):g}"


# ---- facts


def facts_of(program: ir.Program, random_: random.Random) -> dict[str, Any]:
    """Random facts within their types, near the numbers that the rubric itself names."""
    literals = (n for d in program.definitions for n in ir.walk(d.expr) if isinstance(n, ir.Const))
    named = sorted({n.value for n in literals if isinstance(n.value, Fraction)})
    given: dict[str, Any] = {fact.name: _value(fact, named, random_) for fact in program.facts}
    for listed in program.lists:
        rows = range(random_.randint(0, 3))
        given[listed.name] = [{c.name: _value(c, named, random_) for c in listed.columns} for _ in rows]
    judged: dict[str, Any] = {}
    for definition in program.definitions:
        for node in ir.walk(definition.expr):
            if isinstance(node, ir.Judge) and node.given is None:
                ends = (node.low, node.high)
                known = [e.value for e in ends if isinstance(e, ir.Const) and isinstance(e.value, Fraction)]
                judged[node.item] = random_.choice(known) if known else Fraction(0)
    facts: dict[str, Any] = {"单位": "甲", "数据": given, "评定": judged}
    if program.needs_population:
        row = {fact.name: _value(fact, named, random_) for fact in program.facts}
        facts["各单位"] = {"乙": {"数据": row, "评定": dict(judged)}}
    return facts


def _value(fact: ir.Fact, named: list[Fraction], random_: random.Random) -> Any:
    match fact.type:
        case Truth():
            return random_.choice([True, False])
        case Labels(options=options):
            return random_.choice(options)
        case Day():
            return date(random_.randint(2015, 2024), random_.randint(1, 12), random_.randint(1, 28))
        case Number(style="percent"):
            value = (
                random_.choice(named) if named and random_.random() < 0.5 else Fraction(random_.randint(0, 130), 100)
            )
            shifted = value + random_.choice([Fraction(0), Fraction(1, 1000), Fraction(-1, 1000)])
            return f"{_text(max(shifted, Fraction(0)) * 100)}%" if value < 50 else f"{_text(value)}%"
        case Number():
            near = random_.choice(named) if named and random_.random() < 0.4 else Fraction(random_.randint(0, 120))
            value = near + random_.choice([Fraction(0), Fraction(0), Fraction(1), Fraction(1, 2)])
            return max(Fraction(int(value)) if fact.whole else value, Fraction(0))
        case _:
            return random_.choice(["甲", "乙"])


# ---- verdicts


def _loaded(source: Source) -> Rubric | None:
    try:
        return rubriclang.loads(source.text, source.path)
    except rubriclang.RubricError:
        return None


def _scores(outcome: Outcome) -> tuple[Any, ...]:
    rows = [(i.path, i.points, i.label, i.reason) for i in outcome.indicators]
    return (*rows, outcome.total, outcome.grade)


def _broken(sound: Outcome, faulty: Outcome) -> bool:
    """Whether the faulty rubric leaves open, or scores out of bounds, what the sound one does not."""
    before = {i.path: i for i in sound.indicators}
    for indicator in faulty.indicators:
        other = before.get(indicator.path)
        if other is None:
            return True
        if indicator.reason == "undefined" and other.reason is None:
            return True
        if indicator.points is not None and other.points is not None and indicator.max is not None:
            outside = indicator.points < 0 or indicator.points > indicator.max
            if outside and not (other.points < 0 or (other.max is not None and other.points > other.max)):
                return True
    return False


@attrs.frozen
class Verdict:
    """What became of one fault."""

    column: str  # "property", "text", "valid", or "" where no score changes
    found: bool
    witness: bool = False


def judge(sound: Rubric, path: Path, fault: Fault, fact_sets: list[dict[str, Any]]) -> Verdict:
    """Classes one fault, without asking the check more than what it says."""
    source = Source(str(path), fault.text)
    said = [d for d in check_text(source) if d.severity != "hint"]
    rules = [d for d in said if d.code < "R400" or d.code >= "R402"]
    faulty = _loaded(source)
    if faulty is None:
        return Verdict("property", True, any(d.witness for d in rules))
    changed = broken = False
    for facts in fact_sets + [_witness(d) for d in rules if d.witness]:
        before, after = sound.score(facts), faulty.score(facts)
        changed = changed or _scores(before) != _scores(after)
        broken = broken or _broken(before, after)
    about_text = [d for d in rules if d.code in ("R406", "R407")]
    about_rules = [d for d in rules if d not in about_text]
    if broken or about_rules:
        return Verdict("property", bool(about_rules), any(d.witness for d in about_rules))
    if not changed:
        return Verdict("", False)
    failed = any(not test.passed for test in faulty.run_tests())
    if failed or about_text:
        return Verdict("text", True)
    return Verdict("valid", False)


def _witness(diagnostic: Diagnostic) -> dict[str, Any]:
    found = diagnostic.witness or {}
    return {"数据": dict(found.get("facts", {})), "评定": dict(found.get("judged", {}))}


# ---- the run


def main() -> int:
    """Plants, judges, and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--facts", type=int, default=40)
    parser.add_argument("--per-kind", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--show", action="store_true", help="print each fault that breaks a property and is not found")
    parser.add_argument("paths", nargs="*", type=Path, default=[ROOT / "rubrics"])
    asked = parser.parse_args()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    files = sorted(f for p in asked.paths for f in (p.rglob("*.rubric") if p.is_dir() else [p]))
    for path in files:
        random_ = random.Random(f"{asked.seed} {path.name}")
        text = path.read_text(encoding="utf-8")
        sound = rubriclang.load(path)
        fact_sets = [facts_of(sound.program, random_) for _ in range(asked.facts)]
        for kind, plant in KINDS.items():
            texts = list(plant(text))
            for changed in random_.sample(texts, min(asked.per_kind, len(texts))):
                verdict = judge(sound, path, Fault(kind, changed, _line(text, changed)), fact_sets)
                row = counts[kind]
                row["planted"] += 1
                row[verdict.column or "same"] += 1
                row[f"{verdict.column} found"] += verdict.found
                row[f"{verdict.column} witness"] += verdict.witness
                if asked.show and verdict.column == "property" and not verdict.found:
                    print(f"{path.name}: {kind}: {_line(text, changed)}")
    table = _table(counts)
    print(table)
    if asked.write:
        command = (
            f"python scripts/seeded_faults.py --seed {asked.seed} --facts {asked.facts} --per-kind {asked.per_kind}"
        )
        PAGE.write_text(_page(table, command, len(files)), encoding="utf-8")
    return 0


def _line(before: str, after: str) -> str:
    lines = zip(before.splitlines(), after.splitlines(), strict=False)
    return next((f"{a!r} → {b!r}" for a, b in lines if a != b), "")


def _table(counts: dict[str, Counter[str]]) -> str:
    lines = [
        "| fault | planted | no score changes | breaks a property | found | with a witness "
        "| contradicts the text | found | still valid |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    total: Counter[str] = Counter()
    for kind in KINDS:
        total.update(counts[kind])
        lines.append(_row(kind, counts[kind]))
    return "\n".join([*lines, _row("**all**", total)])


def _row(name: str, row: Counter[str]) -> str:
    cells = [row["planted"], row["same"], row["property"], _share(row, "property"), row["property witness"]]
    return f"| {name} | {' | '.join(map(str, cells))} | {row['text']} | {_share(row, 'text')} | {row['valid']} |"


def _share(row: Counter[str], column: str) -> str:
    return f"{row[f'{column} found']} ({row[f'{column} found'] / row[column]:.1%})" if row[column] else "–"


def _page(table: str, command: str, files: int) -> str:
    return (
        "# 种下的错误 · Seeded faults\n\n"
        f"在库里 {files} 份标准的规则里，一次种一个手误，看 `rubric check`（和自带的测试）找到多少。\n\n"
        f"One slip of the hand at a time in the rules of the {files} rubrics of the library, and how many\n"
        "`rubric check` (and the in-file tests) find. A fault that changes no score of any fact set tried is not\n"
        "counted; columns are explained in `scripts/seeded_faults.py`. What breaks a property is what the check\n"
        "reports or the fact sets show: a fault that neither shows stands in another column, so the share found is\n"
        f"an upper bound that sinks as more fact sets are tried.\n\n{table}\n\n"
        f"`{command} --write`, {date.today().isoformat()}.\n"
    )


if __name__ == "__main__":
    sys.exit(main())

"""How many planted faults `rubric check` finds: one fault at a time in every rubric of the library.

Each fault changes one line of a rubric the way a hand slips (``planted_faults.py``). Both rubrics are scored on the
same fact sets: random ones on and about the edges, for each row that a search can reach one that reaches it, and the
witnesses of the findings. A fault that loads and changes no score of any of them is not counted. The others fall into
three columns:

- *breaks a property*: it does not load, the check reports a new error or warning about its rules, or on some facts it
  gives no score where the sound one does, or points outside 0 … full;
- *contradicts the text*: a number of a quoted 标准 line no longer occurs, or an in-file test fails;
- *is still a valid rubric*: another standard, which nobody can tell from the text alone.

    python scripts/seeded_faults.py [--seed 1] [--facts 60] [--per-kind 3] [--write] [PATH…]

``--write`` puts the table into docs/seeded-faults.md.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import repeat
from pathlib import Path
from typing import Any

import attrs

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.planted_faults import KINDS  # noqa: E402
from scripts.random_facts import facts_of, reaching  # noqa: E402

import rubriclang  # noqa: E402
from rubriclang.backends.outcome import Outcome  # noqa: E402
from rubriclang.diagnostics import Diagnostic  # noqa: E402
from rubriclang.driver import Rubric, check_text  # noqa: E402
from rubriclang.source import Source  # noqa: E402

PAGE = ROOT / "docs" / "seeded-faults.md"
_TEXT = ("R406", "R407")  # findings about the quoted 标准 line


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
    """Whether the faulty rubric leaves open, or scores out of bounds, what the sound one does not.

    Facts that only the faulty one refuses (a judgement outside its range, a head count that is no longer whole) show
    nothing: the unit would be asked to type them again.
    """
    if any(d.severity == "error" for d in faulty.diagnostics):
        return False
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
    found: bool = False
    loads: bool = False
    witness: bool = False
    hinted: bool = False
    codes: str = ""


@attrs.frozen
class Sound:
    """A rubric as it is, with what it scores on every fact set and what the check says of it."""

    rubric: Rubric
    path: Path
    fact_sets: list[dict[str, Any]]
    outcomes: list[Outcome]
    said: Counter[tuple[str, str]]

    @classmethod
    def of(cls, path: Path, text: str, count: int, random_: random.Random) -> Sound:
        """Loads and scores."""
        rubric = rubriclang.loads(text, str(path))
        fact_sets = [facts_of(rubric.program, random_) for _ in range(count)]
        fact_sets += reaching(rubric.program, random_)
        outcomes = [rubric.score(facts) for facts in fact_sets]
        return cls(rubric, path, fact_sets, outcomes, Counter(map(_said, check_text(rubric.source))))


def _said(diagnostic: Diagnostic) -> tuple[str, str]:
    return diagnostic.code, diagnostic.message("en")


def judge(sound: Sound, text: str) -> Verdict:
    """Classes one fault by what both rubrics score, and asks whether the check has told."""
    source = Source(str(sound.path), text)
    before = sound.said.copy()
    new = []
    for diagnostic in check_text(source):
        if before[_said(diagnostic)]:
            before[_said(diagnostic)] -= 1
        else:
            new.append(diagnostic)
    told = [d for d in new if d.severity != "hint" and d.code not in ("R400", "R401")]
    about_rules = [d for d in told if d.code not in _TEXT]
    faulty = _loaded(source)
    witness = any(d.witness for d in about_rules)
    if faulty is None:
        return Verdict("property", True, False, witness)
    changed = broken = False
    witnesses = [_witness(d) for d in told if d.witness]
    pairs = [*zip(sound.fact_sets, sound.outcomes, strict=True), *((w, sound.rubric.score(w)) for w in witnesses)]
    for facts, known in pairs:
        after = faulty.score(facts)
        changed = changed or _scores(known) != _scores(after)
        broken = broken or _broken(known, after)
        if broken or (changed and about_rules):
            break
    if broken or (changed and about_rules):
        return Verdict(
            "property", bool(about_rules), True, witness, codes=" ".join(sorted({d.code for d in about_rules}))
        )
    if not changed:
        return Verdict("")
    about_text = any(d.code in _TEXT for d in told) or any(not test.passed for test in faulty.run_tests())
    hinted = any(d.severity == "hint" for d in new)
    return Verdict("text", True) if about_text else Verdict("valid", hinted=hinted)


def _witness(diagnostic: Diagnostic) -> dict[str, Any]:
    found = diagnostic.witness or {}
    return {"数据": dict(found.get("facts", {})), "评定": dict(found.get("judged", {}))}


# ---- the run


def main() -> int:
    """Plants, judges, and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--facts", type=int, default=60)
    parser.add_argument("--per-kind", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--show", action="store_true", help="print the faults not found, or found without a witness")
    parser.add_argument("paths", nargs="*", type=Path, default=[ROOT / "rubrics"])
    asked = parser.parse_args()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    files = sorted(f for p in asked.paths for f in (p.rglob("*.rubric") if p.is_dir() else [p]))
    fact_sets = 0
    with ProcessPoolExecutor(asked.workers) as pool:
        for one in pool.map(of_rubric, files, repeat(asked)):
            fact_sets += one.fact_sets
            for kind, row in one.counts.items():
                counts[kind].update(row)
            for line in one.shown:
                print(line, flush=True)
    table = _table(counts)
    print(table)
    if asked.write:
        numbers = f"--seed {asked.seed} --facts {asked.facts} --per-kind {asked.per_kind}"
        page = _page(table, f"python scripts/seeded_faults.py {numbers}", len(files), fact_sets)
        PAGE.write_text(page, encoding="utf-8")
    return 0


@attrs.define
class OfRubric:
    """What became of all faults of one rubric."""

    fact_sets: int
    counts: dict[str, Counter[str]] = attrs.Factory(lambda: defaultdict(Counter))
    shown: list[str] = attrs.Factory(list)


def of_rubric(path: Path, asked: argparse.Namespace) -> OfRubric:
    """Plants and judges in one rubric; what is drawn depends on the seed and the rubric's name alone."""
    random_ = random.Random(f"{asked.seed} {path.name}")
    text = path.read_text(encoding="utf-8")
    sound = Sound.of(path, text, asked.facts, random_)
    found = OfRubric(len(sound.fact_sets))
    for kind, plant in KINDS.items():
        texts = sorted(set(plant(text)) - {text})
        for changed in random_.sample(texts, min(asked.per_kind, len(texts))):
            verdict = judge(sound, changed)
            _count(found.counts[kind], verdict)
            open_ = verdict.column == "property" and not (verdict.found and (verdict.witness or not verdict.loads))
            if asked.show and (verdict.column == "valid" or open_):
                what = f"{verdict.column} {verdict.codes}"
                found.shown.append(f"{what}: {path.name}: {kind}: {_line(text, changed)}")
    return found


def _count(row: Counter[str], verdict: Verdict) -> None:
    row["planted"] += 1
    row[verdict.column or "same"] += 1
    row[f"{verdict.column} found"] += verdict.found
    row["loads"] += verdict.loads
    row["loads found"] += verdict.loads and verdict.found
    row["witness"] += verdict.loads and verdict.witness
    row["hinted"] += verdict.hinted


def _line(before: str, after: str) -> str:
    lines = zip(before.splitlines(), after.splitlines(), strict=False)
    return next((f"{a!r} → {b!r}" for a, b in lines if a != b), "")


def _table(counts: dict[str, Counter[str]]) -> str:
    lines = [
        "| fault | planted | no score changes | breaks a property | found | of these, still scores | found "
        "| with a witness | contradicts the text | found | still valid | of these, hinted at |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    total: Counter[str] = Counter()
    for kind in KINDS:
        total.update(counts[kind])
        lines.append(_row(kind, counts[kind]))
    return "\n".join([*lines, _row("**all**", total)])


def _row(name: str, row: Counter[str]) -> str:
    cells = [row["planted"], row["same"], row["property"], _share(row, "property"), row["loads"]]
    cells += [row["loads found"], row["witness"], row["text"], _share(row, "text"), row["valid"], row["hinted"]]
    return f"| {name} | {' | '.join(map(str, cells))} |"


def _share(row: Counter[str], column: str) -> str:
    return f"{row[f'{column} found']} ({row[f'{column} found'] / row[column]:.1%})" if row[column] else "–"


def _page(table: str, command: str, files: int, fact_sets: int) -> str:
    return (
        "# 种下的错误 · Seeded faults\n\n"
        f"在库里 {files} 份标准的规则里，一次种一个手误，看 `rubric check`（和自带的测试）找到多少。\n\n"
        f"One slip of the hand at a time in the rules of the {files} rubrics of the library, and how many\n"
        f"`rubric check` (and the in-file tests) find. Both rubrics are scored on {fact_sets} fact sets in all:\n"
        "random ones on and about the edges, and for each row one that reaches it. A fault that loads and changes no\n"
        "score is not counted; the columns are explained in `scripts/seeded_faults.py`. *Still scores* are the faulty\n"
        "rubrics that have no error and load; the others are refused, which is the finding. A fault that neither the\n"
        "check nor the fact sets show to break a property stands in another column, so the share found is an upper\n"
        f"bound that sinks as more fact sets are tried.\n\n{table}\n\n"
        f"`{command} --write`, {date.today().isoformat()}.\n"
    )


if __name__ == "__main__":
    sys.exit(main())

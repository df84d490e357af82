"""Takes every rubric of the library round: template → filled → scored → score sheet → recomputed by LibreOffice.

    python scripts/round_trip.py [--sets N] [--write]

Facts are those of its examples and N drawn sets (default 2). ``--write`` puts the table into docs/round-trip.md. Exit
code 1 where anything differs. LibreOffice gets the workbooks without our values, so that it has nothing to repeat.
"""

from __future__ import annotations

import argparse
import datetime
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import openpyxl  # noqa: E402
from tests.reports.recomputing import differences, formulas, office, recomputed  # noqa: E402
from tests.sheets.drawn import drawn_facts  # noqa: E402
from tests.sheets.filling import fill, values_of  # noqa: E402

from rubriclang.driver import Rubric, load, load_facts  # noqa: E402
from rubriclang.facts.binding import FactSet  # noqa: E402
from rubriclang.reports.rendering import render  # noqa: E402
from rubriclang.templates.plan import plan_of  # noqa: E402
from rubriclang.templates.writers import writer_for  # noqa: E402

OPENING, CLOSING = "<!-- round trip -->\n", "<!-- /round trip -->"
PAGE = ROOT / "docs" / "round-trip.md"


@dataclass
class Trip:
    """What came of one rubric."""

    name: str
    sets: int = 0
    indicators: int = 0
    formulas: int = 0
    wrong: list[str] = field(default_factory=list)


def facts_of(path: Path, rubric: Rubric, sets: int) -> list[FactSet]:
    """The facts of its examples, then drawn ones."""
    text = path.read_text(encoding="utf-8")
    examples = sorted((ROOT / "examples").rglob("*.yaml"))
    found = [rubric.bind(load_facts(e)) for e in examples if str(e.relative_to(ROOT)) in text]
    return found + [rubric.bind(drawn_facts(rubric.program, f"{path.stem} {n}")) for n in range(sets)]


def travel(path: Path, sets: int, folder: Path) -> tuple[Trip, list[Path]]:
    """Everything but the recomputation; the score sheets wait for it in the folder."""
    rubric = load(path)
    trip = Trip(str(path.relative_to(ROOT / "rubrics").with_suffix("")))
    writer = writer_for(".xlsx")
    assert writer is not None
    sheets = []
    for number, facts in enumerate(facts_of(path, rubric, sets)):
        filled, report = folder / "filled.xlsx", folder / f"{trip.name.replace('/', '.')}.{number}.xlsx"
        filled.write_bytes(writer.write(plan_of(rubric.program, rubric.schema, rubric.source), False))
        fill(filled, rubric, facts)
        read = rubric.bind(load_facts(filled))
        if values_of(read) != values_of(facts):
            trip.wrong.append(f"set {number}: other facts are read than were filled in")
        (expected,), (outcome,) = rubric.score_bound([facts]), rubric.score_bound([read])
        if (outcome.total, outcome.grade) != (expected.total, expected.grade):
            trip.wrong.append(f"set {number}: total {outcome.total}, not {expected.total}")
        trip.wrong += [d.message("en") for d in render([outcome], rubric.program, report)]
        trip.wrong += differences(openpyxl.load_workbook(report, data_only=True)["评分表"], expected)
        trip.sets += 1
        trip.indicators += len(outcome.indicators)
        sheets.append(report)
    return trip, sheets


def compare(trip: Trip, sheets: list[Path], found: dict[str, object]) -> None:
    """Holds every formula of the score sheets against what LibreOffice makes of it."""
    for sheet in sheets:
        for place, formula, ours, theirs in formulas(sheet, found[sheet.name]):
            trip.formulas += 1
            numbers = isinstance(ours, int | float) and isinstance(theirs, int | float)
            if not numbers or abs(ours - theirs) > 1e-9:
                trip.wrong.append(f"{sheet.name} {place} {formula}: {ours}, LibreOffice {theirs}")


def table(trips: list[Trip]) -> str:
    """The figures as a Markdown table."""
    version = subprocess.run([office() or "soffice", "--version"], capture_output=True, text=True, check=True).stdout
    rows = [
        "| 标准 · Rubric | 组 · Sets | 指标 · Indicators | 公式 · Formulas | 不同 · Different |",
        "|---|---|---|---|---|",
    ]
    rows += [f"| {t.name} | {t.sets} | {t.indicators} | {t.formulas} | {len(t.wrong)} |" for t in trips]
    sums = [sum(getattr(t, part) for t in trips) for part in ("sets", "indicators", "formulas")]
    rows.append(f"| 合计 · Total | {sums[0]} | {sums[1]} | {sums[2]} | {sum(len(t.wrong) for t in trips)} |")
    day = datetime.datetime.now(datetime.UTC).date().isoformat()
    return "\n".join([f"{day}, {' '.join(version.split()[:2])}", "", *rows, ""])


def main() -> int:
    """Prints the table; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if office() is None:
        sys.exit("LibreOffice (soffice) is not installed")
    with tempfile.TemporaryDirectory() as name:
        made = [travel(path, options.sets, Path(name)) for path in sorted((ROOT / "rubrics").rglob("*.rubric"))]
        found = recomputed(Path(name), [sheet for _, sheets in made for sheet in sheets])
        for trip, sheets in made:
            compare(trip, sheets, found)
    trips = [trip for trip, _ in made]
    text = table(trips)
    print(text)
    wrong = [f"{trip.name}: {what}" for trip in trips for what in trip.wrong]
    print("\n".join(wrong), file=sys.stderr)
    if options.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(OPENING)
        PAGE.write_text(before + OPENING + text + CLOSING + rest.partition(CLOSING)[2], encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

"""How long score sheets of many units take: a ranking and a sheet for each of 1,000, in every format.

Run it with the extras ``report`` and ``pdf``: ``python benchmarks/reports.py [UNITS] [FORMAT…]``. The bound is 60
seconds for 1,000 units a format; the exit code says whether it holds.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import rubriclang
from rubriclang.reports.rendering import formats, render

ROOT = Path(__file__).resolve().parent.parent
SECONDS_PER_THOUSAND = 60


def main(units: int, suffixes: list[str]) -> int:
    """Prints a line a format; returns 1 where one is over the bound."""
    rubric = rubriclang.load(ROOT / "rubrics" / "2019_county_overall.rubric")
    text = (ROOT / "examples" / "baojing_2019.yaml").read_text(encoding="utf-8")
    outcomes = []
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(units):
            facts = Path(folder) / "facts.yaml"
            facts.write_text(
                text.replace("单位: 保靖县人民政府办公室", f"单位: 第 {number + 1} 个单位"), encoding="utf-8"
            )
            outcomes.append(rubric.score(rubriclang.load_facts(facts)))
        print(f"reading and scoring {units} units: {time.perf_counter() - started:.1f} s")
        over = False
        for suffix in suffixes:
            target = Path(folder) / f"out{suffix}"
            started = time.perf_counter()
            wrong = render(outcomes, rubric.program, target)
            seconds = time.perf_counter() - started
            if wrong:
                print(f"{suffix}: {wrong[0].message('en')}")
                over = True
                continue
            slow = seconds > SECONDS_PER_THOUSAND * units / 1000
            over = over or slow
            size = target.stat().st_size / 1e6
            print(f"{suffix}: {seconds:.1f} s, {size:.1f} MB{', over the bound' if slow else ''}")
    return 1 if over else 0


if __name__ == "__main__":
    arguments = sys.argv[1:]
    count = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else 1000
    sys.exit(main(count, [f".{name}" for name in arguments] or sorted(formats())))

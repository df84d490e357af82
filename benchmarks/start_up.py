"""How long a user waits before anything happens: ``rubric score`` on the example, and ``import rubriclang``.

Every figure is the median of five runs in processes of their own, after one that warms the disk and the bytecode up.
``rubric score`` is timed twice: with the parser kept in the cache folder, as from a user's second run on, and without
any cache. Before each run a reference process times a fixed loop over fractions, so that a slow or busy machine shows:
compare ratios, not seconds, across machines.

    python benchmarks/start_up.py [--json] [--imports]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

import attrs

ROOT = Path(__file__).resolve().parent.parent
RUNS = 5
SCORE = ("score", "rubrics/2019_county_overall.rubric", "examples/baojing_2019.yaml")
REFERENCE = """
from fractions import Fraction
from time import perf_counter
started = perf_counter()
total = Fraction(0)
for n in range(1, 20_001):
    total = (total + Fraction(n, n + 7)) % 1000
    if n % 40 == 0:
        total = Fraction(n % 13, 11)
print(perf_counter() - started)
"""
_IMPORT_LINE = re.compile(r"import time:\s+(\d+) \|\s+(\d+) \|\s*(\S+)")


@attrs.frozen
class Task:
    """One thing to time: a command, the goal in seconds, and its cache folder (or ``off``)."""

    name: str
    command: tuple[str, ...]
    goal: float | None = None
    cache: str = "off"


@attrs.frozen
class Timing:
    """The medians of one task and of the reference loop that ran beside it."""

    task: Task
    seconds: float
    reference: float
    runs: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """How many reference loops the task takes."""
        return self.seconds / self.reference

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.task.name.strip(),
            "seconds": round(self.seconds, 4),
            "runs": [round(run, 4) for run in self.runs],
            "reference_seconds": round(self.reference, 4),
            "ratio": round(self.ratio, 2),
            "goal_seconds": self.task.goal,
            "goal_met": None if self.task.goal is None else self.seconds < self.task.goal,
        }


def tasks(cache: str) -> tuple[Task, ...]:
    """What is timed; the bare interpreter is the floor under the others."""
    script = Path(sys.executable).parent / "rubric"
    rubric = (str(script),) if script.is_file() else (sys.executable, "-m", "rubriclang.cli.main")
    return (
        Task("python -c pass", (sys.executable, "-c", "pass")),
        Task("import rubriclang", (sys.executable, "-c", "import rubriclang"), 0.15),
        Task("rubric score", (*rubric, *SCORE), 0.5, cache),
        Task("  without a cache", (*rubric, *SCORE), 0.5),
    )


def run(command: tuple[str, ...], cache: str = "off") -> tuple[float, subprocess.CompletedProcess[str]]:
    """The seconds a process takes from start to end, and what it printed; ends the program if it fails."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["RUBRICLANG_CACHE"] = cache
    started = time.perf_counter()
    done = subprocess.run(
        command,
        check=False,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )
    seconds = time.perf_counter() - started
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with exit code {done.returncode}:\n{done.stdout}{done.stderr}")
    return seconds, done


def reference() -> float:
    """The seconds of the reference loop in a process of its own, without the start of that process."""
    return float(run((sys.executable, "-c", REFERENCE))[1].stdout)


def timed(task: Task) -> Timing:
    """One task, with the reference before each run; the first pair warms up and does not count."""
    pairs = [(reference(), run(task.command, task.cache)[0]) for _ in range(RUNS + 1)][1:]
    runs = tuple(seconds for _, seconds in pairs)
    return Timing(task, median(runs), median(loop for loop, _ in pairs), runs)


def dearest_imports(arguments: tuple[str, ...], cache: str, count: int = 10) -> list[tuple[str, float, float]]:
    """The modules that take longest to import: name, seconds of their own, seconds with what they import."""
    _, done = run((sys.executable, "-X", "importtime", *arguments), cache)
    rows = [
        (match[3], int(match[1]) / 1e6, int(match[2]) / 1e6)
        for line in done.stderr.splitlines()
        if (match := _IMPORT_LINE.match(line)) is not None
    ]
    return sorted(rows, key=lambda row: -row[1])[:count]


def machine() -> dict[str, Any]:
    """What the figures depend on."""
    return {"python": platform.python_version(), "cores": os.cpu_count(), "system": platform.system()}


def table(timings: list[Timing]) -> str:
    """The figures for people."""
    about = machine()
    lines = [
        f"Python {about['python']}, {about['cores']} cores, {about['system']}; median of {RUNS} after a warm-up",
        f"{'':20} {'seconds':>9} {'goal':>9} {'':4} {'reference':>9} {'ratio':>7}",
    ]
    for timing in timings:
        goal = "" if timing.task.goal is None else f"< {timing.task.goal:.2f}"
        met = "" if timing.task.goal is None else "ok" if timing.seconds < timing.task.goal else "over"
        lines.append(
            f"{timing.task.name:20} {timing.seconds:9.3f} {goal:>9} {met:4} {timing.reference:9.3f} {timing.ratio:7.2f}"
        )
    return "\n".join(lines)


def main() -> None:
    """Times all tasks and prints the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--imports", action="store_true", help="also list the ten dearest imports of each")
    arguments = parser.parse_args()
    listed: dict[str, list[tuple[str, float, float]]] = {}
    with tempfile.TemporaryDirectory(prefix="start-up-") as cache:
        timings = [timed(task) for task in tasks(cache)]
        if arguments.imports:
            listed["import rubriclang"] = dearest_imports(("-c", "import rubriclang"), cache)
            listed["rubric score"] = dearest_imports(("-m", "rubriclang.cli.main", *SCORE), cache)
    if arguments.json:
        result = {"machine": machine(), "timings": [timing.to_dict() for timing in timings]}
        if listed:
            keys = ("module", "own_seconds", "seconds")
            result["imports"] = {
                name: [dict(zip(keys, row, strict=True)) for row in rows] for name, rows in listed.items()
            }
        print(json.dumps(result, ensure_ascii=False, indent=2))
        return
    print(table(timings))
    for name, rows in listed.items():
        print(f"\ndearest imports of {name} (milliseconds of its own, with what it imports)")
        for module, own, whole in rows:
            print(f"  {own * 1000:7.1f} {whole * 1000:8.1f}  {module}")


if __name__ == "__main__":
    main()

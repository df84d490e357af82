"""The whole run: data, right answers, every tool in turn."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from speed import child
from speed.county import county
from speed.files import FORMS, read_answers, write_sources
from speed.findings import FileRow, Findings, Machine, Row
from speed.oracle import Answers, exact, interpreted
from speed.plugins import Plugin, names, plugin
from speed.table import Table
from speed.timing import Race, race

MANY_BASE = "peers.polars_float"
ONE_BASE = "peers.python_scaled"
FLOOR = "peers.read_write_floats"
CASES = tuple((n, d) for d in (3, 7, 49) for n in range(1, 10))
TIMED = 0.25  # seconds that one round of a tool for single fact sets should take
JUDGED = 6.0  # seconds that a tool may take to answer the sample; the slowest answer a part of it

Say = Callable[[str], None]


def held(tool: Plugin) -> tuple[bool | None, int, int]:
    """Whether 1 / 3 × 3 ≥ 1, and how many of the quotients give their numerator back."""
    if tool.returns is None:
        return None, 0, 0
    return tool.returns(1, 3), sum(tool.returns(n, d) for n, d in CASES), len(CASES)


def right_answers(table: Table, sample: int) -> Answers:
    """The exact answers for all units.

    Raises:
        SystemExit: they are not the interpreter's for the sample, so nothing can be judged by them.
    """
    right = exact(table)
    totals, grades = interpreted(table.head(sample)).wrong(right)
    if totals or grades:
        raise SystemExit(
            f"the oracle disagrees with the interpreter on {totals} totals and {grades} grades of {sample}"
        )
    return right


def _row(tool: Plugin, results: Race, base: str, sizes: dict[str, int], judged: tuple[int, int, int]) -> Row:
    units = sizes[tool.name]
    ratio = results.ratio(tool.name, base, units, sizes[base]) if base in sizes else float("nan")
    third, times, cases = held(tool)
    return Row(
        tool.name,
        tool.title,
        tool.version,
        tool.own,
        units,
        units / results.median(tool.name),
        ratio,
        results.spread(tool.name),
        *judged,
        third,
        times,
        cases,
        tool.note,
    )


def many(tools: Iterable[Plugin], table: Table, right: Answers, rounds: int, say: Say) -> tuple[tuple[Row, ...], Race]:
    """Columns of units, in memory."""
    work: dict[str, Callable[[], Any]] = {}
    judged: dict[str, tuple[int, int, int]] = {}
    sizes: dict[str, int] = {}
    chosen = list(tools)
    for tool in chosen:
        say(f"{tool.title}: all units once")
        units = min(table.units, tool.at_most)
        work[tool.name], answers = tool.work(table if units == table.units else table.head(units))
        found = answers(work[tool.name]())
        judged[tool.name] = (units, *found.wrong(right))
        sizes[tool.name] = units
    say(f"{rounds} rounds of {len(chosen)} tools on {table.units:,} units")
    results = race(work, rounds)
    rows = [_row(tool, results, MANY_BASE, sizes, judged[tool.name]) for tool in chosen]
    return tuple(sorted(rows, key=lambda row: -row.rate)), results


def one(tools: Iterable[Plugin], table: Table, right: Answers, rounds: int, say: Say) -> tuple[tuple[Row, ...], Race]:
    """Fact sets one at a time; the slower a tool, the fewer it gets in a round."""
    work: dict[str, Callable[[], Any]] = {}
    judged: dict[str, tuple[int, int, int]] = {}
    sizes: dict[str, int] = {}
    chosen = list(tools)
    for tool in chosen:
        trial, _ = tool.work(table.head(min(20, table.units)))
        trial()
        started = time.perf_counter()
        trial()
        each = (time.perf_counter() - started) / min(20, table.units)
        say(f"{tool.title}: about {each * 1e6:,.0f} µs a unit")
        asked = max(min(table.units, int(JUDGED / each)), min(20, table.units))
        whole, answers = tool.work(table.head(asked))
        judged[tool.name] = (asked, *answers(whole()).wrong(right))
        sizes[tool.name] = max(min(table.units, int(TIMED / each)), min(10, table.units))
        work[tool.name], _ = tool.work(table.head(sizes[tool.name]))
    say(f"{rounds} rounds of {len(chosen)} tools, one fact set at a time")
    results = race(work, rounds)
    rows = [_row(tool, results, ONE_BASE, sizes, judged[tool.name]) for tool in chosen]
    return tuple(sorted(rows, key=lambda row: -row.rate)), results


def files(tools: Iterable[Plugin], table: Table, right: Answers, rounds: int, say: Say) -> tuple[FileRow, ...]:
    """From parquet to parquet, each in a process of its own."""
    chosen = list(tools)
    if not chosen:
        return ()
    with tempfile.TemporaryDirectory(prefix="rubric-bench-") as place:
        folder = Path(place)
        say(f"writing {table.units:,} units as {', '.join(FORMS)}")
        write_sources(table, folder)
        peaks: dict[str, list[float]] = {tool.name: [] for tool in chosen}
        wrong: dict[str, int] = {}

        def going(name: str) -> Callable[[], float]:
            def go() -> float:
                made = child.trip(name, folder, folder / f"out-{name}.parquet")
                peaks[name].append(made.peak)
                return made.seconds

            return go

        contestants = {tool.name: going(tool.name) for tool in chosen}
        for tool in chosen:
            contestants[tool.name]()  # once, so that no file is read cold
            found = (tool.written or read_answers)(folder / f"out-{tool.name}.parquet")
            wrong[tool.name] = found.wrong(right)[0]
        say(f"{rounds} rounds of {len(chosen)} tools from file to file")
        results = race(contestants, rounds, lambda work: work())
    base = FLOOR if FLOOR in contestants else chosen[0].name
    rows = [
        FileRow(
            tool.name,
            tool.title,
            tool.version,
            tool.own,
            results.median(tool.name),
            results.ratio(tool.name, base),
            median(peaks[tool.name]),
            wrong[tool.name] if tool.run is not None else None,
        )
        for tool in chosen
    ]
    return tuple(sorted(rows, key=lambda row: row.seconds))


def measure(units: int, sample: int, rounds: int, only: tuple[str, ...], command: str, say: Say) -> Findings:
    """Everything; ``only`` are parts of file names, none of them means all."""
    tools = [plugin(name) for name in names() if not only or any(part in name for part in only)]
    usable = [tool for tool in tools if tool.usable]
    say(f"making {units:,} units")
    table = county(units)
    say(f"scoring {min(sample, units):,} of them with the interpreter")
    right = right_answers(table, min(sample, units))
    by_columns, first = many([t for t in usable if t.kind == "many"], table, right, rounds, say)
    by_unit, second = one([t for t in usable if t.kind == "one"], table.head(sample), right, rounds, say)
    travellers = [t for t in usable if t.through is not None]
    absent = [(tool.title, tool.reason) for tool in tools if not tool.usable]
    if travellers and find_spec("pyarrow") is None:
        absent.append(("parquet → parquet", "pyarrow is not installed"))
        travellers = []
    by_file = files(travellers, table, right, rounds, say)
    loops = [seconds for results in (first, second) for run in results.reference.values() for seconds in run]
    return Findings(
        Machine.here(),
        command,
        units,
        min(sample, units),
        rounds,
        MANY_BASE,
        ONE_BASE,
        median(loops) if loops else 0.0,
        max(loops) / min(loops) if loops else 1.0,
        by_columns,
        by_unit,
        by_file,
        tuple(absent),
    )

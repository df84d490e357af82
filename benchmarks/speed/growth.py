"""How cost grows with the number of units and of indicators. Linear cost is the same cost for each."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import attrs
import numpy as np

from check import standard
from speed import child
from speed.county import SEED, county
from speed.files import write_sources
from speed.findings import Findings, GrowthRow
from speed.measure import MANY_BASE, Say
from speed.oracle import exact, interpreted
from speed.plugins import Plugin, names, plugin
from speed.table import Column, Table
from speed.timing import race

UNITS = (10_000, 100_000, 1_000_000, 10_000_000)
INDICATORS = (20, 200, 2_000)
FEW, COLUMNS = 5, 10_000  # units for a tool that takes one at a time, and for one that takes columns
ROUNDS = 5


def larger(indicators: int, units: int) -> Table:
    """A rubric of so many indicators with two facts each, and facts that lie on edges as often as not."""
    rng = np.random.default_rng(SEED + indicators)
    columns = []
    for number in range(indicators):
        under = rng.integers(1, 5_000, units, dtype=np.int64) * 2_000
        edge = under * rng.choice(np.array([1, 4, 5, 6, 8, 10, 80, 95]), units) // 100
        over = np.where(rng.random(units) < 0.5, edge, rng.integers(0, 10_000_000, units, dtype=np.int64))
        columns += [Column(f"added_{number}", f"追加{number}", over, 4)]
        columns += [Column(f"budget_{number}", f"预算{number}", under, 4)]
    edges = " ；".join(f"≥ {indicators * tenths}/10 -> {grade}" for tenths, grade in ((9, "优"), (8, "良"), (6, "中")))
    return Table(f"{standard(indicators)}\n# 结果\n等次：{edges}；否则 -> 差\n".replace("/10", " / 10"), tuple(columns))


def _micros(work: Callable[[], Any], units: int) -> float:
    work()
    return median(race({"it": work}, ROUNDS).seconds["it"]) / units * 1e6


def _by_units(tools: list[Plugin], most: int, say: Say) -> list[GrowthRow]:
    rows = []
    for units in (size for size in UNITS if size <= most):
        say(f"growth: {units:,} units")
        table = county(units)
        for tool in (tool for tool in tools if tool.kind == "many" and tool.at_most >= units):
            work, answers = tool.work(table)
            if tool.own and answers(work()).wrong(exact(table)) != (0, 0):
                raise SystemExit(f"{tool.title} has wrong scores among {units:,} units")
            rows.append(GrowthRow(tool.name, tool.title, "units", units, units, _micros(work, units)))
            del work
            gc.collect()
        travellers = [tool for tool in tools if tool.through is not None]
        with tempfile.TemporaryDirectory(prefix="rubric-bench-") as place:
            folder = Path(place)
            if travellers:
                write_sources(table, folder)
            del table
            for tool in travellers:
                trips = [child.trip(tool.name, folder, folder / "out.parquet") for _ in range(3)]
                micros = median(trip.seconds for trip in trips) / units * 1e6
                peak = median(trip.peak for trip in trips)
                rows.append(GrowthRow(tool.name, tool.title, "files", units, units, micros, peak))
    return rows


def _by_indicators(tools: list[Plugin], say: Say) -> list[GrowthRow]:
    rows = []
    for indicators in INDICATORS:
        for tool in (tool for tool in tools if tool.grows):
            units = FEW if tool.kind == "one" else COLUMNS
            say(f"growth: {indicators:,} indicators, {tool.title}")
            table = larger(indicators, units)
            work, answers = tool.work(table)
            right = interpreted(table.head(FEW))
            few, _ = answers(tool.work(table.head(FEW))[0]()).wrong(right)
            if few:
                raise SystemExit(f"{tool.title} has wrong scores with {indicators:,} indicators")
            micros = _micros(work, units) / indicators
            rows.append(GrowthRow(tool.name, tool.title, "indicators", indicators, units, micros))
    return rows


def grow(found: Findings, only: tuple[str, ...], most: int, say: Say) -> Findings:
    """The findings with the growth of this project's backends, and of the base they are compared with."""
    chosen = [plugin(name) for name in names() if name.startswith("own.") or name == MANY_BASE]
    tools = [t for t in chosen if t.usable and (not only or any(part in t.name for part in only))]
    return attrs.evolve(found, growth=(*_by_units(tools, most, say), *_by_indicators(tools, say)))

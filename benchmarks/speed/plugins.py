"""What a file of ``own/`` and ``peers/`` holds, and how the files are found.

One file is one way to score the 2019 rubric (or, of a backend of this project, any rubric). It holds::

    TITLE = "polars, lazy, float64"          # the name in the table
    KIND: Kind = "many"                      # "one" fact set at a time, or "many" units as columns
    NEEDS = ("polars",)                      # distributions from the package index, the tool itself first
    def prepare(table: Table) -> Any: ...    # not timed: rules compiled, facts in the form the tool wants
    def run(prepared: Any) -> Any: ...       # timed: the points of every indicator, total and grade of all units
    def answers(result: Any) -> Answers: ... # not timed

and, where it applies::

    def returns(numerator: int, denominator: int) -> bool: ...
        # the tool's own answer to: n / d * d >= n, so 1 / 3 * 3 >= 1; exact arithmetic always says True
    def through(folder: Path, target: Path) -> None: ...
        # the whole way from a parquet file of ``folder`` to one at ``target``: see speed/files.py
    def written(target: Path) -> Answers: ...
        # reads what ``through`` wrote, where it has no columns ``total`` (points, or whole tenths) and ``grade``
    AT_MOST = 100_000                        # more units than this take too long for anybody
    GROWS = True                             # takes any rubric of computed indicators: it is run on larger ones as well
    NOTE = "…"                               # what a reader must know about the figure

A file whose packages are not installed is listed with the reason, never with a figure. Files whose name begins with an
underscore are shared by several of the others.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version
from typing import Any, Literal

import attrs

from speed.oracle import Answers
from speed.table import Table

Kind = Literal["one", "many", "files"]
PACKAGES = ("own", "peers")
BUSY = 10**12


@attrs.frozen
class Plugin:
    """One file, loaded; ``reason`` says why it cannot run, and then it has no functions."""

    name: str
    title: str
    version: str = ""
    kind: Kind | None = None
    own: bool = False
    at_most: int = BUSY
    grows: bool = False
    note: str = ""
    reason: str = ""
    prepare: Callable[[Table], Any] | None = None
    run: Callable[[Any], Any] | None = None
    answers: Callable[[Any], Answers] | None = None
    returns: Callable[[int, int], bool] | None = None
    through: Callable[[Path, Path], None] | None = None
    written: Callable[[Path], Answers] | None = None

    @property
    def usable(self) -> bool:
        return not self.reason

    def work(self, table: Table) -> tuple[Callable[[], Any], Callable[[Any], Answers]]:
        """What is timed, and what reads its result."""
        assert self.prepare is not None and self.run is not None and self.answers is not None
        prepared, run = self.prepare(table), self.run
        return lambda: run(prepared), self.answers


def names() -> list[str]:
    """All files, those of this project first."""
    found = []
    for package in PACKAGES:
        modules = pkgutil.iter_modules(importlib.import_module(package).__path__)
        found += [f"{package}.{module.name}" for module in modules if not module.name.startswith("_")]
    return found


def plugin(name: str) -> Plugin:
    """The file of this name, ``peers.polars_float``; a missing package is a reason, any other fault is ours."""
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing in ("own", "peers", "speed", "rubriclang"):
            raise
        return Plugin(name, name.partition(".")[2], own=name.startswith("own."), reason=f"{missing} is not installed")
    needs: tuple[str, ...] = module.NEEDS
    found = vars(module)
    try:
        versions = [version(distribution) for distribution in needs]
    except PackageNotFoundError as error:
        return Plugin(name, found["TITLE"], kind=found["KIND"], reason=f"{error.name} is not installed")
    return Plugin(
        name,
        found["TITLE"],
        versions[0] if needs else python_version(),
        found["KIND"],
        name.startswith("own."),
        found.get("AT_MOST", BUSY),
        found.get("GROWS", False),
        found.get("NOTE", ""),
        "",
        found.get("prepare"),
        found.get("run"),
        found.get("answers"),
        found.get("returns"),
        found.get("through"),
        found.get("written"),
    )

"""What was measured, as data: a page, a chart and a file of figures are made from it."""

from __future__ import annotations

import os
import platform
from typing import Any

import attrs


@attrs.frozen
class Row:
    """One tool. ``rate`` is units a second, ``ratio`` its time over the base's (see ``Findings``), per unit.

    ``units`` were timed, ``judged`` were held against the right answers; ``third`` is whether 1 / 3 × 3 ≥ 1 holds,
    ``held`` how many of ``cases`` quotients multiplied back.
    """

    name: str
    title: str
    version: str
    own: bool
    units: int
    rate: float
    ratio: float
    spread: float
    judged: int
    wrong_totals: int
    wrong_grades: int
    third: bool | None = None
    held: int = 0
    cases: int = 0
    note: str = ""

    @property
    def right(self) -> bool:
        return self.wrong_totals == 0 and self.wrong_grades == 0


@attrs.frozen
class FileRow:
    """One way from parquet to parquet: seconds, over reading and writing alone, and the most memory in MiB."""

    name: str
    title: str
    version: str
    own: bool
    seconds: float
    ratio: float
    peak: float
    wrong_totals: int | None


@attrs.frozen
class GrowthRow:
    """One tool at one size: microseconds for a unit (of ``size`` units) or for a unit and indicator."""

    name: str
    title: str
    what: str
    size: int
    units: int
    micros: float
    peak: float | None = None


@attrs.frozen
class Machine:
    """What figures depend on; no name of a machine."""

    python: str
    cores: int
    system: str
    memory: int

    @classmethod
    def here(cls) -> Machine:
        pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 0
        system = f"{platform.system()} {platform.machine()}"
        return cls(platform.python_version(), os.cpu_count() or 1, system, round(pages / 2**30))


@attrs.frozen
class Findings:
    """One run of the benchmarks. ``many`` and ``one`` have ratios over ``many_base`` and ``one_base``."""

    machine: Machine
    command: str
    units: int
    sample: int
    rounds: int
    many_base: str
    one_base: str
    reference: float
    unrest: float
    many: tuple[Row, ...]
    one: tuple[Row, ...]
    files: tuple[FileRow, ...]
    absent: tuple[tuple[str, str], ...]
    growth: tuple[GrowthRow, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return attrs.asdict(self)

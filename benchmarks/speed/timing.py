"""Runs in turn, so that whatever the machine does meanwhile meets all of them alike.

One round runs every contestant once, in an order drawn anew each round, with a fixed loop over fractions before each.
A ratio is formed within a round; what is told is the median over the rounds. Seconds differ between machines and hours,
ratios much less.
"""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Mapping
from fractions import Fraction
from statistics import median
from typing import Any

import attrs

ROUNDS = 5


@attrs.frozen
class Race:
    """Seconds of each contestant in each round, and of the reference loop that ran just before it."""

    seconds: Mapping[str, tuple[float, ...]]
    reference: Mapping[str, tuple[float, ...]]

    def median(self, name: str) -> float:
        return median(self.seconds[name])

    def spread(self, name: str) -> float:
        """The slowest round over the fastest one."""
        return max(self.seconds[name]) / min(self.seconds[name])

    def ratio(self, name: str, base: str, each: float = 1.0, base_each: float = 1.0) -> float:
        """How many times as long as ``base``, the median over the rounds; ``each`` and ``base_each`` count units."""
        pairs = zip(self.seconds[name], self.seconds[base], strict=True)
        return median(mine / each / (theirs / base_each) for mine, theirs in pairs)

    def loops(self) -> float:
        """The median of the reference loop, in seconds."""
        return median(second for seconds in self.reference.values() for second in seconds)

    def unrest(self) -> float:
        """The reference loop at its slowest over its fastest: 1 on a machine that does nothing else."""
        seconds = [second for run in self.reference.values() for second in run]
        return max(seconds) / min(seconds)


def reference_loop() -> float:
    """Seconds of the same work every time."""
    started = time.perf_counter()
    total = Fraction(0)
    for n in range(1, 4_001):
        total = (total + Fraction(n, n + 7)) % 1000
        if n % 40 == 0:
            total = Fraction(n % 13, 11)
    return time.perf_counter() - started


def clocked(work: Callable[[], Any]) -> float:
    """Seconds of one run; its result is let go only afterwards, and rubbish is swept before."""
    gc.collect()
    started = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - started
    del result
    return seconds


def race(contestants: Mapping[str, Callable[[], Any]], rounds: int = ROUNDS, clock: Any = clocked) -> Race:
    """Runs all in turn; each has run once before by its caller, so that nothing is timed cold."""
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    reference: dict[str, list[float]] = {name: [] for name in contestants}
    order = random.Random(rounds)
    for _ in range(rounds):
        names = list(contestants)
        order.shuffle(names)
        for name in names:
            reference[name].append(reference_loop())
            seconds[name].append(clock(contestants[name]))
    return Race({n: tuple(s) for n, s in seconds.items()}, {n: tuple(s) for n, s in reference.items()})

"""The parts of the result that are sums of the others, for peers in Python."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from speed.oracle import Answers, read

Scored = tuple[dict[str, Any], Any, str]  # points by indicator, total, grade


def answers(results: Iterable[Scored], unit: int = 1) -> Answers:
    results = list(results)
    return read((total for _, total, _ in results), (grade for _, _, grade in results), unit)

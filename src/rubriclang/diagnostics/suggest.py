"""Did you mean: the known word nearest to a misspelt one."""

from __future__ import annotations

from collections.abc import Iterable


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to a misspelt one, or None when none is near (edit distance)."""
    best, best_distance = None, (0 if len(word) == 1 else max(1, len(word) // 3)) + 1
    for candidate in dict.fromkeys(known):
        if abs(len(candidate) - len(word)) >= best_distance:
            continue
        distance = edit_distance(word, candidate, best_distance)
        if distance < best_distance:
            best, best_distance = candidate, distance
    return best


def edit_distance(a: str, b: str, limit: int) -> int:
    """The Levenshtein distance, or ``limit`` once it is certain to reach it."""
    previous = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            row.append(min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (x != y)))
        if min(row) >= limit:
            return limit
        previous = row
    return previous[-1]

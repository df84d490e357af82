"""Applies fixes to a text, and never leaves it worse: every round is checked again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import attrs

from rubriclang.diagnostics import Diagnostic, Edit
from rubriclang.source import Source

MOST_ROUNDS = 10
Check = Callable[[Source], Sequence[Diagnostic]]


@attrs.frozen
class Mended:
    """The text after all that could be mended, and what was mended, in order."""

    source: Source
    done: tuple[Diagnostic, ...] = ()


def mend(source: Source, check: Check, unsafe: bool = False) -> Mended:
    """Applies the fixes that a check offers, round by round, until none is left or none helps.

    Args:
        source: one file.
        check: all findings of a text, with their fixes.
        unsafe: whether fixes that a person should look at are applied as well.
    """
    done: list[Diagnostic] = []
    found = check(source)
    for _ in range(MOST_ROUNDS):
        wanted = [d for d in found if d.fix is not None and d.source == source and (unsafe or d.fix.safe)]
        step = _better(source, found, _apart(wanted), check)
        if step is None:
            break
        source, found, applied = step
        done += applied
    return Mended(source, tuple(done))


def _better(
    source: Source, found: Sequence[Diagnostic], wanted: list[Diagnostic], check: Check
) -> tuple[Source, Sequence[Diagnostic], list[Diagnostic]] | None:
    """The text with all fixes, or where they spoil something together, with the first one that helps by itself."""
    for chosen in (wanted, *([one] for one in wanted)):
        if not chosen:
            continue
        edits = [edit for d in chosen if d.fix is not None for edit in d.fix.edits]
        changed = attrs.evolve(source, text=applied(source.text, edits))
        after = check(changed)
        if _badness(after) < _badness(found):
            return changed, after, chosen
    return None


def _badness(found: Iterable[Diagnostic]) -> tuple[int, int]:
    """Errors in the lines first: a text that can be read whole may show errors that were hidden before."""
    listed = list(found)
    return sum(d.code < "R1" for d in listed), len(listed)


def _apart(found: list[Diagnostic]) -> list[Diagnostic]:
    """Findings whose edits do not touch those of an earlier one."""
    taken: list[Edit] = []
    chosen = []
    for diagnostic in found:
        edits = diagnostic.fix.edits if diagnostic.fix is not None else ()
        touch = any(a.span.start <= b.span.end and b.span.start <= a.span.end for a in edits for b in taken)
        if not touch:
            chosen.append(diagnostic)
            taken += edits
    return chosen


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits that do not overlap."""
    for edit in sorted(edits, key=lambda edit: edit.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text

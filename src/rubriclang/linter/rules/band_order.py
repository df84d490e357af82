"""Bands that exclude each other, written in no order: the fix puts them into one, and no score can change by it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import attrs

from rubriclang.diagnostics import Diagnostic, Edit, Fix, Kind
from rubriclang.ir import nodes as ir
from rubriclang.linter.bands import Bands, Test, bands_of
from rubriclang.linter.rule import Subject
from rubriclang.semantics.intervals import Interval, satisfying
from rubriclang.source import Source, Span

BAND_ORDER = Kind(
    "R426",
    "band-order",
    "hint",
    "这一组档次没有按大小排列，看的人容易漏看；“{row}”应在第 {place} 档",
    "these bands are in no order, which is hard to read; '{row}' belongs in place {place}",
    "各档互不重叠，先后不影响得分，rubric check --fix 会排好",
    "the bands exclude each other, so that their order decides nothing: rubric check --fix puts them in order",
)
KINDS = (BAND_ORDER,)


@attrs.frozen
class _Row:
    """A row with the numbers it holds for."""

    tag: ir.Tag
    values: Interval
    place: int


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding for each list whose rows are disjoint and neither rise nor fall, at the first that stands wrong."""
    for bands in bands_of(subject):
        rows = _disjoint(bands)
        if rows is None or len(rows) < 3:
            continue
        wanted = _ordered(rows)
        wrong = next((row for row, other in zip(rows, wanted, strict=True) if row is not other), None)
        if wrong is None or wrong.tag.span is None:
            continue
        place = str(wanted.index(wrong) + 1)
        finding = subject.finding(BAND_ORDER, wrong.tag.span, row=subject.source.slice(wrong.tag.span), place=place)
        yield attrs.evolve(finding, fix=_fix(subject.source, rows, wanted))


def _disjoint(bands: Bands) -> list[_Row] | None:
    """The rows of a list but the last for all the rest, if no number is in two of them; else None.

    This is the whole argument for the fix: with at most one row for each number, the first that holds is the only one.
    """
    rows: list[_Row] = []
    for place, (arm, test) in enumerate(bands.tests):
        if arm.test is None:
            if place != len(bands.tests) - 1:
                return None
            continue
        values = _values(test)
        if values is None or values.empty or arm.tag.span is None or arm.tag.role != "row":
            return None
        rows.append(_Row(arm.tag, values, place))
    rising = sorted(rows, key=_low)
    # Between neighbours is enough: what touches neither neighbour touches nobody.
    return None if any(not a.values.meet(b.values).empty for a, b in pairwise(rising)) else rows


def _values(test: Test) -> Interval | None:
    found = Interval()
    for sign, edge in test:
        parts = satisfying(sign, edge)
        if len(parts) != 1:
            return None
        found = found.meet(parts[0])
    return found


def _low(row: _Row) -> tuple[bool, object, bool]:
    low = row.values.low
    return low is not None, low if low is not None else 0, row.values.low_open


def _ordered(rows: list[_Row]) -> list[_Row]:
    """Rising or falling, whichever more of the neighbours follow already; at a tie the first row stays near its end."""
    rising = sorted(rows, key=_low)
    at = {row.place: number for number, row in enumerate(rising)}
    up = sum(at[a.place] < at[b.place] for a, b in pairwise(rows))
    most = len(rows) - 1
    return rising if 2 * up > most or (2 * up == most and 2 * at[rows[0].place] < most) else rising[::-1]


def _fix(source: Source, rows: list[_Row], wanted: list[_Row]) -> Fix | None:
    """The rows exchanged: as whole lines with what is said about them, or as texts on lines where nothing is said."""
    spans = [row.tag.span for row in rows if row.tag.span is not None]
    blocks = [_block(source, span) for span in spans]
    if all(block is not None for block in blocks):
        slots = [block for block in blocks if block is not None]
    elif any("//" in _line_of(source, span)[1] for span in spans):
        return None  # a comment about several rows: whose it is, only its writer knows
    else:
        slots = spans
    text = {row.place: source.slice(slot) for row, slot in zip(rows, slots, strict=True)}
    edits = tuple(
        Edit(slot, text[new.place]) for slot, old, new in zip(slots, rows, wanted, strict=True) if old is not new
    )
    return Fix("按大小排列各档", "put the bands in order", edits)


def _line_of(source: Source, span: Span) -> tuple[Span, str]:
    start = source.text.rfind("\n", 0, span.start) + 1
    end = source.text.find("\n", span.end)
    end = len(source.text) if end < 0 else end
    return Span(start, end), source.text[start:end]


def _block(source: Source, span: Span) -> Span | None:
    """The line of a row that has it to itself, with its comment and the comments right above it; else None."""
    line, text = _line_of(source, span)
    before, after = source.text[line.start : span.start], source.text[span.end : line.end].strip(" \t\r　；;")
    if before.strip() or (after and not after.startswith("//")):
        return None
    start = line.start
    while start:
        above, said = _line_of(source, Span(start - 1, start - 1))
        if not said.lstrip(" \t　").startswith("//"):
            break
        start = above.start
    end = line.end - 1 if text.endswith("\r") else line.end
    return Span(start, end)

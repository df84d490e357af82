"""Bands of one list that include their edges on different sides."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.ir import nodes as ir
from rubriclang.linter.bands import Bands, bands_of
from rubriclang.linter.rule import Subject
from rubriclang.linter.showing import ask

MIXED_BAND_ENDS = Kind(
    "R409",
    "mixed-band-ends",
    "hint",
    "这一组档次有的含本数、有的不含：第 {line} 行写 {other}，这里写 {sign}",
    "some of these bands include their edge and some do not: {other} on line {line}, {sign} here",
    "原文确实这样写的，写注释“// 允许 R409：理由”",
    "if the original says so, write '// allow R409: reason'",
)
KINDS = (MIXED_BAND_ENDS,)

_SIGNS = {"le": "≤", "lt": "<", "ge": "≥", "gt": ">"}


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding for each list, at the first band that differs; lists with a best range in the middle are left out."""
    for bands in bands_of(subject):
        if bands.turns == 0 and len(bands.stretches) > 2:
            yield from _mixed(subject, bands)


def _mixed(subject: Subject, bands: Bands) -> Iterator[Diagnostic]:
    first: dict[str, tuple[str, ir.Arm]] = {}
    for arm, test in bands.tests:
        if len(test) != 1 or test[0][0] not in _SIGNS or arm.tag.span is None:
            continue
        op, edge = test[0]
        if edge == 0:  # > 0 is "any at all", and takes no side
            continue
        side = "low" if op in ("ge", "gt") else "high"
        known, there = first.setdefault(side, (op, arm))
        if known != op and there.tag.span is not None:
            line = str(subject.source.position(there.tag.span.start).line)
            params = {"sign": _SIGNS[op], "other": _SIGNS[known], "line": line}
            finding = subject.finding(MIXED_BAND_ENDS, arm.tag.span, **params)
            assert isinstance(arm.test, ir.Op)
            points = next((n.points for n in subject.program.root.leaves() if n.base == bands.definition.id), None)
            scored = ir.Op("eq", (ir.Ref(points), ir.Ref(points))) if points is not None else ir.Const(False)
            at_edge = ask(subject, ir.Op("and", (ir.Op("eq", arm.test.operands), scored))).witness
            yield attrs.evolve(finding, witness=None if at_edge is None else at_edge.to_dict())
            return

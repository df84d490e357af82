"""Bands whose points go up and down and up again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.linter.bands import bands_of
from rubriclang.linter.contrast import contrast
from rubriclang.linter.direction import turned
from rubriclang.linter.profile import profile_of
from rubriclang.linter.rule import Subject
from rubriclang.linter.showing import pair
from rubriclang.linter.witnesses import reaching

UP_AND_DOWN_AWARDS = Kind(
    "R408",
    "up-and-down-awards",
    "warning",
    "数从小到大，得分依次是 {awards}，忽高忽低",
    "from small to large the points are {awards}: up and down",
    "对照原文看各档的分数和界限有没有写错",
    "compare the points and edges of the bands with the original",
)
KINDS = (UP_AND_DOWN_AWARDS,)


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding for each list of bands that turns more than once; one turn is a best or a worst range."""
    nodes = {node.base: node for node in subject.program.root.leaves()}
    for bands in bands_of(subject):
        turning = bands.turning
        if len(turning) < 2 or turning[0].arm.tag.span is None:
            continue
        awards = [number_text(stretch.award) for stretch in bands.stretches]
        params = {"awards": "、".join(awards), "awards_en": ", ".join(awards)}
        finding = subject.finding(UP_AND_DOWN_AWARDS, turning[0].arm.tag.span, **params)
        two = _example(subject, nodes.get(bands.definition.id))
        shown = two if two is not None else reaching(subject, bands.definition.id, turning[0].arm.tag)
        yield attrs.evolve(finding, witness=shown)


def _example(subject: Subject, node: ir.Node | None) -> dict[str, Any] | None:
    """Two values of which the one on the better side gets fewer points; None where the bands are no indicator's."""
    profile = None if node is None else profile_of(subject, node)
    fault = None if profile is None else turned(profile)
    found = None if fault is None else contrast(subject, fault)
    return None if found is None else pair(found.good, found.bad)

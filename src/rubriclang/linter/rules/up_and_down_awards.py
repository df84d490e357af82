"""Bands whose points go up and down and up again."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.ir.notation import number_text
from rubriclang.linter.bands import bands_of
from rubriclang.linter.rule import Subject
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
    for bands in bands_of(subject):
        turning = bands.turning
        if len(turning) < 2 or turning[0].arm.tag.span is None:
            continue
        awards = [number_text(stretch.award) for stretch in bands.stretches]
        params = {"awards": "、".join(awards), "awards_en": ", ".join(awards)}
        finding = subject.finding(UP_AND_DOWN_AWARDS, turning[0].arm.tag.span, **params)
        yield attrs.evolve(finding, witness=reaching(subject, bands.definition.id, turning[0].arm.tag))

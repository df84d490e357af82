"""The same rate stated twice: once calculated, once merely claimed, with another value.

Only a calculated rate is compared with others: 结案率 of two courts is no contradiction, and a target is no result.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import attrs

from rubriclang.audit.claims import Claim
from rubriclang.audit.quantities import Quantity
from rubriclang.audit.report import Report

_RATE_NAME = re.compile(r"([\u4e00-\u9fff“”\"A-Za-z]{3,24}率)(?:为|是|达|达到|等于|均为|约为|:|=)?$")
_OTHER = re.compile(
    r"目标|计划|上年|去年|往年|上一年|要求|标准|不[低高]于|[≤≥<>]|(?:19|20)\d\d年|全[省市县国区]|平均|预期|应"
)
_LEAST = 5  # characters two names must share


@attrs.frozen
class Contradiction:
    """Two statements of one rate; ``other`` disagrees with the calculated ``claim``."""

    claim: Claim
    other: Quantity
    other_name: str
    same_name: bool


def contradictions(report: Report, claims: Iterable[Claim]) -> Iterator[Contradiction]:
    """Rates that are calculated in one place and stated otherwise in another."""
    calculated = [c for c in claims if c.finder == "formula" and c.printed.rate and c.name.endswith("率")]
    counted: dict[str, int] = {}
    for claim in calculated:
        counted[claim.name] = counted.get(claim.name, 0) + 1
    own = {(c.printed.sentence, c.printed.start) for c in calculated}
    calculated = [c for c in calculated if counted[c.name] == 1]
    for name, one in _stated(report):
        if (one.sentence, one.start) in own:
            continue
        for claim in calculated:
            shared = _shared(name, claim.name)
            if shared and _differ(one, claim.printed):
                yield Contradiction(claim, one, name, name == claim.name)


def _stated(report: Report) -> Iterator[tuple[str, Quantity]]:
    for passage in report.passages:
        for index, one in enumerate(passage.quantities):
            if not one.rate or one.hedged or passage.changing(index):
                continue
            clause = passage.clause(index)
            found = _RATE_NAME.search(clause)
            if found is not None and not _OTHER.search(clause):
                name = re.sub(r"^(?:本年度?|当年|全年|其中|我单位|本单位|本部门)", "", found.group(1))
                yield name.replace("“", "").replace("”", "").replace('"', ""), one


def _shared(name: str, other: str) -> bool:
    """Whether one name is the other, or the other with words before it."""
    other = other.replace("“", "").replace("”", "").replace('"', "")
    short, long = sorted((name, other), key=len)
    return len(short) >= _LEAST and long.endswith(short)


def _differ(one: Quantity, other: Quantity) -> bool:
    """Whether two printed rates cannot come from one value."""
    return abs(one.amount - other.amount) > max(one.ulp, other.ulp)

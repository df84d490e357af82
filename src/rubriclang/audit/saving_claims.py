"""What is left over: ``预算 A，实际 B，节约 C，节约率 p`` and its kin; and rates named for what they count: ``受理 A
件，结案 B 件，结案率 p``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rubriclang.audit.claims import Claim, Reading, difference, ratio
from rubriclang.audit.quantities import Quantity
from rubriclang.audit.report import Passage, Report

_SAVED = re.compile(r"(?:节约|节省|节支|核减|审减|净减|净核减|结余|剩余)[^,;。\d]{0,8}$")
_PLANNED = re.compile(r"预算|计划|送审|报审|概算|控制价|拦标价|上报|申报|到位")
_REAL = re.compile(r"实际|采购|审定|中标|成交|支出|完成|决算|执行|使用|规模")
_RATE = re.compile(r"(?:节约|节省|节支|核减|审减|资金节约)率(?:为|是|达|达到|:|约)?$")
_NAMED = re.compile(r"(?:^|,|:|、|\()(?:案件|平均|按期)?(结案|办结|审结|执结|化解|回复|办复)率(?:为|是|达|达到|:)?$")


def find(report: Report) -> Iterator[Claim]:
    """Savings, their rates, and rates of cases closed."""
    for passage in report.passages:
        for index, one in enumerate(passage.quantities):
            if one.hedged:
                continue
            if one.rate:
                yield from _rate(passage, index)
                yield from _closed(passage, index)
            elif _SAVED.search(passage.clause(index)) and index >= 2:
                yield from _saved(passage, index)


def _levels(passage: Passage, index: int, dimension: str) -> list[int]:
    return [i for i in range(index) if passage.quantities[i].dimension == dimension and not passage.quantities[i].depth]


def _saved(passage: Passage, index: int) -> Iterator[Claim]:
    one, planned, real = (passage.quantities[i] for i in (index, index - 2, index - 1))
    if not one.dimension == planned.dimension == real.dimension or one.dimension in ("", "%", "分"):
        return
    if one.depth or planned.depth or real.depth:
        return
    fits = _PLANNED.search(passage.clause(index - 2)) and _REAL.search(passage.clause(index - 1))
    certain = bool(fits) and not (planned.hedged or real.hedged)
    certain = certain and not re.search(r"其中|;", passage.between(index - 2, index))
    yield Claim("saving", "difference", passage.name(index), one, (difference(planned, real),), certain)


def _rate(passage: Passage, index: int) -> Iterator[Claim]:
    if not index or not _RATE.search(passage.clause(index)):
        return
    saved = index - 1
    step = passage.quantities[saved]
    if step.rate or (
        not _SAVED.search(passage.clause(saved)) and not re.search(r"节约|核减|审减", passage.before(saved))
    ):
        return
    readings: list[Reading | None] = []
    certain = False
    levels = _levels(passage, saved, step.dimension)
    near = levels[-2:]
    if len(near) == 2 and near == [saved - 2, saved - 1] and _PLANNED.search(passage.clause(near[0])):
        readings.append(ratio(step, passage.quantities[near[0]]))
        certain = bool(_REAL.search(passage.clause(near[1])))
    for level in levels[::-1]:
        base = passage.quantities[level]
        readings += [ratio(step, base), _of_both(step, base)]
    kept = tuple(reading for reading in readings if reading is not None)
    if kept:
        yield Claim("saving", "ratio", passage.name(index), passage.quantities[index], kept, certain)


def _of_both(step: Quantity, real: Quantity) -> Reading | None:
    low = real.amount - real.slack + step.amount - step.slack
    if low <= 0:
        return None
    ends = [
        s / (r + s)
        for s in (step.amount - step.slack, step.amount + step.slack)
        for r in (real.amount - real.slack, real.amount + real.slack)
    ]
    text = f"{step.text} / ({real.text} + {step.text})"
    return Reading(text, step.amount / (real.amount + step.amount), min(ends), max(ends), "", (step, real))


def _closed(passage: Passage, index: int) -> Iterator[Claim]:
    """``受理 A 件（含旧存 …），结案 B 件，结案率 p``."""
    found = _NAMED.search(passage.before(index)[-12:])
    if found is None or not index:
        return
    word = found.group(1)
    near = passage.quantities[index - 1]
    if word not in passage.clause(index - 1) or near.dimension in ("%", "百分点", ""):
        return
    levels = [i for i in _levels(passage, index - 1, near.dimension) if passage.main(i)]
    readings = [ratio(near, passage.quantities[i]) for i in levels[::-1]]
    kept = tuple(reading for reading in readings if reading is not None)
    if kept:
        own = re.search(r"受理|收案|收到|接到|新收|交办", passage.clause(levels[-1])) is not None
        own = own and not re.search(r"其中|;", passage.between(levels[-1], index - 1))
        yield Claim("saving", "ratio", f"{word}率", passage.quantities[index], kept, own and not near.hedged)

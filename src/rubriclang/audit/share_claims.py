"""Shares and degrees of completion: ``占 Y 的 p``, ``T，其中 A a，占 p``, ``为预算 Y 的 p``, and lists of both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from rubriclang.audit.claims import Claim, Reading, ratio, total
from rubriclang.audit.quantities import Quantity
from rubriclang.audit.report import Passage, Report
from rubriclang.audit.sum_claims import groups

# Between X and Y in “X，占年初预算数 Y 的 p”, and between Y and p.
_OF = re.compile(r",?(?:仅|约|只)?(?:占|完成|为|达到|达|是)[^,;。:占]{0,24}$")
_THE = re.compile(r"的(?:比[例重率])?(?:仅|约)?(?:为|是|达|达到)?-?$")
_SHARE = re.compile(
    r"^,?(?:仅|约|只)?占(?:比|[^,;。:的]{0,24}的|[^,;。:的]{0,24}(?:比[例重]|比率))?(?:为|是|达|达到)?-?$"
)
_DONE = re.compile(
    r",?(?:仅|约)?(?:完成|为|占|达到?)(?:年初|全年|年度|调整|本年|当年|计划|目标|后|的)*预算(?:数|安排|任务)?的?(?:比[例重])?(?:为)?$"
    r"|,?(?:预算)?(?:执行率|完成率|支出率|支付率|执行进度|完成比例)(?:为|是|达|达到|:)?$"
)
_WHOLE_NAMED = re.compile(r"占([^,;。:的比]{4,24})的")
MOST_CANDIDATES = 24
_BUDGET = re.compile(r"预算|计划|安排|下达|到位|指标|目标")
_ACTUAL = re.compile(r"决算|实际|执行|支出|完成|支付|实现|使用|拨付")


def find(report: Report) -> Iterator[Claim]:
    """Every share whose parts can be found."""
    heads, known = _heads(report), _known(report)
    for passage in report.passages:
        for index, one in enumerate(passage.quantities):
            if not one.rate or one.hedged or passage.changing(index):
                continue
            yield from _explicit(passage, index)
            yield from _of_a_total(report, passage, index, heads, known)
            yield from _of_the_budget(passage, index)
        yield from _respectively(passage)


def _heads(report: Report) -> dict[tuple[int, int], Quantity]:
    """The total of each part of a list, by the sentence and the place of the part."""
    found: dict[tuple[int, int], Quantity] = {}
    for group in groups(report):
        for index in group.parts:
            found[(group.passage.number, index)] = group.head
    return found


def _known(report: Report) -> dict[tuple[str, str], Quantity | None]:
    """The levels of the report by name and dimension; None where one name has two values."""
    found: dict[tuple[str, str], Quantity | None] = {}
    for passage in report.passages:
        for index, one in enumerate(passage.quantities):
            if one.rate or one.hedged or passage.changing(index) or passage.compared(index):
                continue
            key = (passage.name(index), one.dimension)
            same = found.setdefault(key, one)
            if same is not None and same.amount != one.amount:
                found[key] = None
    return found


def _explicit(passage: Passage, index: int) -> Iterator[Claim]:
    """``X，占 Y 的 p``."""
    if index < 2 or not _THE.fullmatch(passage.before(index)):
        return
    below, above = passage.quantities[index - 1], passage.quantities[index - 2]
    if above.dimension != below.dimension or above.dimension in ("%", "百分点", ""):
        return
    if not _OF.fullmatch(passage.before(index - 1)):
        return
    reading = ratio(above, below)
    if reading is not None:
        turned = ratio(below, above, "turned")
        certain = not (above.hedged or below.hedged) and passage.main(index - 2)
        one = passage.quantities[index]
        yield Claim("share", "ratio", _title(passage, index - 2), one, (reading,), certain, (turned,) if turned else ())


def _title(passage: Passage, index: int) -> str:
    return passage.name(index)


def _of_a_total(
    report: Report,
    passage: Passage,
    index: int,
    heads: dict[tuple[int, int], Quantity],
    known: dict[tuple[str, str], Quantity | None],
) -> Iterator[Claim]:
    """``A a，占 p`` and ``占比 p``: of the total of its list, or of any level before."""
    if not index or not _SHARE.fullmatch(passage.before(index)):
        return
    above = passage.quantities[index - 1]
    if above.dimension in ("%", "百分点", "") or passage.changing(index - 1) or above.hedged:
        return
    head = heads.get((passage.number, index - 1))
    named = re.search(r"占[^,;。:的比]{2,}", passage.before(index)) is not None
    words = _WHOLE_NAMED.search(passage.before(index))
    whole = known.get((words[1], above.dimension)) if words else None
    readings: list[Reading | None] = []
    if whole is not None and whole.span != above.span:
        # Named here, given elsewhere, always with this value; the share may be that of an amount before the last one.
        before = [q for q in passage.quantities[: index - 1] if q.dimension == above.dimension]
        readings += [ratio(one, whole) for one in (above, *before[::-1])]
    else:
        whole = None
    if head is not None:
        readings.append(ratio(above, head))
    for one in _candidates(report, passage, index - 1, above.dimension):
        readings.append(ratio(above, one))
    kept = tuple(reading for reading in readings if reading is not None)
    if kept:
        certain = (head is not None and not head.hedged and not named) or whole is not None
        yield Claim("share", "ratio", _title(passage, index - 1), passage.quantities[index], kept, certain)


def _candidates(report: Report, passage: Passage, index: int, dimension: str) -> Iterator[Quantity]:
    """Levels that the share may be of, the nearest few."""
    near = _levels(passage, dimension, index)
    for before in report.earlier(passage, 4):
        near += _levels(before, dimension, -1)
    yield from near[:MOST_CANDIDATES]


def _levels(passage: Passage, dimension: str, but: int) -> list[Quantity]:
    pairs = enumerate(passage.quantities)
    return [q for at, q in pairs if at != but and q.dimension == dimension and not passage.changing(at)][::-1]


def _of_the_budget(passage: Passage, index: int) -> Iterator[Claim]:
    """``年初预算为 Y，支出决算为 X，完成年初预算的 p``: just these two amounts stand before the rate."""
    if index < 2 or not _DONE.fullmatch(passage.before(index)):
        return
    first, second = passage.quantities[index - 2], passage.quantities[index - 1]
    if first.dimension != second.dimension or not (passage.main(index - 2) and passage.main(index - 1)):
        return
    budget_first = _BUDGET.search(passage.clause(index - 2)) and _ACTUAL.search(passage.clause(index - 1))
    budget_last = _ACTUAL.search(passage.clause(index - 2)) and _BUDGET.search(passage.clause(index - 1))
    below, above = (first, second) if budget_first or not budget_last else (second, first)
    readings = [ratio(above, below), ratio(below, above)]
    kept = tuple(reading for reading in readings[: 1 if budget_first else 2] if reading is not None)
    if kept:
        other = ratio(below, above, "turned")
        others = any(q.dimension == first.dimension for q in passage.quantities[: index - 2])
        certain = bool(budget_first) and not others and not (first.hedged or second.hedged)
        certain = certain and re.search(r"[;。]", passage.between(index - 2, index - 1)) is None
        yield Claim(
            "share",
            "ratio",
            _title(passage, index - 1),
            passage.quantities[index],
            kept,
            certain,
            (other,) if other and budget_first else (),
        )


def _respectively(passage: Passage) -> Iterator[Claim]:
    """``A、B 和 C 分别为 a、b 和 c，占 p、q 和 r``."""
    runs = _runs(passage)
    for (first, last), (left, right) in pairwise(runs):
        count = last - first + 1
        if count < 2 or right - left + 1 != count or left != last + 1:
            continue
        above = passage.quantities[first : last + 1]
        rates = passage.quantities[left : right + 1]
        if above[0].rate or not rates[0].rate or not re.search(r"占", passage.before(left)):
            continue
        if any(one.hedged for one in (*above, *rates)):
            continue
        whole = total(above)
        levels = [
            q for i, q in enumerate(passage.quantities[:first]) if q.dimension == above[0].dimension and passage.main(i)
        ]
        closed = any(whole.low <= q.amount + q.slack and whole.high >= q.amount - q.slack for q in levels)
        shares = sum((r.amount for r in rates), Fraction(0))
        closed = closed or abs(shares - 1) <= rates[0].ulp * len(rates)
        for part, rate in zip(above, rates, strict=True):
            readings = [_of_sum(part, whole), *(ratio(part, q) for q in levels)]
            kept = tuple(reading for reading in readings if reading is not None)
            if kept:
                yield Claim("share", "ratio", "", rate, kept, closed)


def _of_sum(part: Quantity, whole: Reading) -> Reading | None:
    if whole.low <= 0:
        return None
    values = [(part.amount + s) / b for s in (-part.slack, part.slack) for b in (whole.low, whole.high)]
    return Reading(
        f"{part.text} / ({whole.expression})", part.amount / whole.exact, min(values), max(values), "", (part,)
    )


def _runs(passage: Passage) -> list[tuple[int, int]]:
    """Maximal runs of quantities of one unit with only 、 or 和 between them."""
    runs: list[tuple[int, int]] = []
    start = 0
    quantities = passage.quantities
    for index in range(1, len(quantities) + 1):
        if (
            index < len(quantities)
            and quantities[index].dimension == quantities[start].dimension
            and passage.before(index) in ("、", "和", "及", "与", ",和", ",")
        ):
            continue
        runs.append((start, index - 1))
        start = index
    return runs

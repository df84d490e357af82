"""Changes with their rates: ``X，比上年增加 D，增长 p``; and changes against a stated level: ``比 Y 减少 D``."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from rubriclang.audit.claims import Claim, Reading, difference, growth, ratio
from rubriclang.audit.quantities import Quantity
from rubriclang.audit.report import Passage, Report

# Words that may stand between a level and its change without bringing in another subject. Possessive: read once.
_PLAIN = re.compile(
    r"(?:[\d.%,、;:()]|比|较|与|和|相比|同比|环比|去年|上年|上年度|同期|年|年初|全年|年度|调整|预算|决算|预算数|决算数|数|的|为|占|完成|"
    r"增长|增加|增收|增支|下降|减少|减收|减支|上升|提高|负增长|累计|支出|收入|口径|自然|按|人口|普查|第|次|十年|共|了|一|二|三|四|五|六|七|八|九|全国|月|"
    r"主要|当年|本年|实际|总额|万元|亿元|元|人|件|个|份|变动|总计|各|均)*+"
)
MOST_CANDIDATES = 14
_NOT_COMPARABLE = re.compile(r"同口径|可比|剔除|扣除|不变价|还原|因素后")


def find(report: Report) -> Iterator[Claim]:
    """Rates of change next to their changes, and changes next to both levels."""
    for passage in report.passages:
        for index, one in enumerate(passage.quantities):
            sign = passage.changing(index)
            if not sign or one.hedged:
                continue
            if one.rate:
                yield from _rate(report, passage, index, sign)
            elif one.dimension not in ("百分点", "分", ""):
                yield from _change(passage, index, sign)


def _rate(report: Report, passage: Passage, index: int, sign: int) -> Iterator[Claim]:
    rate = passage.quantities[index]
    change = _its_change(passage, index)
    readings: list[Reading | None] = []
    wrong: list[Reading | None] = []
    certain = False
    if change is not None:
        step = passage.quantities[change]
        direction = passage.changing(change)
        level = _its_level(passage, min(change, index), step.dimension)
        if level is not None:
            now = passage.quantities[level]
            readings.append(growth(now, step, direction))
            wrong.append(ratio(step, now, "present"))
            certain = direction == sign and _plain(passage, level, min(change, index)) and not now.hedged
            certain = certain and not _NOT_COMPARABLE.search(passage.sentence.text)
        for other in _levels(report, passage, max(change, index), step.dimension):
            if other.span == step.span:
                continue
            readings.append(growth(other, step, direction))
            if level is None or other.span != passage.quantities[level].span:
                readings.append(ratio(step, other))
    else:
        first, second = _two_levels(passage, index)
        if first is not None and second is not None:
            readings.append(_against(first, second, sign))
            certain = not _NOT_COMPARABLE.search(passage.sentence.text) and not (first.hedged or second.hedged)
            wrong += [
                _tailed(_against(second, first, -sign), "present"),
                _tailed(_against(first, second, -sign), "verb"),
            ]
    kept = tuple(reading for reading in readings if reading is not None)
    if kept:
        yield Claim(
            "growth", "ratio", passage.name(index), rate, kept, certain, tuple(w for w in wrong if w is not None)
        )


def _its_change(passage: Passage, index: int) -> int | None:
    """The change a rate belongs to: right before it, or right behind it."""
    for near in (index - 1, index + 1):
        if 0 <= near < len(passage.quantities):
            one = passage.quantities[near]
            if one.rate or not passage.changing(near) or one.dimension in ("百分点", "", "分"):
                continue
            left, right = min(near, index), max(near, index)
            if re.fullmatch(r"[,、;(]?[^,;。\d]{0,14}", passage.between(left, right)):
                return near
    return None


def _its_level(passage: Passage, index: int, dimension: str) -> int | None:
    for back in range(index - 1, -1, -1):
        one = passage.quantities[back]
        if one.dimension == dimension and passage.main(back) and not _is_base(passage, back):
            return back
    return None


def _is_base(passage: Passage, index: int) -> bool:
    return passage.compared(index) or bool(re.match(r"的", passage.after(index)))


def _plain(passage: Passage, left: int, right: int) -> bool:
    """Whether nothing between a level and its change names another subject."""
    words = re.sub(r"\([^()]{0,40}\)", "", passage.between(left, right))
    return len(words) <= 90 and _PLAIN.fullmatch(words) is not None


def _levels(report: Report, passage: Passage, index: int, dimension: str) -> Iterator[Quantity]:
    """Other levels that the rate may be about, in this sentence and right before it, the nearest few."""
    near = [one for one in passage.quantities[: index + 1] if one.dimension == dimension]
    near = near[::-1] + [one for one in passage.quantities[index + 1 :] if one.dimension == dimension]
    for before in report.earlier(passage, 2):
        near += [one for one in before.quantities[::-1] if one.dimension == dimension]
    yield from near[:MOST_CANDIDATES]


def _two_levels(passage: Passage, index: int) -> tuple[Quantity | None, Quantity | None]:
    """Base and present level of ``X，比上年 Y 增长 p`` and ``由 Y 增加到 X，增长 p``, if nothing else stands before."""
    before = [i for i in range(index) if passage.quantities[i].dimension == passage.quantities[0].dimension]
    if len(before) != 2 or index != before[1] + 1 or before[0] + 1 != before[1]:
        return None, None
    first, second = before
    if not all(passage.quantities[i].dimension not in ("%", "百分点", "", "分") for i in before):
        return None, None
    between = passage.between(first, second)
    if re.search(r"^(?:,)?(?:增加|增长|提高|上升|减少|下降|降低|调整|变)(?:到|至|为)$", between) and re.search(
        r"由|从", passage.before(first)[-20:]
    ):
        return passage.quantities[first], passage.quantities[second]
    if re.fullmatch(r",?(?:比|较|与)[^,;。]{0,16}", between) and re.match(
        r"(?:相比)?,?(?:增长|上升|增加|下降|减少|降低)(?:了)?-?$", passage.between(second, index)
    ):
        return passage.quantities[second], passage.quantities[first]
    return None, None


def _against(base: Quantity, now: Quantity, sign: int) -> Reading | None:
    low = base.amount - base.slack
    if low <= 0:
        return None
    exact = sign * (now.amount - base.amount) / base.amount
    ends = [
        sign * (n - b) / b
        for n in (now.amount - now.slack, now.amount + now.slack)
        for b in (low, base.amount + base.slack)
    ]
    text = f"({now.text} - {base.text}) / {base.text}" if sign > 0 else f"({base.text} - {now.text}) / {base.text}"
    return Reading(text, exact, min(ends), max(ends), "", (base, now))


def _tailed(reading: Reading | None, tail: str) -> Reading | None:
    return reading and attrs.evolve(reading, tail=tail)


def _change(passage: Passage, index: int, sign: int) -> Iterator[Claim]:
    """``X，比上年 Y 减少 D``."""
    one = passage.quantities[index]
    if index < 2 or passage.quantities[index - 1].dimension != one.dimension:
        return
    base, now = passage.quantities[index - 1], passage.quantities[index - 2]
    if now.dimension != one.dimension or not passage.main(index - 2) or base.depth or one.depth:
        return
    if not re.fullmatch(r",?(?:比|较|与)[^,;。]{0,16}", passage.between(index - 2, index - 1)):
        return
    if not re.fullmatch(r"(?:的?[^,;。\d]{0,10}相比)?,?[^,;。\d]{0,6}", passage.between(index - 1, index)):
        return
    reading = difference(now, base) if sign > 0 else difference(base, now)
    turned = attrs.evolve(difference(base, now) if sign > 0 else difference(now, base), tail="verb")
    certain = not (now.hedged or base.hedged)
    yield Claim("growth", "difference", passage.name(index), one, (reading,), certain, (turned,))

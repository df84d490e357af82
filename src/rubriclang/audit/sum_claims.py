"""Totals and their parts: ``总支出 T，其中 A a，B b`` and ``A a，B b，合计 T``.

A list after 其中 may be open. A sum that does not close is reported only where the list must be complete, by its
own words or by what its parts are, or where one slip of a digit would close it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubriclang.audit.claims import Claim, total
from rubriclang.audit.quantities import Quantity
from rubriclang.audit.report import Passage, Report
from rubriclang.audit.slips import slip

_HEAD = re.compile(r"其中|包括|包含|分别(?:是|为)|^[,(]?(?:由|含)|^[^,;。]{0,8}:")
_OPEN = re.compile(r"主要|等(?![于级])|重点|如|例如|含|左右|以上|最[大多高]|排名|居前|前[一二三四五六七八九十\d]")
_CLOSED = re.compile(r"由[^,;。]{0,40}(?:组成|构成)|(?:组成|构成)部分")
_SUM_WORD = re.compile(r"(?:合计|共计|总计|总共|总得分|总分|综合得分|合计得分|总和)(?:为|是|达|得|:)?$")
_BEFORE_SUM = re.compile(r"^[,;:、。]?(?:两项|三项|四项|五项|六项|以上|上述|各项|几项|收入|支出|收|总|全年|最终)*$")
_LEAST_FOR_A_SLIP = 10**5  # a sum of at least six digits: a rest that looks like one slip is then no accident

# Parts that are all there is: by what they are called.
_COMPLETE = (
    (("基本支出",), ("项目支出",)),
    (("男",), ("女",)),
    (("城镇",), ("乡村", "农村")),
    (("税收收入",), ("非税收入", "非税")),
    (("货物",), ("工程",), ("服务",)),
    (("第一产业", "一产"), ("第二产业", "二产"), ("第三产业", "三产")),
    (("出口",), ("进口",)),
    (("人员经费",), ("公用经费",)),
    (("因公出国",), ("公务用车",), ("公务接待",)),
    (("用车购置",), ("用车运行",)),
)


@attrs.frozen
class Group:
    """A total and the parts that are listed after it, as places in a passage."""

    passage: Passage
    head: Quantity
    head_name: str
    parts: tuple[int, ...]
    open: bool
    closed: bool

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """The parts."""
        return tuple(self.passage.quantities[index] for index in self.parts)


def groups(report: Report) -> Iterator[Group]:
    """Every total with the list after it."""
    for passage in report.passages:
        for index, one in enumerate(passage.quantities):
            found = _HEAD.search(passage.before(index))
            if one.depth or found is None or not passage.main(index):
                continue
            head = _head(report, passage, index, found.start())
            if head is not None:
                yield _group(passage, index, *head)


def _head(report: Report, passage: Passage, index: int, at: int) -> tuple[Quantity, str] | None:
    """The level that the list explains: the nearest one before it that is neither a change nor a base."""
    dimension = passage.quantities[index].dimension
    for back in range(index - 1, -1, -1):
        one = passage.quantities[back]
        if one.dimension == dimension and passage.main(back) and not _base(passage, back):
            return one, passage.name(back)
    if passage.before(index)[:2] != "其中" or index:
        return None
    for before in report.earlier(passage, 1):
        mains = [i for i, q in enumerate(before.quantities) if q.dimension == dimension and before.main(i)]
        mains = [i for i in mains if not _base(before, i)]
        if len(mains) == 1:
            return before.quantities[mains[0]], before.name(mains[0])
    return None


def _base(passage: Passage, index: int) -> bool:
    """Whether a level is only compared with: 比上年 433 万元, 占预算 109466 万元的 56%."""
    return passage.compared(index) or bool(re.match(r"的(?:比[例重])?(?:为|是)?-?\d", passage.after(index) + "0"))


def _group(passage: Passage, first: int, head: Quantity, name: str) -> Group:
    parts: list[int] = []
    words = [passage.before(first)]
    nested = False
    for index in range(first, len(passage.quantities)):
        one, before = passage.quantities[index], passage.before(index)
        if index > first:
            words.append(before)
            if ";" in before:
                nested = False
            if "其中" in before or "包括" in before:
                nested = True
            if _SUM_WORD.search(passage.clause(index)):
                break
        if one.dimension == head.dimension and passage.main(index) and not nested and not _base(passage, index):
            parts.append(index)
    last = parts[-1] if parts else first
    tail = passage.sentence.text[passage.quantities[last].end : passage.quantities[last].end + 12]
    joined = "".join(words)
    open_list = bool(_OPEN.search(joined) or re.match(r"等(?![于级])", tail)) or head.hedged
    names = [passage.name(index) for index in parts]
    closed = not open_list and (bool(_CLOSED.search(joined + tail)) or complete(names) or _shares_close(passage, parts))
    return Group(passage, head, name, tuple(parts), open_list, closed)


def complete(names: list[str]) -> bool:
    """Whether parts with these names are all there is."""
    for family in _COMPLETE:
        if len(names) == len(family) and all(
            any(any(word in name for word in words) for name in names) for words in family
        ):
            return True
    return False


def _shares_close(passage: Passage, parts: list[int]) -> bool:
    """Whether each part is followed by its share and the shares make 100%."""
    shares = []
    for index in parts:
        follows = passage.quantities[index + 1 : index + 2]
        if not follows or not follows[0].rate or not re.match(r",?占", passage.before(index + 1)):
            return False
        shares.append(follows[0])
    whole = sum((share.amount for share in shares), Fraction(0))
    slack = sum((share.ulp for share in shares), Fraction(0)) / 2
    return len(shares) > 1 and abs(whole - 1) <= slack


def find(report: Report) -> Iterator[Claim]:
    """Sums before and behind their parts."""
    for group in groups(report):
        parts = group.quantities
        if len(parts) >= 2:
            reading = total(parts)
            certain = group.closed or (not group.open and one_slip(group.head, parts))
            yield Claim("sum", "sum", group.head_name, group.head, (reading,), certain)
    for passage in report.passages:
        yield from _behind(passage)


def _behind(passage: Passage) -> Iterator[Claim]:
    for index, one in enumerate(passage.quantities):
        clause = passage.clause(index)
        found = _SUM_WORD.search(clause)
        if found is None or one.depth or one.rate or not index:
            continue
        parts = [
            i
            for i in range(index)
            if passage.quantities[i].dimension == one.dimension and (passage.main(i)) and not _base(passage, i)
        ]
        if one.dimension == "分":
            scored = [i for i in parts if re.search(r"得分?(?:为|:)?$|得分[^,;]*$", passage.clause(i))]
            parts = scored or [i for i in parts if not re.search(r"满分|分值|权重|总分", passage.clause(i))]
        if len(parts) < 2:
            continue
        quantities = [passage.quantities[i] for i in parts]
        # Of several lists in one sentence a total may close the last one; scores make one list.
        starts = range(1 if one.dimension == "分" else len(quantities) - 1)
        readings = [total(quantities[start:]) for start in starts]
        plain = _BEFORE_SUM.match(clause[: found.start()]) is not None and clause[: found.start()] != "其"
        own = all(";" not in passage.before(i) for i in parts[1:]) or one.dimension == "分"
        plain = plain or complete([passage.name(i) for i in parts])
        certain = plain and own and not one.hedged and "其中" not in passage.between(parts[0], index)
        yield Claim("sum", "sum", passage.name(index) or found.group(), one, tuple(readings), certain)


def one_slip(head: Quantity, parts: tuple[Quantity, ...]) -> bool:
    """Whether the sum would close if one digit of one figure were another, and the figures are long enough that this
    is no accident."""
    ulp = min(one.scale / 10**one.fine for one in (head, *parts))
    whole = [int(one.amount / ulp) for one in (head, *parts)]
    while all(number % 10 == 0 for number in whole) and any(whole):
        whole = [number // 10 for number in whole]
        ulp *= 10
    if whole[0] < _LEAST_FOR_A_SLIP or head.hedged or any(one.hedged for one in parts):
        return False
    rest = head.amount - sum((part.amount for part in parts), Fraction(0))
    if abs(rest) * 20 > head.amount:
        return False
    for index, one in enumerate((head, *parts)):
        meant = one.amount - rest if index == 0 else one.amount + rest
        if meant > 0 and slip(one.value, meant / one.scale, max(one.decimals, one.fine)) is not None:
            return True
    return False

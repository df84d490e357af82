"""Which way an indicator's points should go as its quantity grows, and where they go the other way.

The language has no word for a direction, so it is taken only where it is evident: from the name of the quantity, or
from bands that are one ladder (all ``≤`` or all ``≥``). A best range in the middle is a shape of its own and no fault.
"""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from rubriclang.ir import nodes as ir
from rubriclang.linter.profile import Profile, Stretch

# Endings of names that say by themselves what is better; a name that fits both says nothing.
_MORE = re.compile(
    r"(完成率|完成比|执行率|满意率|满意度|达标率|合格率|优良率|覆盖率|及时率|知晓率|入学率|参合率|发放率|保障率|公开率|增收率"
    r"|satisfaction|completion( rate)?|coverage|pass rate)$",
    re.I,
)
_LESS = re.compile(
    r"(控制率|超支率|差错率|错误率|投诉率|结余率|结余资金率|负债率|违规率|事故率|死亡率|超标率|逾期率|流失率"
    r"|error rate|complaints?|overspend(ing)?)$",
    re.I,
)


@attrs.frozen
class Fault:
    """Two stretches in the order of the line whose points go against ``rising`` (more is better) or falling."""

    profile: Profile
    rising: bool
    before: Stretch
    after: Stretch

    @property
    def better(self) -> Stretch:
        """The stretch of the better values, which gets fewer points."""
        return self.after if self.rising else self.before

    @property
    def worse(self) -> Stretch:
        """The stretch of the worse values, which gets more."""
        return self.before if self.rising else self.after


def direction_by_name(profile: Profile) -> bool | None:
    """Whether more is better, where the name of the quantity or the indicator says so."""
    names = {profile.node.name, profile.quantity.target.rpartition(".")[2].partition("#")[0]}
    more = any(_MORE.search(name) for name in names)
    less = any(_LESS.search(name) for name in names)
    return None if more == less else more


def direction(profile: Profile) -> bool | None:
    """Whether more is better: by name, or because the points only rise or only fall; None where these disagree,
    or where they turn."""
    by_name = direction_by_name(profile)
    moves = [after > before for before, after, _ in profile.moves() if after != before]
    if profile.turns:
        return None
    if not moves:
        return by_name
    return moves[0] if by_name in (None, moves[0]) else None


def fault_of(profile: Profile) -> Fault | None:
    """Where the points go against what is evident; None where they do not, or nothing is."""
    turns = profile.turns
    if not turns:
        stated = direction_by_name(profile)
        fault = None if stated is None else _against(profile, stated)
        # What exceeds all there is to do may well lose points: ``≤ 100% -> full, each over 1% deducts …``.
        return None if fault is not None and fault.rising and fault.after.values.low == 1 else fault
    if len(turns) > 1 or not is_ladder(profile):
        return None
    heights = [points for before, after, _ in profile.moves() for points in (before, after)]
    first, last, most = heights[0], heights[-1], max(heights)
    peak = most > first and most > last
    if peak and first != last:
        return _against(profile, last > first)
    if not peak and min(first, last) < most and _one_band_apart(profile, falling=first > last):
        return _against(profile, last > first)
    return None


def turned(profile: Profile) -> Fault | None:
    """The first place where bands that go up and down go against their ends."""
    heights = [points for before, after, _ in profile.moves() for points in (before, after)]
    return _against(profile, heights[-1] > heights[0]) or _against(profile, heights[-1] <= heights[0])


def is_ladder(profile: Profile) -> bool:
    """Whether every row has one end, all on the same side; equal signs and 否则 take no side."""
    sides: set[bool] = set()
    for stretch in profile.stretches:
        test = stretch.arm.test
        if test is None or stretch.arm.tag.role == "otherwise":
            continue
        if not isinstance(test, ir.Op) or stretch.arm.tag.role != "row" or len(test.operands) != 2:
            return False
        if test.operator in ("and", "or"):
            return False
        if test.operator not in ("eq", "ne"):
            sides.add(test.operator in ("ge", "gt"))
    return len(sides) == 1


def _one_band_apart(profile: Profile, falling: bool) -> bool:
    """Whether a valley's shorter side is a single band: two bands put in each other's place, and no worst range."""
    (turn,) = profile.turns
    wide = profile.wide
    at = wide.index(turn)
    return at == (len(wide) - 1 if falling else 2)


def _against(profile: Profile, rising: bool) -> Fault | None:
    wide = profile.wide
    for at, after in enumerate(wide):
        if after.trend and (after.trend > 0) != rising:
            return Fault(profile, rising, after, after)
        if at and _fewer(wide[at - 1], after, rising):
            return Fault(profile, rising, wide[at - 1], after)
    return None


def _fewer(before: Stretch, after: Stretch, rising: bool) -> bool:
    left, right = before.last, after.first
    if left is None or right is None or left == right:
        return False
    return (right < left) == rising


def end_points(profile: Profile, rising: bool) -> Fraction | None:
    """The points at the best end of the line."""
    return profile.stretches[-1].last if rising else profile.stretches[0].first

"""Indicators about all units: ranks with every tie rule, means, the first one's value, a trimmed benchmark, quotas."""

from __future__ import annotations

from fractions import Fraction

from tests.strategies.whole.filling import amount, count, flag
from tests.strategies.whole.pieces import Drawn, Piece

_F = Fraction


def rank(d: Drawn) -> Piece:
    """Points by rank."""
    sent, used, place, own = d.name("报送"), d.name("采用篇"), d.name("位次"), d.name("真位")
    full = d.whole(4, 10)
    ties = d.pick(
        "‹并列› = ‹同名次›",
        "‹并列› = ‹连续›",
        "‹并列› = ‹末名次›",
        "‹并列› = ‹平均›",
        f"‹并列› = {used}，‹并列› = ‹同名次›",
        f"‹并列› = {used}",
    )
    order = d.pick("", "，‹顺序› = ‹从低到高›", "，‹顺序› = ‹从高到低›")
    rest = d.pick(f"‹否则› -> {full - 3}", "")
    rule = [f"{place} = ‹名次›（‹各单位›：{sent}，{ties}{order}）"]
    if rest:
        rule += [f"≤ 1 -> {full}；≤ 2 -> {full - 1}", rest]
    else:
        rule += [f"≤ 1 -> {full}", "‹每超过› 1 ‹扣› 0.1 ‹分›（‹按比例›），‹扣完为止›"]
    laws = {
        own: f"{place} ≥ 1 ‹且› {place} ≤ ‹个数›（‹各单位›）",
        d.name("真平"): f"‹最小›（‹各单位›：{sent}） ≤ ‹平均›（‹各单位›：{sent}）",
    }
    blocks = (rule, *([f"{k} = {v}"] for k, v in laws.items()))
    facts = count(sent, [5, 6], "篇"), count(used, [1], "篇")
    uses = {"rank", "ties " + ties.split("= ")[-1].strip("‹›") if "采用" not in ties else "ties by value"}
    return Piece(d.name("报信"), _F(full), blocks, facts, truths=tuple(laws), uses=frozenset(uses))


def against_mean(d: Drawn) -> Piece:
    """A threshold at the mean of all units."""
    age = d.name("年龄")
    full = d.whole(1, 6)
    lines = [
        f"{age}：≤ ‹平均›（‹各单位›：{age}） -> ‹满分›",
        "‹每超过› 1 岁 ‹扣› 0.5 ‹分›（‹整档›），‹扣完为止›，‹满分为止›",
    ]
    facts = (amount(age, [40, 41], "岁，> 0"),)
    return Piece(d.name("结构"), _F(full), (lines,), facts, uses=frozenset({"mean of units"}))


def against_first(d: Drawn) -> Piece:
    """In proportion to the first, or to the lowest price."""
    price = d.name("报价")
    full = d.whole(1, 40)
    lines = d.pick(
        [f"‹得分› = ‹满分› × {price} / ‹最大›（‹各单位›：{price}），‹扣完为止›，‹满分为止›"],
        [f"‹得分› = ‹满分› × ‹最小›（‹各单位›：{price}） / {price}，‹满分为止›"],
    )
    facts = (amount(price, [50, 60], "元，> 0"),)
    return Piece(d.name("价格"), _F(full), (lines,), facts, uses=frozenset({"first of units"}))


def peers_mean(d: Drawn) -> Piece:
    """Not applicable: the mean of the units it applies to."""
    has, bad = d.name("有窗口"), d.name("差评")
    full = d.whole(2, 8)
    lines = [f"‹不适用›：‹非› {has} -> ‹平均›（‹各单位›：‹得分›）", f"{bad}：‹每› 1 次 ‹扣› 1 ‹分›，‹扣完为止›"]
    blocks = tuple([line] for line in lines)
    fact = count(bad, [full], "次")
    facts = flag(has), type(fact)(bad, fact.kind + f"，‹仅当› {has}", fact.values)
    return Piece(d.name("窗口"), _F(full), blocks, facts, uses=frozenset({"mean of peers", "only-if fact"}))


def trimmed(d: Drawn) -> Piece:
    """A benchmark without the highest and the lowest, how many depends on how many there are."""
    bid, base, off = d.name("投标"), d.name("基准价"), d.name("偏差率")
    size, high, low = d.name("家数"), d.name("去高"), d.name("去低")
    full = d.whole(5, 30)
    above = (
        [f"{size} = ‹个数›（‹各单位›：{bid}）"],
        [f"{high} = {size}：≤ 2 -> 0；‹否则› -> 1"],
        [f"{low} = {size}：≤ 3 -> 0；‹否则› -> 1"],
        [f"{base} = ‹平均›（‹各单位›：{bid}，‹去最高› = {high}，‹去最低› = {low}）"],
    )
    lines = [
        f"{off} = （{bid} - {base}）/ {base}",
        "= 0 -> ‹满分›",
        "‹每超过› 1% ‹扣› 1.2 ‹分›（‹进档›），‹扣完为止›",
        "‹每低于› 1% ‹扣› 0.8 ‹分›（‹进档›），‹扣完为止›",
    ]
    facts = (amount(bid, [90, 100], "万元，> 0"),)
    return Piece(d.name("评标"), _F(full), (lines,), facts, above=above, uses=frozenset({"trimmed benchmark"}))


def quota(d: Drawn) -> Piece:
    """Labels by a share of the population, and what is higher than one's own."""
    mark, place, size, grade = d.name("原始分"), d.name("名"), d.name("人数"), d.name("等")
    full = d.whole(4, 9)
    above = (
        [f"{size} = ‹个数›（‹各单位›：{mark}）"],
        [f"{place} = ‹名次›（‹各单位›：{mark}，‹并列› = ‹同名次›）"],
        [f"{grade} = {place}：≤ {size} × 25% -> A；≤ {size} × 60% -> B；‹否则› -> C"],
    )
    ahead = d.name("真前")
    lines = [f"{grade}：A -> {full}；B -> {full - 1}；‹否则› -> 0"]
    law = [f"{ahead} = ‹个数›（‹各单位›，‹其中› {mark} > ‹本单位›.{mark}） + 1 = {place}"]
    facts = (amount(mark, [60, 61], "‹分›，0 ‹至› 100"),)
    uses = frozenset({"quota", "own unit"})
    return Piece(d.name("赋分"), _F(full), (lines, law), facts, above=above, truths=(ahead,), uses=uses)


FAMILIES = (rank, against_mean, against_first, peers_mean, trimmed, quota)

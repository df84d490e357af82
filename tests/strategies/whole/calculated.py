"""Indicators of formulas: functions, rounding, dates, units, parameters, reals; and formulas that must hold."""

from __future__ import annotations

from fractions import Fraction

from tests.strategies.numbers import decimal_text
from tests.strategies.whole.filling import amount, count, day, rate
from tests.strategies.whole.pieces import Declared, Drawn, Piece

_F = Fraction
MODES = ("‹四舍五入›", "‹四舍六入五成双›", "‹进位›", "‹舍去›", "‹向上取整›", "‹向下取整›")


def functions(d: Drawn) -> Piece:
    """Least, largest, absolute value, clamp; what they promise stands beside them as formulas that hold."""
    a, b = d.name("甲数"), d.name("乙数")
    full = d.whole(1, 10)
    facts = amount(a, [0, 5, -5], "‹数›", negative=True), amount(b, [0, 5], "‹数›", negative=True)
    truths = {
        d.name("真序"): f"‹最小›（{a}，{b}） ≤ ‹最大›（{a}，{b}）",
        d.name("真和"): f"‹最小›（{a}，{b}） + ‹最大›（{a}，{b}） = {a} + {b}",
        d.name("真负"): f"‹绝对值›（-{a}） = ‹绝对值›（{a}） ‹且› ‹绝对值›（{a}） ≥ 0",
        d.name("真限"): f"‹限于›（{a}，0，1） ≥ 0 ‹且› ‹限于›（{a}，0，1） ≤ 1",
        d.name("真方"): f"{a} ^ 2 = {a} × {a}",
    }
    blocks = [[f"{name} = {formula}"] for name, formula in truths.items()]
    blocks.append([f"‹得分› = ‹满分› × ‹限于›（‹最大›（{a}，{b}），0，1）"])
    return Piece(d.name("函"), _F(full), tuple(blocks), facts, truths=tuple(truths), uses=frozenset({"functions"}))


def rounding(d: Drawn) -> Piece:
    """Points rounded to places or to a step; rounding twice is rounding once, and floor ≤ x ≤ ceiling."""
    name, once, twice = d.name("系数"), d.name("真幂"), d.name("真级")
    places, mode = d.whole(0, 3), d.pick(*MODES)
    full = d.whole(1, 30)
    kept = f"‹保留› {places} ‹位小数›" if places else "‹保留整数›"
    clause = d.pick(kept, f"‹保留到› {d.pick('0.5', '0.25', '0.03')} ‹分›")
    call = f"{mode}（{name}，{places}）"
    blocks = (
        [f"‹得分› = ‹满分› × {name}"],
        [f"{clause}，{mode}"],
        ["‹扣完为止›，‹满分为止›"],
        [f"{once} = {mode}（{call}，{places}） = {call}"],
        [f"{twice} = ‹向下取整›（{name}） ≤ {name} ‹且› {name} ≤ ‹向上取整›（{name}）"],
    )
    near = [_F(n, full) + s for n in (1, 2) for s in (_F(1, 1000), 0)] + [_F(1, 2), _F(5, 1000), -_F(5, 2)]
    values = [v for v in near if (v * 10**12).denominator == 1]
    facts = (amount(name, values, "‹数›", negative=True),)
    return Piece(d.name("取位"), _F(full), blocks, facts, truths=(once, twice), uses=frozenset({"rounding"}))


def kept_fact(d: Drawn) -> Piece:
    """A fact that is rounded as it comes in, a formula that is rounded before it meets its bands, a grid, an alias."""
    name, other, ratio = d.name("填数"), d.name("又数"), d.name("取率")
    mode = d.pick(*MODES)
    full = d.whole(1, 9)
    facts = (
        amount(name, [1, _F(5, 2)], f"万元，≥ 0，‹保留到› {d.pick('1 万元', '0.5 万元', '100 元')}，{mode}"),
        Declared(other, "‹数›，1 ‹至› 9，‹最小单位› 0.5，‹又名› " + d.name("别名"), ("1", "9", "2.5", "3.25", "0.5")),
    )
    rule = [
        f"{ratio} = {name} / 3 万元，‹保留到› {d.pick('1%', '0.01%', '5%')}，{mode}",
        f"≥ 100% -> {full}；≥ 50% -> {decimal_text(_F(full, 2))}；‹否则› -> 0",
    ]
    extra = [f"{d.name('旁')} = {other} × 2"]
    return Piece(d.name("先取"), _F(full), (rule, extra), facts, uses=frozenset({"rounded fact", "grid", "alias"}))


def dates(d: Drawn) -> Piece:
    """Dates compared, moved by years, months or days, and counted between."""
    start, end, took, half = d.name("起"), d.name("止"), d.name("拖延"), d.name("真日")
    full = d.whole(2, 8)
    move = d.pick("3 年", "1 个月", "10 天", "18 个月")
    rows = [f"‹若› {start} ≤ {end} - {move} -> {full}", f"‹若› {took} ≥ 0 天 -> {full - 1}", "‹否则› -> 0"]
    blocks = (
        rows,
        [f"{took} = {end} - {start}"],
        [f"{half} = ‹天数›（{start}，{end}） = {took} ‹且› ‹天数›（{end}，{start}） = -{took}"],
        [f"{d.name('月')} = ‹月数›（{start}，{end}）"],
    )
    facts = day(start), day(end)
    return Piece(d.name("时限"), _F(full), blocks, facts, truths=(half,), uses=frozenset({"dates"}))


def units(d: Drawn) -> Piece:
    """Money in several units, a quotient of units, a declared unit, percentage points."""
    spent, staff, last, now, boxes = d.name("经费"), d.name("人数"), d.name("上年率"), d.name("本年率"), d.name("吞吐")
    full = d.whole(2, 9)
    gained, each = d.name("提高"), d.name("人均")
    sizes = [f"{each} = {spent} / {staff}", f"≤ {d.whole(1, 9)} 万元/人 -> {full}；≤ 100000 元/人 -> 1；‹否则› -> 0"]
    blocks = (
        sizes,
        [f"{gained} = {now} - {last}"],
        [f"{d.name('真位')} = {gained} + {last} = {now}"],
        [f"{d.name('航')} = {boxes} / 1 航次"],
    )
    facts = (
        amount(spent, [3, 90000], "元，≥ 0"),
        count(staff, [2], "人", above_zero=True),
        rate(last, [5], "%，0% ‹至› 100%"),
        rate(now, [5], "%，0% ‹至› 100%"),
        amount(boxes, [50], "标箱，≥ 0"),
    )
    above = (["‹计量单位›：标箱、航次 = 50 标箱"],)
    truths = (d.name("真位"),)
    return Piece(d.name("人均费"), _F(full), blocks, facts, above=above, truths=truths, uses=frozenset({"units"}))


def parameters(d: Drawn) -> Piece:
    """Parameters as a list or as a table by a fact."""
    name, target, each = d.name("达成"), d.name("目标"), d.name("每档")
    full = d.whole(1, 9)
    gap = d.name("差距")
    rule = [f"{gap} = {target} - {name}", "≤ 0 -> ‹满分›", f"‹每超过› 1% ‹扣› {each}（‹整档›），‹扣完为止›"]
    facts: tuple[Declared, ...] = (rate(name, [80, 90]),)
    if d.maybe():
        above = [["‹参数›：", f"- {target} = {d.whole(50, 99)}%", f"- {each} = 0.5"]]
        return Piece(d.name("参"), _F(full), (rule,), facts, above=tuple(above), uses=frozenset({"parameters"}))
    year = d.name("年度")
    facts = (*facts, Declared(year, "2019、2020", ("2019", "2020")))
    lines = [
        "‹参数›：",
        f"| {year} | {target} | {each} |",
        "|---|---|---|",
        "| 2019 | 90% | 0.5 |",
        "| 2020 | 95% | 1 |",
    ]
    return Piece(d.name("参"), _F(full), (rule,), facts, above=(lines,), uses=frozenset({"parameter table"}))


def reals(d: Drawn) -> Piece:
    """Logarithms, roots and decimal powers, compared and rounded."""
    name, order, inverse = d.name("规模"), d.name("真增"), d.name("真根")
    full = d.whole(1, 10)
    term = d.pick(f"‹常用对数›（{name}）", f"‹平方根›（{name}）", f"{name} ^ 0.3", f"‹自然对数›（{name} + 1）")
    ways = d.maybe()
    if ways:
        value = d.name("值")
        rows = [f"{value} = {term}", f"≥ {d.pick('1', '0.5', '1.5')} -> {full}；> 0 -> 1；‹否则› -> 0"]
        blocks: tuple[list[str], ...] = (rows,)
    else:
        blocks = (
            [f"‹得分› = ‹满分› × {term} / 4"],
            [f"‹保留› {d.whole(0, 3)} ‹位小数›，{d.pick(*MODES)}".replace("‹保留› 0 ‹位小数›", "‹保留整数›")],
            ["‹扣完为止›，‹满分为止›"],
        )
    blocks = (
        *blocks,
        [f"{order} = ‹平方根›（{name}） < ‹平方根›（{name} + 1）"],
        [f"{inverse} = ‹指数›（{name} / 1000） > 1"],
    )
    facts = (amount(name, [1, 4, 10, 100, 2], "‹数›，> 0"),)
    return Piece(d.name("实数"), _F(full), blocks, facts, truths=(order, inverse), uses=frozenset({"reals"}))


FAMILIES = (functions, rounding, kept_fact, dates, units, parameters, reals)

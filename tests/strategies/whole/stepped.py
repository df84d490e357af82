"""Indicators of steps: every direction, part steps, events, one-off deductions and additions, checklists, judges."""

from __future__ import annotations

from fractions import Fraction

from tests.strategies.numbers import decimal_text
from tests.strategies.whole.filling import amount, choice, count, flag, rate
from tests.strategies.whole.pieces import Declared, Drawn, Piece

_F = Fraction
_MODES = ("‹整档›", "‹进档›", "‹按比例›")


def over_or_under(d: Drawn) -> Piece:
    """``每超过 1% 扣 0.5 分`` below a band of full marks; perhaps a line beyond which nothing is left."""
    name = d.name("比值")
    full = d.whole(1, 20)
    edge, step = d.whole(10, 90), d.pick("0.5", "1", "3", "5")
    up = d.maybe()
    side = d.pick("‹每超过›", "‹每高于›", "‹每超出›") if up else d.pick("‹每低于›", "‹每少于›", "‹每不足›")
    mode = d.pick(*_MODES)
    points = decimal_text(d.number(1, 20, 1) / 10)
    unit = d.pick("%", " 个百分点")
    lines = [f"{name}：{'≤' if up else '≥'} {edge}% -> ‹满分›"]
    uses = {"step", {"‹整档›": "whole steps", "‹进档›": "begun steps", "‹按比例›": "pro rata"}[mode]}
    if d.maybe():
        far = edge + 9 if up else edge - 9
        lines.append(f"{'>' if up else '<'} {far}% -> 0")
        uses.add("line beyond")
    limit = d.pick("，‹扣完为止›", f"，‹最多扣› {full} ‹分›", f"，‹最低› {d.whole(0, full - 1)} ‹分›")
    lines.append(f"{side} {step}{unit} ‹扣› {points} ‹分›（{mode}）{limit}")
    facts = (rate(name, [_F(edge), edge + _F(step), _F(edge + 9), edge - _F(step), _F(edge - 9)]),)
    return Piece(d.name("档"), _F(full), (lines,), facts, uses=frozenset(uses))


def both_sides(d: Drawn) -> Piece:
    """``每相差``, or two rates above and below."""
    name = d.name("偏")
    full = d.whole(1, 12)
    mode = d.pick(*_MODES)
    if d.maybe():
        target = d.whole(50, 120)
        lines = [
            f"{name}：= {target}% -> ‹满分›",
            f"{d.pick('‹每相差›', '‹每偏离›')} 1% ‹扣› 1 ‹分›（{mode}），‹扣完为止›",
        ]
        facts = (rate(name, [target, target + 1, target - 3]),)
        return Piece(d.name("相差"), _F(full), (lines,), facts, uses=frozenset({"step off"}))
    lines = [
        f"{name}：= 0 -> ‹满分›",
        f"‹每超过› 1 ‹扣› 1.2 ‹分›（{mode}）",
        f"‹每低于› 1 ‹扣› 0.8 ‹分›（{mode}）",
        "‹扣完为止›",
    ]
    facts = (amount(name, [0, 1, -1, 5], "‹数›", negative=True),)
    return Piece(d.name("两边"), _F(full), (lines,), facts, uses=frozenset({"step two rates"}))


def more_or_fewer(d: Drawn) -> Piece:
    """``每增加`` adds and ``每减少`` deducts, each with its own limit."""
    name = d.name("净增")
    kept, most = d.whole(1, 4), d.whole(1, 3)
    lines = [
        f"{name}：= 0 -> {kept}",
        f"{d.pick('‹每增加›', '‹每多›')} 1 人 ‹加› 0.1 ‹分›，‹最多加› {most} ‹分›",
        f"{d.pick('‹每减少›', '‹每少›')} 1 人 ‹扣› 0.5 ‹分›，‹最多扣› {kept} ‹分›",
    ]
    facts = (Declared(name, "人，‹整数›", ("0", "1", "-1", "9", "30", "-30", "-7")),)
    return Piece(d.name("增减"), _F(kept + most), (lines,), facts, uses=frozenset({"step more or fewer"}))


def events(d: Drawn) -> Piece:
    """Deductions and additions for each event, and one-off ones; from full marks, nothing or a stated base."""
    late, found, praised, cited = d.name("超期"), d.name("差错"), d.name("采用"), d.name("通报")
    full = d.whole(2, 12)
    ways = d.pick("from full", "from nothing", "both")
    uses = {"events", ways}
    blocks: list[list[str]] = []
    limit = d.pick("", f"，‹最多扣› {d.whole(1, full)} ‹分›")
    if ways != "from nothing":
        blocks.append([f"{late}：{d.pick('‹每› 1 件', '‹每出现› 1 件')} ‹扣› 0.5 ‹分›{limit}"])
        blocks.append([f"{found}：‹每› 2 处 ‹扣› 1 ‹分›（{d.pick(*_MODES)}）"])
        blocks.append([f"‹若› {cited}，‹扣› {d.whole(1, 3)} ‹分›"])
    if ways != "from full":
        blocks.append([f"{praised}：‹每› 1 篇 ‹加› 0.5 ‹分›，‹最多加› {full} ‹分›"])
        blocks.append([f"‹若› ‹非› {cited}，‹加› {d.whole(1, 3)} ‹分›"])
    if ways == "both":
        blocks.append([f"‹得分› = {d.pick('‹满分›', '0')}"])
    blocks.append(["‹扣完为止›，‹满分为止›"])
    deducting = () if ways == "from nothing" else (count(late, [2, full * 2]), count(found, [1, 2, 3], "处"))
    adding = () if ways == "from full" else (count(praised, [full * 2], "篇"),)
    facts = (*deducting, *adding, flag(cited))
    return Piece(d.name("事项"), _F(full), tuple(blocks), facts, uses=frozenset(uses))


def checklist(d: Drawn) -> Piece:
    """Items that a person ticks, and items that facts decide."""
    shown, started, wrong = d.name("已公开"), d.name("开工"), d.name("错")
    ticks = [d.whole(1, 3) for _ in range(d.whole(1, 3))]
    lines = ["‹清单›：", *(f"- {t} ‹分› 第{n}条得到执行" for n, t in enumerate(ticks, 1))]
    uses = {"checklist"}
    full = sum(ticks)
    facts = []
    ending = []
    if d.maybe():
        uses.add("checklist by facts")
        lines += [f"- 2 ‹分› 预算公开：{shown}", f"- 1 ‹分›/个 项目开工：{started}，‹最多加› 4 ‹分›"]
        lines.append(f"- ‹扣› 1 ‹分›/处 信息有误：{wrong}，‹最多扣› 2 ‹分›")
        ending = ["‹扣完为止›"]
        full += 6
        facts = [flag(shown), count(started, [4], "个"), count(wrong, [2], "处")]
    judged = tuple(dict.fromkeys(("0", str(sum(ticks)), str(ticks[0]), "0.5")))
    return Piece(d.name("制度"), _F(full), ([*lines, *ending],), tuple(facts), judged=judged, uses=frozenset(uses))


def judge(d: Drawn) -> Piece:
    """Points by a person: free, in a range, or in the range of a band."""
    full = d.whole(2, 12)
    way = d.pick("free", "range", "by band")
    title = d.name("评议")
    values = ("0", str(full), decimal_text(_F(full, 2)), "1", decimal_text(_F(full) + _F(1, 10)), "2.345")
    if way == "free":
        return Piece(title, _F(full), (["‹人工评定›"],), judged=values, uses=frozenset({"judge"}))
    low = d.whole(0, full - 1)
    if way == "range":
        open_end = d.pick("", "‹不含›")
        lines = [f"‹人工评定›：{low}{open_end} ‹至› {full}"]
        return Piece(title, _F(full), (lines,), judged=(*values, str(low)), uses=frozenset({"judge in a range"}))
    name = d.name("效果")
    lines = [
        f"{name}：显著 -> {low} ‹至› {full}；一般 -> 0 ‹至› {low}{d.pick('', '‹不含›') if low else ''}；‹否则› ‹不得分›"
    ]
    facts = (choice(name, ("显著", "一般", "不明显")),)
    return Piece(title, _F(full), (lines,), facts, judged=(*values, str(low)), uses=frozenset({"judge by band"}))


FAMILIES = (over_or_under, both_sides, more_or_fewer, events, checklist, judge)

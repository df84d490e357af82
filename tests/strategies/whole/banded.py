"""Indicators of bands: edges, ranges, labels, conditions, tables, interpolation, named bands, missing and zero rows."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from tests.strategies.numbers import decimal_text
from tests.strategies.whole.filling import amount, choice, count, flag, rate
from tests.strategies.whole.pieces import Drawn, Lines, Piece

_F = Fraction


def falling(d: Drawn, full: int, rows: int) -> list[Fraction]:
    """Awards from full marks downwards."""
    lower = sorted((d.number(0, full - 1, 1) for _ in range(rows - 1)), reverse=True)
    return [_F(full), *lower]


def ratio_bands(d: Drawn) -> Piece:
    """``率 = 甲 / 乙；≤ 5% -> 5；…``, either way round, with a zero row where the denominator may be zero."""
    above, below, ratio = d.name("支出"), d.name("预算"), d.name("率")
    edges = d.rising(1, 200)
    full = d.whole(1, 20)
    awards = [decimal_text(a) for a in falling(d, full, len(edges) + 1)]
    down = d.maybe()
    sign = d.pick("≤", "<") if down else d.pick("≥", ">")
    rows = [f"{sign} {e}% -> {a}" for e, a in zip(edges if down else edges[::-1], awards, strict=False)]
    rows.append(d.pick(f"‹否则› -> {awards[-1]}", f"‹否则› -> ‹扣› {decimal_text(full - _F(awards[-1]))} ‹分›"))
    uses = {"band", "ratio", "full by formula"}
    low = "> 0"
    if d.maybe():
        low, rows = "≥ 0", [d.pick("‹分母为零› -> ‹人工评定›", "‹分母为零› -> 0", "‹分母为零› -> ‹满分›"), *rows]
        uses.add("zero denominator")
    if d.maybe():
        rows.append(d.pick("‹缺失› -> 0", "‹缺失› -> ‹人工评定›", "‹缺失› -> ‹满分›", "‹缺失› ‹不得分›"))
        uses.add("missing row")
        low += "，‹可缺›"
    text = d.pick("；".join(rows), "\n".join(rows))
    rule = [f"{ratio} = {above} / {below}", *text.split("\n")]
    facts = amount(above, [_F(e, 100) * 40 for e in edges], "万元，≥ 0"), amount(below, [40, 0], f"万元，{low}")
    return Piece(d.name("控制率"), _F(full), (rule,), facts, judged=("0", str(full), "0.5"), uses=frozenset(uses))


def fact_bands(d: Drawn) -> Piece:
    """Bands about a fact of its own, ranges with both ends said, guards with 若."""
    name, guard = d.name("完成率"), d.name("通报")
    edges = d.rising(1, 99, least=2)
    full = d.whole(2, 15)
    awards = [decimal_text(a) for a in falling(d, full, len(edges) + 1)][::-1]
    uses = {"band", "range row"}
    ends = [d.pick(("‹含›", "‹不含›"), ("‹不含›", "‹含›"))] * len(edges)
    rows = [f"{'<' if ends[0][0] == '‹含›' else '≤'} {edges[0]}% -> {awards[0]}"]
    for (a, b), award in zip(pairwise(edges), awards[1:], strict=False):
        rows.append(f"{a}%{ends[0][0]} ‹至› {b}%{ends[0][1]} -> {award}")
    last = f"{'≥' if ends[0][0] == '‹含›' else '>'} {edges[-1]}%"
    facts = [rate(name, edges, d.pick("%，0% ‹至› 100%", "%，≥ 0%，‹可缺›", "%，≥ 0%，‹缺失› = 50%"))]
    if d.maybe():
        uses.add("guarded row")
        facts.append(flag(guard))
        rows.append(f"{last}，‹若› ‹非› {guard} -> {awards[-1]}")
        rows.append(f"{last} -> {awards[-2]}")
    else:
        rows.append(f"{last} -> {awards[-1]}")
    if "可缺" in facts[0].kind:
        uses.add("optional fact")
    if "缺失" in facts[0].kind:
        uses.add("default fact")
    return Piece(d.name("完成"), _F(full), ([f"{name}：{rows[0]}", *rows[1:]],), tuple(facts), uses=frozenset(uses))


def lookup(d: Drawn) -> Piece:
    """Points by label; what is not listed by 否则."""
    name = d.name("等第")
    options = ("一等", "二等", "三等", "未评")[: d.whole(2, 4)]
    full = d.whole(1, 12)
    awards = [decimal_text(a) for a in falling(d, full, len(options))]
    rows = [f"{label} -> {award}" for label, award in zip(options, awards, strict=True)]
    if d.maybe() and len(options) > 2:
        rows = [f"{options[0]}、{options[1]} -> {full}", *rows[2:-1], d.pick("‹否则› ‹不得分›", "‹否则› -> 0")]
    kind = choice(name, options)
    return Piece(d.name("类别"), _F(full), ([f"{name}：{'；'.join(rows)}"],), (kind,), uses=frozenset({"lookup"}))


def label_only(d: Drawn) -> Piece:
    """An indicator that yields a word and no points."""
    name = d.name("负债率")
    edges = d.rising(1, 100, most=2)
    rows = [f"≤ {e}% -> {label}" for e, label in zip(edges, "低中", strict=False)]
    line = f"{name}：{'；'.join(rows)}；‹否则› -> 高"
    return Piece(d.name("风险"), None, ([line],), (rate(name, edges),), uses=frozenset({"label"}))


def conditions(d: Drawn) -> Piece:
    """Rows of conditions about several facts, and a named list of them (情形)."""
    here, gone, much = d.name("结余"), d.name("结转"), d.name("公开")
    full = d.whole(2, 10)
    part = d.whole(0, full - 1)
    facts = amount(here, [0, 5], "万元，≥ 0"), amount(gone, [5], "万元，≥ 0"), flag(much)
    test = d.pick(f"{here} ≤ {gone}", f"{here} ≤ {gone} ‹且› {much}", f"{here} ≤ {gone} ‹或› {much}", f"‹非› {much}")
    missing = d.pick("", f"‹若› ‹缺失›（{gone}） -> 0\n")
    rows = f"{missing}‹若› {here} = 0 -> {full}\n‹若› {test} -> {part}\n‹否则› -> 0".split("\n")
    uses = {"conditions"} | ({"asks for missing"} if missing else set())
    if d.maybe():
        base = d.name("基本")
        note = d.name("备注")
        rows = [
            f"‹若› {base} = {full} -> {full}",
            f"‹否则› -> ‹最小›（{base}，{part}）",
            f"{base} = ‹情形›：{rows[0]}",
            *rows[1:],
        ]
        uses.add("cases")
        return Piece(d.name("结余控制"), _F(full), (rows, [f"{note} = {here} + {gone}"]), facts, uses=frozenset(uses))
    return Piece(d.name("结余控制"), _F(full), (rows,), facts, uses=frozenset(uses))


def interpolation(d: Drawn) -> Piece:
    """Break points, or one straight stretch between two bands."""
    name = d.name("浓度")
    full = d.whole(5, 100)
    if d.maybe():
        low, high = d.rising(1, 99, most=2, least=2)
        lines = [f"{name}：≥ {high}% -> {full}", "‹其间› -> ‹内插›", f"≤ {low}% -> {d.whole(0, full - 1)}"]
        facts = (rate(name, [low, high], "%，0% ‹至› 100%"),)
        return Piece(d.name("直线"), _F(full), (lines,), facts, uses=frozenset({"interpolate between"}))
    edges = d.rising(1, 500, least=2)
    awards = sorted(d.whole(0, full) for _ in edges)
    awards[-1] = full
    if d.maybe():
        awards.reverse()
    rows = [f"{e} -> {a}" for e, a in zip([0, *edges], [awards[0], *awards], strict=True)]
    lines = [f"{name}：‹内插›", *rows, f"> {edges[-1]} -> {awards[-1]}"]
    facts = (amount(name, [*edges, _F(edges[0] + edges[1], 2)], "‹数›，≥ 0"),)
    return Piece(d.name("折点"), _F(full), (lines,), facts, uses=frozenset({"interpolation"}))


def table(d: Drawn) -> Piece:
    """Bands in a table, a column for each label or condition."""
    name, kind = d.name("比率"), d.name("项目类")
    options = ("基建", "修缮", "其他")[: d.whole(2, 3)]
    edges = d.rising(1, 99, most=3)[::-1]
    full = d.whole(2, 10)
    columns = [[decimal_text(a) for a in falling(d, full, len(edges) + 1)] for _ in options]
    by_condition = d.maybe()
    heads = [f"{kind} = {option}" for option in options] if by_condition else list(options)
    corner = name if by_condition else f"{name}＼{kind}"
    lines: Lines = [f"| {corner} | {' | '.join(heads)} |", "|---" * (len(options) + 1) + "|"]
    for at, edge in enumerate(edges):
        lines.append(f"| ≥ {edge}% | {' | '.join(column[at] for column in columns)} |")
    lines.append(f"| ‹否则› | {' | '.join(column[-1] for column in columns)} |")
    facts = rate(name, edges), choice(kind, options)
    return Piece(d.name("对照"), _F(full), (lines,), facts, uses=frozenset({"table"}))


def proportion(d: Drawn) -> Piece:
    """``得分 = 满分 × 率`` with limits, on the formula or on the indicator."""
    done, due, ratio = d.name("完成数"), d.name("计划数"), d.name("进度")
    full = d.whole(1, 50)
    facts = amount(done, [10, 20], "元，≥ 0"), amount(due, [10, 20], "元，> 0")
    if d.maybe():
        lines = [f"{ratio} = {done} / {due}，‹最高› 100%", f"‹得分› = ‹满分› × {ratio}"]
    else:
        lines = [f"{ratio} = {done} / {due}", f"‹得分› = ‹满分› × {ratio}{d.pick('，', chr(10))}‹满分为止›"]
    blocks = tuple([line] for line in "\n".join(lines).split("\n"))
    return Piece(d.name("按比例"), _F(full), blocks, facts, uses=frozenset({"proportion", "limit"}))


def named_bands(d: Drawn) -> Piece:
    """A second list of bands under a name, beside the one that scores."""
    name, other = d.name("偏差"), d.name("另算")
    edges = d.rising(0, 30, most=3)
    full = d.whole(2, 9)
    rows = "；".join(f"≤ {e} -> {decimal_text(a)}" for e, a in zip(edges, falling(d, full, len(edges)), strict=True))
    lines = [f"{name}：{rows}；‹否则› -> 0", f"{other} = {name}：= 0 -> 1；≤ 7 -> 0.5；‹否则› -> 0"]
    facts = (count(name, edges),)
    return Piece(d.name("偏离度"), _F(full), (lines,), facts, uses=frozenset({"named bands", "whole-number bands"}))


FAMILIES = (
    ratio_bands,
    fact_bands,
    lookup,
    label_only,
    conditions,
    interpolation,
    table,
    proportion,
    named_bands,
)

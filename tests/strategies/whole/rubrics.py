"""Whole rubrics: indicators put into sections with every way to combine, grades, levels, checks, tests, editions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from hypothesis import strategies as st

from tests.strategies.numbers import decimal_text
from tests.strategies.whole import banded, calculated, gathered, peers, stepped
from tests.strategies.whole.filling import choice, day, flag
from tests.strategies.whole.overriding import overridden
from tests.strategies.whole.pieces import Declared, Drawn, Lines, Piece, Row, Section, Whole

_F = Fraction
Family = Callable[[Drawn], Piece]
FAMILIES: tuple[Family, ...] = (
    *banded.FAMILIES,
    *stepped.FAMILIES,
    *calculated.FAMILIES,
    *gathered.FAMILIES,
    *peers.FAMILIES,
    # These have the most variants of their own.
    gathered.aggregates,
    gathered.aggregates,
    gathered.row_by_row,
    peers.rank,
)
_WAYS = [*"sum sum highest lowest average renormalise formula best spread bonus weight".split(), "one of"]
_RULES = {
    "highest": "‹汇总›：‹汇总最高›",
    "lowest": "‹汇总›：‹汇总最低›",
    "average": "‹汇总›：‹汇总平均›",
    "renormalise": "‹汇总›：‹折算›",
    "best": "‹汇总›：‹合计›（‹各项›：‹得分›，‹取前› = 1）",
}


def _section(draw: st.DrawFn, number: int, start: int) -> Section:
    d = Drawn(draw, f"组{number}")
    way = d.pick(*_WAYS)
    parts = []
    for at in range(start, start + d.whole(1 if way == "sum" else 2, 3)):
        piece = d.pick(*FAMILIES)(Drawn(draw, "子丑寅卯辰巳午未申酉"[at]))
        while way not in ("sum", "bonus", "weight") and piece.full is None:  # a label has no points to combine
            piece = banded.lookup(Drawn(draw, "子丑寅卯辰巳午未申酉"[at]))
        left = {"renormalise": "left out", "spread": "spread"}.get(way)
        if not (way == "spread" and at > start):  # at least one part stays to take the points
            piece = overridden(Drawn(draw, "子丑寅卯辰巳午未申酉"[at]), piece, left)
        parts.append(piece)
    if all(part.full is None for part in parts):
        parts.append(stepped.judge(Drawn(draw, "戌" + str(number))))
    fulls = [part.full for part in parts if part.full is not None]
    title, uses = f"节{'甲乙丙'[number]}", {f"combine: {way}"}
    whole = sum(fulls, _F(0))
    if way == "one of":
        fact = Declared(d.name("方式"), "、".join(p.title for p in parts), tuple(p.title for p in parts))
        only = (f"‹汇总›：‹择一›（{fact.name}）",)
        return Section(title, max(fulls), tuple(parts), only, (fact,), frozenset(uses))
    if way == "formula":
        share = " + ".join(f"{part.title} × {25 if n else 100}%" for n, part in enumerate(parts))
        top = sum((full * (_F(1) if n == 0 else _F(1, 4)) for n, full in enumerate(fulls)), _F(0))
        return Section(title, top, tuple(parts), (f"‹汇总›：{share}",), (), frozenset(uses))
    if way == "weight":
        weighed = [replace(p, suffix="，‹权重› 50%") if p.full is not None else p for p in parts]
        return Section(title, whole / 2, tuple(weighed), (), (), frozenset(uses))
    if way == "bonus":
        bonus = d.whole(1, 5)
        cap: tuple[str, ...] = d.pick(("‹满分为止›",), ())
        lines = [f"{d.name('表彰')}：‹每› 1 次 ‹加› 1 ‹分›"]
        fact = Declared(d.name("表彰"), "次，‹整数›，≥ 0", ("0", "1", "9"))
        suffix = d.pick(f"‹最多加› {bonus} ‹分›", "‹不限分›", f"‹加分›，‹最多加› {bonus} ‹分›")
        more = Piece(d.name("附加"), None, (lines,), (fact,), uses=frozenset({"bonus"}), suffix=suffix)
        return Section(title, whole, (*parts, more), cap, (), frozenset(uses))
    full = {"highest": max(fulls), "lowest": min(fulls), "best": max(fulls), "average": whole / len(fulls)}.get(
        way, whole
    )
    if way == "average" and (full * 10**6).denominator != 1:
        way, full, uses = "sum", whole, {"combine: sum"}
    rule: tuple[str, ...] = (_RULES[way],) if way in _RULES else ()
    if d.whole(0, 4) == 0 and way in ("sum", "average"):
        rule = (*rule, f"‹保留› 1 ‹位小数›，{d.pick(*calculated.MODES)}")
        uses.add("section rounding")
    return Section(title, full, tuple(parts), rule, (), frozenset(uses))


@st.composite
def single_rubrics(draw: st.DrawFn, family: Family) -> Whole:
    """A rubric of one indicator of a family, and nothing else."""
    piece = family(Drawn(draw, "子"))
    assert piece.full is not None
    return Whole((Section("节甲", piece.full, (piece,)),), piece.full)


def _can_vanish(section: Section) -> bool:
    """Whether all its parts can be left out at once."""
    return all(any("‹剔除›" in line for block in part.blocks for line in block) for part in section.parts)


@dataclass(frozen=True)
class Given:
    """What is filled in for one unit."""

    facts: Row
    tables: dict[str, list[Row]]
    judged: Row
    others: tuple[tuple[Row, dict[str, list[Row]]], ...]


@st.composite
def whole_rubrics(draw: st.DrawFn) -> Whole:
    """A rubric with one to three sections, and what stands around them."""
    d = Drawn(draw, "")
    sections: list[Section] = []
    start = 0
    for number in range(d.whole(1, 3)):
        section = _section(draw, number, start)
        start += 3
        sections.append(section)
    full = sum((section.full for section in sections if section.full is not None), _F(0))
    head: list[Lines] = [["‹说明›：各项如下；见附件"]]
    tail: list[Lines] = []
    facts: list[Declared] = []
    uses: set[str] = set()
    renormalised = [section for section in sections if section.rule[:1] == (_RULES["renormalise"],)]
    if renormalised and (d.maybe() or any(_can_vanish(section) for section in renormalised)):
        head.append([_RULES["renormalise"]])
        uses.add("renormalise at the root")
    if d.maybe():
        edges = sorted({(full * n / 10) for n in (d.whole(1, 9), d.whole(1, 9))}, reverse=True)
        rows = "；".join(f"≥ {decimal_text(e)} -> {label}" for e, label in zip(edges, ("优", "良"), strict=False))
        tail.append([f"‹等次›：{rows}；‹否则› -> 差"])
        uses.add("grade")
        way = d.pick("", "cap", "down", "veto", "set total")
        if way:
            bad = "有问题"
            lines = {
                "cap": f"‹调整›：{bad} -> ‹等次› ≤ {'良' if len(edges) > 1 else '优'}",
                "down": f"‹调整›：{bad} -> {d.pick('‹降› 1', '‹升› 1')}",
                "veto": f"‹否决›：{bad} -> ‹等次› = 差",
                "set total": f"‹否决›：{bad} -> ‹总分› ≤ {decimal_text(full / 2)}，‹等次› = 差",
            }
            tail.append([lines[way]])
            facts.append(flag(bad))
            uses.add(f"grade: {way}")
    elif d.maybe():
        credit = choice("信用", ("甲级", "乙级", "丙级"))
        head.append(["‹等级› 信用等级：甲级 > 乙级 > 丙级"])
        tail.append([f"两级 = ‹情形›：‹若› ‹总分› ≥ {decimal_text(full / 2)} -> 甲级；‹否则› -> 丙级"])
        tail.append(["‹等次› = ‹最低级›（信用，两级）"])
        facts.append(credit)
        uses.add("levels")
    if d.whole(0, 3) == 0:
        facts += [Declared("收入", "万元，≥ 0", ("1", "2.5")), Declared("支出", "万元，≥ 0", ("1", "2.505"))]
        head.append(["‹勾稽›：", "- 平衡：收入 = 支出，‹允差› 0.005 万元"])
        uses.add("checks")
    if d.whole(0, 3) == 0:
        head.append([f"‹默认›：‹保留› 2 ‹位小数›，{d.pick(*calculated.MODES)}"])
        uses.add("default rounding")
    if d.whole(0, 3) == 0:
        head.append(["‹参评›：参加评比"])
        facts.append(flag("参加评比"))
        uses.add("population")
    if d.whole(0, 3) == 0:
        head.append(["‹适用›：单位类型 = 乡镇 ‹且› 评价日 ≥ 2020-01-01"])
        facts += [choice("单位类型", ("乡镇", "县直")), day("评价日")]
        uses.add("applies")
    if d.whole(0, 3) == 0:
        worst = "最差项"
        tail.append([f"{worst} = ‹最小›（‹各项›：‹得分›）"])
        uses.add("parts")
    return Whole(tuple(sections), full, tuple(head), tuple(tail), tuple(facts), frozenset(uses))


@st.composite
def fillings(draw: st.DrawFn, whole: Whole) -> Given:
    """Facts for a rubric: mostly at edges, now and then absent or of the wrong kind; with other units."""
    d = Drawn(draw, "")
    others = tuple((_facts(draw, whole), _tables(draw, whole)) for _ in range(d.whole(0, 3)))
    judged = {p.title: d.pick(*p.judged) for p in whole.pieces if p.judged and d.whole(0, 5)}
    return Given(_facts(draw, whole), _tables(draw, whole), judged, others)


def _facts(draw: st.DrawFn, whole: Whole) -> Row:
    return _row(draw, whole.declared)


def _row(draw: st.DrawFn, declared: tuple[Declared, ...]) -> Row:
    row = {}
    for fact in declared:
        at = draw(st.integers(0, 24))
        if at == 0:
            continue
        row[fact.name] = draw(
            st.sampled_from(("-1", "是", "99999999", "1/0", "", "甲", "2020-13-01", "5%") if at == 1 else fact.values)
        )
    return row


def _tables(draw: st.DrawFn, whole: Whole) -> dict[str, list[Row]]:
    found = {}
    for table in whole.tables:
        if draw(st.integers(0, 9)):
            found[table.name] = [_row(draw, table.columns) for _ in range(draw(st.integers(0, 4)))]
    return found

"""Stated subtotals, total and grade against the stated parts below them and against what they should be."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from rubriclang.audit.findings import Finding
from rubriclang.audit.reported.judging import Judged
from rubriclang.audit.reported.messages import made, points_text
from rubriclang.audit.reported.what_if import WhatIf
from rubriclang.audit.wording import slip_words
from rubriclang.backends.scoring import points_of
from rubriclang.ir import nodes as ir
from rubriclang.ir.rounding import round_to
from rubriclang.ir.values import Value

Points = Mapping[tuple[str, ...], Judged]


def sum_finding(judged: Judged, points: Points, world: WhatIf) -> Finding | None:
    """The finding about a subtotal or the total: not the sum of its stated parts, or the sum of wrong ones."""
    node, figure = judged.node, judged.figure
    if node is None or not node.parts or figure is None:
        return None
    stated, ulp = figure.amount, figure.ulp
    parts = _parts(node, points)
    printed = {
        part.node.points: part.figure.amount for part in parts if part.node is not None and part.figure is not None
    }
    truer: dict[str, Value] = {
        part.node.points: part.actual if not part.wrong and isinstance(part.actual, Fraction) else part.figure.amount
        for part in parts
        if part.node is not None and part.figure is not None
    }
    as_stated = world.points(node, printed) if parts else None
    as_rounded = world.points(node, truer) if parts else None
    fits = _fits(stated, as_stated, ulp, True) or _fits(stated, as_rounded, ulp, False)
    right_text = points_text(judged.actual) if isinstance(judged.actual, Fraction) else ""
    if as_stated is None or (not judged.wrong and (fits or judged.result == "unchecked")):
        return _alone(judged, right_text) if judged.wrong else None
    added = points_text(as_stated)
    listed = _listed(parts)
    if fits:
        if judged.result == "unchecked":
            return None
        zh = f"应为 {right_text}；它是自报各部分之和，而各部分里有写错的"
        en = f"should be {right_text}; it is the sum of the stated parts, some of which are wrong"
        return made(judged, "wrong-part", "note", f"{right_text}分", zh, en, listed)
    whole = all(leaf in _covered(parts) for leaf in (n.path for n in node.leaves()))
    if not whole and not judged.wrong:
        return None  # what is not stated may make up for it
    if judged.result == "unchecked" and not whole:
        return None
    if not judged.wrong and isinstance(judged.actual, Fraction):
        zh = f"与自报的各部分对不上：{listed} = {added}；按数据倒是 {right_text}"
        en = f"does not go with the stated parts: {listed} = {added}; the facts do give {right_text}"
        return made(judged, "wrong-sum", "warning", f"{added}分", zh, en, listed)
    if not whole:
        return _alone(judged, right_text)
    zh, en = f"自报的各部分加起来是 {added}", f"the stated parts add up to {added}"
    if right_text and right_text != added:
        zh, en = f"{zh}，按数据应为 {right_text}", f"{en}, the facts give {right_text}"
    if judged.verdict is not None and judged.verdict.slip is not None and right_text == added:
        more_zh, more_en = slip_words(judged.verdict.slip)
        zh, en = f"{zh}；{more_zh}", f"{en}; {more_en}"
    return made(judged, "wrong-sum", "error", f"{right_text or added}分", zh, en, listed)


def _alone(judged: Judged, right: str) -> Finding:
    zh, en = f"按数据应为 {right}", f"the facts give {right}"
    if judged.verdict is not None and judged.verdict.slip is not None:
        more_zh, more_en = slip_words(judged.verdict.slip)
        zh, en = f"{zh}；{more_zh}", f"{en}; {more_en}"
    return made(judged, "wrong-sum", "error", f"{right}分", zh, en)


def _parts(node: ir.Node, points: Points) -> list[Judged]:
    """The stated parts of a section: of each branch those nearest to the section."""
    found: list[Judged] = []
    rest = list(reversed(node.parts))
    while rest:
        part = rest.pop()
        stated = points.get(part.path)
        if stated is not None and stated.figure is not None:
            found.append(stated)
        else:
            rest.extend(reversed(part.parts))
    return found


def _covered(parts: list[Judged]) -> set[tuple[str, ...]]:
    return {leaf.path for part in parts if part.node is not None for leaf in part.node.leaves()}


def _fits(stated: Fraction, value: Fraction | None, ulp: Fraction, strict: bool) -> bool:
    if value is None:
        return False
    return stated == value or (not strict and stated in (round_to(value, ulp, "half up"), round_to(value, ulp, "down")))


def _listed(parts: list[Judged]) -> str:
    texts = [points_text(part.figure.amount) for part in parts if part.figure is not None]
    if len(texts) > 12:
        texts = [*texts[:10], "…", texts[-1]]
    return " + ".join(texts)


def grade_finding(judged: Judged, total: Judged | None, world: WhatIf) -> Finding | None:
    """The finding about a stated grade: not that of the stated total, or that of a wrong one."""
    program = world.program
    if judged.target is None or program.grade is None or judged.target.definition.id != program.grade:
        return None
    stated = "".join(judged.statement.text.split())
    by_total: Value | None = None
    if total is not None and total.figure is not None:
        by_total = world.value(program.grade, {program.root.points: total.figure.amount})
    right = judged.actual if isinstance(judged.actual, str) else ""
    if isinstance(by_total, str) and "".join(by_total.split()) != stated:
        assert total is not None
        zh, en = (
            f"按自报的总分 {total.statement.text} 是 {by_total}",
            f"the stated total {total.statement.text} makes it {by_total}",
        )
        if right and right != by_total:
            zh, en = f"{zh}，按数据是 {right}", f"{en}, the facts {right}"
        right_or = right or by_total
        return made(judged, "wrong-band" if judged.wrong else "contradiction", "error", right_or, zh, en)
    if not judged.wrong:
        return None
    if isinstance(by_total, str):
        assert total is not None
        zh = f"应为 {right}；它跟着写错的总分 {total.statement.text} 走"
        en = f"should be {right}; it follows from the total {total.statement.text}, which is wrong"
        return made(judged, "wrong-part", "note", right, zh, en)
    points = points_of(world.run.values.get(program.root.points))
    zh = f"应为 {right}" + (f"：总分是 {points_text(points)}" if points is not None else "")
    en = f"should be {right}" + (f": the total is {points_text(points)}" if points is not None else "")
    return made(judged, "wrong-band", "error", right, zh, en)

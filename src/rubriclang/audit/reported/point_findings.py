"""Stated points of an indicator: another band, a value that leads elsewhere, a slip of the pen."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from rubriclang.audit.findings import Finding
from rubriclang.audit.reported.bands import band_for
from rubriclang.audit.reported.judging import Judged
from rubriclang.audit.reported.messages import band_words, made, points_text, value_text
from rubriclang.audit.reported.names import Names
from rubriclang.audit.reported.what_if import WhatIf
from rubriclang.audit.slips import Slip
from rubriclang.audit.wording import slip_class, slip_words
from rubriclang.backends.scoring import points_of
from rubriclang.ir import nodes as ir

Values = Mapping[tuple[str, ...], Judged]


def value_gives(world: WhatIf, names: Names, node: ir.Node, value: Judged) -> frozenset[Fraction]:
    """The points that a stated value leads to, also at the ends of what its digits leave open."""
    definition = names.value_of(node)
    figure = value.figure
    if definition is None or figure is None or value.target is None or value.target.definition.id != definition.id:
        return frozenset()
    half = figure.ulp / 2
    numbers = (figure.amount, figure.amount - half, figure.amount + half, figure.amount + figure.ulp)
    got = [world.points(node, {definition.id: number}) for number in numbers]
    return frozenset(points for points in got if points is not None)


def points_finding(judged: Judged, values: Values, names: Names, world: WhatIf) -> Finding | None:
    """The finding about the points of an indicator; None when they hold and go with the value stated beside them."""
    node, figure = judged.node, judged.figure
    if node is None or node.parts or figure is None:
        return None
    stated = figure.amount
    value = values.get(node.path)
    if judged.result == "unchecked":
        return _unknowable(judged, value, names, world, node)
    if not judged.wrong:
        if value is not None and value.wrong:
            given = value_gives(world, names, node, value)
            if given and not any(_same(stated, points, figure.ulp) for points in given):
                return _contradiction(judged, value, min(given, key=lambda p: abs(p - stated)), "warning")
        return None
    actual = judged.actual
    assert isinstance(actual, Fraction)
    right = points_text(actual)
    if value is not None and value.wrong:
        given = value_gives(world, names, node, value)
        if any(_same(stated, points, figure.ulp) for points in given):
            zh = f"应为 {right}；它跟着写错的数值 {value.statement.text} 走"
            en = f"should be {right}; it follows from the value {value.statement.text}, which is wrong"
            return made(judged, "wrong-points", "error", f"{right}分", zh, en)
    own = names.value_of(node)
    worked_out = own is not None and isinstance(world.run.values.get(own.id), Fraction)
    if not worked_out and world.run.judgements.get(f"{'/'.join(node.path)}#基础"):
        zh, en = f"评定给的是 {right} 分，前后矛盾", f"but {right} points were judged: a contradiction"
        return made(judged, "contradiction", "error", f"{right}分", zh, en)
    return _wrong(judged, node, stated, actual, right, names, world)


def _wrong(
    judged: Judged, node: ir.Node, stated: Fraction, actual: Fraction, right: str, names: Names, world: WhatIf
) -> Finding:
    definition = names.value_of(node)
    base_zh, base_en = f"应为 {right}", f"should be {right}"
    verdict = judged.verdict
    slip: Slip | None = verdict.slip if verdict is not None else None
    if slip is not None and len(slip.wrote.replace(".", "")) < 2:
        slip = None  # one digit is as like any other
    exact = world.run.values.get(definition.id) if definition is not None else None
    if definition is not None and isinstance(exact, Fraction):
        name = definition.name or node.name
        now = f"{name} = {value_text(exact, definition.type)}"
        band = band_for(world, node, definition, stated, exact)
        if band is not None and (not band.single or slip is None):
            zh, en = band_words(band, name, definition.type)
            row = band.row.replace("<=", "≤").replace(">=", "≥")
            row_zh, row_en = (f"（“{row}”一档）", f" (row '{row}')") if row else ("", "")
            return made(
                judged,
                "wrong-band",
                "error",
                f"{right}分",
                f"{base_zh}：{now}；{points_text(stated)} 分是另一档的分{row_zh}，{zh}才得",
                f"{base_en}: {now}; {points_text(stated)} is given only if {en}{row_en}",
            )
        base_zh, base_en = f"{base_zh}：{now}", f"{base_en}: {now}"
    most = points_of(node.max)
    if most is not None and stated > most and stated >= 0:
        zh, en = f"；超过满分 {points_text(most)}", f"; more than the full {points_text(most)}"
        return made(judged, "wrong-points", "error", f"{right}分", base_zh + zh, base_en + en)
    if slip is not None:
        zh, en = slip_words(slip)
        return made(judged, slip_class(slip), "error", f"{right}分", f"{base_zh}；{zh}", f"{base_en}; {en}")
    return made(judged, "wrong-points", "error", f"{right}分", base_zh, base_en)


def _unknowable(judged: Judged, value: Judged | None, names: Names, world: WhatIf, node: ir.Node) -> Finding | None:
    """Points that the facts do not give: still held against the full points and against the value stated."""
    figure = judged.figure
    assert figure is not None
    most = points_of(node.max)
    if most is not None and figure.amount > most:
        text = points_text(most)
        return made(judged, "wrong-points", "error", f"≤ {text}分", f"超过满分 {text}", f"more than the full {text}")
    if value is None:
        return None
    given = value_gives(world, names, node, value)
    if given and not any(_same(figure.amount, points, figure.ulp) for points in given):
        return _contradiction(judged, value, min(given, key=lambda p: abs(p - figure.amount)), "error")
    return None


def _contradiction(judged: Judged, value: Judged, points: Fraction, level: str) -> Finding:
    text = points_text(points)
    zh = f"与自报的数值 {value.statement.text} 对不上：按这个数值得 {text} 分"
    en = f"does not go with the stated value {value.statement.text}, which gets {text}"
    return made(judged, "contradiction", "error" if level == "error" else "warning", f"{text}分", zh, en)


def _same(stated: Fraction, points: Fraction, ulp: Fraction) -> bool:
    return abs(stated - points) <= ulp / 2 if (points / ulp).denominator != 1 else stated == points

"""The words of a score sheet: which row applied, what was deducted and why, and the digits of the value."""

from __future__ import annotations

from fractions import Fraction

import attrs

from rubriclang.backends.display import read_back
from rubriclang.backends.evaluation import Evaluation
from rubriclang.backends.interpreter import evaluate_expression
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text, percent_text, shown_text
from rubriclang.ir.types import Number


def banded(stages: list[ir.Definition], run: Evaluation) -> str | None:
    """The row that decided the score, as written: an override where one did, else the row of the base."""
    for definition in reversed(stages):
        for tag in run.fired.get(definition.id, ()):
            if tag.role == "override":
                return tag.text
    for definition in stages:
        if definition.id.endswith("#基础"):
            for tag in run.fired.get(definition.id, ()):
                if tag.role != "plain":
                    return tag.text
    return None


def remark(
    program: ir.Program, node: ir.Node, stages: list[ir.Definition], run: Evaluation, points: Fraction | None
) -> tuple[str, str]:
    """Why points were lost or added, in Chinese and English; empty where there is nothing to say."""
    zh: list[str] = []
    en: list[str] = []
    for definition in stages:
        for tag in run.fired.get(definition.id, ()):
            words = _tag_words(program, node, definition, tag, run)
            if words is not None:
                zh.append(words[0])
                en.append(words[1])
    rounded = _rounded_value(program, node, run)
    if rounded is not None:
        zh.append(rounded[0])
        en.append(rounded[1])
    limited = next((d for d in stages if d.id.endswith("#限额")), None)
    if limited is not None and points is not None:
        floor = _limited(limited, run)
        if floor is not None:
            zh.append(floor[0])
            en.append(floor[1])
    return "；".join(zh), "; ".join(en)


def _tag_words(
    program: ir.Program, node: ir.Node, definition: ir.Definition, tag: ir.Tag, run: Evaluation
) -> tuple[str, str] | None:
    if tag.role == "step" and tag.moved is not None:
        if any(isinstance(at, ir.Ref) and at.kind in ("column", "row") for at in ir.walk(tag.moved)):
            return None  # a step of 逐行: it moved each row by its own count
        moved = evaluate_expression(tag.moved, run)
        count = evaluate_expression(tag.count, run) if tag.count is not None else None
        if not isinstance(moved, Fraction) or not isinstance(count, Fraction) or moved == 0:
            return None
        verb = "加" if "加" in tag.text.split("分")[0] or "adds" in tag.text else "扣"
        past = _past(program, node, tag, run)
        steps = number_text(count) if count.denominator == 1 else shown_text(count, Number())
        # The row of the base stands beside the remark already.
        lead = ("", "") if definition.id.endswith("#基础") else (f"{tag.text}：", f"{tag.text}: ")
        zh = f"{lead[0]}{past[0]}{steps} 档，{verb} {number_text(moved)} 分"
        en = f"{lead[1]}{past[1]}{steps} steps, {'adds' if verb == '加' else 'deducts'} {number_text(moved)}"
        return zh, en
    if definition.id.endswith("#加减") and tag.moved is not None:
        return tag.text, tag.text
    return None


def _past(program: ir.Program, node: ir.Node, tag: ir.Tag, run: Evaluation) -> tuple[str, str]:
    if tag.past is None or node.value is None:
        return "", ""
    distance = evaluate_expression(tag.past, run)
    kind = next((d.type for d in program.definitions if d.id == node.value), None)
    if not isinstance(distance, Fraction) or not isinstance(kind, Number):
        return "", ""
    if tag.past == tag.count:
        return "", ""
    text = _distance_text(distance, kind, tag, run)
    side = next((word for word in ("超过", "低于") if word in tag.text), "相差")
    return f"{side} {text}，", f"{text} past the edge, "


def _distance_text(distance: Fraction, kind: Number, tag: ir.Tag, run: Evaluation) -> str:
    """How far past the edge, with digits enough that it makes the number of steps said beside it."""
    count = evaluate_expression(tag.count, run) if tag.count is not None else None
    text = ""
    for digits in range(2, 12):
        text = percent_text(distance, digits) if kind.style == "percent" else shown_text(distance, kind, digits)
        shown = read_back(text, kind)
        if shown is None or shown == distance or tag.past is None or tag.count is None:
            return text
        counted = evaluate_expression(_with(tag.count, tag.past, ir.Const(shown)), run)
        if shown and (counted == count or (isinstance(count, Fraction) and count.denominator != 1)):
            return text
    return text


def _with(expr: ir.Expr, old: ir.Expr, new: ir.Expr) -> ir.Expr:
    """The expression with one part of it replaced; looks under the operators that a step count is made of."""
    if expr == old:
        return new
    match expr:
        case ir.Op(operands=operands):
            return attrs.evolve(expr, operands=tuple(_with(operand, old, new) for operand in operands))
        case ir.Round(operand=operand):
            return attrs.evolve(expr, operand=_with(operand, old, new))
    return expr


def _rounded_value(program: ir.Program, node: ir.Node, run: Evaluation) -> tuple[str, str] | None:
    """``100.07% 保留为 100%``, where the value was rounded and that changed it."""
    if node.value is None:
        return None
    definition = next(d for d in program.definitions if d.id == node.value)
    if not isinstance(definition.expr, ir.Round) or not isinstance(definition.type, Number):
        return None
    before = evaluate_expression(definition.expr.operand, run)
    after = run.values[definition.id]
    if not isinstance(before, Fraction) or not isinstance(after, Fraction) or before == after:
        return None
    old, new = shown_text(before, definition.type), shown_text(after, definition.type)
    return f"{old} 取为 {new}", f"{old} rounded to {new}"


def _limited(definition: ir.Definition, run: Evaluation) -> tuple[str, str] | None:
    """What a limit did, where it changed anything."""
    expr = definition.expr
    after = run.values[definition.id]
    inner = expr
    while isinstance(inner, ir.Op) and inner.operator in ("min", "max"):
        inner = inner.operands[0]
    before = evaluate_expression(inner, run)
    if not isinstance(before, Fraction) or not isinstance(after, Fraction) or before == after:
        return None
    if after > before:
        return (
            ("扣完为止", "not below 0")
            if after == 0
            else (f"最低 {number_text(after)} 分", f"at least {number_text(after)}")
        )
    return f"最高 {number_text(after)} 分", f"at most {number_text(after)}"

"""不适用, 调整 and 否决 of one node, in their phases.

Functions of the node lowering's file, kept apart for size; ``node`` is the lowering of the node at hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.ir.types import SCORE, TRUTH
from rubriclang.ir.values import Cause, Reason
from rubriclang.semantics import errors
from rubriclang.semantics.expressions import Elaborator
from rubriclang.semantics.judging import judge
from rubriclang.semantics.piecewise import PieceLowering
from rubriclang.semantics.scope import Piece
from rubriclang.syntax import nodes as n

if TYPE_CHECKING:
    from rubriclang.semantics.indicators import NodeLowering


def adjusted(node: NodeLowering, override: n.Override, before: ir.Expr, phase: str) -> ir.Expr:
    """⑥ 调整 or ⑦ 否决: the score after an override that sees the one before it."""
    stage = {"adjust": "调整", "veto": "否决"}[phase]
    before = before if isinstance(before, ir.Ref) else node.define("限额", before)
    elaborator = Elaborator(node.names, node.scope, self_points=(before, SCORE))
    condition = elaborator.condition(override.condition)
    after = before
    for effect in override.effects:
        changed = effect_of(node, elaborator, effect, after, override)
        if changed is None:
            return before
        after = changed  # type: ignore[assignment]  # effects chain
    if condition is None:
        return before
    tag = ir.Tag(override_text(node.e, override), "override", override.span)
    number = sum(d.id.startswith(f"{node.scope.id}#{stage}") for d in node.frame.definitions)
    return node.define(
        f"{stage}{number or ''}", ir.Case((ir.Arm(condition, after, tag), otherwise(before)), override.span)
    )


def effect_of(
    node: NodeLowering, elaborator: Elaborator, effect: n.Effect, before: ir.Expr, override: n.Override
) -> ir.Expr | None:
    """What an effect makes of a score; None (reported) where it has no meaning here."""
    own = effect.target is None or effect.target.text in ("得分", "points", "score", "总分", "total")
    if effect.kind == "left out" and own:
        node.scope.can_leave = True
        return ir.Const(Reason("left out", (Cause("left out", node.scope.name, effect.span),)), effect.span)
    if effect.kind == "spread" or not own:
        text = node.names.source.slice(effect.span)
        node.names.report(errors.NOT_YET, effect.span, what=text, what_en=text)
        return None
    if effect.kind == "judged":
        piece = PieceLowering(elaborator, Piece(None, None), None, node.item, node.frame.defaults)
        node.judged = True
        return judge(piece, effect.range, effect.span)
    assert effect.value is not None
    value = elaborator.score(effect.value)
    if value is None:
        return None
    match effect.op:
        case "<=" | "<":
            return ir.Op("min", (before, value), effect.span)
        case ">=" | ">":
            return ir.Op("max", (before, value), effect.span)
        case _:
            most = node.frame.ranges.of(value).high
            if node.scope.max is not None and most is not None and most > node.scope.max:
                points, full = number_text(most), number_text(node.scope.max)
                node.names.report(errors.AWARD_ABOVE_MAX, effect.span, points=points, max=full)
            return value


def not_applicable(node: NodeLowering, override: n.Override, score: ir.Expr) -> ir.Expr:
    """① 不适用: decides the score by itself where its condition holds."""
    condition = node.e.condition(override.condition)
    if len(override.effects) != 1:
        node.report(errors.MISPLACED, override.span, hint="不适用只写一个结果", hint_en="state one result")
        return score
    effect = override.effects[0]
    tag = ir.Tag(override_text(node.e, override), "override", override.span)
    if effect.kind == "spread" and condition is not None:
        node.scope.spread = node.define("不适用", condition, TRUTH)
        left_out = Reason("left out", (Cause("left out", node.scope.name, effect.span),))
        return ir.Case((ir.Arm(condition, ir.Const(left_out), tag), otherwise(score)), override.span)
    # What the item would score where it applies: for the mean of its peers (平均（各单位：得分）).
    peers = Elaborator(node.names, node.scope, (_where_applicable(node, condition, score), SCORE))
    value = effect_of(node, peers, effect, score, override)
    if condition is None or value is None:
        return score
    return ir.Case((ir.Arm(condition, value, tag), otherwise(score)), override.span)


def _where_applicable(node: NodeLowering, condition: ir.Expr | None, score: ir.Expr) -> ir.Expr:
    left_out = ir.Const(Reason("left out", (Cause("left out", node.scope.name),)))
    if condition is None:
        return score
    return ir.Case((ir.Arm(condition, left_out, ir.Tag("", "plain")), otherwise(score)), score.span)


def override_text(e: Elaborator, override: n.Override) -> str:
    """An override as a result quotes it: its keyword and its condition, ``不适用：非 新建楼堂馆所``."""
    line = e.names.source.slice(override.span)
    return line[: override.condition.span.end - override.span.start].strip()


def otherwise(value: ir.Expr) -> ir.Arm:
    """The arm of a Case that leaves things as they are."""
    return ir.Arm(None, value, ir.Tag("", "plain"))

"""How the parts of a section make its score, and whether their maxima add up to it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.ir.types import Labels
from rubriclang.semantics import errors
from rubriclang.semantics.collect import Body
from rubriclang.semantics.expressions import Elaborator
from rubriclang.semantics.scope import Names
from rubriclang.syntax import nodes as n

_WAYS = {"最高": "max", "highest": "max", "最低": "min", "lowest": "min", "平均": "mean", "average": "mean"}


def contribution(node: ir.Node) -> ir.Expr:
    """What a part adds to its section: its score, times its weight where it has one."""
    score: ir.Expr = ir.Ref(node.points, span=node.span)
    if isinstance(node.weight, Fraction):
        return ir.Op("mul", (score, ir.Const(node.weight)), node.span)
    return score


def part_max(node: ir.Node) -> Fraction:
    """What a part can add to its section: its points, times its weight; a bonus adds nothing to the maximum."""
    if node.bonus or not isinstance(node.max, Fraction):
        return Fraction(0)
    return node.max * node.weight if isinstance(node.weight, Fraction) else node.max


def combine(names: Names, elaborator: Elaborator, body: Body, nodes: dict[tuple[str, ...], ir.Node]) -> ir.Expr | None:
    """The lowered combination of a section's parts; checks their maxima on the way."""
    scope = body.scope
    parts = [nodes[part.path] for part in scope.parts if part.path in nodes]
    scoring = [node for node, part in zip(parts, scope.parts, strict=False) if not isinstance(part.points_type, Labels)]
    if not scoring:
        return ir.Const(Fraction(0), scope.node.span)
    if body.combine is None:
        _check_sum(names, body, scoring)
        terms = tuple(contribution(node) for node in scoring)
        return terms[0] if len(terms) == 1 else ir.Op("add", terms, scope.node.span)
    return _other_way(names, elaborator, body, scoring)


def _check_sum(names: Names, body: Body, parts: list[ir.Node]) -> None:
    scope = body.scope
    if scope.max is None:
        return
    total = sum((part_max(part) for part in parts), Fraction(0))
    if total != scope.max:
        terms = []
        for part in parts:
            if part.bonus or not isinstance(part.max, Fraction):
                continue
            weight = f"×{number_text(part.weight)}" if isinstance(part.weight, Fraction) else ""
            terms.append(f"{part.name} {number_text(part.max)}{weight}")
        names.report(
            errors.SUM_OF_PARTS,
            scope.node.title_span,
            name=scope.name or scope.node.title,
            points=number_text(scope.max),
            sum=number_text(total),
            terms=" + ".join(terms),
        )


def _other_way(names: Names, elaborator: Elaborator, body: Body, parts: list[ir.Node]) -> ir.Expr | None:
    assert body.combine is not None
    how = body.combine.how
    span = body.combine.span
    scores: tuple[ir.Expr, ...] = tuple(ir.Ref(part.points, span=part.span) for part in parts)
    if isinstance(how, n.Name) and how.text in _WAYS:
        way = _WAYS[how.text]
        _check_best(names, body, parts, way)
        if way == "mean":
            return ir.Op("div", (ir.Op("add", scores, span), ir.Const(Fraction(len(scores)))), span)
        return ir.Op(way, scores, span)
    if isinstance(how, n.Call) and how.function in ("择一", "one of") and len(how.arguments) == 1:
        return _one_of(names, elaborator, body, parts, how)
    if isinstance(how, n.Name) and how.text == "折算":
        names.report(errors.NOT_YET, span, what="汇总：折算", what_en="combine: renormalise")
        return None
    return elaborator.score(how)


def _check_best(names: Names, body: Body, parts: list[ir.Node], way: str) -> None:
    scope = body.scope
    maxima = [part_max(part) for part in parts]
    if scope.max is None or not maxima:
        return
    best = {"max": max(maxima), "min": min(maxima), "mean": sum(maxima, Fraction(0)) / len(maxima)}[way]
    if best != scope.max:
        names.report(
            errors.SUM_OF_PARTS,
            scope.node.title_span,
            name=scope.name or scope.node.title,
            points=number_text(scope.max),
            sum=number_text(best),
            terms="、".join(f"{part.name} {number_text(part_max(part))}" for part in parts),
        )


def _one_of(names: Names, elaborator: Elaborator, body: Body, parts: list[ir.Node], how: n.Call) -> ir.Expr | None:
    """``汇总：择一（事实）``: the fact's value is the title of the part that counts."""
    argument: Any = how.arguments[0]
    typed = elaborator.elaborate(argument) if not isinstance(argument, n.Over | n.Where) else None
    if typed is None:
        return None
    if not isinstance(typed[1], Labels):
        names.report(
            errors.WRONG_TYPE,
            argument.span,
            expected="一项列出选项的数据",
            expected_en="a fact with options",
            found=f"“{elaborator.text(argument)}”",
            found_en=f"'{elaborator.text(argument)}'",
            hint="例如：- 考核方式：结余率、变动率",
            hint_en="as in: - method: rate, change",
        )
        return None
    by_name = {part.name: part for part in parts}
    missing = [option for option in typed[1].options if option not in by_name]
    if missing:
        names.report(
            errors.UNKNOWN_LABEL,
            how.span,
            name=missing[0],
            subject=body.scope.name,
            options="、".join(by_name),
            suggestion="选项和下级标题要一致",
            suggestion_en="options and titles of the parts must agree",
        )
        return None
    _check_best(names, body, parts, "max")
    arms = tuple(
        ir.Arm(
            ir.Op("eq", (typed[0], ir.Const(option))),
            ir.Ref(by_name[option].points),
            ir.Tag(option, "row", how.span),
        )
        for option in typed[1].options
    )
    return ir.Case(arms, how.span)

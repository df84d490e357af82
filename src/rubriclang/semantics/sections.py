"""How the parts of a section make its score, and whether their maxima add up to it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.ir.types import Labels
from rubriclang.ir.values import Cause, Reason
from rubriclang.semantics import errors
from rubriclang.semantics.collect import Body
from rubriclang.semantics.expressions import Elaborator
from rubriclang.semantics.scope import Names, Scope
from rubriclang.source import Span
from rubriclang.syntax import nodes as n

_ZERO = ir.Const(Fraction(0))
RENORMALISE = ("折算", "renormalise", "renormalised")
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
    pairs = [(nodes[part.path], part) for part in scope.parts if part.path in nodes]
    scoring = [(node, part) for node, part in pairs if not isinstance(part.points_type, Labels)]
    if not scoring:
        return ir.Const(Fraction(0), scope.node.span)
    parts = [node for node, _ in scoring]
    how = body.combine.how if body.combine is not None else None
    if body.total is not None:
        _ask_about_left_out(names, scope, body.total.value)
        return elaborator.score(body.total.value)
    renormalised = isinstance(how, n.Name) and how.text in RENORMALISE
    if how is not None and not renormalised:
        if isinstance(how, n.Name):
            _ask_about_left_out(names, scope, how)
        return _other_way(names, elaborator, body, parts)
    _check_sum(names, body, parts)
    raw = _sum_of(scoring, scope.node.span)
    scope.available = _available(scoring, scope.node.span)
    if scope.available is None:
        return raw
    if not renormalised:
        if scope is names.root:
            part = next(p for p in scope.walk() if p.can_leave)
            names.report(errors.LEFT_OUT_UNANSWERED, part.node.title_span, name=part.name)
        return raw
    full = ir.Const(scope.max if scope.max is not None else Fraction(100))
    scaled = ir.Op("div", (ir.Op("mul", (raw, full)), scope.available), scope.node.span)
    left_out = Reason("left out", (Cause("left out", scope.name),))
    handler = ir.Handler("zero", ir.Const(left_out), ir.Tag("", "plain"))
    scope.can_leave = all(part.can_leave for _, part in scoring)
    scope.available = None
    return ir.Catch(scaled, (handler,), scope.node.span)


def _ask_about_left_out(names: Names, scope: Scope, formula: n.Expression) -> None:
    """What is left out below must be answered: by 剔除 in its section, or by a formula that reads what remains."""
    open_parts = [part for part in scope.parts if part.can_leave or part.available is not None]
    if open_parts and not any(word in names.source.slice(formula.span) for word in ("得分率", "可评满分")):
        part = next(p for p in open_parts[0].walk() if p.can_leave)
        names.report(errors.LEFT_OUT_UNANSWERED, part.node.title_span, name=part.name)


def _sum_of(scoring: list[tuple[ir.Node, Scope]], span: Span) -> ir.Expr:
    """The sum of contributions; a part left out adds nothing, one spread adds its points to its siblings' weight."""
    extra = _share(scoring, span)
    terms = []
    for node, part in scoring:
        term = contribution(node)
        if extra is not None and isinstance(node.max, Fraction) and node.max:
            factor = ir.Op("add", (ir.Const(Fraction(1)), ir.Op("div", (extra, ir.Const(node.max)))), span)
            term = ir.Op("mul", (term, factor), span)
        if part.can_leave or part.spread is not None:
            term = ir.Catch(term, (ir.Handler("left out", _ZERO, ir.Tag("", "plain")),), span)
        terms.append(term)
    return terms[0] if len(terms) == 1 else ir.Op("add", tuple(terms), span)


def _share(scoring: list[tuple[ir.Node, Scope]], span: Span) -> ir.Expr | None:
    """What each remaining part gets of the points of parts that do not apply (分摊): equal shares."""
    if not any(part.spread is not None for _, part in scoring):
        return None
    plain = ir.Tag("", "plain")
    gone: list[ir.Expr] = []
    left: list[ir.Expr] = []
    for node, part in scoring:
        if part.spread is None:
            left.append(ir.Const(Fraction(1)))
            continue
        points = ir.Const(part_max(node))
        gone.append(ir.Case((ir.Arm(part.spread, points, plain), ir.Arm(None, _ZERO, plain)), span))
        left.append(ir.Case((ir.Arm(part.spread, _ZERO, plain), ir.Arm(None, ir.Const(Fraction(1)), plain)), span))
    share = ir.Op("div", (ir.Op("add", tuple(gone), span), ir.Op("add", tuple(left), span)), span)
    return ir.Catch(share, (ir.Handler("zero", _ZERO, plain),), span)


def _available(scoring: list[tuple[ir.Node, Scope]], span: Span) -> ir.Expr | None:
    """The points that can be scored at all; None where nothing can be left out."""
    if not any(part.can_leave or part.available is not None for _, part in scoring):
        return None
    terms: list[ir.Expr] = []
    for node, part in scoring:
        points: ir.Expr = part.available if part.available is not None else ir.Const(_own_max(node))
        if isinstance(node.weight, Fraction):
            points = ir.Op("mul", (points, ir.Const(node.weight)), span)
        if part.can_leave:
            gone = ir.Op("is left out", (ir.Ref(node.points),), span)
            plain = ir.Tag("", "plain")
            points = ir.Case((ir.Arm(gone, _ZERO, plain), ir.Arm(None, points, plain)), span)
        terms.append(points)
    return terms[0] if len(terms) == 1 else ir.Op("add", tuple(terms), span)


def _own_max(node: ir.Node) -> Fraction:
    return node.max if isinstance(node.max, Fraction) and not node.bonus else Fraction(0)


def _check_sum(names: Names, body: Body, parts: list[ir.Node]) -> None:
    scope = body.scope
    if scope.max is None or any(part.node.broken for part in scope.parts):
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
            hint="数据写成 - 考核方式：结余率、变动率；公式写成 考核方式 = 情形：若 … -> “结余率”；否则 -> “变动率”",
            hint_en="as a fact: - method: rate, change; as a formula: method = cases: if … -> “rate”; else -> “change”",
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

"""Checks and lowers aggregates: over the rows of a list fact, the parts of a section, the units of a population.

Functions of the elaborator's file, kept apart for size; ``e`` is the elaborator of the scope at hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from rubriclang.diagnostics.suggest import closest
from rubriclang.ir import nodes as ir
from rubriclang.ir.types import SCORE, TRUTH, Many, Number, Truth, Type, Words
from rubriclang.ir.units import PLAIN
from rubriclang.ir.values import Cause, Reason
from rubriclang.semantics import errors
from rubriclang.semantics.scope import ListInfo, Scope
from rubriclang.syntax import nodes as n

if TYPE_CHECKING:
    from rubriclang.semantics.expressions import Elaborator

Typed = tuple[ir.Expr, Type]
POPULATION = ("各单位", "units")
PARTS = ("各项", "parts")
FUNCTIONS = {
    "个数": "count",
    "count": "count",
    "合计": "sum",
    "sum": "sum",
    "平均": "mean",
    "mean": "mean",
    "中位数": "median",
    "median": "median",
    "最大": "max",
    "max": "max",
    "最小": "min",
    "min": "min",
    "任一": "any",
    "any": "any",
    "全部": "all",
    "all": "all",
    "名次": "rank",
    "rank": "rank",
    "列出": "list",
    "list": "list",
}
_CLAUSES: dict[str, Any] = {
    "就高": "best per",
    "best_per": "best per",
    "去最高": "drop highest",
    "drop_highest": "drop highest",
    "去最低": "drop lowest",
    "drop_lowest": "drop lowest",
    "取前": "take",
    "take": "take",
    "权": "weight",
    "weight": "weight",
    "计量": "measure",
    "measure": "measure",
    "顺序": "order",
    "order": "order",
    "并列": "ties",
    "ties": "ties",
}
_OUTER = ("drop highest", "drop lowest", "take", "rising")
_TIES = {
    "同名次": "same",
    "same": "same",
    "连续": "dense",
    "dense": "dense",
    "末名次": "last",
    "last": "last",
    "平均": "mean",
    "mean": "mean",
}
_RISING = {"从低到高": True, "rising": True, "从高到低": False, "falling": False}


def is_aggregate(e: Elaborator, expr: n.Call) -> bool:
    """Whether a call ranges over a collection: it says so with ``集合：式``, or names a collection alone."""
    if expr.function not in FUNCTIONS:
        return False
    if any(isinstance(a, n.Over | n.Where) for a in expr.arguments):
        return True
    first = expr.arguments[0]
    if not isinstance(first, n.Name):
        return False
    name = first.parts[0]
    if len(first.parts) == 1:
        return name in POPULATION or name in PARTS or name in e.names.lists
    return len(first.parts) == 2 and name in e.names.lists and not e.inside_list(name)


def aggregate(e: Elaborator, expr: n.Call) -> Typed | None:
    """The lowered aggregate."""
    function = FUNCTIONS[expr.function]
    first = expr.arguments[0]
    body: n.Expression | None = None
    match first:
        case n.Over(collection=collection, body=body):
            pass
        case n.Name(parts=parts) if len(parts) == 2:
            collection, body = n.Name(parts[:1], first.span), first
        case n.Name():
            collection = first
        case _:
            e.report(errors.WRONG_ARGUMENTS, expr.span, name=expr.function, usage=f"{expr.function}（集合：式）")
            return None
    if body is None and function != "count":
        e.report(
            errors.WRONG_ARGUMENTS, expr.span, name=expr.function, usage=f"{expr.function}（{collection.text}：式）"
        )
        return None
    name = collection.text
    if name in POPULATION:
        e.names.needs_population = True
        return _over(e, expr, function, ir.POPULATION, body, e.inside("units"))
    if name in e.names.lists:
        if function == "rank" and not e.inside_list(name):
            column = body.text if isinstance(body, n.Name) else expr.function
            e.report(errors.ROW_OUTSIDE_LIST, expr.span, name=e.text(expr), list=name, column=column)
            return None
        return _over(e, expr, function, name, body, e.inside(e.names.lists[name]))
    section = e.scope if name in PARTS else e.names.lookup(e.scope, collection.parts)
    if isinstance(section, Scope) and section.parts:
        return _over_parts(e, expr, function, section, body)
    near = closest(name, [*e.names.lists, *PARTS[:1], *POPULATION[:1]])
    e.report(
        errors.UNKNOWN_COLLECTION,
        collection.span,
        name=name,
        suggestion=f"是不是“{near}”？" if near else "可以是：表的名称、各项、各单位、有下级的节",
        suggestion_en=f"did you mean '{near}'?" if near else "possible: a table, parts, units, a section",
    )
    return None


def _over(
    e: Elaborator, expr: n.Call, function: str, collection: str, body: n.Expression | None, inner: Elaborator
) -> Typed | None:
    typed = None if body is None else inner.elaborate(body)
    where = _where(expr)
    condition = None if where is None else inner.condition(where.condition)
    clauses = _clauses(e, expr, inner, function)
    if (body is not None and typed is None) or (where is not None and condition is None) or clauses is None:
        return None
    kind = _result(e, expr, function, None if typed is None else typed[1])
    if kind is None:
        return None
    lowered = ir.Agg(function, collection, None if typed is None else typed[0], condition, (), clauses, (), expr.span)
    return lowered, kind


def _over_parts(e: Elaborator, expr: n.Call, function: str, section: Scope, body: n.Expression | None) -> Typed | None:
    """The parts of a section are known, so each becomes an expression of its own."""
    where = _where(expr)
    items: list[ir.Expr] = []
    own_clauses: list[tuple[ir.Clause, ...]] = []
    kind: Type | None = None
    for part in section.parts:
        inner = e.inside(part)
        typed = (ir.Const(True), TRUTH) if body is None else inner.elaborate(body)
        if typed is None:
            return None
        item, own = typed
        if isinstance(own, Number) and isinstance(kind, Number) and body is not None:
            both = e.unify((ir.Const(True), kind), (item, own), body, body, ("合计", "combined"))
            if both is None:
                return None
            item = both[1]
        kind = kind or own
        if where is not None:
            condition = inner.condition(where.condition)
            if condition is None:
                return None
            left_out = ir.Const(Reason("left out", (Cause("left out", part.name),)))
            plain = ir.Tag("", "plain")
            item = ir.Case((ir.Arm(condition, item, plain), ir.Arm(None, left_out, plain)), expr.span)
        items.append(item)
        clauses = _clauses(e, expr, inner, function)
        if clauses is None:
            return None
        own_clauses.append(clauses)
    result = _result(e, expr, function, kind)
    if result is None:
        return None
    if function == "rank":
        e.report(
            errors.WRONG_ARGUMENTS, expr.span, name=expr.function, usage=f"{expr.function}（各单位：式，并列 = 同名次）"
        )
        return None
    every = own_clauses[0] if own_clauses else ()
    outer = tuple(clause for clause in every if clause.kind in _OUTER)
    inner_clauses = tuple(tuple(clause for clause in own if clause.kind not in _OUTER) for own in own_clauses)
    return ir.Agg(function, "", None, None, tuple(items), outer, inner_clauses, expr.span), result


def _where(expr: n.Call) -> n.Where | None:
    return next((a for a in expr.arguments if isinstance(a, n.Where)), None)


def _result(e: Elaborator, expr: n.Call, function: str, body: Type | None) -> Type | None:
    match function:
        case "count" | "rank":
            return Number(PLAIN, bare=True, whole=True)
        case "any" | "all":
            if isinstance(body, Truth):
                return TRUTH
            e.report(errors.WRONG_ARGUMENTS, expr.span, name=expr.function, usage=f"{expr.function}（集合：条件）")
            return None
        case "list":
            return Many(body or TRUTH)
        case _:
            if isinstance(body, Number):
                whole = body.whole and function in ("sum", "max", "min")
                return attrs.evolve(body, bare=False, whole=whole)
            e.report(errors.WRONG_ARGUMENTS, expr.span, name=expr.function, usage=f"{expr.function}（集合：数）")
            return None


def _clauses(e: Elaborator, expr: n.Call, inner: Elaborator, function: str) -> tuple[ir.Clause, ...] | None:
    clauses: list[ir.Clause] = []
    for argument in expr.arguments[1:]:
        if isinstance(argument, n.Where):
            continue
        clause = _clause(e, argument, inner)
        if clause is None:
            return None
        if clause.kind != "rising" or clause.word == "rising":
            clauses.append(clause)
    if function == "rank" and not any(clause.kind == "ties" for clause in clauses):
        e.report(errors.TIES_NEEDED, expr.span)
        return None
    return tuple(clauses)


def _clause(e: Elaborator, argument: Any, inner: Elaborator) -> ir.Clause | None:
    known = isinstance(argument, n.Comparison) and argument.op == "=" and isinstance(argument.left, n.Name)
    kind = _CLAUSES.get(argument.left.text) if known else None
    if kind is None:
        hint = ("可以写：其中 …、就高 = …、去最高 = n、去最低 = n、取前 = n、权 = …、顺序 = …、并列 = …", "")
        e.report(
            errors.MISPLACED, argument.span, hint=hint[0], hint_en="write where …, take = n, ties = … and the like"
        )
        return None
    value = argument.right
    word = value.text if isinstance(value, n.Name) else ""
    if kind == "order" and isinstance(value, n.Call) and value.function in _RISING and len(value.arguments) == 1:
        key = inner.number(value.arguments[0]) if not isinstance(value.arguments[0], n.Over | n.Where) else None
        word = "rising" if _RISING[value.function] else "falling"
        return None if key is None else ir.Clause("sort", key[0], word)
    if kind == "order":
        if word not in _RISING:
            hint = ("写 顺序 = 从高到低 或 从低到高", "write order = falling or rising")
            e.report(errors.MISPLACED, argument.span, hint=hint[0], hint_en=hint[1])
            return None
        return ir.Clause("rising", None, "rising" if _RISING[word] else "falling")
    if kind == "ties" and word in _TIES:
        return ir.Clause("ties", None, _TIES[word])
    where = inner if kind in ("best per", "weight", "measure", "ties") else e
    typed = where.elaborate(value) if kind == "best per" else where.number(value)
    return None if typed is None else ir.Clause(kind, typed[0])


def part_name(part: Scope, name: str, span: Any) -> Typed | None:
    """What a name means for a part of a section: its score, its points, its title, or one of its formulas."""
    match name:
        case "得分" | "points" | "score":
            return ir.Ref(part.points, span=span), part.points_type or SCORE
        case "满分" | "max" if part.max is not None:
            return ir.Const(part.max, span), SCORE
        case "得分率" if part.max:
            available = part.available if part.available is not None else ir.Const(part.max)
            ratio = ir.Op("div", (ir.Ref(part.points, span=span), available), span)
            return ratio, Number(PLAIN, "percent")
        case "可评满分" if part.max:
            return (part.available if part.available is not None else ir.Const(part.max)), SCORE
        case "名称" | "name":
            return ir.Const(part.name, span), Words()
    symbol = part.symbols.get(name)
    if symbol is not None and symbol.done and symbol.type is not None:
        return ir.Ref(symbol.id, span=span), symbol.type
    return None


def row_name(info: ListInfo, name: str, span: Any) -> Typed | None:
    """What a name means for the row at hand: a column, or a formula computed for each row."""
    column = info.columns.get(name)
    if column is not None:
        return ir.Ref(f"{info.name}.{name}", "column", span), column.type
    symbol = info.symbols.get(name)
    if symbol is not None and symbol.done and symbol.type is not None:
        return ir.Ref(symbol.id, "row", span), symbol.type
    return None

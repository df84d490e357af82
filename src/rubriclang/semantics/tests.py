"""Checks and lowers in-file tests (测试)."""

from __future__ import annotations

import attrs

from rubriclang.diagnostics.suggest import closest
from rubriclang.facts.binding import FactSet, Schema
from rubriclang.ir import nodes as ir
from rubriclang.ir.types import Number
from rubriclang.ir.values import Reason, ReasonKind
from rubriclang.semantics import errors
from rubriclang.semantics.expressions import Elaborator
from rubriclang.semantics.given_tables import Rows, given_rows, given_units, is_population
from rubriclang.semantics.scope import Names, Scope, Symbol
from rubriclang.syntax import nodes as n

_REASONS: dict[str, ReasonKind] = {
    "缺失": "missing",
    "missing": "missing",
    "待评定": "pending",
    "pending": "pending",
    "无定义": "undefined",
    "undefined": "undefined",
    "不计": "left out",
}
_VERDICTS = {"相符": True, "不符": False, "holds": True, "fails": False}


def lower_tests(names: Names, tests: list[n.Test], checks: tuple[ir.Check, ...], schema: Schema) -> tuple[ir.Test, ...]:
    """The in-file tests; 已知 may set facts and parameters, 评定 sets the points of judged items."""
    return tuple(_test(names, test, checks, schema) for test in tests)


def _test(names: Names, test: n.Test, checks: tuple[ir.Check, ...], schema: Schema) -> ir.Test:
    e = Elaborator(names, names.root)
    given: list[tuple[str, ir.Expr]] = []
    judged: list[tuple[str, ir.Expr]] = []
    expectations: list[ir.Expectation] = []
    lists: list[tuple[str, Rows]] = []
    others: tuple[FactSet, ...] | None = None
    for item in test.items:
        match item:
            case n.Given(judged=True):
                found = _judged(e, item, schema)
                if found is not None:
                    judged.append(found)
            case n.GivenTable() if is_population(item):
                others = given_units(names, schema, item)
            case n.GivenTable():
                rows = given_rows(names, schema, item)
                if rows is not None:
                    lists.append(rows)
            case n.Given():
                found = _given(e, item)
                if found is not None:
                    given.append(found)
            case n.ExpectedCheck(name=name, verdict=verdict):
                if name.text not in {check.name for check in checks}:
                    near = closest(name.text, [check.name for check in checks])
                    words = (f"是不是“{near}”？", f"did you mean '{near}'?") if near else ("", "")
                    params = {"suggestion": words[0], "suggestion_en": words[1]}
                    names.report(errors.UNKNOWN_CHECK, name.span, name=name.text, **params)
                elif verdict.text not in _VERDICTS:
                    hint = ("写“= 相符”或“= 不符”", "write '= holds' or '= fails'")
                    names.report(errors.MISPLACED, verdict.span, hint=hint[0], hint_en=hint[1])
                else:
                    text = f"勾稽 {name.text} = {verdict.text}"
                    expectations.append(
                        ir.Expectation(text, "check", check=name.text, holds=_VERDICTS[verdict.text], span=item.span)
                    )
            case n.Expected(condition=condition, text=text):
                expectation = _expectation(e, condition, text)
                if expectation is not None:
                    expectations.append(attrs.evolve(expectation, span=item.span))
    units = None if others is None else tuple((other.unit, other.values, other.judged) for other in others)
    return ir.Test(
        test.name, test.path, tuple(given), tuple(judged), tuple(expectations), tuple(lists), units, test.span
    )


def _given(e: Elaborator, item: n.Given) -> tuple[str, ir.Expr] | None:
    name = item.target.text
    fact = e.names.facts.get(name)
    if fact is not None:
        bare = _bare_number(item.value)
        if bare is not None and isinstance(fact.type, Number) and fact.type.unit.dimensions:
            return f"fact {name}", bare  # in the unit declared, as in a fact file
        typed = e.compare("=", item.target, (ir.Ref(name, "fact"), fact.type), item.value, item.value.span)
        if typed is None or not isinstance(typed[0], ir.Op):
            return None
        return f"fact {name}", typed[0].operands[1]
    target = e.names.lookup(e.scope, item.target.parts)
    if isinstance(target, Symbol) and target.parameter and target.type is not None:
        own = (ir.Ref(target.id), target.type)
        typed = e.compare("=", item.target, own, item.value, item.value.span)
        return (target.id, typed[0].operands[1]) if typed is not None and isinstance(typed[0], ir.Op) else None
    inside = any(name in scope.symbols for scopes in e.names.by_name.values() for scope in scopes)
    if isinstance(target, Symbol | Scope) or inside:
        what = ("指标", "an indicator") if isinstance(target, Scope) else ("公式", "a formula")
        zh = f"“已知”后面只写数据和参数；“{name}”是{what[0]}，由数据算出来，给它用到的数据"
        en = (
            f"'given' takes facts and parameters only; '{name}' is {what[1]}, which is computed: give the facts it uses"
        )
        if isinstance(target, Scope):
            zh, en = f"{zh}，由人评的写“评定 {name} = …”", f"{en}, or write 'assessed {name} = …' where a person judges"
        e.report(errors.MISPLACED, item.target.span, hint=zh, hint_en=en)
        return None
    e.unknown(name, item.target.span)
    return None


def _bare_number(value: n.Expression) -> ir.Expr | None:
    """A number without a unit, as it may stand in a fact file."""
    negative = isinstance(value, n.Negation)
    number = value.operand if isinstance(value, n.Negation) else value
    if not isinstance(number, n.Number) or number.unit is not None:
        return None
    return ir.Const(-number.value if negative else number.value, value.span)


def _judged(e: Elaborator, item: n.Given, schema: Schema) -> tuple[str, ir.Expr] | None:
    """The judged item that 评定 names: an indicator, or a formula of one (``指标.式``) whose rows ask a person."""
    parts = item.target.parts
    points = e.score(item.value)
    spelt = {"/".join(parts), "/".join(parts[:-1]) + f".{parts[-1]}"}
    found = sorted(known for known in schema.judged if any(known == s or known.endswith(f"/{s}") for s in spelt))
    leaves = [s for s in e.names.by_name.get(parts[-1], []) if not s.parts and s.path[-len(parts) :] == parts]
    if len(found) > 1:
        places = [known.replace("/", ".") for known in found]
        params = {"places": "；".join(places), "places_en": ", ".join(places), "example": places[0]}
        e.report(errors.AMBIGUOUS_NAME, item.target.span, name=item.target.text, **params)
        return None
    if not found:
        if leaves and not any(leaf.broken for leaf in leaves):
            e.report(errors.NOT_JUDGED, item.target.span, name=item.target.text)
        elif not leaves:
            e.unknown(item.target.text, item.target.span)
        return None
    return None if points is None else (found[0], points)


def _expectation(e: Elaborator, condition: n.Expression, text: str) -> ir.Expectation | None:
    if isinstance(condition, n.Comparison) and isinstance(condition.right, n.Name) and condition.op == "=":
        reason = _REASONS.get(condition.right.text)
        left = e.elaborate(_leaf(e, condition.left)) if reason is not None else None
        if reason is not None:
            return ir.Expectation(text, "formula", left=left[0], right=ir.Const(Reason(reason))) if left else None
    if isinstance(condition, n.Comparison):
        condition = attrs.evolve(condition, left=_leaf(e, condition.left))
        target = e.names.lookup(e.scope, condition.left.parts) if isinstance(condition.left, n.Name) else None
        if isinstance(target, Scope):  # 满分 is that of the indicator asked about
            e = Elaborator(e.names, e.scope, full=target.max)
        typed = e.elaborate(condition)
        if typed is None:
            return None
        if isinstance(typed[0], ir.Op) and typed[0].operator == "eq":
            return ir.Expectation(text, "formula", left=typed[0].operands[0], right=typed[0].operands[1])
        return ir.Expectation(text, "formula", expr=typed[0])
    truth = e.condition(condition)
    return None if truth is None else ir.Expectation(text, "formula", expr=truth)


def _leaf(e: Elaborator, expr: n.Expression) -> n.Expression:
    """In a test the name of an indicator wins over a fact of the same name, and a leaf over its namesake section."""
    if isinstance(expr, n.Number) and expr.unit is None:  # a title that is a number: 2.222
        written = e.names.source.slice(expr.span).strip()
        expr = n.Name((written,), expr.span) if written in e.names.by_name else expr
    if not isinstance(expr, n.Name) or len(expr.parts) != 1:
        return expr
    candidates = e.names.by_name.get(expr.parts[0], [])
    leaves = [scope for scope in candidates if not scope.parts]
    if len(leaves) == 1 and (len(candidates) > 1 or expr.parts[0] in e.names.facts):
        return attrs.evolve(expr, parts=(*leaves[0].path, "得分"))
    return expr

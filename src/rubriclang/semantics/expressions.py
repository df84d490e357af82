"""Checks an expression and lowers it, in one pass: a unit conversion is both a check and an operation.

Every method returns the lowered expression and its type, or None when something was wrong (and reported).
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import attrs

from rubriclang.diagnostics.suggest import closest
from rubriclang.ir import nodes as ir
from rubriclang.ir.types import (
    SCORE,
    TRUTH,
    Day,
    Number,
    Truth,
    Type,
    Words,
    describe,
)
from rubriclang.ir.units import PLAIN, POINT_DIFFERENCES, POINTS, find_unit, known_units
from rubriclang.semantics import aggregates, arithmetic, comparisons, errors, functions
from rubriclang.semantics.lost_names import lost
from rubriclang.semantics.scope import (
    GRADE_NAMES,
    SCORE_NAMES,
    TOTAL_NAMES,
    TRUTHS,
    ListInfo,
    Names,
    Scope,
    Symbol,
)
from rubriclang.source import Span
from rubriclang.syntax import nodes as n
from rubriclang.syntax.phrases import name_advice

Typed = tuple[ir.Expr, Type]
# What surrounds an expression: a list's row, a part of a section, a unit of the population.
Context = ListInfo | Scope | str


class Elaborator:
    """Lowers expressions that stand in one scope.

    ``self_points`` is what 得分 (and at the root 总分) means inside the scope's own overrides, where it is the
    score so far; elsewhere a node cannot read its own score.
    """

    def __init__(
        self, names: Names, scope: Scope, self_points: Typed | None = None, full: Fraction | None = None
    ) -> None:
        self.names = names
        self.scope = scope
        self.self_points = self_points
        self.self_grade: Typed | None = None
        self.within: tuple[Context, ...] = ()
        self.full_expr: ir.Expr | None = None
        self.full = scope.max if full is None else full

    def report(self, kind: Any, span: Span, **params: str) -> None:
        """Adds a diagnostic."""
        self.names.report(kind, span, **params)

    def text(self, expr: Any) -> str:
        """The words of the rubric under a syntax node."""
        return self.names.source.slice(expr.span).strip()

    # -- collections

    def inside(self, context: Context) -> Elaborator:
        """The elaborator for what stands inside a collection: a list's row, a part of a section, a unit."""
        inner = Elaborator(self.names, self.scope, self.self_points, self.full)
        inner.self_grade, inner.full_expr = self.self_grade, self.full_expr
        inner.within = (*self.within, context)
        return inner

    def inside_list(self, name: str) -> bool:
        """Whether a row of that list is at hand."""
        return any(isinstance(c, ListInfo) and c.name == name for c in self.within)

    def in_collection(self, parts: tuple[str, ...], span: Span) -> Typed | None:
        """What a name means for the rows, parts or units at hand, innermost first."""
        for context in reversed(self.within):
            if isinstance(context, ListInfo):
                name = parts[0] if len(parts) == 1 else parts[1] if parts[0] == context.name else None
                found = aggregates.row_name(context, name, span) if name and len(parts) <= 2 else None
            elif isinstance(context, Scope) and len(parts) == 1:
                found = aggregates.part_name(context, parts[0], span)
            else:
                found = None
            if found is not None:
                return found
        return None

    # -- entry points for an expected type

    def number(self, expr: n.Expression) -> tuple[ir.Expr, Number] | None:
        """A numeric expression."""
        typed = self.elaborate(expr)
        if typed is None:
            return None
        if not isinstance(typed[1], Number):
            self.wrong(expr, "一个数", "a number", typed[1])
            return None
        return typed[0], typed[1]

    def score(self, expr: n.Expression) -> ir.Expr | None:
        """An expression that comes to points."""
        typed = self.number(expr)
        if typed is None:
            return None
        if not typed[1].unit.plain:
            self.wrong(expr, "分数", "points", typed[1])
            return None
        return typed[0]

    def condition(self, expr: n.Expression) -> ir.Expr | None:
        """An expression that is true or false."""
        typed = self.elaborate(expr)
        if typed is None:
            return None
        if not isinstance(typed[1], Truth):
            hint_zh, hint_en = "写成比较，例如 超期次数 > 0", "write a comparison, as in overdue > 0"
            self.wrong(expr, "一个条件", "a condition", typed[1], hint_zh, hint_en)
            return None
        return typed[0]

    def wrong(self, expr: Any, zh: str, en: str, found: Type, hint: str = "", hint_en: str = "") -> None:
        """Reports an expression of the wrong type."""
        self.report(
            errors.WRONG_TYPE,
            expr.span,
            expected="是或否" if zh == "是否" else zh,
            expected_en=en,
            found=f"“{self.text(expr)}”（{describe(found)}）",
            found_en=f"'{self.text(expr)}' ({describe(found, 'en')})",
            hint=hint,
            hint_en=hint_en,
        )

    # -- all kinds of expression

    def elaborate(self, expr: n.Expression) -> Typed | None:
        """Any expression, by its kind."""
        match expr:
            case n.Number():
                return self._literal(expr)
            case n.Text(value=value):
                if self.names.lookup(self.scope, (f"“{value}”",)) is not None:  # a title wholly in quotes
                    return self._name(n.Name((f"“{value}”",), expr.span))
                return ir.Const(value, expr.span), Words()
            case n.Date(year=year, month=month, day=day):
                try:
                    return ir.Const(date(year, month, day), expr.span), Day()
                except ValueError:
                    self.report(errors.BAD_DATE, expr.span, text=self.text(expr))
                    return None
            case n.Full():
                if self.full_expr is not None:
                    return self.full_expr, SCORE
                if self.within and isinstance(self.within[-1], Scope) and self.within[-1].max is not None:
                    return ir.Const(self.within[-1].max, expr.span), SCORE
                if self.full is None:
                    hint = ("给标题写上分值，例如（5分）", "put points on the heading, as in (5 points)")
                    self.report(errors.MISPLACED, expr.span, hint=hint[0], hint_en=hint[1])
                    return None
                return ir.Const(self.full, expr.span), attrs.evolve(SCORE, bare=False)
            case n.Name():
                return self._name(expr)
            case n.Negation(operand=operand):
                inner = self.number(operand)
                if inner is None:
                    return None
                if isinstance(inner[0], ir.Const) and isinstance(inner[0].value, Fraction):
                    return ir.Const(-inner[0].value, expr.span), inner[1]
                return ir.Op("neg", (inner[0],), expr.span), inner[1]
            case n.Sum():
                return arithmetic.add(self, expr)
            case n.Product():
                return arithmetic.multiply(self, expr)
            case n.Power():
                return arithmetic.power(self, expr)
            case n.Comparison():
                return comparisons.compare(self, expr.op, expr.left, None, expr.right, expr.span)
            case n.And(items=items) | n.Or(items=items):
                lowered = [self.condition(item) for item in items]
                operator = "and" if isinstance(expr, n.And) else "or"
                if any(item is None for item in lowered):
                    return None
                return ir.Op(operator, tuple(item for item in lowered if item is not None), expr.span), TRUTH
            case n.Not(operand=operand):
                inner_truth = self.condition(operand)
                return None if inner_truth is None else (ir.Op("not", (inner_truth,), expr.span), TRUTH)
            case n.IsMissing(target=target):
                typed = self._name(target)
                return None if typed is None else (ir.Op("is missing", (typed[0],), expr.span), TRUTH)
            case n.Call():
                return functions.call(self, expr)

    def _literal(self, expr: n.Number) -> Typed | None:
        if expr.unit is None:
            return ir.Const(expr.value, expr.span), Number(PLAIN, bare=True, whole=expr.value.denominator == 1)
        unit = find_unit(expr.unit, self.names.units)
        if unit is None:
            self.unknown_unit(expr.unit, expr.span)
            return None
        if unit.plain:
            if unit == POINTS:
                return ir.Const(expr.value, expr.span), SCORE
            style = "percent" if unit.scale < 1 else "plain"
            kind = Number(PLAIN, style, difference=expr.unit in POINT_DIFFERENCES)  # type: ignore[arg-type]
            return ir.Const(expr.value * unit.scale, expr.span), kind
        return ir.Const(expr.value, expr.span), Number(unit, whole=expr.value.denominator == 1)

    def unknown_unit(self, word: str, span: Span) -> None:
        """Reports a unit nobody knows, with the nearest known one."""
        near = closest(word, known_units(self.names.units))
        zh = f"是不是“{near}”？" if near else ""
        en = f"did you mean '{near}'? " if near else ""
        self.report(
            errors.UNKNOWN_UNIT,
            span,
            name=word,
            suggestion=zh + f"新的单位先声明：计量单位：{word}",
            suggestion_en=en + f"declare a new unit first: measures: {word}",
        )

    # -- names

    def _name(self, expr: n.Name) -> Typed | None:
        parts = expr.parts
        if parts[0] in ("本单位", "own") and len(parts) > 1 and "units" in self.within:
            outer = Elaborator(self.names, self.scope, self.self_points, self.full)
            typed = outer.elaborate(n.Name(parts[1:], expr.span))
            if typed is None or not isinstance(typed[0], ir.Ref):
                return None
            return attrs.evolve(typed[0], own=True), typed[1]
        found = self.in_collection(parts, expr.span)
        if found is not None:
            return found
        if len(parts) == 2 and parts[0] in self.names.lists:
            info = self.names.lists[parts[0]]
            if parts[1] in info.columns or parts[1] in info.symbols:
                self.report(errors.ROW_OUTSIDE_LIST, expr.span, name=expr.text, list=parts[0], column=parts[1])
                return None
        if len(parts) == 1:
            special = self._special(parts[0], expr.span)
            if special is not None:
                return special
        if len(parts) == 1 and any(isinstance(c, ListInfo) and parts[0] in c.symbols for c in self.within):
            return None  # a formula of the row that failed, reported where it is defined
        target = self.names.lookup(self.scope, parts)
        match target:
            case ir.Fact():
                self.names.used_facts.add(target.name)
                if target.name in self.names.untyped:
                    return None
                return ir.Ref(target.name, "fact", expr.span), target.type
            case Symbol():
                if target is self.names.grade and self.self_grade is not None:
                    return self.self_grade
                if not target.done or target.type is None:
                    return None  # reported where it is defined
                return ir.Ref(target.id, span=expr.span), target.type
            case Scope():
                if target is self.scope and self.self_points is not None:
                    return self.self_points
                return ir.Ref(target.points, span=expr.span), target.points_type or SCORE
            case list():
                places = [".".join(scope.path) for scope in target]
                example = ".".join(target[-1].path[-2:])
                self.report(
                    errors.AMBIGUOUS_NAME,
                    expr.span,
                    name=expr.text,
                    places="；".join(places),
                    places_en=", ".join(places),
                    example=example,
                )
                return None
            case None:
                self.unknown(expr.text, expr.span)
                return None

    def _special(self, name: str, span: Span) -> Typed | None:
        if name in SCORE_NAMES and self.self_points is not None:
            return self.self_points
        if name in TOTAL_NAMES and name not in self.names.facts:
            if self.self_points is not None and self.scope is self.names.root:
                return self.self_points
            return ir.Ref(self.names.root.points, span=span), SCORE
        if name in TRUTHS and name not in self.names.facts:
            return ir.Const(TRUTHS[name], span), TRUTH
        return None

    def visible(self) -> list[str]:
        """Every name that could stand here, for "did you mean"."""
        found: list[str] = []
        for context in self.within:
            if isinstance(context, ListInfo):
                found += [*context.columns, *context.symbols]
        around: Scope | None = self.scope
        while around is not None:
            found += around.symbols
            around = around.parent
        return [*found, *self.names.facts, *self.names.by_name]

    def unknown(self, name: str, span: Span) -> None:
        """Reports a name nobody knows, with the nearest known one; not one that an unreadable line would define."""
        if lost(self.names, self.scope, name):
            return
        near = closest(name, self.visible())
        unit = find_unit(name, self.names.units)
        zh = f"是不是“{near}”？" if near else "先在“数据：”里声明它，或检查写法"
        en = f"did you mean '{near}'?" if near else "declare it under 'facts:', or check the spelling"
        if unit is not None and not near:
            zh, en = f"“{name}”是单位，前面要有数", f"'{name}' is a unit: put a number before it"
        phrase = name_advice(name)
        if phrase[0] and not near:
            zh, en = phrase
        self.report(errors.UNKNOWN_NAME, span, name=name, suggestion=zh, suggestion_en=en)

    def is_label(self, expr: n.Expression) -> str | None:
        """The label that an expression may stand for: a text, or a bare name that names nothing else."""
        if isinstance(expr, n.Text):
            return expr.value if self.names.lookup(self.scope, (f"“{expr.value}”",)) is None else None
        if isinstance(expr, n.Name) and len(expr.parts) == 1:
            name = expr.parts[0]
            if name in TRUTHS or name in SCORE_NAMES or name in TOTAL_NAMES or name in GRADE_NAMES:
                return None
            if self.in_collection(expr.parts, expr.span) is not None:
                return None
            return name if self.names.lookup(self.scope, expr.parts) is None else None
        return None

    # -- arithmetic

    def unify(
        self, left: Typed, right: Typed, left_at: n.Expression, right_at: n.Expression, action: tuple[str, str]
    ) -> tuple[ir.Expr, ir.Expr, Number] | None:
        """Two numbers in one unit (that of the left), or None (reported) when they do not go together."""
        return arithmetic.unify(self, left, right, left_at, right_at, action)

    # -- comparisons and functions

    def compare(
        self, op: n.Comparator, left_at: n.Expression, left: Typed | None, right_at: n.Expression, span: Span
    ) -> Typed | None:
        """``left op right``; ``left`` may be lowered already (the subject of a row)."""
        return comparisons.compare(self, op, left_at, left, right_at, span)

    def rounding(self, rounding: n.Rounding, kind: Number, name: str = "") -> tuple[ir.RoundMode, ir.Expr] | None:
        """The mode and step of a ``保留`` clause for a number of a kind; ``name`` is what messages call it."""
        return functions.rounding(self, rounding, kind, name)

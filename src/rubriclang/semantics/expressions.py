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
from rubriclang.ir.units import PLAIN, POINT_DIFFERENCES, POINTS, Unit, find_unit, known_units
from rubriclang.semantics import aggregates, comparisons, errors, functions
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

Typed = tuple[ir.Expr, Type]
# What surrounds an expression: a list's row, a part of a section, a unit of the population.
Context = ListInfo | Scope | str


def convert(typed: Typed, unit: Unit) -> ir.Expr:
    """The expression in another unit of the same dimensions; exact."""
    expr, kind = typed
    assert isinstance(kind, Number)
    factor = kind.unit.scale / unit.scale
    if factor == 1:
        return expr
    if isinstance(expr, ir.Const) and isinstance(expr.value, Fraction):
        return attrs.evolve(expr, value=expr.value * factor)
    return ir.Op("mul", (expr, ir.Const(factor)), expr.span)


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

    def _in_collection(self, parts: tuple[str, ...], span: Span) -> Typed | None:
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
                return self._sum(expr)
            case n.Product():
                return self._product(expr)
            case n.Power():
                return self._power(expr)
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
        found = self._in_collection(parts, expr.span)
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
        """Reports a name nobody knows, with the nearest known one."""
        near = closest(name, self.visible())
        unit = find_unit(name, self.names.units)
        zh = f"是不是“{near}”？" if near else "先在“数据：”里声明它，或检查写法"
        en = f"did you mean '{near}'?" if near else "declare it under 'facts:', or check the spelling"
        if unit is not None and not near:
            zh, en = f"“{name}”是单位，前面要有数", f"'{name}' is a unit: put a number before it"
        self.report(errors.UNKNOWN_NAME, span, name=name, suggestion=zh, suggestion_en=en)

    def is_label(self, expr: n.Expression) -> str | None:
        """The label that an expression may stand for: a text, or a bare name that names nothing else."""
        if isinstance(expr, n.Text):
            return expr.value if self.names.lookup(self.scope, (f"“{expr.value}”",)) is None else None
        if isinstance(expr, n.Name) and len(expr.parts) == 1:
            name = expr.parts[0]
            if name in TRUTHS or name in SCORE_NAMES or name in TOTAL_NAMES or name in GRADE_NAMES:
                return None
            if self._in_collection(expr.parts, expr.span) is not None:
                return None
            return name if self.names.lookup(self.scope, expr.parts) is None else None
        return None

    # -- arithmetic

    def unify(
        self, left: Typed, right: Typed, left_at: n.Expression, right_at: n.Expression, action: tuple[str, str]
    ) -> tuple[ir.Expr, ir.Expr, Number] | None:
        """Two numbers in one unit (that of the left), or None when they do not go together."""
        a, b = left[1], right[1]
        assert isinstance(a, Number) and isinstance(b, Number)
        rate_and_points = {a.style, b.style} == {"percent", "points"} and not a.bare and not b.bare
        if rate_and_points and a.unit.plain and b.unit.plain:
            self._mismatch(a, b, left_at, right_at, action)
            return None
        if a.unit.dimensions == b.unit.dimensions:
            unit = a.unit if a.unit.dimensions or not b.unit.name else b.unit
            style = a.style if a.style != "plain" else b.style
            merged = Number(unit, style, a.bare and b.bare, a.whole and b.whole, a.difference and b.difference)
            return convert(left, unit), convert(right, unit), merged
        for bare, other, bare_at, first in ((b, a, right_at, False), (a, b, left_at, True)):
            expr = left[0] if first else right[0]
            zero = isinstance(expr, ir.Const) and expr.value == 0
            if bare.bare and (other.unit.countable or zero):
                return left[0], right[0], attrs.evolve(other, whole=a.whole and b.whole)
            if bare.bare and isinstance(expr, ir.Const):
                subject = self.text(left_at if bare is b else right_at)
                number = self.text(bare_at)
                self.report(
                    errors.UNIT_NEEDED,
                    bare_at.span,
                    number=number,
                    subject=subject,
                    unit=other.unit.name,
                    fix=number + other.unit.name,
                )
                return None
        self._mismatch(a, b, left_at, right_at, action)
        return None

    def _mismatch(self, a: Number, b: Number, left_at: Any, right_at: Any, action: tuple[str, str]) -> None:
        # A comparison is at fault where its bound stands; the subject may be lines away.
        span = right_at.span if action[0] == "比较" else left_at.span.to(right_at.span)
        total = isinstance(left_at, n.Name) and left_at.text in TOTAL_NAMES
        words = "总分" if total else self.text(left_at)
        self.report(
            errors.UNIT_MISMATCH,
            span,
            left=f"{words if total else f'“{words}”'}（{describe(a)}）",
            left_en=f"{'the total' if total else repr(words)} ({describe(a, 'en')})",
            right=f"“{self.text(right_at)}”（{describe(b)}）",
            right_en=f"'{self.text(right_at)}' ({describe(b, 'en')})",
            action=action[0],
            action_en=action[1],
            hint="检查是不是写错了数据名；要算比率用 /",
            hint_en="check the names; use / for a ratio",
        )

    def _sum(self, expr: n.Sum) -> Typed | None:
        day = self.elaborate(expr.first)
        if day is not None and isinstance(day[1], Day):
            return self._date_sum(day[0], expr)
        total = None if day is None else self.number(expr.first)
        rest = [(sign, self.number(term), term) for sign, term in expr.rest]
        if total is None or any(term is None for _, term, _ in rest):
            return None
        terms: list[ir.Expr] = [total[0]]
        kind: Number = total[1]
        for sign, typed, at in rest:
            assert typed is not None
            action = ("相加", "added") if sign == "+" else ("相减", "subtracted")
            so_far = (terms[0], kind)
            unclear = comparisons.rate_against_bare(self, so_far, typed, expr.first, at)
            if unclear or comparisons.rate_against_bare(self, typed, so_far, at, expr.first):
                return None
            both = self.unify((terms[0], kind), typed, expr.first, at, action)
            if both is None:
                return None
            if both[2].unit != kind.unit and len(terms) > 1:  # a bare start adopted the unit; nothing to convert
                kind = both[2]
            terms[0], term, kind = both
            terms.append(ir.Op("neg", (term,), at.span) if sign == "-" else term)
        return ir.Op("add", tuple(terms), expr.span), kind

    def _date_sum(self, day: ir.Expr, expr: n.Sum) -> Typed | None:
        """``评价日 - 3 年``, or the days between two dates."""
        zero: ir.Expr = ir.Const(Fraction(0))
        for sign, at in expr.rest:
            typed = self.elaborate(at)
            if typed is None:
                return None
            if isinstance(typed[1], Day) and sign == "-" and len(expr.rest) == 1:
                unit = find_unit("天", {})
                assert unit is not None
                return ir.Op("days", (typed[0], day), expr.span), Number(unit, whole=True)
            base = typed[1].unit.dimensions if isinstance(typed[1], Number) else ()
            if base not in ((("月", 1),), (("天", 1),)):
                self.wrong(at, "一段时间（年、月、天）", "a length of time (years, months, days)", typed[1])
                return None
            amount = convert(typed, Unit(base))
            amount = ir.Op("neg", (amount,), at.span) if sign == "-" else amount
            months, days = (amount, zero) if base[0][0] == "月" else (zero, amount)
            day = ir.Op("later", (day, months, days), expr.span)
        return day, Day()

    def _product(self, expr: n.Product) -> Typed | None:
        factors = [("*", expr.first), *expr.rest]
        factors = [(op, self._unit_as_number(op, e)) for op, e in factors]
        typed = [(op, self.number(e), e) for op, e in factors]
        if any(t is None for _, t, _ in typed):
            return None
        unit = PLAIN
        above: list[ir.Expr] = []
        below: list[ir.Expr] = []
        numbers: list[Number] = []
        for op, factor, at in typed:
            assert factor is not None
            if factor[1].difference and len(typed) > 1:
                self.report(errors.POINT_DIFFERENCE, at.span)
                return None
            numbers.append(factor[1])
            unit = unit.times(factor[1].unit, 1 if op == "*" else -1)
            (above if op == "*" else below).append(factor[0])
        # 率 × 100 is a plain number; 率 / 3, a mean of rates, still is a rate.
        scaled = any(
            op == "*" and isinstance(at, n.Number) and at.unit is None and at.value >= 10 for op, at in factors
        )
        style = self._product_style(numbers, [op for op, _ in factors], unit, scaled)
        if not unit.dimensions and unit.scale != 1:  # 万元 ÷ 元 and the like: the factor joins the number
            above.append(ir.Const(unit.scale))
            unit = PLAIN
        top: ir.Expr = above[0] if len(above) == 1 else ir.Op("mul", tuple(above), expr.span)
        bare = not below and all(k.bare for k in numbers)
        kind = Number(unit, style, bare, whole=not below and all(k.whole for k in numbers))
        if not below:
            return top, kind
        bottom: ir.Expr = below[0]
        if len(below) > 1:
            span = expr.rest[0][1].span.to(expr.rest[-1][1].span)
            bottom = ir.Op("mul", tuple(below), span)
        return ir.Op("div", (top, bottom), expr.span), kind

    def _unit_as_number(self, op: str, expr: n.Expression) -> n.Expression:
        """``3 万元 / 人``: a unit that divides stands for one of it, where nothing else has its name."""
        if op == "/" and isinstance(expr, n.Name) and len(expr.parts) == 1:
            known = self._in_collection(expr.parts, expr.span) or self.names.lookup(self.scope, expr.parts)
            if known is None and find_unit(expr.parts[0], self.names.units) is not None:
                return n.Number(Fraction(1), expr.parts[0], expr.span)
        return expr

    @staticmethod
    def _product_style(numbers: list[Number], ops: list[str], unit: Unit, scaled: bool) -> Any:
        if unit.dimensions:
            return "plain"
        if any(k.style == "points" for k, op in zip(numbers, ops, strict=True) if op == "*"):
            return "points"
        if any(k.unit.dimensions for k in numbers) and "/" in ops:
            return "percent"  # a ratio of like units
        styles = {k.style for k in numbers if not k.bare}
        return "percent" if styles == {"percent"} and not scaled else "plain"

    def _power(self, expr: n.Power) -> Typed | None:
        base, exponent = self.number(expr.base), self.number(expr.exponent)
        if base is None or exponent is None:
            return None
        for at, typed in ((expr.base, base), (expr.exponent, exponent)):
            if not typed[1].unit.plain:
                self.wrong(at, "不带单位的数", "a plain number", typed[1])
                return None
        return ir.Op("pow", (base[0], exponent[0]), expr.span), Number(PLAIN, base[1].style)

    # -- comparisons and functions

    def compare(
        self, op: n.Comparator, left_at: n.Expression, left: Typed | None, right_at: n.Expression, span: Span
    ) -> Typed | None:
        """``left op right``; ``left`` may be lowered already (the subject of a row)."""
        return comparisons.compare(self, op, left_at, left, right_at, span)

    def rounding(self, rounding: n.Rounding, kind: Number, name: str = "") -> tuple[ir.RoundMode, ir.Expr] | None:
        """The mode and step of a ``保留`` clause for a number of a kind; ``name`` is what messages call it."""
        return functions.rounding(self, rounding, kind, name)

"""Checks and lowers one indicator or section, in the fixed order of evaluation:

① 不适用 ② the base ③ adjustments ④ rounding ⑤ limits ⑥ 调整 ⑦ 否决.

Each stage that says something becomes a definition of its own, so that an explanation can show it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.ir.types import SCORE, Labels, Number, Type
from rubriclang.ir.values import Cause, Reason
from rubriclang.prover.witness import Example
from rubriclang.semantics import errors
from rubriclang.semantics.checklist import lower_checklist
from rubriclang.semantics.collect import Body, line_of
from rubriclang.semantics.coverage import check_coverage
from rubriclang.semantics.expressions import Elaborator, Typed
from rubriclang.semantics.frame import Frame
from rubriclang.semantics.judging import judge
from rubriclang.semantics.limits import apply_limits, limit_formula, within_bounds
from rubriclang.semantics.overrides import adjusted, not_applicable, otherwise
from rubriclang.semantics.piecewise import PieceLowering, piece_type
from rubriclang.semantics.scope import ListInfo, Piece, Scope, Symbol, names_with_lists
from rubriclang.semantics.sections import RENORMALISE, combine
from rubriclang.semantics.steps import movement as step_movement, tag_text
from rubriclang.source import Span
from rubriclang.syntax import nodes as n

_ZERO = ir.Const(Fraction(0))


def subject_of(frame: Frame, elaborator: Elaborator, piece: Piece) -> Typed | None:
    """The lowered subject of a piece; None where it has none, or where it is wrong (and reported)."""
    if piece.about_total:
        return ir.Ref(frame.names.root.points, span=piece.span), SCORE
    if isinstance(piece.subject, Symbol):
        if not piece.subject.done or piece.subject.type is None:
            return None
        return ir.Ref(piece.subject.id, span=piece.subject.span), piece.subject.type
    return None if piece.subject is None else elaborator.elaborate(piece.subject)


class NodeLowering:
    """Lowers one node whose parts and formulas are already lowered."""

    def __init__(self, frame: Frame, body: Body) -> None:
        self.frame = frame
        self.body = body
        self.scope: Scope = body.scope
        self.names = frame.names
        self.e = Elaborator(frame.names, self.scope)
        self.judged = False
        self.rows_leave = False
        self.value_id: str | None = None
        self.limits: list[n.Limit] = list(body.limits)
        self.labels: Labels | None = None
        self.failed = self.scope.broken
        self.award_too_high = False
        self.rows_adjusted = False
        self.level: str | None = None  # the list whose rows are being scored (逐行)

    def report(self, kind: Any, span: Any, **params: str) -> None:
        self.names.report(kind, span, **params)
        self.failed = True

    def define(self, stage: str, expr: ir.Expr, kind: Type = SCORE) -> ir.Ref:
        span = self.scope.node.span
        if self.level is not None:
            row = f"{self.level}.{self.scope.id}#{stage}"
            self.frame.add(ir.Definition(row, expr, kind, self.scope.path, span=span, level=self.level))
            return ir.Ref(row, "row", span)
        return self.frame.add(ir.Definition(f"{self.scope.id}#{stage}", expr, kind, self.scope.path, span=span))

    # -- the whole node

    def lower(self) -> None:
        """Adds the node's definitions and its outline entry to the frame."""
        scope = self.scope
        attributes: dict[str, n.HeadingAttribute] = {a.kind: a for a in scope.node.attributes}
        base = self._section() if scope.parts else self._indicator()
        result: ir.Expr | None = base
        if base is not None and self.labels is None:
            result = self._stages(base, attributes)
        kind: Type = self.labels or SCORE
        if result is None:  # never run: a program with errors has no interpreter
            result = ir.Const(Reason("undefined", (Cause("no row", scope.id),)))
        self.define("得分", result, kind)
        scope.points_type = kind
        weight = self._weight(attributes)
        standard = "\n".join(t.text for t in self.body.texts if t.kind == "standard")
        reach = self.frame.ranges.of(ir.Ref(scope.points, "definition"))
        self.frame.nodes[scope.path] = ir.Node(
            name=scope.name or scope.node.title,
            title=scope.node.title,
            path=scope.path,
            points=scope.points,
            max=scope.max if self.labels is None else None,
            low=reach.low,
            high=reach.high,
            base=f"{scope.id}#基础" if base is not None else None,
            value=self.value_id,
            weight=weight,
            bonus=scope.max is None or "bonus" in attributes,
            judged=self.judged,
            standard=standard,
            parts=tuple(self.frame.nodes[part.path] for part in scope.parts if part.path in self.frame.nodes),
            span=scope.node.span,
        )

    def _weight(self, attributes: dict[str, n.HeadingAttribute]) -> Fraction | None:
        attribute = attributes.get("weight")
        if attribute is None or attribute.value is None:
            return None
        typed = self.e.number(attribute.value)
        value = typed[0].value if typed is not None and isinstance(typed[0], ir.Const) else None
        if typed is not None and not isinstance(value, Fraction):
            self.names.report(errors.NOT_YET, attribute.span, what="权重公式", what_en="a weight by formula")
        return value if isinstance(value, Fraction) else None

    # -- ② the base

    def _section(self) -> ir.Expr | None:
        body, scope = self.body, self.scope
        own: list[Any] = [*body.pieces, *body.scores, *body.judges, *body.checklists]
        if own and not scope.broken:
            self.report(errors.MIXED_BASE, own[0].span, name=scope.name)
            return None
        combined = combine(self.names, self.e, body, self.frame.nodes)
        combined = None if combined is None else self._with_reasons(combined)
        return None if combined is None else self.define("基础", combined)

    def _indicator(self) -> ir.Expr | None:
        if self.body.each is not None:
            return self._each_row(self.body.each)
        if self.body.combine is not None:
            self._no_parts(self.body.combine)
        return self._own_rules()

    def _each_row(self, each: n.EachRow) -> ir.Expr | None:
        """``逐行：表``: the rules hold for each row, and the rows add up."""
        info = self.names.lists.get(each.list.text)
        if info is None:
            hint = ("先写“表 名：”和它的各列", "declare it first: 'table name:' and its columns")
            params = {"name": each.list.text, "suggestion": hint[0], "suggestion_en": hint[1]}
            self.report(errors.UNKNOWN_COLLECTION, each.list.span, **params)
            return None
        outer, node_limits = self.e, self.limits
        self.e, self.limits, self.level = outer.inside(info), [], info.name
        self.e.full_expr = self.e.score(each.full) if each.full is not None else None
        condition = self.e.condition(each.only_if) if each.only_if is not None else None
        row = self._own_rules()
        row = None if row is None else self._adjust(row)
        row = None if row is None else self._row_limits(row)
        self.e, self.limits, self.level, self.value_id = outer, node_limits, None, None
        if row is None or (each.only_if is not None and condition is None):
            return None
        self.rows_adjusted = True
        total: ir.Expr | None = ir.Agg("sum", info.name, row, condition, span=each.span)
        how = self.body.combine
        if how is not None or self.rows_leave:
            renormalised = how is not None and isinstance(how.how, n.Name) and how.how.text in RENORMALISE
            if not renormalised:
                self._not_said(each)
                return None
            total = self._renormalised(each, info, row, condition)
        return None if total is None else self.define("基础", total)

    def _renormalised(self, each: n.EachRow, info: ListInfo, row: ir.Expr, condition: ir.Expr | None) -> ir.Expr | None:
        """``汇总：折算``: the rows that count, by what they could have scored, times 满分."""
        full = self.e.inside(info).score(each.full) if each.full is not None else None
        if full is None or self.scope.max is None:
            hint = "逐行写上每行的满分，例如“逐行：表，满分 = 分值”"
            hint_en = "state the points of a row, as in 'for each row: table, full = points'"
            self.report(errors.MISPLACED, each.span, hint=hint, hint_en=hint_en)
            return None
        plain = ir.Tag("", "plain")
        gone = ir.Const(Reason("left out", (Cause("left out", self.scope.name, each.span),)))
        possible = ir.Case((ir.Arm(ir.Op("is left out", (row,)), gone, plain), ir.Arm(None, full, plain)), each.span)
        scored, counted = (ir.Agg("sum", info.name, body, condition, span=each.span) for body in (row, possible))
        scaled = ir.Op("div", (ir.Op("mul", (scored, ir.Const(self.scope.max))), counted), each.span)
        nothing = ir.Const(Reason("missing", (Cause("empty collection", self.scope.name, each.span),)))
        return ir.Catch(scaled, (ir.Handler("zero", nothing, plain),), each.span)

    def _not_said(self, each: n.EachRow) -> None:
        """Rows that can be left out without 汇总：折算, or another 汇总 where there are no parts."""
        if self.rows_leave:
            self.report(errors.LEFT_OUT_UNANSWERED, each.span, name=self.scope.name)
        elif self.body.combine is not None:
            self._no_parts(self.body.combine)

    def _no_parts(self, line: n.Combine) -> None:
        hint = (
            "“汇总”写在有下级的节里；这个指标没有下级",
            "'combine' stands in a section; this indicator has no parts",
        )
        self.report(errors.MISPLACED, line.span, hint=hint[0], hint_en=hint[1])

    def _row_limits(self, row: ir.Expr) -> ir.Expr:
        for limit in self.limits:
            if limit.kind != "floor zero" and (limit.kind != "cap full" or self.e.full_expr is None):
                self._not_for_a_row(limit)
        kinds = {limit.kind for limit in (*self.limits, *self.frame.defaults.limits)}
        if "floor zero" in kinds:
            row = ir.Op("max", (row, _ZERO), row.span)
        if "cap full" in kinds and self.e.full_expr is not None:
            row = ir.Op("min", (row, self.e.full_expr), row.span)
        return self.define("行", row)

    def _not_for_a_row(self, limit: n.Limit) -> None:
        """A limit behind a rule of the rows would hold for each row; only 扣完为止 and, with a 满分, 满分为止 can."""
        said = self.e.names.source.slice(limit.span)
        zh = f"各行的规则后面不能写“{said}”；管这个指标的得分，另起一行写"
        en = f"'{said}' cannot stand behind a rule of the rows; for the indicator write it on a line of its own"
        if limit.kind == "cap full":
            zh += "；管每一行的得分，在“逐行”那一行写上“满分 = …”"
            en += "; for each row say 'full = …' on the line 'for each row'"
        self.report(errors.MISPLACED, limit.span, hint=zh, hint_en=en)

    def _own_rules(self) -> ir.Expr | None:
        body, scope = self.body, self.scope
        candidates: list[tuple[Any, Any]] = [(p.span, p) for p in body.pieces if p.rows or p.tables]
        candidates += [(s.span, s) for s in body.scores]
        candidates += [(j.span, j) for j in body.judges]
        candidates += [(b.span, b) for b in body.checklists]
        candidates.sort(key=lambda row: row[0].start)
        if len(candidates) > 1:
            line = line_of(self.names, candidates[0][0])
            self.report(errors.TWO_BASES, candidates[1][0], name=scope.name, line=line)
            for _, candidate in candidates:  # what else is wrong with them should be said in the same run
                self._base(candidate)
            return None
        if not candidates:
            return self._only_adjustments()
        lowered = self._base(candidates[0][1])
        lowered = None if lowered is None else self._with_reasons(lowered)
        return None if lowered is None else self.define("基础", lowered, self.labels or SCORE)

    def _with_reasons(self, base: ir.Expr) -> ir.Expr | None:
        """``缺失 -> …`` and ``分母为零 -> …`` that stand beside a base without rows of its own."""
        if not self.body.reasons:
            return base
        piece = Piece(None, None, rows=list(self.body.reasons))
        lowering = PieceLowering(self.e, piece, None, self.item, self.frame.defaults)
        handlers = lowering.reasons()
        self.judged = self.judged or lowering.judged
        return None if handlers is None else ir.Catch(base, handlers, base.span)

    def _base(self, candidate: Any) -> ir.Expr | None:
        if self.scope.broken and self.scope.max is None:
            return None
        match candidate:
            case Piece():
                return self._piece(candidate)
            case n.Definition():
                self.limits += candidate.limits
                if candidate.rounding is not None:
                    self.body.roundings.insert(0, candidate.rounding)
                self.value_id = self._shown_value(candidate.value)
                return self.e.score(candidate.value)
            case n.Judge():
                piece = PieceLowering(self.e, Piece(None, None), None, self.item, self.frame.defaults)
                self.judged = True
                if candidate.range is not None:
                    self._not_above(candidate.range.high, candidate.range.span)
                points = judge(piece, candidate.range, candidate.span)
                self.failed = self.failed or points is None
                return points
            case _:
                lowered, judged = lower_checklist(self.e, candidate, self.item, self.scope, self.limits)
                self.judged = self.judged or judged
                return lowered

    @property
    def item(self) -> str:
        """The name that judged points of this indicator are given under."""
        return self.scope.id

    def _shown_value(self, expr: n.Expression) -> str | None:
        """The formula whose value explains a proportional score: the only one it names."""
        found = {
            target.id
            for node in names_in(expr)
            if isinstance(target := self.names.lookup(self.scope, node.parts), Symbol) and target.scope is self.scope
        }
        return next(iter(found)) if len(found) == 1 else None

    def _only_adjustments(self) -> ir.Expr | None:
        """Nothing but deductions starts from 满分, nothing but bonuses from 0."""
        verbs = {step.verb for _, step in self.body.tallies} | {a.verb for a in self.body.adjustments}
        if verbs == {"扣"} and self.scope.max is not None:
            return self.define("基础", ir.Const(self.scope.max, self.scope.node.span))
        if verbs == {"加"} or (verbs and self.scope.max is None):
            return self.define("基础", _ZERO)
        if len(verbs) == 2:
            self.report(errors.UP_AND_DOWN, self.scope.node.title_span, name=self.scope.name)
        elif not self.failed:
            self.report(errors.NO_BASE, self.scope.node.title_span, name=self.scope.name)
        return None

    def _piece(self, piece: Piece) -> ir.Expr | None:
        subject = subject_of(self.frame, self.e, piece)
        if subject is None and (piece.subject is not None or piece.about_total):
            self.failed = True
            return None
        conditions = (n.When, n.Otherwise, n.OnReason)
        about = piece.tables or piece.steps or any(not isinstance(row.pattern, conditions) for row in piece.rows)
        if subject is not None and about:
            subject = self._shown(subject, piece)
        lowering = PieceLowering(self.e, piece, subject, self.item, self.frame.defaults)
        lowered = lowering.lower()
        self.judged = self.judged or lowering.judged
        self.scope.can_leave = self.scope.can_leave or (lowering.can_leave and self.level is None)
        self.rows_leave = self.rows_leave or (lowering.can_leave and self.level is not None)
        if lowered is None:
            self.failed = True
            return None
        self.limits += lowered.limits
        if not self.scope.broken:
            before = len(self.names.diagnostics)
            check_coverage(self.frame, lowered, piece, lowering.columns)
            self.failed = self.failed or len(self.names.diagnostics) > before
        if lowered.labels is not None:
            self.labels = Labels(lowered.labels)
        else:
            self._awards_within(piece.rows)
        return lowered.expr

    def _shown(self, subject: Typed, piece: Piece) -> Typed:
        """The subject as a definition whose value a score sheet shows."""
        expr, kind = subject
        if self.level is not None:
            return subject
        if isinstance(expr, ir.Ref) and expr.kind == "definition":
            self.value_id = expr.target
            return subject
        definition = ir.Definition(f"{self.scope.id}#值", expr, kind, self.scope.path, None, expr.span or piece.span)
        self.value_id = definition.id
        return self.frame.add(definition), kind

    def _awards_within(self, lowered_rows: list[n.Row]) -> None:
        """A constant award above the indicator's points is a slip of the pen."""
        if self.scope.max is None or self.level is not None:
            return
        for row in lowered_rows:
            award = row.award
            if isinstance(award, n.PointsAward) and award.verb is None:
                self._not_above(award.value, award.span)
            elif isinstance(award, n.JudgedAward) and award.range is not None:
                self._not_above(award.range.high, award.range.span)

    def _not_above(self, value: n.Expression | None, span: Span) -> None:
        if self.scope.max is None or not isinstance(value, n.Number) or value.value <= self.scope.max:
            return
        self.award_too_high = True
        points, most = number_text(value.value), number_text(self.scope.max)
        above = ir.Op("gt", (ir.Ref(f"{self.scope.id}#基础"), ir.Const(self.scope.max)))
        self.names.report(errors.AWARD_ABOVE_MAX, span, goal=Example(above), points=points, max=most)

    # -- ③ to ⑦

    def _stages(self, base: ir.Expr, attributes: dict[str, n.HeadingAttribute]) -> ir.Expr | None:
        result = self._adjust(base)
        if result is None:
            return None
        result = self._round(result)
        result = apply_limits(self, result, attributes)
        for phase in ("adjust", "veto"):
            # The first veto that holds decides, so it stands outermost; adjustments see the ones before them.
            lines = reversed(self.body.overrides) if phase == "veto" else self.body.overrides
            for override in lines:
                if override.phase == phase:
                    result = adjusted(self, override, result, phase)
        within_bounds(self, result)
        for override in reversed(self.body.overrides):
            if override.phase == "not applicable":
                result = not_applicable(self, override, result)
        return result

    def _adjust(self, base: ir.Expr) -> ir.Expr | None:
        if self.rows_adjusted:
            return base
        moves: list[ir.Expr] = []
        # What a sheet shows as the value must not hang on which line stands first.
        subjects = [subject_of(self.frame, self.e, piece) for piece, _ in self.body.tallies]
        alike = all(subject is not None and subject == subjects[0] for subject in subjects)
        for (piece, step), subject in zip(self.body.tallies, subjects, strict=True):
            if subject is None:
                if not isinstance(piece.subject, Symbol):
                    return None
                continue
            if self.value_id is None and alike:
                subject = self._shown(subject, piece)
            lowering = PieceLowering(self.e, piece, subject, self.item, self.frame.defaults)
            movement = step_movement(lowering, step, _ZERO, ir.Const(self.scope.max) if self.scope.max else None)
            self.limits += lowering.limits
            if movement is None:
                self.failed = True
                return None
            moved, past, count = movement
            # What lies short of the mark moves nothing; a count never does.
            moved = ir.Op("max", (moved, _ZERO), step.span)
            words = tag_text(self.e.text(step))
            if piece.subject is not None:
                words = f"{self.e.text(lowering.subject_syntax())}：{words}"
            tag = ir.Tag(words, "step", step.span, past, count, moved)
            sign: ir.Expr = moved if step.verb == "加" else ir.Op("neg", (moved,))
            moves.append(ir.Case((ir.Arm(ir.Op("gt", (moved, _ZERO)), sign, tag), otherwise(_ZERO)), step.span))
        for adjustment in self.body.adjustments:
            condition, amount = self.e.condition(adjustment.condition), self.e.score(adjustment.amount)
            self.limits += adjustment.limits
            if condition is None or amount is None:
                self.failed = True
                return None
            signed = amount if adjustment.verb == "加" else ir.Op("neg", (amount,), adjustment.span)
            tag = ir.Tag(tag_text(self.e.text(adjustment)), "row", adjustment.span, moved=amount)
            moves.append(ir.Case((ir.Arm(condition, signed, tag), otherwise(_ZERO)), adjustment.span))
        if not moves:
            return base
        return self.define("加减", ir.Op("add", (base, *moves), self.scope.node.span))

    def _round(self, result: ir.Expr) -> ir.Expr:
        roundings = self.body.roundings or ([self.frame.defaults.rounding] if self.frame.defaults.rounding else [])
        for rounding in roundings:
            lowered = self.e.rounding(rounding, Number(style="points"))
            if lowered is not None:
                result = self.define("取位", ir.Round(lowered[0], lowered[1], result, rounding.span))
        return result


def names_in(expr: Any) -> list[n.Name]:
    """All names in a syntax expression."""
    return [name for name, _ in names_with_lists(expr, {})]


def piece_definition(frame: Frame, scope: Scope, symbol: Symbol, piece: Piece) -> tuple[ir.Expr, Type] | None:
    """A named piecewise function, ``名 = 主体：`` with rows."""
    elaborator = Elaborator(frame.names, scope)
    if symbol.list is not None:
        elaborator = elaborator.inside(symbol.list)
    subject = subject_of(frame, elaborator, piece)
    if subject is None and (piece.subject is not None or piece.about_total):
        return None
    lowering = PieceLowering(elaborator, piece, subject, f"{scope.id}.{symbol.name}", frame.defaults, free=True)
    lowered = lowering.lower()
    if lowered is None:
        return None
    if not scope.broken:
        check_coverage(frame, lowered, piece, lowering.columns)
    expr = limit_formula(elaborator, lowered.expr, lowered.limits)
    if expr is None:
        return None
    return expr, piece_type(lowered, piece.about_total)

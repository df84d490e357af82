"""Checks and lowers a piecewise function: rows in their order, then the step rules for what they leave.

A step rule covers what no row matched, on its side of the adjacent edge, and counts from that edge.
"""

from __future__ import annotations

from fractions import Fraction

import attrs

from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text, shown_text
from rubriclang.ir.types import SCORE, Labels, Number, Truth, Type
from rubriclang.semantics import errors
from rubriclang.semantics.expressions import Elaborator, Typed
from rubriclang.semantics.scope import Piece, Symbol
from rubriclang.source import Span
from rubriclang.syntax import nodes as n

_FLOORS = {"整档": "floor", "进档": "ceiling"}


@attrs.define(eq=False)
class LoweredPiece:
    """A lowered piecewise function and what the coverage check needs to know of it."""

    expr: ir.Expr
    labels: tuple[str, ...] | None
    subject: Typed | None
    rows: list[tuple[n.Row, ir.Expr | None]]
    steps: list[n.Step]
    has_else: bool
    limits: tuple[n.Limit, ...]
    judged: bool


def tag_text(text: str) -> str:
    """A row as it is quoted in a result: one space around comparison signs, ASCII marks."""
    for wide, plain in (
        ("≤", "<="),
        ("≦", "<="),
        ("≥", ">="),
        ("≧", ">="),
        ("＜", "<"),
        ("＞", ">"),
        ("％", "%"),
        ("＝", "="),
    ):
        text = text.replace(wide, plain)
    for sign in ("<=", ">=", "<", ">", "="):
        if text.startswith(sign):
            return f"{sign} {text[len(sign) :].strip()}"
    return text.strip()


class PieceLowering:
    """Lowers one piece; ``judge_item`` names the judged item its judged rows ask for."""

    def __init__(
        self, elaborator: Elaborator, piece: Piece, subject: Typed | None, judge_item: str, defaults: n.Defaults
    ):
        self.e = elaborator
        self.piece = piece
        self.subject = subject
        self.judge_item = judge_item
        self.defaults = defaults
        self.limits: list[n.Limit] = []
        self.judged = False
        self.failed = False

    def lower(self) -> LoweredPiece | None:
        """The lowered piece; None when something in it was wrong (and reported)."""
        if self.piece.interpolate:
            self.e.report(errors.NOT_YET, self.piece.span, what="内插", what_en="interpolate")
            return None
        labels = self._labels()
        handlers: list[ir.Handler] = []
        arms: list[ir.Arm] = []
        otherwise: ir.Arm | None = None
        tested: list[tuple[n.Row, ir.Expr | None]] = []
        for row in self.piece.rows:
            self.limits += row.limits
            value = self._award(row, labels)
            text = tag_text(self.e.text(row.pattern))
            match row.pattern:
                case n.OnReason(reason=reason):
                    if value is not None:
                        handlers.append(ir.Handler(reason, value, ir.Tag(text, "reason", row.span)))
                case n.Otherwise():
                    if value is not None:
                        otherwise = ir.Arm(None, value, ir.Tag(text, "otherwise", row.span))
                case n.InBetween():
                    self.e.report(errors.NOT_YET, row.span, what="其间 -> 内插", what_en="between -> interpolate")
                    self.failed = True
                case _:
                    test = self._test(row)
                    tested.append((row, test))
                    if test is not None and value is not None:
                        arms.append(ir.Arm(test, value, ir.Tag(text, "row", row.span)))
        if otherwise is not None and self.piece.steps:
            self.e.report(errors.STEP_AND_ELSE, otherwise.tag.span or self.piece.span)
            self.failed = True
        if not self.piece.rows and self.piece.steps:
            return self._steps_alone()
        for step in self.piece.steps:
            arm = self.step_arm(step, arms)
            if arm is not None:
                arms.append(arm)
        if otherwise is not None:
            arms.append(otherwise)
        if self.failed or not arms:
            return None
        expr: ir.Expr = ir.Case(tuple(arms), self.piece.span)
        if handlers:
            expr = ir.Catch(expr, tuple(handlers), self.piece.span)
        return LoweredPiece(
            expr,
            labels,
            self.subject,
            tested,
            self.piece.steps,
            otherwise is not None,
            tuple(self.limits),
            self.judged,
        )

    def _steps_alone(self) -> LoweredPiece | None:
        """A named function of steps only: what they move, counted from 0."""
        if self.subject is None or not isinstance(self.subject[1], Number):
            self.e.report(errors.ROW_WITHOUT_SUBJECT, self.piece.span)
            return None
        terms: list[ir.Expr] = []
        for step in self.piece.steps:
            movement = self.movement(step, ir.Const(Fraction(0)), None)
            if movement is None:
                return None
            moved = ir.Op("max", (movement[0], ir.Const(Fraction(0))), step.span)
            terms.append(moved if step.verb == "加" else ir.Op("neg", (moved,), step.span))
        expr = terms[0] if len(terms) == 1 else ir.Op("add", tuple(terms), self.piece.span)
        return LoweredPiece(expr, None, self.subject, [], [], True, tuple(self.limits), self.judged)

    # -- awards

    def _labels(self) -> tuple[str, ...] | None:
        """The labels that the rows award, in the order written; None when they award points."""
        labels: list[str] = []
        points = 0
        for row in self.piece.rows:
            if not isinstance(row.award, n.PointsAward) or row.award.verb is not None:
                points += 1
                continue
            label = self.e.is_label(row.award.value)
            if label is None:
                points += 1
            elif label not in labels:
                labels.append(label)
        if labels and points:
            if len(labels) > points or self.piece.about_total:
                self.e.report(errors.LABELS_AND_POINTS, self.piece.span)
                self.failed = True
            return None  # a misspelt name among points: let it be reported as unknown
        return tuple(labels) or None

    def _award(self, row: n.Row, labels: tuple[str, ...] | None) -> ir.Expr | None:
        award = row.award
        result: ir.Expr | None = None
        match award:
            case n.PointsAward(value=value, verb=verb):
                if labels is not None:
                    label = self.e.is_label(value)
                    if label is not None:
                        return ir.Const(label, value.span)
                    self._fail()
                    return None
                points = self.e.score(value)
                result = None if points is None else self._moved(points, verb, award.span)
            case n.JudgedAward(range=judged_range, verb=verb):
                result = self.judge(judged_range, award.span)
                if result is not None and verb is not None:
                    result = self._moved(result, verb, award.span)
            case n.LeftOutAward() | n.LinearAward():
                what = ("不计", "left out") if isinstance(award, n.LeftOutAward) else ("内插", "interpolate")
                self.e.report(errors.NOT_YET, award.span, what=what[0], what_en=what[1])
        if result is None:
            self._fail()
        return result

    def _fail(self) -> None:
        """Remembers that the piece cannot be lowered; the reason has been reported."""
        self.failed = True

    def _moved(self, points: ir.Expr, verb: str | None, span: Span) -> ir.Expr | None:
        """``扣 n`` counts from 满分, ``加 n`` from nothing."""
        if verb != "扣":
            return points
        full = self.e.elaborate(n.Full(span))
        return None if full is None else ir.Op("add", (full[0], ir.Op("neg", (points,))), span)

    def judge(self, judged_range: n.JudgedRange | None, span: Span) -> ir.Expr | None:
        """Points a person gives, within a range or 0 to 满分."""
        self.judged = True
        if judged_range is None:
            full = self.e.elaborate(n.Full(span))
            return None if full is None else ir.Judge(self.judge_item, ir.Const(Fraction(0)), full[0], span=span)
        low = self.e.score(judged_range.low)
        high = None if judged_range.high is None else self.e.score(judged_range.high)
        if low is None or (judged_range.high is not None and high is None):
            return None
        return ir.Judge(
            self.judge_item, low, high, judged_range.low_open, judged_range.high_open, span=judged_range.span
        )

    # -- patterns

    def _test(self, row: n.Row) -> ir.Expr | None:
        pattern = row.pattern
        tests: list[ir.Expr | None] = []
        guard: n.Expression | None = None
        match pattern:
            case n.When(condition=condition):
                tests.append(self.e.condition(condition))
            case n.Compared(bounds=bounds, guard=guard):
                tests += [self._against(b.op, b.value, row.span) for b in bounds]
            case n.Ranged(low=low, high=high, guard=guard):
                for end, is_open in (("low", pattern.low_open), ("high", pattern.high_open)):
                    if is_open is None:
                        hint = (
                            f"写明{'下' if end == 'low' else '上'}限含不含本数，例如 5%（不含）~10%（含）",
                            "say (inclusive) or (exclusive) at each end, as in 5% (exclusive) to 10% (inclusive)",
                        )
                        self.e.report(errors.MISPLACED, pattern.span, hint=hint[0], hint_en=hint[1])
                        self._fail()
                        return None
                tests.append(self._against(">" if pattern.low_open else ">=", low, row.span))
                tests.append(self._against("<" if pattern.high_open else "<=", high, row.span))
            case n.Listed(values=values, guard=guard):
                options = [self._equals(value, row.span) for value in values]
                if any(option is None for option in options):
                    self._fail()
                    return None
                known = tuple(option for option in options if option is not None)
                tests.append(known[0] if len(known) == 1 else ir.Op("or", known, pattern.span))
            case _:
                raise AssertionError("rows without a test are handled by the caller")
        if guard is not None:
            tests.append(self.e.condition(guard))
        if any(test is None for test in tests):
            self._fail()
            return None
        found = tuple(test for test in tests if test is not None)
        return found[0] if len(found) == 1 else ir.Op("and", found, pattern.span)

    def _subject_syntax(self) -> n.Expression:
        subject = self.piece.subject
        if subject is None:
            return n.Name(("总分",), self.piece.span)
        return n.Name((subject.name,), subject.span) if isinstance(subject, Symbol) else subject

    def _against(self, op: n.Comparator, value: n.Expression, span: Span) -> ir.Expr | None:
        if self.subject is None:
            self.e.report(errors.ROW_WITHOUT_SUBJECT, span)
            return None
        typed = self.e.compare(op, self._subject_syntax(), self.subject, value, value.span)
        return None if typed is None else typed[0]

    def _equals(self, value: n.Expression, span: Span) -> ir.Expr | None:
        if self.subject is not None and isinstance(self.subject[1], Truth):
            truth = self.e.elaborate(value)
            if truth is None:
                return None
            return self.subject[0] if truth[0] == ir.Const(True) else ir.Op("not", (self.subject[0],), value.span)
        return self._against("=", value, span)

    # -- steps

    def step_arm(self, step: n.Step, arms: list[ir.Arm]) -> ir.Arm | None:
        """The arm of a step rule that follows rows: ``base(edge) ∓ amount × steps past the edge``."""
        if self.subject is None or not isinstance(self.subject[1], Number):
            self.e.report(errors.ROW_WITHOUT_SUBJECT, step.span)
            self._fail()
            return None
        if step.side is None:
            self.e.report(errors.STEP_REFERENCE, step.span, text=self.e.text(step))
            self._fail()
            return None
        found = self._reference(step, arms)
        if found is None:
            self.e.report(errors.STEP_REFERENCE, step.span, text=self.e.text(step))
            self._fail()
            return None
        edge, base = found
        movement = self.movement(step, edge, base)
        if movement is None:
            self._fail()
            return None
        moved, past, count = movement
        sign = moved if step.verb == "加" else ir.Op("neg", (moved,))
        value = ir.Op("add", (base, sign), step.span)
        subject = self.subject[0]
        test: ir.Expr | None = None
        if step.side in ("超过", "增加"):
            test = ir.Op("ge", (subject, edge))
        elif step.side in ("低于", "减少"):
            test = ir.Op("le", (subject, edge))
        return ir.Arm(test, value, ir.Tag(tag_text(self.e.text(step)), "step", step.span, past, count, moved))

    def _reference(self, step: n.Step, arms: list[ir.Arm]) -> tuple[ir.Expr, ir.Expr] | None:
        """The edge a step counts from and the award there: the nearest row that ends where the step begins."""
        wanted = {
            "超过": ("le", "lt", "eq"),
            "增加": ("le", "lt", "eq"),
            "低于": ("ge", "gt", "eq"),
            "减少": ("ge", "gt", "eq"),
        }
        operators = wanted.get(step.side or "", ("eq",))
        candidates: list[tuple[ir.Expr, ir.Expr]] = []
        assert self.subject is not None
        for arm in arms:
            if arm.tag.role != "row" or arm.test is None:
                continue
            for test in ir.walk(arm.test):
                if isinstance(test, ir.Op) and test.operator in operators and test.operands[0] == self.subject[0]:
                    candidates.append((test.operands[1], arm.value))
        if not candidates:
            return None
        if len(candidates) > 1:
            if step.side == "相差":
                return None
            constant = [
                (e.value, e, a) for e, a in candidates if isinstance(e, ir.Const) and isinstance(e.value, Fraction)
            ]
            if len(constant) != len(candidates):
                return None
            far = max if operators[0] == "le" else min
            chosen = far(constant, key=lambda row: row[0])
            candidates = [(chosen[1], chosen[2])]
        edge, award = candidates[0]
        varies = any(node == self.subject[0] or isinstance(node, ir.Judge) for node in ir.walk(award))
        return None if varies else (edge, award)

    def movement(self, step: n.Step, edge: ir.Expr, base: ir.Expr | None) -> tuple[ir.Expr, ir.Expr, ir.Expr] | None:
        """``amount × steps`` within the limits of the line, and what it is made of: distance and steps.

        Steps are counted by the line's part-step rule, or the file's.
        """
        assert self.subject is not None and isinstance(self.subject[1], Number)
        subject, kind = self.subject[0], self.subject[1]
        size = self.e.number(step.size)
        amount = self.e.score(step.amount)
        if size is None or amount is None:
            return None
        own = self._subject_syntax()
        if kind.style == "percent" and size[1].bare:
            self.e.report(
                errors.RATE_NEEDED,
                step.size.span,
                subject=self.e.text(own),
                number=self.e.text(step.size),
                times=self.e.text(step.size) + "00",
            )
            return None
        both = self.e.unify((subject, kind), size, own, step.size, ("比较", "compared"))
        if both is None:
            return None
        width = both[1]
        if isinstance(width, ir.Const) and isinstance(width.value, Fraction) and width.value <= 0:
            self.e.report(errors.BAD_STEP, step.size.span)
            return None
        past: ir.Expr = subject
        if edge != ir.Const(Fraction(0)):
            past = ir.Op("add", (subject, ir.Op("neg", (edge,))), step.span)
        if step.side in ("低于", "减少"):
            past = ir.Op("neg", (past,), step.span)
        elif step.side == "相差":
            past = ir.Op("abs", (past,), step.span)
        count: ir.Expr = past if width == ir.Const(Fraction(1)) else ir.Op("div", (past, width), step.span)
        mode = step.mode or self.defaults.step_mode
        if not self._integral(kind, width, edge):
            if mode is None:
                self._part_step(step, width, amount, edge, base)
                return None
            if mode in _FLOORS:
                count = ir.Round(_FLOORS[mode], ir.Const(Fraction(1)), count, step.span)  # type: ignore[arg-type]
        moved: ir.Expr = count if amount == ir.Const(Fraction(1)) else ir.Op("mul", (count, amount), step.span)
        for limit in step.limits:
            if limit.kind in ("most deduct", "most add", "at most") and limit.amount is not None:
                cap = self.e.score(limit.amount)
                if cap is None:
                    return None
                moved = ir.Op("min", (moved, cap), limit.span)
            else:
                self.limits.append(limit)
        return moved, past, count

    @staticmethod
    def _integral(kind: Number, width: ir.Expr, edge: ir.Expr) -> bool:
        """Whether no part of a step can occur: whole numbers counted from a whole edge in steps of one."""
        whole_edge = isinstance(edge, ir.Const) and isinstance(edge.value, Fraction) and edge.value.denominator == 1
        return kind.whole and whole_edge and width == ir.Const(Fraction(1))

    def _part_step(self, step: n.Step, width: ir.Expr, amount: ir.Expr, edge: ir.Expr, base: ir.Expr | None) -> None:
        """The three readings of a missing part-step rule, for a value one and a half steps past the edge."""
        assert self.subject is not None and isinstance(self.subject[1], Number)
        start = _constant(base, Fraction(0))
        each = _constant(amount, Fraction(1))
        sign = -1 if step.verb == "扣" else 1
        size = _constant(width, Fraction(1))
        away = -size if step.side in ("低于", "减少") else size
        value = _constant(edge, Fraction(0)) + away * 3 / 2

        def shown(steps: Fraction) -> str:
            points = start + sign * steps * each
            return number_text(max(points, Fraction(0)) if start > 0 else points)

        self.e.report(
            errors.PART_STEP,
            step.span,
            size=self.e.text(step.size),
            subject=f"“{self.e.text(self._subject_syntax())}”",
            subject_en=self.e.text(self._subject_syntax()),
            value=shown_text(value, self.subject[1]),
            floor=shown(Fraction(1)),
            ceiling=shown(Fraction(2)),
            linear=shown(Fraction(3, 2)),
        )


def _constant(expr: ir.Expr | None, otherwise: Fraction) -> Fraction:
    return expr.value if isinstance(expr, ir.Const) and isinstance(expr.value, Fraction) else otherwise


def piece_type(lowered: LoweredPiece, ordered: bool) -> Type:
    """What a lowered piece yields: labels (best first, where that is known), or points."""
    if lowered.labels is None:
        return SCORE
    patterns = [row.pattern for row, _ in lowered.rows]
    rising = bool(patterns) and isinstance(patterns[0], n.Compared) and patterns[0].bounds[0].op in ("<", "<=")
    return Labels(tuple(reversed(lowered.labels)) if rising else lowered.labels, ordered)


__all__ = ["LoweredPiece", "PieceLowering", "piece_type", "tag_text"]

"""Checks and lowers a piecewise function: rows in their order, then the step rules for what they leave.

A step rule covers what no row matched, on its side of the adjacent edge, and counts from that edge.
"""

from __future__ import annotations

from fractions import Fraction

import attrs

from rubriclang.ir import nodes as ir
from rubriclang.ir.types import SCORE, TRUTH, Labels, Number, Truth, Type
from rubriclang.ir.values import Cause, Reason
from rubriclang.semantics import errors
from rubriclang.semantics.expressions import Elaborator, Typed
from rubriclang.semantics.interpolation import BreakPoint, lines
from rubriclang.semantics.judging import judge
from rubriclang.semantics.scope import Piece, Symbol
from rubriclang.semantics.steps import movement, step_arm, tag_text
from rubriclang.semantics.tables import column_rows, column_test, reversed_rows
from rubriclang.source import Span
from rubriclang.syntax import nodes as n


@attrs.define(eq=False)
class LoweredPiece:
    """A lowered piecewise function and what the coverage check needs to know of it.

    ``rows`` are the tests in their order, each with its row (None for the stretch an interpolation covers).
    """

    expr: ir.Expr
    labels: tuple[str, ...] | None
    subject: Typed | None
    rows: list[tuple[n.Row | None, ir.Expr | None]]
    has_else: bool
    limits: tuple[n.Limit, ...]
    judged: bool
    award_type: Number | Truth | None
    after_else: list[n.Row] = attrs.field(factory=list)


@attrs.define(eq=False)
class Column:
    """One column of a table: its rows, and when it holds."""

    lowered: LoweredPiece
    test: ir.Expr
    span: Span


@attrs.define(eq=False)
class _Rows:
    """What a list of rows lowers to."""

    arms: list[ir.Arm] = attrs.field(factory=list)
    handlers: list[ir.Handler] = attrs.field(factory=list)
    otherwise: ir.Arm | None = None
    tested: list[tuple[n.Row | None, ir.Expr | None]] = attrs.field(factory=list)
    has_else: bool = False
    after_else: list[n.Row] = attrs.field(factory=list)


def _asks_first(test: ir.Expr | None, subject: ir.Expr) -> bool:
    """Whether a test always reads the subject, so that it has no verdict without it."""
    while isinstance(test, ir.Op) and test != subject and test.operator not in ("is missing", "is left out"):
        test = test.operands[0]
    return test == subject


class PieceLowering:
    """Lowers one piece; ``judge_item`` names the judged item its judged rows ask for."""

    def __init__(
        self,
        elaborator: Elaborator,
        piece: Piece,
        subject: Typed | None,
        judge_item: str,
        defaults: n.Defaults,
        free: bool = False,
    ):
        self.e = elaborator
        self.piece = piece
        self.subject = subject
        self.judge_item = judge_item
        self.defaults = defaults
        self.limits: list[n.Limit] = []
        self.judged = False
        self.failed = False
        self.can_leave = False
        self.mixed = False
        self.free = free  # awards may be quantities of any unit, as those of a parameter are
        self.award_type: Number | Truth | None = None
        self.columns: list[Column] = []

    def lower(self) -> LoweredPiece | None:
        """The lowered piece; None when something in it was wrong (and reported)."""
        if not self.piece.rows and not self.piece.tables and self.piece.steps:
            return self._steps_alone()
        labels = self._labels()
        if self.mixed:
            return None
        rows = self._rows(self.piece.rows, labels)
        arms, handlers = rows.arms, list(rows.handlers)
        first = min((table.span.start for table in self.piece.tables), default=None)
        below = [arm for arm in arms if first is not None and arm.tag.span is not None and arm.tag.span.start > first]
        arms = [arm for arm in arms if arm not in below]
        for table in self.piece.tables:
            arms += self._table(table, labels, handlers)
        arms += below
        if rows.otherwise is not None and self.piece.steps:
            self.e.report(errors.STEP_AND_ELSE, rows.otherwise.tag.span or self.piece.span)
            self.failed = True
        for step in self.piece.steps:
            arm = step_arm(self, step, arms)
            if arm is not None:
                arms.append(arm)
        if rows.otherwise is not None:
            arms.append(attrs.evolve(rows.otherwise, test=self._known(arms)))
        if self.failed or not arms:
            return None
        expr: ir.Expr = ir.Case(tuple(arms), self.piece.span)
        if handlers:
            expr = ir.Catch(expr, tuple(handlers), self.piece.span)
        return LoweredPiece(
            expr,
            labels,
            self.subject,
            rows.tested,
            rows.has_else,
            tuple(self.limits),
            self.judged,
            self.award_type,
            rows.after_else,
        )

    # -- rows

    def reasons(self) -> tuple[ir.Handler, ...] | None:
        """The handlers of a piece that has reason rows only; None when one cannot be lowered."""
        rows = self._rows(self.piece.rows, None)
        return None if self.failed else tuple(rows.handlers)

    def _rows(self, rows: list[n.Row], labels: tuple[str, ...] | None) -> _Rows:
        """A list of rows lowered; in an interpolation the rows with a single value are break points."""
        out = _Rows()
        points: list[BreakPoint] = []
        in_between: list[int] = []
        for row in rows:
            self.limits += row.limits
            value = self._award(row, labels)
            text = tag_text(self.e.text(row.pattern))
            if out.otherwise is not None and not isinstance(row.pattern, n.OnReason):
                out.after_else.append(row)
                continue
            match row.pattern:
                case n.OnReason(reason=reason):
                    if any(handler.reason == reason for handler in out.handlers):
                        out.after_else.append(row)
                    elif value is not None:
                        out.handlers.append(ir.Handler(reason, value, ir.Tag(text, "reason", row.span)))
                case n.Otherwise():
                    if value is not None:
                        out.otherwise = ir.Arm(None, value, ir.Tag(text, "otherwise", row.span))
                case n.InBetween():
                    in_between.append(len(out.arms))
                case _:
                    test = self._test(row)
                    at = self._single_value(test) if self.piece.interpolate else None
                    if at is not None and value is not None:
                        points.append(BreakPoint(at, value, text.removeprefix("= "), row.span))
                        continue
                    out.tested.append((row, test))
                    if test is not None and value is not None:
                        out.arms.append(ir.Arm(test, value, ir.Tag(text, "row", row.span)))
        out.has_else = out.otherwise is not None
        if self.piece.interpolate and not self.failed and (points or not self.piece.tables):
            self._interpolate(points, out)
        for place in in_between:
            self._between(place, rows, out)
        return out

    def _single_value(self, test: ir.Expr | None) -> ir.Expr | None:
        """The value of a row that names one value of the subject."""
        if not isinstance(test, ir.Op) or test.operator != "eq" or self.subject is None:
            return None
        return test.operands[1] if test.operands[0] == self.subject[0] else None

    def _interpolate(self, points: list[BreakPoint], out: _Rows) -> None:
        if self.subject is None or len(points) < 2:
            self.e.report(errors.BREAK_POINTS, self.piece.head)
            self.failed = True
            return
        found = lines(self.subject[0], points, self.piece.span)
        if found is None:
            self.e.report(errors.BREAK_POINTS, self.piece.head)
            self.failed = True
            return
        arms, covered = found
        ends = {points[0].at, points[-1].at}
        beyond = {
            ("up" if op.operator in ("gt", "ge") else "down")
            for arm in out.arms
            if (op := arm.test) is not None and isinstance(op, ir.Op) and op.operator in ("gt", "ge", "lt", "le")
            if op.operands[1] in ends
        }
        out.arms += arms
        if covered is not None:
            low, high = ir.Const(covered.low), ir.Const(covered.high)  # type: ignore[arg-type]  # constants have both ends
            inside = ir.Op("and", (ir.Op("ge", (self.subject[0], low)), ir.Op("le", (self.subject[0], high))))
            out.tested.append((None, inside))
        elif beyond == {"up", "down"}:
            out.has_else = True

    def _between(self, at: int, rows: list[n.Row], out: _Rows) -> None:
        """``其间 -> 内插``: a straight line between the edges of the rows above and below (or the two above)."""
        edges = [
            (i, arm.test.operands[1], arm)
            for i, arm in enumerate(out.arms)
            if isinstance(arm.test, ir.Op) and arm.test.operator in ("le", "lt", "ge", "gt", "eq")
        ]
        above = [edge for edge in edges if edge[0] < at]
        below = [edge for edge in edges if edge[0] >= at]
        chosen = [above[-1], below[0]] if above and below else above[-2:]
        row = next(r for r in rows if isinstance(r.pattern, n.InBetween))
        if self.subject is None or len(chosen) != 2 or not isinstance(row.award, n.LinearAward):
            self.e.report(errors.BREAK_POINTS, row.span)
            self.failed = True
            return
        a, b = (BreakPoint(edge, arm.value, arm.tag.text, row.span) for _, edge, arm in chosen)
        found = lines(self.subject[0], [a, b], row.span)
        if found is None:
            self.e.report(errors.BREAK_POINTS, row.span)
            self.failed = True
            return
        arms, covered = found
        out.arms += [attrs.evolve(arm, tag=attrs.evolve(arm.tag, text=tag_text(self.e.text(row)))) for arm in arms]
        if covered is not None:
            low, high = ir.Const(covered.low), ir.Const(covered.high)  # type: ignore[arg-type]  # constants have both ends
            inside = ir.Op("and", (ir.Op("ge", (self.subject[0], low)), ir.Op("le", (self.subject[0], high))))
            out.tested.append((None, inside))
        else:
            out.has_else = True

    def _known(self, arms: list[ir.Arm]) -> ir.Expr | None:
        """A test that holds for every known subject: 否则 is silent on a missing one that no row has asked for."""
        if self.subject is None or any(_asks_first(arm.test, self.subject[0]) for arm in arms):
            return None
        return ir.Op("eq", (self.subject[0], self.subject[0]))

    def _table(self, table: n.Table, labels: tuple[str, ...] | None, handlers: list[ir.Handler]) -> list[ir.Arm]:
        """Each column is an arm that holds under its header; inside it stand its rows."""
        own = self.piece.target
        short = None if own is None else attrs.evolve(own, parts=own.parts[-1:])
        backwards = self.piece.interpolate and own is not None and table.corner in (own, short)
        arms = []
        for i, column in enumerate(table.columns):
            test = column_test(self.e, table, i)
            rows = self._rows(reversed_rows(table, i) if backwards else column_rows(table, i), labels)
            handlers += rows.handlers
            inner = rows.arms + ([rows.otherwise] if rows.otherwise is not None else [])
            if test is None or not inner:
                self.failed = True
                continue
            span = table.span
            case = ir.Case(tuple(inner), span)
            lowered = LoweredPiece(case, labels, self.subject, rows.tested, rows.has_else, (), False, None)
            self.columns.append(Column(lowered, test, column.span))
            for arm in inner:
                both = test if arm.test is None else ir.Op("and", (test, arm.test), arm.tag.span)
                arms.append(attrs.evolve(arm, test=both))
        return arms

    def _steps_alone(self) -> LoweredPiece | None:
        """A named function of steps only: what they move, counted from 0."""
        if self.subject is None or not isinstance(self.subject[1], Number):
            self.e.report(errors.ROW_WITHOUT_SUBJECT, self.piece.span)
            return None
        terms: list[ir.Expr] = []
        for step in self.piece.steps:
            found = movement(self, step, ir.Const(Fraction(0)), None)
            if found is None:
                return None
            moved = ir.Op("max", (found[0], ir.Const(Fraction(0))), step.span)
            terms.append(moved if step.verb == "加" else ir.Op("neg", (moved,), step.span))
        expr = terms[0] if len(terms) == 1 else ir.Op("add", tuple(terms), self.piece.span)
        return LoweredPiece(expr, None, self.subject, [], True, tuple(self.limits), self.judged, None)

    # -- awards

    def _all_rows(self) -> list[n.Row]:
        rows = list(self.piece.rows)
        backwards = self.piece.interpolate
        for table in self.piece.tables:
            for i in range(len(table.columns)):
                rows += reversed_rows(table, i) if backwards else column_rows(table, i)
        return rows

    def _labels(self) -> tuple[str, ...] | None:
        """The labels that the rows award, in the order written; None when they award points."""
        labels: list[str] = []
        points = 0
        for row in self._all_rows():
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
                self.failed = self.mixed = True
            return None  # a misspelt name among points: let it be reported as unknown
        return tuple(labels) or None

    def _hyphen(self, span: Span, value: n.Expression) -> None:
        """``10-20%`` where a range was meant; its ends are told as they were typed, with the unit that both have."""
        assert isinstance(value, n.Sum)
        low, high = self.e.text(value.first), self.e.text(value.rest[0][1])
        if isinstance(value.first, n.Number) and value.first.unit is None and high.endswith("%"):
            low += "%"
        rank, rank_en = _rank_words(value.first, high)
        params = {"low": low, "high": high, "rank": rank, "rank_en": rank_en}
        self.e.report(errors.RANGE_WITH_HYPHEN, span, text=self.e.text(value), **params)

    def _ends_not_stated(self, pattern: n.Ranged) -> None:
        low, high = self.e.text(pattern.low), self.e.text(pattern.high)
        whole = isinstance(pattern.low, n.Number) and pattern.low.unit is None and high.endswith("%")
        low += "%" if whole else ""
        hint = f"两端都含的写 {low}（含）至 {high}（含），不含的那一端写（不含）"
        hint_en = f"write {low} (inclusive) to {high} (inclusive), and (exclusive) at an end that is out"
        rank, rank_en = _rank_words(pattern.low, high)
        params = {"hint": hint + rank, "hint_en": hint_en + rank_en}
        self.e.report(errors.RANGE_ENDS, pattern.span, text=self.e.text(pattern), **params)

    def _award(self, row: n.Row, labels: tuple[str, ...] | None) -> ir.Expr | None:
        award = row.award
        result: ir.Expr | None = None
        match award:
            case n.PointsAward(value=value, verb=verb):
                if _looks_like_a_range(value):
                    self._hyphen(award.span, value)
                    self.fail()
                    return None
                if labels is not None:
                    label = self.e.is_label(value)
                    if label is not None:
                        return ir.Const(label, value.span)
                    self.fail()
                    return None
                points = self._quantity(value) if self.free else self.e.score(value)
                result = None if points is None else self._moved(points, verb, award.span)
            case n.JudgedAward(range=judged_range, verb=verb):
                result = judge(self, judged_range, award.span)
                if result is not None and verb is not None:
                    result = self._moved(result, verb, award.span)
            case n.LeftOutAward():
                self.can_leave = True
                result = ir.Const(Reason("left out", (Cause("left out", self.judge_item, award.span),)), award.span)
            case n.NoResultAward():
                result = ir.Const(Reason("undefined", (Cause("no result", self.judge_item, award.span),)), award.span)
            case n.LinearAward():
                if isinstance(row.pattern, n.InBetween):
                    return None  # the line is drawn once both neighbours are known
                self.e.report(errors.BREAK_POINTS, award.span)
        if result is None:
            self.fail()
        return result

    def fail(self) -> None:
        """Remembers that the piece cannot be lowered; the reason has been reported."""
        self.failed = True

    def _quantity(self, value: n.Expression) -> ir.Expr | None:
        """An award of a free function: of the kind of the first one, and in its unit."""
        if self.award_type is None or isinstance(self.award_type, Truth):
            truth = self.e.elaborate(value)
            if truth is None:
                return None
            if isinstance(truth[1], Truth) or self.award_type is not None:
                self.award_type = TRUTH
                return self.e.condition(value) if not isinstance(truth[1], Truth) else truth[0]
        typed = self.e.number(value)
        if typed is None:
            return None
        if self.award_type is None:
            self.award_type = attrs.evolve(typed[1], bare=False)
            return typed[0]
        own = (ir.Const(Fraction(0)), self.award_type)
        both = self.e.unify(own, typed, value, value, ("并列", "listed together"))
        return None if both is None else both[1]

    def _moved(self, points: ir.Expr, verb: str | None, span: Span) -> ir.Expr | None:
        """``扣 n`` counts from 满分 (from nothing, where there is none), ``加 n`` from nothing."""
        if verb != "扣":
            return points
        if self.e.full is None and self.e.full_expr is None:
            return ir.Op("neg", (points,), span)
        full = self.e.elaborate(n.Full(span))
        return None if full is None else ir.Op("add", (full[0], ir.Op("neg", (points,))), span)

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
                for is_open in (pattern.low_open, pattern.high_open):
                    if is_open is None:
                        self._ends_not_stated(pattern)
                        self.fail()
                        return None
                tests.append(self._against(">" if pattern.low_open else ">=", low, row.span))
                tests.append(self._against("<" if pattern.high_open else "<=", high, row.span))
            case n.Listed(values=values, guard=guard):
                ranges = [value for value in values if _looks_like_a_range(value)]
                if ranges:
                    self._hyphen(pattern.span, ranges[0])
                    self.fail()
                    return None
                options = [self._equals(value, row.span) for value in values]
                if any(option is None for option in options):
                    self.fail()
                    return None
                known = tuple(option for option in options if option is not None)
                tests.append(known[0] if len(known) == 1 else ir.Op("or", known, pattern.span))
            case _:
                raise AssertionError("rows without a test are handled by the caller")
        if guard is not None:
            tests.append(self.e.condition(guard))
        if any(test is None for test in tests):
            self.fail()
            return None
        found = tuple(test for test in tests if test is not None)
        return found[0] if len(found) == 1 else ir.Op("and", found, pattern.span)

    def subject_syntax(self) -> n.Expression:
        """The subject as written, for messages."""
        subject = self.piece.subject
        if subject is None:
            return n.Name(("总分",), self.piece.span)
        return n.Name((subject.name,), subject.span) if isinstance(subject, Symbol) else subject

    def _against(self, op: n.Comparator, value: n.Expression, span: Span) -> ir.Expr | None:
        if self.subject is None:
            self.e.report(errors.ROW_WITHOUT_SUBJECT, span)
            return None
        typed = self.e.compare(op, self.subject_syntax(), self.subject, value, value.span)
        return None if typed is None else typed[0]

    def _equals(self, value: n.Expression, span: Span) -> ir.Expr | None:
        if self.subject is not None and isinstance(self.subject[1], Truth):
            truth = self.e.elaborate(value)
            if truth is None:
                return None
            return self.subject[0] if truth[0] == ir.Const(True) else ir.Op("not", (self.subject[0],), value.span)
        return self._against("=", value, span)


def _looks_like_a_range(value: n.Expression) -> bool:
    """``80-89``, ``60%-80%``: a hyphen between two numbers computes a difference that nobody means."""
    return (
        isinstance(value, n.Sum)
        and len(value.rest) == 1
        and value.rest[0][0] == "-"
        and isinstance(value.first, n.Number)
        and isinstance(value.rest[0][1], n.Number)
    )


def piece_type(lowered: LoweredPiece, ordered: bool) -> Type:
    """What a lowered piece yields: labels (best first, where that is known), or points."""
    if lowered.labels is None:
        return lowered.award_type or SCORE
    patterns = [row.pattern for row, _ in lowered.rows if row is not None]
    rising = bool(patterns) and isinstance(patterns[0], n.Compared) and patterns[0].bounds[0].op in ("<", "<=")
    return Labels(tuple(reversed(lowered.labels)) if rising else lowered.labels, ordered)


__all__ = ["LoweredPiece", "PieceLowering", "piece_type", "tag_text"]


def _rank_words(low: n.Expression, high: str) -> tuple[str, str]:
    """What a range from 1 may say more simply, as ranks begin with 1."""
    if not isinstance(low, n.Number) or low.value != 1 or high.endswith("%"):
        return "", ""
    return f"；名次从 1 起，写 ≤ {high} 也一样", f"; of ranks, which begin with 1, <= {high} says the same"

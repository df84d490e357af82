"""Sorts the lines of each node: which rows belong to which subject, which formula is whose.

The lines of an indicator come in any order except that rows follow what they are about.
"""

from __future__ import annotations

from typing import Any, assert_never

import attrs

from rubriclang.semantics import errors
from rubriclang.semantics.scope import (
    GRADE,
    GRADE_NAMES,
    SCORE_NAMES,
    TOTAL_NAMES,
    ListInfo,
    Names,
    Piece,
    Scope,
    Symbol,
)
from rubriclang.semantics.steps import edge_signs
from rubriclang.semantics.tables import column_rows
from rubriclang.source import Span
from rubriclang.syntax import nodes as n
from rubriclang.syntax.errors import UNFINISHED, WORD_TOUCHES_NAME


@attrs.define(eq=False)
class Body:
    """What one node says, sorted."""

    scope: Scope
    pieces: list[Piece] = attrs.field(factory=list)
    scores: list[n.Definition] = attrs.field(factory=list)
    judges: list[n.Judge] = attrs.field(factory=list)
    checklists: list[n.Block] = attrs.field(factory=list)
    adjustments: list[n.Adjustment] = attrs.field(factory=list)
    tallies: list[tuple[Piece, n.Step]] = attrs.field(factory=list)
    roundings: list[n.Rounding] = attrs.field(factory=list)
    limits: list[n.Limit] = attrs.field(factory=list)
    overrides: list[n.Override] = attrs.field(factory=list)
    combine: n.Combine | None = None
    each: n.EachRow | None = None
    total: n.Definition | None = None
    reasons: list[n.Row] = attrs.field(factory=list)
    texts: list[n.TextLine] = attrs.field(factory=list)


@attrs.define(eq=False)
class Collected:
    """The whole rubric, sorted: bodies by node, and what belongs to the rubric as a whole."""

    names: Names
    bodies: list[Body] = attrs.field(factory=list)
    facts: list[n.Fact] = attrs.field(factory=list)
    checks: list[n.Check] = attrs.field(factory=list)
    tests: list[n.Test] = attrs.field(factory=list)
    defaults: n.Defaults = attrs.field(factory=n.Defaults)
    grade_overrides: list[n.Override] = attrs.field(factory=list)
    parameters: list[Symbol] = attrs.field(factory=list)
    measures: list[n.Measures] = attrs.field(factory=list)
    lists: list[n.ListBlock] = attrs.field(factory=list)
    population: n.Population | None = None
    applies: n.Applies | None = None


class _Collector:
    def __init__(self, names: Names) -> None:
        self.names = names
        self.out = Collected(names)
        self.heads: list[tuple[Scope, Piece]] = []

    def run(self) -> Collected:
        for scope in self.names.root.walk():
            for line in scope.node.lines:
                if isinstance(line, n.ListBlock):
                    self._list(line)
        for scope in self.names.root.walk():
            self._node(scope)
        self._missing_by_default()
        for scope, piece in self.heads:
            if not (piece.rows or piece.steps or piece.tables or scope.broken):
                end = piece.head.end
                expected = ("一档，例如“≤ 5% -> 5”", "a band, as in '<= 5% -> 5'")
                # The colon, which is in no token; after a keyword that holds it, the file may end.
                span = Span(end, min(end + 1, len(self.names.source.text)))
                self.names.report(UNFINISHED, span, expected=expected[0], expected_en=expected[1], hint="")
                scope.broken = True
        return self.out

    def _missing_by_default(self) -> None:
        """``默认：缺失 -> …`` is a row of every indicator that says nothing else about what is missing."""
        award = self.out.defaults.missing
        if award is None:
            return
        for body in self.out.bodies:
            rows = [*body.reasons, *(row for piece in body.pieces for row in piece.rows)]
            if not body.scope.parts and not any(r.pattern == n.OnReason("missing") for r in rows):
                body.reasons.append(n.Row(n.OnReason("missing", award.span), award, span=award.span))

    def _list(self, line: n.ListBlock) -> None:
        if line.name in self.names.lists:
            known = line_of(self.names, self.names.lists[line.name].span)
            self.names.report(errors.DUPLICATE_NAME, line.span, name=line.name, line=known)
            return
        self.names.lists[line.name] = ListInfo(line.name, span=line.span)
        self.out.lists.append(line)

    def _define_for_rows(self, name: n.Name, syntax: Any) -> Symbol | None:
        """``列表.名 = 式``: computed for each row of the list."""
        info = self.names.lists.get(name.parts[0])
        if info is None or len(name.parts) != 2:
            suggestion = ("点号前面要是一个表的名称", "a table's name must stand before the dot")
            self.names.report(
                errors.UNKNOWN_COLLECTION,
                name.span,
                name=name.parts[0],
                suggestion=suggestion[0],
                suggestion_en=suggestion[1],
            )
            return None
        text = name.parts[1]
        known = info.symbols.get(text)
        if known is not None:
            self.names.report(errors.DUPLICATE_NAME, name.span, name=name.text, line=line_of(self.names, known.span))
            return None
        symbol = Symbol(name.text, text, self.names.root, name.span, syntax, list=info)
        info.symbols[text] = symbol
        return symbol

    def _define(self, scope: Scope, name: n.Name, syntax: Any, parameter: bool = False) -> Symbol | None:
        if len(name.parts) > 1:
            return self._define_for_rows(name, syntax)
        text = name.parts[0]
        owner = self.names.root if text in GRADE_NAMES else scope
        known = owner.symbols.get(text)
        if known is not None:
            line = self.names.source.position(known.span.start).line
            self.names.report(errors.DUPLICATE_NAME, name.span, name=text, line=str(line))
            return None
        identifier = text if owner is self.names.root else f"{owner.id}.{text}"
        symbol = Symbol(identifier, text, owner, name.span, syntax, parameter)
        if text in GRADE_NAMES:
            symbol.id = GRADE
            self.names.grade = symbol
        owner.symbols[text] = symbol
        return symbol

    def _node(self, scope: Scope) -> None:
        body = Body(scope)
        self.out.bodies.append(body)
        piece: Piece | None = None
        for line in scope.node.lines:
            piece = self._line(body, line, piece)
        for found in body.pieces:
            if found.rows and all(isinstance(row.pattern, n.OnReason) for row in found.rows):
                body.reasons += found.rows  # they answer for the whole indicator
                found.rows.clear()
            self._settle_steps(body, found)
        body.pieces = [p for p in body.pieces if p.rows or p.tables or (p.steps and p.target is not None)]

    def _settle_steps(self, body: Body, piece: Piece) -> None:
        """A subject with steps and no rows is no base of its own: it moves the score (每 1 次 扣 1 分)."""
        if piece.steps and not piece.rows and piece.target is None and not piece.tables:
            for step in piece.steps:
                if step.side in ("超过", "低于", "相差"):
                    text = self.names.source.slice(step.span)
                    self.names.report(errors.STEP_REFERENCE, step.span, text=text, **edge_signs(step))
                    body.scope.broken = True
            body.tallies += [(piece, step) for step in piece.steps]

    def _line(self, body: Body, line: n.Line, piece: Piece | None) -> Piece | None:
        scope = body.scope
        match line:
            case n.Definition(target=target):
                if target.text in SCORE_NAMES:
                    body.scores.append(line)
                    return None
                if target.text in TOTAL_NAMES and scope is self.names.root:
                    body.total = line
                    return None
                symbol = self._define(scope, target, line)
                if symbol is None:
                    return None
                new = Piece(None, symbol, span=line.span)
                body.pieces.append(new)
                return new
            case n.Subject():
                return self._subject(body, line)
            case n.Row() | n.Step():
                return self._piece_line(body, line, piece)
            case n.Table():
                return self._table(body, line, piece)
            case n.Adjustment():
                body.adjustments.append(line)
            case n.Judge():
                body.judges.append(line)
            case n.Limits(limits=limits):
                body.limits += limits
            case n.RoundingLine(rounding=rounding):
                body.roundings.append(rounding)
            case n.Override():
                self._override(body, line)
            case n.Combine():
                body.combine = line
            case n.EachRow():
                body.each = line
            case n.Applies():
                self.out.applies = line
            case n.Population():
                self.out.population = line
            case n.ListBlock():
                pass  # declared before anything else
            case n.Defaults():
                self._defaults(body, line)
            case n.Measures():
                self.out.measures.append(line)
            case n.Levels(name=name, labels=labels):
                self.names.levels[name] = labels
            case n.TextLine():
                body.texts.append(line)
                return piece  # a remark between a formula and its rows does not part them
            case n.Block():
                self._block(body, line)
            case n.Test():
                self.out.tests.append(line)
            case _:
                assert_never(line)
        if isinstance(line, n.Limits | n.Adjustment | n.RoundingLine | n.Override):
            return piece
        return None

    def _subject(self, body: Body, line: n.Subject) -> Piece:
        target = line.target
        if isinstance(line.subject, n.Name) and line.subject.text in ("情形", "cases"):
            line = attrs.evolve(line, subject=None)
            piece = Piece(target, None, span=line.span, head=line.span)
            return self._open_piece(body, line, piece)
        piece = Piece(target, line.subject, line.subject is None, line.interpolate, span=line.span, head=line.span)
        if piece.about_total and body.scope is not self.names.root:
            word = self.names.source.slice(target.span if target is not None else line.span).rstrip("：: ")
            hint = f"“{word}：”是等次，只写在“# 结果”下；指同名的数据时写成【{word}】："
            hint_en = f"'{word}:' is the grade and stands under '# Results' only; for the fact of that name write "
            hint_en += f"【{word}】:"
            at = target.span if target is not None else line.span
            self.names.report(errors.MISPLACED, at, hint=hint, hint_en=hint_en)
            body.scope.broken = True
            return piece
        return self._open_piece(body, line, piece)

    def _open_piece(self, body: Body, line: n.Subject, piece: Piece) -> Piece:
        target = piece.target
        self.heads.append((body.scope, piece))
        if target is not None and target.text in SCORE_NAMES:
            piece.target = None
            body.pieces.append(piece)
        elif target is not None:
            self._define(body.scope, target, piece)
        else:
            body.pieces.append(piece)
        if line.piece is not None:
            self._piece_line(body, line.piece, piece)
        return piece

    def _piece_line(self, body: Body, line: n.Row | n.Step, piece: Piece | None) -> Piece | None:
        if piece is None and isinstance(line, n.Row) and isinstance(line.pattern, n.OnReason):
            body.reasons.append(line)
            return None
        conditional = isinstance(line, n.Row) and isinstance(line.pattern, n.When)
        if conditional and piece is not None and piece.target is not None and _is_closed(piece):
            piece = None  # after 否则 of a named formula no row of it can follow: the indicator's own begin
        if piece is None:
            subjectless = isinstance(line, n.Row) and isinstance(line.pattern, n.When | n.Otherwise)
            if not subjectless:
                if not body.scope.broken:
                    self._no_subject(line)
                body.scope.broken = True
                return None
            piece = Piece(None, None, span=line.span)
            body.pieces.append(piece)
        if isinstance(line, n.Row):
            piece.rows.append(line)
        else:
            piece.steps.append(line)
        piece.span = piece.span.to(line.span)
        return piece

    def _no_subject(self, line: n.Row | n.Step) -> None:
        """A row about nothing; one that begins with 若 touching a name was meant as a condition."""
        if isinstance(line, n.Row) and isinstance(line.pattern, n.Listed):
            first = line.pattern.values[0]
            word = "若"
            if isinstance(first, n.Name) and first.text.startswith(word) and len(first.text) > 1:
                rest = first.text.removeprefix(word)
                self.names.report(WORD_TOUCHES_NAME, first.span, text=first.text, word=word, rest=rest)
                return
        self.names.report(errors.ROW_WITHOUT_SUBJECT, line.span)

    def _table(self, body: Body, table: n.Table, piece: Piece | None) -> Piece:
        """A table belongs to the subject before it, or brings its own in its corner."""
        if piece is None or (piece.rows and not self._heads(table, piece)):
            piece = Piece(None, table.corner, span=table.span)
            body.pieces.append(piece)
        piece.tables.append(table)
        piece.span = piece.span.to(table.span)
        return piece

    @staticmethod
    def _heads(table: n.Table, piece: Piece) -> bool:
        """Whether the corner of a table names what the rows above it are about, so that it goes on with them."""
        subject = piece.subject
        own = {subject.name if isinstance(subject, Symbol) else subject.text if isinstance(subject, n.Name) else ""}
        if piece.target is not None:
            own |= {piece.target.text, piece.target.parts[-1]}
        return table.corner is None or (isinstance(table.corner, n.Name) and table.corner.text in own)

    def _defaults(self, body: Body, line: n.Defaults) -> None:
        """默认 holds for the whole file; several lines add up."""
        if body.scope is not self.names.root:
            hint = "“默认：”写在第一个 ## 之前；只管这一个指标的，写在那一行后面"
            hint_en = "'defaults:' stands before the first ##"
            self.names.report(errors.MISPLACED, line.span, hint=hint, hint_en=hint_en)
            return
        known = self.out.defaults
        if line.clash or (known.step_mode is not None and line.step_mode not in (None, known.step_mode)):
            self.names.report(errors.TWO_STEP_MODES, line.span)
        self.out.defaults = attrs.evolve(
            known,
            step_mode=line.step_mode or known.step_mode,
            limits=known.limits + line.limits,
            rounding=line.rounding or known.rounding,
            missing=line.missing or known.missing,
            span=line.span,
        )

    def _override(self, body: Body, line: n.Override) -> None:
        targets = {e.target.text for e in line.effects if e.target is not None}
        about_grade = bool(targets & set(GRADE_NAMES)) or any(e.kind == "shifts" for e in line.effects)
        if about_grade:
            self.out.grade_overrides.append(line)
            rest = tuple(e for e in line.effects if e.target is None or e.target.text not in GRADE_NAMES)
            rest = tuple(e for e in rest if e.kind != "shifts")
            if rest:
                body.overrides.append(attrs.evolve(line, effects=rest))
            return
        body.overrides.append(line)

    def _block(self, body: Body, block: n.Block) -> None:
        for item in block.items:
            if isinstance(item, n.Table):
                self._parameter_table(item)
            elif isinstance(item, n.Fact):
                self.out.facts.append(item)
            elif isinstance(item, n.Check):
                self.out.checks.append(item)
            elif isinstance(item, n.Parameter):
                symbol = self._define(self.names.root, item.target, item, True)
                if symbol is not None:
                    self.out.parameters.append(symbol)
        if block.kind == "checklist":
            body.checklists.append(block)

    def _parameter_table(self, table: n.Table) -> None:
        """Each column after the first is a parameter that depends on the fact of the first."""
        for i, column in enumerate(table.columns):
            if not isinstance(column.header, n.Name):
                hint = ("表头写参数的名称", "the header is the name of the parameter")
                self.names.report(errors.MISPLACED, column.span, hint=hint[0], hint_en=hint[1])
                continue
            piece = Piece(column.header, table.corner, rows=column_rows(table, i), span=table.span)
            symbol = self._define(self.names.root, column.header, piece, True)
            if symbol is not None:
                self.out.parameters.append(symbol)


def collect(names: Names) -> Collected:
    """Sorts all lines of a rubric; names of formulas are registered in their scopes on the way."""
    return _Collector(names).run()


def _is_closed(piece: Piece) -> bool:
    return any(isinstance(row.pattern, n.Otherwise) for row in piece.rows)


def line_of(names: Names, span: Span) -> str:
    """The line number of a place, for messages."""
    return str(names.source.position(span.start).line)

"""The whole analysis: from a syntax tree to a program, or to the diagnostics that say why there is none."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import attrs

from rubriclang.diagnostics import Diagnostic
from rubriclang.facts.binding import Schema
from rubriclang.ir import nodes as ir
from rubriclang.ir.operators import COMPARISONS, REAL
from rubriclang.ir.types import SCORE, Labels, Number, Type
from rubriclang.ir.values import Cause, Reason
from rubriclang.prover.witness import Goal
from rubriclang.semantics import errors
from rubriclang.semantics.aggregates import PARTS
from rubriclang.semantics.checks import lower_checks
from rubriclang.semantics.collect import Body, Collected, collect
from rubriclang.semantics.denominators import check_denominators
from rubriclang.semantics.expressions import Elaborator
from rubriclang.semantics.fact_order import check_defaults
from rubriclang.semantics.facts import declare, declare_lists, declare_measures
from rubriclang.semantics.frame import Frame
from rubriclang.semantics.indicators import NodeLowering, piece_definition
from rubriclang.semantics.intervals import Ranges
from rubriclang.semantics.limits import limit_formula
from rubriclang.semantics.overrides import override_text
from rubriclang.semantics.scope import (
    GRADE,
    GRADE_NAMES,
    ListInfo,
    Names,
    Piece,
    Scope,
    Symbol,
    build_scopes,
    names_with_lists,
)
from rubriclang.semantics.tests import lower_tests
from rubriclang.source import Source
from rubriclang.syntax import nodes as n

Item = Symbol | Scope


def analyse(
    tree: n.Tree, source: Source, tree_has_errors: bool = False
) -> tuple[ir.Program | None, tuple[Diagnostic, ...]]:
    """The program of a syntax tree and all diagnostics.

    A program that comes out is complete and well typed; it is None when any error leaves part of it without a meaning.
    Errors with a goal do not: such a program runs, and shows its faults on the facts that meet them.
    ``tree_has_errors`` says that lines are missing from the tree, so that what only their absence makes is not said.
    """
    names = build_scopes(tree, source)
    collected = collect(names)
    declare_measures(collected)
    facts = declare(collected)
    lists = declare_lists(collected)
    _maxima(names)
    if not names.root.parts:
        names.report(errors.NO_INDICATORS, tree.root.title_span)
        return None, tuple(sorted(names.diagnostics, key=lambda d: d.sort_key))
    frame = Frame(names, collected.defaults, Ranges(facts, lists, everyone=collected.population is None))
    check_defaults(names, frame.ranges, facts)
    for listed in lists:
        check_defaults(names, frame.ranges, listed.columns, f"{listed.name}.")
    bodies = {body.scope.path: body for body in collected.bodies}
    for item in _order(names, bodies, collected):
        if isinstance(item, Symbol):
            _define(frame, item)
            if item is names.grade:
                _grade_overrides(frame, collected)
        else:
            NodeLowering(frame, bodies[item.path]).lower()
    if names.grade is None:
        _grade_overrides(frame, collected)
    _unrounded(frame)
    _missing_in_vain(frame)
    checks = lower_checks(names, collected.checks)
    asked = (node for d in frame.definitions for node in ir.walk(d.expr) if isinstance(node, ir.Judge))
    judged = {judge.item: judge for judge in asked if judge.given is None}
    schema = Schema(names.facts, judged, names.units, {listed.name: listed for listed in lists})
    tests = lower_tests(names, collected.tests, checks, schema)
    check_denominators(names, frame, bodies, checks)
    taking_part = collected.population
    population = Elaborator(names, names.root).condition(taking_part.condition) if taking_part is not None else None
    stated = collected.applies
    applies = Elaborator(names, names.root).condition(stated.condition) if stated is not None else None
    if any(diagnostic.goal is not None for diagnostic in names.diagnostics):
        from rubriclang.semantics.proofs import settle  # a sound rubric needs no prover

        settle(names, frame, facts, lists)
    if not tree_has_errors and not any(d.severity == "error" for d in names.diagnostics):
        _unused(collected)
    diagnostics = tuple(sorted(names.diagnostics, key=lambda d: d.sort_key))
    root = frame.nodes.get(())
    if root is None or any(d.severity == "error" and not isinstance(d.goal, Goal) for d in diagnostics):
        return None, diagnostics
    texts = [t.text for t in bodies[()].texts if t.kind == "basis"]
    program = ir.Program(
        title=names.root.name,
        facts=facts,
        definitions=tuple(frame.definitions),
        root=root,
        grade=GRADE if names.grade is not None else None,
        checks=checks,
        tests=tests,
        parameters=tuple(symbol.id for symbol in collected.parameters),
        basis=tuple(texts),
        lists=lists,
        population=population,
        applies=applies,
        needs_population=names.needs_population,
        units=tuple(names.units.items()),
        results=_results(names),
    )
    return program, diagnostics


def _results(names: Names) -> tuple[str, ...]:
    """The formulas that stand under # 结果, the grade apart."""
    root = names.root.node
    if root.results_at is None:
        return ()
    below = {line.span for line in root.lines[root.results_at :] if isinstance(line, n.Definition | n.Subject)}
    return tuple(
        symbol.id
        for symbol in names.root.symbols.values()
        if symbol is not names.grade and any(span.start <= symbol.span.start < span.end for span in below)
    )


def _maxima(names: Names) -> None:
    """The points of every node, from its heading."""
    for scope in names.root.walk():
        kinds = {a.kind: a for a in scope.node.attributes}
        points = kinds.get("points")
        scope.max = points.value.value if points is not None and isinstance(points.value, n.Number) else None
        free = {"most add", "most deduct", "bonus", "unlimited"} & set(kinds)
        if points is None and not free:
            if scope is names.root:
                if not scope.broken:
                    names.report(errors.NO_TOTAL, scope.node.title_span)
            elif not _labelled(scope):
                if not scope.broken:
                    names.report(errors.NO_POINTS, scope.node.title_span, name=scope.name)
                scope.broken = True


def _labelled(scope: Scope) -> bool:
    """Whether an indicator without points yields a label: none of its awards is a number."""
    awards = [
        row.award.value
        for line in scope.node.lines
        for row in ([line] if isinstance(line, n.Row) else [line.piece] if isinstance(line, n.Subject) else [])
        if isinstance(row, n.Row) and isinstance(row.award, n.PointsAward)
    ]
    return bool(awards) and all(isinstance(value, n.Name | n.Text) for value in awards)


# ---- order


def _order(names: Names, bodies: dict[tuple[str, ...], Body], collected: Collected) -> list[Item]:
    """Formulas and nodes in an order in which each reads only earlier ones; reports circles."""
    items: list[Item] = []
    for scope in names.root.walk():
        items += scope.symbols.values()
    for info in names.lists.values():
        items += info.symbols.values()
    items += reversed(list(names.root.walk()))  # parts before their section
    reads = {id(item): _reads(names, bodies, item, collected) for item in items}
    placed: dict[int, Item] = {}
    entered: set[int] = set()
    for start in items:
        if id(start) in placed:
            continue
        stack: list[tuple[Item, Iterable[Item]]] = [(start, iter(reads[id(start)]))]
        entered.add(id(start))
        while stack:
            current, rest = stack[-1]
            for item in rest:
                if item is current:
                    _report_circle(names, [current], current)
                    continue
                if id(item) in placed:
                    continue
                if id(item) in entered:
                    _report_circle(names, [entry for entry, _ in stack], item)
                    continue
                entered.add(id(item))
                stack.append((item, iter(reads[id(item)])))
                break
            else:
                placed[id(current)] = current
                stack.pop()
    return list(placed.values())


def _report_circle(names: Names, path: list[Item], start: Item) -> None:
    at = next(i for i, item in enumerate(path) if item is start)
    chain = [item.name for item in path[at:]]
    symbol = next((item for item in path[at:] if isinstance(item, Symbol)), None)
    span = symbol.span if symbol is not None else names.root.node.title_span
    if isinstance(start, Scope) and symbol is None:
        span = start.node.title_span
    names.report(errors.CIRCULAR, span, chain=" → ".join([*chain, start.name]))


def _reads(names: Names, bodies: dict[tuple[str, ...], Body], item: Item, collected: Collected) -> list[Item]:
    found: dict[int, Item] = {}

    def visit(scope: Scope, expr: Any, own: Scope | None = None) -> None:
        for name, lists in names_with_lists(expr, names.lists):
            column = next((info for info in reversed(lists) if name.parts[0] in info.columns), None)
            if column is not None and len(name.parts) == 1:
                continue
            rows = [symbol for symbol in row_symbols(name, lists) if symbol is not item]
            found.update((id(symbol), symbol) for symbol in rows)
            if rows:
                continue
            if name.text in ("总分", "total") and "总分" not in names.facts:
                target: Any = names.root
            else:
                target = names.lookup(scope, name.parts)
            section = scope if name.parts[0] in PARTS else target if isinstance(target, Scope) else None
            if section is not None and section.parts and (name.parts[0] in PARTS or isinstance(item, Symbol)):
                found.update((id(part), part) for part in section.parts)
                inner = [symbol for part in section.parts for symbol in part.symbols.values()]
                found.update((id(symbol), symbol) for symbol in inner if symbol is not item)
            if isinstance(target, Scope) and name.text in names.lists:
                continue  # the list, as the collection of an aggregate
            if isinstance(target, Symbol | Scope) and target is not own:
                found.setdefault(id(target), target)

    def row_symbols(name: n.Name, lists: tuple[ListInfo, ...]) -> list[Symbol]:
        """Formulas computed for each row that a name means: of a list at hand, or after the list's name."""
        if len(name.parts) == 2 and name.parts[0] in names.lists:
            symbol = names.lists[name.parts[0]].symbols.get(name.parts[1])
            return [symbol] if symbol is not None else []
        own_list = (item.list,) if isinstance(item, Symbol) and item.list is not None else ()
        around = (*own_list, *each_list, *lists)
        found_symbols = [info.symbols.get(name.parts[0]) for info in around] if len(name.parts) == 1 else []
        return [symbol for symbol in found_symbols if symbol is not None]

    each = bodies[item.path].each if isinstance(item, Scope) else None
    each_list = (names.lists[each.list.text],) if each is not None and each.list.text in names.lists else ()
    if isinstance(item, Symbol):
        scope = item.scope or names.root
        if isinstance(item.syntax, Piece):
            if item.syntax.about_total:
                found[id(names.root)] = names.root
            visit(scope, (item.syntax.subject, tuple(item.syntax.rows), tuple(item.syntax.steps)))
        else:
            visit(scope, item.syntax.value)
            visit(scope, getattr(item.syntax, "only_if", None))
        if item is names.grade:
            for override in collected.grade_overrides:
                visit(names.root, override.condition)
            found.pop(id(item), None)  # 等次 in its own overrides is the grade so far
        return list(found.values())
    body = bodies[item.path]
    for part in item.parts:
        found[id(part)] = part
    for piece in [*body.pieces, *(piece for piece, _ in body.tallies)]:
        if isinstance(piece.subject, Symbol):
            found.setdefault(id(piece.subject), piece.subject)
        else:
            visit(item, piece.subject)
        visit(item, (tuple(piece.rows), tuple(piece.steps)))
    visit(item, tuple(body.scores))
    visit(item, (tuple(body.adjustments), tuple(body.checklists), tuple(body.limits), tuple(body.judges)))
    own_score = id(item) in found
    visit(item, (tuple(body.overrides), body.combine, body.each, body.total))
    if not own_score:  # an override reads the score so far, which is no circle
        found.pop(id(item), None)
    return list(found.values())


# ---- definitions


def _define(frame: Frame, symbol: Symbol) -> None:
    scope = symbol.scope or frame.names.root
    lowered = _lowered(frame, scope, symbol)
    if lowered is None:
        return
    expr, kind = lowered
    symbol.type, symbol.done = kind, True
    level = symbol.list.name if symbol.list is not None else None
    frame.add(ir.Definition(symbol.id, expr, kind, scope.path, symbol.name, symbol.span, level))


def _lowered(frame: Frame, scope: Scope, symbol: Symbol) -> tuple[ir.Expr, Type] | None:
    syntax = symbol.syntax
    if isinstance(syntax, Piece):
        return piece_definition(frame, scope, symbol, syntax)
    elaborator = Elaborator(frame.names, scope)
    if symbol.list is not None:
        elaborator = elaborator.inside(symbol.list)
    condition: ir.Expr | None = None
    if isinstance(syntax, n.Definition) and syntax.only_if is not None:
        condition = elaborator.condition(syntax.only_if)
        if condition is None:
            return None
    typed = elaborator.elaborate(syntax.value)
    if typed is None:
        return None
    expr, kind = typed
    if isinstance(kind, Number):
        kind = attrs.evolve(kind, bare=symbol.parameter and kind.bare)
    if isinstance(syntax, n.Definition):
        if syntax.rounding is not None and isinstance(kind, Number):
            rounding = elaborator.rounding(syntax.rounding, kind, symbol.name)
            if rounding is not None:
                expr = ir.Round(rounding[0], rounding[1], expr, syntax.rounding.span)
        limited = limit_formula(elaborator, expr, syntax.limits)
        if limited is None:
            return None
        expr = limited
    if condition is not None:
        absent = ir.Const(Reason("missing", (Cause("not needed", symbol.name, symbol.span),)), symbol.span)
        plain = ir.Tag("", "plain")
        expr = ir.Case((ir.Arm(condition, expr, plain), ir.Arm(None, absent, plain)), symbol.span)
    return expr, kind


# ---- 等次


def _grade_overrides(frame: Frame, collected: Collected) -> None:
    """调整 and 否决 of the grade: versions of 等次, adjustments first, vetoes last."""
    names = frame.names
    grade = names.grade
    if not collected.grade_overrides:
        return
    if grade is None or not grade.done or not isinstance(grade.type, Labels):
        for override in collected.grade_overrides:
            if grade is None:
                names.report(errors.NO_GRADE, override.span)
        return
    versions = [index for index, d in enumerate(frame.definitions) if d.id == GRADE]
    base = frame.definitions.pop(versions[0])
    frame.add(attrs.evolve(base, id=f"{GRADE}#基础", name=None))
    current: ir.Expr = ir.Ref(f"{GRADE}#基础", span=base.span)
    number = 0
    kind = grade.type
    stated = names.levels.get(GRADE)
    if stated is not None and set(stated) == set(kind.options):
        kind = Labels(stated, True)
    for phase in ("adjust", "veto"):
        lines = reversed(collected.grade_overrides) if phase == "veto" else collected.grade_overrides
        for override in lines:
            if override.phase != phase:
                continue
            elaborator = Elaborator(names, names.root, self_points=(ir.Ref(names.root.points), SCORE))
            elaborator.self_grade = (current, kind)
            condition = elaborator.condition(override.condition)
            after = current
            for effect in override.effects:
                if effect.kind == "shifts" or (effect.target is not None and effect.target.text in GRADE_NAMES):
                    changed = _grade_effect(names, elaborator, effect, after, kind)
                    after = changed if changed is not None else after
            if condition is None:
                continue
            number += 1
            tag = ir.Tag(override_text(elaborator, override), "override", override.span)
            arms = (ir.Arm(condition, after, tag), ir.Arm(None, current, ir.Tag("", "plain")))
            current = frame.add(
                ir.Definition(f"{GRADE}#{number}", ir.Case(arms, override.span), kind, span=override.span)
            )
    frame.add(ir.Definition(GRADE, current, kind, name=GRADE, span=base.span))


def _grade_effect(
    names: Names, elaborator: Elaborator, effect: n.Effect, before: ir.Expr, kind: Labels
) -> ir.Expr | None:
    """The grade after an effect; labels go from best to worst."""
    options = kind.options
    if effect.kind == "shifts":
        moved = {label: options[min(max(i - effect.steps, 0), len(options) - 1)] for i, label in enumerate(options)}
    else:
        assert effect.value is not None
        label = elaborator.is_label(effect.value)
        if label not in options:
            names.report(
                errors.UNKNOWN_LABEL,
                effect.value.span,
                name=names.source.slice(effect.value.span),
                subject=GRADE,
                options="、".join(options),
                suggestion="",
            )
            return None
        at = options.index(label)
        if effect.op == "=":
            return ir.Const(label, effect.span)
        if effect.op == "!=":
            hint = ("写成 等次 = …、等次 ≤ … 或 降 1", "write grade = …, grade <= … or down 1")
            names.report(errors.MISPLACED, effect.span, hint=hint[0], hint_en=hint[1])
            return None
        edge = at + (effect.op == "<") - (effect.op == ">")
        best, worst = (edge, len(options) - 1) if effect.op in ("<=", "<") else (0, edge)
        if not 0 <= best <= worst < len(options):
            names.report(errors.DEAD_ROW, effect.span)
            return None
        moved = {option: options[min(max(i, best), worst)] for i, option in enumerate(options)}
    arms = tuple(
        ir.Arm(ir.Op("eq", (before, ir.Const(label))), ir.Const(to), ir.Tag("", "plain"))
        for label, to in moved.items()
        if label != to
    )
    return ir.Case((*arms, ir.Arm(None, before, ir.Tag("", "plain"))), effect.span) if arms else before


def _unrounded(frame: Frame) -> None:
    """Scores that may be no fraction must be rounded: points are exact."""
    real: set[str] = set()
    for definition in frame.definitions:
        if _may_be_real(definition.expr, real):
            real.add(definition.id)
    for node in frame.nodes.values():
        if node.points in real and node.span is not None and not node.parts:
            frame.names.report(errors.UNROUNDED_SCORE, node.span, name=node.name)


def _may_be_real(expr: ir.Expr, real: set[str]) -> bool:
    match expr:
        case ir.Round():
            return False
        case ir.Ref(target=target):
            return target in real
        case ir.Op(operator="pow", operands=(base, ir.Const(value=Fraction(denominator=1)))):
            return _may_be_real(base, real)
        case ir.Op(operator=operator, operands=operands):
            if operator in COMPARISONS.values() or operator in ("and", "or", "not", "is missing", "is left out"):
                return False
            return operator in REAL or any(_may_be_real(operand, real) for operand in operands)
        case ir.Case(arms=arms):
            return any(_may_be_real(arm.value, real) for arm in arms)
        case _:
            return any(_may_be_real(child, real) for child in ir.children(expr))


def _missing_in_vain(frame: Frame) -> None:
    """A row ``缺失 -> …`` where nothing can be missing: every fact it is about is required."""
    by_default = frame.defaults.missing.span if frame.defaults.missing is not None else None
    facts = {fact.name: fact for fact in frame.names.facts.values()}
    reads: dict[str, set[str]] = {}
    for definition in frame.definitions:
        mine: set[str] = set()
        catches: list[ir.Catch] = []
        for node in ir.walk(definition.expr):
            if isinstance(node, ir.Ref):
                mine |= reads.get(node.target, {node.target})
            elif isinstance(node, ir.Agg) or _absent(node):
                mine.add("")  # a mean of nothing is missing too, and a formula whose 仅当 does not hold
            elif isinstance(node, ir.Catch):
                catches.append(node)
        reads[definition.id] = mine
        for node in catches:
            for handler in node.handlers:
                required = all(name in facts and _required(facts[name]) for name in mine)
                span = handler.tag.span
                if handler.reason == "missing" and span not in (None, by_default) and mine and required:
                    assert span is not None
                    frame.names.report(errors.MISSING_NEVER, span)


def _absent(node: ir.Expr) -> bool:
    return isinstance(node, ir.Const) and isinstance(node.value, Reason) and node.value.kind == "missing"


def _required(fact: ir.Fact) -> bool:
    return not fact.optional and fact.default is None and fact.only_if is None


def _unused(collected: Collected) -> None:
    names = collected.names
    for fact in names.facts.values():
        if fact.name not in names.used_facts and fact.span is not None:
            names.report(errors.UNUSED_FACT, fact.span, name=fact.name)

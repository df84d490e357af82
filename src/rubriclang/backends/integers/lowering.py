"""A program to its integer form."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from rubriclang.backends.integers import arithmetic
from rubriclang.backends.integers.bounds import Range, bounds
from rubriclang.backends.integers.expressions import Expressions
from rubriclang.backends.integers.form import Check, Detail, Event, Form
from rubriclang.backends.integers.graph import Graph, Term
from rubriclang.backends.integers.inputs import InputForm, Inputs
from rubriclang.backends.integers.judging import asked_where
from rubriclang.backends.integers.settling import Settled, settle
from rubriclang.backends.integers.unsayable import Unsayable, UnsayableError
from rubriclang.backends.integers.value import Value, fine, is_kind, some
from rubriclang.ir import nodes as ir
from rubriclang.ir.sizes import MAX_BITS

_SIZES = (512, 128, 64, 32)  # bits of inputs that are tried as the largest


def lower(program: ir.Program, form: InputForm, detail: Detail = "trace") -> Form:
    """The integer form of a program for inputs of a shape.

    Args:
        program: a program; what of it has no integer form is told definition by definition.
        form: how numbers come.
        detail: ``scores`` leaves out the events that an explanation needs.
    """
    graph = Graph()
    inputs = Inputs(graph, form)
    e = Expressions(graph, inputs, trace=detail == "trace")
    unsayable: dict[str, Unsayable] = {}
    events: dict[str, tuple[Event, ...]] = {}
    settled = Settled((), ())
    try:
        settled = settle(e, program.facts)
    except UnsayableError as error:
        unsayable = {definition.id: error.unsayable for definition in program.definitions}
    e.events.clear()
    if not unsayable:
        for definition in program.definitions:
            _define(e, definition, events, unsayable)
    checks = tuple(_check(e, check) for check in program.checks)
    return Form(
        graph=graph,
        form=form,
        inputs=tuple(made for made, _ in inputs.made.values()),
        valid=settled.valid,
        flag=_flag(e, program, unsayable),
        noted=_noted(e, program, settled, checks),
        facts=e.facts,
        values=e.values,
        unsayable=unsayable,
        events=events,
        checks=tuple(check for check in checks if check is not None),
        texts=tuple(inputs.texts),
        largest=_largest(graph),
    )


def _define(
    e: Expressions, definition: ir.Definition, events: dict[str, tuple[Event, ...]], unsayable: dict[str, Unsayable]
) -> None:
    """Adds a definition, or why it cannot be said; one that cannot leaves no flags behind."""
    flags, judged = len(e.flags), {item: len(asked) for item, asked in e.judged.items()}
    try:
        if definition.level is not None:
            raise UnsayableError("rows of a table", definition.span)
        e.path = e.graph.true
        value = e.lower(definition.expr)
    except UnsayableError as error:
        unsayable[definition.id] = error.unsayable
        del e.flags[flags:]
        for item, asked in e.judged.items():
            del asked[judged.get(item, 0) :]
    else:
        e.values[definition.id] = value
        if e.trace:
            events[definition.id] = tuple(event for event in e.events if event.when != e.graph.false)
    e.events.clear()
    e.depth = 0


def _flag(e: Expressions, program: ir.Program, unsayable: Mapping[str, Unsayable]) -> Term:
    """Where the interpreter has to say why: an indicator or the total has no points and is not left out."""
    graph = e.graph
    leaves = [node.points for node in program.root.leaves() if node.path]
    if any(name in unsayable for name in (*leaves, program.root.points)):
        return graph.true
    lacking = list(e.flags)
    for name in leaves:
        value = e.values[name]
        lacking.append(graph.and_(some(graph, value), graph.not_(is_kind(graph, value, "left out"))))
    lacking.append(some(graph, e.values[program.root.points]))
    return graph.or_(*lacking)


def _noted(e: Expressions, program: ir.Program, settled: Settled, checks: tuple[Check | None, ...]) -> Term:
    """Where all values stand and there is still something to say."""
    graph = e.graph
    noted = list(settled.in_vain)
    for made, _ in e.inputs.made.values():
        if made.source == "judged" and made.present is not None:
            noted.append(graph.and_(made.present, graph.not_(asked_where(e, made.name))))
    for check in checks:
        if check is None:  # nobody can tell here
            return graph.true
        noted.append(graph.and_(check.made, graph.not_(graph.and_(check.decided, check.holds))))
    if program.applies is not None:
        try:
            applies = e.lower(program.applies)
        except UnsayableError:
            return graph.true
        noted.append(graph.and_(fine(graph, applies), graph.not_(applies.term)))
    return graph.or_(*noted)


def _check(e: Expressions, check: ir.Check) -> Check | None:
    """An identity; None where it has no integer form."""
    graph = e.graph
    try:
        made = graph.true
        if check.only_if is not None:
            asked = e.lower(check.only_if)
            made = graph.and_(fine(graph, asked), asked.term)
        left, right = e.lower(check.left), e.lower(check.right)
        tolerance = arithmetic.number(graph, Fraction(0)) if check.tolerance is None else e.lower(check.tolerance)
    except UnsayableError:
        return None
    decided = graph.and_(fine(graph, left), fine(graph, right), fine(graph, tolerance))
    return Check(made, decided, _holds(graph, check.op, left, right, tolerance))


def _holds(graph: Graph, op: str, left: Value, right: Value, tolerance: Value) -> Term:
    """Whether two sides agree as nearly as the tolerance asks."""
    if left.kind != "number" or right.kind != "number":
        same = arithmetic.compare(graph, "eq", left, right).term
        return same if op == "=" else graph.not_(same)
    difference = arithmetic.add(graph, (left, arithmetic.negative(graph, right)))
    over = arithmetic.compare(graph, "gt", difference, tolerance).term
    under = arithmetic.compare(graph, "lt", difference, arithmetic.negative(graph, tolerance)).term
    match op:
        case "=":
            return graph.and_(graph.not_(over), graph.not_(under))
        case "!=":
            return graph.or_(over, under)
        case "<=":
            return graph.not_(over)
        case "<":
            return arithmetic.compare(graph, "lt", difference, tolerance).term
        case ">=":
            return graph.not_(under)
        case _:
            return arithmetic.compare(graph, "gt", difference, arithmetic.negative(graph, tolerance)).term


def _largest(graph: Graph) -> int:
    """How large the numerators and denominators of inputs may be, so that no term is too large for the language."""
    names = [str(node.value) for node in graph.nodes if node.op == "input" and node.kind == "int"]
    for bits in _SIZES:
        most = (1 << bits) - 1
        found = bounds(graph, {name: Range(-most, most) for name in names})
        if all(known.bits is not None and known.bits * 4 <= MAX_BITS for known in found):
            return most
    return 0

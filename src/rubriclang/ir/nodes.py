"""The intermediate representation: eight expression nodes, and the frame around them.

This is the whole vocabulary that a backend has to understand; every construct of the language lowers to it.

========  ==========================================  =====================================================
node      fields                                      meaning
========  ==========================================  =====================================================
Const     value                                       a literal
Ref       target                                      a fact, a definition, or the row at hand
Op        operator, operands                          arithmetic, comparison, logic (one table: operators)
Round     mode, step, operand                         the only rounding; step rules use it with step 1
Case      arms (test, value, tag)                     the first arm whose test holds
Catch     operand, handlers                           a reason turned into an expression
Agg       function, collection, body, clauses         a collection reduced to a value
Judge     item, low, high                             points that a person gives, within bounds
========  ==========================================  =====================================================
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import attrs

from rubriclang.ir.rounding import RoundMode as RoundMode
from rubriclang.ir.types import Type
from rubriclang.ir.units import Unit
from rubriclang.ir.values import Value
from rubriclang.source import Span

POPULATION = "各单位"  # the collection of all units


def _span() -> Any:
    return attrs.field(default=None, eq=False, repr=False)


@attrs.frozen
class Const:
    """A literal value."""

    value: Value
    span: Span | None = _span()


@attrs.frozen
class Ref:
    """The value of a fact or definition, by its identifier in the program.

    ``column`` is a column of a list fact (``指标.分值``) and ``row`` a definition computed for each of its rows, both
    for the row at hand. ``own`` reaches out of a population: the unit being scored, not the one at hand.
    """

    target: str
    kind: Literal["fact", "definition", "column", "row"] = "definition"
    span: Span | None = _span()
    own: bool = False


@attrs.frozen
class Op:
    """An operator of the table in :mod:`rubriclang.ir.operators` applied to operands."""

    operator: str
    operands: tuple[Expr, ...]
    span: Span | None = _span()


@attrs.frozen
class Round:
    """The multiple of ``step`` that ``mode`` chooses for the operand."""

    mode: RoundMode
    step: Expr
    operand: Expr
    span: Span | None = _span()


@attrs.frozen
class Tag:
    """What an arm is called in an explanation: the text of its row as written, and its place.

    ``role`` tells rows from the machinery around them. For a step rule ``past`` is how far the subject lies past the
    edge, ``count`` how many steps that is, ``moved`` the points they move; they explain and take no part in equality.
    """

    text: str
    role: Literal["row", "step", "otherwise", "reason", "override", "plain"] = "row"
    span: Span | None = _span()
    past: Expr | None = attrs.field(default=None, eq=False, repr=False)
    count: Expr | None = attrs.field(default=None, eq=False, repr=False)
    moved: Expr | None = attrs.field(default=None, eq=False, repr=False)


@attrs.frozen
class Arm:
    """One arm of a Case; a test of None always holds."""

    test: Expr | None
    value: Expr
    tag: Tag


@attrs.frozen
class Case:
    """The value of the first arm whose test holds; a test that comes to a reason decides with that reason."""

    arms: tuple[Arm, ...]
    span: Span | None = _span()


@attrs.frozen
class Handler:
    """Replaces a reason: ``missing``, ``zero`` (a zero denominator) or ``left out``."""

    reason: Literal["missing", "zero", "left out"]
    value: Expr
    tag: Tag


@attrs.frozen
class Catch:
    """The operand, or where it comes to a reason that a handler names, the handler's value."""

    operand: Expr
    handlers: tuple[Handler, ...]
    span: Span | None = _span()


@attrs.frozen
class Clause:
    """What narrows or orders a collection before it is reduced.

    ``best per`` keeps the highest row of each key; ``drop highest``, ``drop lowest`` and ``take`` count rows, or with
    ``measure`` what a row measures; ``weight`` weighs a mean; ``rising`` ranks the lowest first; ``sort`` orders a
    list by a value (``word`` is ``rising`` or ``falling``; equal values keep their order); ``ties`` says what
    equal rows get: ``same`` (1, 2, 2, 4), ``dense`` (1, 2, 2, 3), ``last`` (1, 3, 3, 4), ``mean`` (1, 2.5, 2.5, 4), or
    with ``value`` a further comparison.
    """

    kind: Literal["best per", "drop highest", "drop lowest", "take", "weight", "measure", "rising", "ties", "sort"]
    value: Expr | None = None
    word: str = ""


@attrs.frozen
class Agg:
    """``function`` over a collection: the rows of a list fact, the units of the population, or ``items``.

    ``collection`` is the name of a list, ``各单位``, or empty for ``items``, which are expressions of their own (the
    parts of a section are known beforehand), each with clauses of its own in ``item_clauses``. Rows whose value is left
    out do not count.
    """

    function: str
    collection: str
    body: Expr | None = None
    where: Expr | None = None
    items: tuple[Expr, ...] = ()
    clauses: tuple[Clause, ...] = ()
    item_clauses: tuple[tuple[Clause, ...], ...] = ()
    span: Span | None = _span()


@attrs.frozen
class Judge:
    """Points that a person gives for ``item``, within ``low`` … ``high``.

    ``choices`` are the points of the ticks of a checklist: only their sums are possible. ``given`` is where the points
    of a judged row stand: a column of its list.
    """

    item: str
    low: Expr
    high: Expr | None
    low_open: bool = False
    high_open: bool = False
    choices: tuple[tuple[str, Value], ...] = ()
    given: Expr | None = None
    span: Span | None = _span()


Expr = Const | Ref | Op | Round | Case | Catch | Agg | Judge


def children(expr: Expr) -> Iterator[Expr]:
    """The direct sub-expressions, in the order of evaluation."""
    match expr:
        case Const() | Ref():
            return
        case Op(operands=operands):
            yield from operands
        case Round(step=step, operand=operand):
            yield operand
            yield step
        case Case(arms=arms):
            for arm in arms:
                if arm.test is not None:
                    yield arm.test
                yield arm.value
        case Catch(operand=operand, handlers=handlers):
            yield operand
            for handler in handlers:
                yield handler.value
        case Agg(body=body, where=where, items=items, clauses=clauses, item_clauses=item_clauses):
            if where is not None:
                yield where
            if body is not None:
                yield body
            yield from items
            for clause in (*clauses, *(clause for own in item_clauses for clause in own)):
                if clause.value is not None:
                    yield clause.value
        case Judge(low=low, high=high, given=given):
            yield low
            if high is not None:
                yield high
            if given is not None:
                yield given


def walk(expr: Expr) -> Iterator[Expr]:
    """The expression and everything under it, without recursion."""
    stack = [expr]
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, Op):  # most nodes are operations and leaves, which need no generator
            stack.extend(node.operands)
        elif not isinstance(node, Ref | Const):
            stack.extend(children(node))


def references(expr: Expr) -> set[str]:
    """Identifiers of all facts and definitions an expression reads directly."""
    return {node.target for node in walk(expr) if isinstance(node, Ref)}


# ---- the frame


@attrs.frozen
class Constraint:
    """A truth that must hold of a fact's value; ``text`` is how the rubric writes it.

    ``crossing`` tells a bound that reads other facts from one that a fact meets or breaks by itself.
    """

    test: Expr
    text: str
    crossing: bool = False


@attrs.frozen
class Fact:
    """A declared fact.

    ``whole`` and ``grid`` restrict numbers to integers or to multiples of a step; ``only_if`` says when the fact
    is needed at all; ``default`` is used when it is missing; ``optional`` allows it to stay missing.
    """

    name: str
    type: Type
    constraints: tuple[Constraint, ...] = ()
    whole: bool = False
    grid: Value | None = None
    optional: bool = False
    default: Expr | None = None
    only_if: Expr | None = None
    rounding: tuple[RoundMode, Expr] | None = None
    aliases: tuple[str, ...] = ()
    span: Span | None = _span()


@attrs.frozen
class ListFact:
    """A declared list fact (``表``): its columns, whose constraints read the row at hand."""

    name: str
    columns: tuple[Fact, ...]
    span: Span | None = _span()


@attrs.frozen
class Definition:
    """A named expression.

    ``name`` is the rubric's word for it (None for machinery); ``owner`` is a node's path; ``level`` names the list for
    each of whose rows it is computed (None: once).
    """

    id: str
    expr: Expr
    type: Type
    owner: tuple[str, ...] = ()
    name: str | None = None
    span: Span | None = _span()
    level: str | None = None


@attrs.frozen
class Node:
    """A section or an indicator.

    ``points`` is the definition of its final score, ``base`` that of the piecewise function it starts from,
    ``value`` the definition that function is about. ``contribution`` is what it adds to its parent (its score,
    or its score times its weight); ``max`` is its 满分, None where it has none; ``low`` and ``high`` are the least and
    the most it can be, None where nothing bounds it.
    ``counts`` is False for an indicator that yields a label or adds nothing to the sum.
    """

    name: str
    title: str
    path: tuple[str, ...]
    points: str
    max: Value | None
    low: Value | None = None
    high: Value | None = None
    base: str | None = None
    value: str | None = None
    weight: Value | None = None
    bonus: bool = False
    judged: bool = False
    standard: str = ""
    parts: tuple[Node, ...] = ()
    span: Span | None = _span()

    @property
    def is_section(self) -> bool:
        """Whether this node has parts."""
        return bool(self.parts)

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in the order of the text."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.parts))

    def leaves(self) -> Iterator[Node]:
        """The indicators below (or the node itself)."""
        return (node for node in self.walk() if not node.parts)


@attrs.frozen
class Check:
    """An identity between facts; ``left`` and ``right`` are set for a comparison, to show the difference."""

    name: str
    text: str
    op: str
    left: Expr
    right: Expr
    unit_name: str = ""
    tolerance: Expr | None = None
    only_if: Expr | None = None
    span: Span | None = _span()


@attrs.frozen
class Expectation:
    """One line of an in-file test."""

    text: str
    kind: Literal["formula", "check"]
    expr: Expr | None = None
    left: Expr | None = None
    right: Expr | None = None
    check: str = ""
    holds: bool = True
    span: Span | None = _span()


@attrs.frozen
class Test:
    """An in-file test: a fact file, facts given inline, and what must come out.

    ``lists`` holds the rows of tables by name; ``others`` the other units (name, facts, judged points), None where the
    test gives none.
    """

    name: str
    path: str | None
    given: tuple[tuple[str, Expr], ...] = ()
    judged: tuple[tuple[str, Expr], ...] = ()
    expectations: tuple[Expectation, ...] = ()
    lists: tuple[tuple[str, tuple[Mapping[str, Value], ...]], ...] = ()
    others: tuple[tuple[str | None, Mapping[str, Value], Mapping[str, Value]], ...] | None = None
    span: Span | None = _span()


@attrs.frozen
class Program:
    """A rubric with its meaning fixed; ``definitions`` stand in an order in which each reads only earlier ones.

    ``parameters`` are definitions that an in-file test may replace; ``population`` says which units take part in
    各单位, ``applies`` when the rubric is the right one.
    """

    title: str
    facts: tuple[Fact, ...]
    definitions: tuple[Definition, ...]
    root: Node
    grade: str | None = None
    checks: tuple[Check, ...] = ()
    tests: tuple[Test, ...] = ()
    parameters: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    lists: tuple[ListFact, ...] = ()
    population: Expr | None = None
    applies: Expr | None = None
    needs_population: bool = False
    units: tuple[tuple[str, Unit], ...] = ()
    results: tuple[str, ...] = ()

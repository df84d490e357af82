"""What a lint rule gets to see, and what it is.

A rule is a module of ``linter/rules/``, found by its being there. It has

- ``KINDS``: the kinds of its findings, defined in the same file;
- ``check(subject) -> Iterable[Diagnostic]``: the findings in a rubric that has a meaning already;
- ``BY_DEFAULT = False``, where it runs only when it is selected.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import Any, TypeVar

import attrs

from rubriclang.backends.confirm import QUESTIONS
from rubriclang.backends.evaluation import Evaluation
from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.ir import nodes as ir
from rubriclang.ir.types import Type
from rubriclang.prover.simplex import Effort
from rubriclang.prover.witness import EFFORT
from rubriclang.semantics.intervals import EVERYTHING, Interval, Ranges
from rubriclang.source import Source, Span
from rubriclang.syntax import nodes as n

T = TypeVar("T")
_EACH = 1_500  # work for each definition, so that it grows as the rubric does


@attrs.frozen
class Rule:
    """A rule as the engine runs it."""

    name: str
    kinds: tuple[Kind, ...]
    check: Callable[[Subject], Iterable[Diagnostic]]
    by_default: bool = True


class _Shown:
    """Evaluations that are made when they are asked for, and kept."""

    def __init__(self, coming: Iterator[Evaluation]) -> None:
        self.coming = coming
        self.made: list[Evaluation] = []

    def any(self, holds: Callable[[Evaluation], bool]) -> bool:
        if any(holds(run) for run in self.made):
            return True
        for run in self.coming:
            self.made.append(run)
            if holds(run):
                return True
        return False


@attrs.frozen(slots=False)
class Subject:
    """A rubric without errors: its meaning, its tree and its text. What several rules ask is worked out once."""

    program: ir.Program
    tree: n.Tree
    source: Source
    runs: Callable[[], Iterable[Evaluation]] = tuple
    _made: dict[Any, Any] = attrs.field(factory=dict, init=False, eq=False, repr=False)
    kept: dict[tuple[str, str], Any] = attrs.field(factory=dict, eq=False, repr=False)  # what rules have worked out

    @cached_property
    def _shown(self) -> _Shown:
        from rubriclang.linter.trial import trials  # few rubrics need it

        return _Shown(chain(self.runs(), trials(self.program, self.ranges)))

    def shown(self, holds: Callable[[Evaluation], bool]) -> bool:
        """Whether something happens on the facts of the in-file tests, or on others that are tried."""
        return self._shown.any(holds)

    def finding(self, kind: Kind, span: Span, **params: str) -> Diagnostic:
        """A diagnostic at a place of this rubric."""
        return Diagnostic(kind, self.source, span, params)

    @cached_property
    def nodes(self) -> tuple[n.Node, ...]:
        """All headings of the tree, in the order of the text."""
        found, stack = [], [self.tree.root]
        while stack:
            node = stack.pop()
            found.append(node)
            stack.extend(reversed(node.parts))
        return tuple(found)

    @cached_property
    def _titles(self) -> dict[Span, Span]:
        return {node.span: node.title_span for node in self.nodes}

    def title_of(self, node: ir.Node) -> Span:
        """Where the heading of an indicator or a section stands."""
        span = node.span or self.tree.root.title_span
        return self._titles.get(span, span)

    @cached_property
    def definitions(self) -> dict[str, ir.Definition]:
        """The definitions of the program by identifier."""
        return {definition.id: definition for definition in self.program.definitions}

    @cached_property
    def fact_types(self) -> dict[str, Type]:
        """The types of the facts by name."""
        return {fact.name: fact.type for fact in self.program.facts}

    @cached_property
    def bound_together(self) -> frozenset[str]:
        """The facts that bound each other."""
        found: set[str] = set()
        for fact in self.program.facts:
            for constraint in fact.constraints:
                found |= ir.references(constraint.test) if constraint.crossing else set()
        return frozenset(found)

    @cached_property
    def reads(self) -> Counter[str]:
        """How many expressions of the program read each fact and definition, those of tests included."""
        return Counter(target for expr in self.expressions() for target in ir.references(expr))

    @cached_property
    def ranges(self) -> Ranges:
        """The values that facts can take, by their declarations; nothing is known of formulas."""
        return Ranges(self.program.facts, self.program.lists)

    def once(self, make: Callable[[Subject], T]) -> T:
        """What a function makes of this rubric, made when it is first asked for."""
        if make not in self._made:
            self._made[make] = make(self)
        found: T = self._made[make]
        return found

    @cached_property
    def effort(self) -> Effort:
        """The work that the rules which prove something may still take, all together."""
        return Effort(EFFORT + _EACH * len(self.program.definitions))

    @cached_property
    def questions(self) -> Effort:
        """How often the rules may still ask the solver."""
        return Effort(QUESTIONS)

    def constant(self, expr: ir.Expr) -> Fraction | None:
        """The number that an expression is, itself or as a parameter; None for any other."""
        definition = self.definitions.get(expr.target) if isinstance(expr, ir.Ref) else None
        value = getattr(expr if definition is None else definition.expr, "value", None)
        return value if isinstance(value, Fraction) else None

    def range_of(self, quantity: ir.Ref) -> Interval:
        """The values that a fact or a formula can take, by the declarations of the facts it reads."""
        stack = [quantity.target]
        while stack:
            target = stack[-1]
            definition = self.definitions.get(target)
            if definition is None or target in self._formulas.known:
                stack.pop()
                continue
            waiting = [t for t in ir.references(definition.expr) if t in self.definitions and not self._is_known(t)]
            if waiting:
                stack += waiting
                continue
            self._formulas.define(definition)
        return self._formulas.known.get(quantity.target, EVERYTHING)

    def _is_known(self, target: str) -> bool:
        return target in self._formulas.known

    @cached_property
    def _formulas(self) -> Ranges:
        """The ranges of the facts, and of those formulas that have been asked for."""
        ranges = copy(self.ranges)
        ranges.known, ranges.aliases = dict(ranges.known), dict(ranges.aliases)
        ranges.everyone = self.program.population is None
        return ranges

    def part_about(self, *exprs: ir.Expr) -> ir.Program:
        """As much of the program as some expressions read, so that questions stay small in a large rubric."""
        needed: set[str] = set()
        stack = [target for expr in exprs for target in ir.references(expr)]
        while stack:
            target = stack.pop()
            if target in needed:
                continue
            needed.add(target)
            for expr in self._behind(target):
                stack.extend(ir.references(expr))
        program = self.program
        order = self._order
        names = sorted((name for name in needed if name in order), key=order.__getitem__)
        return attrs.evolve(
            program,
            facts=tuple(self._facts[name] for name in names if name in self._facts),
            definitions=tuple(self.definitions[name] for name in names if name in self.definitions),
            checks=(),
            tests=(),
            parameters=(),
        )

    @cached_property
    def _order(self) -> dict[str, int]:
        every = (*self._facts, *self.definitions)
        return {name: at for at, name in enumerate(every)}

    @cached_property
    def _facts(self) -> dict[str, ir.Fact]:
        return {fact.name: fact for fact in self.program.facts}

    def _behind(self, target: str) -> Iterator[ir.Expr]:
        definition, fact = self.definitions.get(target), self._facts.get(target)
        if definition is not None:
            yield definition.expr
        if fact is not None:
            yield from (constraint.test for constraint in fact.constraints)
            yield from (expr for expr in (fact.default, fact.only_if) if expr is not None)

    def expressions(self) -> Iterator[ir.Expr]:
        """Every expression of the program."""
        program = self.program
        yield from (definition.expr for definition in program.definitions)
        for fact in (*program.facts, *(column for info in program.lists for column in info.columns)):
            yield from (constraint.test for constraint in fact.constraints)
            yield from (expr for expr in (fact.default, fact.only_if) if expr is not None)
            if fact.rounding is not None:
                yield fact.rounding[1]
        for check in program.checks:
            yield from (e for e in (check.left, check.right, check.tolerance, check.only_if) if e is not None)
        for test in program.tests:
            yield from (expr for _, expr in (*test.given, *test.judged))
            for wanted in test.expectations:
                yield from (e for e in (wanted.expr, wanted.left, wanted.right) if e is not None)
        yield from (expr for expr in (program.population, program.applies) if expr is not None)

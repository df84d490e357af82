"""What a lint rule gets to see, and what it is.

A rule is a module of ``linter/rules/``, found by its being there. It has

- ``KINDS``: the kinds of its findings, defined in the same file;
- ``check(subject) -> Iterable[Diagnostic]``: the findings in a rubric that has a meaning already;
- ``BY_DEFAULT = False``, where it runs only when it is selected.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any, TypeVar

import attrs

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.ir import nodes as ir
from rubriclang.semantics.intervals import Ranges
from rubriclang.source import Source, Span
from rubriclang.syntax import nodes as n

T = TypeVar("T")


@attrs.frozen
class Rule:
    """A rule as the engine runs it."""

    name: str
    kinds: tuple[Kind, ...]
    check: Callable[[Subject], Iterable[Diagnostic]]
    by_default: bool = True


@attrs.frozen(slots=False)
class Subject:
    """A rubric without errors: its meaning, its tree and its text. What several rules ask is worked out once."""

    program: ir.Program
    tree: n.Tree
    source: Source
    _made: dict[Any, Any] = attrs.field(factory=dict, init=False, eq=False, repr=False)

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
    def definitions(self) -> dict[str, ir.Definition]:
        """The definitions of the program by identifier."""
        return {definition.id: definition for definition in self.program.definitions}

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

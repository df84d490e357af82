"""Who is called what: the names of a rubric and the places they are visible from.

Facts and indicators are separate name spaces. A bare name is looked up as a formula of the indicator at hand,
then of the sections around it, then as a fact, then as an indicator; ``节.名`` reaches into a section.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.ir import nodes as ir
from rubriclang.ir.types import Type
from rubriclang.ir.units import Unit
from rubriclang.semantics import errors
from rubriclang.source import Source, Span
from rubriclang.syntax import nodes as n
from rubriclang.syntax.headings import title_name

GRADE = "等次"
SCORE_NAMES = ("得分", "points", "score")
TOTAL_NAMES = ("总分", "total")
GRADE_NAMES = ("等次", "grade")
TRUTHS = {"是": True, "否": False, "yes": True, "no": False, "true": True, "false": False}


@attrs.define(eq=False)
class Symbol:
    """A named formula or parameter: where it was written, and what it came to mean."""

    id: str
    name: str
    scope: Scope | None
    span: Span
    syntax: n.Definition | n.Parameter | Piece
    parameter: bool = False
    list: ListInfo | None = None
    type: Type | None = None
    done: bool = False


@attrs.define(eq=False)
class Piece:
    """A piecewise function as collected: a subject and the rows and steps that follow it."""

    target: n.Name | None
    subject: n.Expression | Symbol | None
    about_total: bool = False
    interpolate: bool = False
    rows: list[n.Row] = attrs.field(factory=list)
    steps: list[n.Step] = attrs.field(factory=list)
    tables: list[n.Table] = attrs.field(factory=list)
    span: Span = Span(0, 0)
    head: Span = Span(0, 0)


@attrs.define(eq=False)
class ListInfo:
    """A list fact: its columns, and the formulas computed for each of its rows."""

    name: str
    columns: dict[str, ir.Fact] = attrs.field(factory=dict)
    judged: str | None = None  # the column in which a person's points stand
    symbols: dict[str, Symbol] = attrs.field(factory=dict)
    span: Span = Span(0, 0)


@attrs.define(eq=False)
class Scope:
    """A node of the rubric with its own formulas."""

    node: n.Node
    name: str
    path: tuple[str, ...]
    parent: Scope | None = None
    parts: list[Scope] = attrs.field(factory=list)
    symbols: dict[str, Symbol] = attrs.field(factory=dict)
    max: Any = None
    points_type: Type | None = None
    can_leave: bool = False  # its score can be left out (剔除, 不计)
    available: ir.Expr | None = None  # the points that can be scored, where some can be left out
    broken: bool = False  # something in it is wrong already; what only follows from that is not said
    spread: ir.Expr | None = None  # when its points are spread over its siblings (分摊)

    @property
    def id(self) -> str:
        """The identifier that its definitions start with."""
        return "/".join(self.path)

    @property
    def points(self) -> str:
        """The identifier of its final score."""
        return f"{self.id}#得分"

    def walk(self) -> Iterator[Scope]:
        """This scope and all below it, in the order of the text."""
        stack = [self]
        while stack:
            scope = stack.pop()
            yield scope
            stack.extend(reversed(scope.parts))


Target = ir.Fact | Symbol | Scope


@attrs.define(eq=False)
class Names:
    """All names of one rubric, and the diagnostics its analysis has found so far."""

    source: Source
    root: Scope
    facts: dict[str, ir.Fact] = attrs.field(factory=dict)
    units: dict[str, Unit] = attrs.field(factory=dict)
    levels: dict[str, tuple[str, ...]] = attrs.field(factory=dict)
    lists: dict[str, ListInfo] = attrs.field(factory=dict)
    needs_population: bool = False
    grade: Symbol | None = None
    by_name: dict[str, list[Scope]] = attrs.field(factory=dict)
    diagnostics: list[Diagnostic] = attrs.field(factory=list)
    used_facts: set[str] = attrs.field(factory=set)
    untyped: set[str] = attrs.field(factory=set)  # facts whose type is unknown: what uses them is not judged
    written: frozenset[str] | None = None  # what stands before a =, if any line is unreadable: see lost_names

    def report(self, kind: Kind, span: Span, level: Any = None, *, goal: Any = None, **params: str) -> None:
        """Adds a diagnostic at a place of the rubric.

        ``goal`` is a condition that facts meet exactly if they show the fault; where none can, nothing is said.
        """
        self.diagnostics.append(Diagnostic(kind, self.source, span, params, level, goal=goal))

    def lookup(self, scope: Scope, parts: tuple[str, ...]) -> Target | list[Scope] | None:
        """What a path names from a scope; a list of scopes where several nodes have the name."""
        if len(parts) > 1:
            return self._inside(scope, parts)
        name = parts[0]
        around: Scope | None = scope
        while around is not None:
            if name in around.symbols:
                return around.symbols[name]
            around = around.parent
        if name in GRADE_NAMES and self.grade is not None:
            return self.grade
        if name in self.facts:
            return self.facts[name]
        return self._node(scope, name)

    def _node(self, scope: Scope, name: str) -> Scope | list[Scope] | None:
        candidates = self.by_name.get(name, [])
        if len(candidates) <= 1:
            return candidates[0] if candidates else None
        around: Scope | None = scope
        while around is not None:
            near = [c for c in candidates if c.parent is around]
            if len(near) == 1:
                return near[0]
            around = around.parent
        return candidates

    def _inside(self, scope: Scope, parts: tuple[str, ...]) -> Target | list[Scope] | None:
        first = self._node(scope, parts[0])
        starts = first if isinstance(first, list) else [first] if first else []
        if not starts and parts[0] == self.root.name:
            starts = [self.root]
        found: list[Target] = []
        for start in starts:
            here: Target | None = start
            for part in parts[1:]:
                here = _member(here, part)
            if here is not None:
                found.append(here)
        if not found:
            return None
        if len(found) > 1 and all(isinstance(f, Scope) for f in found):
            return [f for f in found if isinstance(f, Scope)]
        return found[0]


def _member(here: Target | None, part: str) -> Target | None:
    if not isinstance(here, Scope):
        return None
    if part in SCORE_NAMES:
        return here
    for child in here.parts:
        if child.name == part:
            return child
    return here.symbols.get(part)


def build_scopes(tree: n.Tree, source: Source) -> Names:
    """The scopes of a tree, with indicators registered by name; formulas are collected later."""
    root = Scope(tree.root, title_name(tree.root.title), (), broken=tree.root.broken)
    names = Names(source, root)
    stack = [root]
    while stack:
        scope = stack.pop()
        seen: dict[str, n.Node] = {}
        for part in scope.node.parts:
            name = title_name(part.title)
            if name in seen:
                line = source.position(seen[name].span.start).line
                names.report(errors.DUPLICATE_INDICATOR, part.title_span, name=name, line=str(line))
            seen[name] = part
            child = Scope(part, name, (*scope.path, name), scope, broken=part.broken)
            scope.parts.append(child)
            names.by_name.setdefault(name, []).append(child)
        stack.extend(reversed(scope.parts))
    return names


def parts_of(kind: type[Any]) -> tuple[str, ...]:
    """The fields of a class of syntax nodes that may hold something of meaning; none of a class that is no node."""
    known = _PARTS.get(kind)
    if known is None:
        node = attrs.has(kind) and kind is not Span
        known = tuple(field.name for field in attrs.fields(kind) if field.name != "span") if node else ()
        _PARTS[kind] = known
    return known


_PARTS: dict[type[Any], tuple[str, ...]] = {}


def names_with_lists(expr: Any, lists: Mapping[str, ListInfo]) -> list[tuple[n.Name, tuple[ListInfo, ...]]]:
    """All names in a syntax expression, each with the lists whose rows are at hand where it stands; no recursion."""
    found: list[tuple[n.Name, tuple[ListInfo, ...]]] = []
    stack: list[tuple[Any, tuple[ListInfo, ...]]] = [(expr, ())]
    while stack:
        node, around = stack.pop()
        if isinstance(node, n.Name):
            found.append((node, around))
        elif isinstance(node, tuple):
            stack.extend((child, around) for child in reversed(node))
        elif parts_of(type(node)):
            if isinstance(node, n.Call) and node.arguments:
                first = node.arguments[0]
                name = first.collection if isinstance(first, n.Over) else first
                if isinstance(name, n.Name) and name.parts[0] in lists:
                    around = (*around, lists[name.parts[0]])
            if isinstance(node, n.Over):
                stack.append((node.collection, around))
            parts = [part for part in parts_of(type(node)) if part != "collection"]
            stack.extend((getattr(node, part), around) for part in reversed(parts))
    return found

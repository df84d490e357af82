"""What lowering builds up, shared by the passes of this package."""

from __future__ import annotations

import attrs

from rubriclang.ir import nodes as ir
from rubriclang.ir.types import Type
from rubriclang.semantics.intervals import Ranges
from rubriclang.semantics.scope import Names
from rubriclang.syntax import nodes as n


@attrs.define(eq=False)
class Frame:
    """What lowering builds up: definitions in order and the nodes of the outline, by path."""

    names: Names
    defaults: n.Defaults
    ranges: Ranges
    definitions: list[ir.Definition] = attrs.field(factory=list)
    nodes: dict[tuple[str, ...], ir.Node] = attrs.field(factory=dict)

    @property
    def types(self) -> dict[str, Type]:
        """The types of all facts and definitions so far, by identifier."""
        found: dict[str, Type] = {fact.name: fact.type for fact in self.names.facts.values()}
        found.update((definition.id, definition.type) for definition in self.definitions)
        return found

    def add(self, definition: ir.Definition) -> ir.Ref:
        """Adds a definition and returns a reference to it."""
        self.definitions.append(definition)
        self.ranges.define(definition)
        return ir.Ref(definition.id, span=definition.span)

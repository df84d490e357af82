"""What lowering builds up, shared by the passes of this package."""

from __future__ import annotations

import attrs

from rubriclang.ir import nodes as ir
from rubriclang.ir.types import Type
from rubriclang.ir.values import Value
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
    types: dict[str, Type] = attrs.field(init=False)  # of all facts and definitions so far, by identifier
    constants: dict[str, Value] = attrs.field(factory=dict)  # the definitions that are one literal

    def __attrs_post_init__(self) -> None:
        self.types = {fact.name: fact.type for fact in self.names.facts.values()}

    def add(self, definition: ir.Definition) -> ir.Ref:
        """Adds a definition and returns a reference to it."""
        self.definitions.append(definition)
        self.types[definition.id] = definition.type
        if isinstance(definition.expr, ir.Const):
            self.constants[definition.id] = definition.expr.value
        self.ranges.define(definition)
        return ir.Ref(definition.id, span=definition.span)

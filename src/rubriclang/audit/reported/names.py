"""Which definition of a rubric a statement is about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import attrs

from rubriclang.diagnostics.suggest import closest
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import header_key

Problem = Literal["unknown", "ambiguous", "no value", "fact"]


@attrs.frozen
class Target:
    """A definition that has the value spoken of, and the indicator or section it belongs to."""

    definition: ir.Definition
    node: ir.Node | None


@attrs.frozen
class Unresolved:
    """Why a name leads nowhere: unknown (with the nearest known one), or more than one of that name."""

    problem: Problem
    near: tuple[str, ...] = ()


class Names:
    """All that a report can name of a rubric: formulas and indicators for values, indicators and sections for points.

    Names are compared without quotes, blanks and width, and may be qualified: ``指标.式``, ``一级/二级/指标``.
    """

    def __init__(self, program: ir.Program) -> None:
        self.program = program
        self.definitions = {definition.id: definition for definition in program.definitions}
        self.facts = {header_key(name) for fact in program.facts for name in (fact.name, *fact.aliases)}
        self.nodes = [node for node in program.root.walk() if node.path]
        self.owned: dict[tuple[str, ...], list[ir.Definition]] = {}
        self.formulas: dict[str, list[ir.Definition]] = {}
        self.titles: dict[str, list[ir.Node]] = {}
        for definition in program.definitions:
            if definition.name is None or definition.level is not None:
                continue
            self.owned.setdefault(definition.owner, []).append(definition)
            for start in range(len(definition.owner) + 1):
                lead = definition.owner[start:]
                for text in {f"{'/'.join(lead)}.{definition.name}", f"{'.'.join(lead)}.{definition.name}"}:
                    self._add(self.formulas, text.lstrip("."), definition)
        for node in self.nodes:
            for start in range(len(node.path)):
                for text in {"/".join(node.path[start:]), ".".join(node.path[start:])}:
                    self._add(self.titles, text, node)
        self.of_value = {item.id: node for node in self.nodes if (item := self.value_of(node)) is not None}

    @staticmethod
    def _add(index: dict[str, list[ir.Definition]] | dict[str, list[ir.Node]], text: str, item: object) -> None:
        found: list[object] = index.setdefault(header_key(text), [])  # type: ignore[assignment]
        if item not in found:
            found.append(item)

    def value_of(self, node: ir.Node) -> ir.Definition | None:
        """What the bands of an indicator are about, or its only formula."""
        if node.value is not None:
            return self.definitions[node.value]
        own = self.owned.get(node.path, [])
        return own[0] if len(own) == 1 and not node.parts else None

    def value(self, name: str) -> Target | Unresolved:
        """The definition whose value a name means."""
        formulas = self.formulas.get(header_key(name), [])
        nodes = [node for node in self._titled(name) if self.value_of(node) is not None]
        # An indicator and its own formula may share a name.
        found = {item.id: item for item in formulas}
        found |= {item.id: item for node in nodes if (item := self.value_of(node)) is not None}
        if len(found) == 1:
            definition = next(iter(found.values()))
            return Target(definition, self.of_value.get(definition.id))
        if found:
            return Unresolved(
                "ambiguous", tuple(f"{'/'.join(d.owner)}.{d.name or ''}".rstrip(".") for d in found.values())
            )
        if self._titled(name):
            return Unresolved("no value")
        if header_key(name) in self.facts:
            return Unresolved("fact")
        return self._unknown(name, [d.name or "" for d in formulas or self._formulas()])

    def points(self, name: str) -> Target | Unresolved:
        """The indicator or section whose points a name means; of both of one name, the indicator."""
        nodes = self._titled(name)
        if len(nodes) == 1:
            return Target(self.definitions[nodes[0].points], nodes[0])
        if nodes:
            return Unresolved("ambiguous", tuple("/".join(node.path) for node in nodes))
        formulas = self.formulas.get(header_key(name), [])
        if len(formulas) == 1:
            return Target(formulas[0], None)
        return self._unknown(name, [])

    def _titled(self, name: str) -> list[ir.Node]:
        nodes = self.titles.get(header_key(name), [])
        leaves = [node for node in nodes if not node.parts]
        exact = [node for node in nodes if header_key("/".join(node.path)) == header_key(name)]
        if "/" in name and exact:
            return exact
        return leaves or nodes

    def _formulas(self) -> list[ir.Definition]:
        return [definition for owned in self.owned.values() for definition in owned]

    def _unknown(self, name: str, more: Iterable[str]) -> Unresolved:
        near = closest(name, [*(node.name for node in self.nodes), *more])
        return Unresolved("unknown", (near,) if near else ())

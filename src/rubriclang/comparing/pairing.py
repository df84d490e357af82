"""Which indicator, and which formula, of one rubric is which of another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import attrs

from rubriclang.comparing.shapes import marks, shape
from rubriclang.ir import nodes as ir


@attrs.frozen
class Pairs:
    """``nodes`` are those of both rubrics, ``gone`` those of the old alone, ``come`` those of the new alone."""

    nodes: tuple[tuple[ir.Node, ir.Node], ...]
    gone: tuple[ir.Node, ...]
    come: tuple[ir.Node, ...]
    tokens: tuple[Mapping[str, str], Mapping[str, str]]
    marks: tuple[Mapping[str, str], Mapping[str, str]]
    definitions: tuple[Mapping[str, ir.Definition], Mapping[str, ir.Definition]]

    def same(self, old: str, new: str) -> bool:
        """Whether two definitions mean the same all the way down."""
        return self.marks[0].get(old) == self.marks[1].get(new)

    def shape(self, side: int, expr: ir.Expr) -> tuple[Any, ...]:
        """The structure of an expression of the old (0) or the new (1) rubric, in names that both share."""
        tokens = self.tokens[side]
        return shape(expr, lambda ref: tokens.get(ref.target, f"{ref.kind} {ref.target}"))


def pair(old: ir.Program, new: ir.Program) -> Pairs:
    """Pairs by path, then by title where it is unique, then by meaning within one section."""
    own = (marks(old), marks(new))
    left = {node.path: node for node in old.root.walk()}
    right = {node.path: node for node in new.root.walk()}
    found = [(left.pop(path), right.pop(path)) for path in list(left) if path in right]
    for name in [n for n, times in Counter(node.name for node in left.values()).items() if times == 1]:
        there = [node for node in right.values() if node.name == name]
        if len(there) == 1:
            here = next(node for node in left.values() if node.name == name)
            found.append((left.pop(here.path), right.pop(there[0].path)))
    for node in list(left.values()):
        there = [n for n in right.values() if n.path[:-1] == node.path[:-1] and own[0][node.points] == own[1][n.points]]
        if len(there) == 1:
            found.append((left.pop(node.path), right.pop(there[0].path)))
    tokens = _tokens(old, new, found, own)
    definitions = ({d.id: d for d in old.definitions}, {d.id: d for d in new.definitions})
    order = {node.path: at for at, node in enumerate(old.root.walk())}
    found.sort(key=lambda both: order[both[0].path])
    return Pairs(tuple(found), tuple(left.values()), tuple(right.values()), tokens, own, definitions)


def _tokens(
    old: ir.Program,
    new: ir.Program,
    nodes: list[tuple[ir.Node, ir.Node]],
    own: tuple[Mapping[str, str], Mapping[str, str]],
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Names of definitions that both rubrics share: a formula that only got another name keeps the one it had."""
    paths = {a.path: b.path for a, b in nodes}
    left: dict[str, str] = {}
    right = {definition.id: definition.id for definition in new.definitions}
    taken: set[str] = set()
    for definition in old.definitions:
        there = definition.id
        owner = paths.get(definition.owner)
        if owner is not None and owner != definition.owner:
            there = definition.id.replace("/".join(definition.owner), "/".join(owner), 1)
        left[definition.id] = there
        taken.add(there)
    for definition in old.definitions:
        if left[definition.id] in right:
            continue
        owner = paths.get(definition.owner, definition.owner)
        same = [
            d.id
            for d in new.definitions
            if d.owner == owner and d.id not in taken and own[1][d.id] == own[0][definition.id]
        ]
        if same:
            left[definition.id] = same[0]
            taken.add(same[0])
    return left, right

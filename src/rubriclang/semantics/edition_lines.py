"""The lines of an edition on those of its base: what has a name replaces its namesake, in its place.

What has no name stands for its kind (汇总, 默认, a rounding, a kind of limit), or for its condition (不适用, 调整,
否决). ``删去`` in place of a value takes the namesake away.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

import attrs

from rubriclang.diagnostics import Kind
from rubriclang.semantics import errors
from rubriclang.semantics.line_groups import Group, groups
from rubriclang.semantics.line_keys import is_reference, is_removal, item_keys, key_of, keys_of, label_of, named
from rubriclang.semantics.table_patches import patched
from rubriclang.source import Span
from rubriclang.syntax import nodes as n

Fault = tuple[Kind, Span, dict[str, str | Span]]  # kind, place, parameters; a place among them is shown as its line


class LineMerger:
    """Merges the lines of one node; the root has two halves, the second under ``# 结果``."""

    def __init__(self, base: tuple[n.Line, ...], edition: tuple[n.Line, ...], faults: list[Fault]) -> None:
        self.faults = faults
        self.groups: dict[Hashable, Group] = {}
        self.items: dict[Hashable, Any] = {}
        for group in groups(edition):
            first = group[0]
            if isinstance(first, n.Block) and first.kind != "checklist":
                self.items.update({key: item for item in first.items for key in item_keys(item)})
            elif (key := key_of(first)) is not None:
                self.groups[key] = group
        texts = {line.kind for line in edition if isinstance(line, n.TextLine)}
        self.texts = {"basis", "standard", "note", "source", "extends", "uses"} if "basis" in texts else texts
        self.limits = {limit.kind for line in edition if isinstance(line, n.Limits) for limit in line.limits}
        self.units = {name for line in edition if isinstance(line, n.Measures) for name, _ in line.items}
        self.used: set[int] = set()
        self.headless: list[n.Line] = []  # rows about nothing, which must not go on with a formula of the base
        self.known = {key for line in base for key in keys_of(line)}

    def kept(self, lines: tuple[n.Line, ...]) -> list[n.Line]:
        """The lines of the base, with what the edition says in place of them."""
        found: list[n.Line] = []
        for group in groups(lines):
            found += self._kept(group)
        return found

    def _kept(self, group: Group) -> Iterable[n.Line]:
        first = group[0]
        match first:
            case n.Test():
                return ()
            case n.TextLine(kind=kind):
                return () if kind in self.texts or is_reference(first) else group
            case n.Limits(limits=limits):
                rest = tuple(limit for limit in limits if limit.kind not in self.limits)
                return (attrs.evolve(first, limits=rest),) if rest else ()
            case n.Measures(items=units):
                others = tuple(item for item in units if item[0] not in self.units)
                return (attrs.evolve(first, items=others),) if others else ()
            case n.Block(kind=kind) if kind != "checklist":
                return self._block(first)
        key = key_of(first)
        own = self.groups.get(key) if key is not None else None
        if own is None:
            return () if key in self.items else group  # a parameter now, once a formula
        again = id(own[0]) in self.used
        self.used.add(id(own[0]))
        if again or is_removal(own[0]):
            return ()
        keeps_bands = isinstance(first, n.Definition) and isinstance(own[0], n.Definition) and len(own) == 1
        return (own[0], *group[1:]) if keeps_bands else own

    def _block(self, block: n.Block) -> tuple[n.Line, ...]:
        items: list[Any] = []
        for item in block.items:
            if isinstance(item, n.Table):
                items += self._table(item)
                continue
            [key] = item_keys(item) or [None]
            own = self.items.get(key) if key is not None else None
            if own is None or isinstance(own, n.Table):
                if own is None and key not in self.groups:
                    items.append(item)
                continue
            if id(own) not in self.used and not is_removal(own):
                items.append(own)
            self.used.add(id(own))
        return (attrs.evolve(block, items=tuple(items)),) if items else ()

    def _table(self, table: n.Table) -> list[n.Table]:
        """A table of parameters: patched by one about the same fact, without the columns named elsewhere."""
        for own in {id(item): item for item in self.items.values() if isinstance(item, n.Table)}.values():
            shared = set(item_keys(own)) & set(item_keys(table))
            if shared and own.corner == table.corner and own.across == table.across and id(own) not in self.used:
                self.used.add(id(own))
                return [patched(table, own)]
        gone = {key for key in item_keys(table) if key in self.items or key in self.groups}
        keep = [i for i, column in enumerate(table.columns) if not {_header(column)} & gone]
        if not keep:
            return []
        rows = tuple(attrs.evolve(row, cells=tuple(row.cells[i] for i in keep)) for row in table.rows)
        return [attrs.evolve(table, columns=tuple(table.columns[i] for i in keep), rows=rows)]

    def added(self, lines: tuple[n.Line, ...]) -> list[n.Line]:
        """The lines of the edition that replace nothing; a removal among them is a fault."""
        found: list[n.Line] = []
        for group in groups(lines):
            first = group[0]
            if is_reference(first) or id(first) in self.used:
                continue
            if isinstance(first, n.Block) and first.kind != "checklist":
                left = tuple(item for item in first.items if id(item) not in self.used)
                fresh = tuple(item for item in left if not self._in_vain(item))
                if fresh:
                    found.append(attrs.evolve(first, items=fresh))
            elif isinstance(first, n.Row | n.Step | n.Table):
                self.headless += group
            elif not self._in_vain(first):
                found += group
        return found

    def _in_vain(self, thing: Any) -> bool:
        """Whether it is a removal; one that removes nothing is reported."""
        if not is_removal(thing):
            return False
        keys = keys_of(thing) if isinstance(thing, n.Definition | n.Override) else item_keys(thing)
        if not set(keys) & self.known:
            name, span = label_of(thing)
            self.faults.append((errors.NOTHING_TO_REPLACE, span, {"name": name}))
        return True


def _header(column: n.TableColumn) -> Hashable:
    return named(column.header) if isinstance(column.header, n.Name) else ("column", id(column))

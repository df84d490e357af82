"""Editions: a rubric that builds on another and says only what is different (沿用).

Merging works on syntax trees, before any meaning is given. What an edition names replaces what its base calls by the
same name: facts, parameters, formulas, the grade, identities, indicators and sections. New ones are added behind
their siblings; a heading with （删去） takes one away. Tests are not inherited: they are about the base's points.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

import attrs

from rubriclang.semantics import errors
from rubriclang.semantics.scope import GRADE_NAMES
from rubriclang.source import Span
from rubriclang.syntax import nodes as n
from rubriclang.syntax.headings import title_name

_LENT = (n.Definition, n.Subject, n.Levels, n.Measures, n.ListBlock, n.Row, n.Step, n.Table)
Fault = tuple[Any, Span, dict[str, str]]


def merge(base: n.Tree, edition: n.Tree) -> tuple[n.Tree, list[Fault]]:
    """The tree of an edition on its base, and what is wrong with it: kind, place, parameters."""
    faults: list[Fault] = []
    moved = _in_place(base.root, edition.root, faults)
    root = _merge_node(base.root, moved, faults)
    return n.Tree(root, base.comments + edition.comments), faults


def uses(tree: n.Tree, used: n.Tree) -> n.Tree:
    """The tree with the parameters, formulas, rankings and units of another file (引用); its own win."""
    own = {key for line in tree.root.lines for key in _keys(line)}
    borrowed: list[n.Line] = []
    for line in used.root.lines:
        if isinstance(line, n.Block) and line.kind == "parameters":
            items = tuple(item for item in line.items if _item_key(item) not in own)
            borrowed.append(attrs.evolve(line, items=items))
        elif isinstance(
            line, n.Definition | n.Subject | n.Levels | n.Measures | n.ListBlock | n.Row | n.Step | n.Table
        ):
            borrowed.append(line)
        elif isinstance(line, n.Block) and line.kind == "facts":
            items = tuple(item for item in line.items if _item_key(item) not in own)
            borrowed.append(attrs.evolve(line, items=items))
    groups = [group for group in _groups(borrowed) if not set(_keys(group[0])) & own]
    lines = tuple(line for group in groups for line in group) + tree.root.lines
    return attrs.evolve(tree, root=attrs.evolve(tree.root, lines=lines))


# ---- headings


def _removed(node: n.Node) -> bool:
    return any(attribute.kind == "removed" for attribute in node.attributes)


def _all_nodes(node: n.Node, path: tuple[str, ...] = ()) -> Iterable[tuple[tuple[str, ...], n.Node]]:
    for part in node.parts:
        here = (*path, title_name(part.title))
        yield here, part
        yield from _all_nodes(part, here)


def _in_place(base: n.Node, edition: n.Node, faults: list[Fault]) -> n.Node:
    """The edition with headings that name an indicator of the base, without its sections, moved to where it stands."""
    by_name: dict[str, list[tuple[str, ...]]] = {}
    titles = dict(_all_nodes(base))
    for path in titles:
        by_name.setdefault(path[-1], []).append(path)
    parts: list[n.Node] = []
    for part in edition.parts:
        name = title_name(part.title)
        places = by_name.get(name, [])
        if (name,) in titles or not places:
            if _removed(part) and not places:
                faults.append((errors.NOTHING_TO_REPLACE, part.title_span, {"name": name}))
            parts.append(part)
        elif len(places) == 1:
            parts.append(_wrapped(part, places[0], titles))
        else:
            params = {"name": name, "places": "；".join(".".join(p) for p in places), "example": ".".join(places[0])}
            faults.append((errors.AMBIGUOUS_NAME, part.title_span, params))
    return attrs.evolve(edition, parts=tuple(parts))


def _wrapped(part: n.Node, path: tuple[str, ...], titles: dict[tuple[str, ...], n.Node]) -> n.Node:
    for depth in range(len(path) - 1, 0, -1):
        around = titles[path[:depth]]
        part = n.Node(around.title, around.level, (), (), (part,), around.span, around.title_span)
    return part


def _merge_node(base: n.Node, edition: n.Node, faults: list[Fault]) -> n.Node:
    parts: dict[str, n.Node] = {title_name(part.title): part for part in base.parts}
    for part in edition.parts:
        name = title_name(part.title)
        known = parts.get(name)
        if _removed(part):
            parts.pop(name, None)
        elif known is None:
            parts[name] = part
        elif part.parts or not part.lines:  # a section, or only new points for the same rules
            parts[name] = _merge_node(known, part, faults)
        else:
            parts[name] = attrs.evolve(part, attributes=part.attributes or known.attributes)
    return n.Node(
        edition.title or base.title,
        base.level,
        edition.attributes or base.attributes,
        _merge_lines(base.lines, edition.lines),
        tuple(parts.values()),
        edition.span if edition.attributes or edition.lines else base.span,
        edition.title_span if edition.attributes or edition.lines else base.title_span,
        base.broken or edition.broken,
    )


# ---- lines


def _item_key(item: Any) -> Hashable:
    match item:
        case n.Fact() | n.Parameter():
            return (type(item).__name__, item.target.text)
        case n.Check():
            return ("check", item.name)
        case n.Table():
            return ("table", tuple(str(column.header) for column in item.columns))
        case _:
            return ("item", id(item))


def _keys(line: n.Line) -> list[Hashable]:
    """What a line defines, by name; nothing for lines that stand for themselves."""
    match line:
        case n.Definition(target=target):
            return [("formula", target.text)]
        case n.Subject(target=target) if target is not None:
            name = "等次" if target.text in GRADE_NAMES else target.text
            return [("formula", name)]
        case n.Block():
            return [_item_key(item) for item in line.items]
        case n.ListBlock():
            return [("list", line.name)]
        case n.Levels():
            return [("levels", line.name)]
        case n.Combine():
            return [("combine", "")]
        case _:
            return []


def _groups(lines: Iterable[n.Line]) -> list[list[n.Line]]:
    """Lines with the rows that follow them: a formula and its bands go together."""
    groups: list[list[n.Line]] = []
    for line in lines:
        follows = isinstance(line, n.Row | n.Step | n.Table | n.Limits | n.RoundingLine)
        if follows and groups:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _merge_lines(base: tuple[n.Line, ...], edition: tuple[n.Line, ...]) -> tuple[n.Line, ...]:
    replaced = {key for line in edition for key in _keys(line)}
    own_basis = any(isinstance(line, n.TextLine) and line.kind == "basis" for line in edition)
    kept: list[n.Line] = []
    for group in _groups(base):
        first = group[0]
        if isinstance(first, n.Test) or (isinstance(first, n.TextLine) and (own_basis or first.kind == "extends")):
            continue
        if isinstance(first, n.Block):
            items = tuple(item for item in first.items if _item_key(item) not in replaced)
            if items:
                kept.append(attrs.evolve(first, items=items))
            continue
        if not set(_keys(first)) & replaced:
            kept += group
    return (*kept, *(line for line in edition if not (isinstance(line, n.TextLine) and line.kind == "extends")))

"""引用: a file lends what stands under its title – facts, parameters, formulas, tables, rankings, units.

It lends neither its grade and total nor what stands under ``# 结果``, and of the rest only what the borrower uses.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from rubriclang.semantics.line_groups import Group, groups
from rubriclang.semantics.line_keys import item_keys, key_of, keys_of
from rubriclang.semantics.scope import GRADE_NAMES, SCORE_NAMES, TOTAL_NAMES
from rubriclang.syntax import nodes as n

_OWN_BUSINESS = {*GRADE_NAMES, *SCORE_NAMES, *TOTAL_NAMES}
_LENT = (n.Definition, n.Subject, n.Levels, n.Measures, n.ListBlock)


def uses(tree: n.Tree, used: n.Tree, around: Iterable[n.Tree] = ()) -> n.Tree:
    """The tree with what it needs of another file; its own names win.

    ``around`` holds the trees it is merged with later, which may need some of it too.
    """
    root = tree.root
    own = {key for line in root.lines for key in keys_of(line)}
    lent = used.root.lines if used.root.results_at is None else used.root.lines[: used.root.results_at]
    offered = [group for group in groups(lent) if _is_lent(group, own)]
    needed = _words((root, *(other.root for other in around)))
    lines = list(_wanted(offered, own, needed))
    at = root.results_at + len(lines) if root.results_at is not None else None
    return attrs.evolve(tree, root=attrs.evolve(root, lines=(*lines, *root.lines), results_at=at))


def _is_lent(group: Group, own: set[Any]) -> bool:
    first = group[0]
    if isinstance(first, n.Block):
        return first.kind in ("facts", "parameters")
    if not isinstance(first, _LENT):
        return False
    if isinstance(first, n.Definition | n.Subject) and (first.target is None or first.target.text in _OWN_BUSINESS):
        return False
    return key_of(first) not in own


def _wanted(offered: list[Group], own: set[Any], needed: set[str]) -> Iterable[n.Line]:
    """What of the offered is named by what is at hand, or by what is wanted already."""
    chosen: set[int] = set()
    candidates: list[tuple[int, set[str], Any]] = []
    for group in offered:
        first = group[0]
        for thing in first.items if isinstance(first, n.Block) else (group,):
            names = _names(thing)
            if not isinstance(first, n.Block) or not set(item_keys(thing)) & own:
                candidates.append((id(thing if isinstance(first, n.Block) else first), names, thing))
    growing = True
    while growing:
        growing = False
        for key, names, thing in candidates:
            if key not in chosen and names & needed:
                chosen.add(key)
                needed |= _words(thing)
                growing = True
    for group in offered:
        first = group[0]
        if isinstance(first, n.Block):
            items = tuple(item for item in first.items if id(item) in chosen)
            if items:
                yield attrs.evolve(first, items=items)
        elif isinstance(first, n.Levels) or id(first) in chosen:
            yield from group  # a ranking is known by its labels, not by its name


def _names(thing: Any) -> set[str]:
    """The words by which one asks for it."""
    match thing:
        case (n.Measures(items=items), *_):
            return {name for name, _ in items}
        case n.Table(columns=columns):
            return {column.header.text for column in columns if isinstance(column.header, n.Name)}
        case (n.ListBlock(name=name) | n.Levels(name=name), *_):
            return {name}
        case (n.Definition(target=n.Name() as target) | n.Subject(target=n.Name() as target), *_):
            return {target.text, target.parts[0], target.parts[-1]}
        case _:
            return {str(thing.target.text)}


def _words(thing: Any) -> set[str]:
    """Every word in a piece of a tree that may name something: names, units, options, columns."""
    found: set[str] = set()
    stack = [thing]
    while stack:
        current = stack.pop()
        if isinstance(current, str):
            found.add(current)
        elif isinstance(current, tuple | list):
            stack += current
        elif attrs.has(type(current)):
            if isinstance(current, n.Name):
                found.add(current.text)
            stack += [
                getattr(current, field.name)
                for field in attrs.fields(type(current))
                if field.name not in ("span", "title_span")
            ]
    return found

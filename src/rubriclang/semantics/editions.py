"""Editions: a rubric that builds on another and says only what is different (沿用).

Merging works on syntax trees, before any meaning is given. A heading stands for its namesake in the base: with rules
it replaces it, with parts or without rules it changes only what it says. New headings stand behind their siblings; one
with （删去） takes its namesake away. Tests are not inherited: they are about the base's points.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from rubriclang.semantics import errors
from rubriclang.semantics.edition_lines import Fault, LineMerger
from rubriclang.semantics.line_groups import has_base, has_rules, is_global
from rubriclang.source import Span
from rubriclang.syntax import nodes as n
from rubriclang.syntax.headings import title_name

Path = tuple[str, ...]


def merge(base: n.Tree, edition: n.Tree) -> tuple[n.Tree, list[Fault]]:
    """The tree of an edition on its base, and what is wrong with it: kind, place, parameters."""
    faults: list[Fault] = []
    below = _gathered(base.root)
    root = _merge_node(below, _in_place(below, _gathered(edition.root), faults), faults)
    return n.Tree(root, base.comments + edition.comments), faults


def _gathered(root: n.Node) -> n.Node:
    """The tree with what belongs to the whole rubric, and stands under some heading, moved to the root's end."""
    moved = tuple(line for part in root.parts for node in _walk(part) for line in node.lines if is_global(line))
    parts = tuple(_without_globals(part) for part in root.parts)
    return attrs.evolve(root, lines=root.lines + moved, parts=parts) if moved else root


def _walk(node: n.Node) -> Iterable[n.Node]:
    yield node
    for part in node.parts:
        yield from _walk(part)


def _without_globals(node: n.Node) -> n.Node:
    lines = tuple(line for line in node.lines if not is_global(line))
    return attrs.evolve(node, lines=lines, parts=tuple(_without_globals(part) for part in node.parts))


# ---- headings


def _removed(node: n.Node) -> bool:
    return any(attribute.kind == "removed" for attribute in node.attributes)


def _paths(node: n.Node, path: Path = ()) -> Iterable[tuple[Path, n.Node]]:
    for part in node.parts:
        here = (*path, title_name(part.title))
        yield here, part
        yield from _paths(part, here)


def _in_place(base: n.Node, edition: n.Node, faults: list[Fault], root: n.Node | None = None) -> n.Node:
    """The edition with headings whose sections it leaves out moved to where their namesakes stand.

    Under the title any place will do; under a section (``root`` is the base's title then) only one below it, of a
    heading of the same level.
    """
    places = dict(_paths(base))
    parts: list[n.Node] = []
    for part in edition.parts:
        name = title_name(part.title)
        known = places.get((name,))
        if known is not None:
            parts.append(_in_place(known, part, faults, root or base))
            continue
        fitting = [p for p, node in places.items() if p[-1] == name and (root is None or node.level == part.level)]
        if len(fitting) == 1:
            [path] = fitting
            parts.append(_wrapped(_in_place(places[path], part, faults, root or base), path, places))
        elif fitting:
            shown = [".".join(path) for path in fitting]
            params: dict[str, str | Span] = {"name": name, "places": "；".join(shown), "places_en": "; ".join(shown)}
            section = places[fitting[0][:-1]]
            params["example"] = f"{'#' * section.level} {section.title}"
            faults.append((errors.AMBIGUOUS_HEADING, part.title_span, params))
        elif root is None or not _astray(root, base, part, faults):
            parts.append(part)
    return attrs.evolve(edition, parts=_joined(parts, faults))


def _astray(root: n.Node, section: n.Node, part: n.Node, faults: list[Fault]) -> bool:
    """Whether a heading without points, so no new one, stands in a section that is not its namesake's."""
    name = title_name(part.title)
    other = next((path for path, _ in _paths(root) if path[-1] == name and len(path) > 1), None)
    if part.attributes or other is None:
        return False
    params: dict[str, str | Span] = {"name": name, "section": title_name(section.title), "place": other[-2]}
    faults.append((errors.ELSEWHERE, part.title_span, params))
    return True


def _joined(parts: Iterable[n.Node], faults: list[Fault]) -> tuple[n.Node, ...]:
    """Parts of one name as one, where one of them says nothing itself; a second that does is reported."""
    found: dict[str, n.Node] = {}
    for part in parts:
        name = title_name(part.title)
        twin = found.setdefault(name, part)
        if twin is part:
            continue
        silent = next((node for node in (part, twin) if node.parts and not node.lines and not node.attributes), None)
        if silent is None:
            faults.append((errors.DUPLICATE_INDICATOR, part.title_span, {"name": name, "line": twin.title_span}))
        else:
            other = twin if silent is part else part
            found[name] = attrs.evolve(other, parts=_joined((*twin.parts, *part.parts), faults))
    return tuple(found.values())


def _wrapped(part: n.Node, path: Path, places: dict[Path, n.Node]) -> n.Node:
    for depth in range(len(path) - 1, 0, -1):
        around = places[path[:depth]]
        part = n.Node(around.title, around.level, (), (), (part,), around.span, around.title_span)
    return part


def _merge_parts(base: n.Node, edition: n.Node, faults: list[Fault]) -> tuple[n.Node, ...]:
    parts: dict[str, n.Node] = {title_name(part.title): part for part in base.parts}
    for part in edition.parts:
        name = title_name(part.title)
        known = parts.get(name)
        if _removed(part):
            if known is None:
                faults.append((errors.NOTHING_TO_REPLACE, part.title_span, {"name": name}))
            parts.pop(name, None)
        elif known is None:
            parts[name] = part
        elif _replaces(known, part):
            parts[name] = attrs.evolve(part, attributes=_attributes(known, part))
        else:
            parts[name] = _merge_node(known, part, faults)
    return tuple(parts.values())


def _replaces(base: n.Node, edition: n.Node) -> bool:
    """Whether a heading takes the place of its namesake, rather than change some of it."""
    if base.parts:  # a section: it becomes an indicator when it has rules and no parts
        return not edition.parts and has_base(edition.lines)
    return bool(edition.parts) or has_rules(edition.lines)


def _attributes(base: n.Node, edition: n.Node) -> tuple[n.HeadingAttribute, ...]:
    """What the heading says in brackets: its weight and its points each on their own."""
    own = edition.attributes
    kept = [a for a in base.attributes if (a.kind == "weight") not in {(b.kind == "weight") for b in own}]
    return (*own, *kept)


def _merge_node(base: n.Node, edition: n.Node, faults: list[Fault]) -> n.Node:
    lines = LineMerger(base.lines, edition.lines, faults)
    halves = [(_halves(base)[i], _halves(edition)[i]) for i in (0, 1)]
    kept = [lines.kept(half) for half, _ in halves]
    added = [lines.added(half) for _, half in halves]
    front, back = [*lines.headless, *kept[0], *added[0]], [*kept[1], *added[1]]
    shown = edition if edition.attributes or edition.lines else base
    results = len(front) if base.results_at is not None or edition.results_at is not None else None
    return n.Node(
        edition.title or base.title,
        base.level,
        _attributes(base, edition),
        (*front, *back),
        _merge_parts(base, edition, faults),
        shown.span,
        shown.title_span,
        base.broken or edition.broken,
        results,
    )


def _halves(node: n.Node) -> tuple[tuple[n.Line, ...], tuple[n.Line, ...]]:
    """The lines of a node above and below ``# 结果``."""
    at = len(node.lines) if node.results_at is None else node.results_at
    return node.lines[:at], node.lines[at:]

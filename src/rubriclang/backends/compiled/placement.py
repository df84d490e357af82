"""Where each term of a graph is computed: as late as its readers allow, so that rows that do not apply cost nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import attrs

from rubriclang.backends.integers.graph import Graph, Term

_HIGHEST = 24  # operators in one another that are still one expression
Block = int


@attrs.define
class Placement:
    """A plan for the terms that some roots read.

    Blocks are numbered; 0 is the body of the function, and each choice has one for either side (``sides``).
    ``variables`` are the terms that get a name, by block; every other one is written where it is read. ``branching``
    are the choices that become statements, because a name is given inside them.
    """

    graph: Graph
    block_of: dict[Term, Block]
    parents: list[Block]
    sides: dict[Term, tuple[Block, Block]]
    variables: dict[Block, list[Term]]
    named: set[Term]
    branching: set[Term]


def plain(graph: Graph, term: Term) -> Term:
    """The term that an assumption is about."""
    while graph.nodes[term].op == "assume":
        term = graph.nodes[term].args[0]
    return term


def is_leaf(graph: Graph, term: Term) -> bool:
    """Whether a term is a constant or an input, which needs no computing."""
    return graph.nodes[term].op in ("const", "input")


def place(graph: Graph, roots: Iterable[Term], known: Collection[Term]) -> Placement:
    """The plan for some roots; ``known`` terms have a name already and are not computed again."""
    roots = [plain(graph, root) for root in roots]
    needed = _needed(graph, roots, known)
    found = Placement(graph, {}, [0], {}, {}, set(), set())
    depths = [0]
    owners: list[Term | None] = [None]
    where: dict[Term, Block] = dict.fromkeys(roots, 0)
    readers: dict[Term, Term] = {}
    reads: dict[Term, int] = {}
    for root in roots:
        reads[root] = reads.get(root, 0) + 1

    def join(a: Block, b: Block) -> Block:
        while a != b:
            if depths[a] >= depths[b]:
                a = found.parents[a]
            else:
                b = found.parents[b]
        return a

    for term in reversed(needed):
        node, block = graph.nodes[term], where[term]
        found.block_of[term] = block
        places = [block] * len(node.args)
        if node.op == "select":
            for side in (1, 2):
                found.parents.append(block)
                depths.append(depths[block] + 1)
                owners.append(term)
                places[side] = len(found.parents) - 1
            found.sides[term] = places[1], places[2]
        for arg, at in zip(node.args, places, strict=True):
            arg = plain(graph, arg)
            where[arg] = join(where[arg], at) if arg in where else at
            readers[arg] = term
            reads[arg] = reads.get(arg, 0) + (2 if node.op in ("min", "max") else 1)
    _name(found, needed, reads)
    for block in list(found.variables):
        while owners[block] is not None:
            owner = owners[block]
            assert owner is not None
            if owner in found.branching:
                break
            found.branching.add(owner)
            block = found.parents[block]
    for term in found.branching - found.named:  # a statement, so it needs a name, or that of the choice around it
        reader = readers.get(term)
        if reader not in found.branching or plain(graph, graph.nodes[reader].args[0]) == term:
            found.named.add(term)
            found.variables.setdefault(found.block_of[term], []).append(term)
    for terms in found.variables.values():
        terms.sort()
    return found


def _needed(graph: Graph, roots: Iterable[Term], known: Collection[Term]) -> list[Term]:
    found: set[Term] = set()
    rest = [root for root in roots if root not in known]
    while rest:
        term = rest.pop()
        if term in found or is_leaf(graph, term):
            continue
        found.add(term)
        rest.extend(arg for a in graph.nodes[term].args if (arg := plain(graph, a)) not in known)
    return sorted(found)


def _name(found: Placement, needed: list[Term], reads: dict[Term, int]) -> None:
    """Names what is read more than once, and what would make too high an expression."""
    graph = found.graph
    heights: dict[Term, int] = {}
    for term in needed:
        args = [plain(graph, arg) for arg in graph.nodes[term].args]
        height = 1 + max((heights.get(arg, 0) for arg in args), default=0)
        if reads.get(term, 0) > 1 or height > _HIGHEST:
            found.named.add(term)
            found.variables.setdefault(found.block_of[term], []).append(term)
            height = 0
        heights[term] = height

"""Which machine integer every term takes, proved from the ranges of the columns: 64 bits, 128, or none."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from rubriclang.backends.integers.bounds import Range, bounds
from rubriclang.backends.integers.graph import Graph, Term

NARROW = 62  # bits of a magnitude that 64 bits carry, with room for a sign and for a sum of two
WIDE = 126


def widths(
    graph: Graph, tests: Collection[Term], needed: Collection[Term], given: Mapping[str, Range]
) -> list[int] | None:
    """The bits of the magnitude of every needed term (0 for the others); None where one is too long for 128 bits.

    Args:
        graph: the terms.
        tests: the tests that tell which units are valid: what they read must not wrap on any unit.
        needed: the terms that are computed. Those that only valid units need may use what is known of these.
        given: the ranges of the integer inputs.

    Division is made in 64 bits only, so what it reads must fit there; so must what is stored.
    """
    assumed, plain = bounds(graph, given), bounds(graph, given, assume=False)
    early = set(graph.needed(tests))
    found = [0] * len(graph.nodes)
    for term in needed:
        bits = (plain if term in early else assumed)[term].bits
        if bits is None or bits > WIDE:
            return None
        found[term] = bits
    for term in needed:
        node = graph.nodes[term]
        if node.op == "floordiv" and max(found[arg] for arg in node.args) > NARROW:
            return None
    return found


def divisors(graph: Graph, needed: Collection[Term], given: Mapping[str, Range]) -> set[Term]:
    """The divisions whose divisor is positive on every unit, valid or not; any other has to be guarded."""
    plain = bounds(graph, given, assume=False)
    safe = set()
    for term in needed:
        node = graph.nodes[term]
        if node.op == "floordiv":
            low = plain[node.args[1]].low
            if low is not None and low >= 1:
                safe.add(term)
    return safe

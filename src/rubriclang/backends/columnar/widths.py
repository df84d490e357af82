"""Which integer every term takes, proved from the ranges of the columns: 64 bits, or twice, four times… as many."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from rubriclang.backends.integers.bounds import Range, bounds
from rubriclang.backends.integers.graph import Graph, Term

NARROW = 62  # bits of a magnitude that 64 bits carry, with room for a sign and for a sum of two
WIDEST = 1022
SIZES = (64, 128, 256, 512, 1024)


def widths(
    graph: Graph, tests: Collection[Term], needed: Collection[Term], given: Mapping[str, Range]
) -> list[int] | None:
    """The bits of the magnitude of every needed term (0 for the others); None where one is too long for any.

    Args:
        graph: the terms.
        tests: the tests that tell which units are valid: what they read must not wrap on any unit.
        needed: the terms that are computed. Those that only valid units need may use what is known of these.
        given: the ranges of the integer inputs.
    """
    assumed, plain = bounds(graph, given), bounds(graph, given, assume=False)
    early = set(graph.needed(tests))
    found = [0] * len(graph.nodes)
    for term in needed:
        bits = (plain if term in early else assumed)[term].bits
        if bits is None or bits > WIDEST:
            return None
        found[term] = bits
    return found


def size_for(bits: int) -> int:
    """The bits of the integer that carries such a magnitude, a sign, and the sum of two."""
    return next(size for size in SIZES if bits <= size - 2)


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

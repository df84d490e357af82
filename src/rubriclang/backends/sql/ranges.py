"""The proof that no integer of a statement overflows, on any row."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from rubriclang.backends.integers.bounds import Range, range_of
from rubriclang.backends.integers.graph import Graph, Term
from rubriclang.backends.sql.dialects import Dialect


def clamped(known: Range, limits: Range) -> Range:
    """The range of a number that is moved to the nearest end of ``limits`` where it lies outside."""

    def moved(end: int | None) -> int | None:
        if end is None:
            return None
        if limits.low is not None and end < limits.low:
            return limits.low
        return limits.high if limits.high is not None and end > limits.high else end

    low, high = moved(known.low), moved(known.high)
    return Range(limits.low if low is None else low, limits.high if high is None else high)


def ranges(graph: Graph, given: Mapping[str, Range]) -> list[Range]:
    """The range of every term on every row, also on those that are marked: an assumption is a clamp in the statement.

    :func:`rubriclang.backends.integers.bounds.bounds` knows plain units only, and in SQL an overflow on a row that
    nobody needs still ends the whole query.
    """
    found: list[Range] = []
    for term, node in enumerate(graph.nodes):
        known = range_of(node, [found[arg] for arg in node.args], given)
        found.append(clamped(known, graph.ranges[term]) if node.op == "assume" else known)
    return found


def fits(dialect: Dialect, graph: Graph, found: list[Range], needed: Collection[Term]) -> bool:
    """Whether the database's integers hold every needed term."""
    for term in needed:
        node, bits = graph.nodes[term], found[term].bits
        most = dialect.quotient_bits if node.op == "floordiv" else dialect.bits
        if bits is None or bits > most:
            return False
    return True

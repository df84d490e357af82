"""What the rows above one tell about it: where they did not apply, their tests did not hold."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from rubriclang.backends.integers.bounds import Range
from rubriclang.backends.integers.graph import Graph, Term

_FEW = 64  # codes of a text that are counted out


@attrs.frozen(eq=False)
class Known:
    """Tests that hold at a place, ranges of terms there, and values that terms do not have."""

    graph: Graph
    true: frozenset[Term] = frozenset()
    ranges: Mapping[Term, Range] = attrs.field(factory=dict)
    excluded: Mapping[Term, frozenset[int]] = attrs.field(factory=dict)

    def but(self, test: Term) -> Known:
        """The same, where a test does not hold as well."""
        graph = self.graph
        true, ranges, excluded = set(self.true), dict(self.ranges), dict(self.excluded)
        rest = [test]
        while rest:
            at_hand = rest.pop()
            node, contrary = graph.nodes[at_hand], graph.not_(at_hand)
            if node.op == "or":
                rest.extend(node.args)
            other = graph.nodes[contrary]
            true.add(contrary)
            if other.op == "and":
                true.update(other.args)
            if other.op == "le":
                left, right = other.args
                low, high = graph.value_of(left), graph.value_of(right)
                subject, limit = (left, Range(None, high)) if high is not None else (right, Range(low, None))
                if high is not None or low is not None:
                    ranges[subject] = ranges.get(subject, graph.ranges[subject]).meet(limit)
            if node.op == "eq":
                value = graph.value_of(node.args[1])
                if value is not None:
                    excluded[node.args[0]] = excluded.get(node.args[0], frozenset()) | {value}
        return Known(graph, frozenset(true), ranges, excluded)

    def _range(self, term: Term) -> Range:
        return self.ranges.get(term, self.graph.ranges[term])

    def simplified(self, test: Term) -> Term:
        """A test without what is known."""
        graph = self.graph
        if not self.true:
            return test
        if test in self.true:
            return graph.true
        if graph.not_(test) in self.true:
            return graph.false
        node = graph.nodes[test]
        match node.op:
            case "and":
                return graph.and_(*(self.simplified(part) for part in node.args))
            case "or":
                return graph.or_(*(self.simplified(part) for part in node.args))
            case "le":
                return self._le(test, *node.args)
            case "eq":
                return self._eq(test, *node.args)
        return test

    def _le(self, test: Term, a: Term, b: Term) -> Term:
        graph = self.graph
        p, q = self._range(a), self._range(b)
        if p.high is not None and q.low is not None and p.high <= q.low:
            return graph.true
        if p.low is not None and q.high is not None and p.low > q.high:
            return graph.false
        return graph.true if graph.lt(a, b) in self.true else test

    def _eq(self, test: Term, a: Term, b: Term) -> Term:
        graph = self.graph
        value, known = graph.value_of(b), self._range(a)
        if value is None:
            return test
        gone = self.excluded.get(a, frozenset())
        if value in gone or not known.holds(value):
            return graph.false
        if known.low is not None and known.high is not None and known.high - known.low < _FEW:
            left = [other for other in range(known.low, known.high + 1) if other not in gone]
            return graph.true if left == [value] else test
        return test

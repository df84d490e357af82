"""A graph of integer and truth terms, each made once, folded as it is made.

A term is the index of its node; a node reads earlier nodes only, so the order of the nodes is an order of evaluation.
Every node is total on a unit that meets the assumptions of its inputs, so an emitter may evaluate it early or late.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import attrs

from rubriclang.backends.integers.bounds import ANY, Range, range_of

Term = int
Kind = Literal["int", "truth"]
# What an emitter has to say. ``assume`` is its operand, of which more is known on a unit that is not flagged.
Operator = Literal[
    "const",
    "input",
    "assume",
    "add",
    "sub",
    "mul",
    "neg",
    "abs",
    "floordiv",
    "min",
    "max",
    "lt",
    "le",
    "eq",
    "member",
    "and",
    "or",
    "not",
    "select",
]


@attrs.frozen
class Node:
    """One operation. ``value`` is that of a constant, the name of an input, the integers of a ``member``."""

    op: Operator
    args: tuple[Term, ...] = ()
    value: int | str | tuple[int, ...] | None = None
    kind: Kind = "int"


class Graph:
    """The nodes made so far. Making one that is there already gives the old one; constants are folded."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.ranges: list[Range] = []
        self._known: dict[tuple[Operator, tuple[Term, ...], object, Kind], Term] = {}
        self.false = self._make("const", (), 0, "truth")
        self.true = self._make("const", (), 1, "truth")
        self.zero = self.const(0)
        self.one = self.const(1)

    def _make(
        self,
        op: Operator,
        args: tuple[Term, ...] = (),
        value: int | str | tuple[int, ...] | None = None,
        kind: Kind = "int",
        known: Range | None = None,
    ) -> Term:
        key = (op, args, value if known is None else (value, known), kind)
        found = self._known.get(key)
        if found is None:
            node = Node(op, args, value, kind)
            found = self._known[key] = len(self.nodes)
            self.nodes.append(node)
            self.ranges.append(range_of(node, [self.ranges[a] for a in args]) if known is None else known)
        return found

    # -- leaves

    def const(self, value: int) -> Term:
        """An integer."""
        return self._make("const", (), int(value))

    def truth(self, value: bool) -> Term:
        """True or false."""
        return self.true if value else self.false

    def input(self, name: str, kind: Kind = "int", known: Range = ANY) -> Term:
        """A value that the backend reads, of which a range may be known."""
        return self._make("input", (), name, kind, known)

    def assume(self, term: Term, known: Range) -> Term:
        """The same value, known to lie in a range on every unit that is not flagged."""
        met = self.ranges[term].meet(known)
        return term if met == self.ranges[term] else self._make("assume", (term,), None, "int", met)

    def value_of(self, term: Term) -> int | None:
        """The value of an integer constant, None where it is none."""
        node = self.nodes[term]
        return node.value if node.op == "const" and isinstance(node.value, int) else None

    def needed(self, roots: Iterable[Term]) -> list[Term]:
        """The terms that some terms read, themselves included, in an order of evaluation."""
        found: set[Term] = set()
        rest = list(roots)
        while rest:
            term = rest.pop()
            if term not in found:
                found.add(term)
                rest.extend(self.nodes[term].args)
        return sorted(found)

    def positive(self, term: Term) -> bool:
        """Whether a term is proved to be at least 1."""
        low = self.ranges[term].low
        return low is not None and low >= 1

    def not_negative(self, term: Term) -> bool:
        """Whether a term is proved to be at least 0."""
        low = self.ranges[term].low
        return low is not None and low >= 0

    def not_positive(self, term: Term) -> bool:
        """Whether a term is proved to be at most 0."""
        high = self.ranges[term].high
        return high is not None and high <= 0

    def _fixed(self, op: Operator, args: tuple[Term, ...]) -> Term:
        """The node, or the constant that it can only be."""
        known = range_of(Node(op, args), [self.ranges[a] for a in args])
        if known.low is not None and known.low == known.high:
            return self.const(known.low)
        return self._make(op, args)

    # -- integers

    def add(self, a: Term, b: Term) -> Term:
        """``a + b``"""
        x, y = self.value_of(a), self.value_of(b)
        if x == 0:
            return b
        if y == 0:
            return a
        if x is not None and y is None:
            a, b, x, y = b, a, y, x
        first, second = self.nodes[a], self.nodes[b]
        if y is not None and first.op in ("add", "sub"):  # constants last and together: (p ± c) + y
            c = self.value_of(first.args[1])
            if c is not None:
                return self.add(first.args[0], self.const((c if first.op == "add" else -c) + y))
        if second.op == "neg":
            return self.sub(a, second.args[0])
        if first.op == "neg":
            return self.sub(b, first.args[0])
        if y is not None and y < 0:
            return self.sub(a, self.const(-y))
        return self._fixed("add", (a, b))

    def sub(self, a: Term, b: Term) -> Term:
        """``a - b``"""
        if a == b:
            return self.zero
        x, y = self.value_of(a), self.value_of(b)
        if y == 0:
            return a
        if x == 0:
            return self.neg(b)
        if y is not None and (y < 0 or (self.nodes[a].op in ("add", "sub") and self._has_constant(a))):
            return self.add(a, self.const(-y))
        if self.nodes[b].op == "neg":
            return self.add(a, self.nodes[b].args[0])
        return self._fixed("sub", (a, b))

    def _has_constant(self, term: Term) -> bool:
        return self.value_of(self.nodes[term].args[1]) is not None

    def neg(self, a: Term) -> Term:
        """``-a``"""
        node = self.nodes[a]
        if node.op == "neg":
            return node.args[0]
        if node.op == "sub":
            return self.sub(node.args[1], node.args[0])
        return self._fixed("neg", (a,))

    def mul(self, a: Term, b: Term) -> Term:
        """``a * b``; a constant factor stands on the right."""
        x, y = self.value_of(a), self.value_of(b)
        if x is not None and y is None:
            a, b, x, y = b, a, y, x
        if y == 0:
            return self.zero
        if y == 1:
            return a
        if y == -1:
            return self.neg(a)
        node = self.nodes[a]
        if y is not None and node.op == "mul":
            c = self.value_of(node.args[1])
            if c is not None:
                return self.mul(node.args[0], self.const(c * y))
        if node.op == "neg":
            return self.mul(node.args[0], self.const(-y)) if y is not None else self.neg(self.mul(node.args[0], b))
        if self.nodes[b].op == "neg":
            return self.neg(self.mul(a, self.nodes[b].args[0]))
        return self._fixed("mul", (a, b))

    def abs(self, a: Term) -> Term:
        """The absolute value."""
        if self.not_negative(a):
            return a
        return self.neg(a) if self.not_positive(a) else self._fixed("abs", (a,))

    def floordiv(self, a: Term, b: Term) -> Term:
        """``a // b``, rounded down; ``b`` is proved positive.

        Raises:
            ValueError: it is not.
        """
        if not self.positive(b):
            raise ValueError("a divisor that may be zero or negative")
        y = self.value_of(b)
        if y == 1:
            return a
        node = self.nodes[a]
        if y is not None and node.op == "mul":
            c = self.value_of(node.args[1])
            if c is not None and c % y == 0:
                return self.mul(node.args[0], self.const(c // y))
        return self._fixed("floordiv", (a, b))

    def min(self, a: Term, b: Term) -> Term:
        """The lesser."""
        if a == b or self.le(a, b) == self.true:
            return a
        return b if self.le(b, a) == self.true else self._fixed("min", (a, b))

    def max(self, a: Term, b: Term) -> Term:
        """The greater."""
        if a == b or self.le(b, a) == self.true:
            return a
        return b if self.le(a, b) == self.true else self._fixed("max", (a, b))

    # -- truth values

    def le(self, a: Term, b: Term) -> Term:
        """``a <= b``; against a constant, a constant factor is divided out."""
        if a == b:
            return self.true
        p, q = self.ranges[a], self.ranges[b]
        if p.high is not None and q.low is not None and p.high <= q.low:
            return self.true
        if p.low is not None and q.high is not None and p.low > q.high:
            return self.false
        x, y = self.value_of(a), self.value_of(b)
        if y is not None:
            moved = self._moved(a, y, up=False)
            if moved is not None:
                return self.le(moved[0], self.const(moved[1])) if moved[2] else self.le(self.const(moved[1]), moved[0])
        if x is not None:
            moved = self._moved(b, x, up=True)
            if moved is not None:
                return self.le(self.const(moved[1]), moved[0]) if moved[2] else self.le(moved[0], self.const(moved[1]))
        return self._make("le", (a, b), None, "truth")

    def _moved(self, a: Term, limit: int, up: bool) -> tuple[Term, int, bool] | None:
        """``a <= limit`` (``up``: ``a >= limit``) with a constant moved over; true for the same direction."""
        node = self.nodes[a]
        if node.op == "neg":
            return node.args[0], -limit, False
        if node.op not in ("add", "sub", "mul"):
            return None
        c = self.value_of(node.args[1])
        if c is None:
            return None
        if node.op == "add":
            return node.args[0], limit - c, True
        if node.op == "sub":
            return node.args[0], limit + c, True
        if c < 0:
            return node.args[0], (limit // c if up else -(limit // -c)), False
        return node.args[0], (-(-limit // c) if up else limit // c), True

    def lt(self, a: Term, b: Term) -> Term:
        """``a < b``"""
        if a == b:
            return self.false
        x, y = self.value_of(a), self.value_of(b)
        if y is not None:
            return self.le(a, self.const(y - 1))
        if x is not None:
            return self.le(self.const(x + 1), b)
        p, q = self.ranges[a], self.ranges[b]
        if p.high is not None and q.low is not None and p.high < q.low:
            return self.true
        if p.low is not None and q.high is not None and p.low >= q.high:
            return self.false
        return self._make("lt", (a, b), None, "truth")

    def eq(self, a: Term, b: Term) -> Term:
        """``a = b`` of two integers or two truth values."""
        if a == b:
            return self.true
        if self.nodes[a].kind == "truth":
            return self.select(a, b, self.not_(b))
        p, q = self.ranges[a], self.ranges[b]
        if p.apart(q):
            return self.false
        x, y = self.value_of(a), self.value_of(b)
        if x is not None and y is not None:
            return self.truth(x == y)
        if x is not None:
            a, b, x, y = b, a, y, x
        node = self.nodes[a]
        if y is not None and node.op in ("add", "sub", "mul", "neg"):
            c = self.value_of(node.args[-1]) if node.op != "neg" else -1
            if c is not None:
                if node.op in ("mul", "neg"):
                    return self.eq(node.args[0], self.const(y // c)) if y % c == 0 else self.false
                return self.eq(node.args[0], self.const(y - c if node.op == "add" else y + c))
        return self._make("eq", (a, b), None, "truth")

    def member(self, a: Term, choices: Iterable[int]) -> Term:
        """Whether an integer is one of some."""
        known = self.ranges[a]
        wanted = tuple(sorted({choice for choice in choices if known.holds(choice)}))
        if not wanted:
            return self.false
        if len(wanted) == wanted[-1] - wanted[0] + 1:
            return self.and_(self.le(self.const(wanted[0]), a), self.le(a, self.const(wanted[-1])))
        return self._make("member", (a,), wanted, "truth")

    def not_(self, a: Term) -> Term:
        """The contrary."""
        node = self.nodes[a]
        match node.op:
            case "const":
                return self.truth(node.value == 0)
            case "not":
                return node.args[0]
            case "lt":
                return self.le(node.args[1], node.args[0])
            case "le":
                return self.lt(node.args[1], node.args[0])
        return self._make("not", (a,), None, "truth")

    def _junction(self, op: Literal["and", "or"], parts: Iterable[Term]) -> Term:
        neutral, decisive = (self.true, self.false) if op == "and" else (self.false, self.true)
        kept: dict[Term, None] = {}
        for part in parts:
            node = self.nodes[part]
            for one in node.args if node.op == op else (part,):
                if one == decisive or self.not_(one) in kept:
                    return decisive
                if one != neutral:
                    kept[one] = None
        if not kept:
            return neutral
        return next(iter(kept)) if len(kept) == 1 else self._make(op, tuple(kept), None, "truth")

    def and_(self, *parts: Term) -> Term:
        """Whether all hold."""
        return self._junction("and", parts)

    def or_(self, *parts: Term) -> Term:
        """Whether any holds."""
        return self._junction("or", parts)

    def select(self, test: Term, a: Term, b: Term) -> Term:
        """``a`` where the test holds, else ``b``; both integers or both truth values."""
        if test == self.true or a == b:
            return a
        if test == self.false:
            return b
        node = self.nodes[test]
        if node.op == "not":
            return self.select(node.args[0], b, a)
        kind = self.nodes[a].kind
        if kind == "truth":
            if a == self.true or a == test:
                return self.or_(test, b)
            if a == self.false:
                return self.and_(self.not_(test), b)
            if b == self.true:
                return self.or_(self.not_(test), a)
            if b == self.false or b == test:
                return self.and_(test, a)
        inner = self.nodes[b]
        if inner.op == "select" and inner.args[1] == a:  # two tests that lead to the same
            return self.select(self.or_(test, inner.args[0]), a, inner.args[2])
        return self._make("select", (test, a, b), None, kind)

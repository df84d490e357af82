"""Terms as expressions: those that several read, and divisions, become columns of a step; steps build on each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlglot import exp

from rubriclang.backends.integers.bounds import Range
from rubriclang.backends.integers.graph import Graph, Node, Term
from rubriclang.backends.sql.dialects import Dialect, truncated, wide
from rubriclang.backends.sql.inputs import column
from rubriclang.backends.sql.ranges import clamped

_DEEPEST = 8  # expressions in one another before one becomes a column


class Writer:
    """The steps over the columns of ``inputs``, which are named by term. ``steps[n]`` reads what stands before it.

    Every integer expression but a constant has the widest type: no arithmetic happens in a narrow one.
    """

    def __init__(
        self, dialect: Dialect, graph: Graph, found: Sequence[Range], inputs: Mapping[Term, str], roots: Sequence[Term]
    ) -> None:
        self.dialect = dialect
        self.graph = graph
        self.ranges = found
        self.steps: list[list[tuple[str, Any]]] = []
        self._made: dict[Term, Any] = {}
        self._step: dict[Term, int] = {}  # how many steps have to stand before a term can be read
        self._depth: dict[Term, int] = {}
        needed = graph.needed(roots)
        read = Counter(arg for term in needed for arg in graph.nodes[term].args)
        read.update(roots)
        divided = {
            arg for term in needed if graph.nodes[term].op in ("floordiv", "assume") for arg in graph.nodes[term].args
        }
        for term in needed:
            self._add(term, inputs, read[term] > 1 or term in divided or term in roots)

    def read(self, term: Term) -> Any:
        """An expression for a term, over the last step."""
        return self._made[term].copy()

    def _add(self, term: Term, inputs: Mapping[Term, str], shared: bool) -> None:
        node = self.graph.nodes[term]
        if node.op == "const":
            value = node.value
            assert isinstance(value, int)
            self._made[term] = exp.Boolean(this=value == 1) if node.kind == "truth" else _int(value)
            self._step[term] = self._depth[term] = 0
            return
        if node.op == "input":
            self._made[term] = column(inputs[term])
            self._step[term] = self._depth[term] = 0
            return
        self._made[term] = self._expression(term, node)
        self._step[term] = max(self._step[arg] for arg in node.args)
        self._depth[term] = 1 + max(self._depth[arg] for arg in node.args)
        if shared or node.op == "floordiv" or self._depth[term] > _DEEPEST:
            at = self._step[term]
            while len(self.steps) <= at:
                self.steps.append([])
            self.steps[at].append((f"t{term}", self._made[term]))
            self._made[term], self._step[term], self._depth[term] = column(f"t{term}"), at + 1, 0

    def _expression(self, term: Term, node: Node) -> Any:
        args = [self.read(arg) for arg in node.args]
        if node.kind == "int" and all(self.graph.nodes[arg].op == "const" for arg in node.args[-2:]):
            args[-1] = wide(self.dialect, args[-1])
        match node.op:
            case "assume":
                return self._clamp(args[0], self.ranges[node.args[0]], self.graph.ranges[term])
            case "add":
                return exp.paren(exp.Add(this=args[0], expression=args[1]))
            case "sub":
                return exp.paren(exp.Sub(this=args[0], expression=args[1]))
            case "mul":
                return exp.paren(exp.Mul(this=args[0], expression=args[1]))
            case "neg":
                return exp.paren(exp.Neg(this=args[0]))
            case "abs":
                return exp.Abs(this=args[0])
            case "floordiv":
                return self._quotient(node, args)
            case "min":
                return _pick("LEAST", args)
            case "max":
                return _pick("GREATEST", args)
            case "lt":
                return exp.paren(exp.LT(this=args[0], expression=args[1]))
            case "le":
                return exp.paren(exp.LTE(this=args[0], expression=args[1]))
            case "eq":
                return exp.paren(exp.EQ(this=args[0], expression=args[1]))
            case "member":
                assert isinstance(node.value, tuple)
                return exp.paren(args[0].isin(*(_int(value) for value in node.value)))
            case "and":
                return exp.paren(exp.and_(*args))
            case "or":
                return exp.paren(exp.or_(*args))
            case "not":
                return exp.paren(exp.not_(args[0]))
            case "select":
                return exp.case().when(args[0], args[1]).else_(args[2])
        raise AssertionError(node.op)

    def _clamp(self, value: Any, before: Range, limits: Range) -> Any:
        """The value, moved into what is known of it on rows that are not marked."""
        after = clamped(before, limits)
        if after.low != before.low or (before.low is None):
            value = _pick("GREATEST", [value, _int(after.low)]) if after.low is not None else value
        if after.high != before.high or (before.high is None):
            value = _pick("LEAST", [value, _int(after.high)]) if after.high is not None else value
        return value

    def _quotient(self, node: Node, args: list[Any]) -> Any:
        """The quotient rounded down. Databases cut towards zero, or do not say: only numbers that are not negative are
        ever divided. ``-(-a // b)`` rounds up, so a negative ``a`` takes ``-((b - 1 - a) // b)``."""
        a, b = args
        over, under = (self.ranges[arg] for arg in node.args)
        if under.low is None or under.low < 1:
            b = _pick("GREATEST", [b, _int(1)])
        plain = truncated(self.dialect, a.copy(), b.copy())
        if over.low is not None and over.low >= 0:
            return plain
        turned = exp.paren(exp.Sub(this=exp.paren(exp.Sub(this=b.copy(), expression=_int(1))), expression=a.copy()))
        below = exp.paren(exp.Neg(this=truncated(self.dialect, turned, b.copy())))
        return exp.case().when(exp.GTE(this=a.copy(), expression=_int(0)), plain).else_(below)


def _pick(name: str, args: list[Any]) -> Any:
    return exp.Anonymous(this=name, expressions=args)


def _int(value: int) -> Any:
    return exp.Literal.number(value) if value >= 0 else exp.paren(exp.Neg(this=exp.Literal.number(-value)))

"""Exact ranges of expressions over all facts that the declarations allow.

Ranges are intervals of rationals with open or closed ends; ``None`` stands for no bound. The range found
always contains the true one; it may be wider where one fact occurs several times in a formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

import attrs

from rubriclang.ir import nodes as ir
from rubriclang.ir.nodes import POPULATION
from rubriclang.ir.rounding import round_to
from rubriclang.ir.values import Reason


@attrs.frozen
class Interval:
    """``low … high``; an end that is None is unbounded, an open end is not included."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False

    @property
    def empty(self) -> bool:
        """Whether no number lies in it."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def contains(self, value: Fraction) -> bool:
        """Whether a number lies in it."""
        above = self.low is None or value > self.low or (value == self.low and not self.low_open)
        below = self.high is None or value < self.high or (value == self.high and not self.high_open)
        return above and below

    def meet(self, other: Interval) -> Interval:
        """The intersection."""
        if other is EVERYTHING:
            return self
        low, low_open = _tighter(self.low, self.low_open, other.low, other.low_open, 1)
        high, high_open = _tighter(self.high, self.high_open, other.high, other.high_open, -1)
        return Interval(low, high, low_open, high_open)

    def hull(self, other: Interval) -> Interval:
        """The smallest interval over both."""
        if self.empty:
            return other
        if other.empty:
            return self
        low, low_open = _looser(self.low, self.low_open, other.low, other.low_open, 1)
        high, high_open = _looser(self.high, self.high_open, other.high, other.high_open, -1)
        return Interval(low, high, low_open, high_open)


EVERYTHING = Interval()
NOTHING = Interval(Fraction(1), Fraction(0))


def point(value: Fraction) -> Interval:
    """The interval of one number."""
    return Interval(value, value)


def _tighter(
    a: Fraction | None, a_open: bool, b: Fraction | None, b_open: bool, sign: int
) -> tuple[Fraction | None, bool]:
    if a is None:
        return b, b_open
    if b is None:
        return a, a_open
    if a == b:
        return a, a_open or b_open
    return (a, a_open) if (a > b) == (sign > 0) else (b, b_open)


def _looser(
    a: Fraction | None, a_open: bool, b: Fraction | None, b_open: bool, sign: int
) -> tuple[Fraction | None, bool]:
    if a is None or b is None:
        return None, False
    if a == b:
        return a, a_open and b_open
    return (a, a_open) if (a < b) == (sign > 0) else (b, b_open)


def subtract(domain: Iterable[Interval], taken: Interval) -> list[Interval]:
    """What is left of a union of intervals when another is taken out."""
    left = []
    for part in domain:
        meet = part.meet(taken)
        if meet.empty:
            left.append(part)
            continue
        below = Interval(part.low, meet.low, part.low_open, not meet.low_open) if meet.low is not None else None
        above = Interval(meet.high, part.high, not meet.high_open, part.high_open) if meet.high is not None else None
        left += [piece for piece in (below, above) if piece is not None and not piece.empty]
    return left


def satisfying(op: str, bound: Fraction) -> list[Interval]:
    """The numbers x with ``x op bound``."""
    match op:
        case "le":
            return [Interval(None, bound)]
        case "lt":
            return [Interval(None, bound, high_open=True)]
        case "ge":
            return [Interval(bound, None)]
        case "gt":
            return [Interval(bound, None, low_open=True)]
        case "eq":
            return [point(bound)]
        case "ne":
            return [Interval(None, bound, high_open=True), Interval(bound, None, low_open=True)]
        case _:
            return [EVERYTHING]


_OPPOSITE = {"le": "gt", "lt": "ge", "ge": "lt", "gt": "le", "eq": "ne", "ne": "eq"}
_MIRROR = {"le": "ge", "lt": "gt", "ge": "le", "gt": "lt", "eq": "eq", "ne": "ne"}


class Narrowed(Mapping[str, Interval]):
    """What is known, with some of it narrowed; what is known underneath is shared, not copied."""

    def __init__(self, known: Mapping[str, Interval]) -> None:
        self.under: Mapping[str, Interval] = known.under if isinstance(known, Narrowed) else known
        self.own: dict[str, Interval] = dict(known.own) if isinstance(known, Narrowed) else {}

    def __getitem__(self, name: str) -> Interval:
        return self.own[name] if name in self.own else self.under[name]

    def __setitem__(self, name: str, value: Interval) -> None:
        self.own[name] = value

    def __iter__(self) -> Iterator[str]:
        return iter({**self.under, **self.own})

    def __len__(self) -> int:
        return len({**self.under, **self.own})


class Ranges:
    """Ranges of a program's facts and definitions, computed on demand.

    ``everyone`` says that each unit takes part in its population.
    ``narrowed`` holds what is known besides the declarations (the row at hand has matched, the ones above have not).
    """

    def __init__(self, facts: Iterable[ir.Fact], lists: Iterable[ir.ListFact] = (), everyone: bool = True) -> None:
        self.everyone = everyone
        self.known: dict[str, Interval] = {}
        self.aliases: dict[str, str] = {}
        self.facts = {fact.name: fact for fact in facts}
        for fact in self.facts.values():
            # Twice: a bound by another fact may stand before that fact's own bounds.
            self._declare(fact)
        for fact in self.facts.values():
            self._declare(fact)
        for listed in lists:
            for _ in range(2):
                for column in listed.columns:
                    self._declare(column, f"{listed.name}.{column.name}")

    def _declare(self, fact: ir.Fact, key: str | None = None) -> None:
        key = key or fact.name
        narrowed = Narrowed(self.known)
        for constraint in fact.constraints:
            narrowed = self.refine(narrowed, constraint.test, True)
        self.known[key] = narrowed.get(key, EVERYTHING)  # a default is held to the constraints, too

    def define(self, definition: ir.Definition) -> None:
        """Computes and keeps the range of a definition; those it reads must be known."""
        found = self.of(definition.expr)
        if isinstance(definition.expr, ir.Ref):
            self.aliases[definition.id] = definition.expr.target
        self.known[definition.id] = EVERYTHING if found.empty else found

    def of(self, expr: ir.Expr, narrowed: Mapping[str, Interval] | None = None) -> Interval:
        """The range of an expression."""
        env = self.known if narrowed is None else narrowed
        match expr:
            case ir.Const(value=Fraction() as value):
                return point(value)
            case ir.Const(value=Reason()):
                return NOTHING  # a refusal is no number
            case ir.Ref(target=target):
                return env.get(target, EVERYTHING)
            case ir.Op(operator="add", operands=(left, ir.Op(operator="neg", operands=(right,)))):
                found = _add(self.of(left, narrowed), _negate(self.of(right, narrowed)))
                return found.meet(self._apart(env, left, right))
            case ir.Op(operator=operator, operands=operands):
                return self._op(operator, [self.of(operand, narrowed) for operand in operands])
            case ir.Round(mode=mode, step=ir.Const(value=Fraction() as step), operand=operand):
                inner = self.of(operand, narrowed)
                low = None if inner.low is None else round_to(inner.low, step, mode)
                high = None if inner.high is None else round_to(inner.high, step, mode)
                return Interval(low, high)
            case ir.Case(arms=arms):
                return self._case(arms, env)
            case ir.Catch(operand=operand, handlers=handlers):
                hull = self.of(operand, narrowed)
                for handler in handlers:
                    hull = hull.hull(self.of(handler.value, narrowed))
                return hull
            case ir.Judge(low=low_expr, high=high_expr):
                high_range = EVERYTHING if high_expr is None else self.of(high_expr, narrowed)
                return Interval(self.of(low_expr, narrowed).low, high_range.high)
            case ir.Agg(function="count", collection=collection, where=None) if collection == POPULATION:
                return Interval(Fraction(1 if self.everyone else 0), None)
            case ir.Agg(function="sum", collection="", items=items):
                return self._sum(items, narrowed)
            case ir.Agg(function=function, body=body, items=items):
                return self._aggregate(function, items if body is None else (body,), narrowed)
            case _:
                return EVERYTHING

    def _sum(self, items: tuple[ir.Expr, ...], narrowed: Mapping[str, Interval] | None) -> Interval:
        """The sum of parts, of which any may be left out or cut."""
        result = point(Fraction(0))
        for item in items:
            result = _add(result, self.of(item, narrowed).hull(point(Fraction(0))))
        return result

    def _aggregate(
        self, function: str, bodies: tuple[ir.Expr, ...], narrowed: Mapping[str, Interval] | None
    ) -> Interval:
        if function in ("count", "rank"):
            return Interval(Fraction(0 if function == "count" else 1), None)
        hull = NOTHING
        for body in bodies:
            hull = hull.hull(self.of(body, narrowed))
        if function in ("min", "max", "mean", "median"):
            return hull
        if function == "sum" and hull.low is not None and hull.low >= 0:
            return Interval(Fraction(0), None)
        return EVERYTHING

    def _case(self, arms: tuple[ir.Arm, ...], env: Mapping[str, Interval]) -> Interval:
        hull = NOTHING
        left = Narrowed(env)
        tested: set[str] = set()
        for arm in arms:
            here = left if arm.test is None else self.refine(left, arm.test, True)
            if arm.test is not None:
                tested |= {node.target for node in ir.walk(arm.test) if isinstance(node, ir.Ref)}
                if self.aliases:
                    tested |= {self.aliases[name] for name in tested if name in self.aliases}
            if not any(here[name].empty for name in tested if name in here):
                hull = hull.hull(self.of(arm.value, here))
            if arm.test is None:
                break
            left = self.refine(left, arm.test, False)
        return EVERYTHING if hull.empty else hull

    def refine(self, env: Mapping[str, Interval], test: ir.Expr, holds: bool) -> Narrowed:
        """The ranges once a test is known to hold, or not to."""
        out = Narrowed(env)
        if not isinstance(test, ir.Op):
            return out
        if test.operator == "not":
            return self.refine(out, test.operands[0], not holds)
        if (test.operator == "and" and holds) or (test.operator == "or" and not holds):
            for operand in test.operands:
                out = self.refine(out, operand, holds)
            return out
        if test.operator not in _OPPOSITE:
            return out
        op = test.operator if holds else _OPPOSITE[test.operator]
        left, right = test.operands
        if isinstance(left, ir.Ref) and isinstance(right, ir.Ref):
            key = f"{left.target} - {right.target}"
            out[key] = self._narrow(out.get(key, EVERYTHING), op, point(Fraction(0)))
        for side, other, direction in ((left, right, op), (right, left, _MIRROR[op])):
            if isinstance(side, ir.Ref):
                limit = self.of(other, out)
                narrowed = self._narrow(out.get(side.target, EVERYTHING), direction, limit)
                out[side.target] = narrowed
                if side.target in self.aliases:  # 主体：甲 and 甲 itself are one
                    out[self.aliases[side.target]] = narrowed
        return out

    @staticmethod
    def _apart(env: Mapping[str, Interval], left: ir.Expr, right: ir.Expr) -> Interval:
        """What comparisons of two quantities have told about their difference."""
        if not (isinstance(left, ir.Ref) and isinstance(right, ir.Ref)):
            return EVERYTHING
        there = env.get(f"{left.target} - {right.target}", EVERYTHING)
        return there.meet(_negate(env.get(f"{right.target} - {left.target}", EVERYTHING)))

    @staticmethod
    def _narrow(own: Interval, op: str, limit: Interval) -> Interval:
        if op == "ne":
            if limit.low is not None and limit.low == limit.high:
                parts = subtract([own], limit)
                return parts[0] if len(parts) == 1 else own
            return own
        if op in ("le", "lt", "eq") and limit.high is not None:
            own = own.meet(Interval(None, limit.high, high_open=limit.high_open or op == "lt"))
        if op in ("ge", "gt", "eq") and limit.low is not None:
            own = own.meet(Interval(limit.low, None, low_open=limit.low_open or op == "gt"))
        return own

    def _op(self, operator: str, operands: list[Interval]) -> Interval:
        match operator:
            case "add":
                result = operands[0]
                for operand in operands[1:]:
                    result = _add(result, operand)
                return result
            case "neg":
                return _negate(operands[0])
            case "mul":
                result = operands[0]
                for operand in operands[1:]:
                    result = _multiply(result, operand)
                return result
            case "div":
                return _multiply(operands[0], _reciprocal(operands[1]))
            case "min":
                result = operands[0]
                for operand in operands[1:]:
                    result = _smallest(result, operand)
                return result
            case "max":
                result = _negate(operands[0])
                for operand in operands[1:]:
                    result = _smallest(result, _negate(operand))
                return _negate(result)
            case "sqrt":
                return Interval(Fraction(0), None)
            case "exp":
                return Interval(Fraction(0), None, low_open=True)
            case "abs":
                return _absolute(operands[0])
            case _:
                return EVERYTHING


def _add(a: Interval, b: Interval) -> Interval:
    low = None if a.low is None or b.low is None else a.low + b.low
    high = None if a.high is None or b.high is None else a.high + b.high
    return Interval(low, high, a.low_open or b.low_open, a.high_open or b.high_open)


def _negate(a: Interval) -> Interval:
    return Interval(None if a.high is None else -a.high, None if a.low is None else -a.low, a.high_open, a.low_open)


def _smallest(a: Interval, b: Interval) -> Interval:
    high, high_open = _tighter(a.high, a.high_open, b.high, b.high_open, -1)
    if a.low is None or b.low is None:
        return Interval(None, high, False, high_open)
    low, low_open = _looser(a.low, a.low_open, b.low, b.low_open, 1)
    return Interval(low, high, low_open, high_open)


def _absolute(a: Interval) -> Interval:
    if a.low is not None and a.low >= 0:
        return a
    if a.high is not None and a.high <= 0:
        return _negate(a)
    if a.low is None or a.high is None:
        return Interval(Fraction(0), None)
    if -a.low == a.high:
        return Interval(Fraction(0), a.high, False, a.low_open and a.high_open)
    return (
        Interval(Fraction(0), -a.low, False, a.low_open)
        if -a.low > a.high
        else Interval(Fraction(0), a.high, False, a.high_open)
    )


# An end of an interval on the extended line: a rational or an infinity, and whether it is included.
_End = tuple[Fraction | float, bool]
_INF = float("inf")


def _ends(a: Interval) -> tuple[_End, _End]:
    low: Fraction | float = -_INF if a.low is None else a.low
    high: Fraction | float = _INF if a.high is None else a.high
    return (low, a.low_open or a.low is None), (high, a.high_open or a.high is None)


def _end_product(x: _End, y: _End) -> _End:
    if x[0] == 0 or y[0] == 0:
        # Zero times anything is zero; it is reached if a closed zero end is.
        closed_zero = (x[0] == 0 and not x[1]) or (y[0] == 0 and not y[1])
        return Fraction(0), not closed_zero
    if abs(x[0]) == _INF or abs(y[0]) == _INF:
        return (_INF if (x[0] > 0) == (y[0] > 0) else -_INF), True
    return x[0] * y[0], x[1] or y[1]


def _multiply(a: Interval, b: Interval) -> Interval:
    if a.low is not None and b.low is not None and a.low > 0 and b.low > 0 and not (a.empty or b.empty):
        # Most quantities are positive: then the ends are the products of like ends.
        top = None if a.high is None or b.high is None else a.high * b.high
        return Interval(a.low * b.low, top, a.low_open or b.low_open, top is not None and (a.high_open or b.high_open))
    products = [_end_product(x, y) for x in _ends(a) for y in _ends(b)]
    low = min(products, key=lambda end: (end[0], end[1]))
    high = max(products, key=lambda end: (end[0], not end[1]))
    return Interval(
        low[0] if isinstance(low[0], Fraction) else None,
        high[0] if isinstance(high[0], Fraction) else None,
        low[1] and isinstance(low[0], Fraction),
        high[1] and isinstance(high[0], Fraction),
    )


def _reciprocal(a: Interval) -> Interval:
    """1/a; everything, where 0 lies inside. At 0 itself there is no number, so an end at 0 counts as open."""
    if a.low is not None and a.low >= 0:
        if a.high == 0:
            return NOTHING
        high = None if a.low == 0 else 1 / a.low
        if a.high is None:
            return Interval(Fraction(0), high, True, a.low_open)
        return Interval(1 / a.high, high, a.high_open, a.low_open)
    if a.high is not None and a.high <= 0:
        return _negate(_reciprocal(_negate(a)))
    return EVERYTHING

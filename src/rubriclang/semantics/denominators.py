"""Every denominator that can be zero needs a rule: a row ``分母为零 -> …`` or a fact that excludes it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from rubriclang.ir import nodes as ir
from rubriclang.ir.types import TRUTH
from rubriclang.semantics import errors
from rubriclang.semantics.collect import Body
from rubriclang.semantics.frame import Frame
from rubriclang.semantics.intervals import Interval, Narrowed, Ranges
from rubriclang.semantics.scope import Names
from rubriclang.syntax import nodes as n


def check_denominators(
    names: Names, frame: Frame, bodies: Mapping[tuple[str, ...], Body], checks: tuple[ir.Check, ...]
) -> None:
    """Reports each division whose denominator the declarations allow to be zero, where no rule catches it."""
    ruled = {path for path, body in bodies.items() if _has_rule(body)}
    reported: set[int] = set()
    answered: dict[str, tuple[str, ...]] = {}  # formulas that may divide by zero, answered for in their own indicator
    guards = _guards(frame)
    exprs: list[tuple[str, ir.Expr, tuple[str, ...]]] = [(d.id, d.expr, d.owner) for d in frame.definitions]
    exprs += [("", e, ()) for check in checks for e in (check.left, check.right)]
    for identifier, expr, owner in exprs:
        own_rule = bool(owner) and owner in ruled
        tests = guards.get((identifier.partition("#")[2] != "得分" and owner) or (), ())
        nodes = list(ir.walk(expr))
        escaped = [ref for ref in nodes if isinstance(ref, ir.Ref) and ref.target in answered] if answered else []
        divisions: list[ir.Op] = []
        if any(isinstance(node, ir.Op) and node.operator == "div" for node in nodes):
            env: Mapping[str, Interval] = frame.ranges.known
            for test in tests:
                env = frame.ranges.refine(env, test, False)
            divisions = risky(frame.ranges, expr, env)
            if not divisions and tests and "#" not in identifier and risky(frame.ranges, expr, frame.ranges.known):
                answered[identifier] = owner  # 不适用 comes first in its own indicator, and nowhere else
        if own_rule:
            if (divisions or escaped) and "#" not in identifier:
                answered[identifier] = owner
            continue
        spans = [(division.operands[1].span or division.span) for division in divisions]
        spans += [ref.span for ref in escaped if answered[ref.target] != owner]
        read = ir.Ref(identifier) if identifier else expr
        plain = ir.Tag("", "plain")
        goal: ir.Expr = ir.Catch(read, (ir.Handler("zero", ir.Const(True), plain),))
        if tests:
            goal = ir.Case((*(ir.Arm(test, ir.Const(False), plain) for test in tests), ir.Arm(None, goal, plain)))
        for span in spans:
            if span is not None and span.start not in reported:
                reported.add(span.start)
                shown = goal if frame.types.get(identifier, TRUTH) != TRUTH or not identifier else None
                names.report(errors.ZERO_DENOMINATOR, span, text=names.source.slice(span), goal=shown)


def _guards(frame: Frame) -> dict[tuple[str, ...], tuple[ir.Expr, ...]]:
    """The conditions under which an indicator's own formulas do not matter, because 不适用 decides first."""
    found: dict[tuple[str, ...], tuple[ir.Expr, ...]] = {}
    for definition in frame.definitions:
        tests: list[ir.Expr] = []
        expr = definition.expr
        while definition.id.endswith("#得分") and isinstance(expr, ir.Case) and expr.arms[0].tag.role == "override":
            test = expr.arms[0].test
            if test is None or any(isinstance(node, ir.Ref) and node.kind == "definition" for node in ir.walk(test)):
                break  # it reads formulas itself, so what stands behind it does not keep them from being read
            tests.append(test)
            expr = expr.arms[-1].value
        if tests:
            found[definition.owner] = tuple(tests)
    return found


def _has_rule(body: Body) -> bool:
    rows = [*body.reasons, *(row for piece in body.pieces for row in piece.rows)]
    return any(isinstance(row.pattern, n.OnReason) and row.pattern.reason == "zero" for row in rows)


def risky(ranges: Ranges, expr: ir.Expr, env: Mapping[str, Interval]) -> list[ir.Op]:
    """The divisions under an expression whose denominator can be zero, given what its rows already exclude."""
    found: list[ir.Op] = []
    match expr:
        case ir.Op(operator="div", operands=(above, below)):
            if _can_be_zero(ranges, below, env):
                found.append(expr)
            found += risky(ranges, above, env) + risky(ranges, below, env)
        case ir.Case(arms=arms):
            left = Narrowed(env)
            for arm in arms:
                if arm.test is not None:
                    found += risky(ranges, arm.test, left)
                here = left if arm.test is None else ranges.refine(left, arm.test, True)
                found += risky(ranges, arm.value, here)
                if arm.test is not None:
                    left = ranges.refine(left, arm.test, False)
        case ir.Catch(operand=operand, handlers=handlers):
            if not any(handler.reason == "zero" for handler in handlers):
                found += risky(ranges, operand, env)
            for handler in handlers:
                found += risky(ranges, handler.value, env)
        case _:
            for child in ir.children(expr):
                found += risky(ranges, child, env)
    return found


def _can_be_zero(ranges: Ranges, expr: ir.Expr, env: Mapping[str, Interval]) -> bool:
    if isinstance(expr, ir.Op) and expr.operator == "mul":
        return any(_can_be_zero(ranges, operand, env) for operand in expr.operands)
    return ranges.of(expr, env).contains(Fraction(0))

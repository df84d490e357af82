"""Whether intervals are exact for a quantity: it reads every fact once, and none that bounds another."""

from __future__ import annotations

from rubriclang.ir import nodes as ir
from rubriclang.ir.operators import REAL
from rubriclang.linter.rule import Subject

_LOOSE = REAL | {"pow", "days", "months"}  # operators of which intervals know little or nothing


def reads_once(subject: Subject, expr: ir.Expr, seen: set[str] | None = None) -> bool:
    """Whether an expression reads every fact at most once, and none that another one bounds."""
    seen = set() if seen is None else seen
    stack = [expr]
    while stack:
        node = stack.pop()
        if isinstance(node, ir.Op) and node.operator in _LOOSE:
            return False
        if isinstance(node, ir.Agg):
            if node.function not in ("rank", "count"):
                return False
            continue  # any place and any number can come out, whatever it is about
        stack.extend(ir.children(node))
        if not isinstance(node, ir.Ref):
            continue
        if node.target in seen:
            return False
        seen.add(node.target)
        definition = subject.definitions.get(node.target)
        if definition is not None and not reads_once(subject, definition.expr, seen):
            return False
        if node.kind == "fact" and node.target in subject.bound_together:
            return False
    return True

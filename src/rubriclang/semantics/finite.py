"""Conditions over facts with few values (是否, options): decided by trying every combination."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from rubriclang.ir import nodes as ir
from rubriclang.ir.operators import OPERATORS
from rubriclang.ir.types import Labels, Truth, Type
from rubriclang.ir.values import Value

MAX_COMBINATIONS = 20_000
_KNOWN = frozenset({"eq", "ne", "and", "or", "not"})


def combinations(tests: list[ir.Expr], types: Mapping[str, Type]) -> list[dict[str, Value]] | None:
    """All values of the facts that the tests read; None where one of them has no short list of values."""
    names: dict[str, tuple[Value, ...]] = {}
    for test in tests:
        for node in ir.walk(test):
            if isinstance(node, ir.Ref):
                kind = types.get(node.target)
                if isinstance(kind, Truth):
                    names[node.target] = (True, False)
                elif isinstance(kind, Labels):
                    names[node.target] = kind.options
                else:
                    return None
            elif not isinstance(node, ir.Const) and not (isinstance(node, ir.Op) and node.operator in _KNOWN):
                return None
    size = 1
    for values in names.values():
        size *= len(values)
        if size > MAX_COMBINATIONS:
            return None
    return [dict(zip(names, chosen, strict=True)) for chosen in product(*names.values())]


def holds(test: ir.Expr, values: Mapping[str, Value]) -> Value:
    """The value of a test under one combination."""
    match test:
        case ir.Const(value=value):
            return value
        case ir.Ref(target=target):
            return values[target]
        case ir.Op(operator="and", operands=operands):
            return all(holds(operand, values) for operand in operands)
        case ir.Op(operator="or", operands=operands):
            return any(holds(operand, values) for operand in operands)
        case ir.Op(operator=operator, operands=operands):
            return OPERATORS[operator](*(holds(operand, values) for operand in operands))
        case _:
            raise AssertionError("only tests that combinations() accepted are tried")

"""How a value is shown: with as many digits as it takes not to contradict the row that applied."""

from __future__ import annotations

from fractions import Fraction

from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import short_text, shown_text
from rubriclang.ir.reals import Real
from rubriclang.ir.types import Number, Type
from rubriclang.ir.values import Reason, Value

_MAX_DIGITS = 12


def display_of(value: Value | None, kind: Type | None, base: ir.Expr | None, target: str | None) -> str | None:
    """A value as a score sheet shows it: with digits enough that no edge lies between it and what is shown."""
    match value:
        case None | Reason():
            return None
        case bool():
            return "是" if value else "否"
        case str():
            return value
        case Fraction():
            assert isinstance(kind, Number)
            edges = list(_edges(base, target)) if base is not None else []
            for digits in range(2, _MAX_DIGITS):
                if _agrees(value, kind, edges, digits):
                    return shown_text(value, kind, digits)
            return short_text(value * 100) + "%" if kind.style == "percent" else short_text(value)
        case Real():
            return value.shown(4)
        case tuple():
            return "、".join(display_of(item, Number(), None, None) or "" for item in value)
        case _:
            return value.isoformat()


def _edges(base: ir.Expr, target: str | None) -> set[Fraction]:
    """The constants that the rows compare the value with."""
    found = set()
    for node in ir.walk(base):
        if isinstance(node, ir.Op) and node.operator in ("eq", "ne", "lt", "le", "gt", "ge"):
            left, right = node.operands
            own = isinstance(left, ir.Ref) and left.target == target
            if own and isinstance(right, ir.Const) and isinstance(right.value, Fraction):
                found.add(right.value)
    return found


def _agrees(value: Fraction, kind: Number, edges: list[Fraction], digits: int) -> bool:
    text = shown_text(value, kind, digits).removesuffix(kind.unit.name if kind.unit.dimensions else "")
    if "…" in text:
        return True  # far longer than any edge can be
    shown = Fraction(text.rstrip("%")) / 100 if text.endswith("%") else Fraction(text)
    return all((shown > edge) - (shown < edge) == (value > edge) - (value < edge) for edge in edges)

"""Expressions and numbers in the words of a rubric, for sentences about what changed."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import attrs

from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.ir.types import Number, Type
from rubriclang.ir.values import Reason, Value

_SIGNS = {"le": "≤", "lt": "<", "ge": "≥", "gt": ">", "eq": "=", "ne": "≠"}
_WORDS = {"and": " 且 ", "or": " 或 "}
_LONGEST = 120


@attrs.frozen
class Words:
    """Names and types of one rubric."""

    program: ir.Program
    definitions: Mapping[str, ir.Definition]
    facts: Mapping[str, ir.Fact]

    def type_of(self, expr: ir.Expr) -> Type | None:
        """The type of a name; None where it is no name."""
        match expr:
            case ir.Ref(kind="fact", target=target) if target in self.facts:
                return self.facts[target].type
            case ir.Ref(kind="definition", target=target) if target in self.definitions:
                return self.definitions[target].type
            case _:
                return None

    def number(self, value: Value, kind: Type | None = None) -> str:
        """A value as the rubric writes it."""
        match value:
            case bool():
                return "是" if value else "否"
            case Fraction():
                if isinstance(kind, Number) and kind.style == "percent":
                    return f"{number_text(value * 100)}%"
                unit = kind.unit.name if isinstance(kind, Number) and kind.unit.dimensions else ""
                return number_text(value) + unit
            case Reason():
                return {"left out": "剔除", "missing": "缺失"}.get(value.kind, "无定义")
            case _:
                return str(value)

    def text(self, expr: ir.Expr, kind: Type | None = None) -> str:
        """An expression as a formula, cut off where it is long."""
        found = self._text(expr, kind, 0)
        return found if len(found) <= _LONGEST else found[:_LONGEST] + "…"

    def _text(self, expr: ir.Expr, kind: Type | None, level: int) -> str:
        match expr:
            case ir.Const(value=value):
                return self.number(value, kind)
            case ir.Ref(target=target):
                return self._name(target)
            case ir.Op(operator=operator, operands=(a, b)) if operator in _SIGNS:
                known = self.type_of(a) or self.type_of(b)
                return f"{self._text(a, known, 1)} {_SIGNS[operator]} {self._text(b, known, 1)}"
            case ir.Op(operator="add", operands=operands):
                parts = [self._text(operands[0], kind, 1)]
                for each in operands[1:]:
                    minus = isinstance(each, ir.Op) and each.operator == "neg"
                    inner = each.operands[0] if isinstance(each, ir.Op) and minus else each
                    parts.append(f"{'-' if minus else '+'} {self._text(inner, kind, 2)}")
                return _bracketed(" ".join(parts), level > 1)
            case ir.Op(operator="mul", operands=operands):
                return _bracketed(" × ".join(self._text(each, None, 2) for each in operands), level > 2)
            case ir.Op(operator="div", operands=(a, b)):
                return _bracketed(f"{self._text(a, None, 2)} / {self._text(b, None, 3)}", level > 2)
            case ir.Op(operator="neg", operands=(a,)):
                return f"-{self._text(a, kind, 3)}"
            case ir.Op(operator="not", operands=(a,)):
                return f"非 {self._text(a, None, 3)}"
            case ir.Op(operator=operator, operands=operands) if operator in _WORDS:
                return _bracketed(_WORDS[operator].join(self._text(each, None, 1) for each in operands), level > 0)
            case ir.Op(operator=operator, operands=operands):
                return f"{operator}（{'，'.join(self._text(each, kind, 0) for each in operands)}）"
            case ir.Round(mode=mode, step=step, operand=operand):
                return f"{self._text(operand, kind, 1)}，保留到 {self._text(step, kind, 0)}，{rounding_word(mode)}"
            case ir.Judge(low=low, high=high):
                most = "" if high is None else f" 至 {self._text(high, None, 0)}"
                return f"评 {self._text(low, None, 0)}{most}"
            case ir.Case(arms=arms):
                return "；".join(f"{arm.tag.text or '否则'} -> {self._text(arm.value, kind, 0)}" for arm in arms)
            case ir.Catch(operand=operand):
                return self._text(operand, kind, level)
            case ir.Agg(function=function, collection=collection, body=body):
                rows = "" if body is None else f"：{self._text(body, None, 0)}"
                return f"{function}（{collection or '各项'}{rows}）"

    def _name(self, target: str) -> str:
        definition = self.definitions.get(target)
        if definition is None:
            return target
        if definition.name is not None:
            return definition.name
        if target.endswith("#值"):
            return self._text(definition.expr, definition.type, 0)
        return definition.owner[-1] if definition.owner else "总分"


def words(program: ir.Program) -> Words:
    """The names and types of a rubric."""
    return Words(program, {d.id: d for d in program.definitions}, {f.name: f for f in program.facts})


def _bracketed(text: str, wanted: bool) -> str:
    return f"（{text}）" if wanted else text


def rounding_word(mode: ir.RoundMode) -> str:
    """A way of rounding as a rubric writes it."""
    names = {"half up": "四舍五入", "half even": "四舍六入五成双", "up": "进位", "down": "舍去"}
    return names.get(mode, "向上取整" if mode == "ceiling" else "向下取整")

"""The sum of a section as a spreadsheet formula, from the rule the rubric gives for it.

What a formula cannot say (a veto, a choice between parts, banker's rounding) is left to the caller to write as a value.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text

_ROUNDINGS = {"half up": "ROUND", "up": "ROUNDUP", "down": "ROUNDDOWN"}
_AGGREGATES = {"sum": "SUM", "mean": "AVERAGE", "max": "MAX", "min": "MIN"}
_INFIX = {"mul": "*", "div": "/"}
_LONGEST = 2000  # Excel takes 8,192 characters


class _UnsayableError(Exception):
    """The rule has no spreadsheet formula."""


def definitions_of(program: ir.Program) -> dict[str, ir.Expr]:
    """The expressions of a program by identifier."""
    return {definition.id: definition.expr for definition in program.definitions}


def is_plain_sum(program: ir.Program, node: ir.Node) -> bool:
    """Whether a section's score is just the sum of its parts' scores."""
    expressions = {d.id: d.expr for d in program.definitions if d.owner == node.path}
    expr: ir.Expr = expressions[node.points]
    while isinstance(expr, ir.Ref) and expr.target in expressions:
        expr = expressions[expr.target]
    terms = expr.operands if isinstance(expr, ir.Op) and expr.operator == "add" else (expr,)
    if not all(isinstance(term, ir.Ref) for term in terms):
        return False
    wanted = [part.points for part in node.parts]
    return [term.target for term in terms if isinstance(term, ir.Ref)] == wanted


def points_formula(expressions: Mapping[str, ir.Expr], target: str, cells: Mapping[str, str]) -> str | None:
    """A formula (with its ``=``) for the score that a definition yields; None where no formula says it.

    Args:
        expressions: the definitions of the program by identifier.
        target: the definition of a section's or the root's score.
        cells: the addresses of the cells that hold scores, by definition; the target's own is not used.
    """
    known = {name: cell for name, cell in cells.items() if name != target}
    try:
        text = _Formula(expressions, known).say(expressions[target])
    except _UnsayableError:
        return None
    return f"={text}" if len(text) <= _LONGEST else None


class _Formula:
    def __init__(self, expressions: Mapping[str, ir.Expr], cells: Mapping[str, str]) -> None:
        self.expressions = expressions
        self.cells = cells

    def say(self, expr: ir.Expr, inside: bool = False) -> str:
        match expr:
            case ir.Const(value=Fraction() as value):
                exact = number_text(value)
                return f"({exact})" if "/" in exact or value < 0 else exact
            case ir.Ref(target=target) if target in self.cells:
                return self.cells[target]
            case ir.Ref(target=target, kind="definition", own=False) if target in self.expressions:
                return self.say(self.expressions[target], inside)
            case ir.Op(operator="add", operands=operands):
                return self._sum(operands, inside)
            case ir.Op(operator="mul" | "div" as operator, operands=operands):
                terms = [self.say(operand, True) for operand in operands]
                if operator == "div":  # a quotient by a product or a quotient needs its brackets
                    terms[1:] = [f"({term})" if any(s in term for s in "+*/") else term for term in terms[1:]]
                return _INFIX[operator].join(terms)
            case ir.Op(operator="neg", operands=(operand,)):
                return f"(-{self.say(operand, True)})"
            case ir.Op(operator="min" | "max" as operator, operands=operands):
                return f"{operator.upper()}({','.join(self.say(operand) for operand in operands)})"
            case ir.Round(mode=mode, step=ir.Const(value=Fraction() as step), operand=operand) if mode in _ROUNDINGS:
                return f"{_ROUNDINGS[mode]}({self.say(operand)},{_digits(step)})"
            case ir.Catch(operand=operand, handlers=handlers):
                return self._caught(operand, handlers, inside)
            case ir.Case(arms=(ir.Arm(test=test, value=gone), ir.Arm(test=None, value=there))) if test is not None:
                return f"IF(ISTEXT({self._left_out(test)}),{self.say(gone)},{self.say(there)})"
            case ir.Agg(collection="", items=items, body=None, where=None, clauses=(), function=function):
                if function in _AGGREGATES and not any(_clauses for _clauses in expr.item_clauses):
                    return f"{_AGGREGATES[function]}({','.join(self.say(item) for item in items)})"
        raise _UnsayableError

    def _sum(self, operands: tuple[ir.Expr, ...], inside: bool) -> str:
        terms = [self.say(operand) for operand in operands]
        if len(terms) == 1:
            return terms[0]
        if all(_is_cell(term) for term in terms):
            return f"SUM({_ranges(terms)})"
        text = "+".join(terms)
        return f"({text})" if inside else text

    def _caught(self, operand: ir.Expr, handlers: tuple[ir.Handler, ...], inside: bool) -> str:
        if len(handlers) != 1:
            raise _UnsayableError
        (handler,) = handlers
        zero = isinstance(handler.value, ir.Const) and handler.value.value == 0
        if handler.reason == "left out" and zero:
            text = self.say(operand, inside)
            for cell in sorted(set(self.cells.values()), key=len, reverse=True):
                if text == cell:
                    return f"N({cell})"
                if text.startswith(f"{cell}*"):
                    return f"N({cell})" + text[len(cell) :]
            raise _UnsayableError
        if handler.reason == "zero":
            return self.say(operand, inside)
        raise _UnsayableError

    def _left_out(self, test: ir.Expr) -> str:
        match test:
            case ir.Op(operator="is left out", operands=(ir.Ref(target=target),)) if target in self.cells:
                return self.cells[target]
        raise _UnsayableError


def _is_cell(text: str) -> bool:
    return text.isalnum() and text[:1].isalpha()


def _ranges(cells: list[str]) -> str:
    """``F5:F8,F12`` from the addresses of cells of one column."""
    found: list[list[str]] = []
    for cell in cells:
        if found and _next(found[-1][-1]) == cell:
            found[-1].append(cell)
        else:
            found.append([cell])
    return ",".join(run[0] if len(run) == 1 else f"{run[0]}:{run[-1]}" for run in found)


def _next(cell: str) -> str:
    letters = cell.rstrip("0123456789")
    return f"{letters}{int(cell[len(letters) :]) + 1}"


def _digits(step: Fraction) -> int:
    """The second argument of ROUND for a step that is a power of ten."""
    digits = 0
    while step < 1 and digits < 15:
        step, digits = step * 10, digits + 1
    while step > 1 and digits > -15:
        step, digits = step / 10, digits - 1
    if step != 1:
        raise _UnsayableError
    return digits

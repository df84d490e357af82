"""A row, step or override that no facts can reach, by proof."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from rubriclang.backends.coverage import Branch, branches
from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.ir import nodes as ir
from rubriclang.linter.rule import Subject
from rubriclang.prover.simplex import Effort
from rubriclang.prover.witness import EFFORT, decide

UNREACHABLE_ROW = Kind(
    "R417",
    "unreachable-row",
    "warning",
    "“{row}”任何数据都走不到：前面的档、数据的范围或它们的关系已经排除了它",
    "no facts can reach '{row}': the rows before it, the ranges of the facts or how they bound each other rule it out",
    "检查条件和数据的范围",
    "check the condition and the ranges of the facts",
)
KINDS = (UNREACHABLE_ROW,)
_SIGNS = ("le", "lt", "ge", "gt", "eq", "ne")


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding for each row that is proved never to apply.

    Rows that hold one quantity against numbers are left to the analysis, which decides them by intervals (R312). The
    work is bounded for the whole rubric; what lies beyond is not judged.
    """
    program = subject.program
    left = Effort(EFFORT // 2)
    said: set[int] = set()
    for branch in branches(program):
        span = branch.tag.span
        if (
            span is None
            or span.start in said
            or branch.tag.role == "reason"
            or left.left < 0
            or _by_intervals(subject, branch)
        ):
            continue
        effort = Effort(min(left.left, EFFORT // 24))
        given = effort.left
        answer = decide(branch.goal, program.facts, program.definitions, effort)
        left.left -= given - effort.left + 1_000
        if answer.verdict == "never":
            said.add(span.start)
            yield subject.finding(UNREACHABLE_ROW, span, row=branch.tag.text)


def _by_intervals(subject: Subject, branch: Branch) -> bool:
    """Whether intervals are exact for a row: it compares one quantity, which reads each fact once, with numbers."""
    about: set[ir.Expr] = set()
    stack = [branch.goal]
    while stack:
        test = stack.pop()
        match test:
            case ir.Const():
                continue
            case ir.Op(operator="and" | "or" | "not", operands=operands):
                stack.extend(operands)
            case ir.Op(operator=sign, operands=(left, ir.Const(value=Fraction() | str()))) if sign in _SIGNS:
                about.add(left)
            case _:
                return False
    return not about or (len(about) == 1 and _reads_once(subject, about.pop(), set()))


def _reads_once(subject: Subject, expr: ir.Expr, seen: set[str]) -> bool:
    """Whether an expression reads every fact at most once, and none that another one bounds."""
    for node in ir.walk(expr):
        if not isinstance(node, ir.Ref):
            continue
        if node.target in seen:
            return False
        seen.add(node.target)
        definition = subject.definitions.get(node.target)
        if definition is not None and not _reads_once(subject, definition.expr, seen):
            return False
        if node.kind == "fact" and node.target in subject.bound_together:
            return False
    return True

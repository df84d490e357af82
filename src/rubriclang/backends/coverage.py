"""Which rows, steps and overrides the tests of a rubric reach, and facts that would reach the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import attrs

from rubriclang.backends.confirm import shows
from rubriclang.backends.evaluation import Key
from rubriclang.backends.outcome import Outcome, exact
from rubriclang.ir import nodes as ir
from rubriclang.prover import simplex
from rubriclang.prover.witness import EFFORT, Goal, Witness, decide

_PLAIN = ir.Tag("", "plain")
_TRUE = ir.Const(True)
_WORD = re.compile(r"[^\W\d]\w*$")


@attrs.frozen
class Branch:
    """One way a definition can come out: the row as written, whose it is, and the condition under which it applies."""

    definition: str
    owner: tuple[str, ...]
    tag: ir.Tag
    goal: ir.Expr

    @property
    def key(self) -> Key:
        """What an evaluation calls it."""
        return self.definition, self.tag.text, self.tag.span


@attrs.frozen
class Unreached:
    """A branch no test reaches: facts that would (None: none were found), or that none can."""

    branch: Branch
    witness: Witness | None = None
    never: bool = False


@attrs.frozen
class Coverage:
    """All branches of a rubric, and those no test reaches."""

    total: int
    unreached: tuple[Unreached, ...]


def branches(program: ir.Program) -> list[Branch]:
    """Every branch that has a place in the text."""
    found: dict[Key, Branch] = {}
    for definition in program.definitions:
        for tag, goal in _branches(definition.expr, ()):
            if tag.span is not None and tag.role != "plain" and tag.text:
                branch = Branch(definition.id, definition.owner, tag, goal)
                found.setdefault(branch.key, branch)
    return list(found.values())


def _branches(expr: ir.Expr, under: tuple[ir.Expr, ...]) -> Iterator[tuple[ir.Tag, ir.Expr]]:
    match expr:
        case ir.Case(arms=arms):
            passed = under
            for arm in arms:
                here = passed if arm.test is None else (*passed, arm.test)
                yield arm.tag, ir.Op("and", here or (_TRUE,))
                if arm.test is not None:
                    yield from _branches(arm.test, passed)
                    passed = (*passed, ir.Op("not", (arm.test,)))
                yield from _branches(arm.value, here)
        case ir.Catch(operand=operand, handlers=handlers):
            yield from _branches(operand, under)
            for handler in handlers:
                defined = ir.Op("ne", (operand, operand))  # false of any value, a reason of a reason
                caught = ir.Catch(defined, (ir.Handler(handler.reason, _TRUE, _PLAIN),))
                yield handler.tag, ir.Op("and", (*under, caught))
                yield from _branches(handler.value, under)
        case _:
            for child in ir.children(expr):
                yield from _branches(child, under)


def coverage(program: ir.Program, keys: Iterable[Key]) -> Coverage:
    """What tests that reached these branches leave out.

    The search for facts is bounded; a branch over the total, over tables or other units may be left without.
    """
    seen = set(keys)
    every = branches(program)
    unreached = []
    for branch in every:
        if branch.key in seen:
            continue
        effort = simplex.Effort(EFFORT // 8)
        answer = decide(branch.goal, program.facts, program.definitions, effort)
        goal = Goal(branch.goal, program)
        witness = next((w for w in answer.witnesses if shows(goal, w)), None)
        unreached.append(Unreached(branch, witness, answer.verdict == "never"))
    return Coverage(len(every), tuple(unreached))


def suggestion(item: Unreached, expected: str) -> str:
    """The test, as a rubric writes it, that reaches a branch; ``expected`` is what its indicator came to."""
    assert item.witness is not None
    owner = item.branch.owner[-1] if item.branch.owner else "总分"
    text = item.branch.tag.text.replace(">=", "≥").replace("<=", "≤").replace("=", "等于")
    name = re.sub(r"[:：；;()（）<>]", " ", f"{owner} {text}").strip()
    lines = [f"测试 {name}："]
    lines += [f"- 已知 {_name((fact,))} = {_typed(value)}" for fact, value in item.witness.facts.items()]
    lines += [f"- 评定 {_name(i.split('/'))} = {points}" for i, points in item.witness.judged.items()]
    return "\n".join([*lines, f"- {_name(item.branch.owner) or '总分'} = {expected}"])


def _name(path: Iterable[str]) -> str:
    """A path as a formula writes it: a title with a digit first, or brackets, stands in 【】."""
    return ".".join(part if _WORD.match(part) else f"【{part}】" for part in path)


def stated(outcome: Outcome, path: tuple[str, ...]) -> str:
    """What an indicator or a section came to, as a test states it."""
    reasons = {"missing": "缺失", "left out": "不计", "undefined": "无定义", "pending": "待评定"}
    for indicator in outcome:
        if indicator.path == path:
            return (
                reasons.get(indicator.reason or "") or indicator.label or exact(indicator.points) or reasons["missing"]
            )
    return exact(outcome.section(*path).points) or reasons["pending"]


def _typed(value: str) -> str:
    """A value as a formula: a label that is no single word stands in quotes."""
    return value if value[:1].isdigit() or value[:1] == "-" or _WORD.match(value) else f"“{value}”"

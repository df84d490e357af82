"""The plainest facts there are, to spare the prover what they already show."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from rubriclang.backends.evaluation import Evaluation
from rubriclang.backends.interpreter import evaluate
from rubriclang.ir import nodes as ir
from rubriclang.ir.types import Labels, Number, Truth
from rubriclang.ir.values import Value

_ONE = Fraction(1)


def plain_facts(program: ir.Program) -> Iterator[Evaluation]:
    """Evaluations where every number is 1 (a rate 100 %), then 0, and each person gives the most there is."""
    judges = (node for definition in program.definitions for node in ir.walk(definition.expr))
    judged: dict[str, Value] = {
        node.item: node.high.value
        for node in judges
        if isinstance(node, ir.Judge) and node.given is None and isinstance(node.high, ir.Const)
    }
    for number in (_ONE, Fraction(0)):
        facts = {fact.name: value for fact in program.facts if (value := _plain(fact, number)) is not None}
        run = evaluate(program, facts, judged)
        if not run.violations:
            yield run


def _plain(fact: ir.Fact, number: Fraction) -> Value | None:
    match fact.type:
        case Number():
            return number
        case Truth():
            return number == _ONE
        case Labels(options=options):
            return options[0]
        case _:
            return None

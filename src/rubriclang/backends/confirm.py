"""Scores the facts that should show a fault, so that nobody is shown facts that do not."""

from __future__ import annotations

import attrs

from rubriclang.backends.evaluation import Evaluation
from rubriclang.backends.interpreter import evaluate, evaluate_expression
from rubriclang.diagnostics import Diagnostic
from rubriclang.facts.binding import bind, schema_of
from rubriclang.facts.document import Document, Fields, from_python
from rubriclang.ir import nodes as ir
from rubriclang.prover.simplex import Effort
from rubriclang.prover.witness import Answer, Goal, Witness

QUESTIONS = 40  # to the solver in one check


def confirmed(diagnostic: Diagnostic, left: Effort) -> Diagnostic | None:
    """The finding with the first of its fact sets that shows the fault, or with none; None where it is disproved.

    ``left`` is how often the solver may still be asked.
    """
    goal = diagnostic.goal
    if not isinstance(goal, Goal):
        return diagnostic
    answer = settled(goal, left)
    if answer.verdict == "never" and not goal.example:
        return None
    found = next(iter(answer.witnesses), None)
    return attrs.evolve(diagnostic, goal=None, witness=None if found is None else found.to_dict())


def settled(goal: Goal, left: Effort) -> Answer:
    """The first fact set that has been scored and shows a goal; where there is none, what the solver says."""
    found = next((witness for witness in goal.witnesses if shows(goal, witness)), None)
    if found is not None:
        return Answer("maybe", (found,))
    if left.left <= 0:
        return Answer("maybe")
    left.left -= 1
    from rubriclang.prover import smt  # few questions come this far

    answer = smt.solve(goal.expr, goal.program.facts, goal.program.definitions)
    if answer is None:
        return Answer("maybe")
    return Answer(answer.verdict, tuple(witness for witness in answer.witnesses if shows(goal, witness)))


def shows(goal: Goal, witness: Witness) -> bool:
    """Whether the facts, typed in and evaluated, make the goal true; what is asked of a row is not shown this way."""
    if any(isinstance(node, ir.Ref) and node.kind in ("column", "row") for node in ir.walk(goal.expr)):
        return False
    program = attrs.evolve(goal.program, definitions=complete(goal.program))
    known = {definition.id for definition in program.definitions} | {fact.name for fact in program.facts}
    if not {n.target for n in ir.walk(goal.expr) if isinstance(n, ir.Ref) and n.kind == "definition"} <= known:
        return False
    run = evaluated(program, witness)
    return run is not None and evaluate_expression(goal.expr, run) is True


def evaluated(program: ir.Program, witness: Witness) -> Evaluation | None:
    """All values of a program on facts as they are typed in; None where one of them cannot be used."""
    if not made_in_order(program.facts):
        return None
    root = from_python({"数据": dict(witness.facts), "评定": dict(witness.judged)})
    assert isinstance(root, Fields)
    facts = bind(schema_of(program), Document(root))
    if any(d.severity == "error" for d in facts.diagnostics):
        return None
    run = evaluate(program, facts.values, facts.judged, lists=facts.lists)
    return None if run.violations else run


def made_in_order(facts: tuple[ir.Fact, ...]) -> bool:
    """Whether each fact is made from earlier ones; a rubric with errors may have defaults that go in a circle."""
    known: set[str] = set()
    for fact in facts:
        made_of = (fact.default, fact.only_if, fact.rounding[1] if fact.rounding is not None else None)
        nodes = (node for expr in made_of if expr is not None for node in ir.walk(expr))
        if any(isinstance(node, ir.Ref) and node.kind == "fact" and node.target not in known for node in nodes):
            return False
        known.add(fact.name)
    return True


def complete(program: ir.Program) -> tuple[ir.Definition, ...]:
    """The definitions that can be evaluated: a rubric with errors lacks some that others read."""
    known: set[str] = set()
    kept = []
    for definition in program.definitions:
        reads = {
            n.target for n in ir.walk(definition.expr) if isinstance(n, ir.Ref) and n.kind in ("definition", "row")
        }
        if reads <= known:
            known.add(definition.id)
            kept.append(definition)
    return tuple(kept)

"""Whether two rubrics can give an indicator different points: a proof that they cannot, or facts on which they do."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import chain, islice
from typing import Any, Literal

import attrs

from rubriclang.backends.interpreter import evaluate
from rubriclang.comparing.pairing import Pairs
from rubriclang.comparing.reading import judges, only, reads
from rubriclang.comparing.trying import candidates
from rubriclang.facts.binding import bind, schema_of
from rubriclang.facts.document import Document, Fields, from_python
from rubriclang.ir import nodes as ir
from rubriclang.ir.values import Reason, Value
from rubriclang.prover.simplex import Effort
from rubriclang.prover.witness import Witness, decide

EFFORT = 300_000  # for one indicator
_TRIES = 900  # fact sets for one indicator
_PREFIX = ("旧 ", "新 ")
# Results that are no points, as numbers no rubric gives: so that "a score here, none there" is a difference too.
_NONE = {"missing": Fraction(-(10**9)), "zero": Fraction(-(10**9) - 1), "left out": Fraction(-(10**9) - 2)}


@attrs.frozen
class Verdict:
    """How an indicator of both rubrics compares, on facts that both allow.

    ``same``: it means the same as it stands; ``proved``: written otherwise, and proved never to differ; ``differs``:
    with the facts of ``witness`` it comes to ``old`` and ``new``, both scored; ``open``: could not be decided.
    """

    node: ir.Node
    verdict: Literal["same", "proved", "differs", "open"]
    witness: Witness | None = None
    old: Value | None = None
    new: Value | None = None


def verdicts(pairs: Pairs, old: ir.Program, new: ir.Program) -> tuple[Verdict, ...]:
    """A verdict for each indicator of both rubrics."""
    both = [(a, b) for a, b in pairs.nodes if not a.parts and not b.parts and b.path]
    return tuple(_verdict(pairs, a, b, old, new) for a, b in both)


def _verdict(pairs: Pairs, a: ir.Node, b: ir.Node, old: ir.Program, new: ir.Program) -> Verdict:
    names = reads(old, a.points), reads(new, b.points)
    facts = _facts(old, new, names[0] | names[1])
    if facts is None:
        return Verdict(b, "open")
    if pairs.same(a.points, b.points):
        return Verdict(b, "same")
    cut = only(old, names[0]), only(new, names[1])
    judged: dict[str, list[ir.Judge]] = {}
    for program, kept in zip(cut, names, strict=True):
        for item, judge in judges(program, kept).items():
            judged.setdefault(item, []).append(judge)
    found = _Sides(a, b, *cut)
    answer = decide(found.goal(), facts.values(), found.definitions(), Effort(EFFORT))
    differ = any(len(each) == 2 and each[0] != each[1] for each in judged.values())
    if answer.verdict == "never" and not differ and not _unproved(cut):
        return Verdict(b, "proved")
    needed = [fact for name, fact in facts.items() if name in names[0] | names[1]]
    for witness in islice(chain(answer.witnesses, candidates(needed, judged)), _TRIES):
        shown = found.shown(witness, differ)
        if shown is not None:
            return Verdict(b, "differs", witness, *shown)
    return Verdict(b, "open")


def _facts(old: ir.Program, new: ir.Program, names: set[str]) -> Mapping[str, ir.Fact] | None:
    """The facts of both, within the bounds of both; None where one that matters here is not of one kind."""
    found = {fact.name: fact for fact in old.facts}
    for fact in new.facts:
        other = found.get(fact.name)
        if other is None:
            found[fact.name] = fact
            continue
        plain = [attrs.evolve(each, constraints=(), aliases=()) for each in (fact, other)]
        if plain[0] != plain[1] and fact.name in names:
            return None
        found[fact.name] = attrs.evolve(fact, constraints=(*fact.constraints, *other.constraints))
    return found


def _unproved(programs: tuple[ir.Program, ir.Program]) -> bool:
    """Whether something comes to a reason that was not looked for: undefined as such, or columns of judged points."""
    for program in programs:
        for definition in program.definitions:
            for node in ir.walk(definition.expr):
                if isinstance(node, ir.Judge) and node.given is not None:
                    return True
                if isinstance(node, ir.Const) and isinstance(node.value, Reason) and node.value.kind == "undefined":
                    return True
    return False


@attrs.frozen
class _Sides:
    a: ir.Node
    b: ir.Node
    old: ir.Program
    new: ir.Program

    def goal(self) -> ir.Expr:
        """That the two scores are not the same."""
        sides = (ir.Ref(prefix + node.points) for prefix, node in zip(_PREFIX, (self.a, self.b), strict=True))
        return ir.Op("ne", tuple(_caught(side) for side in sides))

    def definitions(self) -> list[ir.Definition]:
        """Those of both, told apart."""
        both = zip(_PREFIX, (self.old, self.new), strict=True)
        return [
            attrs.evolve(d, id=prefix + d.id, expr=_renamed(d.expr, prefix))
            for prefix, program in both
            for d in program.definitions
        ]

    def shown(self, witness: Witness, judged: bool) -> tuple[Value, Value] | None:
        """The two results, where a fact set that both allow makes them differ."""
        old = _scored(self.old, self.a, witness, judged)
        new = _scored(self.new, self.b, witness, judged)
        if old is None or new is None or _plain(old) == _plain(new):
            return None
        return old, new


def _plain(value: Value) -> object:
    return f"reason {value.kind}" if isinstance(value, Reason) else value


def _caught(expr: ir.Expr) -> ir.Expr:
    tag = ir.Tag("", "plain")
    handlers = tuple(ir.Handler(name, ir.Const(value), tag) for name, value in _NONE.items())  # type: ignore[arg-type]
    return ir.Catch(expr, handlers)


def _renamed(expr: Any, prefix: str) -> Any:
    """The expression with all definitions it reads under a prefix."""
    if isinstance(expr, ir.Ref):
        return attrs.evolve(expr, target=prefix + expr.target) if expr.kind in ("definition", "row") else expr
    if isinstance(expr, tuple):
        return tuple(_renamed(each, prefix) for each in expr)
    if isinstance(expr, ir.Op | ir.Round | ir.Case | ir.Catch | ir.Agg | ir.Judge | ir.Arm | ir.Handler | ir.Clause):
        kept = {
            field.name: _renamed(getattr(expr, field.name), prefix)
            for field in attrs.fields(type(expr))
            if field.name not in ("span", "tag", "choices")
        }
        return attrs.evolve(expr, **kept)
    return expr


def _scored(program: ir.Program, node: ir.Node, witness: Witness, judged: bool) -> Value | None:
    """The result under one rubric, without what it does not know; None where it does not allow the facts.

    Points out of a judge's range break no fact: ``judged`` lets them pass, for they are what the ranges differ in.
    """
    schema = schema_of(program)
    facts = {name: text for name, text in witness.facts.items() if name in schema.facts}
    points = {name: text for name, text in witness.judged.items() if name in schema.judged}
    root = from_python({"数据": facts, "评定": points})
    assert isinstance(root, Fields)
    bound = bind(schema, Document(root))
    if any(d.severity == "error" for d in bound.diagnostics):
        return None
    run = evaluate(program, bound.values, bound.judged, lists=bound.lists)
    if any(not (judged and violation.judged) for violation in run.violations):
        return None
    return run.values[node.points]

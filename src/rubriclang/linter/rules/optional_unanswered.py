"""A fact that may be missing, and no rule for when it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.ir import nodes as ir
from rubriclang.linter.rule import Subject

OPTIONAL_UNANSWERED = Kind(
    "R415",
    "optional-unanswered",
    "warning",
    "数据“{name}”可缺，指标“{indicator}”却没有写缺了怎么办",
    "fact '{name}' is optional, and indicator '{indicator}' has no rule for its absence",
    "写一行“缺失 -> …”，或去掉“可缺”",
    "add a row 'missing -> …', or drop 'optional'",
)
KINDS = (OPTIONAL_UNANSWERED,)


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding for each optional fact, naming the first indicator that would have no score without it."""
    optional = {fact.name: fact for fact in subject.program.facts if fact.optional and fact.default is None}
    for condition in (subject.program.population, subject.program.applies):  # 参评：非 缺失（x）
        for name in _asked(condition) if condition is not None else ():
            optional.pop(name, None)
    if not optional:
        return
    open_facts: dict[str, frozenset[str]] = {}
    for definition in subject.program.definitions:  # each reads only earlier ones
        open_facts[definition.id] = _unanswered(definition.expr, open_facts, optional.keys())
    told: set[str] = set()
    for node in subject.program.root.leaves():
        for name in sorted(open_facts.get(node.points, frozenset()) - told):
            told.add(name)
            span = optional[name].span
            if span is not None:
                yield subject.finding(OPTIONAL_UNANSWERED, span, name=name, indicator=node.name)


def _asked(condition: ir.Expr) -> set[str]:
    """The facts whose absence a condition asks about."""
    asked = (node for node in ir.walk(condition) if isinstance(node, ir.Op) and node.operator == "is missing")
    return {name for node in asked for name in ir.references(node)}


def _unanswered(expr: ir.Expr, open_facts: dict[str, frozenset[str]], optional: Collection[str]) -> frozenset[str]:
    """The optional facts whose absence an expression passes on."""
    found: set[str] = set()
    answered: set[str] = set()
    stack = [expr]
    while stack:
        node = stack.pop()
        match node:
            case ir.Ref(target=target, kind="fact"):
                found |= {target} if target in optional else set()
            case ir.Ref(target=target):
                found |= open_facts.get(target, frozenset())
            case ir.Op(operator="is missing", operands=operands):
                answered |= {name for operand in operands for name in ir.references(operand)}
            case ir.Agg():
                continue  # what is left out or missing in a collection is the aggregate's affair
            case ir.Catch(handlers=handlers) if any(h.reason == "missing" for h in handlers):
                stack += [handler.value for handler in handlers]
            case _:
                stack += ir.children(node)
    return frozenset(found - answered)

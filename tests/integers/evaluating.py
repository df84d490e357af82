"""A form evaluated node by node, every node on every unit: the plainest reading of what a backend has to do.

It computes what lies in branches that are not taken too, so it also shows that every node is total on a valid unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import attrs

from rubriclang.backends.integers.form import Form
from rubriclang.backends.integers.graph import Graph
from rubriclang.backends.integers.inputs import Input
from rubriclang.backends.integers.value import Value, Why
from rubriclang.ir.values import Reason


@attrs.frozen
class Evaluated:
    """The terms of a form on one unit; ``terms`` is empty where the unit is flagged before anything is computed."""

    flagged: bool
    noted: bool
    terms: list[Any]

    def value(self, form: Form, value: Value) -> Any:
        """A Fraction, truth value, text or date, or the kind of the reason why there is none."""
        met = {why for why, term in value.reasons.items() if self.terms[term]}
        if met:
            return _kind(met)
        term = self.terms[value.term]
        match value.kind:
            case "number":
                return Fraction(term, self.terms[value.den])
            case "truth":
                return bool(term)
            case "text":
                return form.texts[term] if 0 <= term < len(form.texts) else "?"
            case _:
                return date.fromordinal(term)


def _kind(met: set[Why]) -> str:
    if met & {"zero", "undefined"}:
        return "undefined"
    return "missing" if "missing" in met else "pending" if "pending" in met else "left out"


def evaluate(form: Form, facts: Mapping[str, Any], judged: Mapping[str, Any]) -> Evaluated:
    """Every term of a form on one unit, given typed facts and judged points."""
    read: dict[int, Any] = {}
    for made in form.inputs:
        given = (facts if made.source == "fact" else judged).get(made.name)
        if isinstance(given, Reason) or (given is None and made.present is None):
            return Evaluated(True, False, [])
        if not _read(form, made, given, read):
            return Evaluated(True, False, [])
    terms: list[Any] = []
    for at, node in enumerate(form.graph.nodes):
        args = [terms[arg] for arg in node.args]
        if node.op == "input":
            terms.append(read.get(at))
        elif node.op == "floordiv" and args[1] <= 0:
            terms.append(None)  # only where the unit is not valid: checked below
        elif None in args:
            terms.append(None)
        else:
            terms.append(_apply(node, args))
    if not all(terms[test] for test in form.valid):
        return Evaluated(True, False, [])
    assert None not in terms, "a divisor that is not positive on a valid unit"
    return Evaluated(bool(terms[form.flag]), bool(terms[form.noted]), terms)


def run_graph(graph: Graph, inputs: Mapping[str, int]) -> list[Any]:
    """Every term of a graph for some inputs by name."""
    terms: list[Any] = []
    for node in graph.nodes:
        args = [terms[arg] for arg in node.args]
        terms.append(inputs[str(node.value)] if node.op == "input" else _apply(node, args))
    return terms


def _read(form: Form, made: Input, given: Any, read: dict[int, Any]) -> bool:
    if made.present is not None:
        read[made.present] = given is not None
    numerator: Any = made.fill if given is None else given
    denominator = 1
    if isinstance(given, Fraction):
        scaled = given * made.scale
        numerator, denominator = scaled.numerator, scaled.denominator
    elif isinstance(given, date):
        numerator = given.toordinal()
    elif isinstance(given, str):
        if made.options and given not in made.options:
            return False
        numerator = form.texts.index(given) if given in form.texts else len(form.texts) + sum(map(ord, given))
    if made.kind == "truth":
        read[made.term] = bool(numerator)
        return True
    if made.den is not None:
        read[made.den] = denominator
    elif denominator != 1:
        return False
    read[made.term] = numerator
    return abs(numerator) <= form.largest and denominator <= form.largest


def _apply(node: Any, args: list[Any]) -> Any:
    match node.op:
        case "const":
            return node.value if node.kind == "int" else bool(node.value)
        case "assume":
            return args[0]
        case "add":
            return args[0] + args[1]
        case "sub":
            return args[0] - args[1]
        case "mul":
            return args[0] * args[1]
        case "neg":
            return -args[0]
        case "abs":
            return abs(args[0])
        case "floordiv":
            return args[0] // args[1]
        case "min":
            return min(args)
        case "max":
            return max(args)
        case "lt":
            return args[0] < args[1]
        case "le":
            return args[0] <= args[1]
        case "eq":
            return args[0] == args[1]
        case "member":
            return args[0] in node.value
        case "and":
            return all(args)
        case "or":
            return any(args)
        case "not":
            return not args[0]
        case "select":
            return args[1] if args[0] else args[2]
    raise AssertionError(node.op)

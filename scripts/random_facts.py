"""Random facts for a rubric: within their types, near the numbers the rubric names, and on the edges of its rates."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from rubriclang.backends.coverage import coverage
from rubriclang.ir import nodes as ir
from rubriclang.ir.types import Day, Labels, Number, Truth


def facts_of(program: ir.Program, random_: random.Random) -> dict[str, Any]:
    """Random facts within their types, near the numbers that the rubric itself names."""
    literals = (n for d in program.definitions for n in ir.walk(d.expr) if isinstance(n, ir.Const))
    named = sorted({n.value for n in literals if isinstance(n.value, Fraction)})
    given = _row(program.facts, named, random_)
    for listed in program.lists:
        rows = range(random_.randint(0, 3))
        given[listed.name] = [_row(listed.columns, named, random_) for _ in rows]
    judged: dict[str, Any] = {}
    for definition in program.definitions:
        for node in ir.walk(definition.expr):
            if isinstance(node, ir.Judge) and node.given is None:
                ends = (node.low, node.high)
                known = [e.value for e in ends if isinstance(e, ir.Const) and isinstance(e.value, Fraction)]
                judged[node.item] = random_.choice(known) if known else Fraction(0)
    facts: dict[str, Any] = {"单位": "甲", "数据": given, "评定": judged}
    if program.needs_population:
        facts["各单位"] = {"乙": {"数据": _row(program.facts, named, random_), "评定": dict(judged)}}
    return facts


def reaching(program: ir.Program, random_: random.Random) -> Iterator[dict[str, Any]]:
    """For each row that the search finds facts for: those facts, and all others at random."""
    for item in coverage(program, ()).unreached:
        if item.witness is not None:
            facts = facts_of(program, random_)
            facts["数据"] |= item.witness.facts
            facts["评定"] |= item.witness.judged
            yield facts


def _row(columns: tuple[ir.Fact, ...], named: list[Fraction], random_: random.Random) -> dict[str, Any]:
    """A value for each fact; some stand to an earlier one as a number of the rubric says, exactly or nearly."""
    given: dict[str, Any] = {}
    amounts: list[Fraction] = []
    rates = [value for value in named if 0 < value <= 5]
    for fact in columns:
        value = _value(fact, named, random_)
        if isinstance(value, Fraction):
            if amounts and rates and random_.random() < 0.5:
                value = random_.choice(amounts[-3:]) * random_.choice(rates)
                value += random_.choice((Fraction(0), Fraction(0), Fraction(1, 1000), Fraction(-1, 1000)))
                value = max(Fraction(int(value)) if fact.whole else value, Fraction(0))
            amounts.append(value)
        given[fact.name] = value
    return given


def _value(fact: ir.Fact, named: list[Fraction], random_: random.Random) -> Any:
    match fact.type:
        case Truth():
            return random_.choice([True, False])
        case Labels(options=options):
            return random_.choice(options)
        case Day():
            return date(random_.randint(2015, 2024), random_.randint(1, 12), random_.randint(1, 28))
        case Number(style="percent"):
            known = [value for value in named if value <= 5]
            value = (
                random_.choice(known) if known and random_.random() < 0.5 else Fraction(random_.randint(0, 130), 100)
            )
            shifted = value + random_.choice([Fraction(0), Fraction(1, 1000), Fraction(-1, 1000)])
            return f"{_text(max(shifted, Fraction(0)) * 100)}%"
        case Number(unit=unit):
            value = Fraction(random_.randint(0, 120))
            if named and random_.random() < 0.4:
                value = random_.choice(named)
                value = value / unit.scale if value >= unit.scale else value  # what is named is in basic units
            value += random_.choice([Fraction(0), Fraction(0), Fraction(1), Fraction(-1), Fraction(1, 2)])
            return max(Fraction(int(value)) if fact.whole else value, Fraction(0))
        case _:
            return random_.choice(["甲", "乙"])


def _text(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.10g}"

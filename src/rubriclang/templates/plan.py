"""What a sheet to fill in has to ask, from a program: plain data that every format lays out in its own way."""

from __future__ import annotations

from fractions import Fraction

import attrs

from rubriclang.facts.binding import Schema
from rubriclang.facts.sheets import stamp
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.ir.types import Labels, Number, Truth
from rubriclang.source import Source
from rubriclang.templates.rules import YES_NO, CellRule, points_rule, rule_of

TICK = CellRule("choice", options=YES_NO)


@attrs.frozen
class Entry:
    """One value to fill in; ``needed`` is False for a fact that may be missing, ``only_if`` says when it is asked."""

    name: str
    unit: str
    wanted: str
    rule: CellRule
    needed: bool = True
    only_if: str = ""


@attrs.frozen
class ListPlan:
    """A list fact: one row an item."""

    name: str
    columns: tuple[Entry, ...]


@attrs.frozen
class JudgedPlan:
    """One judged indicator: what it is called, its range and standard, and the items of its checklist with points."""

    name: str
    title: str
    range: str
    standard: str
    rule: CellRule
    ticks: tuple[tuple[str, str], ...] = ()


@attrs.frozen
class Plan:
    """Everything one sheet asks. ``claims`` are the indicators with their full marks; ``units``: it compares units."""

    title: str
    version: str
    asked: stamp.Asked
    facts: tuple[Entry, ...]
    lists: tuple[ListPlan, ...]
    judged: tuple[JudgedPlan, ...]
    claims: tuple[tuple[str, str], ...]
    max: str
    units: bool


def plan_of(program: ir.Program, schema: Schema, source: Source | None) -> Plan:
    """The plan of a program; ``source`` gives the words of conditions."""
    asked = stamp.asked(schema.facts.values(), schema.lists.values(), schema.judged)
    leaves = {"/".join(node.path): node for node in program.root.leaves() if node.path}
    titles = [item.rpartition("/")[2] for item in schema.judged]
    judged = []
    for item, judge in schema.judged.items():
        title = item.rpartition("/")[2]
        node = leaves.get(item)
        name = title if titles.count(title) == 1 else item.replace("/", ".")
        ticks = tuple((text, _points(value)) for text, value in judge.choices)
        least = stamp.judge_range(attrs.evolve(judge, choices=()))
        judged.append(JudgedPlan(name, title, least, node.standard if node else "", points_rule(judge), ticks))
    names = [node.name for node in leaves.values()]
    claims = tuple(
        (node.name if names.count(node.name) == 1 else ".".join(node.path), _points(node.max))
        for node in leaves.values()
        if _points(node.max)
    )
    return Plan(
        program.title,
        stamp.version_of(asked),
        asked,
        tuple(_entry(fact, source) for fact in program.facts),
        tuple(ListPlan(each.name, tuple(_entry(c, source) for c in each.columns)) for each in program.lists),
        tuple(judged),
        claims,
        _points(program.root.max),
        program.needs_population,
    )


def _points(value: object) -> str:
    return number_text(value) if isinstance(value, Fraction) else ""


def _entry(fact: ir.Fact, source: Source | None) -> Entry:
    unit = ""
    if isinstance(fact.type, Number):
        unit = "%" if fact.type.style == "percent" else fact.type.unit.name if fact.type.unit.dimensions else ""
    condition = fact.only_if.span if fact.only_if is not None else None
    only_if = source.slice(condition) if source is not None and condition is not None else ""
    return Entry(fact.name, unit, _wanted(fact), rule_of(fact), not fact.optional and fact.only_if is None, only_if)


def _wanted(fact: ir.Fact) -> str:
    """What to fill in, for the person who does: the choices, the bounds, whether it may stay blank."""
    parts = ["是 或 否"] if isinstance(fact.type, Truth) else []
    parts += ["、".join(fact.type.options)] if isinstance(fact.type, Labels) else []
    parts += ["整数"] if fact.whole else []
    parts += ["日期，如 2019-12-31"] if rule_of(fact).kind == "date" else []
    parts += [each.text for each in fact.constraints]
    parts += ["没有可不填"] if fact.optional else []
    return "；".join(dict.fromkeys(part for part in parts if part))

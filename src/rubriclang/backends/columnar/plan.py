"""What a table of units is asked for, and the loop that computes it for columns of certain scales and ranges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import attrs

from rubriclang.backends.columnar.kernel import Loop, compile_loop, stored_bits
from rubriclang.backends.columnar.widths import NARROW, divisors, widths
from rubriclang.backends.integers.bounds import Range
from rubriclang.backends.integers.form import Event, Form
from rubriclang.backends.integers.graph import Term
from rubriclang.backends.integers.inputs import Input, Scaled
from rubriclang.backends.integers.lowering import lower
from rubriclang.backends.integers.value import Value, fine, is_kind
from rubriclang.ir import nodes as ir

Part = Literal["points", "value", "band", "reason", "grade"]


class NoRangeError(ArithmeticError):
    """A program whose numbers no machine integer holds, however small the facts are."""


@attrs.frozen
class Result:
    """One column of the answers: ``term`` over ``den`` where ``there`` holds (None: everywhere).

    ``words`` are the texts that a code stands for. ``path`` is that of its node, empty for the whole.
    """

    path: tuple[str, ...]
    part: Part
    kind: Literal["number", "truth", "text", "day"]
    term: Term
    den: Term
    there: Term | None = None
    words: tuple[str, ...] = ()


@attrs.frozen
class Plan:
    """A form with the loop over it. ``limit`` is the magnitude beyond which an input is not proved safe: a row with
    such a number goes to the interpreter. ``results`` are the columns. The loop reads ``terms`` and writes whether a
    unit is valid, whether it is flagged all the same or noted, and ``stored``, each in ``sizes`` bytes. ``wide`` counts
    the terms that take more than 64 bits."""

    form: Form
    results: tuple[Result, ...]
    stored: tuple[Term, ...]
    sizes: tuple[int, ...]
    terms: tuple[Term, ...]
    loop: Loop
    limit: int
    wide: int


def sayable(program: ir.Program) -> bool:
    """Whether a program can be scored by columns: it reads no tables and no other units, and its points have a form."""
    if program.needs_population or program.lists:
        return False
    form = lower(program, Scaled(), "scores")
    nodes = [node.points for node in program.root.walk() if node.path or node is program.root]
    return not any(name in form.unsayable for name in (*nodes, *([program.grade] if program.grade else [])))


def results_of(form: Form, program: ir.Program) -> tuple[Result, ...]:
    """The columns: for each indicator points, value, row and reason; the sections; total and grade."""
    found: list[Result] = []
    for node in program.root.walk():
        points = form.values[node.points]
        found.append(_result(form, node.path, "points", points))
        if node.parts or not node.path:
            continue
        if node.value is not None and node.value in form.values:
            found.append(_result(form, node.path, "value", form.values[node.value]))
        band = _band(form, program, "/".join(node.path))
        if band is not None:
            found.append(attrs.evolve(band, path=node.path))
        left = is_kind(form.graph, points, "left out")
        code = form.graph.select(left, form.graph.zero, form.graph.const(-1))
        found.append(Result(node.path, "reason", "text", code, form.graph.one, None, ("left out",)))
    if program.grade is not None:
        found.append(_result(form, (), "grade", form.values[program.grade]))
    return tuple(found)


def _result(form: Form, path: tuple[str, ...], part: Part, value: Value) -> Result:
    there = fine(form.graph, value)
    words = form.texts if value.kind == "text" else ()
    return Result(path, part, value.kind, value.term, value.den, None if there == form.graph.true else there, words)


def _band(form: Form, program: ir.Program, owner: str) -> Result | None:
    """The row that decided the score: an override where one did, else the row of the base (as reports name it)."""
    stages = [d for d in program.definitions if "#" in d.id and not d.id.endswith("#值") and "/".join(d.owner) == owner]
    rows: list[tuple[Event, int]] = []
    for stage in reversed(stages):
        for event in form.events.get(stage.id, ()):
            rows += [(event, i) for i, tag in enumerate(event.tags) if tag.role == "override"]
    for stage in stages:
        if stage.id.endswith("#基础"):
            for event in form.events.get(stage.id, ()):
                rows += [(event, i) for i, tag in enumerate(event.tags) if tag.role != "plain"]
    if not rows:
        return None
    graph = form.graph
    words: dict[str, int] = {}
    code = graph.const(-1)
    for event, i in reversed(rows):
        word = words.setdefault(event.tags[i].text, len(words))
        holds = graph.and_(event.when, graph.eq(event.code, graph.const(i)))
        code = graph.select(holds, graph.const(word), code)
    return Result((), "band", "text", code, graph.one, None, tuple(words))


def plan(program: ir.Program, scales: Scaled, bits: Mapping[tuple[str, str], int]) -> Plan:
    """The plan for columns of these scales whose magnitudes take at most so many bits.

    Where no integer is proved to suffice, the ranges are narrowed until they do.

    Raises:
        ImportError: llvmlite is not installed.
        NoRangeError: not even the smallest facts are safe.
    """
    form = lower(program, scales, "trace")
    graph = form.graph
    results = results_of(form, program)
    valid = graph.and_(*form.valid)
    asked = graph.or_(form.flag, form.noted)
    stored = tuple(
        dict.fromkeys(
            term
            for result in results
            for term in (result.term, result.den, result.there)
            if term is not None and graph.nodes[term].op != "const"
        )
    )
    terms = _inputs(form)
    needed = graph.needed((valid, asked, *stored))
    names = {str(graph.nodes[made.term].value): made for made in form.inputs if made.kind != "truth"}
    numbers = [made for made in names.values() if made.kind == "number"]
    most = max([bits.get((made.source, made.name), 1) for made in numbers], default=1)
    while True:
        ranges = {name: _range(made, bits.get((made.source, made.name), 1), most) for name, made in names.items()}
        found = widths(graph, form.valid, needed, ranges)
        if found is not None:
            break
        most -= 1
        if most < 1:
            raise NoRangeError
    safe = divisors(graph, needed, ranges)
    loop = compile_loop(graph, terms, (valid, asked, *stored), found, safe)
    wide = sum(width > NARROW for width in found)
    sizes = tuple(stored_bits(graph, found, term) // 8 for term in stored)
    return Plan(form, results, stored, sizes, terms, loop, (1 << most) - 1, wide)


def _range(made: Input, bits: int, limit: int) -> Range:
    """What a column can hold whose magnitudes take so many bits, or what stands for an absent value. Only numbers are
    limited: days and codes of texts are small."""
    bits = min(bits, limit) if made.kind == "number" else bits
    most = max((1 << bits) - 1, abs(made.fill))
    return Range(-most, most)


def _inputs(form: Form) -> tuple[Term, ...]:
    terms: list[Term] = []
    for made in form.inputs:
        terms.append(made.term)
        if made.present is not None:
            terms.append(made.present)
    return tuple(terms)


def codes(form: Form) -> Mapping[str, int]:
    """The codes of the texts that a form knows, in their order."""
    return {text: code for code, text in enumerate(form.texts)}


def names_of_columns(results: Sequence[Result], lang: Literal["zh", "en"]) -> list[str]:
    """A heading for each column: an indicator by its title, or its path where two have the same."""
    words = {"value": ("数值", "value"), "band": ("档次", "band"), "reason": ("原因", "reason")}
    at = 0 if lang == "zh" else 1
    titles: dict[str, set[tuple[str, ...]]] = {}
    for result in results:
        titles.setdefault(result.path[-1] if result.path else "", set()).add(result.path)
    found = []
    for result in results:
        if not result.path:
            found.append(("总分", "total")[at] if result.part == "points" else ("等次", "grade")[at])
            continue
        title = result.path[-1] if len(titles[result.path[-1]]) == 1 else ".".join(result.path)
        found.append(title if result.part == "points" else f"{title}.{words[result.part][at]}")
    return found

"""The Python of a program: one function that yields scores, one that yields every value with the rows that made it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import FunctionType
from typing import Any

import attrs

from rubriclang.backends.compiled.constants import Constants
from rubriclang.backends.compiled.placement import plain
from rubriclang.backends.compiled.reading import read
from rubriclang.backends.compiled.values import HELPERS, REASONS, fractions_over
from rubriclang.backends.compiled.writing import Writer
from rubriclang.backends.integers.form import Event, Form
from rubriclang.backends.integers.graph import Term
from rubriclang.backends.integers.known import Known
from rubriclang.backends.integers.value import Value, clean, some
from rubriclang.ir import nodes as ir


@attrs.frozen
class Generated:
    """A function with the source it was made from."""

    function: Any
    source: str


def scores(form: Form, asked: Sequence[str]) -> Generated:
    """A function of facts and judged points that yields the numbers of some definitions, in a tuple.

    A number over a fixed denominator is its numerator, one over another a pair, a text its code, and None a reason. The
    function yields None for a unit that the interpreter is to score.
    """
    constants = Constants()
    graph = form.graph
    known = Known(graph).but(form.flag)
    values = [_unflagged(known, form.values[name]) for name in asked]
    reasons = {name: some(graph, value) for name, value in zip(asked, values, strict=True)}
    roots = [form.flag, *reasons.values()]
    for value in values:
        roots += [value.term, value.den]
    writer = Writer(graph, {}, {})
    read(form, writer, constants)
    writer.compute(roots)
    if form.flag != graph.false:
        writer.line(f"if {writer.text(form.flag)}:")
        writer.line("    return None")
    shown = []
    for name, value in zip(asked, values, strict=True):
        text = writer.text(value.term, 1)
        if value.kind == "number" and graph.value_of(value.den) is None:
            text = f"({text}, {writer.text(value.den, 1)})"
        lacking = reasons[name]
        shown.append(text if lacking == graph.false else f"None if {writer.text(lacking, 1)} else {text}")
    writer.line("return (")
    for text in shown:
        writer.line(f"    {text},")
    writer.line(")")
    return _made("scores", form, writer, constants)


def _unflagged(known: Known, value: Value) -> Value:
    """A value as it is on units that are not flagged: most reasons are impossible there."""
    reasons = {why: known.simplified(term) for why, term in value.reasons.items()}
    return attrs.evolve(value, reasons=clean(known.graph, reasons))


def trace(form: Form, program: ir.Program) -> Generated:
    """A function of facts and judged points that yields (values, fired, judgements, facts, noted) of a unit.

    The dictionaries are those of an evaluation, but for the causes of reasons. It yields None for a unit that the
    interpreter is to score.
    """
    graph = form.graph
    constants = Constants()
    known = Known(graph).but(form.flag)
    facts = {name: _unflagged(known, value) for name, value in form.facts.items()}
    values = {name: _unflagged(known, value) for name, value in form.values.items()}
    shown = [*facts.values(), *values.values()]
    roots = [form.flag, form.noted]
    for value in shown:
        roots += [value.term, value.den, *value.reasons.values()]
    events = [event for found in form.events.values() for event in found]
    roots += [term for event in events for term in (event.when, event.code)]
    writer = Writer(graph, {}, {})
    given: dict[Term, str] = {}
    read(form, writer, constants, given)
    writer.compute([form.flag])
    _leave(form, writer, [*form.values.values(), *form.facts.values()])
    writer.compute(roots)
    names: dict[str, str] = {}
    _values(form, writer, constants, shown, names, given)
    _dictionary(writer, constants, "settled", {n: names[_key(v)] for n, v in facts.items()})
    _dictionary(writer, constants, "values", {n: names[_key(v)] for n, v in values.items()})
    _events(form, writer, constants, program)
    writer.line(f"return values, fired, judgements, settled, {writer.text(form.noted, 1)}")
    return _made("trace", form, writer, constants)


def _leave(form: Form, writer: Writer, values: Iterable[Value]) -> None:
    """Stops at a unit that is flagged, or whose values may be a text that the rubric does not name."""
    graph = form.graph
    tests = [] if form.flag == graph.false else [writer.text(form.flag, 2)]
    texts = [value.term for value in values if value.kind == "text"]
    needed = set(graph.needed(texts))
    for made in form.inputs:
        if made.kind == "text" and not made.options and made.term in needed:
            tests.append(f"{writer.names[made.term]} < 0")
    if tests:
        writer.line(f"if {' or '.join(tests)}:")
        writer.line("    return None")


def _key(value: Value) -> str:
    return f"{value.kind} {value.term} {value.den} {sorted(value.reasons.items())}"


def _values(
    form: Form,
    writer: Writer,
    constants: Constants,
    values: Iterable[Value],
    names: dict[str, str],
    given: Mapping[Term, str],
) -> None:
    """Names every value as the interpreter has it; equal ones once, and fixed ones before anything runs."""
    for value in values:
        key = _key(value)
        if key in names:
            continue
        text = _decoded(form, writer, constants, value, given)
        for why in ("left out", "pending", "missing", "zero", "undefined"):  # the strongest is asked first
            term = value.reasons.get(why)
            if term is not None:
                text = f"{constants.name('r', REASONS[why])} if {writer.text(term, 1)} else {text}"
        name = f"y{len(names)}"
        names[key] = name
        writer.line(f"{name} = {text}")


def _decoded(form: Form, writer: Writer, constants: Constants, value: Value, given: Mapping[Term, str]) -> str:
    graph = form.graph
    about = plain(graph, value.term)
    own = next((made for made in form.inputs if made.term == about), None) if about in given else None
    if own is not None:
        whole = own.den if own.den is not None else graph.const(own.scale)
        if value.kind != "number" or value.den == whole:
            return given[own.term]
    fixed, den = graph.value_of(value.term), graph.value_of(value.den)
    term = writer.text(value.term, 1)
    match value.kind:
        case "number" if fixed is not None and den is not None:
            return constants.name("q", HELPERS["fraction"](fixed, den))
        case "number" if den is not None:
            return f"{constants.name('f', fractions_over(den))}[{term}]"
        case "number":
            return f"fraction({term}, {writer.text(value.den, 1)})"
        case "text":
            return f"texts[{term}]"
        case "day":
            return f"day({term})"
        case _:
            return term


def _dictionary(writer: Writer, constants: Constants, name: str, entries: Mapping[str, str]) -> None:
    writer.line(f"{name} = {{")
    for key, text in entries.items():
        writer.line(f"    {constants.name('k', key)}: {text},")
    writer.line("}")


def _events(form: Form, writer: Writer, constants: Constants, program: ir.Program) -> None:
    """The rows that applied and the judgements that were read, by definition."""
    graph = form.graph
    writer.line("fired = {}")
    writer.line("judgements = {}")
    for definition in program.definitions:
        events = form.events.get(definition.id, ())
        for event in events:
            _event(graph, writer, constants, definition.id, event, len(events) == 1)


def _event(graph: Any, writer: Writer, constants: Constants, name: str, event: Event, only: bool) -> None:
    key = constants.name("k", name)
    always = event.when == graph.true
    if event.item is not None:
        item = constants.name("k", event.item)
        added = f"judgements[{key}] = [{item}]" if only else f"judgements.setdefault({key}, []).append({item})"
        writer.line(added if always else f"if {writer.text(event.when)}:")
        if not always:
            writer.line(f"    {added}")
        return
    tags = constants.new("t", (*event.tags, None))  # the last one, -1, stands for no row
    code: Term = event.code
    sure = graph.ranges[code].low is not None and graph.ranges[code].low >= 0
    test = [] if always else [writer.text(event.when, 2)]
    text = writer.text(code)
    if not sure:
        writer.line(f"c = {text}")
        text = "c"
        test.append("c >= 0")
    if test:
        writer.line(f"if {' and '.join(test)}:")
    row = f"fired[{key}] = [{tags}[{text}]]" if only else f"fired.setdefault({key}, []).append({tags}[{text}])"
    writer.line(f"{'    ' if test else ''}{row}")


def _made(name: str, form: Form, writer: Writer, constants: Constants) -> Generated:
    """The function that the written lines are the body of, with its constants bound around it."""
    bound: dict[str, Any] = {
        "most": form.largest,
        "codes": {text: at for at, text in enumerate(form.texts)},
        "texts": form.texts,
        **HELPERS,
        **constants.bound,
    }
    body = "\n".join(writer.lines)
    used = [key for key in bound if key in constants.bound or key in body]
    source = f"def make({', '.join(used)}):\n  def {name}(facts, judged):\n{body}\n  return {name}\n"
    space: dict[str, Any] = {"__builtins__": {"abs": abs, "str": str}}
    exec(compile(source, f"<compiled {name}>", "exec"), space)
    made = space["make"](*(bound[key] for key in used))
    assert isinstance(made, FunctionType)
    return Generated(made, source)

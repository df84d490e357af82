"""How generated code reads the facts and judged points of a unit, and refuses what only the interpreter can judge.

A mapping that lacks a required fact, or holds something else than a value of its type, raises one of ``REFUSALS``; the
caller gives such a unit to the interpreter.
"""

from __future__ import annotations

from collections.abc import Iterable

from rubriclang.backends.compiled.constants import Constants
from rubriclang.backends.compiled.writing import Writer
from rubriclang.backends.integers.form import Form
from rubriclang.backends.integers.graph import Term
from rubriclang.backends.integers.inputs import Input, Pairs

REFUSALS = (KeyError, AttributeError, TypeError, ZeroDivisionError)


def read(form: Form, writer: Writer, constants: Constants, roots: Iterable[Term]) -> None:
    """Writes the lines that read the inputs which some terms need, and those that stop at a unit that is flagged."""
    needed = set(form.graph.needed([*roots, *form.valid]))
    lowest = _lowest(form)
    tests: list[str] = []
    for at, made in enumerate(form.inputs):
        if needed & {term for term in (made.term, made.den, made.present) if term is not None}:
            tests += _input(form, made, at, writer, constants, lowest.get(made.term, (0, "-most"))[1])
    met = {test for test, _ in lowest.values()}
    for test in form.valid:
        if test in met:
            continue
        before = len(writer.lines)
        writer.compute([test])
        if len(writer.lines) > before:  # something had to be named first: what came before must hold by then
            named = writer.lines[before:]
            del writer.lines[before:]
            _stop(writer, tests)
            tests = []
            writer.lines += named
        tests.append(writer.text(test, 3))
    _stop(writer, tests)


def _lowest(form: Form) -> dict[Term, tuple[Term, str]]:
    """Tests that are a lower bound of one input, by input: written together with the largest it may be."""
    found: dict[Term, tuple[Term, str]] = {}
    for test in form.valid:
        node = form.graph.nodes[test]
        if node.op == "le":
            low = form.graph.value_of(node.args[0])
            if low is not None and form.graph.nodes[node.args[1]].op == "input":
                found[node.args[1]] = test, str(low) if low.bit_length() < 60 else hex(low)
    return found


def _stop(writer: Writer, tests: list[str]) -> None:
    for start in range(0, len(tests), 8):
        writer.line(f"if not ({' and '.join(tests[start : start + 8])}):")
        writer.line("    return None")


def _input(form: Form, made: Input, at: int, writer: Writer, constants: Constants, low: str) -> list[str]:
    """The lines of one input, and the tests that its value is one the form speaks of."""
    source = "facts" if made.source == "fact" else "judged"
    key = constants.name("k", made.name)
    names = writer.names
    whole = isinstance(form.form, Pairs)
    if made.present is None:
        writer.line(f"x = {source}[{key}]")
    else:
        names[made.present] = f"p{at}"
        names[made.term] = f"n{at}"
        writer.line(f"x = {source}.get({key})")
        writer.line("if x is None:")
        filling = str(bool(made.fill)) if made.kind == "truth" else repr(made.fill)
        writer.line(f"    p{at} = False")
        writer.line(f"    n{at} = {filling}")
        if made.den is not None:
            writer.line(f"    d{at} = 1")
        writer.line("else:")
        writer.indent += 1
        writer.line(f"p{at} = True")
    names[made.term] = f"n{at}"
    tests: list[str] = []
    match made.kind:
        case "number" if whole:
            writer.line(f"n{at} = x._numerator")
            tests.append(f"{low} <= n{at} <= most")
            if made.den is not None:
                names[made.den] = f"d{at}"
                writer.line(f"d{at} = x._denominator")
                tests.append(f"d{at} <= most")
            else:
                writer.line("if x._denominator != 1:")
                writer.line("    return None")
        case "number":
            writer.line(f"n{at} = x | 0")  # an integer, or it is refused
            tests.append(f"{low} <= n{at} <= most")
        case "truth":
            writer.line(f"n{at} = x")
            tests.append(f"(n{at} is True or n{at} is False)")
        case "day":
            writer.line(f"n{at} = x.toordinal()")
        case "text" if made.options:
            codes = constants.new("m", {text: form.texts.index(text) for text in made.options})
            writer.line(f"n{at} = {codes}[x]")
        case "text":
            writer.line(f"n{at} = codes.get(x, -1)")
            writer.line("if x.__class__ is not str:")
            writer.line("    return None")
            if _open_texts(form) > 1:  # two texts without a code may be the same or not
                tests.append(f"n{at} >= 0")
    if made.present is not None:
        writer.indent -= 1
    return tests


def _open_texts(form: Form) -> int:
    return sum(1 for made in form.inputs if made.kind == "text" and not made.options)

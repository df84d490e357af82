"""How generated code reads the facts and judged points of a unit, and refuses what only the interpreter can judge.

A mapping that lacks a required fact, or holds something else than a value of its type, raises one of ``REFUSALS``; the
caller gives such a unit to the interpreter.
"""

from __future__ import annotations

from rubriclang.backends.compiled.constants import Constants
from rubriclang.backends.compiled.writing import Writer
from rubriclang.backends.integers.form import Form
from rubriclang.backends.integers.graph import Term
from rubriclang.backends.integers.inputs import Input, Pairs

REFUSALS = (KeyError, AttributeError, TypeError, ZeroDivisionError)
_MOST_JOINED = 60


def read(form: Form, writer: Writer, constants: Constants, given: dict[Term, str] | None = None) -> None:
    """Writes the lines that read all inputs, and those that stop at a unit that is flagged.

    ``given`` takes the names that hold facts and points just as they were given, if that is asked for; None there where
    none was.
    """
    graph = form.graph
    flags = graph.nodes[form.flag]
    for made in form.inputs:  # a unit without it is flagged in any case
        if made.present is not None and graph.not_(made.present) in (
            form.flag,
            *(flags.args if flags.op == "or" else ()),
        ):
            writer.names[made.present] = "True"
    lowest = _lowest(form)
    tests: list[str] = []
    together: list[str] = []
    for at, made in enumerate(form.inputs):  # all of them: one that no term needs may still be missing or unusable
        found = _input(form, made, at, writer, constants, given)
        together += found[0]
        tests += found[1]
        low = lowest.get(made.term, (0, 0))[1]
        if low > 0:  # it is not negative, so it is at least 1 if it is not 0
            tests.append(f"n{at}" if low == 1 else f"{low if low.bit_length() < 60 else hex(low)} <= n{at}")
    # Of whole numbers joined bit by bit none is negative, and none larger than all ones, if the result is neither.
    for start in range(0, len(together), _MOST_JOINED):
        joined = together[start : start + _MOST_JOINED]
        writer.line(f"if not 0 <= {' | '.join(joined if len(joined) > 1 else [*joined, '0'])} <= most:")
        writer.line("    return None")
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


def _lowest(form: Form) -> dict[Term, tuple[Term, int]]:
    """Tests that are a lower bound of one input that is not negative, by input: all are written together."""
    found: dict[Term, tuple[Term, int]] = {}
    plain = {made.term for made in form.inputs if made.low is not None and made.low >= 0 and made.kind == "number"}
    for test in form.valid:
        node = form.graph.nodes[test]
        if node.op == "le":
            low = form.graph.value_of(node.args[0])
            if low is not None and low >= 0 and node.args[1] in plain:
                found[node.args[1]] = test, low
    return found


def _stop(writer: Writer, tests: list[str]) -> None:
    for start in range(0, len(tests), 8):
        writer.line(f"if not ({' and '.join(tests[start : start + 8])}):")
        writer.line("    return None")


def _input(
    form: Form, made: Input, at: int, writer: Writer, constants: Constants, given: dict[Term, str] | None
) -> tuple[list[str], list[str]]:
    """Writes the lines of one input.

    Comes back with the names that are to be whole numbers from 0 to the largest, and with further tests that its value
    is one the form speaks of.
    """
    source = "facts" if made.source == "fact" else "judged"
    required = made.present is None or writer.names.get(made.present) == "True"
    key = constants.name("k", made.name)
    names = writer.names
    whole = isinstance(form.form, Pairs)
    if required and (made.kind == "truth" or (made.kind == "number" and not whole)):
        writer.line(f"n{at} = {source}[{key}]")
    elif required:
        writer.line(f"x = {source}[{key}]")
    else:
        assert made.present is not None
        names[made.present] = f"p{at}"
        writer.line(f"x = {source}.get({key})")
        if given is not None:
            writer.line(f"g{at} = x")
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
    if given is not None:  # asked for as it came
        given[made.term] = f"g{at}"
    if given is not None and required:
        writer.line(f"g{at} = {f'n{at}' if required and made.kind == 'truth' else 'x'}")
    tests: list[str] = []
    together: list[str] = []
    if made.kind == "number":
        if made.low is not None and made.low >= 0:
            together.append(f"n{at}")
        else:
            tests.append(f"-most <= n{at} <= most")
    match made.kind:
        case "number" if whole:
            writer.line(f"n{at} = x._numerator")
            if made.den is not None:
                names[made.den] = f"d{at}"
                writer.line(f"d{at} = x._denominator")
                together.append(f"d{at}")
            elif made.scale == 1:
                writer.line("if x._denominator != 1:")
                writer.line("    return None")
            else:
                writer.line(f"n{at} *= {made.scale}")
                writer.line("if x._denominator != 1:")
                writer.line(f"    if {made.scale} % x._denominator:")
                writer.line("        return None")
                writer.line(f"    n{at} //= x._denominator")
        case "number":
            if not required:
                writer.line(f"n{at} = x")
            if tests:
                writer.line(f"n{at} |= 0")  # a whole number, or it is refused
        case "truth":
            if not required:
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
    if not required:
        writer.indent -= 1
    return together, tests


def _open_texts(form: Form) -> int:
    return sum(1 for made in form.inputs if made.kind == "text" and not made.options)

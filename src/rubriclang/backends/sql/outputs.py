"""The columns of the answers: the points of indicators and sections, the total and the grade."""

from __future__ import annotations

from typing import Any, Literal

import attrs
from sqlglot import exp

from rubriclang.backends.integers.form import Form
from rubriclang.backends.integers.graph import Term
from rubriclang.backends.integers.value import Value, fine
from rubriclang.backends.sql.dialects import Dialect, wide
from rubriclang.backends.sql.writing import Writer
from rubriclang.ir import nodes as ir

_DECIMALS = 6  # of points; a number that can have more comes as a numerator and a denominator
_MOST = 10**24  # of points as decimals, in their smallest part


@attrs.frozen
class Output:
    """One answer: its name, its value, and where it has one."""

    name: str
    value: Value
    there: Term


def outputs_of(form: Form, program: ir.Program, lang: Literal["zh", "en"]) -> tuple[Output, ...]:
    """The answers in the order of the rubric, the whole last. Nodes of the same title go by their paths."""
    nodes = [node for node in program.root.walk() if node.path]
    titles = [node.path[-1] for node in nodes]
    wanted = [(n.path[-1] if titles.count(n.path[-1]) == 1 else ".".join(n.path), n.points) for n in nodes]
    wanted.append(("总分" if lang == "zh" else "total", program.root.points))
    if program.grade is not None:
        wanted.append(("等次" if lang == "zh" else "grade", program.grade))
    values = [(name, form.values[definition]) for name, definition in wanted]
    return tuple(Output(name, value, fine(form.graph, value)) for name, value in values)


def roots_of(outputs: tuple[Output, ...]) -> list[Term]:
    """The terms that answers read."""
    return [term for each in outputs for term in (each.value.term, each.value.den, each.there)]


def columns_of(
    each: Output, form: Form, writer: Writer, dialect: Dialect, marked: Any, lang: Literal["zh", "en"]
) -> list[tuple[str, Any]]:
    """The columns of one answer: NULL where the row is marked or there is none."""
    there = exp.and_(exp.not_(marked.copy()), writer.read(each.there))
    value = writer.read(each.value.term)

    def where(found: Any) -> Any:
        return exp.case().when(there.copy(), found)

    match each.value.kind:
        case "truth":
            return [(each.name, where(value))]
        case "text":
            named = exp.case()
            for code, text in enumerate(form.texts):
                named = named.when(
                    exp.EQ(this=value.copy(), expression=exp.Literal.number(code)), exp.Literal.string(text)
                )
            return [(each.name, where(named))]
        case "day":
            return [(each.name, where(value))]
        case _:
            places = _places(each, form, writer)
            if places is None:
                words = ("分子", "分母") if lang == "zh" else ("numerator", "denominator")
                den = writer.read(each.value.den)
                return [
                    (f"{each.name}.{words[0]}", where(wide(dialect, value))),
                    (f"{each.name}.{words[1]}", where(wide(dialect, den))),
                ]
            den_fixed = form.graph.value_of(each.value.den)
            assert den_fixed is not None
            kind = f"DECIMAL(30, {places})"
            parts = exp.Mul(
                this=exp.cast(value, "DECIMAL(30, 0)"), expression=exp.Literal.number(10**places // den_fixed)
            )
            one = f"0.{'0' * (places - 1)}1" if places else "1"
            smallest = exp.cast(exp.Literal.number(one), f"DECIMAL({places + 1}, {places})")
            return [(each.name, where(exp.cast(exp.paren(exp.Mul(this=exp.paren(parts), expression=smallest)), kind)))]


def _places(each: Output, form: Form, writer: Writer) -> int | None:
    """How many decimals an answer needs at most; None where no such number is proved to do."""
    den = form.graph.value_of(each.value.den)
    known = writer.ranges[each.value.term]
    if den is None or known.low is None or known.high is None:
        return None
    places = next((n for n in range(_DECIMALS + 1) if 10**n % den == 0), None)
    if places is None or max(-known.low, known.high) * (10**places // den) > _MOST:
        return None
    return places

"""A program as one SELECT over a table with a row a unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import attrs
from sqlglot import exp

from rubriclang.backends.integers.form import Form
from rubriclang.backends.integers.inputs import Scaled
from rubriclang.backends.integers.lowering import lower
from rubriclang.backends.sql import inputs as reading
from rubriclang.backends.sql.dialects import DIALECTS, Dialect, same_name
from rubriclang.backends.sql.errors import NUMBERS_TOO_LARGE, SAME_COLUMN
from rubriclang.backends.sql.outputs import columns_of, outputs_of, roots_of
from rubriclang.backends.sql.ranges import fits, ranges
from rubriclang.backends.sql.refusals import refused
from rubriclang.backends.sql.writing import Writer
from rubriclang.diagnostics import Diagnostic
from rubriclang.ir import nodes as ir
from rubriclang.ir.types import Number
from rubriclang.source import Source

_LARGEST, _LEAST = 15, 4  # powers of ten that are tried as the largest fact


@attrs.frozen
class Options:
    """What a statement is made for.

    ``table`` is the name of the table, with a schema before a point if need be; ``unit`` its column of units.
    ``digits`` is the number of decimals of its numbers: a row with more is marked. So is a row with a number beyond
    ``at_most``; None takes the largest power of ten, up to 10**15, for which no overflow is proved.
    """

    dialect: str
    table: str
    unit: str
    digits: int = 4
    at_most: int | None = None
    lang: Literal["zh", "en"] = "zh"


@attrs.frozen
class Statement:
    """The text of a query and the largest number that a row may have."""

    text: str
    at_most: int


def compile_sql(program: ir.Program, source: Source | None, options: Options) -> Statement | tuple[Diagnostic, ...]:
    """The statement, or why there is none.

    Rows that SQL does not carry exactly as the interpreter scores them (facts that are missing, out of bounds or too
    fine, open points, something to say of the facts) have true in the last column and NULL in all answers.
    """
    dialect = DIALECTS[options.dialect]
    form = lower(program, Scaled(), "scores")
    told = refused(program, source, form)
    if told:
        return told
    rates = frozenset(f.name for f in program.facts if isinstance(f.type, Number) and f.type.style == "percent")
    scales: dict[str, dict[str, int]] = {"fact": {}, "judged": {}}
    for made in form.inputs:
        percent = 100 if made.source == "fact" and made.name in rates else 1
        scales[made.source][made.name] = reading.parts_of(made, options.digits) * percent
    form = lower(program, Scaled(scales["fact"], scales["judged"]), "scores")
    outputs = outputs_of(form, program, options.lang)
    roots = [*form.valid, form.flag, form.noted, *roots_of(outputs)]
    needed = form.graph.needed(roots)

    def proved(limit: int) -> bool:
        """Whether nothing overflows, reading included: a cell times the scale has twice the decimals."""
        if limit * 10 ** (2 * options.digits) >= 10**37 or limit * 10**options.digits > form.largest or limit > 10**18:
            return False
        return fits(
            dialect,
            form.graph,
            ranges(form.graph, _given(form, reading.Reading(dialect, options.digits, limit))),
            needed,
        )

    if options.at_most is not None and not proved(options.at_most):
        best = next((10**n for n in range(_LARGEST, -1, -1) if 10**n < options.at_most and proved(10**n)), None)
        return (_too_large(options, options.at_most, best),)
    limit = options.at_most or next((10**n for n in range(_LARGEST, _LEAST - 1, -1) if proved(10**n)), None)
    if limit is None:
        best = next((10**n for n in range(_LEAST - 1, -1, -1) if proved(10**n)), None)
        return (_too_large(options, 10**_LEAST, best),)
    found = ranges(form.graph, _given(form, reading.Reading(dialect, options.digits, limit)))
    how = reading.Reading(dialect, options.digits, limit, rates)
    names = {made.term: f"v{at}" for at, made in enumerate(form.inputs)}
    names |= {made.present: f"p{at}" for at, made in enumerate(form.inputs) if made.present is not None}
    writer = Writer(dialect, form.graph, found, names, roots)
    marked = exp.column(exp.to_identifier("marked", quoted=True))
    unit = (options.unit, reading.column("u"))
    answers = [unit]
    for output in outputs:
        answers += columns_of(output, form, writer, dialect, marked, options.lang)
    answers.append(("需解释器" if options.lang == "zh" else "to interpreter", marked))
    same = [
        *_same(dialect, [name for name, _ in answers]),
        *_same(dialect, [*map(how.head, form.inputs), options.unit]),
    ]
    if same:
        return tuple(same)
    query = _query(form, options, how, writer, answers)
    return Statement(query.sql(dialect=dialect.name, pretty=True) + ";\n", limit)


def _too_large(options: Options, limit: int, best: int | None) -> Diagnostic:
    if best is None:
        zh, en = "减少 --digits，或者用 rubric score 计分", "lower --digits, or score with 'rubric score'"
    else:
        zh, en = (
            f"写 --at-most {best}，更大的数据会标出来",
            f"write --at-most {best}; rows with larger facts are marked",
        )
    params = {"limit": str(limit), "dialect": options.dialect, "suggestion": zh, "suggestion_en": en}
    return Diagnostic(NUMBERS_TOO_LARGE, params=params)


def _given(form: Form, how: reading.Reading) -> dict[str, Any]:
    nodes, texts = form.graph.nodes, len(form.texts)
    return {str(nodes[made.term].value): reading.range_of_input(made, how, texts) for made in form.inputs}


def _same(dialect: Dialect, names: list[str]) -> Iterator[Diagnostic]:
    """Names that the database takes for one."""
    seen: dict[str, str] = {}
    for name in names:
        first = seen.setdefault(same_name(dialect, name), name)
        if seen[same_name(dialect, name)] is not name:
            yield Diagnostic(SAME_COLUMN, params={"dialect": dialect.name, "first": first, "second": name})


def _query(
    form: Form, options: Options, how: reading.Reading, writer: Writer, answers: list[tuple[str, Any]]
) -> exp.Select:
    """The steps as common table expressions, and the answers over the last."""
    dialect = how.dialect
    inputs = [reading.columns_of(at, made, how, form.texts) for at, made in enumerate(form.inputs)]
    unit = reading.column("u")
    first = [("u", reading.column(options.unit)), *(each for made in inputs for each in made.first)]
    second = [("u", unit), *(each for made in inputs for each in made.second)]
    odd = [reading.column(f"o{at}") for at in range(len(form.inputs))]
    odd += [exp.not_(reading.column(f"p{at}")) for at, made in enumerate(form.inputs) if made.present is None]
    odd += [exp.not_(writer.read(test)) for test in form.valid] + [writer.read(form.flag), writer.read(form.noted)]
    steps: list[tuple[bool, list[tuple[str, Any]]]] = [(False, first), (False, second)]
    steps += [(True, step) for step in writer.steps]
    steps.append((True, [("marked", exp.or_(unit.copy().is_(exp.null()), *odd))]))
    source: Any = exp.to_table(options.table, dialect=dialect.name)
    for part in ("this", "db", "catalog"):
        if isinstance(source.args.get(part), exp.Identifier):
            source.args[part].set("quoted", True)
    query = exp.select(*_named(answers)).from_(_step(len(steps) - 1))
    for at, (more, columns) in enumerate(steps):
        chosen = exp.select(*([exp.Star()] if more else []), *_named(columns)).from_(
            source if at == 0 else _step(at - 1)
        )
        query = query.with_(
            exp.to_identifier(f"s{at}", quoted=True),
            as_=chosen,
            materialized=True if dialect.keep else None,
            copy=False,
        )
    return query


def _step(at: int) -> Any:
    return exp.Table(this=exp.to_identifier(f"s{at}", quoted=True))


def _named(columns: list[tuple[str, Any]]) -> list[Any]:
    return [exp.alias_(value, exp.to_identifier(name, quoted=True)) for name, value in columns]

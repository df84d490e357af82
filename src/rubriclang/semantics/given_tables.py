"""The tables of an in-file test: rows of a table, or other units, read as a fact file would be."""

from __future__ import annotations

from collections.abc import Mapping

from rubriclang.facts.binding import FactSet, Schema, bind, is_item
from rubriclang.facts.document import Document, Fields, Items, Raw, Scalar
from rubriclang.ir.values import Value
from rubriclang.semantics import errors
from rubriclang.semantics.aggregates import POPULATION
from rubriclang.semantics.scope import Names
from rubriclang.syntax import nodes as n
from rubriclang.syntax.errors import UNFINISHED

Rows = tuple[Mapping[str, Value], ...]


def given_rows(names: Names, schema: Schema, item: n.GivenTable) -> tuple[str, Rows] | None:
    """The rows of a table by its name; None (reported) when they cannot be used."""
    name = item.target.text
    if name not in schema.lists:
        suggestion = ("要是一个表的名称，或者 各单位", "it must be a table's name, or 'units'")
        params = {"name": name, "suggestion": suggestion[0], "suggestion_en": suggestion[1]}
        names.report(errors.UNKNOWN_COLLECTION, item.target.span, **params)
        return None
    if not _has_table(names, item):
        return None
    header = [Scalar(cell.text, span=cell.span) for cell in item.header]
    rows = Items(tuple(Fields(tuple(zip(header, _scalars(row), strict=True))) for row in item.rows), item.span)
    bound = _bound(names, schema, Fields(((Scalar(name, span=item.target.span), rows),)))
    return None if bound is None else (name, bound.lists[name])


def given_units(names: Names, schema: Schema, item: n.GivenTable) -> tuple[FactSet, ...] | None:
    """The other units of the population, one a row: facts by name, judged points by indicator."""
    if not _has_table(names, item):
        return None
    units = []
    for row in item.rows:
        facts: list[tuple[Scalar, Raw]] = []
        judged: list[tuple[Scalar, Raw]] = []
        for head, value in zip(item.header, _scalars(row), strict=True):
            part = judged if is_item(schema, head.text) else facts
            part.append((Scalar(head.text, span=head.span), value))
        parts = [(Scalar("数据"), Fields(tuple(facts))), (Scalar("评定"), Fields(tuple(judged)))]
        units.append(Fields(tuple(parts)))
    bound = _bound(names, schema, Fields(((Scalar("数据"), Fields(())), (Scalar("各单位"), Items(tuple(units))))))
    return None if bound is None else bound.others


def is_population(item: n.GivenTable) -> bool:
    """Whether the table is one of units."""
    return item.target.text in POPULATION


def _scalars(row: tuple[n.Cell, ...]) -> list[Scalar]:
    return [Scalar(cell.text, span=cell.span) for cell in row]


def _has_table(names: Names, item: n.GivenTable) -> bool:
    if item.header:
        return True
    expected = ("下面一张表，第一行是列名", "a table below, its first row the names of the columns")
    names.report(UNFINISHED, item.span, expected=expected[0], expected_en=expected[1], hint="")
    return False


def _bound(names: Names, schema: Schema, root: Fields) -> FactSet | None:
    found = bind(schema, Document(root, names.source))
    seen: set[tuple[str, object]] = set()
    for diagnostic in found.diagnostics:  # a column nobody knows is said once, not for each row
        key = (diagnostic.code, diagnostic.span)
        names.diagnostics += [] if key in seen else [diagnostic]
        seen.add(key)
    return None if found.diagnostics else found

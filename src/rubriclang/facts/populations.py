"""The facts of many units from one file: a table with a row a unit, or a list of units."""

from __future__ import annotations

from rubriclang.diagnostics import Diagnostic
from rubriclang.facts.binding import FactSet, Schema, bind
from rubriclang.facts.document import Document


def bind_units(schema: Schema, document: Document) -> tuple[tuple[FactSet, ...], tuple[Diagnostic, ...]]:
    """The facts of every unit of a table, and what is wrong with the table as a whole.

    A unit whose row has faults is among them, with its diagnostics; a row that belongs to no unit is only reported.
    """
    if document.units is not None:
        roots, found = document.units, document.diagnostics
    else:
        from rubriclang.facts.sheets.names import names_of
        from rubriclang.facts.sheets.tables import units_in

        roots, layout = units_in(document, names_of(schema))
        found = (*document.diagnostics, *layout.diagnostics)
    return tuple(bind(schema, Document(root, document.source)) for root in roots), found


def many(schema: Schema, document: Document) -> bool:
    """Whether a file holds a table of units, and not the facts of one."""
    if document.units is not None:
        return True
    if not document.grids:
        return False
    from rubriclang.facts.sheets.layout import is_table
    from rubriclang.facts.sheets.names import names_of

    return is_table(document, names_of(schema))

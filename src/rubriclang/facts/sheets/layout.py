"""Turns the sheets of one unit into the document a text file would have been, once a rubric says what it asks for."""

from __future__ import annotations

from typing import Any

import attrs

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.facts.document import Document, Fields, Grid, Items, Raw, Scalar
from rubriclang.facts.sheets import errors, stamp
from rubriclang.facts.sheets.headers import UNIT_WORDS, Header, Role, best_header, kind_of, labelled
from rubriclang.facts.sheets.judgements import Judgements
from rubriclang.facts.sheets.names import Asking, Names, names_of
from rubriclang.ir.notation import header_key
from rubriclang.source import Span

NOTES = frozenset({"说明", "填写说明", "填报说明", "notes", "readme"})
POPULATION = frozenset({"各单位", "units"})
NO_ROWS = "一行也没有时填无"
_SAID = frozenset({"无", "是", "没有", "none", "yes", "√"})


def recognised(document: Document) -> bool:
    """Whether any sheet has a header that a reader can start from."""
    return any(kind_of(grid) is not None for grid in document.grids if not grid.hidden)


def is_table(document: Document, names: Names) -> bool:
    """Whether sheets hold many units, a row each, and not the facts of one."""
    lists = {header_key(name) for name in names.lists}
    kinds = [kind_of(grid) for grid in document.grids if not grid.hidden and header_key(grid.name) not in lists]
    return not any(kind and kind[0] != "table" for kind in kinds) and any(kinds)


@attrs.define
class Layout:
    """The sheets of a file sorted by what they are, and what was wrong while sorting."""

    document: Document
    names: Names
    headers: list[tuple[Role, Header]] = attrs.field(factory=list)
    population: Header | None = None
    lists: dict[str, Header] = attrs.field(factory=dict)
    empty: set[str] = attrs.field(factory=set)
    diagnostics: list[Diagnostic] = attrs.field(factory=list)

    def report(self, kind: Kind, span: Span | None, **params: str) -> None:
        """Adds a finding at a cell."""
        self.diagnostics.append(Diagnostic(kind, self.document.source, span, params))


def sort_sheets(document: Document, names: Names) -> Layout:
    """Says of each sheet what it is; sheets of no use are named in a hint."""
    layout = Layout(document, names)
    lists = {header_key(name): name for name in names.lists}
    for grid in document.grids:
        if grid.name == stamp.SHEET:
            recorded = stamp.recorded(grid)
            warning = stamp.compared(names.asked, *recorded) if recorded is not None else None
            if warning is not None:
                layout.report(errors.OTHER_VERSION, None, **warning)
            continue
        if grid.hidden or not grid.rows:
            continue
        listed = lists.get(header_key(_title(grid) or grid.name))
        found = kind_of(grid)
        if listed is not None:
            _list_sheet(layout, listed, grid)
        elif grid.name.lower() in POPULATION and found is not None:
            layout.population = found[1]
        elif found is not None:
            layout.headers.append(found)
        elif grid.name.lower() not in NOTES:
            layout.report(errors.SHEET_NOT_USED, Span(*_first(grid)), name=grid.name)
    return layout


def _first(grid: Grid) -> tuple[int, int]:
    cells = grid.rows[0][1]
    span = cells[min(cells)].span
    assert span is not None
    return span.start, span.end


def _title(grid: Grid) -> str:
    """The name of the list a sheet is for, where its own name had to be cut: ``表：…`` in its first cell."""
    first = next(iter(grid.rows[0][1].values())).text
    label, mark, rest = first.replace("：", ":").partition(":")
    return rest.strip() if mark and label.strip() == "表" else ""


def _list_sheet(layout: Layout, name: str, grid: Grid) -> None:
    header = best_header(grid, layout.names.columns[name])
    if header is None:
        layout.report(errors.NO_HEADER, Span(*_first(grid)))
        return
    said = labelled(header, {header_key(NO_ROWS).lower()})
    if said is not None and said.text.strip().lower() in _SAID:
        if any(True for _ in header.rows()):
            layout.report(errors.EMPTY_AND_ROWS, said.span, name=name)
        else:
            layout.empty.add(name)
    layout.lists[name] = header


def list_rows(layout: Layout, name: str) -> dict[str, list[Raw]]:
    """The rows of a list by the name of their unit (the empty text where the sheet names none)."""
    header, columns = layout.lists[name], layout.names.columns[name]
    known: dict[int, Scalar] = {}
    unit = header.places.get("unit")
    for column, scalar in header.columns.items():
        if layout.names.column(name, scalar.text) is not None:
            known[column] = scalar
            unit = None if unit == column else unit
        elif column != unit:
            layout.report(
                errors.UNKNOWN_COLUMN, scalar.span, name=scalar.text, **suggestion(scalar.text, columns.values())
            )
    rows: dict[str, list[Raw]] = {}
    for number, cells in header.rows():
        if not any(column in known for column in cells):
            stray(layout, header, number, cells)
            continue
        items = tuple((title, value_of(header, cells, number, column)) for column, title in known.items())
        owner = ""
        if unit is not None:
            given = cells.get(unit) or header.covering(number, unit)
            owner = given.text.strip() if given is not None else ""
        rows.setdefault(owner, []).append(Fields(items, header.span(number, min(known))))
        stray(layout, header, number, cells)
    return rows


def suggestion(text: str, names: Any) -> dict[str, str]:
    """What a misspelt name may have meant, for both languages."""
    from rubriclang.diagnostics.suggest import closest

    near = closest(text.strip(), list(names))
    return {
        "suggestion": f"是不是“{near}”？" if near else "检查名称；不用的列可以删掉",
        "suggestion_en": f"did you mean '{near}'?" if near else "check the name; a column of no use can go",
    }


def stray(layout: Layout, header: Header, row: int, cells: dict[int, Scalar]) -> None:
    """Reports values under no header: they may belong to a column whose name got lost."""
    for column, scalar in cells.items():
        if column not in header.columns and column < max(header.columns, default=0):
            params = {"where": "这一列", "where_en": "this column"}
            layout.report(errors.VALUE_WITHOUT_NAME, scalar.span, text=scalar.text[:30], **params)


def value_of(header: Header, cells: dict[int, Scalar], row: int, column: int) -> Scalar:
    """A value cell: blank with its place where nothing stands there, a fault where it is part of a merged one."""
    scalar = header.cell(cells, row, column)
    if scalar.blank and header.covering(row, column) is not None:
        return attrs.evolve(scalar, fault=errors.MERGED_VALUE)
    return scalar


def laid_out(document: Document, schema: Asking) -> Document:
    """The document of one unit: its name, facts with their lists, judgements, claims, and the other units."""
    names = names_of(schema)
    if document.units is not None or is_table(document, names):
        return _several(document, names)
    layout = sort_sheets(document, names)
    facts: list[tuple[Scalar, Raw]] = []
    judgements = Judgements()
    claims: list[tuple[Scalar, Raw]] = []
    unit: Scalar | None = None
    for role, header in layout.headers:
        match role:
            case "facts":
                unit = unit or labelled(header, UNIT_WORDS)
                _fact_rows(layout, header, facts, judgements)
            case "judged":
                _judged_rows(layout, header, judgements)
            case "claims":
                claims += _claim_rows(header)
            case "table":
                title = header.grid.name
                layout.report(errors.SHEET_NOT_USED, Span(*_first(header.grid)), name=title)
    own = unit.text.strip() if unit is not None else ""
    others = {name: rows for name in layout.lists for rows in [list_rows(layout, name)]}
    for name in layout.lists:
        mine = [row for owner, rows in others[name].items() if owner in ("", own) for row in rows]
        if mine or name in layout.empty:
            facts.append((Scalar(name, span=layout.lists[name].span(0, 0)), Items(tuple(mine))))
    root: list[tuple[Scalar, Raw]] = [(Scalar("数据"), Fields(tuple(facts)))]
    if unit is not None:
        root.insert(0, (Scalar("单位"), unit))
    judged = judgements.items()
    root += [(Scalar("评定"), Fields(judged))] if judged else []
    root += [(Scalar("自报"), Fields(tuple(claims)))] if claims else []
    if layout.population is not None:
        from rubriclang.facts.sheets.tables import unit_roots

        units = unit_roots(layout, layout.population, others)
        root.append((Scalar("各单位"), Items(tuple(fields for fields in units if fields is not None))))
    found = (*document.diagnostics, *layout.diagnostics)
    return attrs.evolve(document, root=Fields(tuple(root)), diagnostics=found, grids=())


def _several(document: Document, names: Names) -> Document:
    """A table where one unit is wanted: the only one it has, or a finding."""
    from rubriclang.facts.sheets.tables import units_in

    roots, found = document.units or (), document.diagnostics
    if document.units is None:
        roots, layout = units_in(document, names)
        found = (*document.diagnostics, *layout.diagnostics)
    root = roots[0] if len(roots) == 1 else Fields(())
    if len(roots) > 1:
        found = (*found, Diagnostic(errors.SEVERAL_UNITS, document.source, None, {"count": str(len(roots))}))
    return attrs.evolve(document, root=root, diagnostics=found, grids=(), units=None)


def _fact_rows(layout: Layout, header: Header, facts: list[tuple[Scalar, Raw]], judgements: Judgements) -> None:
    """One fact a row: 名称, 数值, and 单位, 来源, 备注 where they are."""
    places = header.places
    for number, cells in header.rows():
        name, value = cells.get(places["name"]), value_of(header, cells, number, places["value"])
        if name is None or name.blank:
            if not value.blank and value.fault is not errors.MERGED_VALUE:
                params = {"where": "这一行", "where_en": "this row"}
                layout.report(errors.VALUE_WITHOUT_NAME, value.span, text=value.text[:30], **params)
            continue
        if name.text.strip() in stamp.NAMES:
            warning = stamp.compared(layout.names.asked, value.text.strip(), None)
            if warning is not None:
                layout.report(errors.OTHER_VERSION, name.span, **warning)
            continue
        item = layout.names.judged(name.text)
        if item is not None:
            tick = cells.get(places["tick"]) if "tick" in places else None
            notes = _notes(header, cells, number, _JUDGED_NOTES)
            judgements.add(attrs.evolve(name, text=item), tick, value, notes)
            continue
        if value.blank and layout.names.fact(name.text) is None:
            continue  # a heading between the facts
        beside = _notes(header, cells, number, _FACT_NOTES)
        facts.append((name, Fields(((Scalar("数值"), value), *beside), value.span)))


_FACT_NOTES = (("measure", "单位"), ("source", "来源"), ("note", "备注"))
_POINTS_NOTES = (("by", "评定人"), ("evidence", "依据"), ("note", "备注"))
_JUDGED_NOTES = (("source", "依据"), ("by", "评定人"), ("note", "备注"))


def _notes(
    header: Header, cells: dict[int, Scalar], row: int, notes: tuple[tuple[str, str], ...]
) -> tuple[tuple[Scalar, Raw], ...]:
    """What stands beside a value; a merged note is that of every row it covers."""
    items: list[tuple[Scalar, Raw]] = []
    for role, word in notes:
        column = header.places.get(role)
        note = None if column is None else cells.get(column) or header.covering(row, column)
        if note is not None and note.text.strip():
            items.append((Scalar(word), Scalar(note.text.strip(), span=note.span)))
    return tuple(items)


def _judged_rows(layout: Layout, header: Header, judgements: Judgements) -> None:
    """One judged indicator a row, or one item of its checklist a row; 评定人 and 依据 beside it."""
    places = header.places
    for number, cells in header.rows():
        name = cells.get(places["item"])
        tick = cells.get(places["tick"]) if "tick" in places else None
        if name is None and tick is not None:
            name = header.covering(number, places["item"])
        value = value_of(header, cells, number, places["points"])
        if name is None or name.blank:
            if not value.blank:
                params = {"where": "这一行", "where_en": "this row"}
                layout.report(errors.VALUE_WITHOUT_NAME, value.span, text=value.text[:30], **params)
            continue
        if value.blank and layout.names.judged(name.text) is None:
            continue  # a heading between the indicators
        judgements.add(name, tick, value, _notes(header, cells, number, _POINTS_NOTES))


def _claim_rows(header: Header) -> list[tuple[Scalar, Raw]]:
    """What the unit says of itself: 指标 and 自报得分."""
    places = header.places
    return [
        (cells[places["item"]], cells[places["claim"]])
        for _, cells in header.rows()
        if places["item"] in cells and places["claim"] in cells
    ]

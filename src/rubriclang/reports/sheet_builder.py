"""Lays the score sheet of a unit out: an outline of any depth, columns in any order."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from rubriclang.backends.outcome import IndicatorOutcome, Outcome
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import percent_text
from rubriclang.reports.cell_formulas import is_plain_sum
from rubriclang.reports.columns import Column
from rubriclang.reports.layout import Cell, Line, LineKind, Loss, Sheet
from rubriclang.reports.reasons import reason_text
from rubriclang.reports.score_table import points_text
from rubriclang.reports.standards import definitions_by_owner, standard_text
from rubriclang.reports.wording import WORDS, Lang, clean, in_print


class _Rows:
    """Builds the lines of a sheet; an outline of any depth, columns in any order."""

    def __init__(
        self,
        outcome: Outcome,
        program: ir.Program,
        columns: tuple[Column, ...],
        lang: Lang,
        calculations: Mapping[str, str],
        standards: Mapping[tuple[str, ...], str],
    ) -> None:
        self.outcome = outcome
        self.columns = columns
        self.lang: Lang = lang
        self.words = WORDS[lang]
        self.calculations = calculations
        self.standards = standards
        self.program = program
        self.names = {d.id: _called(d) for d in program.definitions}
        self.indicators = {i.path: i for i in outcome.indicators}
        self.sections = {s.path: s for s in outcome.sections}
        self.grid: list[list[Cell | None]] = []
        self.kinds: list[tuple[LineKind, ir.Node]] = []

    def lines(self) -> tuple[Line, ...]:
        root = self.program.root
        for part in root.parts:
            self._node(part)
        if not root.parts:
            self._indicator(root)
        self._sum_line("total", root, 0)
        pairs = zip(self.kinds, self.grid, strict=True)
        return tuple(Line(kind, tuple(cells), node) for (kind, node), cells in pairs)

    def _node(self, node: ir.Node) -> None:
        if not node.parts:
            self._indicator(node)
            return
        first = len(self.grid)
        for part in node.parts:
            self._node(part)
        if len(node.path) == 1 or not is_plain_sum(self.program, node):
            self._sum_line("subtotal", node, len(node.path))
        at = next((i for i, c in enumerate(self.columns) if c.level == len(node.path)), None)
        if at is not None and len(self.grid) > first:
            self.grid[first][at] = Cell(self._heading(node), rows=len(self.grid) - first)

    def _heading(self, node: ir.Node) -> str:
        text = clean(node.title)
        if isinstance(node.max, Fraction):
            text += "\n" + self.words["points of"].format(max=points_text(node.max)).strip()
        return text + self._weight(node)

    def _weight(self, node: ir.Node) -> str:
        if not isinstance(node.weight, Fraction):
            return ""
        return "\n" + self.words["weight of"].format(weight=percent_text(node.weight)).strip()

    def _indicator(self, node: ir.Node) -> None:
        indicator = self.indicators.get(node.path)
        depth = max(len(node.path), 1)
        cells: list[Cell | None] = [None] * len(self.columns)
        levels = [i for i, c in enumerate(self.columns) if c.level >= depth]
        if levels:
            start = levels[0]
            title = (clean(node.title) or clean(node.name)) + self._weight(node)
            cells[start] = Cell(title, columns=self._reach(start, depth))
        for i, column in enumerate(self.columns):
            if column.kind != "level":
                cells[i] = self._cell(column.key, node, indicator)
        self._add("indicator", node, cells)

    def _reach(self, start: int, least: int) -> int:
        """How many columns from ``start`` on stand for levels that deep or deeper."""
        count = 0
        while start + count < len(self.columns) and self.columns[start + count].level >= least:
            count += 1
        return count

    def _cell(self, key: str, node: ir.Node, indicator: IndicatorOutcome | None) -> Cell:
        if indicator is None:
            return Cell("")
        match key:
            case "max":
                return Cell(points_text(indicator.max), indicator.max)
            case "points":
                return self._points(indicator)
            case "lost":
                lost = indicator.deduction
                return Cell(points_text(lost), lost) if lost else Cell("")
            case _:
                return Cell(clean(self._text(key, node, indicator)))

    def _points(self, indicator: IndicatorOutcome) -> Cell:
        judged = indicator.kind == "judged" and indicator.reason is None
        if indicator.reason is not None:
            return Cell(self.words[indicator.reason])
        if indicator.points is None:
            return Cell(clean(indicator.label or self.words["none"]), judged=judged)
        return Cell(points_text(indicator.points), indicator.points, judged=judged)

    def _text(self, key: str, node: ir.Node, indicator: IndicatorOutcome) -> str:
        zh = self.lang == "zh"
        match key:
            case "indicator":
                return node.title
            case "standard":
                return self.standards[node.path]
            case "remark":
                return reason_text(indicator, self.names.get(node.value or ""), self.lang)
            case "rate":
                return percent_text(indicator.points / indicator.max) if indicator.points and indicator.max else ""
            case "value":
                return indicator.display or ""
            case "band":
                return in_print(indicator.band or "")
            case "kind":
                return self.words[indicator.kind]
            case "evidence":
                return "\n".join(f"{k}：{v}" if zh else f"{k}: {v}" for k, v in indicator.evidence)
            case _:
                return self.calculations.get("/".join(node.path), "")

    def _sum_line(self, kind: LineKind, node: ir.Node, depth: int) -> None:
        points = self.outcome.total if kind == "total" else self.sections[node.path].points
        most = node.max if isinstance(node.max, Fraction) else None
        word = self.words["total" if kind == "total" else "subtotal"]
        cells: list[Cell | None] = [None if c.level and c.level <= depth else Cell("") for c in self.columns]
        start = next((i for i, c in enumerate(self.columns) if c.level > depth or c.kind == "text"), None)
        if start is not None:
            reach = 1
            while start + reach < len(cells) and self.columns[start + reach].level > depth:
                reach += 1
            cells[start] = Cell(word, columns=reach)
            cells[start + 1 : start + reach] = [None] * (reach - 1)
        for i, column in enumerate(self.columns):
            if column.key == "points":
                label = next((i.label for i in self.outcome.indicators if not i.path and i.label), None)
                text = points_text(points) if points is not None else label or self.words["none"]
                cells[i] = Cell(text, points, node.points)
            elif column.key == "max":
                cells[i] = Cell(points_text(most), most, f"max {node.points}")
            elif column.key == "lost" and most is not None and points is not None and points < most:
                cells[i] = Cell(points_text(most - points), most - points)
        self._add(kind, node, cells)

    def _add(self, kind: LineKind, node: ir.Node, cells: list[Cell | None]) -> None:
        self.grid.append(cells)
        self.kinds.append((kind, node))


def _called(definition: ir.Definition) -> str | None:
    """What the rubric calls a value: the name of its formula, or of the fact that it is."""
    expr = definition.expr
    if definition.name is None and isinstance(expr, ir.Ref) and expr.kind == "fact":
        return expr.target
    return definition.name


def depth_of(program: ir.Program) -> int:
    """How many levels the outline has; at least 1."""
    return max([len(node.path) for node in program.root.walk()] + [1])


def standards_of(program: ir.Program, outcome: Outcome, lang: Lang) -> dict[tuple[str, ...], str]:
    """The 评分标准 of every indicator, once for all units."""
    owned = definitions_by_owner(program)
    leaves = program.root.leaves()
    return {node.path: standard_text(node, owned.get(node.path, []), outcome.source, lang) for node in leaves}


def sheet_of(
    outcome: Outcome,
    program: ir.Program,
    columns: tuple[Column, ...],
    lang: Lang,
    standards: Mapping[tuple[str, ...], str],
    calculations: Mapping[str, str] | None = None,
) -> Sheet:
    """The score sheet of one unit.

    Args:
        outcome: the scored unit.
        program: the rubric it was scored under.
        columns: the columns, in order.
        lang: the language of what the rubric does not say itself.
        standards: what :func:`standards_of` yields.
        calculations: by indicator path joined with ``/``, the text of the 计算过程 column.
    """
    rows = _Rows(outcome, program, columns, lang, calculations or {}, standards).lines()
    unit = clean(outcome.unit) if outcome.unit else None
    return Sheet(clean(outcome.rubric), unit, columns, rows, _losses(outcome, program), outcome)


def _losses(outcome: Outcome, program: ir.Program) -> tuple[Loss, ...]:
    points = {s.path: s.points for s in outcome.sections} | {i.path: i.points for i in outcome.indicators}
    found = []
    for node in program.root.parts:
        got = points.get(node.path)
        if isinstance(node.max, Fraction) and not node.bonus and got is not None:
            found.append(Loss(clean(node.title), node.max, got))
    return tuple(found)

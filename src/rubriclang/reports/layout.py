"""A score sheet before it has a format: a grid of cells with their merges, and what it was made from.

Every format prints this and nothing else, so that they all say the same.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import attrs

from rubriclang.backends.outcome import Outcome
from rubriclang.ir import nodes as ir
from rubriclang.reports.columns import Column
from rubriclang.reports.wording import JUDGED_MARK

LineKind = Literal["indicator", "subtotal", "total"]


@attrs.frozen
class Cell:
    """One cell. ``number`` is set where it holds points (exact); ``formula_of`` names the definition whose score it
    is, where that is computed from other cells. ``rows`` and ``columns`` say how far it is merged."""

    text: str
    number: Fraction | None = None
    formula_of: str | None = None
    judged: bool = False
    rows: int = 1
    columns: int = 1


@attrs.frozen
class Line:
    """One row of the table; a cell is None where a merged neighbour covers it."""

    kind: LineKind
    cells: tuple[Cell | None, ...]
    node: ir.Node


@attrs.frozen
class Loss:
    """What one part of the first level lost: its name, points it could give, points it got."""

    name: str
    max: Fraction
    points: Fraction

    @property
    def lost(self) -> Fraction:
        """Points lost; never below 0."""
        return max(self.max - self.points, Fraction(0))


@attrs.frozen
class Sheet:
    """The score sheet of one unit."""

    title: str
    unit: str | None
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    losses: tuple[Loss, ...]
    outcome: Outcome


def marked(cell: Cell) -> str:
    """A cell's text with the mark of a judged score."""
    return cell.text + JUDGED_MARK if cell.judged else cell.text

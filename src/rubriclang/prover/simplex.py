"""Exact linear programming: the best value of a form under rows, by Bland's rule over rationals.

Problems are small (the facts of one indicator), so a dense tableau does. Strict rows are met by maximising a common
slack: they hold together exactly if that slack can be above zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from fractions import Fraction

import attrs

from rubriclang.prover.linear import Linear, Row, variable

_SLACK = "\0slack"
MAX_PIVOTS = 500
_ZERO, _ONE = Fraction(0), Fraction(1)


class TooHardError(ArithmeticError):
    """More work than a check may take."""


@attrs.define
class Effort:
    """How much work is left, in numbers of tableaus computed anew; shared by all questions of one check."""

    left: int


_effort: ContextVar[Effort | None] = ContextVar("effort", default=None)


@contextmanager
def within(effort: Effort) -> Iterator[None]:
    """Counts the work of a block; when none is left, :class:`TooHardError` ends it."""
    token = _effort.set(effort)
    try:
        yield
    finally:
        _effort.reset(token)


def spend(work: int) -> None:
    """Counts work.

    Raises:
        TooHardError: none is left.
    """
    effort = _effort.get()
    if effort is not None:
        effort.left -= work
        if effort.left < 0:
            raise TooHardError


@attrs.frozen
class Best:
    """The best value (None: there is no bound), and values of the variables that reach it or lie on the way."""

    value: Fraction | None
    values: dict[str, Fraction]


def model(rows: Sequence[Row]) -> dict[str, Fraction] | None:
    """Values that meet all rows, strict ones strictly; None when there are none."""
    if any(row.decided is False for row in rows):
        return None
    open_rows = [row for row in rows if row.decided is None]
    strict = any(row.sign == "<" for row in open_rows)
    slack = variable(_SLACK)
    given = [Row(row.form + slack, "<=") if row.sign == "<" else row for row in open_rows]
    if strict:
        given.append(Row(slack - Linear((), _ONE), "<="))
    found = maximise(slack if strict else Linear(), given)
    if found is None or (strict and (found.value is None or found.value <= 0)):
        return None
    return {name: value for name, value in found.values.items() if name != _SLACK}


def maximise(objective: Linear, rows: Sequence[Row]) -> Best | None:
    """The largest value of a form where the rows hold, taking ``<`` as ``<=``; None when they never do.

    Raises:
        TooHardError: the bound on pivots was met.
    """
    if any(row.sign != "<" and row.decided is False for row in rows) or any(
        row.form.fixed and row.form.constant > 0 for row in rows
    ):
        return None
    names = sorted({name for row in rows for name, _ in row.form.terms} | {name for name, _ in objective.terms})
    column = {name: 2 * i for i, name in enumerate(names)}  # each variable is the difference of two that are ≥ 0
    table: list[list[Fraction]] = []
    for row in rows:
        if row.form.fixed:
            continue
        for sign in (1, -1) if row.sign == "=" else (1,):
            line = [_ZERO] * (2 * len(names))
            for name, c in row.form.terms:
                line[column[name]], line[column[name] + 1] = c * sign, -c * sign
            table.append([*line, -row.form.constant * sign])
    aim = [_ZERO] * (2 * len(names))
    for name, c in objective.terms:
        aim[column[name]], aim[column[name] + 1] = c, -c
    spend(3 * len(table) * len(names))
    solved = _Tableau(table, 2 * len(names)).solve(aim)
    if solved is None:
        return None
    bounded, point = solved
    values = {name: point[column[name]] - point[column[name] + 1] for name in names}
    return Best(objective.at(values) if bounded else None, values)


def range_of(above: Linear, below: Linear, rows: Sequence[Row]) -> tuple[Fraction | None, Fraction | None]:
    """The least and the largest value of a ratio where the rows hold and its denominator is above zero.

    With every variable multiplied by one over the denominator, the ratio is a linear form (Charnes and Cooper, 1962).
    """
    share = variable(_SLACK)

    def scaled(form: Linear) -> Linear:
        return Linear(form.terms) + share * form.constant

    given = [Row(scaled(row.form), row.sign) for row in rows]
    given += [Row(scaled(below) - Linear((), _ONE), "="), Row(share * -_ONE, "<=")]
    highest, lowest = maximise(scaled(above), given), maximise(scaled(above) * -_ONE, given)
    low = None if lowest is None or lowest.value is None else -lowest.value
    return low, None if highest is None else highest.value


class _Tableau:
    """``A y <= b``, ``y >= 0`` in slack form: each basic variable is ``b - Σ a × nonbasic``."""

    def __init__(self, rows: list[list[Fraction]], width: int) -> None:
        self.width = width
        self.rows = [row[:-1] for row in rows]
        self.b = [row[-1] for row in rows]
        self.nonbasic = list(range(width))
        self.basic = [width + i for i in range(len(rows))]
        self.pivots = 0

    def solve(self, aim: list[Fraction]) -> tuple[bool, list[Fraction]] | None:
        """Whether the aim is bounded, and a point; None when no point meets the rows."""
        if self.b and min(self.b) < 0 and not self._feasible():
            return None
        goal = [_ZERO] * len(self.nonbasic)
        where = {column: i for i, column in enumerate(self.nonbasic)}
        for column, c in enumerate(aim):
            if c == 0:
                continue
            if column in where:
                goal[where[column]] += c
            else:
                row = self.rows[self.basic.index(column)]
                goal = [g - c * a for g, a in zip(goal, row, strict=True)]
        return self._climb(goal), self._point()

    def _point(self) -> list[Fraction]:
        point = [_ZERO] * (self.width + 1)
        for column, value in zip(self.basic, self.b, strict=True):
            if column < self.width:
                point[column] = value
        return point

    def _feasible(self) -> bool:
        """The first phase: one artificial variable, as small as it can be."""
        artificial = self.width + len(self.basic)
        for row in self.rows:
            row.append(-_ONE)
        self.nonbasic.append(artificial)
        goal = [_ZERO] * (len(self.nonbasic) - 1) + [-_ONE]
        worst = min(range(len(self.b)), key=self.b.__getitem__)
        self._pivot(worst, len(self.nonbasic) - 1, goal)
        self._climb(goal)
        if artificial in self.basic:
            at = self.basic.index(artificial)
            if self.b[at] > 0:
                return False
            out = next((j for j, a in enumerate(self.rows[at]) if a != 0), None)
            if out is None:
                del self.rows[at], self.b[at], self.basic[at]
            else:
                self._pivot(at, out, goal)
        if artificial in self.nonbasic:
            at = self.nonbasic.index(artificial)
            del self.nonbasic[at]
            for row in self.rows:
                del row[at]
        return True

    def _climb(self, goal: list[Fraction]) -> bool:
        """Raises the goal until nothing helps (True) or nothing stops it (False)."""
        while True:
            entering = min((j for j, c in enumerate(goal) if c > 0), key=lambda j: self.nonbasic[j], default=None)
            if entering is None:
                return True
            ratios = [
                (self.b[i] / row[entering], self.basic[i], i) for i, row in enumerate(self.rows) if row[entering] > 0
            ]
            if not ratios:
                return False
            self._pivot(min(ratios)[2], entering, goal)

    def _pivot(self, leaving: int, entering: int, goal: list[Fraction]) -> None:
        self.pivots += 1
        spend(len(self.rows) * len(self.nonbasic))
        if self.pivots > MAX_PIVOTS:
            raise TooHardError
        row = self.rows[leaving]
        factor = 1 / row[entering]
        self.rows[leaving] = row = [a * factor for a in row]
        row[entering] = factor
        self.b[leaving] *= factor
        for i, other in enumerate(self.rows):
            share = other[entering]
            if i == leaving or share == 0:
                continue
            self.rows[i] = [a - share * p for a, p in zip(other, row, strict=True)]
            self.rows[i][entering] = -share * factor
            self.b[i] -= share * self.b[leaving]
        share = goal[entering]
        if share:
            goal[:] = [g - share * p for g, p in zip(goal, row, strict=True)]
            goal[entering] = -share * factor
        self.basic[leaving], self.nonbasic[entering] = self.nonbasic[entering], self.basic[leaving]

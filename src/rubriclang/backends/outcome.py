"""What a scoring comes to: points with their reasons, for people and for programs.

Built from the values of an evaluation, so that every backend that yields values yields the same outcome.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Literal

import attrs

from rubriclang.diagnostics import Diagnostic
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.ir.reals import Real
from rubriclang.ir.values import Reason, Value
from rubriclang.source import Source

Kind = Literal["computed", "judged"]
Points = Fraction | None


@attrs.frozen
class Step:
    """One stage of an indicator's fixed order of evaluation.

    ``stage`` is one of ``base``, ``adjusted``, ``rounded``, ``limited``, ``capped`` (调整), ``vetoed`` (否决),
    ``final``; ``applied`` the rows that made it, as written; ``points`` the score after it (None where it has none).
    """

    stage: str
    applied: tuple[str, ...]
    points: Points


@attrs.frozen
class IndicatorOutcome:
    """One indicator scored.

    ``points``, ``max`` and ``deduction`` are exact, in points; ``value`` is what the bands are about, ``display``
    its text with as many digits as it takes not to contradict the band; ``band`` the row that applied, as written.
    ``reason`` says why there are no points: ``missing``, ``left out``, ``undefined`` or ``pending``.
    ``remark`` explains in words (``remark_en`` in English) what was deducted.
    """

    name: str
    path: tuple[str, ...]
    points: Points
    max: Points
    kind: Kind
    value: Value | None = None
    display: str | None = None
    band: str | None = None
    label: str | None = None
    reason: str | None = None
    deduction: Points = None
    remark: str = ""
    remark_en: str = ""
    standard: str = ""
    steps: tuple[Step, ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()
    span: tuple[int, int] | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of an indicator; exact numbers are strings."""
        return {
            "name": self.name,
            "path": list(self.path),
            "points": exact(self.points),
            "max": exact(self.max),
            "kind": self.kind,
            "value": json_value(self.value),
            "display": self.display,
            "band": self.band,
            "label": self.label,
            "reason": self.reason,
            "deduction": exact(self.deduction),
            "remark": self.remark or None,
            "span": {"line": self.span[0], "column": self.span[1]} if self.span else None,
        }


@attrs.frozen
class SectionOutcome:
    """The score of one section; ``points`` is None while any part has none."""

    path: tuple[str, ...]
    points: Points
    max: Points

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of a section."""
        return {"path": list(self.path), "points": exact(self.points), "max": exact(self.max)}


@attrs.frozen
class CheckOutcome:
    """One identity checked: the two sides, and whether they agree within the tolerance (None: not possible)."""

    name: str
    text: str
    holds: bool | None
    left: Value | None = None
    right: Value | None = None
    difference: Fraction | Real | None = None
    tolerance: Points = None
    unit: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of a check."""
        return {
            "name": self.name,
            "text": self.text,
            "holds": self.holds,
            "left": json_value(self.left),
            "right": json_value(self.right),
            "difference": json_value(self.difference),
            "tolerance": exact(self.tolerance),
            "unit": self.unit or None,
        }


@attrs.frozen
class Outcome:
    """A unit scored under a rubric.

    ``total`` and ``max`` are exact points (``total`` None while anything is open, with ``reachable`` the least and
    the most it can still become); ``computed`` and ``judged`` split the points awarded so far by who decided them.
    ``results`` are the formulas under # 结果 as a sheet shows them; ``complete`` says that every indicator has its
    score. ``outcome["指标"]`` is one indicator, by title or by path.
    """

    rubric: str
    unit: str | None
    total: Points
    max: Points
    grade: str | None
    complete: bool
    computed: Fraction
    judged: Fraction
    sections: tuple[SectionOutcome, ...]
    indicators: tuple[IndicatorOutcome, ...]
    values: dict[str, Value | None] = attrs.field(factory=dict, hash=False)
    checks: tuple[CheckOutcome, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    reachable: tuple[Fraction, Fraction] | None = None
    source: Source | None = attrs.field(default=None, eq=False, repr=False)
    tree: ir.Node | None = attrs.field(default=None, eq=False, repr=False)
    remarks: tuple[str, ...] = ()
    results: tuple[tuple[str, str], ...] = ()

    def __getitem__(self, name: str | tuple[str, ...]) -> IndicatorOutcome:
        """The indicator of a title or path.

        Raises:
            KeyError: no indicator, or more than one, has that title.
        """
        wanted = (name,) if isinstance(name, str) else tuple(name)
        found = [i for i in self.indicators if i.path[-len(wanted) :] == wanted]
        if len(found) != 1:
            raise KeyError(f"{len(found)} indicators are called {name!r}")
        return found[0]

    def __iter__(self) -> Iterator[IndicatorOutcome]:
        """The indicators in the order of the rubric."""
        return iter(self.indicators)

    def section(self, *path: str) -> SectionOutcome:
        """The section with a path.

        Raises:
            KeyError: there is none.
        """
        for section in self.sections:
            if section.path == path:
                return section
        raise KeyError("/".join(path))

    def to_dict(self, lang: Literal["zh", "en"] = "zh") -> dict[str, Any]:
        """The JSON object of ``rubric score --format json``; numbers are strings, exact."""
        return {
            "rubric": self.rubric,
            "unit": self.unit,
            "total": exact(self.total),
            "max": exact(self.max),
            "grade": self.grade,
            "complete": self.complete,
            "computed": exact(self.computed),
            "judged": exact(self.judged),
            "reachable": [exact(bound) for bound in self.reachable] if self.reachable else None,
            "sections": [section.to_dict() for section in self.sections],
            "indicators": [indicator.to_dict() for indicator in self.indicators],
            "values": {name: json_value(value) for name, value in self.values.items()},
            "checks": [check.to_dict() for check in self.checks],
            "diagnostics": [diagnostic.to_dict(lang) for diagnostic in self.diagnostics],
        }


def exact(value: Fraction | None) -> str | None:
    """A number as JSON carries it: a finite decimal where there is one, else ``n/d``."""
    return None if value is None else number_text(value)


def json_value(value: Value | None) -> Any:
    """A value as JSON carries it; a reason is null."""
    match value:
        case None | Reason():
            return None
        case bool() | str():
            return value
        case Fraction():
            return number_text(value)
        case Real():
            return value.shown(20)
        case tuple():
            return [json_value(item) for item in value]
        case _:
            return value.isoformat()

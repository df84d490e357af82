"""Lines of the syntax tree: rows, steps, definitions, overrides and the like."""

from __future__ import annotations

from typing import Literal

import attrs

from rubriclang.source import Span
from rubriclang.syntax.expressions import Comparator, Expression, Name, span_field

# ---- parts of rows


@attrs.frozen
class Rounding:
    """``保留 2 位小数，四舍五入``: to a step, in a mode (the Chinese word of it).

    ``places`` is set where the step was written as a number of decimals.
    """

    step: Expression
    mode: str
    places: int | None = None
    span: Span = span_field()


LimitKind = Literal["floor zero", "cap full", "most deduct", "most add", "at least", "at most"]


@attrs.frozen
class Limit:
    """``扣完为止``, ``最多扣 2 分``; without an amount where one belongs: ``最高 不限``, which withdraws a limit."""

    kind: LimitKind
    amount: Expression | None = None
    span: Span = span_field()


@attrs.frozen
class Bound:
    """One comparison of a band: ``≤ 5%``."""

    op: Comparator
    value: Expression
    span: Span = span_field()


@attrs.frozen
class Compared:
    """``> 5% 且 ≤ 10%``."""

    bounds: tuple[Bound, ...]
    guard: Expression | None = None
    span: Span = span_field()


@attrs.frozen
class Ranged:
    """``5%（不含）~10%（含）``; an end that says neither is None."""

    low: Expression
    high: Expression
    low_open: bool | None = None
    high_open: bool | None = None
    guard: Expression | None = None
    span: Span = span_field()


@attrs.frozen
class Listed:
    """``一等、二等``: any of these values."""

    values: tuple[Expression, ...]
    guard: Expression | None = None
    span: Span = span_field()


@attrs.frozen
class When:
    """``若 条件``."""

    condition: Expression
    span: Span = span_field()


@attrs.frozen
class Otherwise:
    """``否则``."""

    span: Span = span_field()


@attrs.frozen
class OnReason:
    """``缺失`` or ``分母为零`` as a pattern."""

    reason: Literal["missing", "zero"]
    span: Span = span_field()


@attrs.frozen
class InBetween:
    """``其间``: what lies between the rows above and below."""

    span: Span = span_field()


Pattern = Compared | Ranged | Listed | When | Otherwise | OnReason | InBetween


@attrs.frozen
class JudgedRange:
    """``8 至 9``; ``high`` is None for 不限."""

    low: Expression
    high: Expression | None
    low_open: bool = False
    high_open: bool = False
    span: Span = span_field()


@attrs.frozen
class PointsAward:
    """An expression or a label; ``verb`` is 扣 or 加 where the award moves the score."""

    value: Expression
    verb: Literal["扣", "加"] | None = None
    span: Span = span_field()


@attrs.frozen
class JudgedAward:
    """``人工评定`` or a range that bounds the judge; no range means 0 to 满分."""

    range: JudgedRange | None = None
    verb: Literal["扣", "加"] | None = None
    span: Span = span_field()


@attrs.frozen
class LeftOutAward:
    """``不计``."""

    span: Span = span_field()


@attrs.frozen
class LinearAward:
    """Linear between the neighbouring rows."""

    span: Span = span_field()


@attrs.frozen
class NoResultAward:
    """``无定义``: the standard says nothing here, and so does the rubric."""

    span: Span = span_field()


Award = PointsAward | JudgedAward | LeftOutAward | LinearAward | NoResultAward


# ---- lines of a node


@attrs.frozen
class Row:
    """``pattern -> award``."""

    pattern: Pattern
    award: Award
    limits: tuple[Limit, ...] = ()
    span: Span = span_field()


Side = Literal["超过", "低于", "相差", "增加", "减少"]


@attrs.frozen
class Step:
    """``每超过 1% 扣 0.5 分（整档）``."""

    size: Expression
    side: Side | None
    verb: Literal["扣", "加"]
    amount: Expression
    mode: str | None = None
    limits: tuple[Limit, ...] = ()
    clash: bool = False  # two different modes on one line
    edge: Bound | None = None  # ``> 0，每超过…``: where it says itself that it begins
    span: Span = span_field()


@attrs.frozen
class Definition:
    """``名 = 式``, with what follows a comma."""

    target: Name
    value: Expression
    rounding: Rounding | None = None
    limits: tuple[Limit, ...] = ()
    only_if: Expression | None = None
    span: Span = span_field()


@attrs.frozen
class Subject:
    """``主体：`` or ``名 = 主体：``: the rows that follow are about it; ``subject`` None is 总分 (等次：)."""

    target: Name | None
    subject: Expression | None
    interpolate: bool = False
    piece: Row | Step | None = None
    span: Span = span_field()


@attrs.frozen
class Adjustment:
    """``若 条件，扣 2 分``."""

    condition: Expression
    verb: Literal["扣", "加"]
    amount: Expression
    limits: tuple[Limit, ...] = ()
    span: Span = span_field()


@attrs.frozen
class Judge:
    """The line ``人工评定``; no range means 0 to 满分."""

    range: JudgedRange | None = None
    span: Span = span_field()


@attrs.frozen
class Limits:
    """A line of limits."""

    limits: tuple[Limit, ...]
    span: Span = span_field()


@attrs.frozen
class RoundingLine:
    """A line ``保留 …``."""

    rounding: Rounding
    span: Span = span_field()


@attrs.frozen
class Effect:
    """What an override does.

    ``becomes`` value; ``constrains`` a target by a comparison; ``shifts`` a grade by steps (negative: down);
    ``left out``; ``spread``; ``judged``.
    """

    kind: Literal["becomes", "constrains", "shifts", "left out", "spread", "judged"]
    value: Expression | None = None
    target: Name | None = None
    op: Comparator | None = None
    steps: int = 0
    range: JudgedRange | None = None
    span: Span = span_field()


@attrs.frozen
class Override:
    """``不适用｜调整｜否决：条件 -> 效果``."""

    phase: Literal["not applicable", "adjust", "veto"]
    condition: Expression
    effects: tuple[Effect, ...]
    span: Span = span_field()


@attrs.frozen
class Combine:
    """``汇总：…``."""

    how: Expression
    span: Span = span_field()


@attrs.frozen
class EachRow:
    """``逐行：表``."""

    list: Name
    only_if: Expression | None = None
    full: Expression | None = None
    span: Span = span_field()


@attrs.frozen
class Population:
    """``参评：条件``."""

    condition: Expression
    span: Span = span_field()


@attrs.frozen
class Applies:
    """``适用：条件``."""

    condition: Expression
    span: Span = span_field()


@attrs.frozen
class Defaults:
    """``默认：整档，扣完为止``."""

    step_mode: str | None = None
    limits: tuple[Limit, ...] = ()
    rounding: Rounding | None = None
    missing: Award | None = None
    clash: bool = False  # two different step modes on one line
    span: Span = span_field()


@attrs.frozen
class Measures:
    """``计量单位：公里 = 1000 米、架次``."""

    items: tuple[tuple[str, Expression | None], ...]
    span: Span = span_field()


@attrs.frozen
class Levels:
    """``等级 名：一级 > 二级``, best first."""

    name: str
    labels: tuple[str, ...]
    span: Span = span_field()


@attrs.frozen
class TextLine:
    """``依据：…`` and its kin; the text is as written."""

    kind: Literal["basis", "standard", "note", "source", "extends", "uses"]
    text: str
    span: Span = span_field()


@attrs.frozen
class TableColumn:
    """A column of a table after the first: its header, an expression (a condition, a label, a name)."""

    header: Expression
    span: Span = span_field()


@attrs.frozen
class TableLine:
    """A row of a table: what its first cell says, and its awards; a blank cell or ``-`` is None."""

    pattern: Pattern
    cells: tuple[Award | None, ...]
    span: Span = span_field()


@attrs.frozen
class Table:
    """A pipe table. ``corner`` is what the first column is about; after ``＼`` stands what the headers are about."""

    corner: Expression | None
    across: Expression | None
    columns: tuple[TableColumn, ...]
    rows: tuple[TableLine, ...]
    span: Span = span_field()

"""The syntax tree: what was written, with its places, before any meaning is given to it.

This module holds blocks and the tree, and offers the expressions and lines as well, so that a pass
imports one name for all of them.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import attrs

from rubriclang.source import Span
from rubriclang.syntax.expressions import (
    And as And,
    Call as Call,
    Comparator as Comparator,
    Comparison as Comparison,
    Date as Date,
    Expression as Expression,
    Full as Full,
    IsMissing as IsMissing,
    Name as Name,
    Negation as Negation,
    Not as Not,
    Number as Number,
    Or as Or,
    Over as Over,
    Power as Power,
    Product as Product,
    Sum as Sum,
    Text as Text,
    Where as Where,
    span_field,
)
from rubriclang.syntax.lines import (
    Adjustment as Adjustment,
    Applies as Applies,
    Award as Award,
    Bound as Bound,
    Combine as Combine,
    Compared as Compared,
    Defaults as Defaults,
    Definition as Definition,
    EachRow as EachRow,
    Effect as Effect,
    InBetween as InBetween,
    Judge as Judge,
    JudgedAward as JudgedAward,
    JudgedRange as JudgedRange,
    LeftOutAward as LeftOutAward,
    Levels as Levels,
    Limit as Limit,
    LimitKind as LimitKind,
    Limits as Limits,
    LinearAward as LinearAward,
    Listed as Listed,
    Measures as Measures,
    NoResultAward as NoResultAward,
    OnReason as OnReason,
    Otherwise as Otherwise,
    Override as Override,
    Pattern as Pattern,
    PointsAward as PointsAward,
    Population as Population,
    Ranged as Ranged,
    Rounding as Rounding,
    RoundingLine as RoundingLine,
    Row as Row,
    Side as Side,
    Step as Step,
    Subject as Subject,
    Table as Table,
    TableColumn as TableColumn,
    TableLine as TableLine,
    TextLine as TextLine,
    When as When,
)

# ---- blocks


@attrs.frozen
class FactType:
    """A declared type: words (``万元``, ``是否``), a quotient of units, or a list of options."""

    word: str | None = None
    per: str | None = None
    options: tuple[str, ...] = ()
    span: Span = span_field()


@attrs.frozen
class FactOption:
    """What follows the type of a fact: a bound, a range, a flag, …"""

    kind: Literal["bound", "range", "optional", "default", "only if", "grid", "also", "flag", "rounding"]
    op: Comparator | None = None
    value: Expression | None = None
    high: Expression | None = None
    words: tuple[str, ...] = ()
    rounding: Rounding | None = None
    span: Span = span_field()


@attrs.frozen
class Fact:
    """``- 名：类型，…``."""

    target: Name
    type: FactType
    options: tuple[FactOption, ...] = ()
    span: Span = span_field()


@attrs.frozen
class Parameter:
    """``- 名 = 值``."""

    target: Name
    value: Expression
    span: Span = span_field()


@attrs.frozen
class Tally:
    """``- 扣 1 分/次 说明：式，最多扣 20 分``; without a formula a person ticks it."""

    text: str
    points: Fraction
    verb: Literal["扣", "加"] | None = None
    per: str | None = None
    value: Expression | None = None
    limits: tuple[Limit, ...] = ()
    span: Span = span_field()


@attrs.frozen
class Check:
    """``- 名：a + b = c，允差 0.005 万元``."""

    name: str
    condition: Expression
    tolerance: Expression | None = None
    only_if: Expression | None = None
    span: Span = span_field()


@attrs.frozen
class Given:
    """``- 已知 名 = 式`` or ``- 评定 指标 = 式``."""

    target: Name
    value: Expression
    judged: bool = False
    span: Span = span_field()


@attrs.frozen
class Cell:
    """A cell of a table of facts: its text, read like a fact file."""

    text: str
    span: Span = span_field()


@attrs.frozen
class GivenTable:
    """``- 已知 表：`` and the table below it, or ``- 已知 各单位：`` with a row for each unit."""

    target: Name
    header: tuple[Cell, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    span: Span = span_field()


@attrs.frozen
class Expected:
    """``- 总分 = 92``."""

    condition: Expression
    text: str = attrs.field(eq=False, default="")
    span: Span = span_field()


@attrs.frozen
class ExpectedCheck:
    """``- 勾稽 年末结转 = 不符``."""

    name: Name
    verdict: Name
    span: Span = span_field()


@attrs.frozen
class Block:
    """A block line and its items: ``数据：``, ``参数：``, ``清单：``, ``勾稽：``."""

    kind: Literal["facts", "parameters", "checklist", "checks"]
    items: tuple[Fact | Parameter | Tally | Check | Table, ...]
    span: Span = span_field()
    head: Span = span_field()


@attrs.frozen
class ListBlock:
    """``表 名：`` and its columns."""

    name: str
    columns: tuple[Fact, ...]
    span: Span = span_field()


@attrs.frozen
class Test:
    """``测试 名（文件）：`` and its items."""

    name: str
    path: str | None
    items: tuple[Given | GivenTable | Expected | ExpectedCheck, ...]
    span: Span = span_field()


Line = (
    Definition
    | Subject
    | Row
    | Step
    | Adjustment
    | Judge
    | Limits
    | RoundingLine
    | Override
    | Combine
    | EachRow
    | Population
    | Applies
    | Defaults
    | Measures
    | Levels
    | TextLine
    | Table
    | Block
    | ListBlock
    | Test
)


# ---- the whole


@attrs.frozen
class HeadingAttribute:
    """What a heading says in brackets."""

    kind: Literal["points", "weight", "most add", "most deduct", "bonus", "unlimited", "removed"]
    value: Expression | None = None
    span: Span = span_field()


@attrs.frozen
class Node:
    """A heading and what stands under it."""

    title: str
    level: int
    attributes: tuple[HeadingAttribute, ...]
    lines: tuple[Line, ...]
    parts: tuple[Node, ...]
    span: Span = span_field()
    title_span: Span = span_field()
    broken: bool = attrs.field(default=False, eq=False, repr=False)  # some line under it could not be read
    results_at: int | None = attrs.field(default=None, eq=False, repr=False)  # where the lines under # 结果 begin


@attrs.frozen
class Comment:
    """``// …``."""

    text: str
    span: Span = span_field()


@attrs.frozen
class Tree:
    """A parsed rubric: its root (the first level-1 heading) and its comments."""

    root: Node
    comments: tuple[Comment, ...] = attrs.field(eq=False, default=())

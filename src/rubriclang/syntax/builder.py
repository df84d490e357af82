"""From grammar rules to syntax nodes: one method a rule, called by Lark as it reduces (no recursion)."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Any

import attrs
from lark import Token

from rubriclang.source import Span
from rubriclang.syntax import nodes as n
from rubriclang.syntax.keywords import canonical


def _span(child: Any) -> Span | None:
    if isinstance(child, Token):
        assert child.start_pos is not None and child.end_pos is not None
        return Span(child.start_pos, child.end_pos)
    return getattr(child, "span", None)


def cover(children: list[Any]) -> Span:
    """The smallest span over tokens and nodes."""
    first = last = None
    for child in children:
        first = _span(child)
        if first is not None:
            break
    for child in reversed(children):
        last = _span(child)
        if last is not None:
            break
    return first.to(last) if first is not None and last is not None else Span(0, 0)


@lru_cache(maxsize=10_000)
def _number(text: str) -> Fraction:
    return Fraction(text)


def _canonical(token: Token) -> str:
    word = re.sub(r"\s+", " ", str(token))
    return canonical(token.type).get(word, canonical(token.type).get(word.lower(), word))


def _op(token: Token) -> Any:
    return str(token)


# Words that say the same as one of the five sides; 每出现 1 次 has no side.
_SIDES: dict[str, Any] = {
    "超出": "超过",
    "高于": "超过",
    "少于": "低于",
    "不足": "低于",
    "偏离": "相差",
    "多": "增加",
    "少": "减少",
    "出现": None,
    "发现": None,
    "发生": None,
    "查出": None,
    "有": None,
    "满": None,
}


_LIMITS: dict[str, n.LimitKind] = {
    "FLOOR_ZERO": "floor zero",
    "CAP_FULL": "cap full",
    "MOST_DEDUCT": "most deduct",
    "MOST_ADD": "most add",
    "AT_LEAST": "at least",
    "AT_MOST": "at most",
}


class Builder:
    """Lark's callbacks. Each takes the list of children and returns a node, or a part of one."""

    # -- arithmetic and conditions

    def quantity(self, c: list[Any]) -> n.Number:
        unit = str(c[1]) if len(c) > 1 else None
        return n.Number(_number(str(c[0])), unit, cover(c))

    def date(self, c: list[Any]) -> n.Date:
        year, month, day = (int(part) for part in re.findall(r"\d+", c[0]))
        return n.Date(year, month, day, cover(c))

    def string(self, c: list[Any]) -> n.Text:
        return n.Text(str(c[0]), cover(c))

    def full(self, c: list[Any]) -> n.Full:
        return n.Full(cover(c))

    def path(self, c: list[Any]) -> n.Name:
        return n.Name(tuple(str(t) for t in c), cover(c))

    def group(self, c: list[Any]) -> Any:
        return attrs.evolve(c[1], span=cover(c))

    def call(self, c: list[Any]) -> n.Call:
        return n.Call(c[0].text, tuple(c[2:-1]), cover(c))

    def round_call(self, c: list[Any]) -> n.Call:
        return n.Call(_canonical(c[0]), tuple(c[2:-1]), cover(c))

    def is_missing(self, c: list[Any]) -> n.IsMissing:
        return n.IsMissing(c[2], cover(c))

    def over(self, c: list[Any]) -> n.Over:
        return n.Over(c[0], c[1], cover(c))

    def where(self, c: list[Any]) -> n.Where:
        return n.Where(c[1], cover(c))

    # A rung of the ladder with one child is that child: the grammar says so ("?sum"), and no callback comes.

    def power(self, c: list[Any]) -> n.Power:
        return n.Power(c[0], c[2], cover(c))

    def unary(self, c: list[Any]) -> n.Negation:
        return n.Negation(c[1], cover(c))

    def term(self, c: list[Any]) -> n.Product:
        rest = tuple((_op(op), e) for op, e in zip(c[1::2], c[2::2], strict=True))
        return n.Product(c[0], rest, cover(c))

    def sum(self, c: list[Any]) -> n.Sum:
        rest = tuple((_op(op), e) for op, e in zip(c[1::2], c[2::2], strict=True))
        return n.Sum(c[0], rest, cover(c))

    def comparison(self, c: list[Any]) -> n.Comparison:
        return n.Comparison(_op(c[1]), c[0], c[2], cover(c))

    def negation(self, c: list[Any]) -> n.Not:
        return n.Not(c[1], cover(c))

    def conjunction(self, c: list[Any]) -> n.And:
        return n.And(tuple(c[::2]), cover(c))

    def formula(self, c: list[Any]) -> n.Or:
        return n.Or(tuple(c[::2]), cover(c))

    # -- rows and steps

    def bound(self, c: list[Any]) -> n.Bound:
        return n.Bound(_op(c[0]), c[1], cover(c))

    def end(self, c: list[Any]) -> Token:
        return c[0]  # type: ignore[no-any-return]

    def guard(self, c: list[Any]) -> tuple[str, Any]:
        return ("guard", c[1])

    @staticmethod
    def _without_guard(c: list[Any]) -> tuple[list[Any], Any]:
        if isinstance(c[-1], tuple):
            return c[:-1], c[-1][1]
        return c, None

    def compared(self, c: list[Any]) -> n.Compared:
        c, guard = self._without_guard(c)
        bounds = tuple(child for child in c if isinstance(child, n.Bound))
        return n.Compared(bounds, guard, cover([*c, guard]))

    def _ends(self, c: list[Any]) -> tuple[Any, Any, bool | None, bool | None]:
        """Low, high and what each end says of itself, from ``sum end? TO sum end?``."""
        at = next(i for i, x in enumerate(c) if isinstance(x, Token) and x.type == "TO")
        low, high = c[:at], c[at + 1 :]
        low_open = (low[1].type == "OPEN_END") if len(low) > 1 else None
        high_open = (high[1].type == "OPEN_END") if len(high) > 1 else None
        return low[0], high[0], low_open, high_open

    def ranged(self, c: list[Any]) -> n.Ranged:
        c, guard = self._without_guard(c)
        low, high, low_open, high_open = self._ends(c)
        return n.Ranged(low, high, low_open, high_open, guard, cover(c))

    def listed(self, c: list[Any]) -> n.Listed:
        c, guard = self._without_guard(c)
        return n.Listed(tuple(c), guard, cover(c))

    def when(self, c: list[Any]) -> n.When:
        return n.When(c[1], cover(c))

    def otherwise(self, c: list[Any]) -> n.Otherwise:
        return n.Otherwise(cover(c))

    def when_missing(self, c: list[Any]) -> n.OnReason:
        return n.OnReason("missing", cover(c))

    def when_zero(self, c: list[Any]) -> n.OnReason:
        return n.OnReason("zero", cover(c))

    def in_between(self, c: list[Any]) -> n.InBetween:
        return n.InBetween(cover(c))

    def judged_range(self, c: list[Any]) -> n.JudgedRange:
        low, high, low_open, high_open = self._ends(c)
        if isinstance(high, Token):
            high = None
        return n.JudgedRange(low, high, bool(low_open), bool(high_open), cover(c))

    def points_award(self, c: list[Any]) -> n.PointsAward:
        return n.PointsAward(c[0], None, cover(c))

    def moving_award(self, c: list[Any]) -> n.PointsAward:
        return n.PointsAward(c[1], _canonical(c[0]), cover(c))  # type: ignore[arg-type]

    def range_award(self, c: list[Any]) -> n.JudgedAward:
        verb = _canonical(c[0]) if len(c) > 1 else None
        return n.JudgedAward(c[-1], verb, cover(c))  # type: ignore[arg-type]

    def judged_award(self, c: list[Any]) -> n.JudgedAward:
        return n.JudgedAward(c[1] if len(c) > 1 else None, None, cover(c))

    def left_out_award(self, c: list[Any]) -> n.LeftOutAward:
        return n.LeftOutAward(cover(c))

    def no_result_award(self, c: list[Any]) -> n.NoResultAward:
        return n.NoResultAward(cover(c))

    def linear_award(self, c: list[Any]) -> n.LinearAward:
        return n.LinearAward(cover(c))

    def limit(self, c: list[Any]) -> n.Limit:
        amount = c[1] if len(c) > 1 and not isinstance(c[1], Token) else None
        return n.Limit(_LIMITS[c[0].type], amount, cover(c))

    def step_limit(self, c: list[Any]) -> n.Limit:
        return self.limit([child for child in c if not isinstance(child, Token) or child.type in _LIMITS])

    def row(self, c: list[Any]) -> n.Row:
        return n.Row(c[0], c[2], tuple(c[3:]), cover(c))

    def row_without_points(self, c: list[Any]) -> n.Row:
        span = cover(c[1:])
        return n.Row(c[0], n.PointsAward(n.Number(Fraction(0), None, span), None, span), (), cover(c))

    def step_mode(self, c: list[Any]) -> Token:
        return c[0]  # type: ignore[no-any-return]

    def step_option(self, c: list[Any]) -> Any:
        return c[0]

    def step(self, c: list[Any]) -> n.Step:
        side: n.Side | None = None
        verb: Any = None
        mode: str | None = None
        clash = False
        operands: list[Any] = []
        limits: list[n.Limit] = []
        for child in c:
            if isinstance(child, n.Limit):
                limits.append(child)
            elif not isinstance(child, Token):
                operands.append(child)
            elif child.type in ("EACH_SIDE", "SIDE"):
                word = _canonical(child).removeprefix("每")
                side = _SIDES.get(word, word)
                mode = "整档" if word == "满" else mode  # 每满 3 个: what is not full counts for nothing
            elif child.type == "VERB":
                verb = _canonical(child)
            elif child.type == "STEP_MODE":
                clash = clash or (mode not in (None, _canonical(child)))
                mode = _canonical(child)
        # A bracketed operand arrives between its bracket tokens; the operands are the two expressions.
        return n.Step(operands[0], side, verb, operands[1], mode, tuple(limits), clash, None, cover(c))

    def edged_step(self, c: list[Any]) -> Any:
        return attrs.evolve(c[1], edge=c[0], span=cover(c))

    # -- lines

    def definition_option(self, c: list[Any]) -> Any:
        return c[0]

    def only_if(self, c: list[Any]) -> tuple[str, Any]:
        return ("only if", c[1])

    def round_places(self, c: list[Any]) -> n.Rounding:
        places = min(int(c[1].partition(".")[0]), 100)
        return n.Rounding(n.Number(Fraction(1, 10**places)), _canonical(c[3]), places, cover(c))

    def round_whole(self, c: list[Any]) -> n.Rounding:
        return n.Rounding(n.Number(Fraction(1)), _canonical(c[1]), 0, cover(c))

    def round_step(self, c: list[Any]) -> n.Rounding:
        return n.Rounding(c[1], _canonical(c[2]), None, cover(c))

    def definition(self, c: list[Any]) -> n.Definition:
        rounding = next((x for x in c[3:] if isinstance(x, n.Rounding)), None)
        limits = tuple(x for x in c[3:] if isinstance(x, n.Limit))
        only_if = next((x[1] for x in c[3:] if isinstance(x, tuple)), None)
        return n.Definition(c[0], c[2], rounding, limits, only_if, cover(c))

    @staticmethod
    def _subject(target: n.Name | None, subject: Any, c: list[Any], rest: list[Any]) -> n.Subject:
        interpolate = any(isinstance(x, Token) and x.type == "INTERPOLATE" for x in rest)
        piece = next((x for x in rest if isinstance(x, n.Row | n.Step)), None)
        return n.Subject(target, subject, interpolate, piece, cover(c))

    def named_piecewise(self, c: list[Any]) -> n.Subject:
        return self._subject(c[0], c[2], c, c[3:])

    def piecewise(self, c: list[Any]) -> n.Subject:
        return self._subject(None, c[0], c, c[1:])

    def grade(self, c: list[Any]) -> n.Subject:
        name = n.Name(("等次",), cover(c[:1]))
        return self._subject(name, None, c, c[1:])

    def line(self, c: list[Any]) -> Any:
        return c[0]

    def adjustment(self, c: list[Any]) -> n.Adjustment:
        return n.Adjustment(c[1], _canonical(c[2]), c[3], tuple(c[4:]), cover(c))  # type: ignore[arg-type]

    def judge(self, c: list[Any]) -> n.Judge:
        return n.Judge(c[1] if len(c) > 1 else None, cover(c))

    def limits(self, c: list[Any]) -> n.Limits:
        return n.Limits(tuple(c), cover(c))

    def rounding_line(self, c: list[Any]) -> n.RoundingLine:
        return n.RoundingLine(c[0], cover(c))

    def becomes(self, c: list[Any]) -> n.Effect:
        return n.Effect("becomes", c[0], span=cover(c))

    def constrains(self, c: list[Any]) -> n.Effect:
        return n.Effect("constrains", c[2], c[0], _op(c[1]), span=cover(c))

    def shifts(self, c: list[Any]) -> n.Effect:
        steps = int(Fraction(str(c[1])))
        return n.Effect("shifts", steps=steps if c[0].type == "UP" else -steps, span=cover(c))

    def leaves_out(self, c: list[Any]) -> n.Effect:
        return n.Effect("left out", span=cover(c))

    def spreads(self, c: list[Any]) -> n.Effect:
        return n.Effect("spread", span=cover(c))

    def becomes_judged(self, c: list[Any]) -> n.Effect:
        return n.Effect("judged", range=c[1] if len(c) > 1 else None, span=cover(c))

    def override(self, c: list[Any]) -> n.Override:
        phases: dict[str, Any] = {"NOT_APPLICABLE": "not applicable", "ADJUST": "adjust", "VETO": "veto"}
        return n.Override(phases[c[0].type], c[1], tuple(c[3:]), cover(c))

    def combine(self, c: list[Any]) -> n.Combine:
        return n.Combine(c[1], cover(c))

    def each_full(self, c: list[Any]) -> tuple[str, Any]:
        return ("full", c[2])

    def each_row(self, c: list[Any]) -> n.EachRow:
        options = dict(c[2:])
        return n.EachRow(c[1], options.get("only if"), options.get("full"), cover(c))

    def population(self, c: list[Any]) -> n.Population:
        return n.Population(c[1], cover(c))

    def applies(self, c: list[Any]) -> n.Applies:
        return n.Applies(c[1], cover(c))

    def default(self, c: list[Any]) -> Any:
        return c[0]

    def default_missing(self, c: list[Any]) -> tuple[str, Any]:
        return ("missing", c[2])

    def defaults(self, c: list[Any]) -> n.Defaults:
        mode, rounding, missing, limits = None, None, None, []
        clash = False
        for item in c[1:]:
            if isinstance(item, n.Rounding):
                rounding = item
            elif isinstance(item, tuple):
                missing = item[1]
            elif item.type == "STEP_MODE":
                clash = clash or mode not in (None, _canonical(item))
                mode = _canonical(item)
            else:
                limits.append(self.limit([item]))
        return n.Defaults(mode, tuple(limits), rounding, missing, clash, cover(c))

    def measure(self, c: list[Any]) -> tuple[str, Any]:
        return (str(c[0]), c[2] if len(c) > 1 else None)

    def measures(self, c: list[Any]) -> n.Measures:
        return n.Measures(tuple(c[1:]), cover(c))

    def levels(self, c: list[Any]) -> n.Levels:
        labels = [str(t) for t in c[2:] if not (isinstance(t, Token) and t.type == "CMP")]
        if any(isinstance(t, Token) and t.type == "CMP" and t.startswith("<") for t in c[2:]):
            labels.reverse()
        return n.Levels(str(c[1]), tuple(labels), cover(c))

    # -- items

    def percent_type(self, c: list[Any]) -> n.FactType:
        return n.FactType("%", span=cover(c))

    def judged_type(self, c: list[Any]) -> n.FactType:
        return n.FactType("评定", span=cover(c))

    def named_type(self, c: list[Any]) -> n.FactType:
        return n.FactType(str(c[0]), str(c[2]) if len(c) > 1 else None, span=cover(c))

    def enum_type(self, c: list[Any]) -> n.FactType:
        return n.FactType(options=tuple(str(t) for t in c), span=cover(c))

    def bounded(self, c: list[Any]) -> n.FactOption:
        return n.FactOption("bound", _op(c[0]), c[1], span=cover(c))

    def within(self, c: list[Any]) -> n.FactOption:
        return n.FactOption("range", value=c[0], high=c[2], span=cover(c))

    def optional(self, c: list[Any]) -> n.FactOption:
        return n.FactOption("optional", span=cover(c))

    def default_value(self, c: list[Any]) -> n.FactOption:
        return n.FactOption("default", value=c[2], span=cover(c))

    def grid(self, c: list[Any]) -> n.FactOption:
        return n.FactOption("grid", value=c[1], span=cover(c))

    def also(self, c: list[Any]) -> n.FactOption:
        return n.FactOption("also", words=tuple(str(t) for t in c[1:]), span=cover(c))

    def flag(self, c: list[Any]) -> n.FactOption:
        return n.FactOption("flag", words=(str(c[0]),), span=cover(c))

    def fact_option(self, c: list[Any]) -> Any:
        return c[0]

    def fact(self, c: list[Any]) -> n.Fact:
        options = []
        for option in c[2:]:
            if isinstance(option, n.Rounding):
                option = n.FactOption("rounding", rounding=option, span=option.span)
            elif isinstance(option, tuple):
                option = n.FactOption("only if", value=option[1], span=option[1].span)
            options.append(option)
        return n.Fact(c[0], c[1], tuple(options), cover(c))

    def parameter(self, c: list[Any]) -> n.Parameter:
        return n.Parameter(c[0], c[2], cover(c))

    def tolerance(self, c: list[Any]) -> tuple[str, Any]:
        return ("tolerance", c[1])

    def check(self, c: list[Any]) -> n.Check:
        options: dict[str, Any] = dict(x for x in c if isinstance(x, tuple))
        body = [x for x in c if not isinstance(x, tuple)]
        condition = body[-1]
        name = body[0].text if len(body) > 1 else ""
        if not name and isinstance(condition, n.Comparison) and isinstance(condition.right, n.Name):
            name = condition.right.text
        return n.Check(name, condition, options.get("tolerance"), options.get("only if"), cover(c))

    def expected(self, c: list[Any]) -> n.Expected:
        return n.Expected(c[0], span=cover(c))

    def expected_reason(self, c: list[Any]) -> n.Expected:
        words = {"MISSING": "缺失", "LEFT_OUT": "不计", "NO_RESULT": "无定义"}
        reason = n.Name((words[c[2].type],), cover(c[2:]))
        return n.Expected(n.Comparison("=", c[0], reason, cover(c)), span=cover(c))

    def given(self, c: list[Any]) -> tuple[n.Given, ...]:
        triples = [c[at : at + 3] for at in range(1, len(c), 3)]
        return tuple(n.Given(part[0], part[2], False, cover(part)) for part in triples)

    def given_table(self, c: list[Any]) -> n.GivenTable:
        return n.GivenTable(c[1], span=cover(c))

    def assessed(self, c: list[Any]) -> n.Given:
        return n.Given(c[1], c[3], True, cover(c))

    def expected_check(self, c: list[Any]) -> n.ExpectedCheck:
        return n.ExpectedCheck(c[1], c[3], cover(c))

    def tally(self, c: list[Any]) -> tuple[Any, tuple[n.Limit, ...]]:
        return c[0], tuple(c[1:])

    def tally_if(self, c: list[Any]) -> tuple[Any, tuple[n.Limit, ...]]:
        return c[1], tuple(c[2:])

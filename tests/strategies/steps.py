"""Step rules, 每超过 … 扣 …: their text, and how many points a value gains or loses by them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from hypothesis import strategies as st

from tests.strategies.bands import MONEY_IN_WAN, MONEY_IN_YUAN, NUMBER, RATE, Measure
from tests.strategies.numbers import decimal_text, decimals

Mode = Literal["整档", "进档", "按比例"]
Side = Literal["over", "under", "off"]

MODES: tuple[Mode, ...] = ("整档", "进档", "按比例")
_ENGLISH = {"整档": "whole steps", "进档": "begun steps", "按比例": "pro rata"}
_SIDES: dict[Side, tuple[str, ...]] = {
    "over": ("每超过", "每增加", "each over "),
    "under": ("每低于", "每减少", "each under "),
    "off": ("每相差", "each off "),
}


def steps_in(distance: Fraction, width: Fraction, mode: Mode) -> Fraction:
    """How many steps a distance of at least 0 counts as."""
    assert distance >= 0
    match mode:
        case "整档":
            return Fraction(floor(distance / width))
        case "进档":
            return Fraction(ceil(distance / width))
        case "按比例":
            return distance / width


@dataclass(frozen=True)
class StepRule:
    """``每超过 width 扣 amount 分``; ``most`` is the 最多扣 or 最多加 of the line."""

    measure: Measure
    side: Side
    width: Fraction
    amount: Fraction
    mode: Mode
    most: Fraction | None
    text: str

    def distance(self, value: Fraction, edge: Fraction) -> Fraction:
        """How far a value lies past the edge; 0 where it does not."""
        past = {"over": value - edge, "under": edge - value, "off": abs(value - edge)}[self.side]
        return past if past > 0 else Fraction(0)

    def moved(self, value: Fraction, edge: Fraction) -> Fraction:
        """The points that the rule takes off or adds for a value."""
        points = self.amount * steps_in(self.distance(value, edge), self.width, self.mode)
        return points if self.most is None or points < self.most else self.most


@dataclass(frozen=True)
class SteppedIndicator:
    """One row at an edge, and a step rule past it, within limits."""

    rule: StepRule
    edge: Fraction
    base: Fraction
    full: Fraction
    adds: bool
    defaults: str
    lines: tuple[str, ...]
    floor: bool
    cap: bool

    def rubric(self, fact: str) -> str:
        """The whole rubric about one fact, written as given."""
        full = decimal_text(self.full)
        return (
            f"# 标准（{full}分）\n{self.defaults}数据：\n- {fact}：{self.rule.measure.declared}\n"
            f"## 指标（{full}分）\n{fact}：\n" + "\n".join(self.lines) + "\n"
        )

    def points(self, value: Fraction) -> Fraction:
        """The score of a value."""
        moved = self.rule.moved(value, self.edge)
        score = self.base + moved if self.adds else self.base - moved
        if self.floor and score < 0:
            score = Fraction(0)
        if self.cap and score > self.full:
            score = self.full
        return score

    def values(self, beside: Fraction) -> list[Fraction]:
        """The edge, the ends of the first steps, values between them, and all of these a little to either side."""
        rule = self.rule
        signs = {"over": [1], "under": [-1], "off": [1, -1]}[rule.side]
        places = [Fraction(n, 2) for n in range(8)] + [Fraction(n) for n in (10, 17, 100)]
        at = [self.edge + sign * place * rule.width for sign in signs for place in places]
        at += [self.edge - signs[0] * rule.width]
        return [value + offset for value in at for offset in (-beside * rule.width, Fraction(0), beside * rule.width)]


@st.composite
def step_rules(
    draw: st.DrawFn, verb: str, most: Fraction | None, side: Side, measure: Measure, states_mode: bool, mode: Mode
) -> StepRule:
    """A step rule in one of its spellings; ``states_mode`` says whether the line names the part-step rule."""
    width = draw(decimals(1, 40, 1), label="width") / draw(st.sampled_from([1, 4, 5])) * measure.factor
    amount = draw(decimals(0, 5, 2), label="amount") + Fraction(1, 4)
    suffixes = ["%", " 个百分点", "百分点", "％"] if measure is RATE else [measure.suffix]
    size = decimal_text(width / measure.factor) + draw(st.sampled_from(suffixes))
    words = draw(st.sampled_from(_SIDES[side]))
    each = decimal_text(amount)
    if words.startswith("each"):
        act = {"扣": "deducts", "加": "adds"}[verb]
        text = f"{words}{size} {act} {each} points"
    else:
        blank = draw(st.sampled_from([" ", ""])) if size[-1] in "%％0123456789" else " "
        text = (
            f"{words}{draw(st.sampled_from([' ', '']))}{size}{blank}{verb}{draw(st.sampled_from([' ', '']))}{each} 分"
        )
    if states_mode:
        name = draw(st.sampled_from([mode, _ENGLISH[mode]]))
        text += draw(st.sampled_from([f"（{name}）", f"，{name}", f"({name})"]))
    if most is not None:
        text += f"，{'最多扣' if verb == '扣' else '最多加'} {decimal_text(most)} 分"
    return StepRule(measure, side, width, amount, mode, most, text)


@st.composite
def stepped_indicators(draw: st.DrawFn, sides: tuple[Side, ...] = ("over", "under", "off")) -> SteppedIndicator:
    """Indicators with one row and one step rule, of every kind of limit; each has a meaning the checker accepts."""
    side = draw(st.sampled_from(sides))
    measure = draw(st.sampled_from([RATE, NUMBER, MONEY_IN_YUAN, MONEY_IN_WAN]))
    mode = draw(st.sampled_from(MODES))
    edge = draw(decimals(0, 150, 2), label="edge") * measure.factor
    base = draw(decimals(1, 10, 1), label="base")
    adds = draw(st.booleans())
    room = draw(decimals(1, 5, 1), label="room")
    in_defaults = draw(st.booleans())
    # 扣: down to 0, or by so much at most. 加: up to full marks, or by so much at most.
    limit = draw(st.sampled_from(["line most", "own most", "line end", "own end", "default end"]))
    verb = "加" if adds else "扣"
    most = room if adds else min(room, base)
    rule = draw(step_rules(verb, most if limit == "line most" else None, side, measure, not in_defaults, mode))
    full = base + room if adds else base
    end = "满分为止" if adds else "扣完为止"
    text = rule.text + (f"，{end}" if limit == "line end" else "")
    pattern = {
        "over": draw(st.sampled_from(["≤ ", "< "])),
        "under": draw(st.sampled_from(["≥ ", "> "])),
        "off": "= ",
    }[side]
    award = draw(st.sampled_from([decimal_text(base), "满分"])) if full == base else decimal_text(base)
    lines = [f"{pattern}{measure.edge_text(edge)} -> {award}", text]
    if limit == "own end":
        lines.append(end)
    elif limit == "own most" and adds:
        # 最多加 as a line of its own counts from full marks; 最高 says where the score ends.
        lines.append(f"最高 {decimal_text(full)} 分")
    elif limit == "own most":
        lines.append(f"最多扣 {decimal_text(most)} 分")
    said = [mode] * in_defaults + [end] * (limit == "default end")
    defaults = f"默认：{'，'.join(said)}\n" if said else ""
    floor_at_zero = not adds and limit in ("line end", "own end", "default end")
    if limit == "own most" and not adds:  # a limit of the whole indicator: no lower than full marks less so much
        rule = StepRule(rule.measure, side, rule.width, rule.amount, mode, most, rule.text)
    return SteppedIndicator(rule, edge, base, full, adds, defaults, tuple(lines), floor_at_zero, adds)

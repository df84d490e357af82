"""Edges, turns and targets in words, Chinese and English."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import fixed_text, number_text
from rubriclang.ir.reals import Real
from rubriclang.ir.types import Number
from rubriclang.ir.values import Reason, Value
from rubriclang.whatif.edges import Edge
from rubriclang.whatif.target import Answer, Reach

Lang = Literal["zh", "en"]
_REASONS = {"missing": "缺数据", "left out": "不计", "undefined": "算不出来", "pending": "等待评定"}
_BEARABLE = 12  # characters of a number in a sentence


def quantity(fact: ir.Fact, value: Value | None, lang: Lang, exact: bool = True) -> str:
    """A value of a fact with its unit; one without a short decimal is given about, and ``exact`` behind."""
    match value:
        case bool():
            return truth(value, lang)
        case Fraction():
            percent = isinstance(fact.type, Number) and fact.type.style == "percent"
            unit = fact.type.unit.name if isinstance(fact.type, Number) and fact.type.unit.dimensions else ""
            shown = value * 100 if percent else value
            mark = "%" if percent else unit if lang == "zh" or not unit else f" {unit}"
            text = number_text(shown)
            if _short(text):
                return text + mark
            about = fixed_text(shown, 4).rstrip("0").rstrip(".")
            if lang == "zh":
                return f"约 {about}{mark}" + (f"（即 {text}）" if exact else "")
            return f"about {about}{mark}" + (f" (exactly {text})" if exact else "")
        case None | Reason():
            return "没有" if lang == "zh" else "none"
        case _:
            return str(value)


def _short(text: str) -> bool:
    return "/" not in text and len(text) <= _BEARABLE


def _exactly(fact: ir.Fact, value: Value, lang: Lang) -> list[str]:
    """The exact number behind one that is given about."""
    if not isinstance(value, Fraction) or quantity(fact, value, lang, False) == quantity(fact, value, lang):
        return []
    scale = 100 if isinstance(fact.type, Number) and fact.type.style == "percent" else 1
    return [f"{'即' if lang == 'zh' else 'exactly'} {number_text(value * scale)}"]


def points(value: Value | None, lang: Lang) -> str:
    """A result: points, a label, or why there is none."""
    match value:
        case bool():
            return truth(value, lang)
        case Fraction():
            text = number_text(value)
            if "/" in text or len(text) > _BEARABLE:
                text = ("约 " if lang == "zh" else "about ") + fixed_text(value, 4).rstrip("0").rstrip(".")
            return f"{text} 分" if lang == "zh" else f"{text} points"
        case Real():
            return value.shown(4)
        case Reason():
            names = [cause.name for cause in value.causes if cause.kind == "fact missing"]
            if names:
                return f"要另填{'、'.join(names)}" if lang == "zh" else f"more to fill in: {', '.join(names)}"
            return f"没有得分（{_REASONS[value.kind]}）" if lang == "zh" else f"no score ({value.kind})"
        case _:
            return str(value)


def truth(value: bool, lang: Lang) -> str:
    """A truth value as people write it."""
    return ("是" if value else "否") if lang == "zh" else ("yes" if value else "no")


def outcome(edge: Edge, lang: Lang) -> str:
    """What becomes of the result."""
    after = points(edge.after, lang)
    if isinstance(edge.after, Reason):
        return after
    if isinstance(edge.after, Fraction) and isinstance(edge.before, Fraction):
        up = edge.after > edge.before
        return (f"升到 {after}" if up else f"降到 {after}") if lang == "zh" else f"{'up' if up else 'down'} to {after}"
    return f"变为 {after}" if lang == "zh" else f"becomes {after}"


def sentence(edge: Edge, lang: Lang) -> str:
    """One edge in a sentence."""
    name, now = edge.fact.name, quantity(edge.fact, edge.now, lang)
    place, example = quantity(edge.fact, edge.place, lang), quantity(edge.fact, edge.example, lang)
    if edge.how == "tried":
        return (
            f"{name} 由{now}改为{place}：{outcome(edge, lang)}"
            if lang == "zh"
            else (f"{name} from {now} to {place}: {outcome(edge, lang)}")
        )
    up = edge.side > 0
    if edge.sliding:
        trial = ("，逐点试算" if lang == "zh" else ", by trial scores") if edge.how == "searched" else ""
        way = ("增加" if up else "减少") if lang == "zh" else ("grows" if up else "shrinks")
        return (
            f"{name} {now}：{way}时得分跟着变，到 {example} 时{outcome(edge, lang)}{trial}"
            if lang == "zh"
            else f"{name} {now}: as it {way} the score moves with it, at {example} {outcome(edge, lang)}{trial}"
        )
    if edge.how == "searched":
        note = "逐点试算，没有公式可解，可能还有更近的" if lang == "zh" else "by trial scores; nearer ones may exist"
        return (
            f"{name} {now}：在 {place} 和 {example} 之间{outcome(edge, lang)}（{note}）"
            if lang == "zh"
            else f"{name} {now}: between {place} and {example} {outcome(edge, lang)} ({note})"
        )
    place, distance = quantity(edge.fact, edge.place, lang, False), quantity(edge.fact, edge.distance, lang, False)
    more = _exactly(edge.fact, edge.place, lang)
    if lang == "en":
        more.append(f"{'+' if up else '-'}{distance}" if edge.distance else "the least change")
        more += [] if edge.reached else [f"e.g. {example}"]
        reach = "at" if edge.reached else "above" if up else "below"
        return f"{name} {now}: {reach} {place} ({', '.join(more)}) {outcome(edge, lang)}"
    beyond = "" if edge.reached else "以上"
    more.append(
        f"{'再增加' if up else '减少'}{_spaced(distance)}{beyond}" if edge.distance else f"再{'多' if up else '少'}一点"
    )
    more += [] if edge.reached else [f"如 {example}"]
    verb = ("达到" if up else "降到") if edge.reached else ("超过" if up else "低于")
    return f"{name} {now}：{verb}{_spaced(place)}（{'，'.join(more)}）就{outcome(edge, lang)}"


def _spaced(text: str) -> str:
    return text if text.startswith("约") else f" {text}"


def span(fact: ir.Fact, reach: Reach, lang: Lang) -> str:
    """A range of a fact in words."""
    low, high = quantity(fact, reach.low, lang), quantity(fact, reach.high, lang)
    zh = lang == "zh"
    if reach.low is None and reach.high is None:
        return "任何数" if zh else "any number"
    if reach.low == reach.high:
        return f"正好 {low}" if zh else f"exactly {low}"
    parts = []
    if reach.low is not None:
        parts.append(f"{_bound(reach.low_open, zh, '大于', '不小于', 'more than', 'at least')} {low}")
    if reach.high is not None:
        parts.append(f"{_bound(reach.high_open, zh, '小于', '不大于', 'less than', 'at most')} {high}")
    return ("、" if zh else " and ").join(parts)


def _bound(opened: bool, zh: bool, *words: str) -> str:
    return words[(0 if opened else 1) + (0 if zh else 2)]


def solution(answer: Answer, title: str, wanted: Value, lang: Lang) -> list[str]:
    """A target in sentences."""
    zh, fact = lang == "zh", answer.fact
    goal = f"{title} = {points(wanted, lang)}"
    now = quantity(fact, answer.now, lang)
    if answer.options:
        options = ("、" if zh else ", ").join(quantity(fact, option, lang) for option in answer.options)
        return [
            f"{goal}：{fact.name} 填 {options}（现在是{now}）" if zh else f"{goal}: {fact.name} {options} (now {now})"
        ]
    lines = []
    for reach in answer.ranges:
        mark = isinstance(answer.now, Fraction) and answer.now in reach
        tail = ("（现在就是）" if zh else " (as it stands)") if mark else ""
        lines.append(f"{goal}{'：' if zh else ': '}{fact.name} {span(fact, reach, lang)}{tail}")
    near = answer.nearest
    if near is not None and not answer.met and isinstance(answer.now, Fraction):
        apart = quantity(fact, abs(near.example - answer.now), lang, False)
        up = near.example > answer.now
        told = quantity(fact, near.example, lang)
        lines.append(
            f"  最近的：{told}，比现在{'多' if up else '少'} {apart}"
            if zh
            else f"  the nearest: {told}, {apart} {'more' if up else 'less'} than now"
        )
    if not lines:
        lines.append(f"{goal}：只改 {fact.name} 做不到" if zh else f"{goal}: not by changing {fact.name} alone")
        if not answer.whole:
            lines = [
                f"{goal}：没有找到；{fact.name} 有一段没有公式可解"
                if zh
                else f"{goal}: none found; part is not solvable"
            ]
    elif not answer.whole:
        lines.append(
            "  还有一段没有公式可解，没有看" if zh else "  part of the range could not be solved and was not looked at"
        )
    return lines

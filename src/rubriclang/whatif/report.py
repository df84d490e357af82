"""All that a question about changes is answered with: for people, line by line, and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

import attrs

from rubriclang.backends.outcome import json_value
from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.ir.values import Reason
from rubriclang.whatif.edges import Edge, all_edges
from rubriclang.whatif.grades import Turn, better, turns
from rubriclang.whatif.naming import Wish
from rubriclang.whatif.situation import Situation
from rubriclang.whatif.target import Answer, solve
from rubriclang.whatif.wording import Lang, outcome, points, sentence, solution


@attrs.frozen
class Distances:
    """The edges of some indicators, and the changes that alter the grade, the smallest first."""

    situation: Situation
    nodes: tuple[ir.Node, ...]
    edges: dict[str, tuple[Edge, ...]]
    turns: tuple[Turn, ...]


def distances(situation: Situation, nodes: Iterable[ir.Node], grade: bool) -> Distances:
    """Looks along every fact."""
    wanted = tuple(nodes)
    found = all_edges(situation, [node.points for node in wanted])
    return Distances(situation, wanted, dict(found), turns(situation) if grade else ())


def lines(found: Distances, lang: Lang) -> Iterator[str]:
    """The distances in words; an indicator that no fact moves is not named."""
    for node in found.nodes:
        edges = found.edges.get(node.points)
        if not edges:
            continue
        most = f" / {number_text(node.max)}" if isinstance(node.max, Fraction) else ""
        now = points(found.situation.base.values[node.points], lang)
        yield f"{node.name}{'：' if lang == 'zh' else ': '}{now}{most}"
        yield from (f"  {sentence(edge, lang)}" for edge in edges)
        yield ""
    yield from _grade_lines(found, lang)


def _grade_lines(found: Distances, lang: Lang) -> Iterator[str]:
    grade = found.situation.program.grade
    if grade is None or not found.turns:
        return
    now = points(found.situation.base.values[grade], lang)
    zh = lang == "zh"
    yield (
        f"等次现为 {now}。只改一项数据就改变等次，改动最小的："
        if zh
        else f"Grade {now}. The smallest single changes that alter it:"
    )
    told: set[str] = set()
    for turn in found.turns:
        way = better(found.situation, turn)
        key = f"{way} {turn.edge.fact.name}"
        if key in told:
            continue
        told.add(key)
        share = "" if turn.share is None else f"{number_text(_percent(turn.share))}%"
        tail = (f"，改动 {share}" if zh else f", a change of {share}") if share else ""
        yield f"  {sentence(turn.edge, lang)}{tail}"


def _percent(share: Fraction) -> Fraction:
    return Fraction(round(share * 10_000), 100)


def to_dict(found: Distances, lang: Lang) -> dict[str, Any]:
    """The JSON object of ``rubric whatif``."""
    base, grade = found.situation.base.values, found.situation.program.grade
    return {
        "rubric": found.situation.program.title,
        "unit": found.situation.given.unit,
        "indicators": [
            {
                "name": node.name,
                "path": list(node.path),
                "points": json_value(base[node.points]),
                "edges": [_edge(edge, lang) for edge in found.edges.get(node.points, ())],
            }
            for node in found.nodes
        ],
        "grade": None
        if grade is None
        else {
            "now": json_value(base[grade]),
            "changes": [
                {**_edge(turn.edge, lang), "share": json_value(turn.share), "better": better(found.situation, turn)}
                for turn in found.turns
            ],
        },
    }


def _edge(edge: Edge, lang: Lang) -> dict[str, Any]:
    return {
        "fact": edge.fact.name,
        "direction": {1: "up", -1: "down", 0: None}[edge.side],
        "now": json_value(edge.now),
        "edge": json_value(edge.place),
        "closed": edge.reached,
        "distance": json_value(edge.distance),
        "before": json_value(edge.before),
        "after": json_value(edge.after),
        "reason": edge.after.kind if isinstance(edge.after, Reason) else None,
        "example": json_value(edge.example),
        "how": edge.how,
        "sliding": edge.sliding,
        "message": sentence(edge, lang),
        "outcome": outcome(edge, lang),
    }


@attrs.frozen
class Solved:
    """A wish with the values of each fact that fulfil it."""

    wish: Wish
    answers: tuple[Answer, ...]


def solved(situation: Situation, wish: Wish, facts: Iterable[ir.Fact]) -> Solved:
    """Looks along some facts for a wish."""
    return Solved(wish, tuple(solve(situation, wish.definition, wish.value, fact.name) for fact in facts))


def solved_lines(found: Solved, lang: Lang) -> Iterator[str]:
    """The solutions in words."""
    for answer in found.answers:
        yield from solution(answer, found.wish.title, found.wish.value, lang)


def solved_dict(found: Solved, lang: Lang) -> dict[str, Any]:
    """The JSON object of ``rubric whatif --target``."""
    return {
        "target": found.wish.title,
        "value": json_value(found.wish.value),
        "answers": [
            {
                "fact": answer.fact.name,
                "now": json_value(answer.now),
                "met": answer.met,
                "complete": answer.whole,
                "options": [json_value(option) for option in answer.options],
                "ranges": [
                    {
                        "low": json_value(reach.low),
                        "high": json_value(reach.high),
                        "low_open": reach.low_open,
                        "high_open": reach.high_open,
                        "example": json_value(reach.example),
                    }
                    for reach in answer.ranges
                ],
                "messages": solution(answer, found.wish.title, found.wish.value, lang),
            }
            for answer in found.answers
        ],
    }

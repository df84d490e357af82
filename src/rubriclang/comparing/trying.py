"""Plain facts to score under two rubrics where nothing could be proved: round numbers, one moved at a time."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from rubriclang.ir import nodes as ir
from rubriclang.ir.notation import number_text
from rubriclang.ir.types import Labels, Number, Truth
from rubriclang.prover.witness import Witness, text_of

_MOST = 200  # hundredths of the round number that a fact is moved through
_ROUND = 100


def candidates(facts: list[ir.Fact], judged: dict[str, list[ir.Judge]]) -> Iterator[Witness]:
    """Fact sets to try, in a fixed order."""
    points = {item: number_text(_end(both[0], False)) for item, both in judged.items()}
    base = {fact.name: text for fact in facts if (text := _typed(fact, _ROUND)) is not None}
    for item, both in judged.items():
        for judge in both:
            for high in (True, False):
                yield Witness(base, {**points, item: number_text(_end(judge, high))})
    choices: list[dict[str, str]] = [base]
    for fact in facts:
        if isinstance(fact.type, Labels | Truth):
            options: tuple[Any, ...] = fact.type.options if isinstance(fact.type, Labels) else (True, False)
            choices += [{**base, fact.name: text_of(fact, None, (option,))} for option in options]
    for chosen in choices:
        yield Witness(chosen, points)
        for fact in facts:
            if isinstance(fact.type, Number):
                for share in range(_MOST + 1):
                    text = _typed(fact, share)
                    if text is not None:
                        yield Witness({**chosen, fact.name: text}, points)


def _typed(fact: ir.Fact, share: int) -> str | None:
    match fact.type:
        case Number(style="percent"):
            return text_of(fact, Fraction(share, 100), None)
        case Number():
            return text_of(fact, Fraction(share), None)
        case Labels() | Truth():
            options: tuple[Any, ...] = fact.type.options if isinstance(fact.type, Labels) else (True,)
            return text_of(fact, None, options)
        case _:
            return None


def _end(judge: ir.Judge, high: bool) -> Fraction:
    expr = judge.high if high and judge.high is not None else judge.low
    return expr.value if isinstance(expr, ir.Const) and isinstance(expr.value, Fraction) else Fraction(0)

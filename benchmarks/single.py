"""One unit at a time: the county rubric of 2019 by hand in Python, interpreted, and compiled; checked, then timed.

Every way scores the same units, rich in exact band edges, and must give the interpreter's points before it is timed.
All are timed in turn in one process; compare ratios, not microseconds, across machines.

    python benchmarks/single.py [--units 200] [--runs 7]
"""

from __future__ import annotations

import argparse
import platform
import random
import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Any

import rubriclang
from county_2019_by_hand import LABELS, score
from rubriclang.backends.compiled.program import compile_program
from rubriclang.backends.evaluation import Evaluation
from rubriclang.backends.integers.inputs import Scaled
from rubriclang.backends.interpreter import evaluate
from rubriclang.facts.binding import schema_of
from rubriclang.ir.types import Number

RUBRIC = Path(__file__).parent.parent / "rubrics" / "2019_county_overall.rubric"
Unit = tuple[dict[str, Any], dict[str, Any]]


def scales(rubric: rubriclang.Rubric) -> dict[str, int]:
    """How many parts of one a fact is counted in."""
    found = {}
    for fact in rubric.program.facts:
        if isinstance(fact.type, Number):
            found[fact.name] = 1 if fact.whole else 100 if fact.type.unit.name == "平方米" else 10_000
    return found


def units(rubric: rubriclang.Rubric, count: int) -> list[Unit]:
    """Typed facts and judged points of units whose ratios lie at the edges of bands, or one part beside them."""
    draw = random.Random(6)
    judges = schema_of(rubric.program).judged
    found = []
    for _ in range(count):
        facts: dict[str, Any] = {}
        for name, scale in scales(rubric).items():
            facts[name] = draw.choice((0, 1, 100, 1000)) * scale + draw.choice((0, 0, 1))
        for over, under in _PAIRS:
            scale = scales(rubric)[under]
            base = draw.choice((20, 100, 360, 1000)) * scale
            share = draw.choice((0, 4, 5, 10, 20, 30, 31, 95, 99, 100, 101, 105, 110, 120))
            facts[under] = base
            facts[over] = base * share // 100 + (draw.choice((-1, 0, 0, 1)) if scale > 1 and share else 0)
        facts["编外人员"] = 0
        facts["满意率"] = draw.choice((0, 5999, 6000, 7000, 7999, 8000, 9000, 10_000, None))
        typed: dict[str, Any] = {n: None if v is None else Fraction(v, scales(rubric)[n]) for n, v in facts.items()}
        typed["新建楼堂馆所"] = draw.random() < 0.5
        if not typed["新建楼堂馆所"]:
            for name in ("实际建设面积", "批准建设面积", "实际投资", "批准概算"):
                typed.pop(name, None)
        typed["考核等次"] = draw.choice(list(LABELS))
        judged = {}
        for item, judge in judges.items():
            amounts = [amount for _, amount in judge.choices] or [Fraction(draw.randint(0, 10), 2)]
            judged[item] = sum((a for a in amounts if draw.random() < 0.7 and isinstance(a, Fraction)), Fraction(0))
        found.append(({n: v for n, v in typed.items() if v is not None}, judged))
    return found


_PAIRS = (
    ("在职人员", "核定编制"),
    ("本年“三公经费”预算", "上年“三公经费”预算"),
    ("本年追加", "年初预算"),
    ("实际建设面积", "批准建设面积"),
    ("实际投资", "批准概算"),
    ("公用经费支出", "公用经费预算"),
    ("政府采购金额", "政府采购预算"),
)


def scaled(unit: Unit, of: dict[str, int], points: int) -> Unit:
    """A unit in whole numbers."""
    facts = {n: int(v * of[n]) if isinstance(v, Fraction) else v for n, v in unit[0].items()}
    return facts, {item: int(value * points) for item, value in unit[1].items()}


def seconds(work: Callable[..., Any], given: Sequence[Unit]) -> float:
    """How long one unit takes."""
    started = time.perf_counter()
    for facts, judged in given:
        work(facts, judged)
    return (time.perf_counter() - started) / len(given)


def main() -> int:
    """Prints a table and ends with 1 where a way is wrong or a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--units", type=int, default=500)
    parser.add_argument("--runs", type=int, default=7)
    asked = parser.parse_args()
    rubric = rubriclang.load(RUBRIC)
    started = time.perf_counter()
    compiled = compile_program(rubric.program, rubric.source)
    took = time.perf_counter() - started
    of = scales(rubric)
    judges = schema_of(rubric.program).judged
    form = Scaled(of, dict.fromkeys(judges, 10))
    whole = compile_program(rubric.program, rubric.source, form)
    exact = units(rubric, asked.units)
    tenths = [scaled(unit, of, 10) for unit in exact]

    wrong: dict[str, int] = {"by hand": 0, "compiled": 0, "compiled, scaled": 0, "compiled, trace": 0}
    taken_over = 0
    leaves = [node for node in rubric.program.root.leaves() if node.path]
    for unit, ints in zip(exact, tenths, strict=True):
        given: Any
        run = evaluate(rubric.program, *unit)
        want = [run.values[node.points] for node in leaves]
        total, grade = run.values[rubric.program.root.points], run.values["等次"]
        by_hand = score(*ints)
        wrong["by hand"] += [Fraction(p, 10) for p in by_hand[0]] != want or by_hand[2] != grade
        for name, made, given in (("compiled", compiled, unit), ("compiled, scaled", whole, ints)):
            got = made.points(*given)
            taken_over += got.by != "compiled"
            same = got.total == total and got.grade == grade
            wrong[name] += not same or [got["/".join(node.path)] for node in leaves] != want
        traced = compiled.evaluation(*unit)
        wrong["compiled, trace"] += traced is None or not same_run(traced, run)
    ways: dict[str, tuple[Callable[..., Any], Sequence[Unit]]] = {
        "by hand": (score, tenths),
        "compiled, scaled": (whole.points, tenths),
        "compiled": (compiled.points, exact),
        "compiled, trace": (compiled.evaluation, exact),
        "interpreter": (lambda facts, judged: evaluate(rubric.program, facts, judged), exact[:20]),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(asked.runs):
        for name, (work, sample) in ways.items():
            times[name].append(seconds(work, sample))
    print(f"Python {platform.python_version()}, {platform.system()}; {asked.units} units, median of {asked.runs}")
    print(f"compiled in {took * 1000:.0f} ms; {taken_over} units of {2 * asked.units} taken over by the interpreter")
    print(f"{'way':20} {'µs a unit':>10} {'by hand = 1':>12} {'wrong units':>12}")
    ratios = {}
    for name, found in times.items():
        ratios[name] = median(one / other for one, other in zip(found, times["by hand"], strict=True))
        print(f"{name:20} {median(found) * 1e6:10.1f} {ratios[name]:12.2f} {wrong.get(name, 0):12}")
    met = not any(wrong.values()) and ratios["compiled, scaled"] <= 1.5 and ratios["compiled, trace"] <= 10
    return 0 if met else 1


def same_run(one: Evaluation, other: Evaluation) -> bool:
    """Whether two evaluations have the same values and rows; of reasons the kind."""
    kinds = [
        {name: getattr(value, "kind", value) for name, value in (run.facts | run.values).items()}
        for run in (one, other)
    ]
    fired = {name: tags for name, tags in other.fired.items() if tags}
    return kinds[0] == kinds[1] and one.fired == fired and one.judgements == other.judgements


if __name__ == "__main__":
    raise SystemExit(main())

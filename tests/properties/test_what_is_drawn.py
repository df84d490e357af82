"""The generator itself: every construct comes up, and what it writes is seldom refused."""

from __future__ import annotations

import os
from collections import Counter

from hypothesis import HealthCheck, Phase, given, settings

import rubriclang
from rubriclang import RubricError
from tests.strategies.whole.pieces import Whole
from tests.strategies.whole.rubrics import whole_rubrics

_NIGHTLY = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
_DRAWS, _LEAST = (4000, 20) if _NIGHTLY else (700, 1)
_CONSTRUCTS = """
adjust
aggregate ‹中位数›
aggregate ‹合计›
aggregate ‹平均›
aggregate ‹最大›
aggregate ‹最小›
alias
applies
asks for missing
band
begun steps
bonus
both
cases
checklist
checklist by facts
checks
combine: average
combine: best
combine: bonus
combine: formula
combine: highest
combine: lowest
combine: one of
combine: renormalise
combine: spread
combine: sum
combine: weight
comparator
conditions
dates
default fact
default rounding
events
first of units
from full
from nothing
full by formula
functions
grade
grade: cap
grade: down
grade: set total
grade: veto
grid
guarded row
interpolate between
interpolation
judge
judge by band
judge in a range
judged row
label
levels
limit
line beyond
list of names
lookup
mean of peers
mean of units
missing row
named bands
not applicable: fixed
not applicable: full
not applicable: judged
not applicable: left out
not applicable: spread
only-if fact
optional fact
own unit
parameter table
parameters
parts
population
pro rata
proportion
quota
range row
rank
ratio
reals
renormalise at the root
rounded fact
rounding
row by row
row formula
section rounding
step
step more or fewer
step off
step two rates
table
table of rows
ties by value
ties 同名次
ties 平均
ties 末名次
ties 连续
trimmed benchmark
two tables
units
veto
whole steps
whole-number bands
zero denominator
其中
去最低
去最高
取前
就高
权
""".strip().split("\n")


def test_every_construct_is_drawn() -> None:
    drawn: Counter[str] = Counter()
    refused: Counter[bool] = Counter()

    @settings(
        max_examples=_DRAWS,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        derandomize=not _NIGHTLY,
        suppress_health_check=list(HealthCheck),
    )
    @given(whole=whole_rubrics())
    def collect(whole: Whole) -> None:
        drawn.update(whole.constructs)
        if refused.total() < 150:
            try:
                rubriclang.loads(whole.text())
            except RubricError:
                refused[True] += 1
            else:
                refused[False] += 1

    collect()
    for construct, times in sorted(drawn.items(), key=lambda item: item[1]):
        print(f"{times:6} {construct}")
    print(f"{refused[True]} of {refused.total()} refused")
    assert sorted(drawn) == _CONSTRUCTS
    assert min(drawn.values()) >= _LEAST
    assert refused[True] <= 0.03 * refused.total()

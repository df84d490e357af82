"""Pairs of a rubric and a fact set for which all backends must say the same; what they hold is counted.

Rubrics are drawn by seed: half of them are one indicator of one family each, half are whole rubrics. Their facts come
from a plain random generator, so that hundreds of them cost little.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase, strategies as st
from scripts.random_facts import facts_of

import rubriclang
from rubriclang.backends.columnar.plan import sayable
from rubriclang.facts.binding import FactSet
from rubriclang.facts.document import Document, Fields, from_python
from tests.agreement.comparing import columns_agree, compiled_agrees
from tests.agreement.constructs import constructs
from tests.strategies.whole.banded import label_only
from tests.strategies.whole.pieces import Declared, Whole
from tests.strategies.whole.rubrics import FAMILIES, single_rubrics, whole_rubrics

_WITH_POINTS = [family for family in dict.fromkeys(FAMILIES) if family is not label_only]
_WRONG = ("-1", "是", "99999999", "1/0", "甲", "2020-13-01", "5%")
_HUGE = ("9" * 17, "1" + "0" * 18, "9" * 40, "123456789012345678.123456789", "0.000000001", "-" + "8" * 18, "1/3")
_QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

Row = dict[str, Any]


@dataclass
class Tally:
    """What a run has compared. ``constructs`` counts pairs, by the constructs that their rubric is made of."""

    pairs: int = 0
    rubrics: int = 0
    compiled: int = 0
    traced: int = 0
    rows: int = 0
    loop: int = 0
    by_compiled: int = 0
    by_loop: int = 0
    unsound: int = 0
    constructs: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    disagreements: list[str] = field(default_factory=list)


def drawn(count: int, seed: int) -> list[Whole]:
    """That many rubrics, the same for the same seed."""
    found: list[Whole] = []
    single = st.one_of(*(single_rubrics(family) for family in _WITH_POINTS))
    cases = st.booleans().flatmap(lambda whole: whole_rubrics() if whole else single)  # a union would be flattened

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=count, database=None, phases=[Phase.generate], deadline=None, suppress_health_check=_QUIET
    )
    @hypothesis.given(cases)
    def take(whole: Whole) -> None:
        found.append(whole)

    take()
    return found


def documents(whole: Whole, random_: random.Random) -> Iterator[Row]:
    """Facts for a drawn rubric, without end: edges, and now and then nothing, what is wrong, or a huge number."""
    while True:
        document: Row = {"单位": "甲", "数据": _data(whole, random_)}
        document["评定"] = {
            p.title: random_.choice(p.judged) for p in whole.pieces if p.judged and random_.random() < 0.9
        }
        if others := random_.randint(0, 3):
            document["各单位"] = [{"单位": f"第{at}家", "数据": _data(whole, random_)} for at in range(others)]
        yield document


def _data(whole: Whole, random_: random.Random) -> Row:
    data: Row = _row(whole.declared, random_)
    for table in whole.tables:
        if random_.random() < 0.9:
            data[table.name] = [_row(table.columns, random_) for _ in range(random_.randint(0, 4))]
    return data


def _row(declared: tuple[Declared, ...], random_: random.Random) -> Row:
    """Half of the rows are plain: otherwise the interpreter alone would answer for large rubrics."""
    odd = random_.choice((0, 0.1))
    row = {}
    for fact in declared:
        if random_.random() >= odd:
            row[fact.name] = random_.choice(fact.values)
        elif (kind := random_.random()) < 0.7:
            row[fact.name] = random_.choice(_WRONG if kind < 0.2 else _HUGE)
    return {name: text for name, text in row.items() if text != ""}


def library_documents(rubric: rubriclang.Rubric, random_: random.Random) -> Iterator[Row]:
    """Facts for a rubric of the library, near the numbers that it names."""
    while True:
        document = facts_of(rubric.program, random_)
        if random_.random() < 0.4:
            for name in list(document["数据"]):
                chance = random_.random()
                if chance < 0.05:
                    del document["数据"][name]
                elif chance < 0.1 and not isinstance(document["数据"][name], list):
                    document["数据"][name] = random_.choice(_HUGE + _WRONG)
        yield document


def compare(
    rubric: rubriclang.Rubric, text: str, given: Iterator[Row], count: int, tally: Tally, columns: bool = True
) -> None:
    """Compares ``count`` fact sets, with ``columns`` also a table of that many, and adds to the tally."""
    compiled = rubric.compiled()
    tally.rubrics += 1
    made_of = constructs(rubric.program)
    fast = 0
    bound: list[FactSet] = []
    for _ in range(count):
        document = next(given)
        facts = bind(rubric, document)
        bound.append(facts)
        tally.pairs += 1
        try:
            by, traced, reasons = compiled_agrees(rubric, compiled, facts)
        except Exception as error:
            _report(rubric, text, document, "compiled", error, tally)
            continue
        fast += by == "compiled"
        tally.traced += traced
        tally.reasons.update(reasons)
    tally.compiled += fast
    tally.by_compiled += fast > 0
    for construct in made_of:
        tally.constructs[construct] += count
    if columns and sayable(rubric.program):
        _columns(rubric, text, given, count, tally)


def _columns(rubric: rubriclang.Rubric, text: str, given: Iterator[Row], count: int, tally: Tally) -> None:
    """The same for a table of other units of the same kind."""
    taken = [next(given) for _ in range(count)]
    rows = [_cells(rubric, document) for document in taken]
    tally.rows += count
    try:
        loop = columns_agree(rubric, rows)
    except Exception as error:
        for row in list(rows):  # a row that is not needed for it is taken away
            less = [other for other in rows if other is not row]
            if less and _columns_differ(rubric, less):
                rows = less
        tally.disagreements.append(f"columnar: {error!r}\n{text}\n{rows}")
        return
    tally.loop += loop
    tally.by_loop += loop > 0


def _columns_differ(rubric: rubriclang.Rubric, rows: list[tuple[dict[str, str], dict[str, str]]]) -> bool:
    try:
        columns_agree(rubric, rows)
    except Exception:
        return True
    return False


def _cells(rubric: rubriclang.Rubric, document: Row) -> tuple[dict[str, str], dict[str, str]]:
    judged = bind(rubric, document).judged
    facts = {name: _text(value) for name, value in document["数据"].items()}
    return facts, {item: str(value) for item, value in judged.items()}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return value if isinstance(value, str) else str(value)


def bind(rubric: rubriclang.Rubric, document: Row) -> FactSet:
    """A document as facts of a rubric."""
    root = from_python(document)
    assert isinstance(root, Fields)
    return rubric.bind(rubriclang.Facts(Document(root)))


def _report(rubric: rubriclang.Rubric, text: str, document: Row, backend: str, error: Exception, tally: Tally) -> None:
    """Facts that are not needed for the disagreement are taken away before it is told."""

    def difference(tried: Row) -> Exception | None:
        try:
            compiled_agrees(rubric, rubric.compiled(), bind(rubric, tried))
        except Exception as found:
            return found
        return None

    for part in ("各单位", "评定", "数据"):
        for key in list(document[part]) if isinstance(document.get(part), dict) else []:
            less = {**document, part: {k: v for k, v in document[part].items() if k != key}}
            if (still := difference(less)) is not None:
                document, error = less, still
    tally.disagreements.append(f"{backend}: {error!r}\n{text}\n{document}")

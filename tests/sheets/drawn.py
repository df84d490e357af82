"""Facts drawn for a rubric that has no example of its own: of every declared type, near the rubric's own numbers."""

from __future__ import annotations

import random
from typing import Any

from scripts.random_facts import facts_of

from rubriclang.ir import nodes as ir
from rubriclang.ir.types import ComparatorSign


def drawn_facts(program: ir.Program, seed: str) -> dict[str, Any]:
    """The same facts for the same seed: of a unit, its rows and judgements, and another where units are compared."""
    random_ = random.Random(seed)
    facts = facts_of(program, random_)
    rows = [(program.facts, facts["数据"])]
    rows += [(program.facts, other["数据"]) for other in facts.get("各单位", {}).values()]
    rows += [(listed.columns, row) for listed in program.lists for row in facts["数据"][listed.name]]
    for columns, row in rows:
        for column in columns:
            if isinstance(column.type, ComparatorSign):
                row[column.name] = random_.choice(["≥", "≤", "=", ">", "<"])
    return facts

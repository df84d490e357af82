"""Small rubrics and outcomes that the tests of reports share."""

from __future__ import annotations

from pathlib import Path

import rubriclang
from rubriclang.backends.outcome import Outcome

ROOT = Path(__file__).resolve().parents[2]

TWO_SECTIONS = """# 两部分（20分）
依据：某办法
数据：
- 数：件，整数，≥ 0

## 甲（12分）
### 一（5分）；人工评定
### 二（7分）
数：≤ 3 -> 7；≤ 5 -> 4；否则 -> 0
## 乙（8分）；人工评定

# 结果
等次：≥ 16 -> 合格；否则 -> 不合格
"""


def two_sections(number: int = 5, first: str = "4.5", second: str = "8", unit: str | None = "甲单位") -> Outcome:
    """4.5 judged + 4 for 5 件 + 8 judged = 16.5 unless told otherwise."""
    rubric = rubriclang.loads(TWO_SECTIONS)
    facts: dict[str, object] = {"数据": {"数": number}, "评定": {"一": first, "乙": second}}
    if unit is not None:
        facts["单位"] = unit
    return rubric.score(facts)


def program_of(text: str = TWO_SECTIONS) -> rubriclang.Rubric:
    """The rubric of a text."""
    return rubriclang.loads(text)

"""Scoring rubrics as code: load a rubric, give it facts, get exact points.

>>> import rubriclang
>>> rubric = rubriclang.loads("# 例（5分）\\n数据：\\n- 率：%\\n## 完成率（5分）\\n率：≥ 90% -> 5；否则 -> 0")
>>> rubric.score({"率": "90%"}).total
Fraction(5, 1)
"""

from rubriclang.backends.outcome import Outcome
from rubriclang.diagnostics import Diagnostic
from rubriclang.driver import Facts, FactsError, Rubric, RubricError, check, load, load_facts, loads
from rubriclang.versions import VERSION

__version__ = VERSION

__all__ = [
    "Diagnostic",
    "Facts",
    "FactsError",
    "Outcome",
    "Rubric",
    "RubricError",
    "check",
    "load",
    "load_facts",
    "loads",
]

"""A bounded share of ``scripts/agreement.py``: many rubrics with many fact sets, the same in every run."""

from __future__ import annotations

import random

import pytest

import rubriclang

pytest.importorskip("pyarrow")
pytest.importorskip("llvmlite")

from rubriclang.backends.compiled.program import Scores
from tests.agreement.constructs import vocabulary
from tests.agreement.pairs import Tally, compare, documents, drawn

_TEXT = "# 例（5 分）\n数据：\n- 率：%，0% 至 100%\n- 备用：%，0% 至 100%\n## 执行率（5 分）\n得分 = 率 × 5\n"


def _tally(count: int, each: int, columns_for: int, least: int) -> Tally:
    """``each`` fact sets for ``count`` drawn rubrics; tables for every ``columns_for``-th of them."""
    tally = Tally()
    texts: set[str] = set()
    for at, whole in enumerate(drawn(count, 3)):
        text = whole.text()
        if text in texts:
            continue
        texts.add(text)
        try:
            rubric = rubriclang.loads(text)
        except rubriclang.RubricError:
            continue
        given = documents(whole, random.Random(at))
        compare(rubric, text, given, each, tally, columns=at % columns_for == 0)
        if tally.pairs >= least:
            break
    return tally


def test_the_backends_agree() -> None:
    """See docs/agreement.md for what this leaves to the script."""
    tally = _tally(600, 20, 8, 10_000)
    assert not tally.disagreements, "\n\n".join(tally.disagreements)
    assert tally.pairs >= 10_000 and tally.rubrics >= 500
    lacking = {name for name in vocabulary() | tally.constructs.keys() if tally.constructs[name] < 50}
    assert lacking <= {"operator ne"}, lacking  # no drawn rubric says 不等于; the library does
    assert tally.by_compiled >= 150 and tally.loop >= 200  # and not only the interpreter with itself


def test_a_wrong_answer_is_seen_and_made_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Generated code that gives one point too many where there are four."""
    total = Scores.total.fget  # type: ignore[attr-defined]
    monkeypatch.setattr(Scores, "total", property(lambda scores: 5 if total(scores) == 4 else total(scores)))
    tally = Tally()
    given = [{"数据": {"率": rate, "备用": "3%"}} for rate in ("80%", "60%")]
    compare(rubriclang.loads(_TEXT), _TEXT, iter(given), 2, tally, columns=False)
    (told,) = tally.disagreements  # 80% of 5 points is 4, 60% is 3
    assert "('total', 5, Fraction(4, 1))" in told and _TEXT in told
    assert told.endswith("{'数据': {'率': '80%'}}")

"""Facts and points handed over from Python."""

from __future__ import annotations

from pathlib import Path

import pytest

import rubriclang
from tests.bad_facts.sound_file import LINES


def test_judged_points_of_the_call_win_over_those_of_the_file(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text("\n".join(LINES), encoding="utf-8")
    facts = rubriclang.load_facts(path)
    assert rubric.score(facts, {"履职": 6}).total == 30
    assert rubric.score(facts, {"履职": 6, "管理制度": [True, True, True]}).total == 32
    assert rubric.score(facts).total == 29, "the loaded facts are not changed"


def test_a_value_that_cannot_be_a_fact_raises(rubric: rubriclang.Rubric) -> None:
    """The documented ``TypeError``: a mistake in a program, not in a fact file."""
    with pytest.raises(TypeError):
        rubric.score({"年初预算": object()})
    with pytest.raises(TypeError):
        rubric.score({"年初预算": b"1"})


def test_a_file_that_is_no_fact_file_raises(tmp_path: Path) -> None:
    for name, text in {"a.yaml": "- 1\n- 2\n", "b.json": "[1]", "c.csv": "甲,乙\n", "d.xyz": "", "e.json": "{"}.items():
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        with pytest.raises(rubriclang.FactsError) as caught:
            rubriclang.load_facts(path)
        assert [d.severity for d in caught.value.diagnostics] == ["error"]
    with pytest.raises(OSError):
        rubriclang.load_facts(tmp_path / "none.yaml")

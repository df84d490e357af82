"""Facts that are missing: named with what needs them, and the rest is scored all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

import rubriclang
from tests.bad_facts.sound_file import LINES, between, changed, errors, others_keep_their_points, place, score


def test_the_sound_file(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    outcome = score(rubric, tmp_path, LINES)
    assert not outcome.diagnostics
    others_keep_their_points(outcome)
    assert [outcome.total, outcome.computed, outcome.judged] == [29, 21, 8]
    assert outcome.unit == "某局"


# Each fact, the indicators that need it, and how far the total then reaches: 29 less their points, up to that plus
# their full marks of 5; 面积 gives 5 without a building and at least 1 with one.
_MISSING: list[tuple[str, tuple[str, ...], tuple[int, int]]] = [
    ("年初预算", ("预算控制率",), (24, 29)),
    ("本年追加", ("预算控制率",), (24, 29)),
    ("在职人员", ("在职人员控制率",), (26, 31)),
    ("新建楼堂馆所", ("面积",), (25, 29)),
]


@pytest.mark.parametrize(("name", "touched", "reach"), _MISSING, ids=[name for name, _, _ in _MISSING])
@pytest.mark.parametrize("blank", ["no line", "empty", "tilde", "null"])
def test_a_missing_fact_is_named_with_its_indicator(
    rubric: rubriclang.Rubric, tmp_path: Path, name: str, touched: tuple[str, ...], reach: tuple[int, int], blank: str
) -> None:
    text = {"no line": None, "empty": "", "tilde": "~", "null": "null"}[blank]
    outcome = score(rubric, tmp_path, changed(**{name: text}))
    found = errors(outcome)
    assert [d.code for d in found] == ["R501"]
    assert f"“{name}”" in found[0].message("zh") and f"'{name}'" in found[0].message("en")
    for indicator in touched:
        assert indicator in found[0].message("zh") and indicator in found[0].message("en")
        assert (outcome[indicator].points, outcome[indicator].reason) == (None, "missing")
    assert name in found[0].hint("zh") and name in found[0].hint("en")
    others_keep_their_points(outcome, *touched)
    assert outcome.reachable == between(*reach)


# 考核等次 decides a bonus of at most 3 (3 now), 报送日 one of at most 1 (1 now).
@pytest.mark.parametrize(("name", "reach"), [("考核等次", (26, 29)), ("报送日", (28, 29))])
def test_a_missing_bonus_leaves_a_range(
    rubric: rubriclang.Rubric, tmp_path: Path, name: str, reach: tuple[int, int]
) -> None:
    outcome = score(rubric, tmp_path, changed(**{name: None}))
    assert [(d.code, d.params["name"]) for d in outcome.diagnostics] == [("R501", name)]
    assert outcome.reachable == between(*reach)


def test_all_missing_facts_are_named_in_one_run(rubric: rubriclang.Rubric) -> None:
    outcome = rubric.score({})
    named = {d.params["name"] for d in outcome.diagnostics if d.code == "R501" and d.severity == "error"}
    assert named == {"年初预算", "本年追加", "在职人员", "核定编制", "新建楼堂馆所", "考核等次", "报送日"}
    assert [d.params["name"] for d in outcome.diagnostics if d.code == "R501" and d.severity == "warning"] == [
        "年末结转"
    ]
    assert [d.params["name"] for d in outcome.diagnostics if d.code == "R513"] == ["管理制度", "满意度", "履职"]
    assert all(i.points is None for i in outcome)
    # At least 0 of the computed and the ticks, 1 for 面积 and 满意度 each, 2 for 履职;
    # at most 5 + 5 + 5 + 5 + 3 + 6 + 3 + 1.
    assert outcome.reachable == between(4, 33)


def test_a_fact_that_is_only_checked_is_a_warning(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    outcome = score(rubric, tmp_path, changed(年末结转=None))
    assert [(d.code, d.severity) for d in outcome.diagnostics] == [("R501", "warning"), ("R521", "warning")]
    assert outcome.complete and outcome.total == 29
    assert outcome.checks[0].holds is None


def test_a_fact_that_nothing_uses_is_not_asked_for_in_the_name_of_a_check() -> None:
    """R401 says at loading that it is not used; at scoring nothing says that a check needs it, for none does."""
    text = "# 标准（5分）\n数据：\n- 甲：数\n- 乙：数\n## 指标（5分）\n甲：≥ 0 -> 5；否则 -> 0\n"
    rubric = rubriclang.loads(text)
    assert [(d.code, d.params["name"]) for d in rubric.diagnostics] == [("R401", "乙")]
    outcome = rubric.score({"甲": 1})
    assert outcome.complete
    assert not [d for d in outcome.diagnostics if "勾稽" in d.message("zh") or "checks" in d.message("en")]


def test_a_default_and_an_optional_fact_need_not_be_given(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    outcome = score(rubric, tmp_path, [*changed(满意率=None), "  满意度: 3"])
    assert not outcome.diagnostics
    # 上年结转 is 0 by default, so the check holds; 满意度 was judged 3 instead of the 4 computed: 28.
    assert outcome.checks[0].holds is True
    assert [outcome.total, outcome.judged] == [28, 11]


def test_a_fact_that_is_not_needed_is_pointed_out(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    lines = [*LINES[:8], "  实际面积: 5000", *LINES[8:]]
    outcome = score(rubric, tmp_path, lines)
    assert [(d.code, d.severity, *place(d)) for d in outcome.diagnostics] == [("R519", "hint", "facts.yaml", 9)]
    assert outcome.total == 29

"""Compiled rubrics: hand arithmetic, what goes to the interpreter, and what may not come into generated code."""

from __future__ import annotations

import ast
import pickle
from datetime import date
from fractions import Fraction

import pytest

import rubriclang
from rubriclang.backends.compiled.program import Compiled, compile_program
from rubriclang.backends.integers.inputs import Scaled
from rubriclang.ir.values import Reason

_F = Fraction
_HEAD = "# 例（10分）\n默认：整档\n"
_RATIO = _HEAD + "数据：\n- 甲：次，≥ 0\n- 乙：次，> 0\n## 率（10分）\n率 = 甲 / 乙\n"


def _compiled(text: str) -> Compiled:
    return rubriclang.loads(text).compiled()


@pytest.mark.parametrize(
    ("over", "under", "points"),
    [
        # Each full 5 % above 100 % takes 2 points off 10: 1.04 none, 1.05 one step, 1.0999 one, 1.10 two, 1.25 all.
        (_F(104), _F(100), 10),
        (_F(105), _F(100), 8),
        (_F(10_999), _F(10_000), 8),
        (_F(110), _F(100), 6),
        (_F(125), _F(100), 0),
        (_F(9), _F(1), 0),
        # 0.35 / (1/3) = 1.05 exactly.
        (_F(35, 100), _F(1, 3), 8),
    ],
)
def test_steps_by_hand(over: Fraction, under: Fraction, points: int) -> None:
    compiled = _compiled(_RATIO + "≤ 100% -> 10\n每超过 5% 扣 2 分，扣完为止\n")
    scores = compiled.points({"甲": over, "乙": under})
    assert scores.total == points and scores["率"] == points and scores.by == "compiled"


def test_a_third_three_times_is_one() -> None:
    scores = _compiled(_RATIO + "率 × 3：= 1 -> 10；否则 -> 0\n").points({"甲": _F(1), "乙": _F(3)})
    assert scores.total == 10 and scores.by == "compiled"


def test_points_in_proportion_stay_fractions() -> None:
    # 10 × 2/7 = 20/7, rounded to 2.86 where the rubric says so.
    text = _RATIO + "> 100% -> 满分；否则 -> 满分 × 率\n保留 2 位小数，四舍五入\n"
    assert _compiled(text).points({"甲": _F(2), "乙": _F(7)}).total == _F(286, 100)


def test_a_zero_denominator_that_a_row_speaks_of() -> None:
    text = (
        _HEAD
        + "数据：\n- 甲：次，≥ 0\n- 乙：次，≥ 0\n## 率（10分）\n率 = 甲 / 乙\n≥ 1 -> 10；分母为零 -> 3；否则 -> 0\n"
    )
    scores = _compiled(text).points({"甲": _F(1), "乙": _F(0)})
    assert scores.total == 3 and scores.by == "compiled"


def test_a_missing_value_that_a_row_speaks_of() -> None:
    text = _HEAD + "数据：\n- 甲：次，≥ 0，可缺\n## 量（10分）\n甲：≥ 1 -> 10；缺失 -> 4；否则 -> 0\n"
    compiled = _compiled(text)
    assert compiled.points({}).total == 4 and compiled.points({}).by == "compiled"
    assert compiled.points({"甲": _F(1, 2)}).total == 0


def test_what_is_left_out_has_no_points_and_the_rest_is_scaled() -> None:
    # 4 of the 4 points that count, scaled to 10.
    text = (
        "# 例（10分）\n汇总：折算\n数据：\n- 不做：是否\n- 甲：次，≥ 0\n"
        "## 一（6分）\n不适用：不做 -> 剔除\n甲：≥ 1 -> 6；否则 -> 3\n## 二（4分）\n甲：≥ 2 -> 4；否则 -> 1\n"
    )
    scores = _compiled(text).points({"不做": True, "甲": _F(2)})
    assert scores["一"] is None and scores["二"] == 4 and scores.total == 10 and scores.by == "compiled"


@pytest.mark.parametrize(
    "facts",
    [
        {"乙": _F(1)},  # missing
        {"甲": _F(-1), "乙": _F(1)},  # below its bound
        {"甲": _F(1), "乙": _F(0)},  # a denominator its bound excludes
        {"甲": Reason("undefined"), "乙": _F(1)},  # unusable
        {"甲": _F(10) ** 200, "乙": _F(1)},  # beyond the size that is proved to be safe
        {"甲": 3, "乙": 1},  # whole numbers that are no Fractions
    ],
)
def test_what_is_not_plain_goes_to_the_interpreter(facts: dict[str, object]) -> None:
    rubric = rubriclang.loads(_RATIO + "≥ 3 -> 10；否则 -> 0\n")
    scores = rubric.compiled().points(facts)
    assert scores.by == "interpreter"
    want = {"甲": 10, "乙": 1}
    assert scores.total == (10 if facts.get("甲") in (3, _F(10) ** 200) and facts["乙"] == want["乙"] else None)


def test_a_violation_is_told_as_the_interpreter_tells_it() -> None:
    rubric = rubriclang.loads(_RATIO + "≥ 3 -> 10；否则 -> 0\n")
    bound = rubric.bind({"甲": "-1", "乙": "1"})
    outcome = rubric.compiled().score(bound)
    assert [d.code for d in outcome.diagnostics] == [d.code for d in rubric.score({"甲": "-1", "乙": "1"}).diagnostics]
    assert outcome.diagnostics


def test_judged_points_outside_their_bounds_are_flagged() -> None:
    text = _HEAD + "## 评（10分）\n清单：\n- 6分 一\n- 4分 二\n"
    compiled = _compiled(text)
    assert compiled.points({}, {"评": _F(6)}).by == "compiled"
    for points in (_F(5), _F(11), _F(-1), _F(1, 3)):
        found = compiled.points({}, {"评": points})
        assert found.by == "interpreter" and found.total is None
    assert compiled.points({}).by == "interpreter"


def test_whole_numbers_of_fixed_scales() -> None:
    rubric = rubriclang.loads(_RATIO + "≤ 105% -> 10；否则 -> 0\n")
    compiled = compile_program(rubric.program, rubric.source, Scaled({"甲": 100, "乙": 10}))
    assert compiled.points({"甲": 105, "乙": 10}).total == 10  # 1.05 / 1.0
    assert compiled.points({"甲": 106, "乙": 10}).total == 0
    assert compiled.points({"甲": 106, "乙": 10}).by == "compiled"
    assert compiled.points({"甲": -100, "乙": 10}).by == "interpreter"
    for wrong in (1.05, _F(105, 100)):  # no float and no fraction is taken for a whole number
        assert compiled.points({"甲": wrong, "乙": 10}).by == "interpreter"
    alone = rubriclang.loads(_HEAD + "数据：\n- 甲：次，≥ 0\n## 量（10分）\n甲：≥ 1 -> 10；否则 -> 0\n")
    assert compile_program(alone.program, alone.source, Scaled({"甲": 100})).points({"甲": 99.5}).by == "interpreter"


def test_dates_and_texts() -> None:
    text = (
        "# 例（10分）\n数据：\n- 报送日：日期\n- 类别：甲级、乙级\n"
        "## 报送（6分）\n报送日：≤ 2020-03-31 -> 6；否则 -> 0\n## 类别分（4分）\n类别：甲级 -> 4；乙级 -> 1\n"
        "# 结果\n等次：≥ 9 -> 优；否则 -> 差\n"
    )
    compiled = _compiled(text)
    scores = compiled.points({"报送日": date(2020, 3, 31), "类别": "甲级"})
    assert scores.total == 10 and scores.grade == "优" and scores.by == "compiled"
    assert compiled.points({"报送日": date(2020, 4, 1), "类别": "乙级"}).total == 1
    assert compiled.points({"报送日": date(2020, 4, 1), "类别": "丙级"}).by == "interpreter"


def test_a_required_fact_that_decides_nothing_is_still_required() -> None:
    """Both rows give 0, so the points do not read 丙; without it the test of a row has no value, nor has the list."""
    text = _HEAD + "数据：\n- 甲：次，≥ 0\n- 丙：是否\n## 量（10分）\n甲：= 0 -> 10；若 甲 ≤ 5 且 丙 -> 0；否则 -> 0\n"
    text = text.replace("甲：= 0 -> 10；若", "若 甲 = 0 -> 10；若")
    compiled = _compiled(text)
    assert compiled.points({"甲": _F(1), "丙": True}).by == "compiled"
    for facts in ({"甲": _F(1)}, {"甲": _F(1), "丙": Reason("undefined")}):
        assert compiled.points(facts).total is None


def test_an_unusable_optional_fact_is_flagged_where_no_value_of_it_matters() -> None:
    text = _HEAD + "数据：\n- 甲：次，≥ 0，可缺\n## 量（10分）\n甲：≥ 1 -> 10；缺失 -> 10；否则 -> 10\n"
    compiled = _compiled(text)
    assert compiled.points({}).total == 10
    assert compiled.points({"甲": Reason("undefined")}).total is None


HOSTILE = ['"); import os; ("', "'''", "{0}", "__import__('os')", "x\\", "return None #"]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_of_a_rubric_comes_into_code(name: str) -> None:
    text = (
        f"# 例（10分）\n数据：\n- 【{name}】：次，≥ 0\n- 类别：甲级、乙级\n"
        f"## 项【{name}】（10分）\n【{name}】：≥ 3 -> 10；否则 -> 0\n# 结果\n等次：≥ 9 -> 优；否则 -> 差\n"
    )
    try:
        rubric = rubriclang.loads(text)
    except rubriclang.RubricError:
        pytest.skip("not a name in the language")
    compiled = rubric.compiled()
    fact = rubric.program.facts[0].name  # its quotation marks may be others
    assert compiled.points({fact: _F(3), "类别": "甲级"}).total == 10
    for source in (compiled.source, compiled.trace_source):
        assert source.isascii() and name not in source.replace("return None", "")
        tree = ast.parse(source)
        assert not [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]


def test_a_compiled_rubric_can_be_sent_to_another_process() -> None:
    compiled = _compiled(_RATIO + "≥ 3 -> 10；否则 -> 0\n")
    again = pickle.loads(pickle.dumps(compiled))
    assert again.points({"甲": _F(3), "乙": _F(1)}).total == 10


def test_what_has_no_integer_form_is_scored_by_the_interpreter() -> None:
    text = "# 例（10分）\n数据：\n- 甲：次，> 0\n## 根（10分）\n值 = 平方根（甲 / 1 次）\n值：≥ 2 -> 10；否则 -> 0\n"
    compiled = _compiled(text)
    assert compiled.source == "" and compiled.unsayable
    scores = compiled.points({"甲": _F(4)})
    assert scores.total == 10 and scores.by == "interpreter"  # the root of 4 is 2

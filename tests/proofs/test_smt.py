"""Questions that are not linear: what the solver proves, what it finds, and what is said without it.

Expected answers are worked out by hand; the translation is held against the interpreter on facts drawn at random.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

import rubriclang
from rubriclang.backends.interpreter import evaluate, evaluate_expression
from rubriclang.ir import nodes as ir
from rubriclang.ir.values import Value
from rubriclang.prover import smt

COUNTS = "# 标准（5分）\n数据：\n- 甲：数，≥ 0\n- 乙：数，≥ 0\n## 指标（5分）\n"
solver = pytest.mark.skipif(not smt.installed(), reason="the smt extra is not installed")


def found(text: str) -> list[tuple[str, bool]]:
    return [(d.code, d.witness is not None) for d in rubriclang.check(text) if d.code != "R411"]


@solver
@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ("若 甲 × 乙 ≥ 1 -> 5\n若 甲 × 乙 < 1 -> 0\n", []),  # any product is one or the other
        ("若 甲 × 乙 > 2 -> 5\n若 甲 × 乙 < 1 -> 0\n", [("R305", True)]),  # 1 × 1
        ("若 甲 × 甲 + 乙 × 乙 < 2 × 甲 × 乙 -> 0\n否则 -> 5\n", [("R417", False)]),  # (甲 - 乙)² is not below 0
        (
            "若 甲 × 乙 > 100 且 甲 + 乙 < 20 -> 0\n否则 -> 5\n",
            [("R417", False)],
        ),  # 10 × 10 is the most for a sum of 20
        ("若 甲 × 乙 > 99 且 甲 + 乙 < 20 -> 0\n否则 -> 5\n", []),  # 9.96 × 9.96 = 99.2
        ("比 = 甲 × 乙 /（甲 × 乙 + 1）\n得分 = 满分 × 比\n", []),  # between 0 and 1, and as near to 1 as one likes
    ],
)
def test_products_are_decided(rows: str, wanted: list[tuple[str, bool]]) -> None:
    assert found(COUNTS + rows) == wanted


def test_without_the_solver_it_is_open_and_the_message_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rubriclang.prover.smt.installed", lambda: False)
    rows = "若 甲 × 甲 + 乙 × 乙 < 2 × 甲 × 乙 -> 0\n否则 -> 5\n"
    (finding,) = (d for d in rubriclang.check(COUNTS + rows) if d.code != "R411")
    assert finding.code == "R423"
    assert all("pip install 'rubriclang[smt]'" in finding.hint(lang) for lang in ("zh", "en"))


@solver
def test_what_no_formula_says_stays_open() -> None:
    """ln(100) = 4.6: the first row never applies, but a logarithm has no formula there."""
    text = "# 标准（5分）\n数据：\n- 甲：数，≥ 1，≤ 100\n## 指标（5分）\n若 自然对数（甲）> 5 -> 0\n否则 -> 5\n"
    assert found(text) == [("R423", False)]


RUBRIC = """# 标准（20分）
默认：扣完为止，满分为止
数据：
- 甲：数，0 至 20
- 乙：数，整数，0 至 9，可缺
- 丙：一等、二等、三等
- 丁：是否
- 戊：数，≥ 0，≤ 9，仅当 丁
## 一（5分）
比 = 甲 / 乙，保留 1 位小数，{mode}
分母为零 -> 1；缺失 -> 2
≤ 0.5 -> 5；≤ 2 -> 3；否则 -> 0
## 二（5分）
若 丁 且 甲 × 戊 > 20 -> 5
若 非 丁 且 丙 = 一等 -> 4
否则 -> 1
## 三（5分）
不适用：非 丁 -> 剔除
得分 = 满分 × 戊 × 戊 / 81
## 四（5分）
得分 = 最小（甲，5）× 绝对值（甲 - 10）/ 10
否决：丙 = 三等 且 甲 > 19 -> 0
# 结果
汇总：折算
等次：≥ 15 -> 优；≥ 8 -> 良；否则 -> 差
"""
MODES = ("四舍五入", "四舍六入五成双", "进位", "舍去", "向上取整", "向下取整")


@solver
@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(MODES),
    st.decimals("0", "20", places=1).map(Fraction),
    st.none() | st.integers(0, 9).map(Fraction),
    st.sampled_from(["一等", "二等", "三等"]),
    st.booleans(),
    st.decimals("0", "9", places=1).map(Fraction),
)
def test_the_formula_says_what_the_interpreter_does(
    mode: str, a: Fraction, b: Fraction | None, c: str, d: bool, e: Fraction
) -> None:
    """With all facts fixed, each indicator can come to the interpreter's points and to no others."""
    program = rubriclang.loads(RUBRIC.replace("{mode}", mode)).program
    given_facts: dict[str, Value] = {"甲": a, "丙": c, "丁": d}
    given_facts |= ({} if b is None else {"乙": b}) | ({"戊": e} if d else {})
    run = evaluate(program, given_facts)
    fixed = [ir.Op("eq", (ir.Ref(name, "fact"), ir.Const(value))) for name, value in given_facts.items()]
    fixed += [ir.Op("is missing", (ir.Ref("乙", "fact"),))] if b is None else []
    for leaf in program.root.leaves():
        value = evaluate_expression(ir.Ref(leaf.points), run)
        same = ir.Op("eq", (ir.Ref(leaf.points), ir.Const(value)))
        other = ir.Op("ne", (ir.Ref(leaf.points), ir.Const(value)))
        if not isinstance(value, Fraction):
            same, other = ir.Op("is left out", (ir.Ref(leaf.points),)), ir.Op("eq", (ir.Ref(leaf.points),) * 2)
        can = smt.solve(ir.Op("and", (*fixed, same)), program.facts, program.definitions)
        cannot = smt.solve(ir.Op("and", (*fixed, other)), program.facts, program.definitions)
        assert can is not None and can.verdict == "maybe", (leaf.name, value)
        assert cannot is not None and cannot.verdict == "never", (leaf.name, value)

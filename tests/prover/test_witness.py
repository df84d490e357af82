"""Findings are dropped when no facts can show them, and shown with facts that do."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

import rubriclang
from rubriclang.backends.confirm import shows
from rubriclang.ir import nodes as ir
from rubriclang.prover.witness import Goal, decide

ROOT = Path(__file__).resolve().parents[2]
MONEY = "# 标准（5分）\n数据：\n- 甲：万元，≥ 0\n- 乙：万元，{}\n## 指标（5分）\n"
COUNTS = "# 标准（5分）\n数据：\n- 甲：数，≥ 0\n- 乙：数，≥ 0\n- 好：是否\n## 指标（5分）\n"


def found(text: str) -> list[tuple[str, dict[str, str] | None]]:
    """The findings about rules (R3xx) of a rubric, each with the facts that show it."""
    rules = [d for d in rubriclang.check(text) if d.code.startswith("R3")]
    return [(d.code, dict(d.witness["facts"]) if d.witness else None) for d in rules]


@pytest.mark.parametrize(
    "text",
    [
        MONEY.format("> 0，≥ 甲") + "得分 = 满分 × 甲 / 乙\n",
        MONEY.format("< 甲") + "1 万元 / （甲 - 乙）：≤ 100% -> 5；否则 -> 0\n",
        MONEY.format("> 0") + "比 = 甲 / （甲 + 乙）\n得分 = 满分 × 比\n",
        COUNTS + "若 甲 > 乙 且 好 -> 5\n若 甲 ≤ 乙 -> 0\n若 非 好 -> 1\n",
        COUNTS + "若 甲 ≥ 乙 + 1 -> 5\n若 甲 < 乙 -> 0\n若 甲 - 乙 < 1 -> 1\n",
    ],
)
def test_what_no_facts_can_show_is_not_said(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "code", "facts"),
    [
        (MONEY.format("≥ 0") + "甲 / 乙：≤ 100% -> 5；否则 -> 0\n", "R304", {"甲": "1万元", "乙": "0万元"}),
        (MONEY.format("> 0") + "得分 = 满分 × 甲 / 乙\n", "R306", {"甲": "2万元", "乙": "1万元"}),
        (COUNTS + "若 甲 > 乙 -> 5\n若 甲 < 乙 -> 0\n", "R305", {"甲": "1", "乙": "1"}),
        (COUNTS + "若 甲 > 乙 + 1 且 好 -> 5\n若 甲 ≤ 乙 -> 0\n若 非 好 -> 1\n", "R305", None),
    ],
)
def test_a_fault_comes_with_facts_that_show_it(text: str, code: str, facts: dict[str, str] | None) -> None:
    codes = found(text)
    assert [c for c, _ in codes] == [code]
    shown = codes[0][1]
    assert shown is not None
    assert facts is None or shown == facts


def test_a_fact_that_stands_twice_is_one_fact() -> None:
    """Half of the least of three numbers is never below 0, and 2.5 at most: intervals would say -2.5 to 5."""
    text = COUNTS.replace("- 好：是否\n", "") + "得分 = 最小（甲，乙，5） - 最小（甲，乙，5） / 2\n"
    (finding,) = (d for d in rubriclang.check(text) if d.code != "R411")
    assert (finding.code, finding.params["points"]) == ("R422", "2.5")


def test_what_is_not_linear_is_left_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """The product of two facts is no linear form; 0.8 × 0.8 shows no gap, and none is claimed."""
    monkeypatch.setattr("rubriclang.prover.smt.installed", lambda: False)
    text = COUNTS + "若 甲 × 乙 ≥ 1 -> 5\n若 甲 × 乙 < 1 -> 0\n"
    assert found(text) == [("R319", None)]


CASES = sorted(path.parent.name for path in (ROOT / "tests" / "golden").glob("R3*/input.rubric"))


@pytest.mark.parametrize("case", CASES)
def test_every_witness_of_the_golden_cases_shows_its_fault(case: str) -> None:
    """Facts are attached only after the interpreter has met the fault on them; here none may be lacking."""
    text = (ROOT / "tests" / "golden" / case / "input.rubric").read_text(encoding="utf-8")
    for diagnostic in rubriclang.check(text):
        if diagnostic.code in ("R304", "R305", "R306") and "逐行" not in text and "各单位" not in text:
            assert diagnostic.witness is not None, diagnostic.message("zh")
            assert diagnostic.witness["facts"] or diagnostic.witness.get("judged")


PROVED = rubriclang.load(ROOT / "rubrics" / "2019_county_overall.rubric")


def test_every_score_of_the_county_rubric_is_proved_to_stay_within_its_points() -> None:
    program = PROVED.program
    for leaf in program.root.leaves():
        assert isinstance(leaf.max, Fraction)
        for op, bound in (("gt", leaf.max), ("lt", Fraction(0))):
            answer = decide(ir.Op(op, (ir.Ref(leaf.points), ir.Const(bound))), program.facts, program.definitions)
            assert answer.verdict == "never", (leaf.name, op)
        goal = ir.Op("eq", (ir.Ref(leaf.points), ir.Const(leaf.max)))
        answer = decide(goal, program.facts, program.definitions)
        assert any(shows(Goal(goal, program), witness) for witness in answer.witnesses), leaf.name


@given(st.sampled_from(list(PROVED.program.root.leaves())), st.integers(0, 16))
def test_what_is_ruled_out_never_happens_on_the_published_facts(leaf: ir.Node, halves: int) -> None:
    """For any bound: if the prover says that a score never exceeds it, the published unit's does not."""
    program = PROVED.program
    bound = Fraction(halves, 2)
    outcome = PROVED.score(rubriclang.load_facts(ROOT / "examples" / "baojing_2019.yaml"))
    points = outcome[leaf.name].points
    assert points is not None
    answer = decide(ir.Op("gt", (ir.Ref(leaf.points), ir.Const(bound))), program.facts, program.definitions)
    if points > bound:
        assert answer.verdict == "maybe"


def test_a_gap_in_the_rows_of_a_table_is_said_without_facts() -> None:
    text = (
        "# 标准（5分）\n表 产品：\n- 合格率：%，0% 至 100%\n- 分值：分，> 0\n## 指标（5分）\n逐行：产品，满分 = 分值\n"
    )
    assert found(text + "合格率：≥ 90% -> 满分；< 80% -> 0\n满分为止\n") == [("R305", None)]

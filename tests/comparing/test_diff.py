"""``rubric diff``: changes in words, proofs and witnesses, gains; and no change where only the writing changed."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import rubriclang
from rubriclang.cli.command_diff import command
from rubriclang.comparing.disagreeing import Verdict
from rubriclang.comparing.report import Difference, difference

ROOT = Path(__file__).resolve().parents[2]
COUNTY = (ROOT / "rubrics" / "2019_county_overall.rubric").read_text(encoding="utf-8").partition("\n测试")[0]
FACTS = ROOT / "examples" / "baojing_2019.yaml"
SMALL = """# 标准（10分）
数据：
- 甲：万元，≥ 0
- 乙：万元，> 0
- 次数：次，整数，≥ 0
- 等级：一等、二等、三等
## 比率（5分）
比 = 甲 / 乙
≤ 100% -> 满分
每超过 5% 扣 2 分（整档），扣完为止
## 等级（5分）
等级：一等 -> 5；二等 -> 3；否则 -> 0
# 结果
等次：≥ 8 -> 优；≥ 6 -> 中；否则 -> 差
"""


def compared(old: str, new: str) -> Difference:
    return difference(rubriclang.loads(old).program, rubriclang.loads(new).program)


def told(old: str, *swaps: tuple[str, str]) -> list[str]:
    new = old
    for before, after in swaps:
        assert new.count(before) == 1, before
        new = new.replace(before, after)
    return [f"{'/'.join(c.where)} {c.message('zh')}" for c in compared(old, new).changes]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("每超过 5% 扣 2 分（整档）", "每超过 3% 扣 2 分（整档）", "比率 每档的大小：5% → 3%"),
        ("每超过 5% 扣 2 分（整档）", "每超过 5% 扣 1 分（整档）", "比率 每档的分：2 分 → 1 分"),
        ("每超过 5% 扣 2 分（整档）", "每超过 5% 扣 2 分（进档）", "比率 不满一档怎么算：整档 → 进档"),
        ("每超过 5% 扣 2 分（整档）", "每超过 5% 扣 2 分（按比例）", "比率 不满一档怎么算：整档 → 按比例"),
        ("二等 -> 3", "二等 -> 4", "等级 “二等”的得分：3 分 → 4 分"),
        ("否则 -> 0", "否则 -> 1", "等级 “否则”的得分：0 分 → 1 分"),
        ("≥ 8 -> 优", "≥ 9 -> 优", "等次 “优”一档：≥ 8 → ≥ 9"),
        ("- 甲：万元，≥ 0", "- 甲：万元，≥ 1", "数据 “甲”的范围：≥ 0 → ≥ 1"),
        ("- 甲：万元，≥ 0", "- 甲：元，≥ 0", "数据 “甲”的单位或类型：万元 → 元"),
        ("比 = 甲 / 乙", "比 = 甲 / （甲 + 乙）", "比率 公式“比”：甲 / 乙 → 甲 / （甲 + 乙）"),
        ("比 = 甲 / 乙", "不适用：次数 ≥ 3 -> 满分\n比 = 甲 / 乙", "比率 增加一条特别规定：不适用：次数 ≥ 3 -> 5"),
    ],
)
def test_one_change_in_words(before: str, after: str, message: str) -> None:
    if "否则 -> 0" in before:
        before, after = f"3；{before}", f"3；{after}"
    found = told(SMALL, (before, after))
    if before.endswith("≥ 0") and after.endswith("元，≥ 0"):
        found = found[:1]  # the formula converts the unit, which is told as well
    assert found == [message]


def test_a_limit_that_goes_with_a_cap_that_comes() -> None:
    assert told(SMALL, ("，扣完为止", "，最多扣 5 分")) == [
        "比率 加减分的其他规定：每超过 5% 扣 2 分（整档），扣完为止 → 每超过 5% 扣 2 分（整档），最多扣 5 分",
        "比率 封顶或保底：不低于 0 分 → 没有",
    ]


def test_an_edge_of_a_band() -> None:
    found = told(COUNTY, ("≤ 5% -> 5", "≤ 3% -> 5"))
    assert found == ["过程/预算执行/预算控制率 得 5 分的一档：≤ 5% → ≤ 3%"]


def test_what_came_went_and_moved() -> None:
    new = SMALL.replace("## 等级（5分）\n等级：一等 -> 5；二等 -> 3；否则 -> 0\n", "## 新项（5分）；人工评定\n")
    found = [f"{'/'.join(c.where)} {c.message('zh')}" for c in compared(SMALL, new).changes]
    assert found == ["等级 删去指标：5 分", "新项 增加指标：5 分"]
    first, second, third = ("### 甲（4分）；人工评定\n", "### 乙（2分）；人工评定\n", "### 丙（4分）；人工评定\n")
    sections = f"# 标准（10分）\n## 一（6分）\n{first}{second}## 二（4分）\n{third}"
    moved = f"# 标准（10分）\n## 一（4分）\n{first}## 二（6分）\n{third}{second}"
    found = [f"{'/'.join(c.where)} {c.message('zh')}" for c in compared(sections, moved).changes]
    assert found == ["一 分值：6 分 → 4 分", "二/乙 移到别处：一/乙 → 二/乙", "二 分值：4 分 → 6 分"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("比 = 甲 / 乙\n≤ 100%", "占比=甲／乙；≤100%"),  # full width, one line, another name
        ("≤ 100% -> 满分", "≤ 1 -> 5 // 注"),
        ("每超过 5% 扣 2 分（整档）", "每超过 5 个百分点 扣 2 分（整档）"),
        ("# 标准（10分）\n", "# 标准（10分）\n依据：某号文件\n\n"),
        ("否则 -> 0\n# 结果", "否则 -> 0\n标准：一等 5 分\n# 结果"),
    ],
)
def test_another_writing_is_no_change(before: str, after: str) -> None:
    assert SMALL.count(before) == 1
    found = compared(SMALL, SMALL.replace(before, after))
    assert found.changes == () and {v.verdict for v in found.verdicts} == {"same"}


def verdict(old: str, new: str, name: str) -> Verdict:
    (found,) = [v for v in compared(old, new).verdicts if v.node.name == name]
    return found


def test_a_witness_is_scored_under_both() -> None:
    new = SMALL.replace("二等 -> 3", "二等 -> 4")
    found = verdict(SMALL, new, "等级")
    assert found.verdict == "differs" and found.witness is not None
    assert found.witness.facts == {"等级": "二等"} and (found.old, found.new) == (3, 4)
    for text, points in ((SMALL, 3), (new, 4)):
        assert rubriclang.loads(text).score(dict(found.witness.facts))["等级"].points == points
    assert verdict(SMALL, new, "比率").verdict == "same"


def test_another_rule_that_gives_the_same_is_proved() -> None:
    """All of 三等 is what 否则 catches there."""
    new = SMALL.replace("二等 -> 3；否则 -> 0", "二等 -> 3；三等 -> 0")
    assert verdict(SMALL, new, "等级").verdict == "proved"


def test_a_step_rule_comes_with_a_witness() -> None:
    """5 % in whole steps of 2: another size shows at once."""
    found = verdict(SMALL, SMALL.replace("每超过 5% 扣", "每超过 4% 扣"), "比率")
    assert found.verdict == "differs" and found.old != found.new


def test_facts_of_two_kinds_are_left_open() -> None:
    assert verdict(SMALL, SMALL.replace("- 甲：万元", "- 甲：元"), "比率").verdict == "open"
    assert verdict(SMALL, SMALL.replace("- 甲：万元", "- 甲：元"), "等级").verdict == "same"


def run(tmp_path: Path, new: str, *options: str) -> Result:
    for name, text in (("old.rubric", COUNTY), ("new.rubric", new)):
        (tmp_path / name).write_bytes(text.encode("utf-8"))
    paths = [str(tmp_path / "old.rubric"), str(tmp_path / "new.rubric")]
    return CliRunner().invoke(command, [*paths, *options, "--lang", "zh"])


def test_who_gains_and_loses(tmp_path: Path) -> None:
    """0.60 % is above 0.5 %: 4 points instead of 5, 91 instead of 92."""
    new = COUNTY.replace("≤ 5% -> 5", "≤ 0.5% -> 5")
    done = run(tmp_path, new, "--facts", str(FACTS))
    assert done.exit_code == 1
    assert "  保靖县人民政府办公室：92 → 91，少 1 分" in done.stdout
    assert "    预算控制率 5 → 4" in done.stdout
    told = json.loads(run(tmp_path, new, "--facts", str(FACTS), "--format", "json").stdout)
    assert told["units"][0]["change"] == "-1" and Fraction(told["units"][0]["new"]) == 91
    assert [c["kind"] for c in told["changes"]] == ["edge"]
    assert {v["path"][-1] for v in told["indicators"] if v["verdict"] != "same"} == {"预算控制率"}


def test_no_change_ends_with_0(tmp_path: Path) -> None:
    done = run(tmp_path, COUNTY.replace("// 预算配置", "// 配置"))
    assert done.exit_code == 0 and done.stdout == "含义没有变化\n"


LIBRARY = sorted([*(ROOT / "rubrics" / "cn").glob("*.rubric"), *(ROOT / "rubrics" / "intl").glob("*.rubric")])


@pytest.mark.parametrize("path", LIBRARY[::4], ids=lambda path: path.stem)
def test_no_rubric_differs_from_itself(path: Path) -> None:
    program = rubriclang.load(path).program
    found = difference(program, program)
    assert found.changes == () and {v.verdict for v in found.verdicts} <= {"same"}

"""``rubric audit RUBRIC FACTS`` and ``rubric audit REPORT --rubric --facts`` as a user calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rubriclang.cli.command_audit import command
from tests.audit.claimed import BAOJING, BAOJING_FACTS, ROOT

CLAIMS = ROOT / "examples" / "baojing_2019_claims.yaml"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [*map(str, arguments), "--lang", "zh"])


def test_findings_with_places_and_exit_code_1() -> None:
    done = run(BAOJING, CLAIMS)
    assert done.exit_code == 1
    heads = [line for line in done.stdout.splitlines() if line.startswith(str(CLAIMS))]
    assert [line.split(" ")[1].split("]")[0] for line in heads] == [
        "错误[identity",
        "错误[digit-slip",
        "警告[truncated",
    ]
    assert "按 234.56 / 141.6 计算，应为 165.65%" in heads[1]
    assert "核对了 30 处自报：精确相等 25，取位后相等 3，舍去后相等 1，不符 1；" in done.stderr


def test_json_lists_every_statement() -> None:
    told = json.loads(run(BAOJING, CLAIMS, "--format", "json").stdout)
    assert told["claims"] == 30 == len(told["statements"])
    wrong = [one for one in told["statements"] if one["result"] == "wrong"]
    assert [(one["name"], one["stated"], one["right"]) for one in wrong] == [("公用经费控制率", "161.65%", "165.6497%")]
    rounded = next(one for one in told["statements"] if one["stated"] == "0.6%")  # 9.16/1521.39 = 0.602…%
    assert rounded["result"] == "rounded" and "half up" in rounded["modes"] and rounded["decimals"] == 1


def test_right_claims_end_with_0(tmp_path: Path) -> None:
    facts = BAOJING_FACTS.read_text(encoding="utf-8").replace("62.29", "62.28")
    (tmp_path / "facts.yaml").write_text(facts + "自报: {公用经费控制率: {数值: 165.65%, 得分: 0}}\n", encoding="utf-8")
    done = run(BAOJING, tmp_path / "facts.yaml")
    assert (done.exit_code, done.stdout) == (0, "")


def test_what_cannot_be_run_ends_with_2(tmp_path: Path) -> None:
    assert run(BAOJING, BAOJING_FACTS).exit_code == 2
    assert "R570" in run(BAOJING, BAOJING_FACTS).stderr
    assert "还缺数据文件" in run(BAOJING).stderr and run(BAOJING).exit_code == 2
    assert run("report.txt", "--rubric", BAOJING).exit_code == 2
    assert run(BAOJING, tmp_path / "none.yaml").exit_code == 2


@pytest.mark.parametrize(
    "text, expected",
    [
        ("公用经费控制率：预算141.6万元，支出234.56万元，根据评分标准该项得分5分。", [("wrong-band", "5")]),
        ("公用经费控制率超过100%，该项得分0分。", []),
        # 8 分 less 1 for each whole 1% past 100% is 0: 扣 0.3 leaves 7.7
        ("公用经费控制率较高，扣0.3分。", [("wrong-points", "7.7")]),
        ("公用经费控制率：每超过1个百分点扣1分，最高得8分。", []),
        ("公用经费控制率和预算控制率都较好，得5分。", []),  # of which?
        ("投入绩效为13分，过程绩效为35分，产出及效率绩效为26分。", [("wrong-sum", "35")]),
        ("综上，自评总分29分，评价等次为“良”。", [("wrong-sum", "29"), ("wrong-band", "良")]),
        ("社会公众满意度得5分（满分6分）。", [("contradiction", "5")]),
        ("公用经费控制率为161.65%，得0分。", [("digit-slip", "161.65%")]),
        ("预算控制率在5%以内得5分。编制内公用经费控制率为161.65%。", []),  # a rule, and another rate
        ("预算完成率100%的得5分。", []),
        ("管理制度健全性方面，制度齐全，得7分。", [("contradiction", "7")]),
    ],
)
def test_points_in_prose(tmp_path: Path, text: str, expected: list[tuple[str, str]]) -> None:
    facts = tmp_path / "facts.yaml"
    facts.write_text(BAOJING_FACTS.read_text(encoding="utf-8").replace("62.29", "62.28"), encoding="utf-8")
    (tmp_path / "report.txt").write_text(text, encoding="utf-8")
    done = run(tmp_path / "report.txt", "--rubric", BAOJING, "--facts", facts, "--format", "json")
    told = json.loads(done.stdout)
    assert [(one["class"], one["printed"]) for one in told["findings"]] == expected
    assert done.exit_code == (1 if expected else 0)


def test_the_accuracy_over_the_library_on_a_sample() -> None:
    from scripts.claims_accuracy import library, measure

    score = measure(library()[::4], sets=1, seed=41)
    assert score.planted.total() > 60 and score.right > 500
    assert score.classed.total() >= 0.95 * score.planted.total()
    assert score.alarms < 0.01 * score.right

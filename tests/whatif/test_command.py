"""``rubric whatif`` as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rubriclang.cli.command_whatif import command

ROOT = Path(__file__).resolve().parents[2]
BASE = [str(ROOT / "rubrics" / "2019_county_overall.rubric"), str(ROOT / "examples" / "baojing_2019.yaml")]


def run(*options: str, lang: str = "zh") -> Result:
    return CliRunner().invoke(command, [*BASE, *options, "--lang", lang])


def test_an_indicator_in_words() -> None:
    done = run("预算控制率")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "预算控制率：5 分 / 5",
        "  年初预算 1521.39万元：低于 183.2万元（减少 1338.19万元以上，如 183.19万元）就降到 4 分",
        "  本年追加 9.16万元：超过 76.0695万元（再增加 66.9095万元以上，如 76.07万元）就降到 4 分",
    ]


def test_an_indicator_in_english() -> None:
    done = run("预算控制率", lang="en")
    assert "本年追加 9.16 万元: above 76.0695 万元 (+66.9095 万元, e.g. 76.07 万元) down to 4 points" in done.stdout


def test_a_target_in_words() -> None:
    done = run("--target", "预算完成率=3", "--by", "年末结转")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "预算完成率 = 3 分：年末结转 不小于 80.747万元、小于 161.494万元",
        "  最近的：80.747万元，比现在多 18.457万元",
    ]


def test_a_target_out_of_reach() -> None:
    done = run("--target", "预算完成率=4", "--by", "年末结转")
    assert done.exit_code == 1 and "只改 年末结转 做不到" in done.stdout


def test_json() -> None:
    told = json.loads(run("--format", "json").stdout)
    (item,) = [one for one in told["indicators"] if one["name"] == "预算控制率"]
    (up,) = [edge for edge in item["edges"] if edge["fact"] == "本年追加"]
    assert (up["edge"], up["closed"], up["distance"], up["after"], up["how"]) == (
        "76.0695",
        False,
        "66.9095",
        "4",
        "solved",
    )
    assert told["grade"]["now"] == "优" and told["grade"]["changes"][0]["fact"] == "政府采购预算"


@pytest.mark.parametrize(
    ("options", "code", "hint"),
    [
        (("--target", "预算控制=3"), "R680", "预算控制率"),
        (("--target", "等次=优良"), "R681", "指标=5"),
        (("--target", "预算控制率"), "R681", "指标=5"),
        (("--target", "预算控制率=3", "--by", "年末结传"), "R682", "年末结转"),
        (("--target", "预算控制率=3", "--by", "年末结转"), "R683", "本年追加"),
        (("预算控制",), "R680", "预算控制率"),
    ],
)
def test_a_question_that_cannot_be_read(options: tuple[str, ...], code: str, hint: str) -> None:
    done = run(*options)
    assert done.exit_code == 2 and done.stdout == ""
    assert code in done.stderr and hint in done.stderr

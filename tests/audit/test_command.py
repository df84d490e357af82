"""``rubric audit`` as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rubriclang.cli.command_audit import command

WRONG = "公用经费控制率＝（234.56/141.6）×100%=161.65%，得0分。"  # 165.649…%
RIGHT = "公用经费控制率＝（234.56/141.6）×100%=165.65%，得0分。"
COARSE = "年初预算数1000.50万元，支出决算数1000.00万元，完成年初预算的100%。公用率＝（1/3）×100%=33.33%。"


def run(path: Path, text: str, *options: str) -> Result:
    path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(command, [str(path), "--lang", "zh", *options])


def test_a_finding_has_its_place_a_caret_and_exit_code_1(tmp_path: Path) -> None:
    done = run(tmp_path / "report.txt", WRONG)
    assert done.exit_code == 1
    first, line, caret = done.stdout.splitlines()[:3]
    assert first.startswith(f"{tmp_path / 'report.txt'}:1:29: 错误[digit-slip]")
    assert "165.65%" in first and WRONG in line
    # 28 signs before the figure; 15 of them are two cells wide: 公用经费控制率 ＝ （ ） × is narrow.
    assert caret.strip().strip("|").strip() == "^" * len("161.65%")


def test_a_right_report_ends_with_0(tmp_path: Path) -> None:
    done = run(tmp_path / "report.txt", RIGHT)
    assert done.exit_code == 0 and done.stdout == ""
    assert "核对了 1 处计算" in done.stderr


def test_notes_alone_end_with_0(tmp_path: Path) -> None:
    # 1000/1000.5 = 99.95%
    done = run(tmp_path / "report.txt", COARSE)
    assert done.exit_code == 0 and "说明[rounded-to-limit]" in done.stdout and "99.95%" in done.stdout


def test_json(tmp_path: Path) -> None:
    done = run(tmp_path / "report.txt", WRONG, "--format", "json")
    told = json.loads(done.stdout)
    assert [one["class"] for one in told["findings"]] == ["digit-slip"]
    assert told["findings"][0]["right"] == "165.65%" and told["findings"][0]["excerpt"] == "161.65%"


@pytest.mark.parametrize("name", ["none.txt", "report.pdf"])
def test_what_cannot_be_read_ends_with_2(tmp_path: Path, name: str) -> None:
    if name.startswith("report"):
        (tmp_path / name).write_bytes(b"%PDF-1.7")
    done = CliRunner().invoke(command, [str(tmp_path / name), "--lang", "zh"])
    assert done.exit_code == 2 and done.stdout == "" and done.stderr

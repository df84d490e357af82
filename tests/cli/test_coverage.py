"""``rubric test --coverage`` and ``--suggest``: what the tests leave out, and tests that do not."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from rubriclang.cli.command_test import command

RUBRIC = """# 标准（10分）
默认：整档
数据：
- 追加：万元，≥ 0
- 预算：万元，> 0
- 类：甲类、乙类
- 停办：是否
## 控制率（5分）
追加 / 预算：≤ 5% -> 5；≤ 10% -> 3；≤ 8% -> 2；否则 -> 0
## 履职（5分）；人工评定
不适用：停办 -> 1
调整：类 = 乙类 -> 4
测试 一：
- 已知 追加 = 1 万元，预算 = 100 万元
- 控制率 = 5
"""


def run(path: Path, *options: str) -> str:
    result = CliRunner().invoke(command, [str(path), "--lang", "zh", *options])
    assert result.exit_code == 0, result.output
    return result.output


def test_rows_that_no_test_reaches_come_with_facts(tmp_path: Path) -> None:
    path = tmp_path / "a.rubric"
    path.write_text(RUBRIC.replace("≤ 8% -> 2；", ""), encoding="utf-8")
    output = run(path, "--coverage")
    assert "测试走到了 1 / 5 档" in output
    assert "控制率  <= 10%\n        例如 追加 = 1万元，预算 = 11万元" in output  # 9.09…%
    assert "控制率  否则\n        例如 追加 = 1万元，预算 = 1万元" in output
    assert "停办 = 是" in output
    assert "类 = 乙类" in output


def test_the_suggested_tests_reach_everything_and_pass(tmp_path: Path) -> None:
    path = tmp_path / "a.rubric"
    text = RUBRIC.replace("≤ 8% -> 2；", "")
    path.write_text(text, encoding="utf-8")
    suggested = run(path, "--suggest")
    tests = [line for line in suggested.splitlines() if line.startswith(("测试 ", "- "))]
    assert sum(line.startswith("测试 ") for line in tests) == 4
    path.write_text(text + "\n".join(tests) + "\n", encoding="utf-8")
    again = run(path, "--coverage")
    assert "测试走到了 5 / 5 档" in again

"""``rubric test --facts``: last year's fact files, with what their units got, as tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import rubriclang
from rubriclang.cli.command_test import command

RUBRIC = """# 标准（20分）
数据：
- 完成率：%，0% 至 100%
- 满意率：%，0% 至 100%
## 过程（10分）
### 完成（10分）
完成率：≥ 90% -> 10；≥ 60% -> 6；否则 -> 0
## 效益（10分）
### 满意（6分）
满意率：≥ 90% -> 6；否则 -> 2
### 推广（4分）；人工评定
# 结果
等次：≥ 18 -> 优；≥ 12 -> 良；否则 -> 差
"""
# 90% is 10 points, 80% is 2, and 3 were judged: 15 of 20, 良.
FACTS = """单位: 甲局
数据: {完成率: 90%, 满意率: 80%}
评定: {推广: 3}
应得:
  总分: 15
  等次: 良
  过程: 10
  效益: 5
  过程.完成: 10 分
  满意: 2
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.rubric").write_text(RUBRIC, encoding="utf-8")
    (tmp_path / "2019").mkdir()
    (tmp_path / "2019" / "甲.yaml").write_text(FACTS, encoding="utf-8")
    return tmp_path


def run(folder: Path, *options: str, lang: str = "zh") -> Result:
    arguments = [str(folder / "a.rubric"), "--facts", str(folder / "2019"), "--lang", lang, *options]
    return CliRunner().invoke(command, arguments)


def test_a_unit_that_gets_what_it_got_passes(folder: Path) -> None:
    result = run(folder)
    assert result.exit_code == 0, result.output
    assert "通过" in result.stdout and "甲局" in result.stdout
    assert "1 个测试通过，0 个失败" in result.stderr


def test_a_changed_standard_fails_at_what_changed(folder: Path) -> None:
    rubric = folder / "a.rubric"
    rubric.write_text(
        RUBRIC.replace("满意率：≥ 90% -> 6；否则 -> 2", "满意率：≥ 90% -> 6；否则 -> 0"), encoding="utf-8"
    )
    result = run(folder)
    assert result.exit_code == 1
    said = [line.strip() for line in result.stdout.splitlines() if line.startswith("    ")]
    # 15 - 2 = 13 is 良 still; the section and the indicator lose 2 as well.
    assert said == ["第 5 行  总分 = 15  实际是 13", "第 8 行  效益 = 5  实际是 3", "第 10 行  满意 = 2  实际是 0"]


@pytest.mark.parametrize(
    ("line", "zh", "en"),
    [
        ("满易: 2", "满易 = 2  实际是 没有这个指标，是不是“满意”", "no such indicator; did you mean '满意'?"),
        ("总分: 优", "总分 = 优  实际是 15", "got 15"),
        ("等次: 优", "等次 = 优  实际是 良", "got 良"),
        ("满意: 待评定", "满意 = 待评定  实际是 2", "got 2"),
        ("总分: [15]", "总分  实际是 这里要写分数、等次或缺失等原因", "a grade or a reason"),
        ("总分: 15.0000000001", "实际是 15", "got 15"),
    ],
)
def test_what_is_wrong_is_said(folder: Path, line: str, zh: str, en: str) -> None:
    (folder / "2019" / "甲.yaml").write_text(FACTS.partition("  总分")[0] + f"  {line}\n", encoding="utf-8")
    result = run(folder)
    assert result.exit_code == 1 and zh in result.stdout
    assert en in run(folder, lang="en").stdout


def test_a_reason_and_a_fraction_can_be_expected(folder: Path) -> None:
    file = folder / "2019" / "甲.yaml"
    file.write_text(
        "unit: 甲\nfacts: {完成率: 90%}\nexpected: {满意: missing, 推广: 待评定, 总分: 缺失, 完成: 20/2}\n",
        encoding="utf-8",
    )
    result = run(folder)
    assert result.exit_code == 0, result.output


def test_a_file_that_expects_nothing_is_told_of(folder: Path) -> None:
    (folder / "2019" / "乙.yaml").write_text("数据: {完成率: 90%}\n", encoding="utf-8")
    result = run(folder)
    assert result.exit_code == 0 and "跳过" in result.stdout and "乙.yaml" in result.stdout
    (folder / "2019" / "甲.yaml").unlink()
    assert run(folder).exit_code == 2
    (folder / "2019" / "丙.json").write_text("[", encoding="utf-8")
    broken = run(folder)
    assert broken.exit_code == 1 and "失败" in broken.stdout and "丙.json" in broken.stdout


def test_it_goes_with_one_rubric(folder: Path) -> None:
    result = CliRunner().invoke(
        command, [str(folder), str(folder / "a.rubric"), "--facts", str(folder), "--lang", "en"]
    )
    assert result.exit_code == 2 and "one rubric" in result.output
    assert CliRunner().invoke(command, [str(folder / "a.rubric"), "--facts", str(folder / "no")]).exit_code == 2


def test_its_files_count_for_coverage(folder: Path) -> None:
    # Of 3 bands of 完成, 2 of 满意, 3 of 等次 and the judged row: one each of the lists is reached.
    before = CliRunner().invoke(command, [str(folder / "a.rubric"), "--coverage", "--lang", "en"]).output
    after = run(folder, "--coverage", lang="en").output
    assert "tests reach 0 / " in before and "tests reach 3 / " in after


def test_the_part_does_not_disturb_scoring(folder: Path) -> None:
    outcome = rubriclang.load(folder / "a.rubric").score(rubriclang.load_facts(folder / "2019" / "甲.yaml"))
    assert outcome.total == 15 and outcome.diagnostics == ()

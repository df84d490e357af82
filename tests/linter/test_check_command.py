"""``rubric check`` with a selection, with comments that allow, with a baseline and with a project's settings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rubriclang.cli.main import cli
from rubriclang.driver import check_text
from rubriclang.linter.selection import Selection, codes_of
from rubriclang.source import Source

# An unused fact (R401), an unused parameter (R402) and an unused default (R413, a hint).
TEXT = """# 例（5分）
默认：整档
参数：
- 线 = 90%
数据：
- 率：%，0% 至 100%
- 多余：万元，≥ 0
## 甲（5分）
率：≥ 80% -> 5；否则 -> 0
"""
ALL = ["R413", "R402", "R401"]


def run(*args: str, text: str | None = None) -> Result:
    result = CliRunner().invoke(cli, ["check", "--lang", "zh", *args], input=text)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def told(*args: str, text: str | None = None) -> list[str]:
    return [one["code"] for one in json.loads(run("--format", "json", *args, text=text).stdout)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()  # settings are looked for no further up
    path = tmp_path / "a.rubric"
    path.write_text(TEXT, encoding="utf-8")
    return path


# ---- selection


@pytest.mark.parametrize(
    ("args", "codes"),
    [
        ([], ALL),
        (["--select", "R401"], ["R401"]),
        (["--select", "R401，r402"], ["R402", "R401"]),
        (["--select", "R4", "--ignore", "R402"], ["R413", "R401", "R412"]),  # R412 runs when it is selected
        (["--ignore", "R4"], []),
        (["--ignore", "R4", "--select", "R401"], ["R401"]),  # the longer beginning wins
    ],
)
def test_codes_are_chosen_by_their_beginnings(file: Path, args: list[str], codes: list[str]) -> None:
    assert told(*args, str(file)) == codes


def test_a_code_that_nothing_begins_with_is_a_mistake_of_usage(file: Path) -> None:
    result = run("--select", "R9", str(file))
    assert result.exit_code == 2 and "R9" in result.stderr and result.stdout == ""


def test_hints_never_change_the_exit_code(file: Path) -> None:
    assert run(str(file)).exit_code == 1
    hints = run("--select", "R413", str(file))
    assert hints.exit_code == 0 and "R413" in hints.stdout and "1 个提示" in hints.stderr


def test_the_longer_beginning_wins() -> None:
    assert Selection(("R4",), ("R401",)).admits("R402")
    assert not Selection(("R4",), ("R401",)).admits("R401")
    assert Selection(("R401",), ("R4",)).admits("R401")
    assert not Selection(("R401",)).admits("R402")
    assert not Selection(("R4",), ("R4",)).admits("R401")
    assert codes_of("R4，r301;R5 R6") == ("R4", "R301", "R5", "R6")


# ---- allow


def codes(text: str) -> list[str]:
    return [d.code for d in check_text(Source("a.rubric", text))]


@pytest.mark.parametrize(
    ("old", "new", "left"),
    [
        ("- 线", "// 允许 R402：明年启用\n- 线", ["R413", "R401"]),
        ("- 线 = 90%", "- 线 = 90%  // 允许 R402：明年启用", ["R413", "R401"]),
        ("- 线", "// allow R402: next year\n- 线", ["R413", "R401"]),
        ("- 线", "／／　允许　ｒ４０２：明年启用\n- 线", ["R413", "R401"]),
        ("- 线", "// 允许 R402：明年启用\n// 又一行注释\n\n- 线", ["R413", "R401"]),
        ("# 例", "// 允许 R401、R402：全部明年启用\n# 例", ["R413"]),
        ("默认", "// 允许 R413：明年有\n默认", ["R402", "R401"]),
        ("- 线", "// 允许 R402\n- 线", ["R413", "R441", "R401"]),  # no reason
        ("- 线", "// 允许 R401：不在这一行\n- 线", ["R413", "R440", "R402", "R401"]),  # unused
        ("- 线", "// 允许 R301：想放过错误\n- 线", ["R413", "R442", "R402", "R401"]),
        ("- 线", "// 允许各单位自行决定\n- 线", ALL),  # only a remark
    ],
)
def test_a_comment_allows_what_it_is_about(old: str, new: str, left: list[str]) -> None:
    assert codes(TEXT.replace(old, new, 1)) == left


def test_an_error_is_never_allowed() -> None:
    text = TEXT.replace("否则 -> 0", "否则 -> 9")
    assert codes("// 允许 R313：不管\n" + text) == ["R442", "R313"]


def test_a_comment_about_a_rule_that_did_not_run_is_not_called_unused(file: Path) -> None:
    file.write_text(TEXT.replace("- 线", "// 允许 R405：别处\n- 线"), encoding="utf-8")
    assert "R440" in told(str(file))
    assert told("--select", "R401", str(file)) == ["R401"]
    assert "R440" not in told("--ignore", "R405", str(file))
    broken = TEXT.replace("- 线", "// 允许 R402：明年\n- 线").replace("否则 -> 0", "否则 -> 9")
    assert codes(broken) == ["R313"]  # rules wait for errors, and their comments with them


# ---- baseline


def test_a_baseline_keeps_what_is_old_and_lets_new_findings_through(file: Path, tmp_path: Path) -> None:
    base = tmp_path / "old.json"
    wrote = run("--write-baseline", str(base), str(file))
    assert (wrote.exit_code, wrote.stdout) == (0, "") and "3" in wrote.stderr
    assert [row["path"] for row in json.loads(base.read_text(encoding="utf-8"))["findings"]] == ["a.rubric"] * 3
    again = run("--baseline", str(base), str(file))
    assert (again.exit_code, again.stdout) == (0, "")
    file.write_text(TEXT.replace("- 多余", "\n- 又多余：个，≥ 0\n- 多余"), encoding="utf-8")
    assert told("--baseline", str(base), str(file)) == ["R401"]
    assert run("--baseline", str(base), str(file)).exit_code == 1
    file.write_text(TEXT.replace("- 多余：万元，≥ 0\n", ""), encoding="utf-8")
    assert "1 处" in run("--baseline", str(base), str(file)).stderr


def test_a_baseline_holds_wherever_the_command_runs(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = tmp_path / "old.json"
    run("--write-baseline", str(base), str(file))
    monkeypatch.chdir(tmp_path)
    assert told("--baseline", "old.json", "a.rubric") == []


@pytest.mark.parametrize("text", ["", "[]", '{"version": 9}', '{"version": 1, "findings": [1]}'])
def test_what_is_no_baseline_is_refused(file: Path, tmp_path: Path, text: str) -> None:
    base = tmp_path / "bad.json"
    base.write_text(text, encoding="utf-8")
    result = run("--baseline", str(base), str(file))
    assert result.exit_code == 2 and "bad.json" in result.stderr
    assert run("--baseline", str(tmp_path / "none.json"), str(file)).exit_code == 2


# ---- settings


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("rubric.toml", 'ignore = ["R402", "R413"]\n'),
        ("pyproject.toml", '[tool.rubric]\nignore = ["R402", "R413"]\n'),
        ("rubric.toml", 'ignore = ["R402", "R413"]\n[fmt]\nwidth = 80\n'),
    ],
)
def test_settings_are_found_upward_and_the_command_line_wins(file: Path, tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    below = tmp_path / "deep" / "deeper"
    below.mkdir(parents=True)
    inner = below / "b.rubric"
    inner.write_text(TEXT, encoding="utf-8")
    assert told(str(inner)) == ["R401"]
    assert told("--ignore", "R401", str(inner)) == ["R413", "R402"]


def test_a_pyproject_without_a_word_on_rubrics_settles_nothing(file: Path, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    assert told(str(file)) == ALL


def test_a_baseline_in_the_settings_lies_beside_them(file: Path, tmp_path: Path) -> None:
    run("--write-baseline", str(tmp_path / "old.json"), str(file))
    (tmp_path / "rubric.toml").write_text('baseline = "old.json"\n', encoding="utf-8")
    assert told(str(file)) == []


@pytest.mark.parametrize("text", ['select = "R4"', 'ignore = ["R9"]', "baseline = 1", "selekt = []", "select = ["])
def test_settings_that_cannot_be_read_stop_the_run(file: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "rubric.toml").write_text(text, encoding="utf-8")
    result = run(str(file))
    assert (result.exit_code, result.stdout) == (2, "") and "R443" in result.stderr


def test_a_base_checked_through_two_editions_says_its_own_once(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    broken = TEXT.replace("否则 -> 0", "否则 -> 9")
    (tmp_path / "base.rubric").write_text(broken, encoding="utf-8")
    for name in ("x", "y"):
        (tmp_path / f"{name}.rubric").write_text("# 新（5分）\n沿用：base.rubric\n", encoding="utf-8")
    assert told(str(tmp_path)) == ["R313"]


def test_standard_input_is_checked_as_well() -> None:
    assert told("--ignore", "R413", "-", text=TEXT) == ["R402", "R401"]

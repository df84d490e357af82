"""``rubric score FOLDER FACTS``: the one rubric of the folder that applies."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rubriclang.cli.command_score import command

RUBRIC = (
    "# {title}（10分）\n数据：\n- 类型：乡镇、部门、县区\n- 数：个，整数，≥ 0\n{applies}"
    "## 指标（10分）\n数：≥ {edge} -> 10；否则 -> 0\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "标准"
    found.mkdir()
    for title, applies, edge in (
        ("公共", "", "1"),
        ("乡镇标准", "适用：类型 = 乡镇\n", "5"),
        ("部门标准", "适用：类型 ≠ 乡镇 且 类型 ≠ 县区\n", "7"),
    ):
        text = RUBRIC.format(title=title, applies=applies, edge=edge)
        (found / f"{title}.rubric").write_text(text, encoding="utf-8")
    return found


def scored(folder: Path, kind: str) -> Result:
    facts = folder.parent / "facts.yaml"
    facts.write_text(f"类型: {kind}\n数: 6\n", encoding="utf-8")
    return CliRunner().invoke(command, [str(folder), str(facts), "--lang", "zh"])


def test_the_rubric_that_applies_is_taken(folder: Path) -> None:
    town, office = scored(folder, "乡镇"), scored(folder, "部门")
    assert (town.exit_code, office.exit_code) == (0, 0)
    assert "乡镇标准" in town.output and "总分：10" in town.output
    assert "部门标准" in office.output and "总分：0" in office.output


def test_none_or_several_are_said(folder: Path) -> None:
    none = scored(folder, "县区")
    assert none.exit_code == 2 and "没有一套标准适用于这个单位" in none.output
    again = (folder / "乡镇标准.rubric").read_text(encoding="utf-8")
    (folder / "乡镇新标准.rubric").write_text(again, encoding="utf-8")
    several = scored(folder, "乡镇")
    assert several.exit_code == 2
    assert "乡镇标准.rubric" in several.output and "乡镇新标准.rubric" in several.output
    for file in folder.glob("*标准.rubric"):
        file.unlink()
    silent = scored(folder, "乡镇")
    assert silent.exit_code == 2 and "没有写“适用：”的标准" in silent.output

"""``rubric diff --lang en``: what the program says itself is English, what the rubric says stays as it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_commands import run, written

OLD = """# 例（10分）
数据：
- 预算：万元，> 0
- 支出：万元，≥ 0
## 执行率（6分）
执行率 = 支出 / 预算
≥ 90% -> 6
每低于 1% 扣 1 分（整档），扣完为止
## 管理（4分）；人工评定
"""
CHANGED = (
    ("- 支出：万元，≥ 0\n", "- 支出：万元\n", "bounds of '支出': ≥ 0 → none", "“支出”的范围：≥ 0 → 没有"),
    ("（整档）", "（按比例）", "whole steps only → pro rata", "整档 → 按比例"),
    ("扣 1 分", "扣 2 分", "points of a step: 1 point → 2 points", "每档的分：1 分 → 2 分"),
)


@pytest.mark.parametrize(("old", "new", "english", "chinese"), CHANGED)
def test_a_change_in_both_languages(old: str, new: str, english: str, chinese: str, tmp_path: Path) -> None:
    assert OLD.count(old) == 1
    files = [written(tmp_path, "a.rubric", OLD), written(tmp_path, "b.rubric", OLD.replace(old, new))]
    assert english in run("diff", *files, "--lang", "en").out
    assert chinese in run("diff", *files, "--lang", "zh").out


def test_a_part_that_the_rubric_does_not_name_is_english(tmp_path: Path) -> None:
    files = [written(tmp_path, "a.rubric", OLD), written(tmp_path, "b.rubric", OLD.replace("万元，≥ 0", "万元"))]
    assert run("diff", *files, "--lang", "en").out.startswith("facts\n")
    assert run("diff", *files, "--lang", "zh").out.startswith("数据\n")

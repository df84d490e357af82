"""The four commands that the README prints for a newcomer stay true, in both languages."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import openpyxl
import pytest

from .newcomer import ROOT, commands, walk

EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]


@pytest.mark.parametrize(
    ("readme", "lang", "sheet"), [("README.md", "zh", "评分表"), ("README.en.md", "en", "score_sheet")]
)
def test_the_path_leads_to_the_published_total(readme: str, lang: str, sheet: str, tmp_path: Path) -> None:
    assert len(commands(readme)) == 4
    pip, _, score, _ = walk(tmp_path, readme, lang)
    wanted = re.fullmatch(r"install \.\[(.+)\]\n", pip)
    assert wanted is not None and set(wanted[1].split(",")) <= set(EXTRAS)
    # The report itself comes to 92 points and the grade 优.
    assert re.search(r"总分：92\s+等次：优" if lang == "zh" else r"Total: 92\s+Grade: 优", score)
    page = openpyxl.load_workbook(tmp_path / f"{sheet}.xlsx", data_only=True)["评分表"]
    (row,) = [cell.row for cell in page["A"] if cell.value == "合计"]
    assert page.cell(row, 6).value == 92


@pytest.mark.parametrize("readme", ["README.md", "README.en.md"])
def test_every_picture_is_there(readme: str) -> None:
    found = re.findall(r"!\[[^]]+\]\(([^)]+)\)", (ROOT / readme).read_text(encoding="utf-8"))
    assert len(found) == 2
    for name in found:
        assert (ROOT / name).read_bytes().startswith(b"\x89PNG"), name

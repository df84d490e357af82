"""The sums of a workbook: what formula a section gets, and that another program comes to the same figures."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

import rubriclang
from rubriclang.reports.cell_formulas import definitions_of, points_formula
from rubriclang.reports.rendering import render
from tests.reports.recomputing import differences, formulas, office, recomputed, shown
from tests.reports.units import ROOT, TWO_SECTIONS, two_sections


def root_formula(text: str, cells: dict[str, str]) -> str | None:
    program = rubriclang.loads(text).program
    return points_formula(definitions_of(program), program.root.points, cells)


PARTS = "## 甲（6分）；人工评定\n## 乙（3分）；人工评定\n## 丙（1分）；人工评定\n"
CELLS = {"甲#得分": "F4", "乙#得分": "F5", "丙#得分": "F7"}


def test_a_sum_of_neighbours_is_a_range() -> None:
    assert root_formula("# 和（10分）\n" + PARTS, CELLS) == "=SUM(F4:F5,F7)"


def test_weights_are_said() -> None:
    text = "# 权（100分）\n## 甲（100分，权重 70%）；人工评定\n## 乙（100分，权重 30%）；人工评定\n"
    assert root_formula(text, {"甲#得分": "F4", "乙#得分": "F5"}) == "=F4*0.7+F5*0.3"


def test_a_rounded_total_is_said() -> None:
    text = "# 位（10分）\n保留 1 位小数，四舍五入\n" + PARTS
    assert root_formula(text, CELLS) == "=ROUND(SUM(F4:F5,F7),1)"


def test_a_veto_is_not_said() -> None:
    text = "# 否（10分）\n数据：\n- 违纪：是否\n" + PARTS + "# 结果\n否决：违纪 -> 总分 = 0\n"
    assert root_formula(text, CELLS) is None


def test_a_cell_that_is_not_shown_is_not_guessed() -> None:
    assert root_formula("# 和（10分）\n" + PARTS, {"甲#得分": "F4"}) is None


SHAPES = (
    ("2019_county_overall", "baojing_2019", 17),
    ("cn/jgj59_1999", "cn/jgj59_70", 20),  # renormalised
    ("cn/jgjt77_2003", "cn/jgjt77_no_subcontract", 5),  # weights, renormalised section
    ("cn/soe_comprehensive_2006", "cn/soe_sample", 3),  # weights, rounded
)


@pytest.mark.skipif(office() is None, reason="LibreOffice (soffice) is not installed: nothing else here can recompute")
def test_libreoffice_comes_to_the_same_figures(tmp_path: Path) -> None:
    files = []
    for name, facts, _ in SHAPES:
        rubric = rubriclang.load(ROOT / "rubrics" / f"{name}.rubric")
        outcome = rubric.score(rubriclang.load_facts(ROOT / "examples" / f"{facts}.yaml"))
        target = tmp_path / f"{Path(name).name}.xlsx"
        assert render([outcome], rubric.program, target) == ()
        files.append(target)
    several = tmp_path / "several.xlsx"
    outcomes = [two_sections(unit="甲"), two_sections(1, "5", "8", "乙"), two_sections(5, "4", "8", "丙")]
    assert render(outcomes, rubriclang.loads(TWO_SECTIONS).program, several) == ()
    found = recomputed(tmp_path, [*files, several])
    counted = {}
    for file in [*files, several]:
        counted[file.stem] = 0
        for place, formula, ours, theirs in formulas(file, found[file.name]):
            counted[file.stem] += 1
            assert isinstance(ours, int | float) and isinstance(theirs, int | float), formula
            assert abs(ours - theirs) < 1e-9, f"{file.name} {place} {formula}"
    assert all(counted[Path(name).name] >= least for name, _, least in SHAPES if least)
    # 4.5 + 4 + 8; 5 + 7 + 8; 4 + 4 + 8, ranked from the top
    ranking = found["several.xlsx"]["排名"]
    assert [[c.value for c in row[:2]] + [row[3].value] for row in ranking.iter_rows(4, 6)] == [
        [1, "乙", 20],
        [2, "甲", 16.5],
        [3, "丙", 16],
    ]


def test_the_total_of_the_county_is_a_live_formula(
    county: rubriclang.Rubric, published: rubriclang.Facts, tmp_path: Path
) -> None:
    target = tmp_path / "out.xlsx"
    outcome = county.score(published)
    assert render([outcome], county.program, target) == ()
    page = openpyxl.load_workbook(target)["评分表"]
    values = openpyxl.load_workbook(target, data_only=True)["评分表"]
    (row,) = [cell.row for cell in page["A"] if cell.value == "合计"]
    assert str(page.cell(row, 6).value).startswith("=")
    assert values.cell(row, 6).value == 92 == Fraction(outcome.total or 0)


def test_reading_a_sheet_back_sees_another_score(tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    assert render([two_sections()], rubriclang.loads(TWO_SECTIONS).program, target) == ()
    page = openpyxl.load_workbook(target, data_only=True)["评分表"]
    assert shown(page) == ([4.5, 4, 8], 16.5)
    assert differences(page, two_sections()) == []
    assert differences(page, two_sections(first="5")) == ["一: 4.5 for 5", "合计: 16.5 for 17"]

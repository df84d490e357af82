"""The grid of a score sheet: what stands in it, what is merged, in outlines of several shapes."""

from __future__ import annotations

from fractions import Fraction

import pytest

import rubriclang
from rubriclang.reports.columns import chosen_columns, official_columns
from rubriclang.reports.layout import Cell, Sheet
from rubriclang.reports.sheet_builder import depth_of, sheet_of, standards_of
from rubriclang.reports.sheet_notes import notes, sum_note
from rubriclang.reports.wording import Lang
from tests.reports.units import program_of, two_sections


def sheet(
    rubric: rubriclang.Rubric, outcome: rubriclang.Outcome, columns: str | None = None, lang: Lang = "zh"
) -> Sheet:
    depth = depth_of(rubric.program)
    wanted = official_columns(depth, lang)
    if columns is not None:
        wanted, wrong = chosen_columns(columns, depth, lang)
        assert not wrong
    return sheet_of(outcome, rubric.program, wanted, lang, standards_of(rubric.program, outcome, lang))


def texts(cells: tuple[Cell | None, ...]) -> list[str | None]:
    return [None if cell is None else cell.text for cell in cells]


def test_the_official_table_of_two_sections() -> None:
    found = sheet(program_of(), two_sections())
    assert [c.title for c in found.columns] == ["一级指标", "二级指标", "评分标准", "分值", "得分", "扣分原因"]
    rows = "≤ 3 → 7\n≤ 5 → 4\n否则 → 0"
    assert [texts(line.cells) for line in found.lines] == [
        ["甲\n（12分）", "一", "由评价人评定，0 至 5 分", "5", "4.5", "评定扣 0.5 分"],
        [None, "二", rows, "7", "4", "数 5件 ≤ 5；扣 3 分"],
        [None, "小计", "", "12", "8.5", ""],
        ["乙", None, "由评价人评定，0 至 8 分", "8", "8", ""],
        ["合计", None, "", "20", "16.5", ""],
    ]
    first = found.lines[0].cells[0]
    assert first is not None and (first.rows, first.columns) == (3, 1)
    across = found.lines[3].cells[0]
    assert across is not None and (across.rows, across.columns) == (1, 2)
    assert [loss.lost for loss in found.losses] == [Fraction(7, 2), 0]


def test_judged_points_are_marked_and_computed_ones_are_not() -> None:
    found = sheet(program_of(), two_sections())
    points = [line.cells[4] for line in found.lines]
    assert [cell.judged for cell in points if cell is not None] == [True, False, False, True, False]
    assert any("※" in note for note in notes(found, program_of().program, "zh"))


def test_every_cell_is_covered_exactly_once(county: rubriclang.Rubric, published: rubriclang.Facts) -> None:
    found = sheet(county, county.score(published))
    covered = [[0] * len(found.columns) for _ in found.lines]
    for y, line in enumerate(found.lines):
        for x, cell in enumerate(line.cells):
            if cell is not None:
                for dy in range(cell.rows):
                    for dx in range(cell.columns):
                        covered[y + dy][x + dx] += 1
    assert {count for row in covered for count in row} == {1}


def test_the_columns_stand_in_the_order_asked_for() -> None:
    found = sheet(program_of(), two_sections(), "得分，二级指标,分值")
    assert [c.title for c in found.columns] == ["得分", "二级指标", "分值"]
    assert texts(found.lines[0].cells) == ["4.5", "一", "5"]
    assert texts(found.lines[3].cells) == ["8", "乙", "8"]
    assert texts(found.lines[4].cells) == ["16.5", "合计", "20"]


def test_english_titles_and_keys_name_columns() -> None:
    found, wrong = chosen_columns("level-1, Points, 扣分原因", 2, "en")
    assert not wrong
    assert [c.title for c in found] == ["Level 1", "Points", "Remarks"]


@pytest.mark.parametrize(("text", "code"), [("得份", "R652"), ("得分,得分", "R653"), ("", "R652")])
def test_columns_that_cannot_be(text: str, code: str) -> None:
    _, wrong = chosen_columns(text, 3, "zh")
    assert [d.code for d in wrong] == [code]


def test_a_misspelt_column_is_told_the_nearest() -> None:
    _, wrong = chosen_columns("扣分原应", 3, "zh")
    assert wrong[0].hint("zh") == "可以用：扣分原因"


def test_a_flat_rubric_has_no_levels_and_no_subtotals() -> None:
    rubric = program_of("# 平（3分）\n## 甲（1分）；人工评定\n## 乙（2分）；人工评定\n")
    found = sheet(rubric, rubric.score({"评定": {"甲": 1, "乙": 2}}))
    assert found.columns[0].title == "指标"
    assert [line.kind for line in found.lines] == ["indicator", "indicator", "total"]


def test_a_deep_outline_names_its_levels_and_stretches_shallow_items() -> None:
    text = (
        "# 深（3分）\n## 甲（2分）\n### 乙（2分）\n#### 丙（2分）\n##### 丁（2分）；人工评定\n## 戊（1分）；人工评定\n"
    )
    rubric = program_of(text)
    found = sheet(rubric, rubric.score({"评定": {"丁": 2, "戊": 1}}))
    assert [c.title for c in found.columns[:4]] == ["一级指标", "二级指标", "三级指标", "四级指标"]
    shallow = next(line.cells[0] for line in found.lines if line.node.title == "戊")
    assert shallow is not None and shallow.columns == 4


def test_what_is_open_has_words_and_no_number() -> None:
    rubric = program_of()
    outcome = rubric.score({"评定": {"一": 4}})
    found = sheet(rubric, outcome)
    points = [line.cells[4] for line in found.lines]
    assert [cell.text for cell in points if cell is not None] == ["4", "缺数据", "—", "待评定", "—"]
    assert [cell.number for cell in points if cell is not None] == [4, None, None, None, None]
    # 4 + 0…7 + 0…8
    assert sum_note(found, "zh").startswith("总分：未定（目前在 4 至 19 分之间）")
    assert any(
        note.startswith("尚未完成") and "二" in note and "乙" in note for note in notes(found, rubric.program, "zh")
    )


def test_labels_stand_where_points_would() -> None:
    rubric = program_of(
        "# 级（1分）\n数据：\n- 数：件，≥ 0\n## 甲\n数：≤ 3 -> 好；否则 -> 差\n## 乙（1分）；人工评定\n"
    )
    found = sheet(rubric, rubric.score({"数": 2}))
    assert texts(found.lines[0].cells)[-3:] == ["—", "好", ""]


def test_the_published_county_sheet(county: rubriclang.Rubric, published: rubriclang.Facts) -> None:
    found = sheet(county, county.score(published))
    at = [c.key for c in found.columns].index("points")
    sums = {line.node.title: line.cells[at] for line in found.lines if line.kind == "subtotal"}
    # 投入绩效为13分，过程绩效为53分，产出及效率绩效为26分，总得分92分
    assert {name: cell.text for name, cell in sums.items() if cell is not None} == {
        "投入": "13",
        "过程": "53",
        "产出及效率": "26",
    }
    assert sum_note(found, "zh").startswith("总分：92 分　　等次：优")
    reason = next(line.cells[-1] for line in found.lines if line.node.title == "公用经费控制率")
    assert reason is not None and "165.65%" in reason.text and "实扣 8 分" in reason.text

"""Templates as the person sees them who fills them in: what can be changed, what is checked, what is said."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import rubriclang
from rubriclang.cli.main import cli
from tests.sheets.filling import put, row_of

RUBRIC = """# 标准（13分）
默认：整档，扣完为止
数据：
- 年初预算：万元，> 0
- 满意率：%，80% 至 100%
- 人数：人，整数，≥ 0
- 新建：是否
- 报送日：日期，≥ 2020-01-01
- 等次：一等、二等
- 面积：平方米，≥ 0，仅当 新建
- 得奖：项，整数，可缺
## 一（5分）
年初预算：≤ 5 万元 -> 5；否则 -> 0
## 二（3分）；人工评定：1 至 3
## 三（5分）
清单：
- 2分 有制度
- 3分 有执行
"""


openpyxl: Any = importlib.import_module("openpyxl")  # its stubs leave every cell open to be None


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, [*arguments, "--lang", "zh"])


@pytest.fixture
def rubric(tmp_path: Path) -> Path:
    path = tmp_path / "标准.rubric"
    path.write_text(RUBRIC, encoding="utf-8")
    return path


@pytest.fixture
def sheet(rubric: Path, tmp_path: Path) -> Path:
    path = tmp_path / "填报.xlsx"
    assert run("template", str(rubric), "-o", str(path)).exit_code == 0
    return path


def rules_of(page: Any) -> dict[str, Any]:
    return {str(rule.sqref): rule for rule in page.data_validations.dataValidation}


def test_only_the_cells_to_fill_in_can_be_changed(sheet: Path) -> None:
    book = openpyxl.load_workbook(sheet)
    assert book.sheetnames == ["数据", "评定", "自报", "_填报表版本"]
    assert book["_填报表版本"].sheet_state == "veryHidden"
    for page in book.worksheets:
        assert page.protection.sheet
        head = next((row for row in range(1, 6) if page.cell(row, 1).value in ("名称", "指标")), None)
        titles = [cell.value for cell in page[head]] if head else []
        for row in page.iter_rows(min_row=(head or 0) + 1):
            open_ = {titles[cell.column - 1] for cell in row if head and not cell.protection.locked}
            expected = {"数据": {"数值", "来源"}, "评定": {"得分", "评定人", "依据"}, "自报": {"自报得分"}}
            assert open_ == expected.get(page.title, set())


def test_every_cell_knows_what_may_stand_in_it(sheet: Path) -> None:
    page = openpyxl.load_workbook(sheet)["数据"]
    rules = rules_of(page)

    def rule(name: str) -> Any:
        return rules[f"B{row_of(page, name)}"]

    def said(name: str) -> tuple[str, str | None, str, str | None]:
        found = rule(name)
        return found.type, found.operator, found.formula1, found.formula2

    assert said("年初预算") == ("decimal", "greaterThan", "0", None)
    assert said("满意率")[0] == "decimal"
    assert (said("满意率")[2], said("满意率")[3]) == ("0.8", "1")
    assert said("人数") == ("whole", "greaterThanOrEqual", "0", None)
    assert said("新建")[::2] == ("list", '"是,否"')
    assert said("等次")[::2] == ("list", '"一等,二等"')
    # 2020-01-01 is day 43831.
    assert said("报送日") == ("date", "greaterThanOrEqual", "43831", None)
    assert rule("满意率").error == "这里填百分数，例如 95%；不小于 80%，不大于 100%"
    assert "仅当 新建 时填" in rule("面积").prompt
    number = page.cell(row_of(page, "满意率"), 2).number_format
    assert number == "0.00%"


def test_a_judged_value_has_its_range_in_its_cell(sheet: Path) -> None:
    page = openpyxl.load_workbook(sheet)["评定"]
    row = row_of(page, "二")
    assert page.cell(row, 3).value == "1 至 3 分"
    rule = rules_of(page)[f"D{row}"]
    assert (rule.type, rule.formula1, rule.formula2) == ("decimal", "1", "3")
    assert page.cell(row_of(page, "三", tick="有执行"), 3).value == "是 = 3 分"


def filled(path: Path, **cells: Any) -> Path:
    """The template with values by name; of 评定 by 评_name, of a checklist by 勾_item."""
    book = openpyxl.load_workbook(path)
    for name, value in cells.items():
        kind, _, rest = name.partition("_")
        if kind == "评":
            put(book["评定"], row_of(book["评定"], rest, tick=""), 4, value)
        elif kind == "勾":
            put(book["评定"], row_of(book["评定"], rest, column=2), 4, value)
        else:
            put(book["数据"], row_of(book["数据"], name), 2, value)
    book.save(path)
    return path


def scored(rubric: Path, sheet: Path) -> rubriclang.Outcome:
    return rubriclang.load(rubric).score(rubriclang.load_facts(sheet))


def places(outcome: rubriclang.Outcome, *codes: str) -> list[tuple[str, str]]:
    return [
        (d.code, d.source.place(d.span).rpartition("!")[2])
        for d in outcome.diagnostics
        if d.code in codes and d.source is not None and d.span is not None
    ]


def test_what_is_not_judged_is_pending_and_never_zero(rubric: Path, sheet: Path) -> None:
    outcome = scored(rubric, filled(sheet, 年初预算=5))
    assert [(each.points, each.reason) for each in outcome] == [(5, None), (None, "pending"), (None, "pending")]
    page = openpyxl.load_workbook(sheet)["评定"]
    blank = [("R513", f"D{row_of(page, '二')}"), ("R513", f"D{row_of(page, '三', tick='有制度')}")]
    assert places(outcome, "R513") == blank


def test_half_a_checklist_is_pending(rubric: Path, sheet: Path) -> None:
    assert scored(rubric, filled(sheet, 勾_有制度="是"))["三"].reason == "pending"


def test_ticks_add_up(rubric: Path, sheet: Path) -> None:
    """有制度 2 分, not 有执行: 2 of 5."""
    assert scored(rubric, filled(sheet, 勾_有制度="是", 勾_有执行="否"))["三"].points == 2


def test_points_beside_ticks_are_given_twice(rubric: Path, sheet: Path) -> None:
    assert places(scored(rubric, filled(sheet, 勾_有制度="是", 勾_有执行="否", 评_三=2)), "R507") != []


def test_points_out_of_their_range_are_refused_by_cell(rubric: Path, sheet: Path) -> None:
    outcome = scored(rubric, filled(sheet, 评_二=4))
    row = row_of(openpyxl.load_workbook(sheet)["评定"], "二")
    assert (outcome["二"].points, places(outcome, "R514")) == (None, [("R514", f"D{row}")])


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "yaml"])
def test_a_sheet_of_another_version_is_told(rubric: Path, suffix: str, tmp_path: Path) -> None:
    sheet = tmp_path / f"填报.{suffix}"
    run("template", str(rubric), "-o", str(sheet))
    assert [d for d in scored(rubric, sheet).diagnostics if d.code == "R547"] == []
    changed = RUBRIC.replace("年初预算：万元", "年初预算：元").replace(
        "- 得奖：项，整数，可缺", "- 处罚：项，整数，可缺"
    )
    rubric.write_text(changed.replace("≤ 5 万元", "≤ 5 元"), encoding="utf-8")
    told = [d for d in scored(rubric, sheet).diagnostics if d.code == "R547"]
    assert [d.severity for d in told] == ["warning"]
    if suffix == "xlsx":  # it keeps the list of what was asked
        for text in ("增加了“处罚”", "去掉了“得奖”", "“年初预算”原来是“万元，> 0”，现在是“元，> 0”"):
            assert text in told[0].message("zh")


def test_a_file_is_never_overwritten(rubric: Path, sheet: Path) -> None:
    filled(sheet, 年初预算=5)
    before = sheet.read_bytes()
    again = run("template", str(rubric), "-o", str(sheet))
    assert (again.exit_code, sheet.read_bytes()) == (2, before)
    assert "不会覆盖" in again.output
    assert run("template", str(rubric), "-o", str(sheet), "--force").exit_code == 0
    assert sheet.read_bytes() != before
    assert [path.name for path in sheet.parent.iterdir() if path.name.startswith(".rubric-")] == []


def test_what_a_format_cannot_hold_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.rubric"
    path.write_text(
        "# 标（5分）\n表 项：\n- 投资：万元\n## 一（5分）\n数 = 个数（项）\n数：≥ 1 -> 5；否则 -> 0\n", encoding="utf-8"
    )
    refused = run("template", str(path), "-o", str(tmp_path / "a.csv"))
    assert (refused.exit_code, "CSV 装不下" in refused.output) == (2, True)
    assert run("template", str(path), "-o", str(tmp_path / "a.docx")).exit_code == 2


# ---- many units


def table(rubric: Path, tmp_path: Path) -> Path:
    path = tmp_path / "各单位.xlsx"
    assert run("template", str(rubric), "-o", str(path), "--table").exit_code == 0
    book = openpyxl.load_workbook(path)
    page = book["各单位"]
    heads = {cell.value: cell.column for cell in page[3]}
    rows = [("甲局", 5, 2, 5), ("乙局", 6, 3, 5), ("丙局", "五", 3, 5), (None, 4, 3, 5), ("甲局", 4, 3, 5)]
    for number, (unit, budget, two, three) in enumerate(rows, 4):
        put(page, number, heads["单位"], unit)
        put(page, number, heads["年初预算（万元）"], budget)
        put(page, number, heads["评定：二"], two)
        put(page, number, heads["评定：三"], three)
    book.save(path)
    return path


def test_a_table_of_units_is_ranked_and_its_faults_are_told_by_cell(rubric: Path, tmp_path: Path) -> None:
    """甲局 5 + 2 + 5 = 12; 乙局 0 + 3 + 5 = 8; 丙局 has no number; a row without a name; 甲局 a second time."""
    path = table(rubric, tmp_path)
    outcomes, found = rubriclang.load(rubric).score_units(rubriclang.load_facts(path))
    assert [(each.unit, each.total) for each in outcomes] == [("甲局", 12), ("乙局", 8), ("丙局", None)]
    assert [(d.code, d.source.place(d.span).rpartition("!")[2]) for d in found if d.source and d.span] == [
        ("R544", "A7"),
        ("R545", "A8"),
    ]
    assert places(outcomes[2], "R505") == [("R505", "B6")]
    printed = run("score", str(rubric), str(path), "--width", "100")
    assert printed.exit_code == 1
    lines = [line for line in printed.output.splitlines() if "│" in line]
    assert [next(name for name in ("甲局", "乙局", "丙局") if name in line) for line in lines[1:]] == [
        "甲局",
        "乙局",
        "丙局",
    ]


def test_a_table_of_units_as_lines_and_as_a_sheet(rubric: Path, tmp_path: Path) -> None:
    import json

    path = table(rubric, tmp_path)
    printed = CliRunner().invoke(cli, ["score", str(rubric), str(path), "--format", "jsonl", "--lang", "zh"])
    objects = [json.loads(line) for line in printed.stdout.splitlines()]
    assert [(each["unit"], each["total"]) for each in objects] == [("甲局", "12"), ("乙局", "8"), ("丙局", None)]
    for suffix in ("csv", "xlsx"):
        out = tmp_path / f"得分.{suffix}"
        assert run("score", str(rubric), str(path), "-o", str(out)).exit_code == 1
    assert (tmp_path / "得分.csv").read_text(encoding="utf-8-sig").splitlines()[1] == "1,甲局,12,13,,5,7,5,2,5,"
    page = openpyxl.load_workbook(tmp_path / "得分.xlsx").active
    assert [cell.value for cell in page[3]][:10] == [2, "乙局", 8, 13, None, 0, 8, 0, 3, 5]


def test_one_unit_where_a_table_is_given(rubric: Path, tmp_path: Path) -> None:
    outcome = scored(rubric, table(rubric, tmp_path))
    assert "R548" in [d.code for d in outcome.diagnostics]


def test_a_population_sees_all_units_of_a_table(tmp_path: Path) -> None:
    """90, 80 and 80: the first is 1, the two equal ones are both 2."""
    rubric = tmp_path / "a.rubric"
    rubric.write_text(
        "# 标（5分）\n数据：\n- 成绩：分\n位次 = 名次（各单位：成绩，并列 = 同名次）\n"
        "## 一（5分）\n位次：≤ 1 -> 5；≤ 2 -> 3；否则 -> 0\n",
        encoding="utf-8",
    )
    path = tmp_path / "a.csv"
    path.write_text("单位,成绩\n甲,80\n乙,90\n丙,80\n", encoding="gb18030")
    outcomes, found = rubriclang.load(rubric).score_units(rubriclang.load_facts(path))
    assert [each.total for each in outcomes] == [3, 5, 3]
    assert found == ()


def test_names_of_columns_that_fit_nothing_are_told_once(rubric: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("单位,年初预算,满意律,年初预算\n甲,1,90%,2\n乙,1,90%,2\n", encoding="utf-8")
    _, found = rubriclang.load(rubric).score_units(rubriclang.load_facts(path))
    assert sorted((d.code, d.source.place(d.span).rpartition("!")[2]) for d in found if d.source and d.span) == [
        ("R507", "D1"),
        ("R552", "C1"),
    ]
    assert "满意率" in next(d for d in found if d.code == "R552").hint("zh")


def test_a_failed_check_counts_only_where_it_is_asked_for(tmp_path: Path) -> None:
    """1 is not 2: a warning under the name of its unit, and with --strict exit code 1."""
    rubric, path = tmp_path / "a.rubric", tmp_path / "a.csv"
    rubric.write_text(
        "# 标（5分）\n数据：\n- 甲：分\n- 乙：分\n## 一（5分）\n甲：≥ 1 -> 5；否则 -> 0\n勾稽：\n- 相等：甲 = 乙\n",
        encoding="utf-8",
    )
    path.write_text("单位,甲,乙\n东局,1,1\n西局,1,2\n", encoding="utf-8")
    printed = run("score", str(rubric), str(path))
    assert printed.exit_code == 0
    assert "— 西局 —" in printed.output
    assert "— 东局 —" not in printed.output
    assert run("score", str(rubric), str(path), "--strict").exit_code == 1


def test_a_list_of_units_is_a_table_too(rubric: Path, tmp_path: Path) -> None:
    """甲 5 + 2 + 5 = 12; 乙 6 万元 is over 5: 0 + 3 + 0 = 3."""
    path = tmp_path / "a.yaml"
    path.write_text(
        "- {单位: 甲, 数据: {年初预算: 5}, 评定: {二: 2, 三: {清单: [是, 是]}}}\n"
        "- {单位: 乙, 数据: {年初预算: 6}, 评定: {二: 3, 三: 0}}\n",
        encoding="utf-8",
    )
    loaded = rubriclang.load(rubric)
    outcomes, found = loaded.score_units(rubriclang.load_facts(path))
    assert [each.unit for each in outcomes] == ["甲", "乙"]
    assert [each.total for each in outcomes] == [12, 3]
    assert found == ()
    sheet = tmp_path / "b.yaml"
    assert run("template", str(rubric), "-o", str(sheet), "--table").exit_code == 0
    blank, found = loaded.score_units(rubriclang.load_facts(sheet))
    assert [(each.unit, each.total) for each in blank] == [(None, None), (None, None)]

"""``rubric report`` on a table with a row a unit: a ranking and a sheet for each."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest
from tests.cli.test_commands import run, written

RUBRIC = """# 例（10分）
数据：
- 预算：万元，> 0
- 支出：万元，≥ 0
## 执行率（6分）
执行率 = 支出 / 预算
执行率：≥ 90% -> 6；≥ 80% -> 3；否则 -> 0
## 管理（4分）；人工评定
"""
# 95% -> 6 + 4 = 10; 85% -> 3 + 3 = 6; 90% -> 6 + 0 = 6.
Rows = tuple[tuple[str | int, ...], ...]
ROWS: Rows = (
    ("单位", "预算（万元）", "支出（元）", "管理"),
    ("甲局", 100, 950000, 4),
    ("乙局", 200, 1700000, 3),
    ("丙局", 1000, 9000000, 0),
)


def table(folder: Path, suffix: str, rows: Rows = ROWS) -> str:
    path = folder / f"各单位.{suffix}"
    if suffix == "csv":
        path.write_text("".join(",".join(map(str, row)) + "\n" for row in rows), encoding="gb18030")
    elif suffix == "xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.worksheets[0].append(list(row))
        book.save(path)
    else:
        arrow = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
        parquet = pytest.importorskip("pyarrow.parquet")
        columns = {str(rows[0][i]): [row[i] for row in rows[1:]] for i in range(len(rows[0]))}
        parquet.write_table(arrow.table(columns), path)
    return str(path)


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "parquet"])
def test_a_ranking_and_a_sheet_for_each_unit(suffix: str, tmp_path: Path) -> None:
    target = tmp_path / "评分表.xlsx"
    rubric = written(tmp_path, "r.rubric", RUBRIC)
    done = run("report", rubric, table(tmp_path, suffix), "-o", str(target), "--lang", "zh")
    assert (done.code, done.out) == (0, ""), done.err
    assert "3 个单位" in done.err
    book = openpyxl.load_workbook(target, data_only=True)
    assert book.sheetnames[:4] == ["排名", "甲局", "乙局", "丙局"]
    rows = [[cell.value for cell in row] for row in book["排名"].iter_rows(4, 6)]
    assert [(row[0], row[1], row[2]) for row in rows] == [(1, "甲局", 10), (2, "乙局", 6), (2, "丙局", 6)]
    totals = {name: [c.value for row in book[name].iter_rows() for c in row] for name in ("甲局", "乙局", "丙局")}
    assert all("单位：" + name in cells for name, cells in totals.items())


def test_tables_and_single_files_go_together(tmp_path: Path) -> None:
    rubric = written(tmp_path, "r.rubric", RUBRIC)
    one = written(tmp_path, "one.yaml", "单位: 丁局\n数据: {预算: 10, 支出: 9.5}\n评定: {管理: 2}\n")
    target = tmp_path / "a.md"
    assert run("report", rubric, table(tmp_path, "csv"), one, "-o", str(target), "--lang", "zh").code == 0
    text = target.read_text(encoding="utf-8")
    # 10, 8, 6, 6
    assert text.index("| 1 | 甲局 | 10 |") < text.index("| 2 | 丁局 | 8 |") < text.index("| 3 | 乙局 | 6 |")


def test_a_wrong_row_is_told_with_its_unit_and_cell_and_the_others_are_written(tmp_path: Path) -> None:
    rubric = written(tmp_path, "r.rubric", RUBRIC)
    rows = (*ROWS[:2], ("乙局", "待定", 1700000, 3))
    target = tmp_path / "a.xlsx"
    done = run("report", rubric, table(tmp_path, "xlsx", rows), "-o", str(target), "--lang", "zh")
    assert done.code == 1
    assert "— 乙局 —" in done.out and "B3" in done.out and "R505" in done.out
    ranking = openpyxl.load_workbook(target, data_only=True)["排名"]
    assert [[c.value for c in row[:2]] for row in ranking.iter_rows(4, 5)] == [[1, "甲局"], ["—", "乙局"]]


def test_a_table_without_units_is_not_written(tmp_path: Path) -> None:
    rubric = written(tmp_path, "r.rubric", RUBRIC)
    target = tmp_path / "a.xlsx"
    done = run("report", rubric, table(tmp_path, "csv", ROWS[:1]), "-o", str(target), "--lang", "zh")
    assert done.code == 2 and not target.exists()


COMPARED = """# 比（10分）
数据：
- 增长：%，0% 至 100%
## 位次（10分）
名次 = 名次（各单位：增长，并列 = 同名次）
名次：≤ 1 -> 10；≤ 2 -> 6；否则 -> 0
"""


def test_units_that_are_compared_see_each_other_in_their_sentences_too(tmp_path: Path) -> None:
    rubric = written(tmp_path, "r.rubric", COMPARED)
    rows = (("单位", "增长"), ("甲", "5%"), ("乙", "7%"))
    target = tmp_path / "a.md"
    columns = ("--columns", "指标,得分,计算过程", "--lang", "zh")
    done = run("report", rubric, table(tmp_path, "csv", rows), "-o", str(target), *columns)
    assert done.code == 0, done.out + done.err
    text = target.read_text(encoding="utf-8")
    first, second = text.split("单位：甲")[1].split("单位：乙")
    assert "名次 = 2" in first or "为 2" in first or "为2" in first, first
    assert "得 6 分" in first and "得 10 分" in second


def test_single_files_of_a_rubric_that_compares_are_compared_with_each_other(tmp_path: Path) -> None:
    rubric = written(tmp_path, "r.rubric", COMPARED)
    files = [written(tmp_path, f"{n}.yaml", f"单位: {n}\n增长: {rate}\n") for n, rate in (("甲", "5%"), ("乙", "7%"))]
    target = tmp_path / "a.md"
    assert run("report", rubric, *files, "-o", str(target), "--lang", "zh").code == 0
    assert "| 1 | 乙 | 10 |" in target.read_text(encoding="utf-8")


def test_a_template_is_filled_for_each_unit_of_a_table(tmp_path: Path) -> None:
    rubric = written(tmp_path, "r.rubric", RUBRIC)
    template = docx.Document()
    template.add_paragraph("{{单位}}：{{总分}} 分，第 {{名次}}")
    template.add_paragraph("{{执行率.计算过程}}")
    path, target = tmp_path / "模板.docx", tmp_path / "out.docx"
    template.save(str(path))
    done = run("report", rubric, table(tmp_path, "csv"), "-o", str(target), "--template", str(path), "--lang", "zh")
    assert done.code == 0, done.err
    texts = [p.text for p in docx.Document(str(target)).paragraphs if p.text]
    assert texts[0::2] == ["甲局：10 分，第 1", "乙局：6 分，第 2", "丙局：6 分，第 2"]
    assert ["95 / 100" in texts[1], "170 / 200" in texts[3], "900 / 1000" in texts[5]] == [True] * 3

"""Sheets as other programs write them. What each cell was given is written beside the value expected of it."""

from __future__ import annotations

import datetime
import importlib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import rubriclang
from rubriclang.diagnostics.render import render
from rubriclang.facts.sheets.formats import date_text, parse_format, plain, restored

openpyxl: Any = importlib.import_module("openpyxl")  # its stubs leave every cell open to be None
FILES = Path(__file__).parent / "files"
RUBRIC = """# 标准（10分）
数据：
- 年初预算：万元，> 0
- 本年追加：万元，≥ 0
- 满意率：%，0% 至 100%
- 新建：是否，可缺
- 报送日：日期
- 人数：人，整数
- 等次：一等、二等
- 差错：万元，可缺
- 支出：万元
- 比例：%
表 项目：
- 名称：文字
- 投资：万元，≥ 0
- 完成率：%
## 一（10分）
率 = 本年追加 / 年初预算
≤ 5% -> 10；否则 -> 0
"""
# The sheet 数据 of tests/sheets/files was typed as: 1521.39 万元; ９１，６００ 元 = 9.16 万元; 0.9614 shown as 96.14 %;
# 是; 2020-03-01; 71 人; 一等; =1/0; =1500+30.55; =0.1+0.2 shown as 30.0 %. The sheet 项目: 300 and 0.95 shown as 95 %;
# 1.5亿元 = 15000 万元 and 88 under a header in %. The files were saved by LibreOffice; its ods has 1 for 是.
EXPECTED = {
    "年初预算": Fraction(152139, 100),
    "本年追加": Fraction(916, 100),
    "满意率": Fraction(9614, 10000),
    "报送日": datetime.date(2020, 3, 1),
    "人数": Fraction(71),
    "等次": "一等",
    "支出": Fraction(153055, 100),
    "比例": Fraction(3, 10),
}
ROWS = [
    {"名称": "东街", "投资": Fraction(300), "完成率": Fraction(95, 100)},
    {"名称": "西街", "投资": Fraction(15000), "完成率": Fraction(88, 100)},
]


@pytest.fixture(scope="module")
def rubric() -> rubriclang.Rubric:
    return rubriclang.loads(RUBRIC)


def bound(rubric: rubriclang.Rubric, path: Path) -> Any:
    return rubric.bind(rubriclang.load_facts(path))


def found(facts: Any) -> list[tuple[str, str]]:
    """The code and the place (without the folder) of each diagnostic."""
    return [(d.code, "" if d.span is None else d.source.place(d.span).rpartition("/")[2]) for d in facts.diagnostics]


def book(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    """A workbook of these rows, written by openpyxl."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
    made.save(path)
    return path


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_the_same_sheet_in_three_formats(rubric: rubriclang.Rubric, suffix: str) -> None:
    facts = bound(rubric, FILES / f"facts.{suffix}")
    values = {name: value for name, value in facts.values.items() if name in EXPECTED}
    assert values == EXPECTED
    assert facts.unit == "某局"
    assert [dict(row) for row in facts.lists["项目"]] == ROWS
    wrong = [("R540", f"facts.{suffix}!数据!B11")]
    if suffix == "ods":
        wrong.insert(0, ("R505", "facts.ods!数据!B7"))
    else:
        assert facts.values["新建"] is True
    assert found(facts) == wrong
    # D4 and D5 were merged: both rows have the source.
    assert (facts.notes["年初预算"]["来源"], facts.notes["本年追加"]["来源"]) == ("决算", "决算")


def test_every_fault_at_once_with_its_cell(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    path = tmp_path / "数据填报.xlsx"
    made = openpyxl.Workbook()
    page = made.active
    page.title = "数据"
    for row in [
        ["名称", "数值", "单位"],
        ["年初预算", "=A1+1", "万元"],  # a formula that openpyxl does not calculate
        ["本年追加", 91600, "人"],
        ["满意率", 0.9614, None],  # no percent format: 0.9614 % or 96.14 %?
        ["人数", 7.5, "人"],
        ["等次", "三等", None],
        ["报送日", 43891, None],  # a day number that lost its format
        [None, 12, None],
        ["支出", 5, "万元"],
        ["支出", 6, "万元"],
        ["差错", "#N/A", "万元"],
        ["比例", 0.5, "%"],  # beside %, and yet it may be 50 %
        ["新建", datetime.date(2020, 3, 1), None],
    ]:
        page.append(row)
    made.create_sheet("别的").append(["随便", "写写"])
    made.save(path)
    outcome = rubric.score(rubriclang.load_facts(path))
    places = {(d.code, d.source.place(d.span).rpartition("/")[2]) for d in outcome.diagnostics if d.source and d.span}
    name = "数据填报.xlsx"
    assert {(code, place) for code, place in places if place.startswith(name)} == {
        ("R541", f"{name}!数据!B2"),
        ("R503", f"{name}!数据!B3"),
        ("R504", f"{name}!数据!B4"),
        ("R506", f"{name}!数据!B5"),
        ("R505", f"{name}!数据!B6"),
        ("R505", f"{name}!数据!B7"),
        ("R543", f"{name}!数据!B8"),
        ("R507", f"{name}!数据!A10"),
        ("R540", f"{name}!数据!B11"),
        ("R504", f"{name}!数据!B12"),
        ("R505", f"{name}!数据!B13"),
        ("R546", f"{name}!别的!A1"),
    }


def test_a_place_in_a_sheet_is_shown_and_in_json(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    path = book(tmp_path / "数据填报.xlsx", {"数据": [["名称", "数值"], ["人数", "七十一"]]})
    fault = bound(rubric, path).diagnostics[0]
    assert render(fault, "zh").startswith(f"{path}!数据!B2: 错误[R505]")
    assert render(fault, "en").startswith(f"{path}!数据!B2: error[R505]")
    assert fault.to_dict()["span"] == {
        "line": 2,
        "column": 2,
        "end_line": 2,
        "end_column": 2,
        "sheet": "数据",
        "cell": "B2",
    }


def test_a_missing_fact_is_reported_at_its_empty_cell(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"数据": [["名称", "数值"], ["年初预算", None], ["本年追加", 1]]})
    outcome = rubric.score(rubriclang.load_facts(path))
    missing = [d for d in outcome.diagnostics if d.params.get("name") == "年初预算"]
    assert [(d.code, d.source.place(d.span)) for d in missing if d.source and d.span] == [("R501", f"{path}!数据!B2")]


def test_merged_values_are_refused(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"数据": [["名称", "数值"], ["年初预算", 10], ["本年追加", None]]})
    made = openpyxl.load_workbook(path)
    made["数据"].merge_cells("B2:B3")
    made.save(path)
    facts = bound(rubric, path)
    assert facts.values["年初预算"] == 10
    assert found(facts) == [("R542", "a.xlsx!数据!B3")]


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("General", 15.349999999999998, "15.35"),
        ("0", 15.349999999999998, "15.35"),  # what is stored counts, not what is shown
        ("#,##0.00", 1234.5, "1234.5"),
        ("0.00%", 0.9614, "96.14%"),
        ("0.00%;-0.00%", -0.5, "-50%"),
        ('#,##0.00"万元"', 15.35, "15.35万元"),
        ("0.00_);(0.00)", -3, "-3"),
        ("[Red]0.0", 2.5, "2.5"),
        ("_ * #,##0.00_ ", 7, "7"),
        ("yyyy-mm-dd", datetime.date(2019, 12, 31), "2019-12-31"),
        ('yyyy"年"m"月"d"日"', datetime.date(1900, 2, 1), "1900-02-01"),
        ("[$-804]yyyy/m/d", datetime.date(2024, 2, 29), "2024-02-29"),
        ("yyyy-mm-dd hh:mm", datetime.datetime(2019, 12, 31, 8, 30), "2019-12-31 08:30:00"),
    ],
)
def test_what_a_number_format_says(code: str, value: Any, text: str, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"数据": [["名称", "数值"], ["某数", value]]})
    made = openpyxl.load_workbook(path)
    made["数据"]["B2"].number_format = code
    made.save(path)
    cells = rubriclang.load_facts(path).document.grids[0].rows[1][1]
    assert cells[1].text == text


@pytest.mark.parametrize("code", ["0,", '0!.0,"万元"', "#,##0.00,,"])
def test_a_number_shown_smaller_than_it_is_is_refused(rubric: rubriclang.Rubric, code: str, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"数据": [["名称", "数值"], ["支出", 153000]]})
    made = openpyxl.load_workbook(path)
    made["数据"]["B2"].number_format = code
    made.save(path)
    assert found(bound(rubric, path)) == [("R550", "a.xlsx!数据!B2")]


def test_the_last_digits_of_a_double_are_no_digits() -> None:
    """0.1 + 0.2 is 0.30000000000000004 in a double; a spreadsheet shows 0.3, with fifteen digits."""
    assert plain(restored("15.349999999999998")) == "15.35"
    assert plain(restored(repr(0.1 + 0.2))) == "0.3"
    assert plain(restored("1E-3")) == "0.001"
    assert plain(restored("123456789012345")) == "123456789012345"
    with pytest.raises(ValueError, match="1e999"):
        restored("1e999")


def test_the_calendar_of_1900_and_of_1904() -> None:
    """Day 1 is 1 January 1900; day 61 is 1 March 1900, for the day 60 that never was; in 1904 day 0 is 1 January."""
    assert date_text(restored("1"), "date") == "1900-01-01"
    assert date_text(restored("61"), "date") == "1900-03-01"
    assert date_text(restored("43830"), "date") == "2019-12-31"
    assert date_text(restored("1"), "date", True) == "1904-01-02"
    assert parse_format("mm:ss").kind == "time"


def test_lists_that_are_missing_empty_or_both(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    head = ["名称", "投资（万元）", "完成率"]
    facts: dict[str, list[list[Any]]] = {"数据": [["名称", "数值"], ["人数", 3]]}
    said = ["一行也没有时填无", "无"]
    assert bound(rubric, book(tmp_path / "a.xlsx", facts | {"项目": [head]})).lists == {}
    assert bound(rubric, book(tmp_path / "b.xlsx", facts | {"项目": [said, head]})).lists == {"项目": ()}
    both = bound(rubric, book(tmp_path / "c.xlsx", facts | {"项目": [said, head, ["东街", 3, "5%"]]}))
    assert found(both) == [("R551", "c.xlsx!项目!B1")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_csv_of_any_encoding(rubric: rubriclang.Rubric, encoding: str, mark: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = [["名称", "数值", "单位"], ["年初预算", '"1,521.39"', "万元"], ["满意率", "96.14%", ""], ["比例", "30", "%"]]
    path.write_bytes("\r\n".join(mark.join(row) for row in rows).encode(encoding))
    facts = bound(rubric, path)
    assert facts.values == {"年初预算": Fraction(152139, 100), "满意率": Fraction(9614, 10000), "比例": Fraction(3, 10)}
    assert facts.diagnostics == ()


def test_parquet(rubric: rubriclang.Rubric, tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "a.parquet"
    table = {"单位": ["甲局", "乙局"], "支出": [15.349999999999998, None], "人数": [3, 4], "满意率": ["95%", "9.5%"]}
    table |= {"报送日": [datetime.date(2020, 3, 1), None]}
    parquet.write_table(pyarrow.table(table), path)
    outcomes, faults = rubric.score_units(rubriclang.load_facts(path))
    assert ([outcome.unit for outcome in outcomes], faults) == (["甲局", "乙局"], ())
    path.write_bytes(b"PAR1 this is none PAR1")
    with pytest.raises(rubriclang.FactsError):
        rubriclang.load_facts(path)

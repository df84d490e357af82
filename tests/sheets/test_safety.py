"""Files from strangers: whatever they hold, reading ends soon, in a message, and nothing runs."""

from __future__ import annotations

import json
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

import rubriclang
from rubriclang.facts.readers import read_file
from rubriclang.facts.sheets.outgoing import csv_bytes, inert
from rubriclang.reports.unit_table import units_csv, units_xlsx

SECONDS = 20  # far above what any of these takes, far below what reading them whole would
BYTES = 250_000_000
HEAD = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = "</sheetData></worksheet>"
BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="数据" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="x" Target="worksheets/sheet1.xml"/></Relationships>'
)


def package(path: Path, sheet: Callable[[zipfile.ZipFile], None], **parts: str) -> Path:
    """An xlsx of one sheet, whose XML ``sheet`` writes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", parts.get("book", BOOK))
        file.writestr("xl/_rels/workbook.xml.rels", LINKS)
        sheet(file)
    return path


def pieces(file: zipfile.ZipFile, head: str, piece: str, times: int, tail: str) -> None:
    with file.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
        part.write(head.encode())
        for _ in range(times):
            part.write(piece.encode())
        part.write(tail.encode())


def refused(path: Path, measured: bool = False) -> str:
    """The code of the one finding that a file is refused with, in bounded time (or, where measured, memory)."""
    if measured:
        tracemalloc.start()
    began = time.monotonic()
    document = read_file(path)
    spent = time.monotonic() - began
    if measured:
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < BYTES
    assert spent < SECONDS
    assert (document.grids, document.root.items) == ((), ())
    assert len(document.diagnostics) == 1
    for lang in ("zh", "en"):
        assert document.diagnostics[0].message(lang)
    return document.diagnostics[0].code


def test_a_zip_bomb(tmp_path: Path) -> None:
    """300 MB of blanks in 300 KB."""
    blanks = " " * 1_000_000
    path = package(tmp_path / "a.xlsx", lambda file: pieces(file, HEAD, blanks, 300, TAIL))
    assert path.stat().st_size < 1_000_000
    assert refused(path, measured=True) == "R516"


def test_more_rows_than_a_sheet_has(tmp_path: Path) -> None:
    """Two million empty rows, none of which has to say its number."""
    path = package(tmp_path / "a.xlsx", lambda file: pieces(file, HEAD, "<row/>" * 1000, 2000, TAIL))
    assert refused(path) == "R516"


def test_a_million_filled_rows(tmp_path: Path) -> None:
    row = "<row><c><v>1</v></c></row>"
    path = package(tmp_path / "a.xlsx", lambda file: pieces(file, HEAD, row * 1000, 1000, TAIL))
    assert refused(path) == "R516"
    path = tmp_path / "b.csv"
    path.write_text("名称,数值\n" + "甲,1\n" * 1_000_000, encoding="utf-8")
    assert refused(path) == "R516"


def test_entities_that_multiply(tmp_path: Path) -> None:
    doctype = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    path = package(tmp_path / "a.xlsx", lambda file: pieces(file, doctype + HEAD, "", 1, TAIL))
    assert refused(path) == "R509"
    path = package(tmp_path / "b.xlsx", lambda file: pieces(file, HEAD, "", 1, TAIL), book=doctype + BOOK)
    assert refused(path) == "R509"


@pytest.mark.parametrize("reference", ["ZZZZ1", "A0", "A99999999", "1A", ""])
def test_cells_that_are_nowhere(reference: str, tmp_path: Path) -> None:
    row = f'<row r="9999999"><c r="{reference}"><v>1</v></c></row>'
    path = package(tmp_path / "a.xlsx", lambda file: pieces(file, HEAD, row, 1, TAIL))
    assert refused(path) in ("R509", "R516")


def test_deep_json(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("[" * 1_000_000 + "]" * 1_000_000, encoding="utf-8")
    assert refused(path) == "R516"


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "json", "yaml"])
def test_a_number_of_a_million_digits(suffix: str, tmp_path: Path) -> None:
    rubric = rubriclang.loads("# 标准（5分）\n数据：\n- 甲：万元\n## 一（5分）\n甲：≥ 1 万元 -> 5；否则 -> 0\n")
    path = tmp_path / f"a.{suffix}"
    digits = "9" * 1_000_000
    if suffix == "xlsx":
        cells = '<row r="1"><c t="inlineStr"><is><t>{}</t></is></c><c t="inlineStr"><is><t>{}</t></is></c></row>'
        rows = cells.format("名称", "数值") + '<row r="2"><c t="inlineStr"><is><t>甲</t></is></c>'
        package(path, lambda file: pieces(file, HEAD, f"{rows}<c><v>{digits}</v></c></row>", 1, TAIL))
    else:
        text = {"csv": f"名称,数值\n甲,{digits}\n", "json": f'{{"甲": {digits}}}', "yaml": f"甲: {digits}\n"}
        path.write_text(text[suffix], encoding="utf-8")
    began = time.monotonic()
    try:
        codes = {d.code for d in rubric.score(rubriclang.load_facts(path)).diagnostics}
    except rubriclang.FactsError as error:  # a CSV cell of this length is no cell
        codes = {d.code for d in error.diagnostics}
    assert time.monotonic() - began < SECONDS
    assert codes & {"R509", "R516", "R505"}


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls", "parquet"])
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"<html>"])
def test_files_that_are_none(suffix: str, data: bytes, tmp_path: Path) -> None:
    if suffix == "parquet":
        pytest.importorskip("pyarrow")
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(data)
    assert refused(path) == "R509"


# ---- on the way out

EVIL = ["=1+1", "+1+cmd", "-1+cmd", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")']


def outcome(name: str) -> rubriclang.Outcome:
    rubric = rubriclang.loads("# 标准（5分）\n数据：\n- 甲：万元\n## 一（5分）\n甲：≥ 1 万元 -> 5；否则 -> 0\n")
    return rubric.score({"单位": name, "数据": {"甲": 1}})


@pytest.mark.parametrize("text", EVIL)
def test_no_text_of_a_file_becomes_a_formula(text: str, tmp_path: Path) -> None:
    assert inert(text) == "'" + text
    assert units_csv([outcome(text)]).decode("utf-8-sig").splitlines()[1].split(",")[1].lstrip('"').startswith("'")
    path = tmp_path / "a.xlsx"
    path.write_bytes(units_xlsx([outcome(text)]))
    cell = openpyxl.load_workbook(path)["得分"]["B2"]
    # openpyxl reads as a formula ("f") only what stands in a formula element; these are plain shared texts.
    assert (str(cell.value).strip(), cell.data_type) == (text.strip(), "s")
    with zipfile.ZipFile(path) as file:
        assert b"<f>" not in file.read("xl/worksheets/sheet1.xml")


def test_numbers_below_zero_stay_numbers() -> None:
    assert csv_bytes([["-2", "-0.5", "-3%", "-x"]]).decode("utf-8-sig") == "-2,-0.5,-3%,'-x\r\n"
    assert json.loads('"-2"') == inert("-2")

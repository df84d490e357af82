"""Each format read back by a reader of its own, and hostile texts that must stay texts."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

import rubriclang
from rubriclang.reports import errors
from rubriclang.reports.pdf_format import CJK_FONTS, chinese_font
from rubriclang.reports.rendering import Options, formats, render
from tests.reports.units import TWO_SECTIONS, program_of, two_sections

HOSTILE = "=cmd|'/c calc'!A0"
MARKUP = "<script>alert(1)</script>|*a*`b`&amp;"


def written(
    tmp_path: Path, suffix: str, outcomes: list[rubriclang.Outcome], rubric: rubriclang.Rubric, **more: Any
) -> Path:
    target = tmp_path / f"out.{suffix}"
    assert render(outcomes, rubric.program, target, Options(**more)) == ()
    return target


@pytest.fixture(scope="module")
def scored(county: rubriclang.Rubric, published: rubriclang.Facts) -> rubriclang.Outcome:
    return county.score(published)


def hostile() -> tuple[rubriclang.Rubric, rubriclang.Outcome]:
    """A unit, an evidence and a checklist text that would be formulas or markup."""
    text = f"# 题（5分）\n依据：{MARKUP}\n## 甲（5分）\n标准：{HOSTILE}\n清单：\n- 3分 在\n- 2分 有\n"
    rubric = rubriclang.loads(text)
    facts = {"单位": HOSTILE, "评定": {"甲": {"得分": 3, "依据": f"@SUM(A1) {MARKUP}"}}}
    return rubric, rubric.score(facts)


# ---- xlsx


def test_a_workbook_read_back_has_the_same_points(
    county: rubriclang.Rubric, scored: rubriclang.Outcome, tmp_path: Path
) -> None:
    page = openpyxl.load_workbook(written(tmp_path, "xlsx", [scored], county), data_only=True)["评分表"]
    found = {}
    for row in page.iter_rows(min_row=4, max_col=6, values_only=True):
        if row[2] is not None and isinstance(row[5], int | float):
            found[row[2]] = Fraction(Decimal(format(row[5], ".15g")))
    assert {i.name: i.points for i in scored.indicators} == found


def test_points_with_many_digits_survive_a_workbook(tmp_path: Path) -> None:
    page = openpyxl.load_workbook(written(tmp_path, "xlsx", [two_sections(5, "4.123456789", "0.1")], program_of()))
    cells = [row[4] for row in page["评分表"].iter_rows(min_row=4, max_row=7, values_only=True)]
    assert cells[0] == 4.123456789 and cells[3] == 0.1


def test_the_printed_page_of_a_workbook(county: rubriclang.Rubric, scored: rubriclang.Outcome, tmp_path: Path) -> None:
    page = openpyxl.load_workbook(written(tmp_path, "xlsx", [scored], county))["评分表"]
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.print_title_rows) == ("landscape", 9, "$3:$3")
    assert page.sheet_properties.pageSetUpPr is not None and page.sheet_properties.pageSetUpPr.fitToPage
    assert {"A4:A8", "B4:B5", "B8:C8"} <= {str(found) for found in page.merged_cells.ranges}
    fonts = {cell.font.name for row in page.iter_rows() for cell in row if cell.value is not None}
    assert fonts <= {"宋体", "黑体"}
    told = [cell.value for row in page.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert any("签字" in text for text in told) and any("等次：优" in text for text in told)
    judged = page["F4"]
    assert judged.value == 3 and judged.number_format == '0"※"'


def test_a_workbook_never_carries_a_formula_from_a_text(tmp_path: Path) -> None:
    rubric, outcome = hostile()
    target = written(tmp_path, "xlsx", [outcome], rubric, columns="指标,评分标准,依据,得分,扣分原因")
    with zipfile.ZipFile(target) as archive:
        pages = [archive.read(n).decode("utf-8") for n in archive.namelist() if "worksheets/sheet" in n]
        told = re.findall(r"<f>(.*?)</f>", "".join(pages))
        assert "hyperlink" not in "".join(pages).lower()
    assert told and all(re.fullmatch(r"[A-Z0-9:,()'!+*\-评分表$ ]+", formula) for formula in told)
    texts = [c.value for row in openpyxl.load_workbook(target)["评分表"].iter_rows() for c in row if c.data_type == "s"]
    assert any(HOSTILE in str(text) for text in texts) and any("@SUM(A1)" in str(text) for text in texts)


def test_many_units_get_a_ranking_and_a_sheet_each(tmp_path: Path) -> None:
    names = ["甲/乙:丙", "甲/乙:丙", "一" * 40, "'引号'", "排名", "HISTORY"]
    outcomes = [two_sections(5, str(i), "8", name) for i, name in enumerate(names[:5])]
    outcomes.append(two_sections(5, "4", "8", names[5]))
    book = openpyxl.load_workbook(written(tmp_path, "xlsx", outcomes, program_of()), data_only=True)
    assert book.sheetnames[0] == "排名" and len({name.casefold() for name in book.sheetnames}) == 8
    assert all(len(name) <= 31 for name in book.sheetnames)
    rows = list(book["排名"].iter_rows(min_row=4, max_row=9, values_only=True))
    # 4 + 4 + 8 = 16 twice, then 15, 14, 13, 12
    assert [(row[0], row[1], row[3]) for row in rows] == [
        (1, "排名", 16),
        (1, "HISTORY", 16),
        (3, "'引号'", 15),
        (4, "一" * 40, 14),
        (5, "甲/乙:丙", 13),
        (6, "甲/乙:丙", 12),
    ]


def test_a_unit_without_a_total_stands_last_without_a_rank(tmp_path: Path) -> None:
    rubric = program_of()
    open_ = rubric.score({"单位": "未完", "数据": {"数": 1}})
    book = openpyxl.load_workbook(written(tmp_path, "xlsx", [open_, two_sections()], rubric), data_only=True)
    rows = [row[:4] for row in book["排名"].iter_rows(min_row=4, max_row=5, values_only=True)]
    assert [row[0] for row in rows] == [1, "—"] and rows[1][1] == "未完"


# ---- html


class Page(HTMLParser):
    """Reads the tables of a page with their spans, and checks that every tag is closed in turn."""

    VOID = frozenset({"meta", "col", "br"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tables: list[list[list[tuple[str, int, int]]]] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not any(name.startswith("on") or name in ("src",) for name, _ in attrs)
        given = dict(attrs)
        if tag not in self.VOID:
            self.open.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append(("", int(given.get("rowspan") or 1), int(given.get("colspan") or 1)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and ("td" in self.open or "th" in self.open):
            text, rows, columns = self.tables[-1][-1][-1]
            self.tables[-1][-1][-1] = (text + data, rows, columns)


def page_of(target: Path) -> Page:
    page = Page()
    text = target.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    page.feed(text)
    page.close()
    assert page.open == []
    return page


def spread(rows: list[list[tuple[str, int, int]]]) -> list[list[str]]:
    """A table with its merged cells spread out, every place filled once."""
    width = sum(columns for _, _, columns in rows[0])
    grid: list[list[str | None]] = [[None] * width for _ in rows]
    for y, row in enumerate(rows):
        for text, down, across in row:
            x = grid[y].index(None)
            for dy in range(down):
                for dx in range(across):
                    assert grid[y + dy][x + dx] is None
                    grid[y + dy][x + dx] = text
    assert all(cell is not None for row in grid for cell in row)
    return [[cell or "" for cell in row] for row in grid]


def test_a_page_parses_and_says_the_same(county: rubriclang.Rubric, scored: rubriclang.Outcome, tmp_path: Path) -> None:
    target = written(tmp_path, "html", [scored], county)
    page = page_of(target)
    rows = spread(page.tables[0])
    assert rows[0] == ["一级指标", "二级指标", "三级指标", "评分标准", "分值", "得分", "扣分原因"]
    points = {row[2]: row[5].rstrip("※") for row in rows[1:] if row[1] not in ("小计", "合计")}
    assert points == {i.name: str(i.points) for i in scored.indicators}
    assert rows[-1][5] == "92"
    text = target.read_text(encoding="utf-8")
    assert "@page{size:A4 landscape" in text and "table-header-group" in text and "Noto Sans CJK SC" in text
    assert not re.search(r"(?:src|href)=\"?(?:https?:)?//", text)


def test_a_page_escapes_everything(tmp_path: Path) -> None:
    rubric, outcome = hostile()
    target = written(tmp_path, "html", [outcome], rubric, columns="指标,评分标准,依据,得分,扣分原因")
    page = page_of(target)
    assert "script" not in page.tags
    assert any(MARKUP in text for row in page.tables[0] for text, _, _ in row)


def test_a_page_of_several_units_has_a_ranking_with_links(tmp_path: Path) -> None:
    target = written(tmp_path, "html", [two_sections(unit="甲"), two_sections(1, unit="乙")], program_of())
    page = page_of(target)
    assert [row[1][0] for row in page.tables[0]] == ["单位", "乙", "甲"]
    assert '<a href="#unit-2">乙</a>' in target.read_text(encoding="utf-8")


# ---- md


def pipe_rows(text: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        if line.startswith("|"):
            yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def test_a_pipe_table_parses_and_says_the_same(tmp_path: Path) -> None:
    text = written(tmp_path, "md", [two_sections()], program_of(), chart=False).read_text(encoding="utf-8")
    rows = list(pipe_rows(text))
    assert {len(row) for row in rows} == {6}
    assert rows[0] == ["一级指标", "二级指标", "评分标准", "分值", "得分", "扣分原因"]
    assert set("".join(rows[1])) <= set(":-")
    assert [row[4] for row in rows[2:]] == ["4.5※", "4", "**8.5**", "8※", "**16.5**"]


def test_texts_cannot_become_markdown(tmp_path: Path) -> None:
    rubric, outcome = hostile()
    text = written(tmp_path, "md", [outcome], rubric, chart=False).read_text(encoding="utf-8")
    assert {len(row) for row in pipe_rows(text)} == {5}
    assert "<script" not in text and "\\*a\\*\\`b\\`&amp;amp;" in text


# ---- docx


def test_a_document_read_back_says_the_same(
    county: rubriclang.Rubric, scored: rubriclang.Outcome, tmp_path: Path
) -> None:
    document = docx.Document(str(written(tmp_path, "docx", [scored], county)))
    table = document.tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["一级指标", "二级指标", "三级指标", "评分标准", "分值", "得分", "扣分原因"]
    points = {row[2]: row[5].rstrip("※") for row in rows[1:] if row[1] not in ("小计", "合计")}
    assert points == {i.name: str(i.points) for i in scored.indicators}
    assert rows[-1][5] == "92"
    section = document.sections[0]
    assert section.page_width is not None and section.page_height is not None
    assert section.page_width > section.page_height
    xml = document.element.xml
    assert "w:tblHeader" in xml and 'w:eastAsia="宋体"' in xml
    told = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "等次：优" in told and "签字" in told and "※" in told


def test_a_document_holds_hostile_texts_as_texts(tmp_path: Path) -> None:
    rubric, outcome = hostile()
    document = docx.Document(str(written(tmp_path, "docx", [outcome], rubric)))
    assert any(MARKUP in cell.text for row in document.tables[0].rows for cell in row.cells)


def test_characters_that_xml_cannot_hold_are_left_out(tmp_path: Path) -> None:
    outcome = two_sections(unit="甲\x01乙\x0b丙")
    for suffix in ("docx", "xlsx", "html", "md"):
        target = written(tmp_path, suffix, [outcome], program_of())
        if suffix == "docx":
            assert any("甲乙丙" in p.text for p in docx.Document(str(target)).paragraphs)
        elif suffix != "xlsx":
            assert "甲乙丙" in target.read_text(encoding="utf-8")


# ---- pdf


def test_a_pdf_is_written_where_a_chinese_font_is(county: rubriclang.Rubric, tmp_path: Path) -> None:
    typst = pytest.importorskip("typst", reason="the extra pdf is not installed")
    target = tmp_path / "out.pdf"
    found = render([two_sections(), two_sections()], program_of().program, target)
    if chinese_font(typst.Fonts().families()) is None:
        assert [d.kind for d in found] == [errors.NO_CJK_FONT]
        assert not target.exists()
    else:
        assert found == ()
        assert target.read_bytes().startswith(b"%PDF")


def test_no_chinese_font_is_said_and_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typst = pytest.importorskip("typst", reason="the extra pdf is not installed")

    class Fonts:
        def families(self) -> list[str]:
            return ["Libertinus Serif", "DejaVu Sans Mono"]

    monkeypatch.setattr(typst, "Fonts", Fonts)
    found = render([two_sections()], program_of().program, tmp_path / "out.pdf")
    assert [d.code for d in found] == ["R656"]
    assert list(tmp_path.iterdir()) == []


def test_the_best_font_is_taken() -> None:
    assert chinese_font(["SimSun", "noto sans cjk sc", "Arial"]) == "noto sans cjk sc"
    assert chinese_font(["Arial"]) is None
    assert len(set(CJK_FONTS)) == len(CJK_FONTS)


# ---- all


def test_formats_are_found_by_their_names() -> None:
    assert set(formats()) == {".docx", ".html", ".md", ".pdf", ".xlsx"}


@pytest.mark.parametrize("suffix", ["docx", "html", "md", "xlsx"])
def test_every_format_speaks_english(suffix: str, tmp_path: Path) -> None:
    text = "# R (3 points)\n## A (3 points); judged\n"
    rubric = rubriclang.loads(text)
    outcome = rubric.score({"judged": {"A": 2}})
    target = written(tmp_path, suffix, [outcome], rubric, lang="en")
    if suffix in ("html", "md"):
        told = target.read_text(encoding="utf-8")
        assert "judged, 1 deducted" in told
        assert not re.search("[\u4e00-\u9fff]", re.sub(r"(?s)<style>.*?</style>", "", told))


def test_a_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rubriclang.reports import rendering

    monkeypatch.setattr(rendering, "find_spec", lambda name: None)
    (found,) = render([two_sections()], rubriclang.loads(TWO_SECTIONS).program, tmp_path / "a.xlsx")
    assert found.code == "R650" and "pip install 'rubriclang[report]'" in found.hint("en")

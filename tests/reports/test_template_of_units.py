"""A user's own Word document, filled once for each of several units."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE

from rubriclang.reports.rendering import Options, render
from tests.reports.units import program_of, two_sections

TREE = Path(__file__).resolve().parents[2]
# 5 + 7 + 8 = 20; 4.5 + 4 + 8 = 16.5 twice: 1, 2, 2.
UNITS = (two_sections(unit="甲"), two_sections(1, "5", "8", "乙"), two_sections(unit="丙"))


def filled(folder: Path, template: Any) -> Any:
    path, target = folder / "模板.docx", folder / "out.docx"
    template.save(str(path))
    assert render(UNITS, program_of().program, target, Options(template=path)) == ()
    return docx.Document(str(target))


def texts(document: Any) -> list[str]:
    return [p.text for p in document.paragraphs if p.text]


def test_the_body_comes_once_for_each_unit(tmp_path: Path) -> None:
    template = docx.Document()
    template.add_paragraph("{{单位}}得{{总分}}分，{{单位数}}个单位中列第{{名次}}，{{rank}}/{{units}}")
    template.add_table(1, 1).cell(0, 0).text = "{{一.得分}}"
    document = filled(tmp_path, template)
    assert texts(document) == [
        "甲得16.5分，3个单位中列第2，2/3",
        "乙得20分，3个单位中列第1，1/3",
        "丙得16.5分，3个单位中列第2，2/3",
    ]
    assert [table.cell(0, 0).text for table in document.tables] == ["4.5", "5", "4.5"]
    assert len(document.sections) == 3  # each unit begins on a page of its own


def test_a_block_at_the_end_stays_on_the_pages_of_its_unit(tmp_path: Path) -> None:
    template = docx.Document()
    template.add_paragraph("{{单位}}")
    template.add_paragraph("{{得分表}}")
    document = filled(tmp_path, template)
    assert [table.rows[-1].cells[-2].text for table in document.tables] == ["16.5", "20", "16.5"]
    body = [child.tag.rpartition("}")[2] for child in document.element.body]
    assert body.count("tbl") == 3 and len(document.sections) == 3


def test_headers_and_footers_name_their_own_unit(tmp_path: Path) -> None:
    template = docx.Document()
    template.add_paragraph("文")
    template.sections[0].header.paragraphs[0].text = "{{单位}}"
    template.sections[0].footer.paragraphs[0].text = "共 {{单位数}} 个"
    document = filled(tmp_path, template)
    assert [s.header.paragraphs[0].text for s in document.sections] == ["甲", "乙", "丙"]
    assert [s.footer.paragraphs[0].text for s in document.sections] == ["共 3 个"] * 3


def test_a_template_of_two_sections_begins_each_unit_on_a_new_page(tmp_path: Path) -> None:
    template = docx.Document()
    template.add_paragraph("{{单位}}上")
    template.sections[0].header.paragraphs[0].text = "上：{{单位}}"
    second = template.add_section(WD_SECTION.CONTINUOUS)
    second.header.is_linked_to_previous = False
    second.header.paragraphs[0].text = "下：{{单位}}"
    template.add_paragraph("{{单位}}下")
    document = filled(tmp_path, template)
    assert texts(document) == ["甲上", "甲下", "乙上", "乙下", "丙上", "丙下"]
    assert [s.header.paragraphs[0].text for s in document.sections] == [
        f"{part}：{unit}" for unit in "甲乙丙" for part in "上下"
    ]
    assert [s.start_type for s in document.sections] == [WD_SECTION.NEW_PAGE, WD_SECTION.CONTINUOUS] * 3


def test_a_picture_in_a_header_goes_along(tmp_path: Path) -> None:
    picture = (TREE / "docs" / "pictures" / "score_sheet.png").read_bytes()
    template = docx.Document()
    paragraph = template.sections[0].header.paragraphs[0]
    paragraph.add_run("{{单位}}")
    paragraph.add_run().add_picture(io.BytesIO(picture))
    document = filled(tmp_path, template)
    for section in document.sections:
        relations = section.header.part.rels.values()
        (image,) = [r.target_part for r in relations if r.reltype == RELATIONSHIP_TYPE.IMAGE]
        assert image.blob == picture
    assert [s.header.paragraphs[0].text for s in document.sections] == ["甲", "乙", "丙"]


def test_an_unknown_placeholder_is_told_once(tmp_path: Path) -> None:
    path, target = tmp_path / "模板.docx", tmp_path / "out.docx"
    template = docx.Document()
    template.add_paragraph("{{总份}}")
    template.save(str(path))
    found = render(UNITS, program_of().program, target, Options(template=path))
    assert [d.code for d in found] == ["R654"]
    assert not target.exists()


@pytest.mark.parametrize("count", [1, 2])
def test_an_empty_template_stays_empty(count: int, tmp_path: Path) -> None:
    path, target = tmp_path / "模板.docx", tmp_path / "out.docx"
    template = docx.Document()
    for child in list(template.element.body)[:-1]:
        template.element.body.remove(child)
    template.save(str(path))
    assert render(UNITS[:count], program_of().program, target, Options(template=path)) == ()
    assert texts(docx.Document(str(target))) == []

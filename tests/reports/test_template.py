"""A user's own Word document, filled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest

import rubriclang
from rubriclang.reports.rendering import Options, render
from tests.reports.units import program_of, two_sections


def template(folder: Path, *paragraphs: str) -> Path:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    path = folder / "模板.docx"
    document.save(str(path))
    return path


def filled(folder: Path, path: Path, **more: Any) -> Any:
    target = folder / "out.docx"
    rubric = program_of()
    outcome = two_sections()
    facts = rubric.bind({"单位": "甲单位", "数据": {"数": 5}, "评定": {"一": "4.5", "乙": "8"}})
    assert render([outcome], rubric.program, target, Options(template=path, **more), [facts]) == ()
    return docx.Document(str(target))


def test_values_are_filled_in(tmp_path: Path) -> None:
    path = template(tmp_path, "{{单位}}：得 {{总分}}/{{ 满分 }} 分，{{等次}}", "{{unit}} {{total}}", "没有别的")
    assert [p.text for p in filled(tmp_path, path).paragraphs] == [
        "甲单位：得 16.5/20 分，合格",
        "甲单位 16.5",
        "没有别的",
    ]


def test_a_placeholder_may_lie_across_runs_and_keeps_its_look(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("得 ")
    bold = paragraph.add_run("{{总")
    bold.bold = True
    paragraph.add_run("分}")
    paragraph.add_run("} 分，")
    paragraph.add_run("等次{{等次}}")
    path = tmp_path / "模板.docx"
    document.save(str(path))
    (found,) = filled(tmp_path, path).paragraphs
    assert found.text == "得 16.5 分，等次合格"
    assert [run.text for run in found.runs if run.bold] == ["16.5"]


def test_parts_of_one_indicator(tmp_path: Path) -> None:
    path = template(tmp_path, "{{一.得分}}|{{甲.二.数值}}|{{二.扣分}}|{{二.points}}|{{乙.分值}}|{{二.计算过程}}")
    text = filled(tmp_path, path).paragraphs[0].text
    assert text.startswith("4.5|5件|3|4|8|二（7 分）：数为5件 ≤ 5，根据评分标准该项得 4 分。")


def test_blocks_take_the_place_of_their_paragraph(tmp_path: Path) -> None:
    document = filled(tmp_path, template(tmp_path, "前", "{{得分表}}", "{{失分图}}", "{{说明}}", "{{计算过程}}", "后"))
    assert len(document.tables) == 2
    assert document.tables[0].rows[-1].cells[-2].text == "16.5"
    assert document.tables[1].rows[1].cells[3].text.endswith("3.5")
    texts = [p.text for p in document.paragraphs]
    assert texts[0] == "前" and texts[-1] == "后"
    assert any("依据：某办法" in text for text in texts)
    assert any(text.startswith("乙（8 分）") for text in texts)


def test_tables_headers_and_footers_are_filled(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_table(1, 2).cell(0, 1).text = "{{总分}}"
    document.sections[0].header.paragraphs[0].text = "{{单位}}"
    document.sections[0].footer.paragraphs[0].text = "{{标题}}"
    path = tmp_path / "模板.docx"
    document.save(str(path))
    found = filled(tmp_path, path)
    assert found.tables[0].cell(0, 1).text == "16.5"
    assert found.sections[0].header.paragraphs[0].text == "甲单位"
    assert found.sections[0].footer.paragraphs[0].text == "两部分"


def test_all_unknown_placeholders_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    path = template(tmp_path, "{{总份}} {{丙.得分}}", "{{一.面积}} {{总分}}")
    target = tmp_path / "out.docx"
    found = render([two_sections()], program_of().program, target, Options(template=path))
    assert [d.code for d in found] == ["R654"] * 3
    assert "总份" in found[0].message() and found[0].hint().startswith("可以用：总分；")
    assert not target.exists()


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 half"])
def test_what_is_no_document_is_said(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "模板.docx"
    path.write_bytes(content)
    found = render([two_sections()], program_of().program, tmp_path / "out.docx", Options(template=path))
    assert [d.code for d in found] == ["R655"]


def test_a_template_that_is_not_there(tmp_path: Path) -> None:
    options = Options(template=tmp_path / "none.docx")
    (found,) = render([two_sections()], program_of().program, tmp_path / "out.docx", options)
    assert "没有这个文件" in found.message("zh")


def test_a_template_makes_docx_only(tmp_path: Path) -> None:
    options = Options(template=template(tmp_path, "{{总分}}"))
    found = render([two_sections()], program_of().program, tmp_path / "a.html", options)
    assert [d.code for d in found] == ["R655"]


def test_a_value_is_never_read_as_a_placeholder(tmp_path: Path) -> None:
    outcome = two_sections(unit="{{总分}}")
    target = tmp_path / "out.docx"
    path = template(tmp_path, "{{单位}}")
    assert render([outcome], program_of().program, target, Options(template=path)) == ()
    assert docx.Document(str(target)).paragraphs[0].text == "{{总分}}"


def test_the_rubric_of_the_county_fills_a_template(
    county: rubriclang.Rubric, published: rubriclang.Facts, tmp_path: Path
) -> None:
    path = template(tmp_path, "{{预算控制率.数值}} {{预算控制率.得分}}", "{{公用经费控制率.扣分原因}}")
    target = tmp_path / "out.docx"
    assert render([county.score(published)], county.program, target, Options(template=path)) == ()
    first, second = docx.Document(str(target)).paragraphs
    assert first.text == "0.60% 5"  # 9.16 / 1521.39 = 0.6021…%
    assert "165.65%" in second.text  # 234.56 / 141.6 = 1.65650…

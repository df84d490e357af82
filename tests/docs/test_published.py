"""The table of docs/published-figures.md: every published figure of the corpus stands in a test that passes."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from pathlib import Path

import attrs
import pytest

import rubriclang

ROOT = Path(__file__).resolve().parents[2]
# The numbers of the corpus files; those between them belong to documents kept elsewhere.
CORPUS = """
01 02 03 04 05 06 08 09 10 11 12 13 14 15 16 17 18 19 21 22 23 24 26 28 29 30 31 32 33 35 37 39 41 42 43 44 45 46 47 49
50 51 53 54 58 62 63 64 65 67 69 70
""".split()
# Chinese rubrics that no file of the corpus is the source of.
OTHER_SOURCES = {"cn/bid_lowest_price", "cn/bid_trimmed_benchmark"}
NUMBER = re.compile(r"(-?[\d.]+)(%?)")

# Lines that are for people: notes, comments, titles of tests, remarks of facts; and what a sheet has as published.
WORDS = re.compile(r"^说明|^测试|//|^#|备注|公布")


@attrs.frozen
class Figure:
    """A row of the table: one published figure, and the line of a test that is about it."""

    document: str
    rubric: str
    test: str
    published: str
    line: str
    verdict: str

    def __str__(self) -> str:
        return f"{self.document}:{self.line}"


@attrs.frozen
class Block:
    """One test of a rubric as written: its facts file, if any, and its lines without comments."""

    title: str
    facts: str | None
    lines: tuple[str, ...]


def _figures() -> tuple[Figure, ...]:
    text = (ROOT / "docs" / "published-figures.md").read_text("utf-8")
    rows = re.findall(r"(?m)^\| (\d\d) \| (.*) \|$", text)
    assert len(rows) == text.count("\n| ") - 1, "a row that cannot be read"
    return tuple(Figure(number, *(cell.strip("`「」") for cell in cells.split(" | "))) for number, cells in rows)


FIGURES = _figures()
ASSERTED = [figure for figure in FIGURES if figure.verdict != "无"]


def _path(rubric: str) -> Path:
    return ROOT / "rubrics" / f"{rubric}.rubric"


@cache
def _blocks(rubric: str) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for part in re.split(r"(?m)^测试 ", _path(rubric).read_text("utf-8"))[1:]:
        head, *body = part.splitlines()
        title, facts = re.fullmatch(r"(.*?)(?:（(examples/\S+\.yaml)）)?：", head).groups()  # type: ignore[union-attr]
        lines = (line.partition("  //")[0].strip() for line in body if line.startswith("- "))
        blocks.append(Block(title, facts, tuple(line.removeprefix("- ") for line in lines)))
    return tuple(blocks)


def _block(figure: Figure) -> Block:
    (found,) = [block for block in _blocks(figure.rubric) if block.title.startswith(figure.test)]
    return found


def _said(figure: Figure, block: Block) -> str:
    """What the rubric and the facts of a test say in words, and what they give as published."""
    texts = [_path(figure.rubric).read_text("utf-8")]
    if block.facts:
        texts.append((ROOT / block.facts).read_text("utf-8"))
    return "\n".join(line for text in texts for line in text.splitlines() if WORDS.search(line))


@cache
def _failures(rubric: str) -> list[str]:
    loaded = rubriclang.load(_path(rubric))
    assert loaded.diagnostics == ()
    outcomes = loaded.run_tests()
    assert len(outcomes) == len(_blocks(rubric)) > 0
    return [outcome.name for outcome in outcomes if not outcome.passed]


def _number(text: str) -> Fraction | str:
    """``76.06%`` and ``76.06`` are one figure, as reports print rates; a rate of 100% and a published 0 are two."""
    found = NUMBER.fullmatch(text.removesuffix(" 万元"))
    return Fraction(found[1]) if found else text


def test_every_document_of_the_corpus_is_in_the_table() -> None:
    assert list(dict.fromkeys(figure.document for figure in FIGURES)) == CORPUS and len(CORPUS) == 52
    chinese = {f"cn/{path.stem}" for path in (ROOT / "rubrics" / "cn").glob("*.rubric")}
    assert {figure.rubric for figure in FIGURES} | OTHER_SOURCES == chinese | {"2019_county_overall"}
    assert len(set(FIGURES)) == len(FIGURES)


@pytest.mark.parametrize("rubric", sorted({figure.rubric for figure in FIGURES}))
def test_its_rubric_names_its_basis_and_passes_its_tests(rubric: str) -> None:
    assert re.search(r"(?m)^依据：\S", _path(rubric).read_text("utf-8"))
    assert _failures(rubric) == []


@pytest.mark.parametrize("figure", ASSERTED, ids=str)
def test_a_figure_is_asserted_as_the_table_says(figure: Figure) -> None:
    block = _block(figure)
    assert figure.line in block.lines
    computed = figure.line.rpartition(" = ")[2]
    match figure.verdict:
        case "同":
            assert _number(computed) == _number(figure.published)
        case "误":
            assert _number(computed) != _number(figure.published)
            assert re.search(rf"(?<![\d.]){re.escape(figure.published)}(?![\d.])", _said(figure, block))
        case _:
            assert figure.verdict == "旁"

"""The examples of ``docs/language.md`` run: the right ones pass their own tests, the wrong ones report their code.

A block fenced as ``rubric`` is a whole rubric; it loads without errors or warnings, has tests and passes them. A
block fenced as ``rubric-error CODE`` reports that code; a line in it that ends with ``//! CODE`` reports it there.
"""

from __future__ import annotations

import re
from pathlib import Path

import attrs
import pytest

import rubriclang
from rubriclang.diagnostics.render import render_all
from rubriclang.driver import parse_text
from rubriclang.source import Source
from rubriclang.syntax.keywords import keywords

PAGE = Path(__file__).resolve().parents[2] / "docs" / "language.md"
_FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<text>.*?)^```$", re.M | re.S)
_MARK = re.compile(r"//! (R\d{3})$")


@attrs.frozen
class Block:
    """A fenced block: the words after the fence, its text, and the line of the page on which the text begins."""

    info: str
    text: str
    line: int


def blocks() -> list[Block]:
    page = PAGE.read_text(encoding="utf-8")
    return [
        Block(found["info"].strip(), found["text"], page.count("\n", 0, found.start("text")) + 1)
        for found in _FENCE.finditer(page)
    ]


def _name(block: Block) -> str:
    return f"line {block.line}"


RIGHT = [block for block in blocks() if block.info == "rubric"]
WRONG = [block for block in blocks() if block.info.startswith("rubric-error")]


def test_every_block_is_of_a_known_kind() -> None:
    other = [block for block in blocks() if block not in RIGHT and block not in WRONG]
    assert {block.info for block in other} <= {"yaml"}
    assert len(RIGHT) >= 20
    assert len(WRONG) >= 20


@pytest.mark.parametrize("block", RIGHT, ids=_name)
def test_example_passes_its_own_tests(block: Block) -> None:
    program, diagnostics = parse_text(Source(str(PAGE), block.text))
    found = [d for d in diagnostics if d.severity != "hint"]
    assert not found, render_all(found)
    assert program is not None
    outcomes = rubriclang.loads(block.text, str(PAGE)).run_tests()
    assert outcomes, "the example has no test"
    for outcome in outcomes:
        assert outcome.checked, f"test {outcome.name} expects nothing"
        assert outcome.passed, f"test {outcome.name}: {[(f.expected, f.actual) for f in outcome.failures]}"


@pytest.mark.parametrize("block", WRONG, ids=_name)
def test_mistake_reports_its_code(block: Block) -> None:
    code = block.info.removeprefix("rubric-error").strip()
    source = Source(str(PAGE), block.text)
    _, diagnostics = parse_text(source)
    assert code in {d.code for d in diagnostics}, render_all(diagnostics)
    reported = {(source.position(d.span.start).line, d.code) for d in diagnostics if d.span is not None}
    marked = {
        (number, mark[1]) for number, line in enumerate(block.text.splitlines(), 1) if (mark := _MARK.search(line))
    }
    assert marked <= reported, render_all(diagnostics)


def test_every_keyword_is_on_the_page() -> None:
    written = set(re.findall(r"`([^`\n]+)`", PAGE.read_text(encoding="utf-8")))
    missing = [word for keyword in keywords() for word in keyword.spellings if word not in written]
    assert not missing

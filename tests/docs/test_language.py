"""The examples of ``docs/language.md`` run: the right ones pass their own tests, the wrong ones report their code.

A block fenced as ``rubric`` is a whole rubric; it loads without errors or warnings, has tests and passes them. A
block fenced as ``rubric-error CODE`` reports that code; a line in it that ends with ``//! CODE`` reports it there.

``rubric file=NAME`` gives a block a file name, so that a later block can build on it. All blocks stand in a project
of their own: a temporary folder with a copy of ``examples/``, whose fact files their tests name.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import attrs
import pytest

import rubriclang
from rubriclang.diagnostics.render import render_all
from rubriclang.driver import parse_text
from rubriclang.source import Source
from rubriclang.syntax.keywords import keywords

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "language.md"
_FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<text>.*?)^```$", re.M | re.S)
_RIGHT = re.compile(r"rubric(?: file=(?P<file>\w+\.rubric))?")
_WRONG = re.compile(r"rubric-error (?P<code>R\d{3})")
_MARK = re.compile(r"//! (R\d{3})$")
_FACTS = re.compile(r"examples/[\w./-]+")


@attrs.frozen
class Block:
    """A fenced block: the words after the fence, its text, and the line of the page on which the text begins."""

    info: str
    text: str
    line: int

    @property
    def file(self) -> str:
        """The name of the file it stands in."""
        named = _RIGHT.fullmatch(self.info)
        return (named and named["file"]) or f"line_{self.line}.rubric"


def blocks() -> list[Block]:
    page = PAGE.read_text(encoding="utf-8")
    return [
        Block(found["info"].strip(), found["text"], page.count("\n", 0, found.start("text")) + 1)
        for found in _FENCE.finditer(page)
    ]


def _name(block: Block) -> str:
    return f"line {block.line}"


RIGHT = [block for block in blocks() if _RIGHT.fullmatch(block.info)]
WRONG = [block for block in blocks() if _WRONG.fullmatch(block.info)]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that holds every right block as a file, and the fact files of the examples."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "rubric.toml").touch()
    shutil.copytree(ROOT / "examples", folder / "examples")
    for block in RIGHT:
        (folder / block.file).write_text(block.text, encoding="utf-8")
    return folder


def _source(project: Path, block: Block) -> Source:
    return Source(str(project / block.file), block.text)


def test_every_block_is_of_a_known_kind() -> None:
    other = [block for block in blocks() if block not in RIGHT and block not in WRONG]
    assert {block.info for block in other} <= {"yaml"}
    assert len(RIGHT) >= 20
    assert len(WRONG) >= 20


def test_file_names_are_not_used_twice() -> None:
    names = [block.file for block in RIGHT]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("block", RIGHT, ids=_name)
def test_example_passes_its_own_tests(block: Block, project: Path) -> None:
    source = _source(project, block)
    program, diagnostics = parse_text(source)
    found = [d for d in diagnostics if d.severity != "hint"]
    assert not found, render_all(found)
    assert program is not None
    outcomes = rubriclang.loads(block.text, source.path).run_tests()
    assert outcomes, "the example has no test"
    for outcome in outcomes:
        assert outcome.checked, f"test {outcome.name} expects nothing"
        assert outcome.unreadable is None, f"test {outcome.name}: no file {outcome.unreadable}"
        assert outcome.passed, f"test {outcome.name}: {[(f.expected, f.actual) for f in outcome.failures]}"


@pytest.mark.parametrize("block", WRONG, ids=_name)
def test_mistake_reports_its_code(block: Block, project: Path) -> None:
    found = _WRONG.fullmatch(block.info)
    assert found is not None
    source = _source(project, block)
    _, diagnostics = parse_text(source)
    assert found["code"] in {d.code for d in diagnostics}, render_all(diagnostics)
    reported = {
        (d.source.path, d.source.position(d.span.start).line, d.code)
        for d in diagnostics
        if d.source is not None and d.span is not None
    }
    marked = {
        (source.path, number, mark[1])
        for number, line in enumerate(block.text.splitlines(), 1)
        if (mark := _MARK.search(line))
    }
    assert marked <= reported, render_all(diagnostics)


def test_every_fact_file_of_the_page_exists_and_is_used() -> None:
    named = set(_FACTS.findall(PAGE.read_text(encoding="utf-8")))
    missing = [name for name in named if not (ROOT / name).exists()]
    assert not missing
    unused = [path.name for path in (ROOT / "examples" / "docs").iterdir() if f"examples/docs/{path.name}" not in named]
    assert not unused


def test_every_keyword_is_on_the_page() -> None:
    written = set(re.findall(r"`([^`\n]+)`", PAGE.read_text(encoding="utf-8")))
    missing = [word for keyword in keywords() for word in keyword.spellings if word not in written]
    assert not missing

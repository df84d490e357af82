"""The pages of the diagnostics: there is one for each kind, and every example on it runs.

What is to be avoided gives exactly the code of the page, what is preferred gives nothing. The message on a page is the
one that its example gives; ``RUBRIC_UPDATE_GOLDEN=1`` rewrites it, and then fails, so that an update is never a pass.
"""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import rubriclang
from rubriclang.audit.reported.auditing import audit_claims
from rubriclang.checking import project_of
from rubriclang.diagnostics import Diagnostic
from rubriclang.diagnostics.catalogue import all_kinds
from rubriclang.diagnostics.pages import HEADINGS, Page, read_page
from rubriclang.driver import FactsError, check_text
from rubriclang.linter.selection import Selection
from rubriclang.resources import code_pages
from rubriclang.source import Source
from tests.linter.page_commands import files_of, run_lines, write_document

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "codes"
KINDS = all_kinds()
CODES = sorted(KINDS)
UPDATE = os.environ.get("RUBRIC_UPDATE_GOLDEN") == "1"
LEVELS = {"error": ("错误", "Error"), "warning": ("警告", "Warning"), "hint": ("提示", "Hint")}

Blocks = tuple[tuple[str, str], ...]
_FILES = {
    "rubric": "example.rubric",
    "yaml": "facts.yaml",
    "toml": "rubric.toml",
    "csv": "facts.csv",
    "sheet": "facts.xlsx",
}


def path_of(code: str) -> Path:
    return FOLDER / f"{code}-{KINDS[code].name}.md"


def page(code: str) -> Page:
    return read_page(path_of(code).read_bytes().decode("utf-8"))


def write_sheets(path: Path, text: str) -> None:
    """A workbook of a ``sheet`` block: ``[name]`` begins a sheet, ``|`` parts cells; 合并 and 格式 as in a menu."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for line in text.split("\n"):
        word, _, rest = line.partition(" ")
        if line.startswith("["):
            sheet = book.create_sheet(line[1:-1])
        elif word == "合并":
            sheet.merge_cells(rest)
        elif word == "格式":
            cell, _, code = rest.partition(" ")
            sheet[cell].number_format = code
        else:
            cells = [cell.strip() for cell in line.split("|")]
            sheet.append([float(cell) if cell.isdigit() else cell or None for cell in cells])
    del book["Sheet"]
    book.save(path)


def unclaimed(rubric: rubriclang.Rubric, facts: rubriclang.Facts) -> list[Diagnostic]:
    """What keeps the claims of a fact file from being audited."""
    done = audit_claims(rubric.program, rubric.source, facts.document, rubric.bind(facts))
    return [done] if isinstance(done, Diagnostic) else []


def findings(code: str, blocks: Blocks, folder: Path) -> list[Diagnostic]:
    """All that is found in an example: in its rubric, its facts or its settings."""
    found: list[Diagnostic] = []
    main: Path | None = None
    for info, text in blocks:
        kind, _, name = info.partition(" ")
        path = folder / (name or _FILES.get(kind, kind))
        if kind == "sheet":
            write_sheets(path, text)
            continue
        if kind == "docx":
            write_document(path, text)
            continue
        for each, content in files_of(name or _FILES.get(kind, kind), text):
            path = folder / each
            path.write_bytes(content.encode("utf-8"))
        if kind == "rubric":
            main = path
        elif kind == "toml":
            found += project_of(folder).faults
    for info, text in blocks:
        if info == "sh":
            found += run_lines(text, folder)
    if main is None:
        return found
    source = Source(str(main), main.read_bytes().decode("utf-8"))
    selection = Selection(select=("R", code), ignore=() if code == "R412" else ("R412",))  # R412 runs only when asked
    found += check_text(source, selection)
    for info, text in blocks:
        if info not in ("yaml", "python", "csv", "sheet"):
            continue
        rubric = rubriclang.load(main)
        try:
            if info != "python":
                facts = rubriclang.load_facts(folder / _FILES[info])
                found += rubric.score(facts).diagnostics
                found += unclaimed(rubric, facts) if code == "R570" else []
            else:
                found += rubric.score(ast.literal_eval(text)).diagnostics
        except FactsError as error:
            found += error.diagnostics
    return found


def meaning(diagnostic: Diagnostic) -> str:
    """What a page says of the finding of its own example."""
    zh, en = LEVELS[diagnostic.severity]
    lines = f"{zh}：{diagnostic.message('zh')}" + (f"\n建议：{diagnostic.hint('zh')}" if diagnostic.hint("zh") else "")
    lines += f"\n\n{en}: {diagnostic.message('en')}"
    lines += f"\nHelp: {diagnostic.hint('en')}" if diagnostic.hint("en") else ""
    return lines.replace(str(diagnostic.source.path) if diagnostic.source else "\0", "")


def test_every_kind_has_a_page_and_every_page_a_kind() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == [path_of(code).name for code in CODES]
    assert len(CODES) >= 136


def test_the_pages_are_those_that_the_command_finds() -> None:
    assert list(code_pages()) == CODES


@pytest.mark.parametrize("code", CODES)
def test_a_page_has_its_headings_examples_and_two_languages(code: str) -> None:
    own = page(code)
    assert (own.code, own.name) == (code, KINDS[code].name)
    assert own.avoid and own.prefer and own.avoid != own.prefer
    for zh, en in (own.meaning, own.why):
        assert re.search("[\u4e00-\u9fff]", zh)
        assert len(re.findall("[A-Za-z]+", en)) > 2
    told = own.render("en")
    assert own.why[0] not in told and own.why[1] in told
    plain = re.sub("```.*?```", "", told, flags=re.S)
    assert [line for line in plain.split("\n") if line.startswith("## ")] == ["## Avoid", "## Prefer", "## Why"]
    assert own.why[1] not in own.render("zh")
    assert len(HEADINGS) == 4


@pytest.mark.parametrize("code", CODES)
def test_what_to_avoid_gives_exactly_this_code(code: str, tmp_path: Path) -> None:
    own = page(code)
    found = findings(code, own.avoid, tmp_path)
    assert {diagnostic.code for diagnostic in found} == {code}
    told = meaning(found[0])
    if UPDATE and "\n\n".join(own.meaning) != told:
        text = path_of(code).read_bytes().decode("utf-8")
        before, _, rest = text.partition(f"## {HEADINGS[0]}\n")
        _, _, after = rest.partition(f"\n## {HEADINGS[1]}\n")
        path_of(code).write_bytes(f"{before}## {HEADINGS[0]}\n\n{told}\n\n## {HEADINGS[1]}\n{after}".encode())
        pytest.fail(f"{path_of(code).name} was rewritten: review it, then run without RUBRIC_UPDATE_GOLDEN")
    assert "\n\n".join(own.meaning) == told


@pytest.mark.parametrize("code", CODES)
def test_what_to_prefer_is_free_of_it(code: str, tmp_path: Path) -> None:
    assert [d.message() for d in findings(code, page(code).prefer, tmp_path)] == []

"""A file of ``benchmarks/own`` or ``benchmarks/peers`` is found by its place, and says why it cannot run."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
FILES = sorted(
    p for folder in ("own", "peers") for p in (BENCHMARKS / folder).glob("*.py") if not p.name.startswith("_")
)


def _constants(path: Path) -> dict[str, object]:
    found: dict[str, object] = {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            target, value = node.targets[0].id, node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            target, value = node.target.id, node.value
        else:
            continue
        if target in ("TITLE", "KIND", "NEEDS"):
            found[target] = ast.literal_eval(value)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_says_what_it_is(path: Path) -> None:
    found = _constants(path)
    assert set(found) == {"TITLE", "KIND", "NEEDS"}
    assert found["KIND"] in ("one", "many", "files")
    assert isinstance(found["NEEDS"], tuple)


def test_no_two_files_have_one_title() -> None:
    titles = [_constants(path)["TITLE"] for path in FILES]
    assert len(titles) == len(set(titles)) >= 19


def test_no_figure_of_the_page_is_for_a_tool_that_did_not_run() -> None:
    page = (BENCHMARKS.parent / "docs" / "performance.md").read_text(encoding="utf-8")
    absent = [line.split(":")[0].removeprefix("- ") for line in page.splitlines() if ": not run, " in line]
    assert [title for title in absent if f"| {title} |" in page] == []

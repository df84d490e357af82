"""The page of what the library allows is what the command writes, and it is short."""

from __future__ import annotations

import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_is_current_and_short() -> None:
    spec = importlib.util.spec_from_file_location("library_allows", ROOT / "scripts" / "library_allows.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    written = (ROOT / "docs" / "library-allows.md").read_text(encoding="utf-8")
    # That nothing is left open is what tests/linter/test_rules.py finds of every rubric of the library.
    assert module.page(module.allowed_rows(), []) == written
    assert written.count("\n| [") <= 20

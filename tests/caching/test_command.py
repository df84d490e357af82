"""``rubric cache`` shows and clears."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from rubriclang.caching import store
from rubriclang.cli.main import cli


def said(*arguments: str) -> str:
    result = CliRunner().invoke(cli, ["cache", "--lang", "en", *arguments])
    assert result.exit_code == 0
    return result.output


def test_the_cache_is_shown_and_cleared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUBRICLANG_CACHE", str(tmp_path))
    store.write("a", b"x" * 250_000)
    assert said() == f"{tmp_path / 'rubrics'}: 1 rubric(s), 0.2 MB\n"
    assert said("--clear") == "removed 1 rubric(s), 0.2 MB\n"
    assert said() == f"{tmp_path / 'rubrics'}: 0 rubric(s), 0.0 MB\n"


def test_no_cache_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUBRICLANG_CACHE", "off")
    assert said() == "no cache is in use\n"

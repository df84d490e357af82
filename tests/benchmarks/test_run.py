"""The benchmarks run, find their files, and judge by right answers: a few units, the tools that tests bring along."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TREE = Path(__file__).resolve().parents[2]
RUN = TREE / "benchmarks" / "run.py"


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """One small run: 40 units, every one of them scored by the interpreter."""
    target = tmp_path_factory.mktemp("bench") / "figures.json"
    small = ["--units", "40", "--sample", "40", "--rounds", "5", "--only", "interpreter", "python_", "numpy_"]
    command = [sys.executable, str(RUN), *small, "--json", str(target)]
    done = subprocess.run(command, cwd=TREE, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    return found


def test_every_file_that_can_run_has_figures(figures: dict[str, Any]) -> None:
    names = {row["name"] for row in (*figures["many"], *figures["one"])}
    assert {"own.interpreter", "peers.python_scaled", "peers.python_floats", "peers.python_decimal"} <= names
    assert {"peers.python_fraction", "peers.numpy_float", "peers.numpy_scaled"} <= names
    assert all(row["rate"] > 0 for row in (*figures["many"], *figures["one"]))


@pytest.mark.parametrize(
    "name", ["own.interpreter", "peers.python_scaled", "peers.python_fraction", "peers.numpy_scaled"]
)
def test_exact_arithmetic_has_no_wrong_scores(figures: dict[str, Any], name: str) -> None:
    (row,) = [row for row in (*figures["many"], *figures["one"]) if row["name"] == name]
    assert (row["judged"], row["wrong_totals"], row["wrong_grades"]) == (40, 0, 0)
    assert (row["third"], row["held"], row["cases"]) == (True, 27, 27)


def test_binary_floats_have_wrong_scores_on_edges(figures: dict[str, Any]) -> None:
    rows = {row["name"]: row for row in (*figures["many"], *figures["one"])}
    # Two programs in the same arithmetic, written apart: they err on the same units.
    assert rows["peers.python_floats"]["wrong_totals"] == rows["peers.numpy_float"]["wrong_totals"] > 0
    # Kahan: with d = 3 = 2 + 1 every n / d * d gives n back in binary; 1 / 49 * 49 is the known counterexample.
    assert rows["peers.python_floats"]["third"] is True
    assert rows["peers.python_floats"]["held"] < 27


def test_digits_of_a_third_do_not_make_one(figures: dict[str, Any]) -> None:
    (row,) = [row for row in figures["one"] if row["name"] == "peers.python_decimal"]
    assert row["third"] is False  # 0.333…3 × 3 = 0.999…9

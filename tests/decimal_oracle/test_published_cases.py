"""The published cases of General Decimal Arithmetic, written as formulas of rubrics: none comes to anything else.

They are not part of this project. Where they are absent, these tests are skipped and say so; ``.ci/run`` fetches them.
The nightly profile runs every file; ``python scripts/decimal_oracle.py`` writes the counts to ``docs/oracle.md``.
"""

from __future__ import annotations

import os
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from tests.decimal_oracle import reading
from tests.decimal_oracle.reading import Published, cases, folder
from tests.decimal_oracle.running import run, values
from tests.decimal_oracle.spelling import Skipped, Spelled, spell

_NIGHTLY = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
# decDouble whole; of the arbitrary precision the operations that are a rounding.
_BOUNDED = ("dd*.decTest", "quantize.decTest", "rescale.decTest", "tointegral*.decTest", "rounding.decTest")


@pytest.fixture(scope="module")
def files() -> Path:
    """The folder of the published files."""
    found = folder()
    if found is None:
        pytest.skip(f"the published decimal cases are not on this machine (Debian's package {reading.PACKAGE})")
    return found


def test_none_of_the_published_cases_comes_to_anything_else(files: Path) -> None:
    chosen = ("*.decTest",) if _NIGHTLY else _BOUNDED
    tallies = run(sorted({path for pattern in chosen for path in files.glob(pattern)}))
    assert [line for tally in tallies.values() for line in tally.wrong] == []
    right = {operation: sum(tally.right.values()) for operation, tally in tallies.items()}
    assert sum(right.values()) > (30_000 if _NIGHTLY else 6_000)
    for operation in (
        "add",
        "subtract",
        "multiply",
        "divide",
        "compare",
        "quantize",
        "tointegralx",
        "min",
        "max",
        "abs",
    ):
        assert right[operation] > 50


# ---- the judge itself: it must be able to say no


def _case(line: str, tmp_path: Path, head: str = "") -> Published:
    path = tmp_path / "one.decTest"
    path.write_text(f"precision: 5\nrounding: half_up\n{head}\n-- a comment\n{line}\n", encoding="utf-8")
    (case,) = cases(path)
    return case


def test_a_wrong_result_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "wrong.decTest"
    path.write_text("rounding: half_up\nt1 add 1 2 -> 4\nt2 add 1 2 -> 3\nt3 divide 1 0 -> 7\n", encoding="utf-8")
    tally = run([path])["add"]
    assert (sum(tally.right.values()), len(tally.wrong)) == (1, 1)
    assert len(run([path])["divide"].wrong) == 1  # a refused rubric is not a right one


def test_a_refused_formula_does_not_take_the_others_with_it() -> None:
    one, two, three = values(["1 + 1", "1 +", "1 / 4"])
    assert (one, three) == (2, Fraction(1, 4)) and str(two).startswith("R0")


@pytest.mark.parametrize(
    ("line", "formula", "expected"),
    [
        ("t add '-5' 7.5E+1 -> 70", "（-5） + 75", 70),
        ("t divide 1 3 -> 0.33333 Inexact Rounded", "1 / 3，保留到 0.00001，四舍五入", Decimal("0.33333")),
        ("t quantize 2.345 1e-2 -> 2.35 Inexact Rounded", "四舍五入（2.345，2）", Decimal("2.35")),
        ("t quantize 25 1e+1 -> 3E+1 Inexact Rounded", "25，保留到 10，四舍五入", 30),
        ("t tointegral -2.5 -> -3", "四舍五入（（-2.5））", -3),
        ("t remainder 7 -3 -> 1 -- a remark", "7 - （-3） × 舍去（7 / （-3））", 1),
    ],
)
def test_how_a_case_is_said(line: str, formula: str, expected: Decimal | int, tmp_path: Path) -> None:
    spelled = spell(_case(line, tmp_path))
    assert isinstance(spelled, Spelled)
    assert (spelled.formula, spelled.expected) == (formula, Fraction(expected))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("t add NaN 1 -> NaN", "an operand that is an infinity or not a number"),
        ("t add #1A 1 -> 2", "an encoding in hexadecimal, or no stated result"),
        ("t divide 1 0 -> Infinity Division_by_zero", "division by zero: no value in a rubric either"),
        ("t add 1E+99 1E+99 -> 2E+99", "a number of more than 60 characters, written out"),
        ("t add 1E+999999999 1 -> 1E+999999999", "a number of more than 60 characters, written out"),
        ("t samequantum 1 2 -> 1", "no such operation: most are about how a number is stored"),
        ("t power 2 1001 -> 9 Inexact", "a whole exponent beyond 1000"),
    ],
)
def test_what_is_left_out_says_why(line: str, reason: str, tmp_path: Path) -> None:
    assert spell(_case(line, tmp_path)) == Skipped(reason)


def test_a_mode_the_language_does_not_have(tmp_path: Path) -> None:
    skipped = spell(_case("t quantize 0.15 1e-1 -> 0.1 Inexact Rounded", tmp_path, "rounding: half_down"))
    assert skipped == Skipped("a rounding mode the language does not have: half_down")


def test_a_folder_without_the_files_is_a_mistake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(reading.PLACE, str(tmp_path))
    with pytest.raises(FileNotFoundError, match=r"ddAdd\.decTest"):
        folder()

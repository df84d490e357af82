"""All errors of a file in one run: each broken line is named at its place, and lines far from it are not blamed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, strategies as st

from rubriclang.driver import check_text
from rubriclang.source import Source
from tests.strategies.budget import examples

ROOT = Path(__file__).resolve().parents[2]
NAMES = (
    "2019_county_overall",
    "cn/hunan_template",
    "cn/budget_office_2019",
    "cn/hengshan_grain_2020",
)
TEXTS = {name: (ROOT / "rubrics" / f"{name}.rubric").read_text(encoding="utf-8") for name in NAMES}

# A line of bands, of a formula or of steps: lines that hold free text cannot be broken by a sign.
_ROWS = re.compile(r"^[^#\-/|标依说来测默数参清勾].*->.*\d")
_STEP = re.compile(r"^每.*扣.*分")
_FORMULA = re.compile(r"^[^\W\d]\w* = [^；]+$")


def breakable(text: str) -> list[int]:
    """The lines (from 0) that the test may break: rules before the tests, each within one indicator."""
    lines = text.split("\n")
    end = next((i for i, line in enumerate(lines) if line.startswith("测试")), len(lines))
    kinds = (_ROWS, _STEP, _FORMULA)
    return [i for i, line in enumerate(lines[:end]) if "//" not in line and any(kind.match(line) for kind in kinds)]


BREAKS: dict[str, Callable[[str], str]] = {
    "an arrow becomes a dash": lambda line: line.replace("->", "- ", 1) if "->" in line else f"{line} ≤",
    "a bracket stays open": lambda line: f"（{line}",
    "a sign twice": lambda line: f"{line} + + × 1" if " = " in line else f"≤ ≤ {line}",
    "a stray sign": lambda line: f"{line} @",
    "a line cut short": lambda line: line[: line.index("->") + 2] if "->" in line else line[: line.rindex(" ")] + " +",
}


@st.composite
def broken(draw: st.DrawFn) -> tuple[str, list[int]]:
    """A rubric of the library with up to five lines broken, and which (from 1)."""
    text = TEXTS[draw(st.sampled_from(NAMES))]
    lines = text.split("\n")
    at = draw(st.lists(st.sampled_from(breakable(text)), min_size=1, max_size=5, unique=True))
    for number in at:
        lines[number] = BREAKS[draw(st.sampled_from(sorted(BREAKS)))](lines[number])
    return "\n".join(lines), sorted(number + 1 for number in at)


def own_block(text: str, number: int) -> range:
    """The lines of the indicator that a line (from 1) stands under: what breaks there may be felt there."""
    lines = text.split("\n")
    start = number - 1
    while start > 0 and not lines[start].startswith("#"):
        start -= 1
    end = number
    while end < len(lines) and not lines[end].startswith("#"):
        end += 1
    return range(start + 1, end + 1)


def test_there_are_lines_to_break() -> None:
    assert sum(len(breakable(text)) for text in TEXTS.values()) > 40


@given(case=broken())
@examples(3)
def test_every_broken_line_is_named_and_no_other_is_blamed(case: tuple[str, list[int]]) -> None:
    text, numbers = case
    source = Source("a.rubric", text)
    found = [d for d in check_text(source) if d.severity == "error"]
    named = {source.position(d.span.start).line for d in found if d.span is not None}
    assert set(numbers) <= named, [(d.code, d.message()) for d in found]
    near = {line for number in numbers for line in own_block(text, number)}
    assert named <= near, [(d.code, source.position(d.span.start).line, d.message()) for d in found if d.span]

"""Laws of the formatter, over rubrics that the strategy writes by hand in canonical form."""

from __future__ import annotations

import re

from hypothesis import given

from rubriclang.formatter import format_source
from rubriclang.source import Source
from tests.strategies.budget import examples
from tests.strategies.layout_rubrics import layouts
from tests.strategies.layouts import Layout


def formatted(text: str) -> str:
    """The canonical form of a text that has no errors."""
    found = format_source(Source("<text>", text))
    assert found.text is not None, [d.message("en") for d in found.diagnostics]
    return found.text


def without_columns(text: str) -> str:
    """The text with each comment two blanks behind its line; where comments stand is tested by hand."""
    return re.sub(r"(?m)^([^/\n]*[^/\s].*?) *(//[^/]*)$", r"\1  \2", text)


@given(drawn=layouts())
@examples(1)
def test_every_way_to_type_a_rubric_comes_out_as_the_canonical_one(drawn: Layout) -> None:
    once = formatted(drawn.untidy)
    assert without_columns(once) == without_columns(drawn.tidy)
    assert formatted(once) == once

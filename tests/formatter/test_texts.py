"""Every rubric of the project, formatted: it says what it said, it stays as it is, and the library is canonical."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from rubriclang.formatter import format_source
from rubriclang.source import Source
from tests.formatter.texts import ROOT, parsed, said, sound_texts
from tests.strategies.budget import examples
from tests.strategies.texts import mutated_lines

LIBRARY = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "rubrics").rglob("*.rubric"))


def formatted(text: str) -> str | None:
    """The canonical form; None where the text has errors."""
    return format_source(Source("<text>", text)).text


def assert_faithful(text: str, after: str) -> None:
    tree, again = parsed(text), parsed(after)
    assert tree is not None
    assert again is not None
    assert again == tree
    assert said(again) == said(tree)
    assert after.endswith("\n")
    assert not after.endswith("\n\n")
    assert "\r" not in after
    assert "\n\n\n" not in after
    assert [line for line in after.split("\n") if line != line.rstrip()] == []


def test_there_are_texts_enough() -> None:
    """So that a wrong folder name does not leave the next tests with nothing to do."""
    names = list(sound_texts())
    assert sum(name.startswith("rubrics/") for name in names) >= 48
    assert sum(name.startswith("tests/golden/") for name in names) >= 80
    assert sum(name.startswith("language.md:") for name in names) >= 80


@pytest.mark.parametrize("name", sound_texts())
def test_a_text_says_the_same_afterwards(name: str) -> None:
    text = sound_texts()[name]
    after = formatted(text)
    assert after is not None
    assert_faithful(text, after)
    assert formatted(after) == after


@pytest.mark.parametrize("name", [name for name in sound_texts() if name.startswith(("rubrics/", "examples/"))])
def test_the_library_is_canonical(name: str) -> None:
    assert formatted(sound_texts()[name]) == sound_texts()[name]


@given(text=st.sampled_from(LIBRARY).flatmap(mutated_lines))
@examples(1)
def test_slips_of_the_pen_change_nothing(text: str) -> None:
    """A few changed, joined or moved lines make stranger texts than anybody would write; most have errors."""
    after = formatted(text)
    if after is None:
        assert parsed(text) is None
        return
    assert_faithful(text, after)
    assert formatted(after) == after

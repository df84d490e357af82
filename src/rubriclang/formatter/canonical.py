"""From a text to its canonical form, with the proof that nothing was said differently."""

from __future__ import annotations

import attrs

from rubriclang.diagnostics import Diagnostic
from rubriclang.formatter.layout import laid_out
from rubriclang.formatter.marks import marks_of
from rubriclang.formatter.pieces import read
from rubriclang.formatter.rows import rows_of
from rubriclang.source import Source
from rubriclang.syntax import nodes as n
from rubriclang.syntax.parser import parse


class UnfaithfulError(Exception):
    """The formatted text would not say the same: a defect of the formatter, never of the text."""


@attrs.frozen
class Formatted:
    """The canonical text, or None where the text has errors; ``diagnostics`` say which."""

    text: str | None
    diagnostics: tuple[Diagnostic, ...] = ()


def format_source(source: Source) -> Formatted:
    """The canonical form of a rubric's text.

    A text with syntax errors is not formatted: what a broken line means nobody can say.

    Raises:
        UnfaithfulError: the canonical form would parse to another tree, or lose a comment.
    """
    tree, diagnostics = parse(source)
    errors = tuple(d for d in diagnostics if d.severity == "error")
    if tree is None or errors:
        return Formatted(None, errors)
    written = format_tree(source, tree)
    again, wrong = parse(Source(source.path, written))
    if _said(again) != _said(tree) or any(d.severity == "error" for d in wrong):
        raise UnfaithfulError(source.path)
    return Formatted(written)


def format_tree(source: Source, tree: n.Tree) -> str:
    """The canonical form of a text that was parsed to ``tree`` without errors."""
    text = read(source, tree)
    return laid_out(rows_of(text, marks_of(text)))


def _said(tree: n.Tree | None) -> object:
    """All that a text says, spans aside."""
    if tree is None:
        return None
    return tree.root, tree.root.results_at, [comment.text.rstrip() for comment in tree.comments]

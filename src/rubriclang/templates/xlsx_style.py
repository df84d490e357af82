"""How the cells of a fill-in workbook look: one small set of formats, made once for each workbook."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from rubriclang.templates.rules import CellRule

FONT = "微软雅黑"
_INPUT = "#FFF8E1"
_HEAD = "#DCE6F1"
_LINE = "#A6A6A6"
_GREY = "#666666"

_NUMBERS = {"number": "General", "whole": "0", "percent": "0.00%", "date": "yyyy-mm-dd", "choice": "@", "text": "@"}


class Styles:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self._inputs: dict[str, Any] = {}

    def _make(self, **properties: Any) -> Any:
        base = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}
        return self.book.add_format(base | properties)

    @cached_property
    def title(self) -> Any:
        """The name of the rubric over a sheet."""
        return self._make(font_size=15, bold=True)

    @cached_property
    def remark(self) -> Any:
        """How to fill in, under the title."""
        return self._make(font_size=9, font_color=_GREY, text_wrap=True, valign="top")

    @cached_property
    def label(self) -> Any:
        """A label beside a cell to fill in."""
        return self._make(bold=True, align="right")

    @cached_property
    def head(self) -> Any:
        """The header of a column."""
        return self._make(bold=True, bg_color=_HEAD, border=1, border_color=_LINE, align="center", text_wrap=True)

    @cached_property
    def text(self) -> Any:
        """A text that stands fast."""
        return self._make(border=1, border_color=_LINE, text_wrap=True, indent=1)

    @cached_property
    def strong(self) -> Any:
        """A name that stands fast."""
        return self._make(border=1, border_color=_LINE, text_wrap=True, bold=True, indent=1)

    @cached_property
    def inner(self) -> Any:
        """A text under another: an item of a checklist."""
        return self._make(border=1, border_color=_LINE, text_wrap=True, indent=3, font_color=_GREY)

    @cached_property
    def small(self) -> Any:
        """What may be filled in."""
        return self._make(border=1, border_color=_LINE, text_wrap=True, font_size=9, font_color=_GREY, indent=1)

    @cached_property
    def middle(self) -> Any:
        """A unit or a range."""
        return self._make(border=1, border_color=_LINE, align="center", text_wrap=True)

    @cached_property
    def filled(self) -> Any:
        """What a cell turns into once it holds a value."""
        return self.book.add_format({"bg_color": "#FFFFFF"})

    def entry(self, rule: CellRule) -> Any:
        """A cell to fill in."""
        left = rule.kind == "text"
        align = "left" if left else "center" if rule.kind in ("choice", "date") else "right"
        return self._entry(rule.kind, align)

    @property
    def note(self) -> Any:
        """A cell for a note: a source, a name, an evidence."""
        return self._entry("text", "left")

    def _entry(self, kind: str, align: str) -> Any:
        if kind not in self._inputs:
            self._inputs[kind] = self._make(
                bg_color=_INPUT,
                border=1,
                border_color=_LINE,
                locked=False,
                align=align,
                num_format=_NUMBERS[kind],
                text_wrap=kind == "text",
            )
        return self._inputs[kind]

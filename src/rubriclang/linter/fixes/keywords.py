"""Keywords one sign off, where nothing else can have been meant: 否责 for 否则, 数椐 for 数据, 可却 for 可缺."""

from __future__ import annotations

import re

from rubriclang.diagnostics import Diagnostic, Edit, Fix
from rubriclang.diagnostics.suggest import edit_distance
from rubriclang.source import Span

_ELSE = ("否则", "else")
_SAID_OTHERWISE = ("其他", "其它", "otherwise", "others", "rest")
_REACH = 30  # lines that an item may stand below the head of its block; one mended item mends them all
_BLOCKS = ("数据", "参数", "清单", "勾稽", "facts", "parameters", "checklist", "checks")
_OPTIONS = ("可缺", "整数", "optional", "whole")


def _near(word: str, known: tuple[str, ...]) -> str | None:
    """The one known word that a slip of one sign makes into the word; None where there is none, or more than one."""
    found = [option for option in known if len(option) > 1 and edit_distance(word.lower(), option, 2) == 1]
    return found[0] if len(found) == 1 else None


def _written(span: Span, word: str) -> Fix:
    return Fix(f"改成“{word}”", f"write '{word}'", (Edit(span, word),))


def _rest(diagnostic: Diagnostic) -> Fix | None:
    """A row whose condition is an unknown name alone, right before its arrow: the row for all the rest."""
    source, span, name = diagnostic.source, diagnostic.span, diagnostic.params["name"]
    assert source is not None and span is not None
    start = source.text.rfind("\n", 0, span.start) + 1
    before, after = source.text[start : span.start], source.text[span.start + len(name) :]
    if not re.search(r"(?:^|[；;])[ \t　]*$", before) or not re.match(r"[ \t　]*(?:->|→|=>|-》)", after):
        return None
    if not source.slice(span).startswith(name):
        return None
    word = _near(name, _ELSE)
    if word is None and name in _SAID_OTHERWISE:
        word = "else" if name.isascii() else "否则"
    return None if word is None else _written(Span(span.start, span.start + len(name)), word)


def _block(diagnostic: Diagnostic) -> Fix | None:
    """Items under a line that is nearly the head of a block."""
    source, span = diagnostic.source, diagnostic.span
    assert source is not None and span is not None
    number = source.position(span.start).line - 1
    lowest = max(0, number - _REACH)
    while number > lowest and (
        not source.line(number).strip() or source.line(number).lstrip(" \t　").startswith(("-", "//"))
    ):
        number -= 1
    found = re.fullmatch(r"[ \t　]*([^\W\d]+)[ \t　]*[：:][ \t　\r]*", source.line(number)) if number > 0 else None
    word = None if found is None else _near(found.group(1), _BLOCKS)
    if found is None or word is None:
        return None
    start = source.line_starts[number - 1]
    return _written(Span(start + found.start(1), start + found.end(1)), word)


def _option(diagnostic: Diagnostic) -> Fix | None:
    source, span = diagnostic.source, diagnostic.span
    assert source is not None and span is not None
    word = _near(source.slice(span).strip(), _OPTIONS)
    return None if word is None else _written(span, word)


FIXES = {"R008": _block, "R101": _rest, "R208": _option}

"""Comments that let a finding pass, with a reason: ``// 允许 R402：理由``, ``// allow R402: reason``.

Behind a line the comment is about that line; on a line of its own, about the next line that is no comment; before the
title, about the whole file. An error is never allowed: a rubric with an error does not run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set

import attrs

from rubriclang.diagnostics import Diagnostic, kinds
from rubriclang.linter.errors import ALLOW_REFUSED, ALLOW_WITHOUT_REASON, UNUSED_ALLOW
from rubriclang.linter.selection import codes_of
from rubriclang.source import Source, Span
from rubriclang.syntax import nodes as n

_ALLOW = re.compile(
    r"[/／]{2}\s*(?:允许|allow)\s*(?P<codes>[RrＲｒ]\w+(?:[\s,，、;；]+[RrＲｒ]\w+)*)\s*[:：]?\s*(?P<reason>.*)",
    re.I | re.S,
)
_TITLE = re.compile(r"^[ \t　\ufeff]*[#＃]", re.M)
_COMMENT_LINE = re.compile(r"[\s　]*(?:[/／]{2}|$)")


@attrs.define(eq=False)
class _Allowed:
    """One code of one comment: the line it is about, None for the whole file."""

    code: str
    line: int | None
    span: Span
    used: bool = False


def allow(tree: n.Tree, source: Source, found: Sequence[Diagnostic], clean: bool, asked: Set[str]) -> list[Diagnostic]:
    """The findings that no comment allows, and what is wrong with the comments.

    ``clean`` says that the rules have run, and ``asked`` for which codes: only then can a comment be called unused.
    """
    allowed: list[_Allowed] = []
    faults: list[Diagnostic] = []
    for comment in tree.comments:
        file, span = source.locate(comment.span)
        if file.path == source.path:
            _read(file, span, allowed, faults)
    if not allowed:
        return [*found, *faults]
    by_code: dict[str, list[_Allowed]] = {}
    for one in allowed:
        by_code.setdefault(one.code, []).append(one)
    kept = [d for d in found if not _passes(d, source.path, by_code.get(d.code, ()))]
    if clean:
        for one in allowed:
            if not one.used and one.code in asked:
                faults.append(Diagnostic(UNUSED_ALLOW, _own(source), one.span, {"code": one.code}))
    return [*kept, *faults]


def _own(source: Source) -> Source:
    """The file at hand of a source made of several."""
    return source.files[-1][1] if source.files else source


def _passes(diagnostic: Diagnostic, path: str, allowed: Iterable[_Allowed]) -> bool:
    source, span = diagnostic.source, diagnostic.span
    if diagnostic.severity == "error" or source is None or span is None or source.path != path:
        return False
    line = source.position(span.start).line
    matching = [one for one in allowed if one.line is None or one.line == line]
    for one in matching:
        one.used = True
    return bool(matching)


def _read(file: Source, span: Span, allowed: list[_Allowed], faults: list[Diagnostic]) -> None:
    text = file.slice(span)
    match = _ALLOW.match(text)
    if match is None:
        return
    line = _line_meant(file, span)
    for code in codes_of(match.group("codes")):
        why = _why_refused(code)
        if why is not None:
            params = {"code": code, "why": why[0], "why_en": why[1]}
            faults.append(Diagnostic(ALLOW_REFUSED, file, span, params))
            continue
        allowed.append(_Allowed(code, line, span))
        if not match.group("reason").strip(" 　。.…-—"):
            faults.append(Diagnostic(ALLOW_WITHOUT_REASON, file, span, {"code": code}))


def _why_refused(code: str) -> tuple[str, str] | None:
    kind = kinds().get(code)
    if kind is None:
        return "没有这个代码", "there is no such code"
    if kind.level == "error":
        return "它是错误，有错误的标准不能计分", "it is an error, and a rubric with errors does not run"
    return None


def _line_meant(file: Source, span: Span) -> int | None:
    title = _TITLE.search(file.text)
    if title is None or span.start < title.start():
        return None
    line = file.position(span.start).line
    if file.text[file.line_starts[line - 1] : span.start].strip(" \t　"):
        return line
    return next(_lines_after(file, line), line)


def _lines_after(file: Source, line: int) -> Iterator[int]:
    """The numbers of the lines below that are neither blank nor comments."""
    for number in range(line + 1, len(file.line_starts) + 1):
        if not _COMMENT_LINE.match(file.line(number)):
            yield number

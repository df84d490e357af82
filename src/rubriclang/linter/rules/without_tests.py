"""A rubric that holds no test."""

from __future__ import annotations

from collections.abc import Iterator

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.linter.rule import Subject

WITHOUT_TESTS = Kind(
    "R411",
    "without-tests",
    "hint",
    "标准里没有测试：改错一个数，没有谁会发现",
    "the rubric has no test: nobody will notice a number changed by mistake",
    "在文件末尾写“测试 一例：”，写上数据和手算的得分",
    "write 'test one:' at the end, with facts and points worked out by hand",
)
KINDS = (WITHOUT_TESTS,)


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding, at the title; a file that only lends to others (引用) has a title and indicators as well."""
    if not subject.program.tests:
        yield subject.finding(WITHOUT_TESTS, subject.tree.root.title_span)

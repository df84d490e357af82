"""A rubric of some size that holds no test."""

from __future__ import annotations

from collections.abc import Iterator

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.linter.rule import Subject

WITHOUT_TESTS = Kind(
    "R411",
    "without-tests",
    "hint",
    "标准有 {count} 个指标，没有一个测试：改错一个数，没有人会发现",
    "the rubric has {count} indicators and no test: nobody will notice a number changed by mistake",
    "在文件末尾写“测试 一例：”，写上数据和手算的得分",
    "write 'test one:' at the end, with facts and points worked out by hand",
)
KINDS = (WITHOUT_TESTS,)
MANY = 5


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding, at the title, where there are so many indicators that nobody keeps them all in mind."""
    count = sum(1 for _ in subject.program.root.leaves())
    if not subject.program.tests and count >= MANY:
        yield subject.finding(WITHOUT_TESTS, subject.tree.root.title_span, count=str(count))

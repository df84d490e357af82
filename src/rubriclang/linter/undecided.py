"""What a rule says when it can neither prove a property nor break it: never nothing."""

from __future__ import annotations

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.linter.rule import Subject
from rubriclang.source import Span

UNDECIDED_PROPERTY = Kind(
    "R423",
    "undecided-property",
    "warning",
    "{what}：没能证明，也没找到反例",
    "{what}: neither proved nor disproved",
    "没有求解器的，装上 pip install 'rubriclang[smt]' 也许判断得了；自己核对过的，写“// 允许 R423：理由”",
    "without the solver, pip install 'rubriclang[smt]' may decide it; once checked write '// allow R423: reason'",
)


def undecided(subject: Subject, span: Span, what: str, what_en: str) -> Diagnostic:
    """The finding that a property is open."""
    return subject.finding(UNDECIDED_PROPERTY, span, what=what, what_en=what_en)

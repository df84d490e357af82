"""What a rule says when it can neither prove a property nor break it: never nothing."""

from __future__ import annotations

from importlib.util import find_spec

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.linter.rule import Subject
from rubriclang.source import Span

UNDECIDED_PROPERTY = Kind(
    "R423",
    "undecided-property",
    "warning",
    "{what}：没能证明，也没找到反例",
    "{what}: neither proved nor disproved",
    "{hint}",
    "{hint}",
)
_WITHOUT = (
    "装上 pip install 'rubriclang[smt]' 也许判断得了；自己核对过的，写“// 允许 R423：理由”",
    "pip install 'rubriclang[smt]' may decide it; once checked by hand write '// allow R423: reason'",
)
_WITH = (
    "自己核对过的，写“// 允许 R423：理由”",
    "once checked by hand write '// allow R423: reason'",
)


def solver_installed() -> bool:
    """Whether the extra is there that takes over where linear forms end."""
    return find_spec("z3") is not None


def undecided(subject: Subject, span: Span, what: str, what_en: str) -> Diagnostic:
    """The finding that a property is open."""
    hint = _WITH if solver_installed() else _WITHOUT
    return subject.finding(UNDECIDED_PROPERTY, span, what=what, what_en=what_en, hint=hint[0], hint_en=hint[1])

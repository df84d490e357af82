"""Two names that differ only in signs that look the same."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

from rubriclang.diagnostics import Diagnostic, Kind
from rubriclang.linter.rule import Subject
from rubriclang.source import Span
from rubriclang.syntax.headings import title_name

LOOK_ALIKE_NAMES = Kind(
    "R404",
    "look-alike-names",
    "warning",
    "“{name}”和第 {line} 行的“{other}”看起来一样，却是两个名称（{signs}）",
    "'{name}' and '{other}' on line {line} look the same and are two names ({signs})",
    "改成同一个写法，或换一个看得出区别的名称",
    "write both alike, or give one a name that can be told apart",
)
KINDS = (LOOK_ALIKE_NAMES,)

# Signs that a reader, or the recognition of a scanned page, takes for each other.
_GROUPS = (
    "0OoО〇○Оο",
    "1lI|丨Ⅰ",
    "一-－—―–ー─",
    "口囗□",
    "日曰",
    "己已巳",
    "未末",
    "人入",
    "土士",
    "干千",
    "戊戌戍",
    "AА",
    "BВ",
    "CС",
    "EЕ",
    "HН",
    "KК",
    "MМ",
    "PР",
    "TТ",
    "XХ×",
    "aа",
    "cс",
    "eе",
    "pр",
    "·・•‧",
    "“”\"＂‘’'",
)
_SKELETON = {ord(sign): group[0] for group in _GROUPS for sign in group} | {ord(" "): None}


def check(subject: Subject) -> Iterator[Diagnostic]:
    """One finding for each name whose look-alike stands above it; names that are the same are no look-alikes."""
    seen: dict[str, dict[str, Span]] = {}
    for name, span in sorted(_names(subject), key=lambda item: item[1].start):
        alike = seen.setdefault(normalize("NFKC", name).translate(_SKELETON), {})
        for other, place in alike.items():
            if other != name and name not in alike:
                line = str(subject.source.position(place.start).line)
                signs = _signs(name, other)
                told = {"signs": "，".join(signs), "signs_en": ", ".join(signs)}
                yield subject.finding(LOOK_ALIKE_NAMES, span, name=name, other=other, line=line, **told)
                break
        alike.setdefault(name, span)


def _names(subject: Subject) -> Iterator[tuple[str, Span]]:
    program = subject.program
    for fact in (*program.facts, *(column for info in program.lists for column in info.columns)):
        if fact.span is not None:
            yield fact.name, fact.span
    for definition in program.definitions:
        if definition.name is not None and definition.span is not None:
            yield definition.name, definition.span
    for node in subject.nodes:
        yield title_name(node.title), node.title_span


def _signs(name: str, other: str) -> list[str]:
    """The signs in which two names differ, as code points."""
    if len(name) != len(other):
        return [f"{len(name)} ≠ {len(other)}"]
    pairs = zip(name, other, strict=True)
    return [f"{sign} U+{ord(sign):04X}" for pair in pairs if pair[0] != pair[1] for sign in pair]

"""What a fact file says its unit should get (``应得``), held against what it gets: last year's files as tests.

The part names indicators and sections, by title or by path (``过程.预算执行``), 总分 and 等次. A value is points, a
label, or the reason for which there is no score, as in the tests of a rubric. Points are compared exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

import attrs

from rubriclang.backends.outcome import IndicatorOutcome, Outcome, SectionOutcome, exact
from rubriclang.backends.testing import Failure
from rubriclang.diagnostics.suggest import closest
from rubriclang.facts.document import Document, Fields, Raw, Scalar

Lang = Literal["zh", "en"]
_PARTS = ("应得", "expected")
_TOTAL, _GRADE = ("总分", "total"), ("等次", "grade")
_REASONS = {
    "缺失": "missing", "不计": "left out", "剔除": "left out", "无定义": "undefined", "待评定": "pending",
    **{word: word for word in ("missing", "left out", "undefined", "pending")},
}  # fmt: skip
_WORDS = {"missing": "缺失", "left out": "不计", "undefined": "无定义", "pending": "待评定"}
_POINTS = re.compile(r"(-?\d{1,60}(?:\.\d{1,60})?|-?\d{1,60}/[1-9]\d{0,59})\s*(?:分|points?)?")


def expected_of(document: Document) -> Fields | None:
    """The part of a fact file that says what is expected; None where it has none."""
    for key, value in document.root.items:
        if key.text.strip() in _PARTS:
            return value if isinstance(value, Fields) else Fields(((key, value),), key.span)
    return None


def differences(outcome: Outcome, expected: Fields, lang: Lang = "zh") -> tuple[Failure, ...]:
    """Everything that came out otherwise, each with its place in the fact file; empty where all is as expected."""
    return tuple(failure for key, value in expected.items for failure in _one(outcome, key, value, lang))


def _one(outcome: Outcome, key: Scalar, value: Raw, lang: Lang) -> Iterator[Failure]:
    name = key.text.strip()
    if not isinstance(value, Scalar) or value.blank:
        what = "这里要写分数、等次或缺失等原因" if lang == "zh" else "points, a grade or a reason was wanted here"
        yield Failure(name, what, key.span)
        return
    wanted = value.text.strip() if value.exact is None else exact(Fraction(value.exact)) or ""
    stated = f"{name} = {wanted}"
    found = _found(outcome, name)
    if isinstance(found, str):
        near = closest(name, [*_TOTAL, *_GRADE, *(path[-1] for path in _paths(outcome))])
        hint = "" if near is None else f"，是不是“{near}”" if lang == "zh" else f"; did you mean '{near}'?"
        said = {
            "none": ("没有这个指标", "no such indicator"),
            "several": ("不止一个，前面写上节", "several; name its section"),
        }
        yield Failure(stated, said[found][0 if lang == "zh" else 1] + (hint if found == "none" else ""), key.span)
    elif not _same(found, wanted):
        yield Failure(stated, found.text(lang), value.span)


@attrs.frozen
class _Result:
    """What something came to: points, else a label, else the reason for neither."""

    points: Fraction | None = None
    label: str | None = None
    reason: str | None = None

    def text(self, lang: Lang) -> str:
        if self.label is not None:
            return self.label
        if self.points is not None:
            return exact(self.points) or ""
        reason = self.reason or "missing"
        return _WORDS[reason] if lang == "zh" else reason


def _same(found: _Result, wanted: str) -> bool:
    if found.label is not None:
        return found.label == wanted
    if found.points is None:
        return _REASONS.get(wanted.lower()) == (found.reason or "missing")
    number = _POINTS.fullmatch(wanted)
    return number is not None and found.points == Fraction(number.group(1))


def _found(outcome: Outcome, name: str) -> _Result | Literal["none", "several"]:
    if name in _TOTAL:
        open_ = next((i.reason for i in outcome if i.reason in ("undefined", "missing", "pending")), "missing")
        return _Result(_number(outcome.total), reason=open_)
    if name in _GRADE:
        return _Result(label=outcome.grade, reason="missing")
    wanted = tuple(part.strip() for part in name.split("."))
    for group in (tuple(outcome), outcome.sections):  # an indicator before a section of the same name
        there: list[IndicatorOutcome | SectionOutcome] = [i for i in group if i.path[-len(wanted) :] == wanted]
        whole = [item for item in there if item.path == wanted]
        if len(there) > 1 and len(whole) != 1:
            return "several"
        if there:
            item = whole[0] if whole else there[0]
            label, reason = getattr(item, "label", None), getattr(item, "reason", None)
            return _Result(_number(item.points), label, reason or "pending" if item.points is None else None)
    return "none"


def _number(value: object) -> Fraction | None:
    return value if isinstance(value, Fraction) else None


def _paths(outcome: Outcome) -> list[tuple[str, ...]]:
    return [item.path for item in (*outcome, *outcome.sections)]

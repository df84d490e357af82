"""Calculations that are written out: ``预算控制率=(9.16/1521.39)*100%=0.6%``, ``13+53+26=92分``.

They are evaluated as they stand; the figures in them count as exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

import attrs

from rubriclang.audit.claims import Claim, Reading
from rubriclang.audit.expression import evaluate
from rubriclang.audit.quantities import Quantity
from rubriclang.audit.report import Passage, Report, bare_name

_UNITS = re.compile(r"(?<=[\d)])(?:亿元|万元|元|个百分点|分|人|个|件|家|户|次|辆|台|项|亩|吨|公里|平方米)")
_SIGNS = frozenset("0123456789.,+-*/()[]{}% ")
_MOST = 300
_RESULT = re.compile(r"[ ≈=]*+-?\d")
_NAME = re.compile(r"([\u4e00-\u9fff“”\"A-Za-z()]{2,30})(?:=|:|为)$")


def find(report: Report) -> Iterator[Claim]:
    """Every ``expression = number``, with the name before it."""
    for passage in report.passages:
        text = passage.sentence.text
        at = text.find("=")
        while at != -1:
            yield from _claim(passage, at)
            at = text.find("=", at + 1)


def _claim(passage: Passage, at: int) -> Iterator[Claim]:
    text = passage.sentence.text
    index = next((i for i, one in enumerate(passage.quantities) if one.start >= at), None)
    if index is None:
        return
    printed = passage.quantities[index]
    if text[at + 1 : printed.start].strip(" ≈") or _goes_on(text, printed.end):
        return
    start = _start(text, at)
    expression = text[start:at]
    bare = _balanced(_UNITS.sub("", expression))
    exact = evaluate(bare) if re.search(r"\d\)*%?[-+*/]", bare) else None
    if exact is None:
        return
    name = _name(text, start)
    forms: tuple[Quantity, ...] = ()
    if not printed.rate and printed.unit == "" and "/" in bare:
        # Published forms drop the sign: =165.65, and =0.16 where 16% is meant.
        forms = (attrs.evolve(printed, dimension="%", scale=Fraction(1, 100), unit=""),)
    if printed.scale != 1 and not printed.rate:
        printed = attrs.evolve(printed, scale=Fraction(1))  # the units inside the expression were left out as well
    reading = Reading(expression.strip(), exact, exact, exact)
    yield Claim("formula", "formula", name, printed, (reading,), True, forms=forms)


def _goes_on(text: str, end: int) -> bool:
    """Whether the number is the first of another expression: ``= (a) = b / c = d``."""
    return end < len(text) and text[end] in "+-*/" and end + 1 < len(text) and text[end + 1] in "0123456789(["


def _start(text: str, at: int) -> int:
    start = at
    while start > 0 and at - start < _MOST:
        unit = _unit_before(text, start)
        if text[start - 1] in _SIGNS:
            start -= 1
        elif unit:
            start -= unit
        else:
            break
    # Punctuation of the sentence is no part of the expression.
    while start < at and text[start] in ",. )]}%*/+":
        start += 1
    return start


def _unit_before(text: str, end: int) -> int:
    """The length of a unit that ends here and stands right behind a figure."""
    for length in (3, 2, 1):
        match = _UNITS.match(text, end - length) if end >= length + 1 else None
        if match is not None and match.end() == end:
            return length
    return 0


def _balanced(text: str) -> str:
    """Without opening brackets that are never closed: ``(x=…``."""
    while text and text[0] in "([{" and text.count("(") + text.count("[") > text.count(")") + text.count("]"):
        text = text[1:]
    return text


def _name(text: str, start: int) -> str:
    before = text[max(0, start - 80) : start].rstrip(" ([{")
    if before.endswith("100%="):
        before = before[:-5]
    # A formula in words may stand between the name and the figures: 完成率=(完成数/计划数)*100%=…
    pieces = [piece for piece in re.split(r"[,;:。]", before.rstrip("=")) if piece]
    if not pieces:
        return ""
    return bare_name(pieces[-1].split("=")[0])[-24:]

"""The faults that `seeded_faults.py` plants: for each kind, the texts of a rubric with one fault of that kind in it.

Each changes one line the way a hand slips. Only rules are touched: no tests, no comments, no quoted lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise

Plant = Callable[[str], Iterator[str]]

_BAND = re.compile(r"(?P<sign>[≤≥<>]=?)\s*(?P<edge>\d+(?:\.\d+)?)(?P<rest>\s*\S*\s*->\s*)(?P<points>\d+(?:\.\d+)?)")
_HEADING = re.compile(r"^(?P<head>#+ .*?[（(])(?P<points>\d+)(?P<tail>(?:分|\s+points?)[）)，,].*)$", re.M)
_STRICTNESS = {"≤": "<", "<": "≤", "≥": ">", ">": "≥", "<=": "<", ">=": ">"}
_DIRECTION = {"≤": "≥", "≥": "≤", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
_UNITS = {"万元": "元", "元": "万元", "天": "个月", "年": "个月", "人": "万人", "件": "万件"}


def _once(text: str, found: re.Match[str], new: str) -> str:
    return text[: found.start()] + new + text[found.end() :]


def _rules(text: str) -> str:
    """The part of a rubric before its tests: faults are planted in rules only."""
    found = re.search(r"^(?:测试|test)\s", text, re.M)
    return text[: found.start()] if found else text


def _matches(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    kept = []
    for found in pattern.finditer(_rules(text)):
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        quoted = line.lstrip().startswith(("//", "标准", "依据", "说明", "来源", "basis", "standard", "note", "source"))
        if not quoted and "//" not in line:
            kept.append(found)
    return kept


def _number(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.10g}"


def _edges(text: str) -> Iterator[str]:
    for found in _matches(_BAND, text):
        for step in (1, -1):
            moved = Fraction(found["edge"]) + step
            if moved >= 0:
                yield _once(text, found, f"{found['sign']} {_number(moved)}{found['rest']}{found['points']}")


def _signs(swap: dict[str, str]) -> Plant:
    def plant(text: str) -> Iterator[str]:
        for found in _matches(_BAND, text):
            yield _once(text, found, f"{swap[found['sign']]} {found['edge']}{found['rest']}{found['points']}")

    return plant


def _swapped(part: str) -> Plant:
    """The edges, or the points, of two neighbouring bands of one indicator change places."""

    def plant(text: str) -> Iterator[str]:
        for a, b in pairwise(_matches(_BAND, text)):
            if a[part] != b[part] and "\n#" not in text[a.end() : b.start()]:
                inner = text[a.end(part) : b.start(part)]
                yield text[: a.start(part)] + b[part] + inner + a[part] + text[b.end(part) :]

    return plant


def _maxima(level: str) -> Plant:
    def plant(text: str) -> Iterator[str]:
        for found in _matches(_HEADING, text):
            deep = len(found["head"]) - len(found["head"].lstrip("#"))
            has_parts = re.match(rf"[^#]*\n#{{{deep + 1}}} ", text[found.end() :])
            if deep > 1 and bool(has_parts) == (level == "section"):
                for step in (1, -1):
                    yield _once(text, found, f"{found['head']}{int(found['points']) + step}{found['tail']}")

    return plant


def _by(pattern: str, new: str | Callable[[re.Match[str]], str]) -> Plant:
    compiled = re.compile(pattern, re.M)

    def plant(text: str) -> Iterator[str]:
        for found in _matches(compiled, text):
            yield _once(text, found, new if isinstance(new, str) else new(found))

    return plant


def _several(*plants: Plant) -> Plant:
    def plant(text: str) -> Iterator[str]:
        for one in plants:
            yield from one(text)

    return plant


def _times(factor: Fraction) -> Plant:
    pattern = r"(?P<verb>扣|加|deducts|adds)\s*(?P<n>\d+(?:\.\d+)?)(?=\s*(?:分|point))"
    return _by(pattern, lambda m: f"{m['verb']} {_number(Fraction(m['n']) * factor)}")


def _misspelt(text: str) -> Iterator[str]:
    for declared in re.findall(r"^- ([^\W\d]\w{2,})[：:]", _rules(text), re.M):
        wrong = declared[:-1] if declared.isascii() else declared[:-1] + ("数" if declared[-1] != "数" else "率")
        for found in _matches(re.compile(rf"(?<![\w\- ]){re.escape(declared)}(?=\s*[/+×*：:\-])"), text):
            yield _once(text, found, wrong)


KINDS: dict[str, Plant] = {
    "edge moved by one": _edges,
    "edges of two bands swapped": _swapped("edge"),
    "≤ for <, ≥ for >, and back": _signs(_STRICTNESS),
    "≤ for ≥ and back": _signs(_DIRECTION),
    "points of two bands swapped": _swapped("points"),
    "an indicator's points off by one": _maxima("leaf"),
    "a section's points off by one": _maxima("section"),
    "unit of a fact wrong (元 for 万元)": _by(
        rf"(?<=：)(?P<unit>{'|'.join(_UNITS)})(?=[，,\n])", lambda m: _UNITS[m["unit"]]
    ),
    "unit of a number wrong": _by(
        rf"(?<=\d)(?P<b> ?)(?P<unit>{'|'.join(_UNITS)})(?=[\s\-；，])", lambda m: m["b"] + _UNITS[m["unit"]]
    ),
    "percent sign lost": _by(r"(?<=\d)%(?=\s*(?:->|；|;|且|and))", ""),
    "bound of a denominator removed": _several(
        _by(r"[，,]\s*> 0(?=[，,\n])", "，≥ 0"), _by(r"[，,]\s*> 0(?=[，,\n])", "")
    ),
    "band deleted": _by(_BAND.pattern + r"[；;]?", ""),
    "否则 removed": _by(r"[；;]?\s*(?:否则|else)\s*->\s*[^\n；;]+", ""),
    "deduction ten times off": _several(_times(Fraction(10)), _times(Fraction(1, 10))),
    "part-step rule dropped": _several(
        _by(r"[（(](?:整档|进档|按比例|whole steps|begun steps|pro rata)[）)]", ""),
        _by(r"(?<=默认：)(?:整档|进档|按比例)，", ""),
        _by(r"^默认：(?:整档|进档|按比例)\n", ""),
    ),
    "fact misspelt": _misspelt,
}  # fmt: skip

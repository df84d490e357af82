"""The numbers that a line of plain text states, and those that dates, ordinals and document numbers only look like.

Chinese standards write 5%, 百分之五, 5 个百分点, 0.3 分, 五分, 1,200 万元, 60～80 分. What is no amount is blanked
first, place for place, so that spans stay true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from fractions import Fraction
from types import MappingProxyType

import attrs

from rubriclang.syntax.punctuation import fold

_NO_NAMES: Mapping[int, Set[str]] = MappingProxyType({})
_DIGITS = "零一二三四五六七八九"
_WORD = "[零〇一二两三四五六七八九十百]"
# What looks like an amount and is none: it is blanked before numbers are read.
_NO_AMOUNT = re.compile(
    r"""
      《[^《》]*》                                        # titles of documents
    | <[^<>]*[\u4e00-\u9fff][^<>]*>                       # the same, folded
    | [〔\[(]\s*(?:19|20)\d\d\s*[〕\])]\s*第?\s*\d*\s*号?      # (2011)285号
    | (?:19|20)\d\d\s*(?:年度?|[-/.]\d{1,2}(?!\d)(?:[-/.]\d{1,2})?|届|版) # years and dates
    | (?:19|20)\d\d(?=\s*[-~至]\s*(?:19|20)\d\d(?!\d))      # 2017-2019年
    | \d{1,2}\s*月(?!份?内)(?:\s*\d{1,2}\s*[日号])?           # 6月30日
    | \d+\s*号
    | 第\s*\d+(?:\s*[-~至、]\s*(?:第\s*)?\d+)*                # ordinals
    | (?:前|后|top|no\.?|第)\s*\d+\s*(?=名|位|条|款|项|章|节|类|批|期|季度)
    | [(]\s*\d{1,2}\s*[)]                                   # (1)
    | [①-⑳]
    | (?:^|(?<=[;,。:\s]))\d{1,2}(?:\.\d{1,2})*\s*[.、)](?!\d)      # 1. 2、3)
    | \d+(?:\.\d+){2,}                                      # 1.2.3
    | [*]\s*100\s*%?                                        # a / b × 100%
    | [A-Za-z][A-Za-z-]*\d+(?:\.\d+)?                       # PM2.5, GB50378
    | \d+\s*[:/]\s*\d+                                      # 1:3, 1/4
    | \d+\s*位小数 | 小数点?后?\s*\d+\s*位                   # how it is rounded
    | (?:表|附件|附表|图|注)\s*\d+(?:\s*-\s*\d+)?            # table 1-2
    | \d+\s*(?=级|等级|类|型|星级|A(?![A-Za-z])|月末|季度)     # names of classes
    """,
    re.X | re.I,
)
_NUMBER = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_RATE = re.compile(r"\s*(%|‰|个?百分点|percent(?:age points?)?|points? of a percent)", re.I)
_RANGE_THEN_RATE = re.compile(r"\s*(?:[-~至到]|、|to)\s*\d+(?:\.\d+)?\s*(%|个?百分点)", re.I)
_SCALE = re.compile(r"\s*(万|亿|千|百万|十万|千万)(?=[元人个美])")
_SCALES = {"千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_COUNTER = re.compile(
    r"\s*(?:个(?!百分点)|次|项|名|家|人|件|条|处|例|篇|期|年|天|日|档|位|户|起|份|(?:items?|cases?|times?|days?)\b)"
)
_POINTS = re.compile(r"\s*(?:分(?![之钟为数])|points?\b)", re.I)
_EACH = re.compile(r"(?:每|\beach\b|\bevery\b)[^;,。]*(?:[扣减加]|deducts?|adds?)\s*$", re.I)
_PER_CENT_WORDS = re.compile(rf"百分之({_WORD}+(?:点{_WORD}+)?)")
_POINT_WORDS = re.compile(
    rf"(?<!{_WORD})(?<![第几每满])({_WORD}+)(?=分(?![之钟为数类别级析解配布工明重子管包外内局]))|"
    rf"(?<!{_WORD})({_WORD}+)(?=个百分点)"
)


@attrs.frozen
class Numeral:
    """A number in a text: where it stands and its value (5% is 0.05).

    ``counts``: it stands before a counter (1 项), ``points`` before 分; ``each``: it is what a step moves.
    """

    start: int
    end: int
    value: Fraction
    rate: bool = False
    counts: bool = False
    each: bool = False
    points: bool = False


NamesByLength = Mapping[int, Set[str]]


def by_length(names: Iterable[str]) -> NamesByLength:
    """Names in the form in which they are looked for: many names cost no more than few."""
    found: dict[int, set[str]] = {}
    for name in names:
        found.setdefault(len(name), set()).add(fold(name))
    return dict(sorted(found.items(), reverse=True))


def numerals(text: str, names: NamesByLength = _NO_NAMES) -> list[Numeral]:
    """The amounts that a text states, in its order; digits inside ``names`` are no amounts."""
    folded = fold(text)
    if names:
        folded = _without(folded, names)
    plain = _NO_AMOUNT.sub(lambda match: " " * len(match.group()), folded)
    return sorted({*_in_digits(plain), *_in_words(plain)}, key=lambda numeral: numeral.start)


def _without(text: str, names: NamesByLength) -> str:
    """The text with the names blanked, the longest first at each place."""
    out, at = [], 0
    while at < len(text):
        length = next((length for length, known in names.items() if text[at : at + length] in known), 0)
        out.append(" " * length if length else text[at])
        at += length or 1
    return "".join(out)


def _in_digits(text: str) -> Iterator[Numeral]:
    for match in _NUMBER.finditer(text):
        value = Fraction(match.group().replace(",", ""))
        rate = _RATE.match(text, match.end()) or _RANGE_THEN_RATE.match(text, match.end())
        end = match.end()
        if rate is not None:
            value /= 1000 if rate.group(1) == "‰" else 100
            end = rate.end() if _RATE.match(text, end) else end
        scale = _SCALE.match(text, match.end())
        if scale is not None:
            value *= _SCALES[scale.group(1)]
        counts = rate is None and _COUNTER.match(text, match.end()) is not None
        each, points = _is_each(text, match.start()), _POINTS.match(text, end) is not None
        yield Numeral(match.start(), end, value, rate is not None, counts, each, points)


def _is_each(text: str, at: int) -> bool:
    return _EACH.search(text, max(0, at - 40), at) is not None


def _in_words(text: str) -> Iterator[Numeral]:
    for match in _PER_CENT_WORDS.finditer(text):
        value = _value_of(match.group(1))
        if value is not None:
            yield Numeral(match.start(), match.end(), value / 100, True)
    for match in _POINT_WORDS.finditer(text):
        word = match.group(1) or match.group(2)
        value = _value_of(word)
        if value is not None and word not in ("十", "百"):  # 十分重要
            rate = match.group(2) is not None
            each = _is_each(text, match.start())
            yield Numeral(match.start(), match.end(), value / 100 if rate else value, rate, False, each, not rate)


def _value_of(word: str) -> Fraction | None:
    """The number that Chinese numerals below a thousand write, with decimals behind 点; None where they write none."""
    whole, _, decimals = word.replace("〇", "零").replace("两", "二").partition("点")
    total, digit = 0, 0
    for character in whole:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS.index(character)
    if any(character not in _DIGITS for character in decimals):
        return None
    value = Fraction(total + digit)
    return value + sum((Fraction(_DIGITS.index(c), 10**at) for at, c in enumerate(decimals, 1)), Fraction(0))

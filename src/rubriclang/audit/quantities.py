"""Numbers in running text, with their units, precision and role in the sentence.

Years, dates, document numbers, list numbers and telephone numbers are no quantities.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

import attrs

from rubriclang.audit.passages import Sentence
from rubriclang.ir.units import find_unit
from rubriclang.source import Span

MOST_DIGITS = 24  # a longer run of digits is an account or a serial number
# Possessive throughout: a run of digits is read once.
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})++(?![\d])(?:\.\d++)?+|\d++(?:\.\d++)?+")
_DATE_AFTER = re.compile(r"年|月|日|号|届|条|章|款|时|点(?!\d)|周岁|分钟|世纪|级|类|岁|°|:\d|楼|室|路(?!灯)")
_SERIAL_BEFORE = re.compile(r"(?:[第〔\[#A-Za-z_@№]|\d[-/.:])$")
_DATE = re.compile(r"(?:19|20)\d\d(?:[-/.]\d{1,2}){1,2}(?![\d%])|\d{3,4}-\d{7,8}|1\d{10}(?!\d)|\d{1,2}:\d\d")
_ITEM_NUMBER = re.compile(r"\(?\d{1,2}(?:\)|[.、](?!\d)|\.(?=[\u4e00-\u9fff]))")
_HEDGE_BEFORE = re.compile(
    r"(?:大约|约|近|超过|超|逾|接近|不足|不到|突破|至少|最多|不少于|不低于|不超过|[<>≤≥])(?:为|达)?$"
)
_HEDGE_AFTER = re.compile(r"左右|以上|以下|以内|上下|余|多(?=[,。;)、]|$)")
_SIGN_BEFORE = frozenset("为长降幅是达到率约(:,=数")
_MEASURE_BREAK = frozenset("0123456789,.;:()、。 %+-*/=")


@attrs.frozen
class Quantity:
    """A number as printed.

    ``value`` counts printed units; ``amount`` counts base units (元, 人, 1). ``decimals`` are those printed,
    ``fine`` those that its neighbours of the same unit show: 90 beside 15.35 is 90.00.
    """

    value: Fraction
    decimals: int
    unit: str
    dimension: str
    scale: Fraction
    start: int
    end: int
    span: Span = attrs.field(repr=False)
    sentence: int
    depth: int = 0
    hedged: bool = False
    fine: int = 0

    @property
    def amount(self) -> Fraction:
        """The value in base units."""
        return self.value * self.scale

    @property
    def ulp(self) -> Fraction:
        """One unit of the last printed digit, in base units."""
        return self.scale * Fraction(1, 10**self.decimals)

    @property
    def slack(self) -> Fraction:
        """How far the true value may lie from the printed one if that was rounded; counts and fen are exact."""
        if self.scale == 1 and self.dimension not in ("", "%"):
            if self.dimension != "元" and self.decimals == 0:
                return Fraction(0)
            if self.dimension == "元" and self.fine >= 2:
                return Fraction(0)
        return self.scale * Fraction(1, 2 * 10 ** max(self.decimals, self.fine))

    @property
    def rate(self) -> bool:
        """Whether it is a percentage."""
        return self.dimension == "%"

    @property
    def text(self) -> str:
        """As a reader would write it: ``165.65%``, ``1521.39万元``."""
        return f"{decimal_text(self.value, self.decimals)}{self.unit}"


def decimal_text(value: Fraction, decimals: int) -> str:
    """A number with so many decimals, rounded half up."""
    scaled = abs(value) * 10**decimals
    whole = int(scaled + Fraction(1, 2))
    digits = str(whole).rjust(decimals + 1, "0")
    sign = "-" if value < 0 and whole else ""
    return sign + (digits if not decimals else f"{digits[:-decimals]}.{digits[-decimals:]}")


@lru_cache(maxsize=4096)
def _unit_at(window: str) -> tuple[str, str, Fraction] | None:
    """The longest unit at the start of a window: its word, its dimension and its scale."""
    for length in range(min(5, len(window)), 0, -1):
        word = window[:length]
        if word in ("%", "‰"):
            return word, "%", Fraction(1, 100 if word == "%" else 1000)
        if any(sign in _MEASURE_BREAK or sign.isascii() for sign in word):
            continue
        unit = find_unit(word, {})
        if unit is None:
            continue
        if word.endswith("百分点"):
            return word, "百分点", Fraction(1, 100)
        if word == "分":
            return word, "分", Fraction(1)
        return word, "".join(f"{base}{power if power != 1 else ''}" for base, power in unit.dimensions), unit.scale
    return None


def quantities(sentence: Sentence, number: int) -> tuple[Quantity, ...]:
    """The quantities of one sentence, in order; ``number`` is the place of the sentence in the report."""
    text = sentence.text
    found: list[Quantity] = []
    depth, seen = 0, 0
    item = _ITEM_NUMBER.match(text)
    skip = item.end() if item else 0
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        depth += text.count("(", seen, start) - text.count(")", seen, start)
        depth, seen = max(0, depth), start
        if start < skip:
            continue
        dated = _DATE.match(text, start)
        if dated and _unit_at(text[dated.end() : dated.end() + 5]) is None:
            skip = dated.end()
            continue
        if end - start > MOST_DIGITS or _SERIAL_BEFORE.search(text, max(0, start - 3), start):
            continue
        if _DATE_AFTER.match(text, end) or (text[end : end + 1].isascii() and text[end : end + 1].isalpha()):
            continue
        if re.match(r"-\d{1,2}月", text[end : end + 5]):
            continue
        if end - start <= 2 and text[start - 1 : start] == "(" and text[end : end + 1] == ")":
            continue  # (1), the number of an item
        found.append(_quantity(sentence, number, match.group(), start, end, depth))
    return _fine(_inherited(found, text))


def _quantity(sentence: Sentence, number: int, digits: str, start: int, end: int, depth: int) -> Quantity:
    text = sentence.text
    digits = digits.replace(",", "")
    value, decimals = Fraction(digits), len(digits.partition(".")[2])
    hedged = bool(_HEDGE_BEFORE.search(text, max(0, start - 5), start))
    if start and text[start - 1] == "-" and (start == 1 or text[start - 2] in _SIGN_BEFORE):
        value, start = -value, start - 1
    if text[end : end + 1] in ("余", "多", "来") and _unit_at(text[end + 1 : end + 6]):
        hedged, end = True, end + 1
    unit = _unit_at(text[end : end + 5])
    word, dimension, scale = unit or ("", "", Fraction(1))
    if word == "分" and text.startswith(("分别", "分之", "分为", "分管", "分类"), end):
        word, dimension, scale = "", "", Fraction(1)
    end += len(word)
    hedged = hedged or bool(_HEDGE_AFTER.match(text, end))
    span = sentence.span(start, end)
    return Quantity(value, decimals, word, dimension, scale, start, end, span, number, depth, hedged)


def _inherited(found: list[Quantity], text: str) -> list[Quantity]:
    """In ``14.71、5.65和12.36亿元`` the first two are 亿元 as well."""
    for index in range(len(found) - 2, -1, -1):
        one, after = found[index], found[index + 1]
        if not one.unit and after.unit and text[one.end : after.start] in ("、", "和", "及", "与", ",和"):
            found[index] = attrs.evolve(one, unit=after.unit, dimension=after.dimension, scale=after.scale)
    return found


def _fine(found: list[Quantity]) -> tuple[Quantity, ...]:
    most: dict[str, int] = {}
    for one in found:
        most[one.unit] = max(most.get(one.unit, 0), one.decimals)
    return tuple(attrs.evolve(one, fine=min(most[one.unit], 4)) for one in found)

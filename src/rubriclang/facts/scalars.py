"""Reads one value of a fact by its declared type."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Any

import attrs

from rubriclang.facts.document import MAX_DECIMALS, Scalar
from rubriclang.ir.notation import number_text
from rubriclang.ir.types import ComparatorSign, Day, Labels, Many, Number, Truth, Type, Words, describe
from rubriclang.ir.units import Unit, find_unit
from rubriclang.ir.values import Value

_FOLD = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0xA0: " ",
    ord("﹪"): "%",
    ord("−"): "-",
}
_NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\s*/\s*[1-9]\d*|\d+(?:\.\d+)?)\s*([^\d\s].*)?$")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$")
_TRUTHS = {
    "是": True,
    "否": False,
    "true": True,
    "false": False,
    "yes": True,
    "no": False,
    "√": True,
    "有": True,
    "无": False,
}
_SIGNS = {
    "≥": ">=",
    "≧": ">=",
    ">=": ">=",
    "大于等于": ">=",
    "≤": "<=",
    "≦": "<=",
    "<=": "<=",
    "小于等于": "<=",
    "=": "=",
    "═": "=",
    "等于": "=",
    ">": ">",
    "大于": ">",
    "<": "<",
    "小于": "<",
}
MAX_DIGITS = 60


@attrs.frozen
class Fault:
    """Why a value cannot be used: the name of a diagnostic kind and what fills its message."""

    kind: str
    params: dict[str, str]


def fold(text: str) -> str:
    """The text with full-width digits and marks in ASCII."""
    return text.translate(_FOLD).strip()


def read_value(scalar: Scalar, kind: Type, units: dict[str, Unit], allow_float: bool = False) -> Value | Fault:
    """The value of a scalar under a type, exact; a Fault when it has none."""
    text = fold(scalar.text)
    match kind:
        case Number():
            return _number(scalar, text, kind, units, allow_float)
        case Truth():
            if isinstance(scalar.exact, bool):
                return scalar.exact
            truth = _TRUTHS.get(text.lower())
            return (
                truth
                if truth is not None and scalar.exact is None
                else _wrong(scalar, kind, "填 是 或 否", "yes or no")
            )
        case Labels(options=options):
            wanted = re.sub(r"\s+", "", text)
            for option in options:
                if re.sub(r"\s+", "", fold(option)) == wanted:
                    return option
            return Fault("label", {"text": scalar.text, "options": "、".join(options)})
        case Day():
            found = _DATE.match(text)
            if found:
                try:
                    return date(*(int(part) for part in found.groups()))
                except ValueError:
                    pass
            return _wrong(scalar, kind, "例如 2019-12-31", "as in 2019-12-31")
        case Words():
            return scalar.text.strip()
        case Many():
            return _wrong(scalar, kind, "", "")
        case ComparatorSign():
            sign = _SIGNS.get(text)
            return sign if sign is not None else _wrong(scalar, kind, "填 ≥、≤ 或 =", ">=, <= or =")


def _wrong(scalar: Scalar, kind: Type, hint: str, hint_en: str) -> Fault:
    return Fault(
        "type",
        {
            "text": scalar.text[:60],
            "expected": describe(kind),
            "expected_en": describe(kind, "en"),
            "suggestion": hint,
            "suggestion_en": hint_en,
        },
    )


def _number(scalar: Scalar, text: str, kind: Number, units: dict[str, Unit], allow_float: bool) -> Value | Fault:
    if isinstance(scalar.exact, bool):
        return _wrong(scalar, kind, "填数字", "a number")
    if scalar.is_float and not allow_float:
        return Fault("float", {"text": scalar.text})
    if scalar.too_long:
        return Fault("digits", {"limit": str(MAX_DECIMALS)})
    found = _NUMBER.match(text)
    if scalar.exact is not None:
        number, word = scalar.exact, ""
        if kind.style == "percent" and number != 0:
            return Fault("bare rate", _rate_params(scalar.text, number))
        return number
    if found is None:
        return _wrong(scalar, kind, "填数字，不要夹文字", "a number without words")
    if len(found.group(2)) > MAX_DIGITS:
        return Fault("digits", {"limit": str(MAX_DIGITS)})
    number = Fraction(re.sub(r"[,\s]", "", found.group(2)))
    number = -number if found.group(1) == "-" else number
    word = (found.group(3) or "").strip()
    if not word:
        if kind.style == "percent" and number != 0:
            return Fault("bare rate", _rate_params(text, number))
        return number
    return _with_unit(scalar, number, word, kind, units)


def _rate_params(text: str, number: Any) -> dict[str, str]:
    return {"text": text, "times": number_text(number * 100)}


def _with_unit(scalar: Scalar, number: Fraction, word: str, kind: Number, units: dict[str, Unit]) -> Value | Fault:
    unit = find_unit(word, units)
    if unit is None or unit.dimensions != kind.unit.dimensions:
        return Fault("unit", {"text": scalar.text[:60]})
    if kind.unit.dimensions:
        return number * unit.scale / kind.unit.scale
    if kind.style == "percent":
        return number * unit.scale
    if unit.scale < 1:  # a percentage where a plain number is asked for
        return Fault("unit", {"text": scalar.text[:60]})
    return number * unit.scale


def joinable(scalar: Scalar, unit: str) -> bool:
    """Whether the unit beside a value belongs to it: it has none of its own, and would not turn 0.96 into 0.96 %.

    A cell of 96 % that lost its format holds 0.96; up to 1 nobody can tell which of the two was meant.
    """
    text = scalar.text.strip()
    if not text[-1:].isdigit():
        return False
    return not (scalar.numeric and unit == "%" and len(text) <= MAX_DIGITS and 0 < abs(Fraction(text)) <= 1)

"""What the number format of a spreadsheet cell says of the number under it: a percentage, a date, a unit, a scale."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Literal

import attrs

from rubriclang.facts.document import Scalar
from rubriclang.facts.sheets import errors

# Formats that spreadsheet programs know by number; 27 to 36 and 50 to 58 are the dates of East Asian editions.
_BUILT_IN_DATES = frozenset([*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58])
_BUILT_IN_TIMES = frozenset([18, 19, 20, 21, *range(32, 36), 45, 46, 47, 55, 56])
_BUILT_IN_PERCENTS = frozenset([9, 10])
_LONGEST = 30  # characters of a number; a double takes at most 24
_CUT = 100


@attrs.frozen
class Format:
    """A number format: what the number under it is, the unit written behind it, and whether it is shown scaled."""

    kind: Literal["number", "percent", "date", "time"] = "number"
    unit: str = ""
    scaled: bool = False


GENERAL = Format()


def built_in(number: int) -> Format:
    """The format of a number that has no text of its own."""
    if number in _BUILT_IN_PERCENTS:
        return Format("percent")
    if number in _BUILT_IN_DATES:
        return Format("date")
    return Format("time") if number in _BUILT_IN_TIMES else GENERAL


@lru_cache(maxsize=1024)
def parse_format(code: str) -> Format:
    """The format of a text such as ``0.00%``, ``yyyy"年"m"月"`` or ``#,##0.00"万元"``."""
    first = code[:255].split(";")[0]
    suffix = re.search(r'[0#?](?:\s|_.|\\ )*(?:"([^"]*)"|((?:\\?[\u4e00-\u9fff])+))\s*$', first)
    bare = re.sub(r'"[^"]*"|\\.|_.|\*.|\[(?:\$|[A-Za-z]{3,}|[<>=])[^\]]*\]', "", first)
    if "%" in bare:
        return Format("percent")
    if bare.strip().lower() not in ("general", "@", "") and re.search(r"[ymdhs]|上午|AM/PM", bare, re.I):
        return Format("date" if re.search(r"[yd]", bare, re.I) else "time")
    unit = (suffix.group(1) or suffix.group(2) or "").replace("\\", "").strip() if suffix else ""
    scaled = bool(re.search(r"[0#?],+(?![0#?,])", bare)) or "!." in first or "\\." in first
    return Format("number", unit, scaled)


def number_scalar(text: str, form: Format, span: object, date_1904: bool = False) -> Scalar:
    """The scalar of a number cell; ``text`` is what the file stores, a double in decimal digits."""
    place: dict[str, object] = {"span": span}
    if len(text) > _LONGEST:
        return Scalar(text[:_CUT], numeric=True, **place)  # type: ignore[arg-type]  # refused as too long, if it is
    try:
        value = restored(text)
    except (ValueError, InvalidOperation):
        return Scalar(text, **place)  # type: ignore[arg-type]
    if form.kind in ("date", "time"):
        return Scalar(date_text(value, form.kind, date_1904), **place)  # type: ignore[arg-type]
    if form.kind == "percent":
        return Scalar(plain(value * 100) + "%", **place)  # type: ignore[arg-type]
    if form.scaled:
        return Scalar(plain(value), fault=errors.SCALED_FORMAT, **place)  # type: ignore[arg-type]
    return Scalar(plain(value) + form.unit, numeric=True, **place)  # type: ignore[arg-type]


def restored(text: str) -> Decimal:
    """The decimal that was typed, from the double a file stores: 15.349999999999998 is 15.35.

    Raises:
        ValueError: it is no finite number.
    """
    if len(text) <= 15 and text.isascii() and text.replace(".", "", 1).replace("-", "", 1).isdigit():
        return Decimal(text)
    value = Decimal(format(float(text), ".15g"))
    if not value.is_finite() or abs(value.adjusted()) > 60:
        raise ValueError(text)
    return value


def plain(value: Decimal) -> str:
    """A decimal without exponent and without zeros behind its last digit."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def date_text(value: Decimal, kind: str, date_1904: bool = False) -> str:
    """A day number as ``2019-12-31``, with a time where it has one; the number itself where it is no day."""
    days = int(value) if value >= 0 else -1
    if days < 0 or days > 2_958_465 or (kind == "date" and days == 0):
        return plain(value)
    seconds = round((value - days) * 86_400)
    if kind == "time" and days == 0:
        return str(time(*divmod(seconds // 60, 60))) if seconds < 86_400 else plain(value)
    # The calendar of 1900 counts a 29 February that never was: day 60.
    start = datetime(1904, 1, 1) if date_1904 else datetime(1899, 12, 30 if days > 59 else 31)
    moment = start + timedelta(days=days, seconds=seconds)
    return moment.date().isoformat() if not seconds else moment.isoformat(sep=" ")


def native(value: object, span: object) -> Scalar:
    """The scalar of a value that a reader already gives a Python type (Parquet)."""
    place: dict[str, object] = {"span": span}
    match value:
        case None:
            return Scalar("")
        case bool():
            return Scalar("是" if value else "否", value, **place)  # type: ignore[arg-type]
        case int():
            return Scalar(str(value) if value.bit_length() < 400 else "9" * 99, **place)  # type: ignore[arg-type]
        case float():
            return number_scalar(repr(value), GENERAL, span)
        case Decimal():
            return Scalar(plain(value) if value.is_finite() else str(value), **place)  # type: ignore[arg-type]
        case datetime():
            text = value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
            return Scalar(text, **place)  # type: ignore[arg-type]
        case date():
            return Scalar(value.isoformat(), **place)  # type: ignore[arg-type]
        case _:
            return Scalar(str(value), **place)  # type: ignore[arg-type]

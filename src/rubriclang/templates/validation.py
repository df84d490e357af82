"""The rule of a cell as the data validation of a spreadsheet program, with messages in Chinese."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Any

from rubriclang.ir.notation import number_text, percent_text
from rubriclang.templates.rules import CellRule

MOST_INLINE = 250  # characters of a list of choices that stands in the cell itself
_TITLE = 32
_MESSAGE = 250
_FIRST_DAY = date(1950, 1, 1)


def validation(rule: CellRule, name: str, hint: str, choices_at: str | None = None) -> dict[str, Any] | None:
    """What xlsxwriter takes for ``data_validation``; None where any text goes.

    ``hint`` is shown beside the cell; ``choices_at`` is where choices too long for the cell itself stand.
    """
    shown = {"input_title": name[:_TITLE], "input_message": hint[:_MESSAGE]} if hint else {}
    if rule.kind == "text":
        return {"validate": "any", **shown} if shown else None
    error = {"error_title": "填的不对", "error_message": _message(rule)[:_MESSAGE], **shown}
    if rule.kind == "choice":
        source: Any = choices_at if choices_at else list(rule.options)
        return {"validate": "list", "source": source, **error}
    validate = {"whole": "integer", "date": "date"}.get(rule.kind, "decimal")
    if rule.kind == "date" and rule.low is None and rule.high is None:
        return {"validate": validate, "criteria": ">=", "value": _bound(_FIRST_DAY), **error}
    low, high = _bound(rule.low), _bound(rule.high)
    if low is not None and high is not None and not rule.low_open and not rule.high_open:
        return {"validate": validate, "criteria": "between", "minimum": low, "maximum": high, **error}
    if low is not None:  # with an open end one bound is checked here, the other where the sheet is read
        return {"validate": validate, "criteria": ">" if rule.low_open else ">=", "value": low, **error}
    if high is not None:
        return {"validate": validate, "criteria": "<" if rule.high_open else "<=", "value": high, **error}
    return {"validate": validate, "criteria": "between", "minimum": -1e15, "maximum": 1e15, **error}


def too_long(rule: CellRule) -> bool:
    """Whether the choices do not fit into the cell, or hold the comma that parts them there."""
    return len(",".join(rule.options)) > MOST_INLINE or any("," in option for option in rule.options)


def _bound(value: Fraction | date | None) -> Any:
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    return None if value is None else int(value) if value.denominator == 1 else float(value)


def _text(value: Fraction | date, percent: bool) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return percent_text(value) if percent else number_text(value)


def _message(rule: CellRule) -> str:
    what = {
        "number": "这里填数字，不要带单位和文字",
        "whole": "这里填整数，不要带单位和文字",
        "percent": "这里填百分数，例如 95%",
        "date": "这里填日期，例如 2019-12-31",
        "choice": "从下拉框里选：" + "、".join(rule.options),
        "text": "",
    }[rule.kind]
    bounds = []
    if rule.low is not None:
        bounds.append(f"{'大于' if rule.low_open else '不小于'} {_text(rule.low, rule.kind == 'percent')}")
    if rule.high is not None:
        bounds.append(f"{'小于' if rule.high_open else '不大于'} {_text(rule.high, rule.kind == 'percent')}")
    return f"{what}；{'，'.join(bounds)}" if bounds else what

"""The fixed words of a comparison in English. What a rubric itself says stays in the language of the rubric."""

from __future__ import annotations

import re

_PLACES = {"数据": "facts", "勾稽": "checks", "等次": "grade"}
_WORDS = {
    "没有": "none",
    "可缺": "optional",
    "必填": "required",
    "是": "yes",
    "否": "no",
    "否则": "else",
    "不计分值": "no points of its own",
    "整档": "whole steps only",
    "进档": "a part step counts as a whole one",
    "按比例": "pro rata",
    "其他": "another way",
    "剔除": "left out",
    "缺失": "missing",
    "无定义": "undefined",
    "四舍五入": "half up",
    "四舍六入五成双": "half even",
    "进位": "up",
    "舍去": "down",
    "向上取整": "up",
    "向下取整": "down",
    "比率": "a rate",
    "数": "a number",
    "是否": "yes/no",
    "日期": "a date",
    "文字": "text",
    "比较号": "a comparison sign",
}
_POINTS = re.compile(r"(不高于 |不低于 )?(-?[\d.,/]+%?) ?分")
_LIMITS = {"不高于 ": "at most ", "不低于 ": "at least "}


def in_english(text: str) -> str:
    """One side of a change: a fixed word, or an amount of points, in English; anything else as it is."""
    found = _POINTS.fullmatch(text)
    if found is not None:
        return f"{_LIMITS.get(found[1] or '', '')}{found[2]} point{'' if found[2] == '1' else 's'}"
    return _WORDS.get(text, text)


def place_in_english(where: tuple[str, ...]) -> str:
    """Where a change is: a part that the rubric does not name itself, or the path of an indicator."""
    path = "/".join(where)
    return _PLACES.get(path, path)

"""One text, two languages: what is a word of the language stands in ‹ ›, and comes out in Chinese or in English.

``‹若› 通报，‹扣› 2 ‹分›`` is ``若 通报，扣 2 分`` or ``if 通报，deducts 2 points``. Names, labels and punctuation stay.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["zh", "en"]
_TABLE = Path(__file__).resolve().parents[3] / "grammar" / "keywords.tsv"
# Words that are no keywords and yet have a fixed meaning: docs/language.md, the last table of chapter 21.
_WORDS = """
总分 total 得分 score 是 yes 否 no 最小 min 最大 max 绝对值 abs 限于 clamp 天数 days 月数 months 情形 cases 最高级 best
最低级 worst 折算 renormalise
平均 mean 个数 count 合计 sum 中位数 median 任一 any 全部 all 列出 list 名次 rank 各项 parts 各单位 units
 本单位 own 就高 best_per 去最高 drop_highest 去最低 drop_lowest 取前 take 权 weight 计量 measure 并列 ties
同名次 same 连续 dense 末名次 last 顺序 order 从低到高 rising 从高到低 falling 达标 meets 比较号 comparator 自然对数 ln
常用对数 log10 指数 exp 平方根 sqrt 分 points 结果 Results 整数 whole 是否 yes/no 日期 date 文字 text 数 number
权重 weight
""".split()
_SIDES = """
超过 over 低于 under 相差 off 增加 more 减少 fewer 超出 over 高于 over 少于 under 不足 under 偏离 off 多 more 少 fewer
""".split()
_MORE = {
    "汇总平均": ("平均", "average"),
    "汇总最高": ("最高", "highest"),
    "汇总最低": ("最低", "lowest"),
    "择一": ("择一", "【one of】"),
    "最高级": ("最高", "best"),
    "最低级": ("最低", "worst"),
    "评定列": ("评定", "assessed"),
    "含": ("（含）", "(inclusive)"),
    "不含": ("（不含）", "(exclusive)"),
    "不限分": ("不限分", "unlimited"),
    "删去": ("删去", "removed"),
    "加分": ("加分", "bonus"),
}


@cache
def _spellings() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        _, _, chinese, english = (*line.split("\t"), "")[:4]
        words, twins = chinese.split("|"), english.split("|")
        for at, word in enumerate(words):
            twin = twins[at] if len(twins) == len(words) else twins[0]
            found.setdefault(word, (word, twin))
    sides = {
        "超过": "over",
        "低于": "under",
        "相差": "off",
        "增加": "more",
        "减少": "fewer",
        "超出": "over",
        "高于": "over",
    }
    sides |= {"少于": "under", "不足": "under", "偏离": "off", "多": "more", "少": "fewer"}
    for side, twin in sides.items():
        found[side] = (side, twin)
        found[f"每{side}"] = (f"每{side}", f"each {twin}")
    found["每出现"] = ("每出现", "each")
    for word, twin in zip(_WORDS[::2], _WORDS[1::2], strict=True):
        found.setdefault(word, (word, twin))
    return found | _MORE


def spelled(text: str, language: Language) -> str:
    """A marked text in one of the languages."""
    words = _spellings()
    if language == "zh":
        return re.sub("‹(.*?)›", lambda match: words[match[1]][0], text)
    # English words stand apart from what is beside them.
    apart = re.sub("‹(.*?)›", lambda match: f" {words[match[1]][1]} ", text)
    return re.sub(r"(?m)^ +| +$", "", re.sub(" {2,}", " ", apart))

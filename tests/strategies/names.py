"""Names as rubrics and fact files spell them: Chinese words, words with “ ”, and odd ones in 【 】."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

# Among them every character that is a keyword or begins one: 每月检查数 and 非税收入 are names.
_CHINESE = (
    "年初预算支出收入控制率完成人员经费项目公用采购满意若且或非每扣加至到降升计得大于超过当合增减已其中不第分标的"
)
_LATIN = "GDPRxy"
_INSIDE_QUOTES = "三公经费双随机一卡通人财物"
_ODD = "（）%/+-，、：；.*&×#"

_TABLE = Path(__file__).resolve().parents[2] / "grammar" / "keywords.tsv"
_RESERVED = frozenset(
    "是 否 yes no true false 得分 points score 总分 total 等次 grade 结果 results result "
    "单位 unit 数据 facts 评定 judged 自报 claims 各单位 units 各项 "
    "最小 min 最大 max 绝对值 abs 限于 clamp 取整 天数 days 月数 months 个数 合计 平均 任一 全部 名次 列出".split()
)
_COMPARISONS = (
    *("大于", "小于", "等于", "不小于", "不低于", "不少于", "不大于", "不高于", "不超过"),
    *("超过", "高于", "多于", "低于", "少于", "不足", "不满", "达到", "至少", "未超过", "未达到"),
)


@cache
def keywords() -> frozenset[str]:
    """Every spelling in the table of keywords."""
    rows = [line.split("\t") for line in _TABLE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return frozenset(word.lower() for row in rows for cell in row[2:] for word in cell.split("|") if word)


def canonical(text: str) -> str:
    """The name that a spelling without brackets stands for: width and the style of quotes do not matter."""
    text = unicodedata.normalize("NFKC", text.strip()).replace("「", "“").replace("」", "”")
    return re.sub(r'"([^"]*)"', r"“\1”", text)


def key(name: str) -> str:
    """What two names of a fact file have in common when they mean the same fact: no width, blanks or quote marks."""
    return re.sub(r"[\s“”\"'‘’「」]", "", unicodedata.normalize("NFKC", name))


def is_plain(name: str) -> bool:
    """Whether a name can stand without 【 】: letters, digits (not first) and “ ”, and no keyword as a whole."""
    if not re.fullmatch(r"(?:[^\W\d]|“[^“”]*”)(?:[\w·]|“[^“”]*”)*", name) or re.fullmatch(r"“[^“”]*”", name):
        return False
    if name.lower() in keywords() or name in _RESERVED or name in _COMPARISONS:
        return False
    words = sorted({*keywords(), *_COMPARISONS, "计", "得"}, key=len)
    # A keyword may touch a number: 每2年 is 每 and 2.
    return not any(re.match(re.escape(word) + r"(?:\d|满分)", name.lower()) for word in words)


def _chinese() -> st.SearchStrategy[str]:
    return st.text(_CHINESE, min_size=2, max_size=6)


def _with_digits() -> st.SearchStrategy[str]:
    return st.builds(lambda head, digits, tail: head + digits + tail, _chinese(), st.sampled_from("129"), _chinese())


def _with_latin() -> st.SearchStrategy[str]:
    return st.builds(lambda head, tail: head + tail, st.text(_LATIN, min_size=1, max_size=3), _chinese())


def _with_quotes() -> st.SearchStrategy[str]:
    inside = st.text(_INSIDE_QUOTES, min_size=1, max_size=4)
    return st.builds(
        lambda head, word, tail: f"{head}“{word}”{tail}", st.one_of(st.just(""), _chinese()), inside, _chinese()
    )


def plain_names() -> st.SearchStrategy[str]:
    """Names that need no brackets."""
    return st.one_of(_chinese(), _with_digits(), _with_latin(), _with_quotes()).filter(is_plain)


def odd_names() -> st.SearchStrategy[str]:
    """Names that need 【 】: they begin with a digit, hold marks or blanks, or are keywords."""
    marked = st.builds(
        lambda head, mark, tail: head + mark + tail, _chinese(), st.text(_ODD, min_size=1, max_size=2), _chinese()
    )
    dated = _chinese().map(lambda word: f"2019年{word}")
    spaced = st.builds(lambda a, b: f"{a} {b}", _chinese(), _chinese())
    words = st.sampled_from(["若", "且", "满分", "每", "否则", "不计", "人工评定"])
    return st.one_of(marked, dated, spaced, words).map(canonical)


def names() -> st.SearchStrategy[str]:
    """Names of facts and formulas, as they are shown: without brackets."""
    return st.one_of(plain_names(), plain_names(), odd_names())


def distinct(count: int, strategy: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[list[str]]:
    """So many names, no two of which a fact file could confuse."""
    chosen = names() if strategy is None else strategy
    return st.lists(chosen, min_size=count, max_size=count, unique_by=key)


def written(name: str) -> str:
    """A name as a rubric writes it."""
    return name if is_plain(name) else f"【{name}】"


def spellings(name: str) -> st.SearchStrategy[str]:
    """Any way a rubric may write a name: brackets though none are needed, other quotes, full-width letters."""
    ways = [f"【{name}】"]
    if is_plain(name):
        wide = "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in name)
        ways += [name, name, wide, name.replace("“", "「").replace("”", "」")]
    return st.sampled_from(ways)


def fact_keys(name: str) -> st.SearchStrategy[str]:
    """Any way a fact file may write a name: with blanks, in full width, with other quotes or none."""
    bare = re.sub("[“”]", "", name)
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name)
    straight = re.sub("[“”]", '"', name)
    return st.sampled_from(
        [name, bare, wide, straight, f" {name}", name[:1] + " " + name[1:], name[:2] + "　" + name[2:]]
    )

"""Texts that nobody meant to write: random characters, rubrics with a few characters changed, deep and long ones."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from tests.strategies.numbers import full_width

_ROOT = Path(__file__).resolve().parents[2]

# What the language is made of; strings of these are far more often nearly right than random text is.
_PIECES = (
    "# |## |### |（5分）|（100分）|数据：|清单：|参数：|勾稽：|默认：|测试 甲：|等次：|不适用：|调整：|否决：|"
    "汇总：|标准：|说明：|表 甲：|逐行：|参评：|计量单位：|等级 甲：|沿用：|适用：|- |-> |→|；|，|、|：|（|）|"
    '【|】|“|”|"|,|.|//|~|+|-|×|÷|^|=|≤|≥|<|>|≠|%|‰|①|\n|\n|\n| |　|\t|若 |且 |或 |非 |否则|满分|至|到|仅当 |'
    "其中|可缺|缺失|分母为零|其间|内插|人工评定|不计|剔除|分摊|不限|每|每超过|每低于|每相差|超过|扣|加|不得分|"
    "整档|进档|按比例|扣完为止|满分为止|最多扣|最多加|最低|最高|保留整数|保留到|保留|位小数|四舍五入|进位|允差|"
    "又名|最小单位|降|升|已知|评定|勾稽|得分|总分|结果|甲|乙|是否|万元|元|人|次|整数|日期|文字|数|个百分点|0|1|"
    "5|12.5|100|2019-12-31|2019年12月31日|最小|最大|绝对值|限于|天数|合计|平均|个数|名次|各项|各单位|优|良|if |"
    "else|full|judged|not applicable:|facts:|checklist:"
).split("|")
_PIECES.append("|")
_ODD = "\u2028\u2029\x85\x0b\x0c\r\x00\ufeff\u200b\u202e\ud800\U0010ffff½²Ⅳ٣é𝟗①〔〕《》"


def pieces() -> st.SearchStrategy[str]:
    """Words and marks of the language in any order."""
    return st.lists(st.sampled_from(_PIECES), max_size=40).map("".join)


def any_characters() -> st.SearchStrategy[str]:
    """Any text at all, surrogates and controls among it."""
    every = st.characters(codec=None)
    return st.text(st.one_of(every, st.sampled_from(_ODD)), max_size=60)


@cache
def real_lines(name: str) -> tuple[str, ...]:
    """The lines of a file of the project."""
    return tuple((_ROOT / name).read_text(encoding="utf-8").splitlines())


@st.composite
def mutated_lines(draw: st.DrawFn, name: str) -> str:
    """A real file of which a few lines were changed, dropped, doubled, joined or moved; or a few of its lines."""
    lines = list(real_lines(name))
    if draw(st.booleans()):
        at = draw(st.integers(0, len(lines) - 1))
        lines = lines[:1] + lines[at : at + draw(st.integers(1, 12))]
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["insert", "delete", "replace", "wide", "drop", "double", "swap", "join", "cut"])):
            case "insert":
                place = draw(st.integers(0, len(lines[at])))
                lines[at] = lines[at][:place] + draw(st.sampled_from([*_PIECES, *_ODD])) + lines[at][place:]
            case "delete" if lines[at]:
                place = draw(st.integers(0, len(lines[at]) - 1))
                lines[at] = lines[at][:place] + lines[at][place + draw(st.integers(1, 3)) :]
            case "replace" if lines[at]:
                place = draw(st.integers(0, len(lines[at]) - 1))
                lines[at] = lines[at][:place] + draw(st.sampled_from(_PIECES)) + lines[at][place + 1 :]
            case "wide":
                lines[at] = full_width(lines[at])
            case "drop" if len(lines) > 1:
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "swap":
                other = draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], lines[at]
            case "join" if at + 1 < len(lines):
                lines[at : at + 2] = [lines[at] + draw(st.sampled_from(["", " ", "；", "，"])) + lines[at + 1]]
            case "cut":
                lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
            case _:
                pass
    return draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])).join(lines)


def deep() -> st.SearchStrategy[str]:
    """Brackets, signs and conditions nested without end."""
    count = st.integers(1, 3000)
    opened = st.sampled_from(
        ["（", "(", "-", "非 ", "绝对值（", "最小（1，", "【", "“", "2^", "若 ", "[{", "{", "#", "①", "|"]
    )
    closed = st.sampled_from(["", "）", ")", "】", "”"])
    return st.builds(lambda n, o, c, x: o * n + x + c * n, count, opened, closed, st.sampled_from(["1", "甲", ""]))


def giant_numbers() -> st.SearchStrategy[str]:
    """Numbers longer than any machine word, and longer than Python prints."""
    digits = st.sampled_from([59, 60, 61, 300, 4299, 4301, 10_000])
    shapes = ["{}", "0.{}", "{}.5", "{}%", "{}分", "{}万元", "2^{}", "保留 {} 位小数，四舍五入", "{}-12-31", "降 {} 级"]
    return st.builds(lambda n, d, shape: shape.format(d * n), digits, st.sampled_from("019"), st.sampled_from(shapes))

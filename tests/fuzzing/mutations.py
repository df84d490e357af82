"""Texts that are nearly rubrics: the slips of a pen, of a copy from elsewhere, and of ill will.

All of it works on words rather than on bytes, so that a changed text still gets past the first line. Everything is
drawn from the ``Random`` given, so that a run with one seed is one run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

LONGEST = 600  # characters: a check of a text of this length is a matter of milliseconds
_WORD = re.compile(r"\d+(?:\.\d+)?%?|[^\W\d_]+|[ \t]+|\n|->|.", re.S)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SIGN = re.compile(r"[≤≥<>=≠]")
_UNIT = re.compile(
    r"万元|亿元|元|人|件|次|个百分点|百分点|平方米|公里|天|个月|月|年|%|分|数|是否|日期|文字|yuan|points?"
)
_NAME = re.compile(r"[^\W\d_]\w+")
_OPEN = re.compile(r"[（(](?=[^（()）\n]*[)）])")

NUMBERS = [
    *"0 1 -1 2 0.5 0.1 100 99.999 1/3 1/0 9999999999 0.0000000001 00 01 1.5.2 100% 0% 1000% 0.01% 1e9".split(),
    *"１２ ٣ ² ½ 〇 十".split(),
    *("9" * 60, "9" * 61, "9" * 300, "0." + "0" * 58 + "1", "1 ^ 999999", "2 ^ 2 ^ 2 ^ 2"),
]
SIGNS = "≤ ≥ < > = ≠ <= >= == != -> → => <> ≦ ⩽ ＜ ＞".split()
UNITS = [
    *"万元 元 亿元 美元 人 件 次 % 百分点 个百分点 天 月 个月".split(),
    *"年 平方米 公里 分 数 元/人 万元/件/人 是否 日期 文字 标箱 a kg".split(),
]
ODD = [
    *"\u2028\u2029\x85\x0b\x0c\r\x00\ufeff\u200b\u200d\u202e\u0301\xa0\u3000\ud800\udfff\U0001f600\U000e0001ﬁⅣ①％＃|\\\"'`{}[]@$&*^~",
    "é", "İ", "ß", "\u1100\u1161", "﷽", "\r\n", "\n\n\n", "\t", "　",
]  # fmt: skip
LINES = """
## 甲（5分）
### 乙（2分）
# 结果
数据：
- 甲：数，≥ 0
- 乙：万元，> 0，可缺
- 丙：是否，缺失 = 是
- 丁：%，0% 至 100%，仅当 丙
- 戊：一等、二等、三等
- 己：日期，≥ 2019-01-01
表 项目：
参数：
| 戊 | 限额 |
|---|---|
| 一等 | 5 |
清单：
- 2分 已经制定
勾稽：
- 平：甲 + 1 = 甲，允差 0.1
计量单位：标箱、航次 = 50 标箱
默认：整档，扣完为止
汇总：平均
汇总：折算
汇总：择一（戊）
不适用：丙 -> 剔除
调整：丙 -> 扣 1 分
否决：丙 -> 0
参评：丙
等次：≥ 4 -> 优；否则 -> 差
得分 = 满分 × 甲
率 = 甲 / 乙
甲：≤ 5% -> 5；≤ 10% -> 4；否则 -> 0
若 丙 且 甲 > 1 -> 满分；否则 -> 0
每超过 1 扣 0.5 分（整档），扣完为止
每 1 件 扣 0.5 分，最多扣 3 分
其间 内插
人工评定：1 至 3
保留 2 位小数，四舍五入
最低 2 分
最高 4 分
分母为零 -> 人工评定
缺失 -> 0
逐行：项目，满分 = 分值
位次 = 名次（各单位：甲，并列 = 同名次）
数 = 合计（项目：甲，其中 丙）
余 = 平方根（甲）^ 0.5
起 = 情形：若 丙 -> 1；否则 -> 2
等级 信用：甲级 > 乙级 > 丙级
沿用：2019.rubric
引用：a.rubric
测试 甲：
- 已知 甲 = 1
- 评定 乙 = 1
- 总分 = 5
- 甲 = 缺失
// 允许 R305：理由
标准：得 5 分
""".strip().split("\n")


def dictionary(root: Path) -> tuple[str, ...]:
    """The words of the language, of a checkout."""
    rows = (root / "grammar" / "keywords.tsv").read_text(encoding="utf-8").splitlines()
    cells = [row.split("\t")[2:] for row in rows if row and not row.startswith("#")]
    return tuple(sorted({word for row in cells for cell in row for word in cell.split("|") if word}))


def snippets(root: Path) -> list[str]:
    """What a run starts from: the examples of the documents, the golden cases, the rubrics of the library in pieces."""
    texts: list[str] = []
    for page in sorted([root / "docs" / "language.md", *(root / "docs" / "codes").rglob("*.md")]):
        texts += re.findall(r"^```rubric[^\n]*\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)
    for path in sorted([*(root / "tests" / "golden").rglob("*.rubric"), *(root / "rubrics").rglob("*.rubric")]):
        text = path.read_text(encoding="utf-8", errors="replace")
        texts += [text] if len(text) <= LONGEST else _pieces(text)
    return sorted({text for text in texts if len(text) <= LONGEST})


def _pieces(text: str) -> list[str]:
    """A long rubric as several short ones: the title, the facts named, and one indicator each."""
    head, *parts = re.split(r"^(?=##+ )", text, flags=re.M)
    title = next((line for line in head.splitlines() if line.startswith("# ")), "# 标准（5分）")
    items = [line for line in head.splitlines() if line.startswith("- ")]
    found = []
    for part in parts:
        used = [item for item in items if re.split("[：:]", item[2:])[0] in part]
        found.append("\n".join([title, "数据：", *used[:8], part[: LONGEST - 150]]))
    return found


Change = Callable[[str, Random], str]


class Mutator:
    """Changes texts. ``pool`` is what pieces are borrowed from; it may grow."""

    def __init__(self, words: Sequence[str], pool: list[str]) -> None:
        self.words, self.pool = words, pool
        self.changes: tuple[Change, ...] = (
            self._delete, self._duplicate, self._splice, self._splice, self._move, self._line_out, self._line_twice,
            self._line_swap, self._line_in, self._line_in, self._line_borrowed, self._keyword, self._keyword,
            self._replaced(_NUMBER, NUMBERS), self._replaced(_SIGN, SIGNS), self._replaced(_UNIT, UNITS), self._odd,
            self._name, self._name, self._nest, self._break, self._blank,
        )  # fmt: skip

    def __call__(self, text: str, random: Random) -> str:
        """One to four changes, often one."""
        for _ in range(random.choice((1, 1, 1, 2, 2, 3, 4))):
            text = random.choice(self.changes)(text, random)
        return text[:LONGEST]

    def _words(self, text: str) -> list[str]:
        return _WORD.findall(text) or [""]

    @staticmethod
    def _range(words: Sequence[str], random: Random, most: int) -> tuple[int, int]:
        start = random.randrange(len(words))
        return start, start + random.randint(1, most)

    def _delete(self, text: str, random: Random) -> str:
        words = self._words(text)
        start, end = self._range(words, random, random.choice((1, 1, 3, 12)))
        return "".join(words[:start] + words[end:])

    def _duplicate(self, text: str, random: Random) -> str:
        words = self._words(text)
        start, end = self._range(words, random, 12)
        return "".join(words[:end] + words[start:end] * random.choice((1, 1, 2, 20)) + words[end:])

    def _splice(self, text: str, random: Random) -> str:
        words, others = self._words(text), self._words(random.choice(self.pool))
        start, end = self._range(words, random, 8)
        low, high = self._range(others, random, 12)
        return "".join(words[:start] + others[low:high] + words[end:])

    def _move(self, text: str, random: Random) -> str:
        words = self._words(text)
        start, end = self._range(words, random, 8)
        rest = words[:start] + words[end:]
        at = random.randint(0, len(rest))
        return "".join(rest[:at] + words[start:end] + rest[at:])

    def _line_out(self, text: str, random: Random) -> str:
        lines = text.split("\n")
        del lines[random.randrange(len(lines))]
        return "\n".join(lines)

    def _line_twice(self, text: str, random: Random) -> str:
        lines = text.split("\n")
        line = random.choice(lines)
        lines.insert(random.randint(0, len(lines)), line)
        return "\n".join(lines)

    def _line_swap(self, text: str, random: Random) -> str:
        lines = text.split("\n")
        a, b = random.randrange(len(lines)), random.randrange(len(lines))
        lines[a], lines[b] = lines[b], lines[a]
        return "\n".join(lines)

    def _line_in(self, text: str, random: Random) -> str:
        lines = text.split("\n")
        lines.insert(random.randint(0, len(lines)), random.choice(LINES))
        return "\n".join(lines)

    def _line_borrowed(self, text: str, random: Random) -> str:
        lines, others = text.split("\n"), random.choice(self.pool).split("\n")
        start, end = self._range(others, random, 5)
        at = random.randint(0, len(lines))
        return "\n".join(lines[:at] + others[start:end] + lines[at:])

    def _keyword(self, text: str, random: Random) -> str:
        words = self._words(text)
        at = random.randrange(len(words))
        words[at : at + random.randint(0, 1)] = [random.choice(self.words)]
        return "".join(words)

    def _replaced(self, pattern: re.Pattern[str], options: Sequence[str]) -> Change:
        def change(text: str, random: Random) -> str:
            found = list(pattern.finditer(text))
            if not found:
                return text + random.choice(options)
            at = random.choice(found)
            return text[: at.start()] + random.choice(options) + text[at.end() :]

        return change

    def _odd(self, text: str, random: Random) -> str:
        at = random.randint(0, len(text))
        times: int = random.choice((1, 1, 1, 30))
        odd: str = random.choice(ODD)
        return text[:at] + odd * times + text[at + random.randint(0, 1) :]

    def _name(self, text: str, random: Random) -> str:
        """One use of a name becomes another name of the text: a unit, a type or a circle that nobody meant."""
        found = list(_NAME.finditer(text))
        if not found:
            return text
        at, other = random.choice(found), random.choice(found)
        return f"{text[: at.start()]}{other.group()}{text[at.end() :]}"

    def _nest(self, text: str, random: Random) -> str:
        words = self._words(text)
        start, end = self._range(words, random, 5)
        left, right = random.choice(
            (("（", "）"), ("(", ")"), ("非 ", ""), ("-", ""), ("【", "】"), ("最小（", "，1）"), ("“", "”"))
        )
        times = random.choice((1, 2, 5, 33, 200))
        return "".join([*words[:start], left * times, *words[start:end], right * times, *words[end:]])

    def _break(self, text: str, random: Random) -> str:
        at = random.randint(0, len(text))
        return text[:at] + random.choice(("\n", "；", "，", "：", "//", " ")) + text[at:]

    def _blank(self, text: str, random: Random) -> str:
        at = random.randint(0, len(text))
        return text[:at] if random.random() < 0.5 else text[at:]

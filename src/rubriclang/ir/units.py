"""Units of measure: a table, exact conversions, and the algebra of their products and quotients."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import attrs

Dimensions = tuple[tuple[str, int], ...]


@attrs.frozen
class Unit:
    """A unit: exponents of base units, how many of them make one, and how it is written.

    ``Unit((("元", 1),), 10000, "万元")`` is 万元; a plain number has no dimensions.
    """

    dimensions: Dimensions = ()
    scale: Fraction = Fraction(1)
    name: str = ""

    @property
    def plain(self) -> bool:
        """Whether this is a pure number (percent and points included)."""
        return not self.dimensions

    @property
    def countable(self) -> bool:
        """Whether a bare number may stand for it, as in ``超期次数 ≥ 3``."""
        return len(self.dimensions) == 1 and self.dimensions[0][1] == 1 and self.dimensions[0][0] not in _MEASURED

    def times(self, other: Unit, sign: int = 1) -> Unit:
        """The unit of a product (``sign`` 1) or quotient (``sign`` -1)."""
        exponents: dict[str, int] = dict(self.dimensions)
        for base, exponent in other.dimensions:
            exponents[base] = exponents.get(base, 0) + sign * exponent
        dimensions = tuple(sorted((b, e) for b, e in exponents.items() if e))
        scale = self.scale * other.scale if sign == 1 else self.scale / other.scale
        if not dimensions:
            return Unit((), scale)
        if not other.dimensions and other.scale == 1:
            return Unit(dimensions, scale, self.name)
        mark = "·" if sign == 1 else "/"
        name = other.name if sign == 1 and not self.dimensions else f"{self.name or '1'}{mark}{other.name or '1'}"
        return Unit(dimensions, scale, name)


PLAIN = Unit()
PERCENT = Unit((), Fraction(1, 100), "%")
POINTS = Unit((), Fraction(1), "分")

_COUNTS = tuple(
    (
        "人 个 次 项 件 户 台 套 辆 起 例 家 所 名 位 篇 份 期 场 处 条 块 宗 批 人次 架 艘 "
        "栋 间 座 张 本 册 门 头 只 株 棵 面 段 组 队 支 片 口 眼 班 站 点 笔 桩 类 种 级 岁 "
        "步 号 页 字 幅 间次 批次 架次 车次 班次 村 镇 乡 县 市 区 街道 社区 单位 部门 项目 "
        "企业 学校 case cases person persons people item items time times unit units rank ranks"
    ).split()
)
# Two words for one count. 人次 is not 人: one person may come twice.
_SAME_COUNT = {
    "名": "人",
    "位": "人",
    "cases": "case",
    "persons": "person",
    "people": "person",
    "items": "item",
    "times": "time",
    "units": "unit",
    "ranks": "rank",
}
_MEASURES: dict[str, tuple[str, Fraction]] = {
    "元": ("元", Fraction(1)),
    "角": ("元", Fraction(1, 10)),
    "千元": ("元", Fraction(1000)),
    "万元": ("元", Fraction(10_000)),
    "百万元": ("元", Fraction(1_000_000)),
    "亿元": ("元", Fraction(100_000_000)),
    "yuan": ("元", Fraction(1)),
    "美元": ("美元", Fraction(1)),
    "平方米": ("平方米", Fraction(1)),
    "㎡": ("平方米", Fraction(1)),
    "m2": ("平方米", Fraction(1)),
    "亩": ("平方米", Fraction(2000, 3)),
    "公顷": ("平方米", Fraction(10_000)),
    "平方公里": ("平方米", Fraction(1_000_000)),
    "平方千米": ("平方米", Fraction(1_000_000)),
    "立方米": ("立方米", Fraction(1)),
    "m3": ("立方米", Fraction(1)),
    "升": ("立方米", Fraction(1, 1000)),
    "米": ("米", Fraction(1)),
    "厘米": ("米", Fraction(1, 100)),
    "毫米": ("米", Fraction(1, 1000)),
    "公里": ("米", Fraction(1000)),
    "千米": ("米", Fraction(1000)),
    "m": ("米", Fraction(1)),
    "km": ("米", Fraction(1000)),
    "千克": ("克", Fraction(1000)),
    "公斤": ("克", Fraction(1000)),
    "斤": ("克", Fraction(500)),
    "克": ("克", Fraction(1)),
    "毫克": ("克", Fraction(1, 1000)),
    "mg": ("克", Fraction(1, 1000)),
    "ug": ("克", Fraction(1, 1_000_000)),
    "μg": ("克", Fraction(1, 1_000_000)),
    "微克": ("克", Fraction(1, 1_000_000)),
    "吨": ("克", Fraction(1_000_000)),
    "天": ("天", Fraction(1)),
    "日": ("天", Fraction(1)),
    "周": ("天", Fraction(7)),
    "day": ("天", Fraction(1)),
    "days": ("天", Fraction(1)),
    "小时": ("天", Fraction(1, 24)),
    "分钟": ("天", Fraction(1, 1440)),
    "秒": ("天", Fraction(1, 86400)),
    "月": ("月", Fraction(1)),
    "个月": ("月", Fraction(1)),
    "month": ("月", Fraction(1)),
    "months": ("月", Fraction(1)),
    "季度": ("月", Fraction(3)),
    "年": ("月", Fraction(12)),
    "year": ("月", Fraction(12)),
    "years": ("月", Fraction(12)),
    "千瓦时": ("千瓦时", Fraction(1)),
    "度": ("千瓦时", Fraction(1)),
    "分贝": ("分贝", Fraction(1)),
    "dB": ("分贝", Fraction(1)),
    "dB(A)": ("分贝", Fraction(1)),
    "摄氏度": ("摄氏度", Fraction(1)),
    "℃": ("摄氏度", Fraction(1)),
}
# Base units of measures; anything else that a rubric counts in is a count.
_MEASURED = frozenset(base for base, _ in _MEASURES.values()) - {"天", "月"}
_RATES: dict[str, Fraction] = {
    "%": Fraction(1, 100),
    "‰": Fraction(1, 1000),
    "百分点": Fraction(1, 100),
    "个百分点": Fraction(1, 100),
    "pp": Fraction(1, 100),
    "percentage": Fraction(1, 100),
}
_POINT_WORDS = frozenset({"分", "point", "points"})
_MAGNITUDES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "十万": 100_000, "百万": 1_000_000, "亿": 100_000_000}
POINT_DIFFERENCES = frozenset({"百分点", "个百分点", "pp"})


def find_unit(word: str, declared: Mapping[str, Unit]) -> Unit | None:
    """The unit that a word names: declared ones first, then the table, then a magnitude with a unit."""
    if word in declared:
        return declared[word]
    if word in _RATES:
        return Unit((), _RATES[word], word)
    if word in _POINT_WORDS:
        return POINTS
    if word in _MEASURES:
        base, scale = _MEASURES[word]
        return Unit(((base, 1),), scale, word)
    if word in _COUNTS:
        return Unit(((_SAME_COUNT.get(word, word), 1),), Fraction(1), word)
    for length in (2, 1):
        magnitude = _MAGNITUDES.get(word[:length])
        if magnitude is not None:
            rest = word[length:]
            if not rest:
                return Unit((), Fraction(magnitude), word)
            unit = find_unit(rest, declared)
            if unit is not None:
                return Unit(unit.dimensions, unit.scale * magnitude, word)
    return None


def known_units(declared: Mapping[str, Unit]) -> list[str]:
    """All unit words, for "did you mean"."""
    return [*declared, *_RATES, *_POINT_WORDS, *_MEASURES, *_COUNTS]

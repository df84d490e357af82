"""The 2019 county rubric read by hand from its standard: what every computed indicator is worth, in Fractions.

Typed from the official wording (整档, 扣完为止), not derived from the rubric file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Literal

Given = dict[str, Fraction | bool | str]

PERCENT = Fraction(1, 100)


def percent(number: str) -> Fraction:
    """``percent("99.5")`` is 199/200."""
    return Fraction(number) * PERCENT


@dataclass(frozen=True)
class Steps:
    """``edge`` gives full marks; each whole ``width`` on ``side`` of it costs ``each``, down to 0."""

    full: Fraction
    edge: Fraction
    side: Literal["over", "under", "off"]
    width: Fraction
    each: Fraction

    def points(self, value: Fraction) -> Fraction:
        """The points of a value."""
        past = value - self.edge
        if self.side == "under":
            past = -past
        elif self.side == "off":
            past = abs(past)
        if past <= 0:
            return self.full
        return max(Fraction(0), self.full - self.each * floor(past / self.width))

    def edges(self) -> list[Fraction]:
        """The edge, every point at which one more step is counted, and two more beyond the last that matters."""
        count = int(self.full / self.each) + 3
        signs = {"over": [1], "under": [-1], "off": [1, -1]}[self.side]
        return sorted({self.edge + sign * n * self.width for sign in signs for n in range(count)})


@dataclass(frozen=True)
class Bands:
    """Rows tried in order: ``value ≤ edge`` (or ``≥``) gives the points; else 0."""

    sign: Literal["<=", ">="]
    rows: tuple[tuple[Fraction, Fraction], ...]

    def points(self, value: Fraction) -> Fraction:
        """The points of a value."""
        for edge, award in self.rows:
            if value <= edge if self.sign == "<=" else value >= edge:
                return award
        return Fraction(0)

    def edges(self) -> list[Fraction]:
        """The edges of the rows."""
        return [edge for edge, _ in self.rows]


def _bands(sign: Literal["<=", ">="], *rows: tuple[str, int]) -> Bands:
    return Bands(sign, tuple((percent(edge), Fraction(points)) for edge, points in rows))


def _steps(full: int, edge: str, side: Literal["over", "under", "off"], width: str, each: str) -> Steps:
    return Steps(Fraction(full), percent(edge), side, percent(width), Fraction(each))


STAFF = _steps(3, "100", "over", "1", "0.3")  # 在职人员控制率：100% 以内满分，每超过 1 个百分点扣 0.3 分
CHANGE = _steps(4, "0", "over", "1", "0.4")  # “三公经费”变动率：不大于 0 满分，每超过 1 个百分点扣 0.4 分
COMPLETION = _steps(5, "100", "under", "5", "2")  # 预算完成率：100% 满分，每低于 5 个百分点扣 2 分
CONTROL = _bands("<=", ("5", 5), ("10", 4), ("20", 3), ("30", 2))  # 预算控制率
TEMPLATE = _bands("<=", ("0", 5), ("10", 4), ("20", 3), ("30", 2))  # 模板得分: the bands of the province's template
AREA = _steps(5, "100", "over", "5", "2")  # 新建楼堂馆所面积控制率
COST = _steps(5, "100", "over", "5", "2")  # 新建楼堂馆所投资概算控制率
OFFICE = _steps(8, "100", "over", "1", "1")  # 公用经费控制率
RECEPTION = _steps(8, "100", "over", "1", "1")  # “三公经费”控制率
PURCHASE = _steps(6, "100", "off", "1", "1")  # 政府采购执行率，先保留整数百分数
SATISFACTION = _bands(">=", ("90", 6), ("80", 5), ("70", 4), ("60", 3))  # 社会公众满意度
RANK = {"一等": Fraction(8), "二等": Fraction(6), "三等": Fraction(4), "未评等": Fraction(0)}  # 职责履行
GRADES = ((Fraction(90), "优"), (Fraction(80), "良"), (Fraction(60), "中"))  # 其余为差

SECTIONS: dict[str, tuple[str, ...]] = {
    "投入": ("绩效目标合理性", "绩效指标明确性", "在职人员控制率", "“三公经费”变动率"),
    "过程": (
        "预算完成率",
        "预算控制率",
        "新建楼堂馆所面积控制率",
        "新建楼堂馆所投资概算控制率",
        "公用经费控制率",
        "“三公经费”控制率",
        "政府采购执行率",
        "管理制度健全性",
        "资金使用合规性",
        "预决算信息公开",
    ),
    "产出及效率": ("职责履行", "履职效益", "行政效能", "社会公众满意度"),
}
MAXIMA = {"投入": 13, "过程": 61, "产出及效率": 26}


def whole_percent(rate: Fraction) -> Fraction:
    """A rate to whole per cent, half up (rates of this rubric are never negative)."""
    return floor(rate * 100 + Fraction(1, 2)) * PERCENT


def _number(given: Given, name: str) -> Fraction:
    value = given[name]
    assert isinstance(value, Fraction)
    return value


def _rate(given: Given, above: str, below: str) -> Fraction:
    return _number(given, above) / _number(given, below)


def computed(given: Given) -> dict[str, Fraction]:
    """The points of every indicator that the facts decide."""

    def number(name: str) -> Fraction:
        return _number(given, name)

    before = number("上年“三公经费”预算")
    usable = number("上年结转") + number("年初预算") + number("本年追加")
    builds = given["新建楼堂馆所"]
    rank = given["考核等次"]
    assert isinstance(rank, str)
    found = {
        "在职人员控制率": STAFF.points((number("在职人员") - number("编外人员")) / number("核定编制")),
        "“三公经费”变动率": CHANGE.points((number("本年“三公经费”预算") - before) / before),
        "预算完成率": COMPLETION.points((usable - number("年末结转")) / usable),
        "预算控制率": CONTROL.points(_rate(given, "本年追加", "年初预算")),
        "新建楼堂馆所面积控制率": AREA.points(_rate(given, "实际建设面积", "批准建设面积")) if builds else AREA.full,
        "新建楼堂馆所投资概算控制率": COST.points(_rate(given, "实际投资", "批准概算")) if builds else COST.full,
        "公用经费控制率": OFFICE.points(_rate(given, "公用经费支出", "公用经费预算")),
        "政府采购执行率": PURCHASE.points(whole_percent(_rate(given, "政府采购金额", "政府采购预算"))),
        "职责履行": RANK[rank],
    }
    if number("本年“三公经费”预算") != 0:
        found["“三公经费”控制率"] = RECEPTION.points(_rate(given, "“三公经费”支出", "本年“三公经费”预算"))
    if "满意率" in given:
        found["社会公众满意度"] = SATISFACTION.points(number("满意率"))
    return found


def grade(total: Fraction) -> str:
    """The grade of a total."""
    return next((label for edge, label in GRADES if total >= edge), "差")


@dataclass(frozen=True)
class Dial:
    """One computed indicator, and how to set the facts so that its rate takes a wanted value exactly."""

    indicator: str
    rule: Steps | Bands
    set: Callable[[Fraction], Given]
    lowest: Fraction | None = Fraction(0)
    highest: Fraction | None = None

    def reaches(self, value: Fraction) -> bool:
        """Whether the declared constraints of the facts allow the rate to take a value."""
        return (self.lowest is None or value >= self.lowest) and (self.highest is None or value <= self.highest)


_BIG = Fraction(10**15)  # a denominator that keeps every value tried here whole


DIALS = (
    Dial("在职人员控制率", STAFF, lambda v: {"在职人员": v * _BIG, "编外人员": Fraction(0), "核定编制": _BIG}),
    Dial(
        "“三公经费”变动率",
        CHANGE,
        lambda v: {"本年“三公经费”预算": 90 * (1 + v), "上年“三公经费”预算": Fraction(90)},
        Fraction(-1),
    ),
    Dial(
        "预算完成率",
        COMPLETION,
        lambda v: {
            "上年结转": Fraction(10),
            "年初预算": Fraction(1000),
            "本年追加": Fraction(20),
            "年末结转": 1030 * (1 - v),
        },
        None,
        Fraction(1),
    ),
    Dial("预算控制率", CONTROL, lambda v: {"本年追加": v * 700, "年初预算": Fraction(700)}),
    Dial(
        "新建楼堂馆所面积控制率",
        AREA,
        lambda v: {"新建楼堂馆所": True, "实际建设面积": v * 3000, "批准建设面积": Fraction(3000)},
    ),
    Dial(
        "新建楼堂馆所投资概算控制率",
        COST,
        lambda v: {"新建楼堂馆所": True, "实际投资": v * Fraction("812.5"), "批准概算": Fraction("812.5")},
    ),
    Dial(
        "公用经费控制率", OFFICE, lambda v: {"公用经费支出": v * Fraction("141.6"), "公用经费预算": Fraction("141.6")}
    ),
    Dial("“三公经费”控制率", RECEPTION, lambda v: {"“三公经费”支出": v * 90, "本年“三公经费”预算": Fraction(90)}),
    Dial("政府采购执行率", PURCHASE, lambda v: {"政府采购金额": v * 15, "政府采购预算": Fraction(15)}),
    Dial("社会公众满意度", SATISFACTION, lambda v: {"满意率": v}, Fraction(0), Fraction(1)),
)

# What the report states, with a building added so that every fact is present.
BASELINE: Given = {
    **{
        name: Fraction(text)
        for name, text in {
            "在职人员": "72",
            "编外人员": "18",
            "核定编制": "71",
            "本年“三公经费”预算": "90",
            "上年“三公经费”预算": "90",
            "上年结转": "84.39",
            "年初预算": "1521.39",
            "本年追加": "9.16",
            "年末结转": "62.29",
            "实际建设面积": "1000",
            "批准建设面积": "1000",
            "实际投资": "500",
            "批准概算": "500",
            "公用经费支出": "234.56",
            "公用经费预算": "141.6",
            "“三公经费”支出": "15.35",
            "政府采购金额": "15.01",
            "政府采购预算": "15",
            "本年收入": "1545.97",
            "一般公共预算拨款收入": "1338.25",
            "政府性基金拨款收入": "192.3",
            "其他收入": "15.42",
            "本年支出": "1568.08",
            "基本支出": "1238.54",
            "项目支出": "329.54",
            "因公出国境费": "0",
            "公务用车购置及运行维护费": "8.72",
            "公务接待费": "6.63",
        }.items()
    },
    "新建楼堂馆所": True,
    "考核等次": "一等",
}
# All judged points in full, as the report has them: 3 + 3 + 8 + 6 + 5 + 6 + 6 + 6 = 43.
JUDGED = {
    "绩效目标合理性": Fraction(3),
    "绩效指标明确性": Fraction(3),
    "管理制度健全性": Fraction(8),
    "资金使用合规性": Fraction(6),
    "预决算信息公开": Fraction(5),
    "履职效益": Fraction(6),
    "行政效能": Fraction(6),
    "社会公众满意度": Fraction(6),
}

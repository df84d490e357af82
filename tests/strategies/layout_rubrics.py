"""Rubrics over nearly all constructs of the language, as patterns of ``tests.strategies.layouts``.

They have meaning enough to be parsed, not to be scored: names are not declared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hypothesis import strategies as st

from tests.strategies.layouts import Gap, Layout, Line, Table, layout


@dataclass(frozen=True)
class Language:
    """The constructs of a language by the place they stand in; ``{n}`` is a name, ``{a}`` a number, ``{u}`` a unit."""

    names: tuple[str, ...]
    units: tuple[str, ...]
    words: tuple[str, ...]
    opening: str
    closing: str
    points: str  # behind a number in a heading
    comma: str
    colon: str
    stop: str
    judged: str
    results: str
    text_heads: tuple[str, ...]
    frame: tuple[str, ...]  # lines under the title
    lines: tuple[str, ...]  # lines of an indicator
    outcome: tuple[str, ...]  # lines under the results
    facts: tuple[str, ...]
    parameters: tuple[str, ...]
    ticks: tuple[str, ...]
    checks: tuple[str, ...]
    expectations: tuple[str, ...]
    heads: dict[str, str]
    given: str  # what a table of facts stands under
    given_rows: tuple[tuple[str, ...], ...]
    attributes: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]


CHINESE = Language(
    names=(
        *(
            "年初预算",
            "本年“三公经费”预算",
            "【2019年预算】",
            "【公用经费（不含专项）】",
            "或有负债",
            "非税收入",
            "每月支出",
        ),
        *("A级", "若干事项", "满分线", "PM2", "rate_x", "指标.列", "各单位"),
    ),
    units=("万元", "个百分点", "次", "人", "平方米"),
    words=("目标依据充分；指标清晰，  可衡量", "见附表(一):  甲,乙", "若 缺失，扣 2分", "满分 -> ≤5%", "a//b"),
    opening="（",
    closing="）",
    points="_分",
    comma="，'",
    colon="'：'",
    stop="；",
    judged="人工评定",
    results="结果",
    text_heads=("依据", "标准", "说明", "来源"),
    frame=(
        "默认'：'整档，'扣完为止",
        "默认'：'进档，'保留整数，'四舍五入",
        "计量单位'：'⟦标箱⟧'、'⟦航次⟧_=_{a}_⟦标箱⟧",
        "等级 {n1}'：'⟦甲级⟧_>_⟦乙级⟧_>_⟦丙级⟧",
        "参评'：'{n}_≥_{a}",
        "适用'：'{n}_=_⟦乡镇⟧ 且 {n}_≥_2020-01-01",
        "汇总'：'⟦平均⟧",
        "汇总'：'{n}_×_60%_+_{n}_×_40%",
        "{n}_=_{n}_+_{n}_-_{n}",
    ),
    lines=(
        "{n}_=_（'{n}_-_{n}'）'/_{n}",
        "{n}_=_（'{n}_+_{n}'）'×'（'{a}_-_{n}'）'^_2",
        "{n}_=_-'{n}_+_{a}_{u}",
        "{n}_=_{n}_/_{n}，'保留到 1%，'四舍五入",
        "{n}_=_⟦最小⟧'（'{n}，'{a}，'⟦最大⟧'（'{n}，'0'）'）",
        "{n}_=_四舍五入'（'{n}_×_100，'2'）",
        "{n}_=_⟦合计⟧'（'{n1}'：'{n}，'其中 {n}_≥_{a} 且 非 {n}'）",
        "{n}_=_⟦情形⟧'：'若 {n}_=_0 -> 10；'若 缺失'（'{n}'）_->_6；'否则_->_0",
        "{n}_=_{a}_万元/公里_×_{n}",
        "⟦得分⟧_=_满分_×_{n}，'满分为止",
        "{n}'：'≤_5%_->_满分；'≤_10%_->_{a}_分；'否则_->_0",
        "{n}'：'⟦一等⟧'、'⟦二等⟧_->_8；'⟦三等⟧，'若 非 {n}_->_{a}；'否则 不得分",
        "{n}'：'内插",
        "{n}'：'>_5%_且_≤_10%，'计_4_分",
        "≥_{a}_{u}_->_扣_2_分",
        "=_0_->_5",
        "=_-'5%_->_无定义",
        "0'（'不含'）至_10%'（'含'）_->_4",
        "5%'~'10%'（'不含'）_->_人工评定 0_至_4",
        ">_30%，'不得分",
        "不超过_5%_->_满分",
        "若 （'{n} 或 {n}'） 且 {n}_≠_⟦“甲 级”⟧_->_8_至_10",
        "若 ⟦全部⟧'（'{n1}'：'{n}_>_0'）_->_满分",
        "若 {n}，'扣_2_分",
        "否则_->_0",
        "缺失_->_人工评定",
        "分母为零_->_3",
        "其间_->_内插",
        "每超过_1_⟦个百分点⟧ 扣_0.5_分",
        "每低于_5% 扣_2_分'（'整档'）",
        "每超过一个百分点 扣_0.5_分'（'按比例'）",
        ">_100%，'每超过_1% 扣_1_分",
        "每相差 {n} 扣 {n}'（'进档'）",
        "{n}'：'每_1_次 扣_{a}_分，'最多扣_3_分",
        "{n}'：'每⟦篇⟧_得_{a}_分",
        "{n}'：'每⟦件⟧，'扣_{a}_分，'本项扣完为止",
        "{n}'：'每发现一⟦处⟧，'扣_1_分",
        "{n}'：'每出现_1_⟦件⟧ 加_0.5_分，'最多加_{a}_分",
        "扣完为止，'满分为止",
        "最低_{a}_分",
        "最高 ⟦单价⟧",
        "保留_2_位小数，'四舍六入五成双",
        "保留整数，'舍去",
        "人工评定",
        "人工评定'：'6_至_10",
        "人工评定'：'0_至 不限",
        "不适用'：'非 {n}_->_满分",
        "不适用'：'{n}_=_0_->_分摊",
        "调整'：'{n}_>_{a}_->_⟦得分⟧_≤_6",
        "否决'：'{n}_->_0",
        "逐行'：'{n1}，'仅当 {n}，'满分_=_{n}",
        "汇总'：'⟦择一⟧'（'{n}'）",
        "汇总'：'⟦合计⟧'（'⟦各项⟧'：'⟦得分⟧，'⟦取前⟧_=_2'）",
    ),
    outcome=(
        "等次'：'≥_90_->_⟦优⟧；'≥_{a}_->_⟦良⟧；'否则_->_⟦差⟧",
        "调整'：'{n}_->_⟦等次⟧_≤_⟦中⟧",
        "调整'：'{n}_->_降_1_级",
        "否决'：'{n}_->_⟦总分⟧_≤_59，'⟦等次⟧_=_⟦差⟧",
        "⟦总分⟧_=_⟦合计⟧'（'⟦各项⟧'：'⟦得分⟧'）'×_{n}",
        "⟦等次⟧_=_⟦最低⟧'（'{n}，'{n}'）",
    ),
    facts=(
        "-_{n}'：'⟦万元⟧，'≥_0",
        "-_{n}'：'⟦元⟧'/'⟦人⟧，'>_{a}",
        "-_{n}'：'%，'0%_至_100%，'可缺",
        "-_{n}'：'⟦是否⟧，'缺失_=_⟦是⟧",
        "-_{n}'：'⟦一等⟧'、'⟦“A 级”⟧'、'⟦三等⟧",
        "-_{n}'：'⟦人⟧，'⟦整数⟧，'≤_{n}，'仅当 {n}",
        "-_{n}'：'⟦数⟧，'0.8_至_1.2，'最小单位_0.1",
        "-_{n}'：'⟦日期⟧，'≥_2019-01-01",
        "-_{n}'：'⟦万元⟧，'保留到_1_万元，'四舍五入",
        "-_{n}'：'⟦元⟧，'又名 {n1}'、'{n1}",
    ),
    parameters=("-_{n}_=_{a}%", "-_{n}_=_{a}_⟦万元⟧", "-_{n}_=_-'30%"),
    ticks=(
        "-_{a}'分 ⟦制度得到 有效执行⟧",
        "-_{a}'分 ⟦若  {v} =0⟧",
        "-_{a}'分'/'⟦个⟧ ⟦开工项目⟧'：'{n}，'最多加_5_分",
        "-_扣_{a}_分'/'⟦处⟧ ⟦信息 差错⟧'：'{n}_>_{a}",
        "-_{a}'分 ⟦其他,情况⟧，'最多扣_2_分",
        "①_⟦接待标准和人数(明确)⟧，'{a}'分",
    ),
    checks=(
        "-_{n}'：'{n}_+_{n}_=_{n}，'允差_0.005_⟦万元⟧",
        "-_{n}_-_{n}_=_{n}，'仅当 {n}",
        "-_⟦{v}+ {v}={a}⟧，'允差_{a}",
        "-_{n}'：'{n}_≤_{a}",
    ),
    expectations=(
        "-_已知 {n}_=_{a}_⟦万元⟧",
        "-_已知 {n}_=_2019年6月30日，'{n}_=_{a}_⟦人⟧",
        "-_评定 {n}_=_6",
        "-_⟦总分⟧_=_（'90_×_4_+_{a}'）'/_10",
        "-_⟦总分⟧_≥_60_且 {n}_=_916_/_152139",
        "-_{n}_=_缺失",
        "-_勾稽 {n}_=_⟦不符⟧",
        "-_进位'（'2.341，'2'）_=_{a}",
    ),
    heads={"facts": "数据", "parameters": "参数", "checklist": "清单", "checks": "勾稽", "list": "表", "test": "测试"},
    given="-_已知 {n}'：",
    given_rows=(("⟦名称⟧", "⟦投资(万元)⟧"), ("⟦东桥（一期）,  北⟧", "⟦80,000 元⟧"), ("⟦-⟧", "")),
    attributes=("最多加_{a}_分", "最多扣_{a}_分", "权重_{a}%", "加分"),
    table=(
        ("{n}'＼'{n}", "⟦基建⟧", "⟦其他 ⟧"),
        ("≥_90%", "{a}", "10_至_12"),
        ("⟦甲⟧'、'⟦乙⟧", "满分_×_{n}", "-"),
        ("否则", "0", "人工评定"),
    ),
)

ENGLISH = Language(
    names=(
        "budget",
        "spent_sum",
        "Rate",
        "【2019 budget】",
        "tables",
        "not_applicable",
        "units.rate",
        "“late cases”s",
        "支出",
    ),
    units=("yuan", "persons", "km"),
    words=("Goals are clear;  measurable", "See (a): x,y", "if so，deducts 2", "full -> <=5%"),
    opening="_(",
    closing=")",
    points="_points",
    comma=",_",
    colon="':_",
    stop=";_",
    judged="judged",
    results="Results",
    text_heads=("basis", "standard", "note", "source"),
    frame=(
        "defaults':_whole steps,_not below 0",
        "measures':_⟦celsius⟧",
        "levels {n1}':_⟦A⟧_>_⟦B⟧",
        "population':_{n}_>=_{a}",
        "combine':_⟦average⟧",
        "{n}_=_{n}_+_{n}_-_{n}",
    ),
    lines=(
        "{n}_=_('{n}_-_{n}')_/_{n}",
        "{n}_=_⟦min⟧'('{n},_{a},_⟦max⟧'('{n},_0')')_*_2",
        "{n}_=_half up'('{n}_*_100,_2')",
        "{n}_=_⟦sum⟧'('{n1}':_{n},_where {n}_>=_{a} and not {n}')",
        "⟦score⟧_=_full_*_{n},_not above full",
        "{n}':_<=_5%_->_full;_<=_10%_->_{a}_⟦points⟧;_else_->_0",
        "{n}':_⟦A⟧'、'⟦B⟧_->_8;_else scores nothing",
        "0_(exclusive) to_10%_(inclusive)_->_4",
        "if ('{n} or {n}') and {n}_!=_⟦“low medium”⟧_->_8_to_10",
        "if {n},_deducts_2_⟦points⟧",
        "missing_->_judged_1_to_3",
        "zero denominator_->_left out",
        "between_->_interpolate",
        "each over_1% deducts_0.5_⟦points⟧_('begun steps')",
        "each under_1% deducts {n}_('pro rata')",
        "{n}':_each_1_⟦case⟧ deducts_0.5_⟦points⟧,_deduct at most_3_⟦points⟧",
        "round to_1 place,_half up",
        "at least_{a}",
        "not below 0,_not above full",
        "judged':_6_to_10",
        "not applicable':_not {n}_->_full",
        "adjust':_{n}_>_{a}_->_⟦grade⟧_<=_⟦fair⟧",
        "veto':_{n}_->_down_1",
        "for each row':_{n1},_only if {n},_full_=_{n}",
    ),
    outcome=(
        "grade':_>=_18_->_⟦good⟧;_else_->_⟦poor⟧",
        "⟦total⟧_=_⟦sum⟧'('⟦parts⟧':_⟦score⟧')_*_{n}",
    ),
    facts=(
        "-_{n}':_⟦persons⟧,_⟦whole⟧,_>=_0",
        "-_{n}':_⟦yuan⟧'/'⟦person⟧,_>_{a}",
        "-_{n}':_%,_0%_to_100%,_optional",
        "-_{n}':_⟦yes⟧'/'⟦no⟧,_missing_=_⟦no⟧",
        "-_{n}':_⟦A⟧'、'⟦\"<100\"⟧'、'⟦C⟧",
        "-_{n}':_⟦km⟧,_only if {n},_also known as {n1}",
        "-_{n}':_⟦celsius⟧,_0_to_60,_in steps of_0.1",
    ),
    parameters=("-_{n}_=_{a}%", "-_{n}_=_{a}_⟦yuan⟧"),
    ticks=(
        "-_{a}_points ⟦rules are  followed⟧",
        "-_{a}_points'/'⟦case⟧ ⟦late⟧':_{n},_add at most_5",
        "-_deducts_{a}_points'/'⟦item⟧ ⟦errors⟧':_{n}_>_{a}",
    ),
    checks=("-_{n}':_{n}_+_{n}_=_{n},_tolerance_0.005_⟦yuan⟧", "-_⟦{v}+ {v}={a}⟧,_tolerance_{a}"),
    expectations=(
        "-_given {n}_=_{a}_⟦yuan⟧",
        "-_assessed {n}_=_6",
        "-_⟦total⟧_=_('90_*_4_+_{a}')_/_10",
        "-_{n}_=_missing",
        "-_check {n}_=_⟦holds⟧",
    ),
    heads={
        "facts": "facts",
        "parameters": "parameters",
        "checklist": "checklist",
        "checks": "checks",
        "list": "table",
        "test": "test",
    },
    given="-_given {n}':",
    given_rows=(("⟦name⟧", "⟦cost (yuan)⟧"), ("⟦bridge，(one)⟧", "")),
    attributes=("⟦add at most⟧_{a}_points", "weight_{a}%", "unlimited"),
    table=(
        ("{n}'_\\_'{n}", "⟦school⟧", "{n}_=_1 and {n}_=_⟦air⟧"),
        (">=_90%", "{a}", "10_to_12"),
        ("else", "0", "judged"),
    ),
)

_NUMBERS = ("0.5", "3", "12.50", "100", "1521.39")
_COMMENTS = ("// 某注:a,b；  c", "//! R301", "//", "// note ; more")


class _Writer:
    def __init__(self, draw: st.DrawFn, language: Language) -> None:
        self.draw = draw
        self.language = language
        self.lines: list[Line | Table] = []

    def some(self, patterns: tuple[str, ...], most: int) -> list[str]:
        return [self.fill(self.one(patterns)) for _ in range(self.draw(st.integers(1, most)))]

    def one(self, choices: tuple[str, ...]) -> str:
        return self.draw(st.sampled_from(choices))

    def fill(self, pattern: str) -> str:
        """The pattern with names and numbers drawn."""

        def drawn(found: re.Match[str]) -> str:
            match found[1]:
                case "n":
                    return f"⟦{self.one(self.language.names)}⟧"
                case "n1":  # a name that is no path
                    return f"⟦{self.one(tuple(n for n in self.language.names if '.' not in n))}⟧"
                case "v":  # inside what is copied already
                    return self.one(self.language.names)
                case "u":
                    return f"⟦{self.one(self.language.units)}⟧"
                case _:
                    return self.one(_NUMBERS)

        return re.sub(r"\{(n1|n|v|a|u)\}", drawn, pattern)

    def add(self, pattern: str, gap: Gap = "keep", *, text: bool = False) -> None:
        comment = self.one(("", "", "", "", *_COMMENTS)) if not text else ""
        above = (self.one(_COMMENTS),) if self.draw(st.integers(0, 9)) == 0 else ()
        self.lines.append(Line(pattern, gap, comment, above))

    def text(self, gap: Gap = "keep") -> None:
        head = self.one(self.language.text_heads)
        self.add(f"{head}{self.language.colon}⟦{self.one(self.language.words)}⟧", gap, text=True)

    def statements(self, patterns: tuple[str, ...], most: int, first: Gap = "keep") -> None:
        for number, said in enumerate(self.some(patterns, most)):
            joined = said
            if self.draw(st.integers(0, 4)) == 0:
                joined = f"{said}'{self.language.stop}{self.fill(self.one(patterns))}"
            self.add(joined, first if number == 0 else "keep")

    def block(self, kind: str, patterns: tuple[str, ...], gap: Gap = "must", name: str = "") -> None:
        colon = self.language.colon.rstrip("'_")
        head = self.language.heads[kind]
        self.add(f"{head} {name}{colon}" if name else f"{head}{colon}", gap)
        for number, item in enumerate(self.some(patterns, 4)):
            self.add(item, "none" if number == 0 else "keep")

    def heading(self, level: int, title: str, gap: Gap, judged: bool = False) -> None:
        language = self.language
        said = f"{self.one(_NUMBERS)}{language.points}" if language.opening != "（" else f"{self.one(_NUMBERS)}'分"
        if level > 1 and self.draw(st.integers(0, 3)) == 0:
            said += language.comma + self.fill(self.one(language.attributes))
        behind = f"'{language.stop}{language.judged}" if judged else ""
        inside = f"{language.opening}'{said}'{language.closing}"
        self.add(f"{'#' * level}_⟦{title}⟧{inside if language.opening != '（' else chr(39) + inside}{behind}", gap)

    def indicator(self, level: int, title: str, gap: Gap) -> None:
        kind = self.draw(st.sampled_from(["lines", "lines", "ticks", "judged", "table"]))
        self.heading(level, title, gap, kind == "judged")
        if kind == "judged":
            return
        if self.draw(st.booleans()):
            self.text("none")
            first: Gap = "keep"
        else:
            first = "none"
        if kind == "table":
            self.lines.append(Table(tuple(tuple(self.fill(c) for c in row) for row in self.language.table), first))
        elif kind == "lines":
            self.statements(self.language.lines, 4, first)
        else:
            self.block("checklist", self.language.ticks, first)

    def rubric(self) -> None:
        language = self.language
        name = self.draw(st.sampled_from(["2019年度评价", "一、NEWS2 Score", "评价（甲，乙）", "A: b, c"]))
        self.heading(1, name, "keep")
        for number in range(self.draw(st.integers(0, 2))):
            self.text("none" if number == 0 else "keep")
        after: Gap = "keep" if isinstance(self.lines[-1], Line) and len(self.lines) > 1 else "none"
        self.statements(language.frame, 2, after)
        if self.draw(st.booleans()):
            self.block("facts", language.facts)
        if self.draw(st.booleans()):
            self.block("list", language.facts, name=f"⟦{self.one(('项目', 'projects', '【B 级】'))}⟧")
        if self.draw(st.booleans()):
            self.block("parameters", language.parameters)
        for section in range(self.draw(st.integers(1, 2))):
            self.heading(2, f"第{section}节", "must")
            for part in range(self.draw(st.integers(1, 3))):
                self.indicator(3, f"（一）指标 {section}{part}", "none" if part == 0 else "keep")
        self.add(f"#_⟦{language.results}⟧", "must")
        self.statements(language.outcome, 2, "none")
        if self.draw(st.booleans()):
            self.block("checks", language.checks)
        for number in range(self.draw(st.integers(0, 2))):
            file = f"{language.opening}'⟦examples/a.yaml⟧'{language.closing}" if number else ""
            self.block("test", language.expectations, name=f"⟦例  {number},甲⟧{file}")
            if self.draw(st.booleans()):
                self.add(self.fill(language.given), "keep")
                self.lines.append(Table(language.given_rows, "none"))


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """A rubric in its canonical layout and in one that a person might have typed."""
    writer = _Writer(draw, draw(st.sampled_from([CHINESE, ENGLISH])))
    writer.rubric()
    return layout(draw, writer.lines)

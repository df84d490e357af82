"""Made-up facts for ``rubrics/2019_county_overall.rubric``: plausible amounts, rich in exact band edges.

Of most ratios about three in ten lie exactly on an edge of a band or a step, about one in ten are the smallest amount
beside one, and the rest lie anywhere around what is usual. Half of the units keep their money to 2 decimals, half to 4.
"""

from __future__ import annotations

from pathlib import Path

import attrs
import numpy as np

from speed.table import MISSING, Column, Ints, Table

RUBRIC = Path(__file__).resolve().parents[2] / "rubrics" / "2019_county_overall.rubric"
SEED = 20_190_708
MONEY = 4  # decimals of the columns; half of the units only use two of them
GRADES = ("优", "良", "中", "差")
INDICATORS = (
    ("goals", "绩效目标合理性"),
    ("targets", "绩效指标明确性"),
    ("staffing", "在职人员控制率"),
    ("sangong_change", "“三公经费”变动率"),
    ("completion", "预算完成率"),
    ("control", "预算控制率"),
    ("area_control", "新建楼堂馆所面积控制率"),
    ("cost_control", "新建楼堂馆所投资概算控制率"),
    ("office_control", "公用经费控制率"),
    ("sangong_control", "“三公经费”控制率"),
    ("purchasing", "政府采购执行率"),
    ("rules", "管理制度健全性"),
    ("compliance", "资金使用合规性"),
    ("disclosure", "预决算信息公开"),
    ("duties", "职责履行"),
    ("benefit", "履职效益"),
    ("administration", "行政效能"),
    ("satisfaction", "社会公众满意度"),
)


@attrs.frozen(eq=False)
class _Draw:
    """Random columns of one length."""

    rng: np.random.Generator
    units: int
    step: Ints  # the smallest amount of each unit's money, in the unit of the column

    def between(self, low: int, high: int) -> Ints:
        """Whole numbers, ends included."""
        drawn: Ints = self.rng.integers(low, high + 1, self.units, dtype=np.int64)
        return drawn

    def chance(self, share: float) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        return self.rng.random(self.units) < share

    def of(self, choices: tuple[int, ...]) -> Ints:
        return np.array(choices, dtype=np.int64)[self.rng.integers(0, len(choices), self.units)]

    def money(self, low: float, high: float, step: Ints | None = None) -> Ints:
        """Amounts spread evenly over orders of magnitude, multiples of the step and at least one."""
        step = self.step if step is None else step
        drawn = np.exp(self.rng.uniform(np.log(low * 10**MONEY), np.log(high * 10**MONEY), self.units))
        steps: Ints = np.maximum(drawn.astype(np.int64) // step, 1)
        return steps * step

    def pair(self, over: Ints, edges: tuple[int, ...], usual: tuple[float, float], step: Ints) -> tuple[Ints, Ints]:
        """A numerator and a denominator near ``over``; edges and the usual rate (mean, spread) in half percents.

        Where the rate is to be exact the denominator becomes a multiple of what makes it so.
        """
        edge = self.of(edges)
        where = self.rng.random(self.units)
        multiple = 200 // np.gcd(edge, 200)
        exact = np.maximum(over // (multiple * step), 1) * multiple * step
        under = np.where(
            where < 0.55, exact, np.where(where < 0.65, np.maximum(over // (3 * step), 1) * 3 * step, over)
        )
        numerator = self.numerator(under, edge, where, usual, step)
        return numerator, under

    def numerator(self, under: Ints, edge: Ints, where: object, usual: tuple[float, float], step: Ints) -> Ints:
        """The numerator alone: on the edge, beside it, thirds, or anywhere near the usual rate."""
        at_edge = under * edge // 200 // step * step
        beside = at_edge + step * self.of((-1, 1))
        thirds = under // 3 // step * step * self.between(0, 4)
        spread = (under * self.rng.normal(*usual, self.units) / 200).astype(np.int64) // step * step
        share = np.asarray(where)
        chosen = np.where(share < 0.42, at_edge, np.where(share < 0.55, beside, np.where(share < 0.65, thirds, spread)))
        return np.maximum(chosen, 0)


def county(units: int, seed: int = SEED) -> Table:
    """The table; the same for the same arguments."""
    rng = np.random.default_rng(seed)
    step = np.where(rng.random(units) < 0.5, 1, 10 ** (MONEY - 2)).astype(np.int64)
    draw = _Draw(rng, units, step)
    one = np.ones(units, dtype=np.int64)

    staff, posts = draw.pair(draw.between(10, 400), (200, 202, 204, 206, 210, 220, 190), (196, 8), one)
    extra = np.where(draw.chance(0.4), draw.between(1, 20), 0)

    this, last = draw.pair(draw.money(5, 500), (180, 190, 200, 202, 204, 206, 214, 220), (198, 6), step)
    this = np.where(draw.chance(0.01), 0, this)
    spent = draw.numerator(this, draw.of((180, 196, 200, 202, 204, 208, 216)), rng.random(units), (190, 14), step)

    added, budget = draw.pair(draw.money(200, 60_000), (0, 10, 20, 40, 60), (16, 12), step)
    whole = step * draw.of((20, 20, 100))  # so that a whole percentage of what is available is an amount
    carried = draw.money(1, 2_000)
    carried += (-(carried + budget + added)) % whole
    available = carried + budget + added
    left = draw.numerator(available, draw.of((0, 0, 10, 10, 20, 30)), rng.random(units), (12, 10), step)

    building = draw.chance(0.2)
    area, approved = draw.pair(draw.money(200, 20_000), (196, 200, 210, 220, 230), (202, 12), step)
    cost, estimate = draw.pair(draw.money(100, 30_000), (196, 200, 210, 220, 230), (202, 12), step)
    none = np.int64(MISSING)

    office, office_budget = draw.pair(draw.money(20, 3_000), (180, 200, 202, 204, 206, 210, 214), (198, 8), step)
    bought, buy_budget = draw.pair(draw.money(1, 4_000), (195, 197, 199, 200, 201, 203, 205, 207), (198, 6), step)

    rate = np.where(
        draw.chance(0.35), draw.of((6000, 7000, 8000, 9000)) - draw.of((0, 0, 0, 1)), draw.between(5500, 9999)
    )
    rate = np.where(draw.chance(0.05), none, rate)

    income = budget + added
    general = income * 8 // 10 // step * step
    outgo = carried + income - left
    basic = outgo * 6 // 10 // step * step
    abroad = spent // 5 // step * step
    cars = spent // 2 // step * step

    def judged(key: str, name: str, halves: Ints) -> Column:
        return Column(key, name, np.where(halves == none, none, halves * 5), 1, judged=True)

    def amount(key: str, name: str, values: Ints) -> Column:
        return Column(key, name, values, MONEY)

    return Table(
        RUBRIC.read_text(encoding="utf-8"),
        (
            Column("staff", "在职人员", staff),
            Column("extra_staff", "编外人员", np.minimum(extra, staff)),
            Column("posts", "核定编制", posts),
            amount("sangong_budget", "本年“三公经费”预算", this),
            amount("sangong_last", "上年“三公经费”预算", last),
            amount("carried", "上年结转", carried),
            amount("budget", "年初预算", budget),
            amount("added", "本年追加", added),
            amount("unspent", "年末结转", left),
            Column("building", "新建楼堂馆所", building.astype(np.int64), words=("否", "是")),
            amount("area", "实际建设面积", np.where(building, area, none)),
            amount("area_approved", "批准建设面积", np.where(building, approved, none)),
            amount("cost", "实际投资", np.where(building, cost, none)),
            amount("cost_approved", "批准概算", np.where(building, estimate, none)),
            amount("office_spent", "公用经费支出", office),
            amount("office_budget", "公用经费预算", office_budget),
            amount("sangong_spent", "“三公经费”支出", spent),
            amount("bought", "政府采购金额", bought),
            amount("buy_budget", "政府采购预算", buy_budget),
            Column("standing", "考核等次", draw.of((0, 0, 1, 1, 2, 3)), words=("一等", "二等", "三等", "未评等")),
            Column("satisfied", "满意率", rate, 4, percent=True),
            amount("income", "本年收入", income),
            amount("income_general", "一般公共预算拨款收入", general),
            amount("income_fund", "政府性基金拨款收入", income - general),
            amount("income_other", "其他收入", np.zeros(units, dtype=np.int64)),
            amount("outgo", "本年支出", outgo),
            amount("outgo_basic", "基本支出", basic),
            amount("outgo_project", "项目支出", outgo - basic),
            amount("abroad", "因公出国境费", abroad),
            amount("cars", "公务用车购置及运行维护费", cars),
            amount("receptions", "公务接待费", spent - abroad - cars),
            judged("goals", "绩效目标合理性", 2 * draw.of((1, 2, 3, 3, 3))),
            judged("targets", "绩效指标明确性", 2 * draw.of((1, 2, 3, 3, 3))),
            judged("rules", "管理制度健全性", 2 * draw.of((5, 6, 8, 8, 8))),
            judged("compliance", "资金使用合规性", 2 * draw.of((2, 4, 6, 6, 6))),
            judged("disclosure", "预决算信息公开", 2 * draw.of((2, 3, 5, 5, 5))),
            judged("benefit", "履职效益", draw.between(6, 12)),
            judged("administration", "行政效能", draw.between(6, 12)),
            judged("sangong_judged", "“三公经费”控制率", np.where(this == 0, draw.between(0, 16), none)),
            judged("satisfied_judged", "社会公众满意度", np.where(rate == none, draw.between(4, 12), none)),
        ),
    )

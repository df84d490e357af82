"""Indicators about tables of rows: every aggregate and clause, computed columns, rows scored and judged one by one."""

from __future__ import annotations

from fractions import Fraction

from tests.strategies.whole.filling import amount, choice, day, flag
from tests.strategies.whole.pieces import Declared, Drawn, Piece, Table

_F = Fraction


def roads(d: Drawn) -> Table:
    """A table with a column of every kind."""
    name = d.name("项目")
    columns = (
        Declared("名称", "‹文字›", ("东街", "西街", "南街", "“A 段”")),
        choice("类型", ("新建", "改造")),
        amount("里程", [1, 2], "公里，> 0"),
        amount("投资", [0, 150], "万元，≥ 0"),
        flag("完工"),
        day("开工日"),
    )
    formulas = (f"{name}.单价 = 投资 / 里程", f"{name}.补助 = 类型：新建 -> 30 万元；改造 -> 10 万元")
    return Table(name, columns, formulas)


def aggregates(d: Drawn) -> Piece:
    """One aggregate with its clauses as the score; laws between aggregates as formulas that hold."""
    t = roads(d)
    full = d.whole(2, 10)
    where = d.pick("", "，‹其中› 完工", "，‹其中› 类型 = 改造 ‹且› 里程 ≥ 1 公里", "，‹其中› 开工日 ≥ 2020-01-01")
    clause = d.pick("", "，‹就高› = 类型", "，‹取前› = 2", "，‹去最高› = 1", "，‹去最低› = 1，‹去最高› = 1")
    function = d.pick("‹合计›", "‹平均›", "‹中位数›", "‹最大›", "‹最小›")
    weight = d.pick("", "，‹权› = 里程", "，‹权› = 里程，‹去最低› = 1，‹计量› = 里程") if function == "‹平均›" else ""
    value = d.name("汇总值")
    rule = [
        f"{value} = {function}（{t.name}：投资{where}{weight or clause}）",
        "‹缺失› -> 0",
        f"≥ 150 万元 -> {full}；≥ 10 万元 -> 1；‹否则› -> 0",
    ]
    all_of, some = f"‹合计›（{t.name}：投资", f"‹个数›（{t.name}"
    mean, least, most = (f"{f}（{t.name}：投资）" for f in ("‹平均›", "‹最小›", "‹最大›"))
    middle = f"‹中位数›（{t.name}：投资）"
    truths = {
        "真分": f"{all_of}，‹其中› 完工） + {all_of}，‹其中› ‹非› 完工） = {all_of}）",
        "真数": f"{some}，‹其中› 完工） ≤ {some}）",
        "真均": f"{least} ≤ {mean} ‹且› {mean} ≤ {most}",
        "真中": f"{least} ≤ {middle} ‹且› {middle} ≤ {most}",
        "真常": f"‹中位数›（{t.name}：2） = 2 ‹且› ‹平均›（{t.name}：2） = 2 ‹且› ‹最大›（{t.name}：2） = 2",
        "真权": f"‹平均›（{t.name}：投资，‹权› = 1） = {mean}",
        "真总": f"{mean} × {some}） = {all_of}）",
        "真全": f"‹全部›（{t.name}：完工） = （{some}，‹其中› 完工） = {some}））",
        "真任": f"‹任一›（{t.name}：完工） = （{some}，‹其中› 完工） > 0）",
        "真取": f"{all_of}，‹取前› = 2） ≤ {all_of}）",
        "真去": f"{all_of}，‹去最高› = 1） ≤ {all_of}，‹去最低› = 1）",
    }
    named = {d.name(k): v for k, v in truths.items()}
    blocks = (rule, *([f"{k} = {v}"] for k, v in named.items()))
    uses = {
        f"aggregate {function}",
        *(w.split("›")[0].strip("，‹") for w in (where, clause, weight) if w),
        "table of rows",
    }
    return Piece(d.name("工程"), _F(full), blocks, tables=(t,), truths=tuple(named), uses=frozenset(uses))


def computed_columns(d: Drawn) -> Piece:
    """Formulas of rows used in an aggregate, and a list of names."""
    t = roads(d)
    full = d.whole(1, 8)
    most = d.name("最高价")
    listed = d.name("名单")
    rule = [f"{most} = ‹最大›（{t.name}：单价）", "‹缺失› -> ‹人工评定›", f"≤ 150 万元/公里 -> {full}；‹否则› -> 0"]
    blocks = (
        rule,
        [f"{listed} = ‹列出›（{t.name}：名称，‹其中› 补助 > 10 万元）"],
        [f"{d.name('总补')} = ‹合计›（{t.name}：补助）"],
    )
    uses = frozenset({"row formula", "list of names"})
    return Piece(d.name("造价"), _F(full), blocks, tables=(t,), judged=("0", str(full)), uses=uses)


def row_by_row(d: Drawn) -> Piece:
    """The rules of an indicator for each row, the full marks in a column, signs of comparison as data."""
    name = d.name("指标")
    full = d.whole(5, 30)
    columns = [
        Declared("说法", "‹文字›", ("数量", "质量", "时效")),
        amount("目标值", [5, 10], "‹数›，> 0"),
        amount("完成值", [5, 10], "‹数›，≥ 0"),
        Declared("性质", "‹比较号›", ("≥", "≤", "=", ">", "<", "大于等于", "等于")),
        amount("分值", [5], "‹分›，> 0"),
        Declared("安排", "‹是否›，‹缺失› = ‹是›", ("是", "否")),
    ]
    test = "‹达标›（完成值，性质，目标值）"
    uses = {"row by row", "comparator"}
    only = d.pick("", "，‹仅当› 安排")
    way = d.pick("part", "ratio", "judged", "step")
    if way == "judged":
        columns.append(Declared("评分", "‹评定列›", ("0", "1", "2.5", "99")))
        rules = [f"‹若› {test} -> ‹人工评定›；‹否则› -> 0"]
        uses.add("judged row")
    elif way == "ratio":
        rules = [f"‹若› {test} -> ‹满分›；‹否则› -> ‹满分› × 完成值 / 目标值"]
    elif way == "step":
        rules = ["完成值：≥ 目标值 -> ‹满分›", "‹每低于› 1 ‹扣› 0.5 ‹分›（‹进档›）"]
    else:
        rules = [f"‹若› {test} -> ‹满分›；‹否则› -> ‹满分› × 50%"]
    lines = [f"‹逐行›：{name}{only}，‹满分› = 分值", *rules, "‹扣完为止›", "‹满分为止›"]
    return Piece(d.name("目标"), _F(full), (lines,), tables=(Table(name, tuple(columns)),), uses=frozenset(uses))


def two_tables(d: Drawn) -> Piece:
    """A row of one table looks for its own rows in another."""
    outer, inner = d.name("要素"), d.name("考评项")
    full = 100
    names = ("甲", "乙")
    one = Table(
        outer,
        (Declared("名称", "‹文字›", names), amount("权重", [_F(1, 2)], "‹数›，0 ‹至› 1")),
        (
            f"{outer}.应得 = ‹合计›（{inner}：标准分，‹其中› 所属 = {outer}.名称 ‹且› ‹非› 缺项）",
            f"{outer}.实得 = ‹合计›（{inner}：得数，‹其中› 所属 = {outer}.名称 ‹且› ‹非› 缺项）",
            f"{outer}.折算分 = 应得：> 0 -> 实得 / 应得 × 100；‹否则› -> 0",
        ),
    )
    two = Table(
        inner,
        (
            Declared("所属", "‹文字›", (*names, "丙")),
            amount("标准分", [10], "‹分›，> 0"),
            amount("扣分", [10], "‹分›，≥ 0，‹缺失› = 0"),
            flag("缺项"),
        ),
        (f"{inner}.得数 = 标准分 - 扣分，‹扣完为止›",),
    )
    lines = [f"‹得分› = ‹合计›（{outer}：权重 × 折算分），‹满分为止›"]
    return Piece(d.name("评审"), _F(full), (lines,), tables=(one, two), uses=frozenset({"two tables"}))


FAMILIES = (aggregates, computed_columns, row_by_row, two_tables)

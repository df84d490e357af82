"""The style by example: what is typed, and what a careful writer would have typed. Both sides are written by hand."""

from __future__ import annotations

import attrs
import pytest

from rubriclang.formatter import UnfaithfulError, format_source
from rubriclang.formatter.layout import laid_out
from rubriclang.source import Source, Span
from rubriclang.syntax import nodes as n

HEAD = "# 例（10分）\n## 甲（10分）\n"
ENGLISH = "# Example (10 points)\n## one (10 points)\n"


def formatted(text: str) -> str:
    found = format_source(Source("<text>", text))
    assert found.text is not None, [d.message("en") for d in found.diagnostics]
    return found.text


LINES = [
    # marks
    ("比率＝甲÷乙", "比率 = 甲 / 乙"),
    ("比率=(甲-乙)/(丙+丁)", "比率 = （甲 - 乙）/（丙 + 丁）"),
    ("比率 = 2*( 甲+1 )^2-1", "比率 = 2 ×（甲 + 1）^ 2 - 1"),
    ("比率 = -甲 - -5%", "比率 = -甲 - -5%"),
    ("≦100% -》 5。 否则 → 0;", "≤ 100% -> 5；否则 -> 0"),
    ("甲:<>3=>满分;!=4->0", "甲：≠ 3 -> 满分；≠ 4 -> 0"),
    ("若 (甲 或 乙)且 非 (丙) ->5", "若 （甲 或 乙） 且 非 （丙） -> 5"),
    ("若 缺失(甲)->0", "若 缺失（甲） -> 0"),
    ("甲:一等|二等 , 若 乙->8", "甲：一等、二等，若 乙 -> 8"),
    ("0(不含)至10%( 含 )->4", "0（不含）至 10%（含） -> 4"),
    ("5% ～ 10%(不含)->4", "5%~10%（不含） -> 4"),
    ("合计(项目:投资,其中 按期完工)=3->5", None),
    # the writer's words
    ("不超过5% ->满分", "不超过 5% -> 满分"),
    ("≤5%,计5分", "≤ 5%，计 5 分"),
    ("≤5%得5分", "≤ 5% 得 5 分"),
    (">30%,不得分", "> 30%，不得分"),
    (">30%不得分", "> 30% 不得分"),
    ("每超过一个百分点扣0.5分(整档),扣完为止", "每超过一个百分点 扣 0.5 分（整档），扣完为止"),
    ("每 高于1%扣1分（进档）", "每高于 1% 扣 1 分（进档）"),
    ("超期:每1件扣0.5分,最多扣3分", "超期：每 1 件 扣 0.5 分，最多扣 3 分"),
    ("采用:每篇得0.5分", "采用：每篇 得 0.5 分"),
    ("差错:每发现1个扣0.5分", "差错：每发现 1 个 扣 0.5 分"),
    ("差错:每发现一处，扣1分,本项扣完为止", "差错：每发现一处，扣 1 分，本项扣完为止"),
    ("采用:每篇,计0.5分", "采用：每篇，计 0.5 分"),
    ("人工评定:6~10", "人工评定：6~10"),
    ("人工评定：6到10", "人工评定：6 到 10"),
    # units
    ("甲:≤3万元 / 人->5", "甲：≤ 3 万元/人 -> 5"),
    ("人均 = 5 万元/在职人员", "人均 = 5 万元 / 在职人员"),
    ("报送日 ≤ 2019 年 6 月 30 日 -> 5", None),
    ("若 报送日≤2019 年 6 月 30 日->5", "若 报送日 ≤ 2019年6月30日 -> 5"),
    # names and texts are copied
    ("【Ａ （级）】=“Ａ  级”", "【Ａ （级）】 = “Ａ  级”"),
    ("标准:  甲;乙,丙:≤5%->5  // 不是注释 ", "标准：甲;乙,丙:≤5%->5  // 不是注释"),
    # overrides, rounding, limits
    ("调整:甲>9->等次≤中", "调整：甲 > 9 -> 等次 ≤ 中"),
    ("否决:甲->总分≤59,等次=差", "否决：甲 -> 总分 ≤ 59，等次 = 差"),
    ("保留2位小数,四舍五入", "保留 2 位小数，四舍五入"),
    ("得分=四舍五入(甲,2)", "得分 = 四舍五入（甲，2）"),
    ("逐行:项目,仅当 甲,满分=分值", "逐行：项目，仅当 甲，满分 = 分值"),
]


@pytest.mark.parametrize(("typed", "wanted"), [(typed, wanted) for typed, wanted in LINES if wanted])
def test_a_line_of_an_indicator(typed: str, wanted: str) -> None:
    assert formatted(f"{HEAD}{typed}\n") == f"{HEAD}{wanted}\n"


@pytest.mark.parametrize("typed", [typed for typed, wanted in LINES if wanted is None])
def test_a_line_with_an_error_leaves_the_text_alone(typed: str) -> None:
    found = format_source(Source("<text>", f"{HEAD}{typed}\n"))
    assert found.text is None
    assert found.diagnostics


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("ratio=(a-b)/c", "ratio = (a - b) / c"),
        ("ratio：≤5%->Full；ELSE->0", "ratio: <= 5% -> full; else -> 0"),
        ("IF a  AND NOT(b)->5", "if a and not (b) -> 5"),
        ("each over 1% deducts 0.5 points(begun  steps)", "each over 1% deducts 0.5 points (begun steps)"),
        ("x=any(parts:points=3,where a>1)", "x = any(parts: points = 3, where a > 1)"),
        ("0(exclusive)to 10%（inclusive）->4", "0 (exclusive) to 10% (inclusive) -> 4"),
        ("Not Applicable：NOT built->full", "not applicable: not built -> full"),
        ("x = round_of × 2", "x = round_of * 2"),
    ],
)
def test_a_line_of_an_english_rubric(typed: str, wanted: str) -> None:
    assert formatted(f"{ENGLISH}{typed}\n") == f"{ENGLISH}{wanted}\n"


def test_one_language_decides_for_the_whole_file() -> None:
    """One English line in a Chinese rubric keeps its words and gets the marks of the others."""
    text = f"{HEAD}if a, deducts 2\n甲：≥ 1 -> 5；否则 -> 0\n"
    assert formatted(text) == f"{HEAD}if a，deducts 2\n甲：≥ 1 -> 5；否则 -> 0\n"


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("＃　标点与名称（１４分）", "# 标点与名称（14分）"),
        ("#标题(甲,乙)( 100 分 )", "# 标题(甲,乙)（100分）"),
        ("# 一、投入（60分,权重30%）", "# 一、投入（60分，权重 30%）"),
        ("# 加分(加分,最多加10分)", "# 加分（加分，最多加 10 分）"),
        ("# Review(20 points,weight 30%)", "# Review（20 points，weight 30%）"),
    ],
)
def test_a_heading(typed: str, wanted: str) -> None:
    rest = "说明：某\n标准：某\n来源：某\n"
    assert formatted(f"{typed}\n{rest}") == f"{wanted}\n{rest}"


def test_blank_lines() -> None:
    typed = """

# 例（30分）

依据：某
数据：

- 甲：数


- 乙：数
// 下面是公式
和 = 甲 + 乙
## 一（30分）

### 二（10分）；人工评定
### 三（10分）；人工评定

### 四（10分）
清单：

- 10分 好
扣完为止
# 结果
等次：≥ 5 -> 优；否则 -> 差
测试 一：
- 总分 = 1
// 第二个
测试 二：
- 总分 = 2


"""
    assert (
        formatted(typed)
        == """\
# 例（30分）
依据：某

数据：
- 甲：数

- 乙：数

// 下面是公式
和 = 甲 + 乙

## 一（30分）
### 二（10分）；人工评定
### 三（10分）；人工评定

### 四（10分）
清单：
- 10分 好
扣完为止

# 结果
等次：≥ 5 -> 优；否则 -> 差

测试 一：
- 总分 = 1

// 第二个
测试 二：
- 总分 = 2
"""
    )


def test_a_heading_that_goes_up_a_level_is_parted() -> None:
    above, below = "# 例（20分）\n## 一（10分）\n### 二（10分）；人工评定\n", "## 三（10分）；人工评定\n"
    assert formatted(above + below) == f"{above}\n{below}"


def test_the_first_heading_is_parted_from_the_lines_of_the_title() -> None:
    above, below = "# 例（20分）\n依据：某\n", "## 一（10分）；人工评定\n## 二（10分）；人工评定\n"
    assert formatted(above + below) == f"{above}\n{below}"


def test_a_test_is_parted_from_an_indicator_of_one_line() -> None:
    """An edition takes an indicator out in one line; the test below it is about the whole."""
    test = "测试 一：\n- 总分 = 1\n"
    assert formatted(f"# 例（20分）\n沿用：a.rubric\n## 一（删去）\n{test}") == (
        f"# 例（20分）\n沿用：a.rubric\n\n## 一（删去）\n\n{test}"
    )
    assert formatted(f"# 例（20分）\n# 结果\n\n{test}") == f"# 例（20分）\n# 结果\n{test}"


def test_items_and_heads_stand_alone() -> None:
    typed = "# 例（10分）；数据：- 甲：数;- 乙：%// 一行\n## 甲（10分）。人工评定;说明：好；扣完为止\n"
    assert formatted(typed) == (
        "# 例（10分）\n数据：\n- 甲：数\n- 乙：%  // 一行\n\n## 甲（10分）；人工评定；说明：好；扣完为止\n"
    )


def test_a_text_behind_a_semicolon_does_not_swallow_what_follows() -> None:
    """At the start of a line it would run to the end, and take the next sentence and the comment in."""
    assert formatted(f"{HEAD}；说明：好；扣完为止 // 注\n") == f"{HEAD}说明：好\n扣完为止  // 注\n"
    assert formatted(f"{HEAD}；说明：好 // 注\n") == f"{HEAD}// 注\n说明：好\n"


def test_comments_at_line_ends_stand_in_a_column() -> None:
    long = "、".join(["某个很长的选项"] * 6)
    items = "- 甲：数 // 一\n- 乙丙：数\n- 丁：万元，≥0// 二\n"
    typed = f"# 例（10分）\n数据：\n{items}- 戊：{long}//三\n\n- 己：数   // 四\n"
    assert formatted(typed) == (
        "# 例（10分）\n数据：\n"
        "- 甲：数         // 一\n"  # 2 + 2 + 2 + 2 columns, padded to the 15 of 丁, and two
        "- 乙丙：数\n"
        "- 丁：万元，≥ 0  // 二\n"
        f"- 戊：{long}  //三\n"
        "\n"
        "- 己：数  // 四\n"
    )


def test_a_table_stands_in_columns() -> None:
    typed = "| 完成率\\类型 |基建|其他|\n// 中间\n|:--|--:|---|\n|≥90%|10|—|\n\n| 否则 | 0 |  |\n"
    assert formatted(HEAD + typed) == HEAD + (
        "| 完成率＼类型 | 基建 | 其他 |\n"  # 12 columns of text
        "|:-------------|-----:|------|\n"
        "// 中间\n"
        "| ≥ 90%        |   10 | -    |\n"
        "| 否则         |    0 | -    |\n"
    )


def test_facts_in_a_table_are_copied() -> None:
    """An empty cell is a fact that is not given, and a text keeps its marks."""
    typed = "测试 某：\n-已知 项目:\n\n|名称|投资|\n|东桥(一期),北|12万元|\n| - ||\n- 总分=5\n"
    assert formatted(f"{HEAD}人工评定\n{typed}") == f"{HEAD}人工评定\n\n" + (
        "测试 某：\n"
        "- 已知 项目：\n"
        "| 名称          | 投资   |\n"
        "|---------------|--------|\n"  # 东桥(一期),北 takes 13 columns
        "| 东桥(一期),北 | 12万元 |\n"
        "| -             |        |\n"
        "- 总分 = 5\n"
    )


@pytest.mark.parametrize("between", ["；\n", "\n", "", "  ； \n\n"])
def test_two_tables_stay_two(between: str) -> None:
    """A lone ``；`` parts two tables, and so does the rule under a further header; a blank line is for the reader."""
    one, other = "| 甲 | 乙 |\n|----|----|\n| 1  | 2  |\n", "| 甲 | 丙 | 丁 |\n|----|----|----|\n| 1  | 3  | 4  |\n"
    assert formatted(HEAD + one + between + other) == f"{HEAD}{one}\n{other}"


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("- 2 分制度 得到有效执行", "- 2分 制度 得到有效执行"),
        ("-1分/个 开工:甲>0,最多加5分", "- 1分/个 开工：甲 > 0，最多加 5 分"),
        ("- 扣1分/处  差错:差错", "- 扣 1 分/处 差错：差错"),
        ("- 2分其他,最多扣2分", "- 2分 其他，最多扣 2 分"),
        ("- 2分 若 差错=0", "- 2分 若 差错=0"),  # the words are shown, so they stay
        ("- 2分 若 全部(甲:乙>0),最多 2分", "- 2分 若 全部(甲:乙>0),最多 2分"),
        ("①接待 明确,1分", "① 接待 明确，1分"),
        ("① 接待明确 计1分", "① 接待明确，计1分"),
    ],
)
def test_an_item_of_a_checklist(typed: str, wanted: str) -> None:
    assert formatted(f"{HEAD}清单：\n{typed}\n") == f"{HEAD}清单：\n{wanted}\n"


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("-结转:甲+乙=丙,允差0.005万元", "- 结转：甲 + 乙 = 丙，允差 0.005 万元"),
        ("- 甲+乙=丙", "- 甲 + 乙 = 丙"),  # named by its right side
        ("- 甲+乙=丙+1,允差1", "- 甲+乙=丙+1，允差 1"),  # named by its text
    ],
)
def test_a_check(typed: str, wanted: str) -> None:
    assert formatted(f"# 例（10分）\n勾稽：\n{typed}\n") == f"# 例（10分）\n勾稽：\n{wanted}\n"


def test_places_take_no_part_in_equality_and_all_else_does() -> None:
    """The formatter's promise is an equality of trees; these are the fields that it does not look at."""
    left_out = {
        (kind.__name__, field.name)
        for kind in vars(n).values()
        if isinstance(kind, type) and attrs.has(kind)
        for field in attrs.fields(kind)
        if not field.eq and field.type not in ("Span", Span)
    }
    # ``text`` of an expectation is the line as typed; the comments and ``results_at`` are compared on their own.
    assert left_out == {("Expected", "text"), ("Tree", "comments"), ("Node", "broken"), ("Node", "results_at")}


def test_a_form_that_loses_the_results_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the results begin is no node of the tree; what stands under them is about the total."""
    text = "# 例（10分）\n说明：某\n\n# 结果\n满分为止\n"
    assert formatted(text) == text
    monkeypatch.setattr("rubriclang.formatter.canonical.laid_out", lambda rows: laid_out(rows).replace("# 结果\n", ""))
    with pytest.raises(UnfaithfulError):
        format_source(Source("<text>", text))


@pytest.mark.parametrize(("old", "new"), [("甲", "乙"), ("// 注", "//"), ("# 结果\n", "")])
def test_an_unfaithful_form_is_refused(monkeypatch: pytest.MonkeyPatch, old: str, new: str) -> None:
    text = f"{HEAD}人工评定 // 注\n# 结果\n满分为止\n"
    monkeypatch.setattr("rubriclang.formatter.canonical.laid_out", lambda rows: laid_out(rows).replace(old, new))
    with pytest.raises(UnfaithfulError):
        format_source(Source("<text>", text))

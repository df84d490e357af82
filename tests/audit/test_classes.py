"""One sentence for each class of finding; the right value worked out beside it."""

from __future__ import annotations

import pytest

from rubriclang.source import display_width
from tests.audit.audited import audited, found

CASES = (
    # 234.56/141.6 = 165.649…%
    ("率＝（234.56/141.6）×100%=161.65%。", "digit-slip", "165.65%"),
    ("控制率＝（234.56/141.6）×100%=156.65%。", "transposition", "165.65%"),
    ("控制率＝（234.56/141.6）×100%=16.56%。", "decimal-point", "165.65%"),
    ("控制率＝（234.56/141.6）×100%=1.66%。", "ratio-as-percent", "165.65%"),
    ("控制率＝（234.56/141.6）×100%=15.65%。", "missing-digit", "165.65%"),
    ("控制率＝（234.56/141.6）×100%=165.66%。", "last-digit", "165.65%"),
    # 1/3 = 33.333…%
    ("完成率=1/3×100%=33.34%。", "rounded-up", "33.33%"),
    ("控制率＝（234.56/141.6）×100%=165.67%。", "digit-slip", "165.65%"),
    # 100.04/100 = 100.04%
    ("执行率＝（100.04/100）×100%=100%。", "rounded-to-limit", "100.04%"),
    # 0.03/1000 = 0.003%
    ("变动率＝（0.03/1000）×100%=0%。", "rounded-to-limit", "0.003%"),
    # 2000/(12000-2000) = 20%; 2000/12000 = 16.67%
    ("收入完成12000.00万元，比上年增加2000.00万元，增长16.67%。", "wrong-base", "20.00%"),
    # 433 - 431 = 2
    ("支出431.00万元，比上年433.00万元增加2.00万元。", "wrong-sign", "-2.00万元"),
    # 433 - 431 = 2
    ("支出431.00万元，比上年433.00万元减少3.00万元。", "digit-slip", "2.00万元"),
    # 1238.54 + 329.54 = 1568.08
    ("总支出1586.08万元：其中基本支出1238.54万元，项目支出329.54万元。", "wrong-sum", "1568.08万元"),
    # 13 + 53 + 26 = 92
    ("投入绩效为13分，过程绩效为53分，产出绩效为26分，总得分93分。", "wrong-sum", "92分"),
    # 15.35/90 = 17.06%; turned round it would be 586.32%
    ("本年支出15.35万元，占预算数90.00万元的586.32%。", "wrong-base", "17.06%"),
    # 97156.16 - 81298.42 = 15857.74
    ("采购计划97156.16万元，实际采购81298.42万元，节约资金15875.74万元。", "transposition", "15857.74万元"),
    # 894/1803 = 49.58%
    ("共受理案件1803件（旧存240件），结案894件，结案率45.98%。", "transposition", "49.58%"),
    ("完成率=8/9×100%=88.89%。综上，完成率为98.89%。", None, ""),
    ("任务完成率=8/9×100%=88.89%。综上，任务完成率为98.89%。", "contradiction", "88.89%"),
    ("任务完成率=8/9×100%=88.89%。综上，年度任务完成率为98.89%。", "possible-contradiction", "88.89%"),
)


@pytest.mark.parametrize(("text", "kind", "right"), CASES)
def test_each_class(text: str, kind: str | None, right: str) -> None:
    got = [(one, value) for one, _, value in found(text)]
    assert got == ([] if kind is None else [(kind, right)])


# 2/3 = 66.666…%, 5/6 = 83.333…%, 8/9 = 88.888…%
ROUNDED = "甲率=2/3×100%=66.67%。乙率=8/9×100%=88.89%。"
CUT = "甲率=2/3×100%=66.66%。乙率=8/9×100%=88.88%。"


def test_cutting_is_a_finding_only_against_the_habit() -> None:
    assert found(ROUNDED) == []
    assert found(CUT) == []
    assert audited(CUT).habit.mode == "down"
    assert found(ROUNDED + "丙率=5/9×100%=55.55%。") == [("truncated", "55.55%", "55.56%")]


def test_one_cut_figure_without_a_habit_is_a_cutting_report() -> None:
    assert found("甲率=2/3×100%=66.66%。") == []


def test_a_rounded_figure_in_a_report_that_cuts_is_a_note() -> None:
    (one,) = audited(CUT + "丙率=5/9×100%=55.56%。").findings
    assert (one.kind, one.level) == ("rounded", "note")


def test_full_width_and_traditional_signs() -> None:
    assert [k for k, *_ in found("預算控制率＝（９．１６／１５２１．３９）×１００％＝０．９％。")] == ["digit-slip"]


@pytest.mark.parametrize("width", range(60, 101, 2))
def test_a_page_wrapped_anywhere_reads_the_same(width: int) -> None:
    # 2000/(12000-2000) = 20%
    body = (
        "全年各项工作按照年初确定的目标任务有序推进，资金使用规范合理，全部收支情况已经在网站上公开，接受社会监督，"
        "全年完成收入12,000.00万元，比上年同期增加2,000.00万元，同比增长23.00%，增长的原因是项目按期开工、"
        "资金按期到位，各个方面的工作都得到了有力的保障，群众的满意程度也有了比较明显的改善。"
    )
    page, columns = "", 0
    for sign in body:
        columns += display_width(sign)
        if columns > width:
            page, columns = page + "\n", display_width(sign)
        page += sign
    assert [(kind, right) for kind, _, right in found(page)] == [("digit-slip", "20.00%")]


def test_english_and_json_say_the_same() -> None:
    report = audited("控制率＝（234.56/141.6）×100%=161.65%。")
    (one,) = report.findings
    assert "165.65%" in one.message("en") and "165.65%" in one.message("zh")
    told = report.to_dict("en")
    assert told["findings"][0]["class"] == "digit-slip"
    assert told["findings"][0]["span"] == {"line": 1, "column": 25, "end_line": 1, "end_column": 32}
    assert told["claims"] == 1 and told["results"] == {"wrong": 1}

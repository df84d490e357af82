"""Published reports: the errors that were found in them by hand, and no other.

The facts come from published self-evaluations; the sentences are ours. Every right value is worked out beside it.
"""

from __future__ import annotations

import pytest

from tests.audit.audited import audited, found

# 保靖县人民政府办公室, overall spending 2019 (report of 2020-07-08).
BAOJING = """\
县级领导行政编制10名，机关行政编制29名，机关后勤服务全额拨款事业编制4名。
2019年总收入1521.39万元，其中一般公共预算拨款1271.83万元（含非税拨款0元），政府性基金拨款249.56万元，专户拨款0元。
2019年总支出1521.39万元，其中工资福利832.67万元，家庭补助21.26万元，车补42.3万元，公用经费141.6万元，专项经费483.56万元。
年初结转结余84.39万元，2019年度收入1545.97万元：其中一般公共预算1338.25万元，政府性基金192.3万元，其他收入15.42万元。
2019年总支出1568.08万元：其中基本支出1238.54万元，项目支出329.54万元。年末结转结余62.29万元。
机关运行经费234.56万元：办公费用55.73万元，其他商品和服务支出29.04万元等。
“三公经费”预算数90万元。实际支出15.35万元，其中因公出国（境）0元，公务用车8.72万元，公务接待6.63万元。
财政供养人员控制率100%，编制内在职人员控制率等于100%，控制在编制以内。
年末在职72人（其中网格中心14人，武装部4人），核定编制71个，在职人员控制率＝（72-14-4）/71×100%=76.06%≦100%，得3分；
本年度“三公经费”预算90万元，上年度预算90万元，“三公经费”变动率＝（90-90）/90×100％=0≦0，得4分。
预算完成率＝（84.39+1521.39+9.16-62.29）/（84.39+1521.39+9.16）×100%=96.14%，得5分。
本年追加9.16万元，预算控制率＝（9.16/1521.39）×100%=0.6%，得5分。
公用经费控制率＝（234.56/141.6）×100%=161.65%，得0分。
“三公经费”控制率＝（15.35/90）×100%=17.05%，得8分。
政府采购执行率＝（15.01/15）×100%=100%，得6分。
投入绩效为13分，过程绩效为53分，产出及效率绩效为26分，总得分92分。
"""


def test_the_county_office_has_four_findings_and_no_other() -> None:
    # 54/71 = 76.056…%; 234.56/141.6 = 165.649…%; 15.35/90 = 17.0555…%; 15.01/15 = 100.066…%
    assert found(BAOJING) == [
        ("possible-contradiction", "100%", "76.06%"),
        ("digit-slip", "161.65%", "165.65%"),
        ("truncated", "17.05%", "17.06%"),
        ("rounded-to-limit", "100%", "100.07%"),
    ]


def test_the_place_is_the_printed_figure() -> None:
    slip = next(one for one in audited(BAOJING).findings if one.kind == "digit-slip")
    assert slip.source.slice(slip.span) == "161.65%"
    place = slip.source.position(slip.span.start)
    line = BAOJING.splitlines()[place.line - 1]
    assert line.startswith("公用经费控制率") and line[place.column - 1 :].startswith("161.65%")


PUBLISHED = {
    # Tangxi town 2022: 30 + 30 + 29.99 = 89.99, printed 89.97; 89.974 / 89.974 = 100%, printed 0%.
    "tangxi": (
        "年度资金总额0万元，由本年财政拨款89.974万元、上年结转0万元构成。"
        "共完成预算资金89.97万元，由预算编制30万元、审计30万元、设计规划29.99万元构成。"
        "全年预算数89.974万元，全年执行数89.974万元，预算执行率0%。项目总成本90万元。",
        [
            ("wrong-sum", "0万元", "89.974万元"),
            ("wrong-sum", "89.97万元", "89.99万元"),
            ("wrong-value", "0%", "100%"),
        ],
    ),
    # Tianchang 2022: 880/880; 10 + 50 + 30 + 10 = 100.
    "tianchang": (
        "全年预算数880万元，全年执行数880万元，预算执行率100%，得10分。产出指标得50分，效益指标得30分，满意度指标得10分，"
        "资金执行得10分，总得分100分。",
        [],
    ),
    # Zhongjiang 2022: 10 + 70 + 20 + 10 = 110, printed 100.
    "zhongjiang": (
        "全年预算数20万元，全年执行数20万元，执行率100.00%。资金执行得分10分，产出指标得分70分，效益指标得分20分，"
        "满意度指标得分10分，总得分100分。",
        [("wrong-sum", "100分", "110分")],
    ),
    # Yongde 2022: 10 + 10 + 10 + 7 + 10 + 10 + 9 + 10 + 10 + 10 = 96.
    "yongde": (
        "全年预算数387664.62元，全年执行数387664.62元，执行率100%，资金执行得10分，受资助人数得10分，覆盖率得10分，"
        "到位及时率得7分，达标率得10分，减轻负担得10分，政策知晓率得9分，促进发展得10分，学生满意度得10分，"
        "家长满意度得10分，总得分96分。",
        [],
    ),
    # Langfang 2019: 37.24/43.2 = 86.2…%.
    "langfang": ("年初预算数43.2万元，全年执行数37.24万元，预算执行率86%，得9分，剩余3%尾款未付。", []),
    # Yinchuan 2021: 10 + 24 + 29 + 31 = 94 (full marks for the row that is cut), printed 98; 15 + 35 + 14.8 = 64.8.
    "yinchuan": (
        "办公成本15万元、维修成本35万元、绿化水电成本14.8万元，合计64.8万元。"
        "项目决策得10分，项目管理得24分，项目产出得29分，项目效益得31分，总得分98分。",
        [("wrong-sum", "98分", "94分")],
    ),
    # Chengan 2020: 25 × 25% = 6.25, 30 × 30% = 9, 10 × 10% = 1.
    "chengan": (
        "预算数6.84万元，执行数6.84万元，执行进度100.00%。折算得分：25×25%=6.25；30×30%=9.00；10×10%=1.00。",
        [],
    ),
    # Grade scaling: (75-61)/(82-61)×(85-71)+71 = 80.3…; (78-65)/(83-65)×(85-71)+71 = 81.1…, printed 78;
    # (100-92)/(92-88)×(100-86) = 28, printed 91.6.
    "scaling": (
        "（75-61）/（82-61）×（85-71）+71=80；（78-65）/（83-65）×（85-71）+71=78；"
        "（100−92）/（92−88）×（100−86）=91.6。",
        [("wrong-value", "78", "81"), ("wrong-value", "91.6", "28.0")],
    ),
}


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_the_listed_errors_and_no_other(name: str) -> None:
    text, expected = PUBLISHED[name]
    assert found(text) == expected


# Bulletins whose figures are right, or rounded, or whose lists are open.
RIGHT = (
    # 1070/(24627+1070) = 4.16…%; 24627/60999 = 40.37…%; 8103+16524 = 24627.
    "4月，收入累计完成24627万元，完成年初预算数60999万元的40.4%，比上年减收1070万元，下降4.2%。"
    "其中：税收收入8103万元，比上年增收1284万元，增长18.8%；非税收入16524万元，比上年减收2354万元，下降12.5%。",
    # Units mixed: 0.0766/(8.09+0.0766) = 0.938…%.
    "上划省级收入完成8.09亿元，减少766万元，负增长0.94%。",
    # Two rates, the list of parts incomplete, a hedge.
    "支出合计235.6万元，其中：办公费55.7万元、差旅费29.0万元等。累计投入约300万元，其中设备120万元、材料90万元。",
    # Overlapping groups of people.
    "共有党员100人，其中女党员40人，35岁以下50人，大专以上60人。",
    # Rounded parts: 16.4 + 15.4 + 68.3 would be 100.1.
    "全年增加值250.0亿元，其中第一产业41.0亿元、第二产业38.6亿元、第三产业170.5亿元。",
    # Growth at comparable prices says nothing about these levels.
    "按可比价格计算，国内生产总值529971亿元，同比增长6.7%。",
    "按同口径计算收入完成30161万元，同比增长14.6%，增收4376万元。",
    # The share is of a total a sentence earlier.
    "财政收入63795亿元。税收收入54932亿元，占86.1%。",
    # Dates, numbers of documents and of items, telephone numbers.
    "1.根据财绩〔2021〕17号，2022年3月15日前完成；（2）联系电话0731-85012345，第33次会议研究，2021.33万元到位。",
    # Target and result of one rate.
    "满意度目标值95%，实际98.5%，结案率97%，民事结案率95%。",
    # Saving on the budget, and on budget plus saving.
    "采购规模为32.72亿元，较采购计划节约资金5.51亿元，资金节约率达14.41%。",
    "预算20657.52万元，实际采购18391.01万元，节约财政资金2266.51万元，平均节支率为10.97%。",
)


@pytest.mark.parametrize("text", RIGHT)
def test_nothing_is_found_in_right_sentences(text: str) -> None:
    assert found(text) == []

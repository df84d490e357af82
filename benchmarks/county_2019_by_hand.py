"""The county rubric of 2019 as a careful programmer writes it in Python: whole numbers, comparisons multiplied out.

Money counts in 1/10,000 万元, areas in 1/100 square metres, the satisfied share in 1/10,000, points in tenths.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LABELS = {"一等": 80, "二等": 60, "三等": 40, "未评等": 0}


def score(f: Mapping[str, Any], j: Mapping[str, int]) -> tuple[list[int], int, str]:
    """The points of the 18 indicators in tenths, the total and the grade."""
    staff, posts = f["在职人员"] - f["编外人员"], f["核定编制"]
    a3 = 30 if staff <= posts else max(30 - (staff - posts) * 100 // posts * 3, 0)
    now, before = f["本年“三公经费”预算"], f["上年“三公经费”预算"]
    a4 = 40 if now <= before else max(40 - (now - before) * 100 // before * 4, 0)

    start, added = f["年初预算"], f["本年追加"]
    usable = f["上年结转"] + start + added
    left = f["年末结转"]
    b1 = 50 if left <= 0 else max(50 - left * 20 // usable * 20, 0)
    if added * 20 <= start:
        b2 = 50
    elif added * 10 <= start:
        b2 = 40
    elif added * 5 <= start:
        b2 = 30
    elif added * 10 <= start * 3:
        b2 = 20
    else:
        b2 = 0
    if f["新建楼堂馆所"]:
        built, allowed = f["实际建设面积"], f["批准建设面积"]
        b3 = 50 if built <= allowed else max(50 - (built - allowed) * 20 // allowed * 20, 0)
        spent, planned = f["实际投资"], f["批准概算"]
        b4 = 50 if spent <= planned else max(50 - (spent - planned) * 20 // planned * 20, 0)
    else:
        b3 = b4 = 50

    spent, planned = f["公用经费支出"], f["公用经费预算"]
    c1 = 80 if spent <= planned else max(80 - (spent - planned) * 100 // planned * 10, 0)
    spent = f["“三公经费”支出"]
    if now == 0:
        c2 = j["过程/预算管理/“三公经费”控制率"]
    else:
        c2 = 80 if spent <= now else max(80 - (spent - now) * 100 // now * 10, 0)
    bought, planned = f["政府采购金额"], f["政府采购预算"]
    percent = (bought * 200 + planned) // (planned * 2)
    c3 = max(60 - abs(percent - 100) * 10, 0)

    d1 = LABELS[f["考核等次"]]
    share = f.get("满意率")
    if share is None:
        d4 = j["产出及效率/履职效益/社会公众满意度"]
    elif share >= 9000:
        d4 = 60
    elif share >= 8000:
        d4 = 50
    elif share >= 7000:
        d4 = 40
    elif share >= 6000:
        d4 = 30
    else:
        d4 = 0

    points = [
        j["投入/目标设定/绩效目标合理性"],
        j["投入/目标设定/绩效指标明确性"],
        a3,
        a4,
        b1,
        b2,
        b3,
        b4,
        c1,
        c2,
        c3,
        j["过程/预算管理/管理制度健全性"],
        j["过程/预算管理/资金使用合规性"],
        j["过程/预算管理/预决算信息公开"],
        d1,
        j["产出及效率/履职效益/履职效益"],
        j["产出及效率/履职效益/行政效能"],
        d4,
    ]
    total = sum(points)
    grade = "优" if total >= 900 else "良" if total >= 800 else "中" if total >= 600 else "差"
    return points, total, grade

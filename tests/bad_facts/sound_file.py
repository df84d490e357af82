"""A rubric, a sound fact file for it with the points it gives, and ways to spoil the file and to read what is said."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import rubriclang

RUBRIC = """# 标准（30分）
默认：整档，扣完为止
数据：
- 年初预算：万元，> 0
- 本年追加：万元，≥ 0，又名 追加预算
- 在职人员：人，整数，≥ 0
- 核定编制：人，> 0
- 满意率：%，0% 至 100%，可缺
- 新建楼堂馆所：是否
- 实际面积：平方米，≥ 0，仅当 新建楼堂馆所
- 考核等次：一等、二等、三等
- 报送日：日期，≥ 2019-01-01
- 上年结转：万元，缺失 = 0
- 年末结转：万元
## 过程（15分）
### 预算控制率（5分）
控制率 = 本年追加 / 年初预算
≤ 5% -> 5；≤ 10% -> 4；否则 -> 0
### 在职人员控制率（5分）
控制率 = 在职人员 / 核定编制
≤ 100% -> 满分
每超过 1% 扣 1 分
### 面积（5分）
不适用：非 新建楼堂馆所 -> 满分
实际面积：≤ 1000 平方米 -> 5；否则 -> 1
## 产出（15分）
### 管理制度（5分）
清单：
- 2分 已制定管理制度
- 2分 制度得到有效执行
- 1分 档案齐全
### 满意度（4分）
满意率：≥ 90% -> 4；否则 -> 2；缺失 -> 1 至 3
### 履职（6分）；人工评定：2 至 6
## 职责（最多加 3 分）
考核等次：一等 -> 3；否则 -> 0
## 及时（最多加 1 分）
报送日：≤ 2020-03-31 -> 1；否则 -> 0
勾稽：
- 结转：上年结转 + 年初预算 = 年末结转
"""

# 追加 5 of 100 is 5 %: 5 points. 102 of 100 posts is 2 % over: 5 − 2 = 3. No building: 5. Ticks 2 + 1 = 3. 95 %: 4.
# Judged 5. 一等: 3. On time: 1. Together 5 + 3 + 5 + 3 + 4 + 5 + 3 + 1 = 29, of which 3 + 5 = 8 were judged.
LINES = """单位: 某局
数据:
  年初预算: 100
  本年追加: 5
  在职人员: 102
  核定编制: 100
  满意率: 95%
  新建楼堂馆所: 否
  考核等次: 一等
  报送日: 2020-03-31
  年末结转: 100
评定:
  管理制度: {清单: [是, 否, 是]}
  履职: 5
""".splitlines()

POINTS = {
    "预算控制率": 5,
    "在职人员控制率": 3,
    "面积": 5,
    "管理制度": 3,
    "满意度": 4,
    "履职": 5,
    "职责": 3,
    "及时": 1,
}


def score(rubric: rubriclang.Rubric, folder: Path, lines: list[str]) -> rubriclang.Outcome:
    path = folder / "facts.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return rubric.score(rubriclang.load_facts(path))


def changed(**changes: str | None) -> list[str]:
    """The lines with the values of some names replaced, or their lines dropped."""
    out = []
    for line in LINES:
        name = line.strip().partition(":")[0]
        if name not in changes:
            out.append(line)
        elif changes[name] is not None:
            out.append(f"  {name}: {changes[name]}")
    return out


def errors(outcome: rubriclang.Outcome) -> list[rubriclang.Diagnostic]:
    return [d for d in outcome.diagnostics if d.severity == "error"]


def place(diagnostic: rubriclang.Diagnostic) -> tuple[str, int]:
    """File and line of a finding."""
    assert diagnostic.source is not None and diagnostic.span is not None
    return Path(diagnostic.source.path).name, diagnostic.source.position(diagnostic.span.start).line


def between(low: int, high: int) -> tuple[Fraction, Fraction]:
    return Fraction(low), Fraction(high)


def others_keep_their_points(outcome: rubriclang.Outcome, *touched: str) -> None:
    """All other indicators keep their points."""
    assert {i.name: i.points for i in outcome if i.name not in touched} == {
        name: points for name, points in POINTS.items() if name not in touched
    }
    assert not touched or not outcome.complete
    assert (outcome.total is None) == bool(touched)

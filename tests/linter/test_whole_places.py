"""Places among units, counts and whole facts have no value between two neighbouring whole numbers."""

from __future__ import annotations

import pytest

import rubriclang

RANKED = """# 例（10分）
数据：
- 合同额：万元，≥ 0
- 甲数：{declared}
表 乙：
- 值：分，≥ 0
## 名次分（10分）
数 = {quantity}
≤ 10 -> 10
11（含）至30（含） -> 9
31（含）至50（含） -> 8
否则 -> 0
"""


def codes(quantity: str, declared: str = "个，整数，≥ 0") -> set[str]:
    return {d.code for d in rubriclang.check(RANKED.format(quantity=quantity, declared=declared))}


@pytest.mark.parametrize("ties", ["同名次", "末名次", "连续"])
def test_nothing_stands_between_two_places(ties: str) -> None:
    """Places 10 and 11 are neighbours: the points go 10, 9, 8, 0 and never up again."""
    assert "R408" not in codes(f"名次（各单位：合同额，并列 = {ties}）")


def test_a_mean_of_places_may_be_a_half() -> None:
    """Places 10 and 11 shared by two are 10.5 for both, which no band names: 10, 0, 9, 0, 8, 0."""
    assert "R408" in codes("名次（各单位：合同额，并列 = 平均）")


def test_counts_and_whole_facts() -> None:
    assert "R408" not in codes("个数（乙，其中 值 > 0）")
    assert "R408" not in codes("甲数")


def test_a_fact_with_decimals_lies_between() -> None:
    assert "R408" in codes("甲数", "个，≥ 0")

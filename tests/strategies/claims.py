"""The part 自报 as people, or nobody in their right mind, would fill it in."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

_NAMES = st.sampled_from(
    [
        *("公用经费控制率", "公用经费控制率.控制率", "控制率", "可用预算", "模板得分", "新建楼堂馆所面积控制率"),
        *("过程", "产出及效率/履职效益", "履职效益", "行政效能", "职责履行", "总分", "等次", "无", "", "/", "."),
        *("数值", "得分", "来源", "values"),
    ]
)
_ODD = ["优", "一等", "", "~", "NaN", "1/3", "１６５.６５％", "1,614.94万元", "5分", "-3", "165.65%", "1.66", "9" * 70]
_FIGURES = st.one_of(
    st.sampled_from(_ODD),
    st.decimals(-200, 200, places=2).map(str),
    st.decimals(0, 200, places=2).map(lambda number: f"{number}%"),
    st.text(max_size=5),
)


def claims() -> st.SearchStrategy[dict[str, Any]]:
    """Mappings of names to figures, to mappings, or to what has no business there."""
    inner = st.recursive(
        _FIGURES, lambda below: st.one_of(st.dictionaries(_NAMES, below, max_size=4), st.lists(below, max_size=2))
    )
    return st.dictionaries(_NAMES, inner, min_size=1, max_size=6)

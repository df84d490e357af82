"""A report's text, sign by sign in one spelling: full-width digits and marks, and the traditional characters of money.

Every sign becomes exactly one sign, so that a place in the folded text is the same place in the report.
"""

from __future__ import annotations

# Beyond U+FF01 … U+FF5E: marks that mean the same to arithmetic and to the reader of a list.
_SIGNS = {
    "　": " ",
    "\u00a0": " ",
    "\u2002": " ",
    "\u2003": " ",
    "\u2009": " ",
    "﹪": "%",
    "％": "%",
    "－": "-",
    "−": "-",
    "–": "-",
    "×": "*",
    "✕": "*",
    "∗": "*",
    "÷": "/",
    "∕": "/",
    "【": "[",
    "】": "]",
    "〔": "〔",
    "≦": "≤",
    "≧": "≥",
    "﹢": "+",
    "﹦": "=",
    "∶": ":",
    "：": ":",
    "·": "·",
}
# Only the characters that the vocabulary of calculations is written with.
_TRADITIONAL = dict(
    zip(
        "萬億長減預佔較總數計為個點產餘約過節約結轉經費購運維護業務負擔項與單獨幾極圓間據達實際執審從漲標於別構報盈虧損內類兩貨歲",
        "万亿长减预占较总数计为个点产余约过节约结转经费购运维护业务负担项与单独几极元间据达实际执审从涨标于别构报盈亏损内类两货岁",
        strict=True,
    )
)
_TABLE = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | _TRADITIONAL | _SIGNS)


def fold(text: str) -> str:
    """The text with one spelling for each sign; as long as before."""
    return text.translate(_TABLE)

"""What a question about changes can get wrong."""

from __future__ import annotations

from rubriclang.diagnostics import Kind

UNKNOWN_TARGET = Kind(
    "R680",
    "unknown-target",
    "error",
    "没有叫“{name}”的指标、公式或结果",
    "no indicator, formula or result is called '{name}'",
    "{suggestion}",
    "{suggestion}",
)
BAD_TARGET = Kind(
    "R681",
    "bad-target",
    "error",
    "看不懂目标“{text}”",
    "the target '{text}' cannot be read",
    "写成“指标=5”“总分=90”或“等次=优”",
    "write 'indicator=5', 'total=90' or 'grade=A'",
)
UNKNOWN_FACT_NAME = Kind(
    "R682",
    "unknown-fact-name",
    "error",
    "标准里没有叫“{name}”的数据",
    "the rubric has no fact called '{name}'",
    "{suggestion}",
    "{suggestion}",
)
FACT_WITHOUT_EFFECT = Kind(
    "R683",
    "fact-without-effect",
    "error",
    "“{name}”不影响“{target}”，改它没有用",
    "'{name}' does not enter '{target}'; changing it does nothing",
    "用 --by 写这些数据之一：{facts}",
    "give one of these with --by: {facts}",
)

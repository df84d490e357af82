"""Why a rubric does not become SQL."""

from __future__ import annotations

from rubriclang.diagnostics import Kind

NOT_IN_SQL = Kind(
    "R740",
    "not-in-sql",
    "error",
    "这一处写不成 SQL：{what}",
    "this cannot be said in SQL: {what}",
    "用 rubric score 计分",
    "score with 'rubric score'",
)
NUMBERS_TOO_LARGE = Kind(
    "R741",
    "sql-numbers-too-large",
    "error",
    "数据不超过 {limit} 时，不能保证 {dialect} 的整数装得下中间结果",
    "with facts up to {limit}, the integers of {dialect} are not proved to hold what is computed",
    "{suggestion}",
    "{suggestion}",
)
SAME_COLUMN = Kind(
    "R742",
    "same-sql-column",
    "error",
    "{dialect} 分不清“{first}”和“{second}”这两列",
    "{dialect} cannot tell the columns '{first}' and '{second}' apart",
    "给其中一个改名",
    "rename one of them",
)

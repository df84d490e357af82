"""Kinds of diagnostics for rubrics of several files: 沿用 and 引用."""

from __future__ import annotations

from rubriclang.diagnostics import Kind

NOTHING_TO_REPLACE = Kind(
    "R115",
    "nothing-to-remove",
    "error",
    "沿用的标准里没有“{name}”，删去不了",
    "the rubric built on has no '{name}' to remove",
)
EXTENDS_NOT_FOUND = Kind(
    "R116",
    "file-not-found",
    "error",
    "找不到文件“{path}”（只在本文件所在的文件夹和同一项目里找）",
    "no file '{path}' in the folder of this file or the project",
)
EXTENDS_ITSELF = Kind(
    "R117",
    "extends-itself",
    "error",
    "沿用绕回了自己：{chain}",
    "the rubric builds on itself: {chain}",
)
AMBIGUOUS_HEADING = Kind(
    "R121",
    "ambiguous-heading",
    "error",
    "沿用的标准里“{name}”不止一处：{places}",
    "the rubric built on has '{name}' in several places: {places}",
    "在它上面写上节的标题，例如 {example}",
    "write the heading of its section above it, as in {example}",
)
SECOND_BASE = Kind(
    "R122",
    "second-base",
    "error",
    "已经沿用了“{path}”，一套标准只能沿用一套",
    "it builds on '{path}' already; a rubric builds on one other",
    "借用公式和参数，写 引用：",
    "to borrow formulas and parameters write uses:",
)
TOO_MANY_FILES = Kind(
    "R123",
    "too-many-files",
    "error",
    "沿用和引用的文件超过 {limit} 个",
    "more than {limit} files are built on or borrowed from",
)
ELSEWHERE = Kind(
    "R124",
    "heading-elsewhere",
    "error",
    "沿用的标准里“{section}”下面没有“{name}”，它在“{place}”下面",
    "in the rubric built on, '{name}' is not a part of '{section}' but of '{place}'",
    "把它写到“{place}”下面，或写到第一个 ## 之前；新加的指标要写分值",
    "move it below '{place}', or before the first ##; a new indicator needs points",
)

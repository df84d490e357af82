"""Kinds of diagnostics for reports (R65x): what keeps a report from being written."""

from __future__ import annotations

from rubriclang.diagnostics import Kind

MISSING_EXTRA = Kind(
    "R650",
    "missing-report-library",
    "error",
    "写 {suffix} 文件要用到 {library}，还没有安装",
    "writing {suffix} files takes {library}, which is not installed",
    "运行 pip install 'rubriclang[{extra}]'",
    "run pip install 'rubriclang[{extra}]'",
)
UNKNOWN_FORMAT = Kind(
    "R651",
    "unknown-report-format",
    "error",
    "不认识的文件类型“{suffix}”",
    "unknown kind of file '{suffix}'",
    "文件名以 {known} 结尾，类型由它决定",
    "end the file name in {known}; it decides the format",
)
UNKNOWN_COLUMN = Kind(
    "R652",
    "unknown-report-column",
    "error",
    "评分表没有“{name}”这一列",
    "a score sheet has no column '{name}'",
    "可以用：{known}",
    "known columns: {known}",
)
REPEATED_COLUMN = Kind(
    "R653",
    "repeated-report-column",
    "error",
    "“{name}”这一列写了两次",
    "the column '{name}' is named twice",
    "只留一个",
    "keep one of them",
)
UNKNOWN_PLACEHOLDER = Kind(
    "R654",
    "unknown-placeholder",
    "error",
    "模板里的“{name}”不认识",
    "the template has an unknown placeholder '{name}'",
    "可以用：{known}；一个指标的写作 {{{{指标名.得分}}}}",
    "known: {known}; those of one indicator are written {{{{indicator.points}}}}",
)
BAD_TEMPLATE = Kind(
    "R655",
    "unusable-template",
    "error",
    "模板“{name}”不能用：{why}",
    "the template '{name}' cannot be used: {why}",
    "{hint}",
    "{hint}",
)
NO_CJK_FONT = Kind(
    "R656",
    "no-cjk-font",
    "error",
    "这台机器没有中文字体，PDF 里的字会变成方框，所以没有写",
    "this machine has no Chinese font: the PDF would show boxes, so it was not written",
    "装一种中文字体（例如 Noto Sans CJK SC），或改写成 docx、html",
    "install one (Noto Sans CJK SC, for one), or write docx or html instead",
)
NOT_WRITTEN = Kind(
    "R657",
    "report-not-written",
    "error",
    "没有写成“{name}”：{why}；{old}",
    "'{name}' was not written: {why}; {old}",
)
# R658 refused a template for several units, until a template could be filled for each; the code is not used again.

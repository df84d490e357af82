"""Kinds of diagnostics for what governs the linter itself (R44x); those of its rules stand with the rules."""

from __future__ import annotations

from rubriclang.diagnostics import Kind

UNUSED_ALLOW = Kind(
    "R440",
    "unused-allow",
    "warning",
    "“允许 {code}”没有用上：它管的地方没有这个提醒",
    "'allow {code}' is not used: nothing there gives this finding",
    "删掉这条注释，或移到要放过的那一行上面",
    "remove the comment, or move it above the line it is about",
)
ALLOW_WITHOUT_REASON = Kind(
    "R441",
    "allow-without-reason",
    "warning",
    "“允许 {code}”没有写理由",
    "'allow {code}' gives no reason",
    "写成“// 允许 {code}：为什么这样写是对的”",
    "write '// allow {code}: why it is right as it stands'",
)
ALLOW_REFUSED = Kind(
    "R442",
    "allow-refused",
    "warning",
    "“{code}”不能用注释放过：{why}",
    "'{code}' cannot be allowed by a comment: {why}",
)
BAD_SETTING = Kind(
    "R443",
    "bad-setting",
    "error",
    "设置“{key}”看不懂：{why}",
    "cannot read the setting '{key}': {why}",
)

"""Why the statements of a report cannot be audited at all; what an audit finds has classes of its own."""

from __future__ import annotations

from rubriclang.diagnostics import Kind

NO_CLAIMS = Kind(
    "R570",
    "no-claims",
    "error",
    "数据里没有“自报”，没有可以核对的",
    "the facts have no part 'claims': there is nothing to audit",
    "把报告里写的抄进数据文件：自报: {{数值: {{控制率: 161.65%}}, 得分: {{预算控制率: 5}}, 总分: 92, 等次: 优}}",
    "copy what the report states into the fact file: claims: {{values: {{…}}, points: {{…}}, total: 92, grade: …}}",
)

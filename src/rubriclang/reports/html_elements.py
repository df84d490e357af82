"""Elements of an HTML page, escaped by construction, and the style that prints it on A4 landscape."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

STYLE = """
:root{--line:#8b9099;--head:#e7e9ec;--soft:#f4f5f7;--loss:#c0504d}
*{box-sizing:border-box}
body{margin:0 auto;max-width:297mm;padding:8mm;color:#111;font:10.5pt/1.5 "Noto Sans CJK SC","Source Han Sans SC",
"Microsoft YaHei","PingFang SC","Hiragino Sans GB","WenQuanYi Micro Hei",SimSun,"宋体",sans-serif}
h1{font-size:17pt;text-align:center;margin:0 0 4mm;font-weight:600}
h2{font-size:12pt;margin:8mm 0 2mm;font-weight:600}
p{margin:1mm 0}
table{border-collapse:collapse;width:100%;table-layout:fixed}
th,td{border:1px solid var(--line);padding:1.2mm 1.6mm;vertical-align:middle;overflow-wrap:anywhere;
white-space:pre-line}
thead th{background:var(--head);font-weight:600}
.c{text-align:center}.r{text-align:right}.l{text-align:left}
.subtotal td,.total td{background:var(--soft);font-weight:600}
.result{border:1px solid var(--line);border-top:0;padding:1.6mm;font-weight:600;white-space:pre-wrap}
.notes{font-size:9pt;color:#444;margin-top:2mm}
.sign{display:flex;justify-content:space-between;gap:8mm;margin:9mm 0 4mm}
.sign span{flex:1;white-space:pre}
.chart{break-inside:avoid}
svg text{font-size:12px;fill:#111}svg rect{fill:var(--loss)}
.unit+.unit,.ranking+.unit{border-top:1px dashed var(--line);margin-top:10mm;padding-top:6mm}
a{color:#1f4e9e}
@page{size:A4 landscape;margin:12mm}
@media print{body{max-width:none;padding:0;font-size:9.5pt}thead{display:table-header-group}
td:not([rowspan]){break-inside:avoid}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.unit+.unit,.ranking+.unit{break-before:page;border:0;margin:0;padding:0}a{color:inherit;text-decoration:none}}
"""


class Markup(str):
    """Text that is markup already."""


def element(name: str, *inside: str, **attributes: object) -> Markup:
    """An element; what it contains is escaped unless an element made it."""
    written = "".join(
        f' {key.strip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    body = "".join(part if isinstance(part, Markup) else escape(part) for part in inside)
    return Markup(f"<{name}{written}>{body}</{name}>")


def joined(parts: Iterator[Markup]) -> Markup:
    """Elements one after the other, each on a line of its own."""
    return Markup("\n".join(parts))

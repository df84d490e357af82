"""The chart: a line a tool, how many fact sets a second from left to right, coloured by wrong scores. Plain SVG."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from math import ceil, floor, log10

from speed.findings import Findings, Row

WIDTH, LEFT, RIGHT, LINE, TOP = 960, 330, 220, 26, 74
RIGHT_COLOUR, WRONG_COLOUR, INK, FAINT = "#1a7f4b", "#c0392b", "#222222", "#dddddd"
FONT = "font-family=\"'Noto Sans CJK SC','Noto Sans SC','Microsoft YaHei','PingFang SC',sans-serif\""


def _text(x: float, y: float, said: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{INK}" {more}>{escape(said)}</text>'


def verdict(row: Row) -> str:
    """What stands to the right of a line."""
    if row.right:
        return "全对 none wrong" + (", 1/3×3 ≠ 1" if row.third is False else "")
    return f"错 {row.wrong_totals / row.judged:.1%} wrong"


def _power(exponent: int) -> str:
    return "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(digit)] for digit in str(exponent))


def _panel(rows: Iterable[Row], title: str, top: float) -> tuple[list[str], float]:
    rows = list(rows)
    low = floor(min(log10(row.rate) for row in rows))
    high = ceil(max(log10(row.rate) for row in rows))
    bottom = top + LINE * len(rows) + 8

    def place(rate: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (log10(rate) - low) / (high - low)

    drawn = [_text(24, top - 16, title, 'font-size="15" font-weight="bold"')]
    for exponent in range(low, high + 1):
        x = place(10.0**exponent)
        drawn.append(f'<line x1="{x:.1f}" y1="{top}" x2="{x:.1f}" y2="{bottom}" stroke="{FAINT}"/>')
        drawn.append(_text(x, bottom + 17, f"10{_power(exponent)}", 'font-size="12" text-anchor="middle"'))
    for number, row in enumerate(rows):
        y = top + LINE * (number + 0.5) + 4
        colour = RIGHT_COLOUR if row.right else WRONG_COLOUR
        weight = ' font-weight="bold"' if row.own else ""
        x = place(row.rate)
        drawn.append(_text(LEFT - 14, y + 4, row.title, f'font-size="13" text-anchor="end"{weight}'))
        drawn.append(f'<line x1="{LEFT}" y1="{y}" x2="{x:.1f}" y2="{y}" stroke="{colour}" stroke-width="2"/>')
        # A shape as well as a colour, for readers who do not tell the two apart.
        if row.right:
            drawn.append(f'<circle cx="{x:.1f}" cy="{y}" r="6" fill="{colour}"/>')
        else:
            drawn.append(
                f'<path d="M{x - 5:.1f} {y - 5}l10 10m0 -10l-10 10" stroke="{colour}" stroke-width="3.5" fill="none"/>'
            )
        drawn.append(_text(WIDTH - RIGHT + 22, y + 4, verdict(row), f'font-size="13" style="fill:{colour}"'))
    drawn.append(_text(place(10.0**high), bottom + 36, "每秒单位数 units a second", 'font-size="12" text-anchor="end"'))
    return drawn, bottom + 84


def chart(found: Findings) -> str:
    """The whole picture."""
    body = [
        _text(24, 30, "快慢和对错 Speed and wrong scores", 'font-size="18" font-weight="bold"'),
        _text(WIDTH - 24, 30, "● 总分全对 right   ✕ 有错的总分 wrong totals", 'font-size="12" text-anchor="end"'),
    ]
    top: float = TOP
    for rows, title in (
        (found.many, f"{found.units:,} 个单位一起算 all units at once, in memory"),
        (found.one, "一次算一个单位 one unit at a time"),
    ):
        if rows:
            drawn, top = _panel(rows, title, top + 8)
            body += drawn
    height = top - 40
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:.0f}" '
    head += f'viewBox="0 0 {WIDTH} {height:.0f}" {FONT}>'
    return "\n".join([head, f'<rect width="{WIDTH}" height="{height:.0f}" fill="white"/>', *body, "</svg>", ""])

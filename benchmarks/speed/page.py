"""The figures for people: on a terminal, and between the marks of docs/performance.md."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from speed.chart import chart
from speed.findings import FileRow, Findings, GrowthRow, Row

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE, CHART = DOCS / "performance.md", DOCS / "images" / "performance.svg"
BEGIN, END = "<!-- figures: begin (python benchmarks/run.py --write) -->", "<!-- figures: end -->"

BUSY = 2.0  # the reference loop at its slowest over its fastest, beyond which a reader is warned


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"| --- |{' ---: |' * (len(head) - 1)}"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines)


def short(value: float) -> str:
    """Three significant digits."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _named(title: str, own: bool) -> str:
    return f"**{title}**" if own else title


def _wrong(count: int, of: int) -> str:
    return "0" if count == 0 else f"{count:,} ({count / of:.1%})"


def _cells(row: Row, rate: str) -> tuple[str, ...]:
    third = "" if row.third is None else "✓" if row.third else "✗"
    return (
        _named(row.title, row.own),
        row.version,
        rate,
        short(row.ratio),
        f"{row.judged:,}",
        _wrong(row.wrong_totals, row.judged),
        _wrong(row.wrong_grades, row.judged),
        third,
        f"{row.held}/{row.cases}" if row.cases else "",
    )


def _head(rate: str, base: str) -> tuple[str, ...]:
    return (
        "做法 way",
        "版本 version",
        rate,
        f"用时比 time ÷ {base}",
        "核对 checked",
        "总分错 totals wrong",
        "等次错 grades wrong",
        "1/3×3 ≥ 1",
        "n/d×d ≥ n",
    )


def many_table(found: Findings) -> str:
    """Columns of units in memory."""
    rows = [_cells(row, short(row.rate / 1e6)) for row in found.many]
    return _table(_head("百万单位/秒 million units/s", "polars float64"), rows)


def one_table(found: Findings) -> str:
    """One fact set at a time."""
    rows = [_cells(row, short(1e6 / row.rate)) for row in found.one]
    return _table(_head("微秒/单位 µs a unit", "Python int"), rows)


def file_table(rows: Iterable[FileRow]) -> str:
    """From parquet to parquet."""
    cells = [
        (
            _named(row.title, row.own),
            row.version,
            f"{row.seconds:.2f}",
            short(row.ratio),
            f"{row.peak:,.0f}",
            "" if row.wrong_totals is None else f"{row.wrong_totals:,}",
        )
        for row in rows
    ]
    head = (
        "做法 way",
        "版本 version",
        "秒 s",
        "÷ 只读写 reading and writing",
        "内存峰值 peak MiB",
        "总分错 totals wrong",
    )
    return _table(head, cells)


def growth_table(rows: Sequence[GrowthRow], what: str) -> str:
    """A line a tool, a column a size; the same number all along a line is linear cost."""
    chosen = [row for row in rows if row.what == what]
    sizes = sorted({row.size for row in chosen})
    by_tool = {(row.title, row.size): row for row in chosen}
    lines = []
    for title in dict.fromkeys(row.title for row in chosen):
        found = [by_tool.get((title, size)) for size in sizes]
        lines.append((title, *("" if row is None else _grown(row) for row in found)))
    return _table(("做法 way", *(f"{size:,}" for size in sizes)), lines)


def _grown(row: GrowthRow) -> str:
    return short(row.micros) if row.peak is None else f"{short(row.micros)} ({row.peak:,.0f} MiB)"


def figures(found: Findings) -> str:
    """All that stands between the marks."""
    about = found.machine
    parts = [
        f"`{found.command}`: Python {about.python}, {about.cores} cores, {about.memory} GiB, {about.system}. "
        f"{found.units:,} units; the interpreter scored {found.sample:,} of them, and the whole-number arithmetic that "
        f"judges all units agreed on every one. Medians of {found.rounds} rounds; reference loop "
        f"{found.reference * 1000:.2f} ms, its slowest {found.unrest:.1f} times its fastest."
    ]
    if found.unrest > BUSY:
        parts.append(
            "机器当时很忙，比值只作大概看。The machine was busy with other work: take the ratios as rough ones."
        )
    if found.many:
        parts += [f"### {found.units:,} 个单位，在内存里 units in memory", many_table(found)]
    if found.one:
        parts += ["### 一次一个单位 one unit at a time", one_table(found)]
    if found.files:
        parts += [f"### parquet → parquet，{found.units:,} 个单位 units", file_table(found.files)]
    for what, title in (
        ("units", "微秒/单位，单位数增长时 µs a unit as units grow, in memory"),
        ("files", "微秒/单位（内存峰值），parquet → parquet µs a unit (peak memory)"),
        ("indicators", "微秒/单位和指标，指标数增长时 µs a unit and indicator as indicators grow"),
    ):
        if any(row.what == what for row in found.growth):
            parts += [f"### {title}", growth_table(found.growth, what)]
    notes = [f"- {row.title}: {row.note}" for row in (*found.many, *found.one) if row.note]
    notes += [f"- {title}: not run, {reason}" for title, reason in found.absent]
    if notes:
        parts.append("\n".join(notes))
    return "\n\n".join(parts)


def printed(found: Findings) -> str:
    """The same tables with padded columns, for a terminal."""
    return "\n".join(_padded(block) for block in figures(found).split("\n\n"))


def _width(text: str) -> int:
    return sum(2 if "⺀" <= c <= "鿿" or "！" <= c <= "～" else 1 for c in text)


def _padded(block: str) -> str:
    if not block.startswith("| "):
        return f"\n{block.replace('### ', '')}"
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in block.replace("**", "").splitlines()]
    rows = [cells[0], *cells[2:]]
    # On a terminal the long bilingual headings would make every column wide: the English half is enough.
    rows[0] = [re.sub(r"^[⺀-鿿/÷ ]+ ", "", cell) for cell in rows[0]]
    widths = [max(_width(row[number]) for row in rows) for number in range(len(rows[0]))]
    lines = []
    for row in rows:
        first = row[0] + " " * (widths[0] - _width(row[0]))
        rest = [" " * (wide - _width(cell)) + cell for wide, cell in zip(widths[1:], row[1:], strict=True)]
        lines.append("  ".join([first, *rest]).rstrip())
    return "\n".join(lines)


def write_page(found: Findings) -> None:
    """Replaces what stands between the marks of the page, and the chart; the rest of the page is written by hand."""
    text = PAGE.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{PAGE.name} has lost its marks {BEGIN} and {END}")
    PAGE.write_text(f"{before}{BEGIN}\n\n{figures(found)}\n\n{END}{after}", encoding="utf-8")
    CHART.parent.mkdir(exist_ok=True)
    CHART.write_text(chart(found), encoding="utf-8")

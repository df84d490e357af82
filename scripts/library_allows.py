"""What the rubrics of the library are allowed, and what could not be decided about them, as docs/library-allows.md.

Without the solver, so that the page is the same everywhere.

    python scripts/library_allows.py [--write]
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from unittest.mock import patch

from rubriclang.driver import check_text, read_source

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "library-allows.md"
_ALLOW = re.compile(r"//\s*(?:允许|allow)\s*(?P<code>R\d+)\s*[:：]\s*(?P<reason>.*)")
_OPEN = ("R319", "R423")


def open_rows() -> list[str]:
    """What is neither decided nor allowed; empty, or the library has findings."""
    rows: list[str] = []
    for path in sorted((ROOT / "rubrics").rglob("*.rubric")):
        name = path.relative_to(ROOT).as_posix()
        with patch("rubriclang.prover.smt.installed", lambda: False):
            found = check_text(read_source(path))
        rows += [
            f"| [{name}](../{name}) | {d.source.position(d.span.start).line} | {d.code} | {d.message('zh')} |"
            for d in found
            if d.code in _OPEN and d.source is not None and d.span is not None
        ]
    return rows


def allowed_rows() -> list[str]:
    """Every comment that allows something."""
    rows: list[str] = []
    for path in sorted((ROOT / "rubrics").rglob("*.rubric")):
        name = path.relative_to(ROOT).as_posix()
        for number, line in enumerate(read_source(path).text.split("\n"), 1):
            found = _ALLOW.search(line)
            if found is not None:
                rows.append(f"| [{name}](../{name}) | {number} | {found['code']} | {found['reason'].strip()} |")
    return rows


def page(allowed: list[str], left: list[str]) -> str:
    """The whole page."""
    head = "| 标准 · rubric | 行 · line | 代码 · code | {} |\n|---|---|---|---|\n"
    none = "（没有 · none）\n"
    return (
        "# 库里放过的和没有定论的 · What the library allows, and what is open\n\n"
        "`python scripts/library_allows.py --write` 写出这一页，有一个测试看它是不是新的。\n"
        "The command writes this page, and a test sees that it is current.\n\n"
        f"## 放过的 · Allowed: {len(allowed)}\n\n"
        "没有定论而有人看过的（R423）也在这里，理由写明凭什么。\n"
        "What was open and has been looked at by a person is among them.\n\n"
        + (head.format("理由 · reason") + "\n".join(allowed) + "\n" if allowed else none)
        + f"\n## 没有定论、也没有放过的 · Open: {len(left)}\n\n"
        + (head.format("是什么 · what") + "\n".join(left) + "\n" if left else none)
    )


def main() -> int:
    """Prints the page, or writes it."""
    if "--write" in sys.argv[1:]:
        PAGE.write_text(page(allowed_rows(), open_rows()), encoding="utf-8")
    else:
        print(page(allowed_rows(), open_rows()), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""``rubric report`` as a user calls it: files, messages, exit codes; and ``rubric explain --trace``."""

from __future__ import annotations

import contextlib
import os
import pty
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tests.cli.test_commands import FACTS, RUBRIC, TREE, run, written

from rubriclang.cli import waiting
from rubriclang.cli.waiting import Waiting

COUNTY = (RUBRIC, FACTS)


@pytest.mark.parametrize("suffix", ["xlsx", "docx", "html", "md", "MD"])
def test_the_suffix_decides(suffix: str, tmp_path: Path) -> None:
    target = tmp_path / f"表.{suffix}"
    done = run("report", *COUNTY, "-o", str(target), "--lang", "zh")
    assert (done.code, done.out) == (0, "")
    assert "写好了" in done.err
    start = {"xlsx": b"PK", "docx": b"PK", "html": b"<!doctype html>", "md": b"# 2019", "MD": b"# 2019"}[suffix]
    assert target.read_bytes().startswith(start)


@pytest.mark.parametrize("name", ["out.txt", "out", "out.xls"])
def test_an_unknown_suffix_is_a_usage_error(name: str, tmp_path: Path) -> None:
    done = run("report", *COUNTY, "-o", str(tmp_path / name), "--lang", "en")
    assert done.code == 2
    assert "R651" in done.err and ".xlsx" in done.err
    assert list(tmp_path.iterdir()) == []


def test_inputs_are_never_overwritten(tmp_path: Path) -> None:
    facts = written(tmp_path, "facts.md", "率: 95%\n")
    rubric = written(tmp_path, "rubric.html", "# 例（5分）\n")
    linked = tmp_path / "link.md"
    linked.symlink_to(facts)
    for target in (facts, rubric, str(linked)):
        done = run("report", rubric, facts, "-o", target, "--lang", "zh")
        assert done.code == 2 and "输入文件" in done.err
    assert Path(facts).read_text(encoding="utf-8") == "率: 95%\n"
    assert Path(rubric).read_text(encoding="utf-8") == "# 例（5分）\n"


def test_an_older_report_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "a.md"
    target.write_text("old")
    assert run("report", *COUNTY, "-o", str(target), "--lang", "en").code == 0
    assert target.read_text(encoding="utf-8").startswith("# 2019")


def test_something_missing_is_written_and_told(tmp_path: Path) -> None:
    rubric = written(
        tmp_path, "r.rubric", "# 例（5分）\n数据：\n- 率：%，0% 至 100%\n## 甲（5分）\n率：≥ 90% -> 5；否则 -> 0\n"
    )
    facts = written(tmp_path, "f.yaml", "单位: 甲\n数据: {}\n")
    done = run("report", rubric, facts, "-o", str(tmp_path / "a.md"), "--lang", "zh")
    assert done.code == 1
    assert "R501" in done.out
    assert "缺数据" in (tmp_path / "a.md").read_text(encoding="utf-8")


def test_several_fact_files_make_a_ranking(tmp_path: Path) -> None:
    rubric = written(
        tmp_path, "r.rubric", "# 例（5分）\n数据：\n- 率：%，0% 至 100%\n## 甲（5分）\n率：≥ 90% -> 5；否则 -> 0\n"
    )
    low = written(tmp_path, "a.yaml", "单位: 低\n数据: {率: 80%}\n")
    high = written(tmp_path, "b.yaml", "单位: 高\n数据: {率: 95%}\n")
    done = run("report", rubric, low, high, "-o", str(tmp_path / "a.md"), "--lang", "zh")
    assert done.code == 0 and "2 个单位" in done.err
    text = (tmp_path / "a.md").read_text(encoding="utf-8")
    assert text.index("| 1 | 高 | 5 |") < text.index("| 2 | 低 | 0 |") < text.index("单位：低") < text.index("单位：高")


def test_columns_and_their_mistakes(tmp_path: Path) -> None:
    target = tmp_path / "a.md"
    assert run("report", *COUNTY, "-o", str(target), "--columns", "三级指标，得分,计算过程", "--lang", "zh").code == 0
    assert "| 三级指标 | 得分 | 计算过程 |" in target.read_text(encoding="utf-8")
    assert "9.16 / 1521.39 × 100% = 0.60%" in target.read_text(encoding="utf-8")
    done = run("report", *COUNTY, "-o", str(target), "--columns", "得份", "--lang", "zh")
    assert done.code == 2 and "R652" in done.err


def test_no_chart_when_asked(tmp_path: Path) -> None:
    target = tmp_path / "a.html"
    assert run("report", *COUNTY, "-o", str(target), "--no-chart", "--lang", "zh").code == 0
    assert "<svg" not in target.read_text(encoding="utf-8")


def test_scoring_does_not_load_the_reports() -> None:
    program = (
        "import sys; from rubriclang.cli.main import cli\n"
        f"try: cli(['score', {RUBRIC!r}, {FACTS!r}, '--format', 'json'], standalone_mode=False)\n"
        "except SystemExit: pass\n"
        "print([m for m in sys.modules if m.startswith(('xlsxwriter', 'docx', 'typst', 'rubriclang.reports.'))],"
        " file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=TREE, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_a_trace(tmp_path: Path) -> None:
    done = run("explain", *COUNTY, "预算控制率", "--trace", "--lang", "zh")
    assert done.code == 0
    for words in ("控制率 = 本年追加 / 年初预算 = 916/152139", "916/152139 ≤ 0.05，适用", "#得分 = 5"):
        assert words in done.out


# ---- waiting


def test_a_bar_shows_on_a_terminal_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_PATIENCE", 0.0)
    monkeypatch.setenv("TERM", "xterm-256color")
    reader, writer = pty.openpty()
    seen: list[bytes] = []

    def watch() -> None:
        # The bar writes in several pieces, and a terminal gives its end as an error: read until then.
        with contextlib.suppress(OSError):
            while piece := os.read(reader, 4096):
                seen.append(piece)

    watcher = threading.Thread(target=watch)
    watcher.start()
    with os.fdopen(writer, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        with Waiting("写表", 3) as bar:
            for done in (1, 2, 3):
                bar.step(done, 3)
        terminal.flush()
        monkeypatch.undo()
    watcher.join(timeout=30)
    os.close(reader)
    text = b"".join(seen).decode("utf-8", "replace")
    assert "写表" in text


def test_no_bar_where_nobody_looks(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(waiting, "_PATIENCE", 0.0)
    with Waiting("写表", 1) as bar:
        bar.step(1, 1)
    assert capsys.readouterr().err == ""

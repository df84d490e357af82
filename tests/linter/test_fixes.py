"""Fixes: what they make of a text is written out here, and each mends the example of its page."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rubriclang.cli.main import cli
from rubriclang.diagnostics import Edit
from rubriclang.diagnostics.pages import page_of
from rubriclang.driver import check_text
from rubriclang.linter.fixes import fixes
from rubriclang.linter.mending import applied, mend
from rubriclang.source import Source, Span


def mended(text: str, unsafe: bool = False) -> str:
    return mend(Source("a.rubric", text), check_text, unsafe).source.text


FACT = "# 例（5分）\n数据：\n- 满意率：%，0% 至 100%\n## 甲（5分）\n"
TABLE = [
    # old text, new text, whether it is safe
    (FACT + "满意率 ≥ 90% -> 5\n否则 -> 0\n", FACT + "满意率：≥ 90% -> 5\n否则 -> 0\n", True),
    (FACT + "满意率：≥ 90% -> \u20285；否则 -> 0\n", FACT + "满意率：≥ 90% -> 5；否则 -> 0\n", True),
    (FACT + "满意率（%）：≥ 90% -> 5；否则 -> 0\n", FACT + "满意率：≥ 90% -> 5；否则 -> 0\n", None),
    (FACT + "满意率：≥ 90% -> 5\n", FACT + "满意率：≥ 90% -> 5；否则 -> 0\n", False),
    (FACT + "满意率：≥ 90% -> 5\n≥ 80% -> 3\n", FACT + "满意率：≥ 90% -> 5\n≥ 80% -> 3\n否则 -> 0\n", False),
    (FACT + "满意卒：≥ 90% -> 5；否则 -> 0\n", FACT + "满意率：≥ 90% -> 5；否则 -> 0\n", False),
    (
        FACT.replace("数据", "默认：整档\n数据") + "满意率：≥ 90% -> 5；否则 -> 0\n",
        FACT + "满意率：≥ 90% -> 5；否则 -> 0\n",
        True,
    ),
    (FACT + "满意率：≥ 90% -> 5；否则 -> 0 // 允许 R402：旧\n", FACT + "满意率：≥ 90% -> 5；否则 -> 0\n", True),
    (
        FACT.replace("## ", "- 多余：个，≥ 0\n## ") + "满意率：≥ 90% -> 5；否则 -> 0\n",
        FACT + "满意率：≥ 90% -> 5；否则 -> 0\n",
        False,
    ),
]


@pytest.mark.parametrize(("before", "after", "safe"), TABLE)
def test_a_fix_does_what_it_says_and_an_unsafe_one_waits_to_be_asked(
    before: str, after: str, safe: bool | None
) -> None:
    if safe is None:  # no fix is known: the text stays
        assert mended(before, True) == before
        return
    assert mended(before) == (after if safe else before)
    assert mended(before, True) == after


@pytest.mark.parametrize("code", sorted(fixes()))
def test_every_fix_mends_the_example_of_its_page(code: str) -> None:
    page = page_of(code)
    assert page is not None
    ((info, text),) = page.avoid
    assert info == "rubric"
    found = [d for d in check_text(Source("a.rubric", text + "\n")) if d.code == code]
    if code in ("R003", "R008", "R110", "R208"):  # only some forms can be mended, and the example is none of them
        assert all(d.fix is None for d in found)
        return
    assert all(d.fix is not None and d.fix.zh and d.fix.en for d in found)
    left = check_text(Source("a.rubric", mended(text + "\n", True)))
    assert code not in [d.code for d in left]
    assert not [d for d in left if d.severity == "error"]


def test_a_label_is_safe_to_correct_only_where_one_option_is_nearest() -> None:
    text = "# 例（8分）\n数据：\n- 级：优秀、良好、合格\n## 甲（8分）\n级：优秀 -> 8；良妤 -> 6；否则 -> 0\n"
    assert mended(text) == text.replace("良妤", "良好")
    two = "# 例（8分）\n数据：\n- 级：一等、二等、三等\n## 甲（8分）\n级：一等 -> 8；二登 -> 6；否则 -> 0\n"
    assert mended(two) == two.replace("二登", "二等")  # 二登 is one sign from 二等 and two from the others
    doubtful = two.replace("二登", "四等")  # one sign from each
    assert mended(doubtful) == doubtful


def test_what_would_make_a_text_worse_is_not_applied() -> None:
    text = FACT + "满意率：≥ 90% -> 5；≥ 80% -> 9\n"  # 9 of 5 points: the gap can be closed, the points cannot
    assert mended(text, True) == text.replace("9\n", "9；否则 -> 0\n")
    assert mended("没有标题\n", True) == "没有标题\n"


def test_edits_are_applied_from_the_end() -> None:
    assert applied("abcdef", [Edit(Span(1, 2), "XX"), Edit(Span(4, 4), "-"), Edit(Span(5, 6), "")]) == "aXXcd-e"


# ---- the command


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, ["check", "--lang", "zh", *args])


BEFORE, AFTER, _ = TABLE[0]


def test_diff_shows_and_fix_writes(tmp_path: Path) -> None:
    file = tmp_path / "a.rubric"
    file.write_text(BEFORE, encoding="utf-8")
    shown = run("--diff", str(file))
    assert shown.exit_code == 1 and file.read_text(encoding="utf-8") == BEFORE
    lines = shown.stdout.split("\n")
    assert "-满意率 ≥ 90% -> 5" in lines and "+满意率：≥ 90% -> 5" in lines
    fixed = run("--fix", str(file))
    assert (fixed.exit_code, fixed.stdout) == (0, "") and "改了 1 处" in fixed.stderr
    assert file.read_text(encoding="utf-8") == AFTER
    assert run("--diff", str(file)).stdout == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_keeps_its_encoding_and_line_ends(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.rubric"
    file.write_bytes(BEFORE.replace("\n", "\r\n").encode(encoding))
    assert run("--fix", str(file)).exit_code == 0
    assert file.read_bytes() == AFTER.replace("\n", "\r\n").encode(encoding)


def test_a_clean_file_is_not_written(tmp_path: Path) -> None:
    file = tmp_path / "a.rubric"
    file.write_text(AFTER, encoding="utf-8")
    file.chmod(0o444)
    before = file.stat().st_mtime_ns
    assert run("--fix", "--unsafe-fixes", str(file)).exit_code == 0
    assert file.stat().st_mtime_ns == before


def test_standard_input_cannot_be_mended() -> None:
    assert CliRunner().invoke(cli, ["check", "--fix", "-"], input=BEFORE).exit_code == 2

"""The table of docs/coverage.md: what it names exists, and the rubrics it names use what it says they use."""

from __future__ import annotations

import re
from pathlib import Path

import attrs
import pytest

ROOT = Path(__file__).resolve().parents[2]
LANGUAGE = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
# The constructs of the corpus, in its order.
CONSTRUCTS = """
ratio floor0 incl wsum thresh step band cond grade lookup event opdata bcap prop round bonus check rank change dcap veto
text capfull date dup filter manual maxof na_norm avg interp submin window alln and base100 either foreach gcap hist
range asym cnt exempt mult na_fix na_full abs bench neg partial relmean split tie ext gdown lesser orgate quant twofact
cross double gmin inverse max minprice na_avg na_redis pay relfirst trim
""".split()
# Of these the corpus holds no source: what it quotes of them is tried in a constructed case.
QUOTED_ONLY = """
floor0 incl cond event prop bonus check rank date submin window and base100 either foreach gcap hist asym cnt na_fix
mult bench neg partial relmean split tie ext na_avg inverse cross twofact trim thresh
""".split()


@attrs.frozen
class Row:
    """A row of the table: what is said of one construct."""

    key: str
    said: str
    rubrics: tuple[str, ...]
    sign: str
    tests: str


def _rows() -> list[Row]:
    rows = []
    for line in (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8").splitlines():
        if not line.startswith("| ") or line.startswith(("| 编号", "| 方案")):
            continue
        cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        assert len(cells) == 6, line
        assert all(cells), f"an empty cell: {line}"
        key, name, said, rubrics, sign, tests = cells
        rows.append(Row(key if not key.isdigit() else name, said, tuple(re.findall(r"`(.*?)`", rubrics)), sign, tests))
    return rows


ROWS = _rows()


def _rules(rubric: str) -> str:
    """The rules of a rubric: without what is for people, without comments and tests."""
    text = (ROOT / "rubrics" / f"{rubric}.rubric").read_text(encoding="utf-8")
    kept, testing = [], False
    for line in text.splitlines():
        line = line.partition("//")[0].rstrip()
        if re.match(r"(依据|标准|说明|来源|basis|standard|note|source)\s*[：:]", line):
            continue
        testing = bool(re.match(r"(测试|test) ", line)) or (testing and line.startswith("-"))
        if not testing:
            kept.append(line)
    return "\n".join(kept)


def test_every_construct_of_the_corpus_has_a_row() -> None:
    keys = [row.key for row in ROWS]
    assert keys[: len(CONSTRUCTS)] == CONSTRUCTS and len(CONSTRUCTS) == 71
    assert len(set(keys)) == len(keys) and len(keys) > 71 + 20


@pytest.mark.parametrize("row", ROWS, ids=[row.key for row in ROWS])
def test_a_row_keeps_what_it_says(row: Row) -> None:
    assert bool(row.rubrics) == (row.sign != "-")
    for rubric in row.rubrics:
        assert re.search(row.sign.strip("`"), _rules(rubric)), f"{rubric} does not show {row.sign}"
    named = 0
    for case in re.findall(r"`golden/(\w+)`", row.tests):
        assert (ROOT / "tests" / "golden" / case / "input.rubric").is_file(), case
        named += 1
    for rubric, title in re.findall(r"([\w/]*)「(.*?)」", row.tests):
        if rubric:
            text = (ROOT / "rubrics" / f"{rubric}.rubric").read_text(encoding="utf-8")
            assert re.search(rf"(?m)^测试 {re.escape(title)}(：|（)", text), f"no test 「{title}」 in {rubric}"
        else:
            assert f"```rubric\n# {title}\n" in LANGUAGE, f"no example 「{title}」 in docs/language.md"
        named += 1
    assert named


@pytest.mark.parametrize("key", QUOTED_ONLY)
def test_what_is_only_quoted_is_constructed(key: str) -> None:
    (row,) = [row for row in ROWS if row.key == key]
    assert re.search(r"`golden/constructed_\w+`（\*构造\*）", row.tests)


def test_a_constructed_case_says_that_it_is_one() -> None:
    cases = sorted((ROOT / "tests" / "golden").glob("constructed_*"))
    told = "\n".join(row.tests for row in ROWS)
    assert cases
    for case in cases:
        text = (case / "input.rubric").read_text(encoding="utf-8")
        assert "构造成例，不是哪一份标准" in text and case.name in told

"""Safe fixes: keywords and signs one slip off, and bands put in order, which changes no score."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

import rubriclang
from rubriclang.driver import check_text
from rubriclang.linter.mending import mend
from rubriclang.source import Source
from tests.strategies.budget import examples

FACT = "# 例（5分）\n数据：\n- 满意率：%，0% 至 100%\n## 甲（5分）\n"
SOUND = FACT + "满意率：≥ 90% -> 5；否则 -> 0\n"


def mended(text: str, unsafe: bool = False) -> str:
    return mend(Source("a.rubric", text), check_text, unsafe).source.text


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("否则", "否责"),
        ("否则", "其他"),
        ("数据：", "数椐："),
        ("数据：", "数 据："[:1] + "剧："),
        ("；否则", "、否则"),
        ("->", "- >"),
        ("≥", "> ="),
    ],
)
def test_one_slip_is_mended_to_what_stood_there(right: str, wrong: str) -> None:
    assert mended(SOUND.replace(right, wrong, 1)) == SOUND


def test_an_option_one_sign_off() -> None:
    text = SOUND.replace("0% 至 100%", "0% 至 100%，可缺").replace("；否则", "；缺失 -> 0；否则")
    assert mended(text.replace("可缺", "可却")) == text


@pytest.mark.parametrize("word", ["一等", "否", "若则不", "数据数据"])
def test_what_may_mean_something_else_stays(word: str) -> None:
    text = SOUND.replace("否则", word)
    assert mended(text) == text
    text = SOUND.replace("数据：", f"{word}：")
    assert mended(text) == text


# ---- the order of bands

LIST = (
    FACT
    + "满意率：\n≥ 90% -> 5  // 优\n< 60% -> 0\n// 良，到 90% 为止\n≥ 80% 且 < 90% -> 4 // 良\n≥ 60% 且 < 80% -> 2\n"
)
ORDERED = (
    FACT
    + "满意率：\n≥ 90% -> 5  // 优\n// 良，到 90% 为止\n≥ 80% 且 < 90% -> 4 // 良\n≥ 60% 且 < 80% -> 2\n< 60% -> 0\n"
)


def test_comments_move_with_their_rows() -> None:
    found = [d for d in check_text(Source("a.rubric", LIST)) if d.code == "R426"]
    assert [(d.severity, d.params["row"]) for d in found] == [("hint", "< 60% -> 0")]
    assert mended(LIST) == ORDERED
    assert mended(LIST.replace("\n", "\r\n")) == ORDERED.replace("\n", "\r\n")
    assert check_text(Source("a.rubric", ORDERED)) == ()


def test_rows_on_one_line_change_places_where_no_comment_stands() -> None:
    text = FACT + "满意率：≥ 90% -> 5；< 60% -> 0；≥ 60% 且 < 90% -> 4\n"
    assert mended(text) == FACT + "满意率：≥ 90% -> 5；≥ 60% 且 < 90% -> 4；< 60% -> 0\n"
    said = text.replace("4\n", "4 // 中间\n")
    assert mended(said) == said
    assert "R426" in [d.code for d in check_text(Source("a.rubric", said))]


@pytest.mark.parametrize(
    "rows",
    [
        "≥ 90% -> 5；≥ 80% -> 4；≥ 60% -> 2；否则 -> 0",  # in order, though each holds for what is above as well
        "≥ 80% -> 4；< 60% -> 0；≥ 60% -> 2",  # the last holds for 80% too: here the order decides
        "< 60% -> 0；≥ 60% 且 < 80% -> 2；≥ 80% -> 5",  # rising is an order
        "= 100% -> 5；否则 -> 0",
    ],
)
def test_where_order_decides_or_is_one_nothing_is_moved(rows: str) -> None:
    text = f"{FACT}满意率：{rows}\n"
    assert "R426" not in [d.code for d in check_text(Source("a.rubric", text))]
    assert mended(text) == text


@st.composite
def shuffled(draw: st.DrawFn) -> str:
    """Disjoint bands over 0 to 100 in any order, on one line or several, with comments or not, and perhaps a rest."""
    edges = sorted(draw(st.sets(st.integers(1, 99), min_size=2, max_size=5)))
    closed = draw(st.booleans())
    low, high = ("≥", "<") if closed else (">", "≤")
    ends = [None, *edges, None]
    rows = []
    best = draw(st.integers(0, len(edges)))
    for number, (a, b) in enumerate(pairwise(ends)):
        tests = ([f"{low} {a}%"] if a is not None else []) + ([f"{high} {b}%"] if b is not None else [])
        points = 5 if number == best else draw(st.integers(0, 5))
        note = draw(st.sampled_from(["", f" // 第{number}档"]))
        rows.append(f"{' 且 '.join(tests)} -> {points}{note}")
    rows = draw(st.permutations(rows))
    if draw(st.booleans()):
        rows = [*rows[:-1], "否则 -> 5"]
    apart = "\n" if any("//" in row for row in rows) else draw(st.sampled_from(["\n", "；"]))
    return f"{FACT}满意率：{'' if apart == '；' else apart}{apart.join(rows)}\n"


@given(text=shuffled(), values=st.lists(st.fractions(0, 100, max_denominator=8), min_size=3, max_size=3))
@examples(2)
def test_a_list_put_in_order_scores_the_same(text: str, values: list[Fraction]) -> None:
    after = mended(text)
    assert sorted(after.split("\n")) == sorted(text.split("\n")) or "；" in text
    assert "R426" not in [d.code for d in check_text(Source("a.rubric", after))]
    old, new = rubriclang.loads(text), rubriclang.loads(after)
    edges = [Fraction(part) for part in after.replace("%", " ").replace("；", " ").split() if part.isdigit()]
    for value in [*values, *edges]:
        facts = {"满意率": f"{value}%" if value.denominator == 1 else f"{float(value)}%"}
        before, now = old.score(facts), new.score(facts)
        assert before["甲"].points == now["甲"].points
        assert before["甲"].band == now["甲"].band

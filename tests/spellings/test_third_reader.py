"""What a clerk typed who had read the README and the language's manual only: read as meant, or told what to type."""

from __future__ import annotations

from fractions import Fraction

import pytest

import rubriclang
from rubriclang.diagnostics import Diagnostic
from rubriclang.formatter import format_source
from rubriclang.source import Source

HEAD = "# 标准（20分）\n数据：\n- 类：优、良、中、差\n- 率：%，≥ 0%\n- 位次：数，整数，≥ 1\n表 课：\n- 分数：分，≥ 0\n"


def errors_of(lines: str) -> list[Diagnostic]:
    return [d for d in rubriclang.check(f"{HEAD}## 指标（20分）\n{lines}\n") if d.severity == "error"]


def formatted(text: str) -> str:
    found = format_source(Source("x.rubric", text)).text
    assert found is not None
    return found


def hints(lines: str, lang: str = "zh") -> list[str]:
    return [d.hint("zh" if lang == "zh" else "en") for d in errors_of(lines)]


def scores(lines: str, name: str, *values: str) -> list[Fraction | None]:
    """The points of 指标 for each value, of the lines as typed; the formatted text must score the same."""
    text = f"{HEAD}## 指标（20分）\n{lines}\n"
    once = formatted(text)
    assert formatted(once) == once
    typed, tidy = (rubriclang.loads(one, "x.rubric") for one in (text, once))
    found = [typed.score({name: value})["指标"].points for value in values]
    assert [tidy.score({name: value})["指标"].points for value in values] == found
    return found


@pytest.mark.parametrize(
    ("line", "points"),
    [
        ("类：优得20分；良得2分；中不得分；差得1分", [20, 2, 0, 1]),
        ("类：优 得20分；良 得 2 分；中 不得分；差 得1分", [20, 2, 0, 1]),
        ("类：优加20分；良 加 2 分；其余不加分", [20, 2, 0, 0]),
        ("类：优计20分；良、中得 2 分；否则得1分", [20, 2, 2, 1]),
        ("类：优得20；良得0.5分；中 不加分；其余得1.25", [20, Fraction(1, 2), 0, Fraction(5, 4)]),
        ("类：优得20分\n良得10分；中、差不加分", [20, 10, 0, 0]),
        ("类：优 -> 20；其余 不加分", [20, 0, 0, 0]),
    ],
)
def test_a_choice_and_its_points_need_no_arrow(line: str, points: list[Fraction | int]) -> None:
    assert scores(line, "类", "优", "良", "中", "差") == points


def test_what_ends_like_points_stays_a_name_in_brackets_and_before_an_arrow() -> None:
    head = "# 标准（5分）\n数据：\n- 类：心得、不加分、其他\n## 指标（5分）\n"
    text = f"{head}类：心得 -> 5；【不加分】 -> 3；否则 -> 1\n"
    rubric = rubriclang.loads(text, "x.rubric")
    assert [rubric.score({"类": one}).total for one in ("心得", "不加分", "其他")] == [5, 3, 1]


@pytest.mark.parametrize(
    ("line", "zh", "en"),
    [
        ("类：优 -> 20；差扣2分", "写“差 -> -2”；从满分里扣的，写“差 -> 扣 2”", "'差 -> -2', or '差 -> deducts 2'"),
        ("类：优 -> 20；差 扣2分", "写“差 -> -2”；从满分里扣的，写“差 -> 扣 2”", "'差 -> -2', or '差 -> deducts 2'"),
        ("类：优 -> 20；差倒扣0.5分", "写“差 -> -0.5”", "write '差 -> -0.5'"),
        ("类：优 -> 20；差 -2", "写“差 -> -2”", "write '差 -> -2'"),
        ("类：优 +20；否则 -> 0", "类别和分之间写“->”：优 -> 20", "points: 优 -> 20"),
        ("率大于等于3% 得20分；否则 -> 0", "率 大于等于 3%", "率 大于等于 3%"),
        ("位次：前 10 位 -> 20；否则 -> 0", "≤ 10 -> …", "<= 10 -> …"),
        ("位次：前10位 -> 20；否则 -> 0", "≤ 10 -> …", "<= 10 -> …"),
        ("位次：1~30 -> 20；否则 -> 0", "1（含）至 30（含）", "1 (inclusive) to 30 (inclusive)"),
        ("位次：1~30 -> 20；否则 -> 0", "名次从 1 起，写 ≤ 30 也一样", "<= 30 says the same"),
        ("位次：1-30 -> 20；否则 -> 0", "名次从 1 起，写 ≤ 30 也一样", "<= 30 says the same"),
        ("率：1~30% -> 20；否则 -> 0", "1%（含）至 30%（含）", "1% (inclusive) to 30% (inclusive)"),
        ("得分 = 满分 × 率", "另起一行写“满分为止”", "add a line 'not above full'"),
    ],
)
def test_the_line_is_told_what_to_type(line: str, zh: str, en: str) -> None:
    assert any(zh in hint for hint in hints(line)), hints(line)
    assert any(en in hint for hint in hints(line, "en")), hints(line, "en")


def test_no_advice_makes_another_option_of_the_verb() -> None:
    found = " ".join(hints("类：优得20分；良得2分；中不得分；差扣2分"))
    assert "得 ->" not in found and "扣 ->" not in found and "差 -> 2" not in found


@pytest.mark.parametrize("line", ["位次：每人次违规扣2分", "位次：每人次违规得2分"])
def test_a_step_that_cannot_be_read_is_not_taken_for_a_choice(line: str) -> None:
    assert [d.code for d in errors_of(line)][:1] == ["R004"]
    assert not any("每人次违规" in hint for hint in hints(line))


@pytest.mark.parametrize("comma", ["，", ",", "；"])
def test_a_band_may_follow_a_whole_band_behind_a_comma(comma: str) -> None:
    two = f"率：小于3%得20分{comma}大于等于3%得0分"
    assert scores(two, "率", "2.99%", "3%") == [20, 0]
    three = f"率：小于3%得20分{comma}3%（含）至5%（不含）得6分{comma}大于等于5%得1分"
    assert scores(three, "率", "2.99%", "3%", "4.99%", "5%") == [20, 6, 6, 1]
    commas = f"率：小于3%，得20分{comma}大于等于3%，小于5%，得6分{comma}大于等于5%，得1分"
    assert scores(commas, "率", "2.99%", "3%", "4.99%", "5%") == [20, 6, 6, 1]
    signs = f"率：< 3% -> 20{comma}≥ 3% 且 < 5% -> 6{comma}其余 -> 1"
    assert scores(signs, "率", "2.99%", "3%", "4.99%", "5%") == [20, 6, 6, 1]


def test_a_band_behind_a_condition_is_not_about_what_stands_above() -> None:
    # 率 is what the writer means on the second line; it must not become a band of 位次.
    assert [d.code for d in errors_of("位次：≤ 3 -> 20\n若 率 < 3% 得20分，≥ 5 得 0分")] == ["R003"]
    assert [d.code for d in errors_of("位次：≤ 3 -> 20；≥ 4，若 率 < 3% 得20分，≥ 5 得 0分")] == ["R003"]
    assert [d.code for d in errors_of("率：< 3% -> 20；其余 -> 0\n否决：率 > 9% -> 0，≥ 8% -> 2")] == ["R003"]
    assert errors_of("率：小于3%得20分，不超过5分") != []


def test_a_limit_behind_a_rule_of_rows_is_refused_where_it_would_do_nothing() -> None:
    row = "逐行：课{full}\n分数：≥ 10 -> 分数 × 2，{limit}；否则 -> 0\n满分为止\n扣完为止"
    found = errors_of(row.format(full="", limit="满分为止"))
    assert [d.code for d in found] == ["R316"]
    assert "另起一行写" in found[0].hint("zh") and "line of its own" in found[0].hint("en")
    assert [d.code for d in errors_of(row.format(full="", limit="最高 15 分"))] == ["R316"]
    # With 满分 of a row the limit is that of the row: 10 × 2 is 20, cut to 12.
    text = f"{HEAD}## 指标（20分）\n{row.format(full='，满分 = 12', limit='满分为止')}\n"
    assert rubriclang.loads(text, "x.rubric").score({"课": [{"分数": 10}]})["指标"].points == 12


def test_a_formula_is_not_given_to_a_test() -> None:
    rows = "半 = 率 / 2\n半：≥ 10% -> 20；否则 -> 0\n测试 一：\n"
    for name in ("半", "指标.半"):
        found = errors_of(f"{rows}- 已知 {name} = 3%")
        assert [d.code for d in found] == ["R316"]
        assert f"“{name}”是公式" in found[0].hint("zh") and "give the facts" in found[0].hint("en")
    assert "评定 指标 = …" in hints(f"{rows}- 已知 指标 = 3")[0]
    assert [d.code for d in errors_of(f"{rows}- 已知 没有 = 3")] == ["R101"]


@pytest.mark.parametrize("said", ["合格、基本合格、不合格", "人工评定"])
def test_a_grade_that_a_person_gives_is_told_its_way(said: str) -> None:
    found = hints(f"率：≥ 3% -> 20；否则 -> 0\n# 结果\n等次：{said}")
    assert len(found) == 1
    assert "- 评定等级：" in found[0] and "等次 = 评定等级" in found[0]
    text = (
        "# 标准（5分）\n数据：\n- 评定等级：合格、基本合格、不合格\n## 指标（5分）；人工评定\n# 结果\n等次 = 评定等级\n"
    )
    rubric = rubriclang.loads(text, "x.rubric")
    assert rubric.score({"评定等级": "基本合格"}, judged={"指标": 5}).grade == "基本合格"

"""What a reader who wrote an office's words is told to type, and what such a rubric then says."""

from __future__ import annotations

import pytest

import rubriclang
from rubriclang.diagnostics import Diagnostic

HEAD = "# 标准（5分）\n默认：整档\n数据：\n- 率：%，≥ 0%\n- 数：个，整数，≥ 0\n- 类：单一、复配\n- 件数：件\n"


def errors_of(text: str) -> list[Diagnostic]:
    return [d for d in rubriclang.check(text) if d.severity == "error"]


@pytest.mark.parametrize(
    ("line", "zh", "en"),
    [
        ("若 率 80%（含）至90%（不含），扣5分", "率 ≥ 80% 且 率 < 90%", "率 >= 80% and 率 < 90%"),
        ("若 率小于60%，扣2分", "“小于”前面空一格：率 小于 60%", "put a blank before '小于'"),
        ("若 率不超过60%，扣2分", "“不超过”前面空一格：率 不超过 60%", "put a blank before '不超过'"),
        ("类：单一3；复配5", "单一 -> 3", "单一 -> 3"),
        ("率：其他 -> 3", "写“否则 -> …”", "else -> …"),
        ("率：前10位 -> 3", "写“≤ 10”", "'<= 10'"),
        ("率：第1名 -> 3", "写“1 -> …”", "'1 -> …'"),
        ("率：60%以上 -> 3", "含本数写 ≥ 60%，不含写 > 60%", "≥ 60% to include it, > 60% to exclude it"),
        ("率：60%以下 -> 3", "含本数写 ≤ 60%，不含写 < 60%", "≤ 60% to include it, < 60% to exclude it"),
        ("得分 = 基本 分数", "【基本 分数】", "【基本 分数】"),
        ("默认：最高 120 分", "写在总标题下面：最高 120 分", "under the title: 最高 120 分"),
        ("得分 = 数 + 件数", "声明成同一个单位", "the same unit"),
    ],
)
def test_the_line_is_told_what_to_type(line: str, zh: str, en: str) -> None:
    found = errors_of(f"{HEAD}## 指标（5分）\n{line}\n")
    assert any(zh in d.hint("zh") for d in found), [d.hint("zh") for d in found]
    assert any(en in d.hint("en") for d in found), [d.hint("en") for d in found]


def test_a_given_name_of_two_words_is_told_its_brackets() -> None:
    text = (
        "# Review (5 points)\n## first part (5 points); judged\ntest x:\n- assessed first part = 3\n- first part = 3\n"
    )
    found = errors_of(text)
    assert [d.hint("en") for d in found] == ["a name with a blank is written 【first part】"] * 2
    fixed = text.replace("assessed first part", "assessed 【first part】").replace("- first part", "- 【first part】")
    assert [test.passed for test in rubriclang.loads(fixed, "x.rubric").run_tests()] == [True]


def test_not_applicable_comes_before_a_zero_denominator() -> None:
    text = (
        "# 标准（5分）\n数据：\n- 全部：数，≥ 0\n- 完成：数，≥ 0\n- 在建：是否\n- 面积：数，≥ 0，仅当 在建\n"
        "## 指标（5分）\n不适用：{when} -> 满分\n率 = 完成 / {below}\n≥ 1 -> 5；否则 -> 0\n{more}"
    )
    assert errors_of(text.format(when="全部 = 0", below="全部", more="")) == []
    assert errors_of(text.format(when="非 在建 或 面积 = 0", below="面积", more="")) == []
    assert [d.code for d in errors_of(text.format(when="完成 = 0", below="全部", more=""))] == ["R304"]
    # A first 不适用 that reads the formula is not kept from it by a second.
    first = text.replace("不适用", "不适用：率 > 2 -> 0\n不适用")
    assert [d.code for d in errors_of(first.format(when="全部 = 0", below="全部", more=""))] == ["R304"]
    # Another indicator that reads the formula is not kept from it.
    elsewhere = "## 别处（5分）\n若 指标.率 > 1 -> 5；否则 -> 0\n"
    found = errors_of(text.format(when="全部 = 0", below="全部", more=elsewhere).replace("5分", "10分", 1))
    assert [d.code for d in found] == ["R304"]


@pytest.mark.parametrize("exponent", ["-1", "（-1 / 2）", "-0.5", "（0 - 平方根（2））"])
def test_zero_to_a_negative_power_is_a_zero_denominator(exponent: str) -> None:
    # 0 ^ -n is 1 / 0 ^ n, whole n or not, so the same row answers.
    head = "# 标准（5分）\n数据：\n- 数：数，≥ 0\n## 指标（5分）\n"
    text = f"{head}幂 = 数 ^ {exponent}\n分母为零 -> 2\n≤ 1 -> 5；否则 -> 1\n"
    rubric = rubriclang.loads(text, "x.rubric")
    assert rubric.score({"数": 0}).total == 2
    assert rubric.score({"数": 1}).total == 5


def test_the_value_shown_does_not_hang_on_the_order_of_event_lines() -> None:
    head = "# 标准（10分）\n默认：整档，扣完为止\n数据：\n- 甲：次，整数，≥ 0\n- 乙：处，整数，≥ 0\n## 指标（10分）\n"
    lines = ("甲：每 1 次 扣 1 分", "乙：每 1 处 扣 2 分")
    items = [
        rubriclang.loads(head + "\n".join(order) + "\n", "x.rubric").score({"甲": 1, "乙": 2})["指标"]
        for order in (lines, lines[::-1])
    ]
    for item in items:
        assert item.points == 10 - 1 - 2 * 2
        assert item.value is None and item.display is None
    one = rubriclang.loads(f"{head}{lines[1]}\n", "x.rubric").score({"甲": 1, "乙": 2})["指标"]
    assert one.points == 10 - 2 * 2
    assert one.value == 2

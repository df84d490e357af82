"""The Python interface that scripts rely on."""

from __future__ import annotations

import builtins
import io
import json
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest

import rubriclang

TREE = Path(__file__).resolve().parents[1]
RUBRIC = TREE / "rubrics" / "2019_county_overall.rubric"
FACTS = TREE / "examples" / "baojing_2019.yaml"
SMALL = """# 例（20分）
数据：
- 追加：万元，≥ 0
- 年初：万元，> 0
- 人数：人，整数，≥ 0
- 新建：是否
- 等级：甲、乙
- 日期：日期

## 控制率（5分）
率 = 追加 / 年初；≤ 5% -> 5；≤ 10% -> 3；否则 -> 0
## 人员（5分）
人数：≤ 10 人 -> 5；否则 -> 0
## 建设（5分）
新建：是 -> 0；否 -> 5
## 其他（5分）
等级：甲 -> 5；乙 -> 3
若 日期 > 2019-12-31，扣 1 分，扣完为止

# 结果
等次：≥ 15 -> 优；否则 -> 差
"""
GIVEN: dict[str, Any] = {"追加": 5, "年初": 100, "人数": 10, "新建": False, "等级": "甲", "日期": "2019-12-31"}
UNJUDGED = {
    "绩效目标合理性": 3,
    "绩效指标明确性": 3,
    "管理制度健全性": 8,
    "资金使用合规性": 6,
    "预决算信息公开": 5,
    "履职效益": 6,
    "行政效能": 6,
    "社会公众满意度": 6,
}


@pytest.fixture(scope="module")
def county() -> rubriclang.Rubric:
    return rubriclang.load(RUBRIC)


@pytest.fixture(scope="module")
def outcome(county: rubriclang.Rubric) -> rubriclang.Outcome:
    return county.score(rubriclang.load_facts(FACTS))


@pytest.fixture(scope="module")
def small() -> rubriclang.Rubric:
    return rubriclang.loads(SMALL)


# ---- the documented session


def test_the_documented_session(outcome: rubriclang.Outcome) -> None:
    assert outcome.total == Fraction(92, 1)
    assert type(outcome.total) is Fraction
    assert outcome.grade == "优"
    control = outcome["预算控制率"]
    assert (control.points, control.max, control.kind) == (Fraction(5), Fraction(5), "computed")
    assert control.value == Fraction(916, 152139)
    assert control.band == "<= 5%"
    base = control.steps[0]
    assert (base.stage, base.applied, base.points) == ("base", ("<= 5%",), Fraction(5))
    assert (outcome.computed, outcome.judged) == (Fraction(49), Fraction(43))


def test_load_takes_a_text_path_too(county: rubriclang.Rubric) -> None:
    assert rubriclang.load(str(RUBRIC)) == county
    assert rubriclang.load_facts(str(FACTS)) == rubriclang.load_facts(FACTS)


def test_indicators_by_path_in_order_and_by_a_wrong_name(outcome: rubriclang.Outcome) -> None:
    assert len(list(outcome)) == len(outcome.indicators) == 18
    assert outcome["过程", "预算执行", "预算控制率"] == outcome["预算控制率"]
    assert outcome["履职效益"].path == ("产出及效率", "履职效益", "履职效益")
    with pytest.raises(KeyError):
        outcome["没有这个指标"]


def test_to_dict_is_the_json_of_the_command_line(outcome: rubriclang.Outcome) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rubriclang.cli.main", "score", str(RUBRIC), str(FACTS), "--format", "json"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONUTF8": "1", "LC_ALL": "zh_CN.UTF-8"},
    )
    printed = json.loads(done.stdout)
    made = outcome.to_dict()
    assert printed == json.loads(json.dumps(made, ensure_ascii=False))
    assert made["indicators"][0]["name"] == "绩效目标合理性"


def test_english_diagnostics_in_to_dict(outcome: rubriclang.Outcome) -> None:
    zh, en = outcome.to_dict()["diagnostics"], outcome.to_dict("en")["diagnostics"]
    assert [d["code"] for d in zh] == [d["code"] for d in en] == ["R520"]
    assert "勾稽" in zh[0]["message"] and "check" in en[0]["message"]


# ---- judged points


def facts_without_judgement(county: rubriclang.Rubric) -> dict[str, Any]:
    document = rubriclang.load_facts(FACTS).document
    parts: dict[str, Any] = {key.text: value for key, value in document.root.items}
    found: dict[str, Any] = {}
    for key, value in parts["数据"].items:
        inner = {k.text: v.text for k, v in value.items}
        found[key.text] = inner["数值"]
    return found


def test_judged_points_may_come_with_the_call(county: rubriclang.Rubric) -> None:
    facts = facts_without_judgement(county)
    alone = county.score(facts)
    assert (alone.total, alone.grade, alone.complete) == (None, None, False)
    assert alone.reachable == (Fraction(49), Fraction(92))
    assert alone["绩效目标合理性"].reason == "pending"
    assert county.score(facts, judged=UNJUDGED).total == 92
    assert county.score(facts, UNJUDGED | {"行政效能": Decimal("4.5")}).total == Fraction("90.5")
    ticked = UNJUDGED | {"绩效目标合理性": [True, False, True]}
    assert county.score(facts, ticked)["绩效目标合理性"].points == 2


def test_judged_points_of_the_call_win_over_those_of_the_file(county: rubriclang.Rubric) -> None:
    loaded = rubriclang.load_facts(FACTS)
    assert county.score(loaded, judged={"行政效能": 4}).total == 90
    assert county.score(loaded).total == 92


def test_judged_points_out_of_range_are_no_points(county: rubriclang.Rubric) -> None:
    done = county.score(rubriclang.load_facts(FACTS), judged={"行政效能": 7})
    assert done["行政效能"].points is None
    assert [d.code for d in done.diagnostics if d.severity == "error"] == ["R514"]


# ---- what may be given


@pytest.mark.parametrize(
    "five", [5, "5", "5.0", "5万元", "50000元", Decimal("5"), Decimal("5.00"), Fraction(5)], ids=repr
)
def test_numbers_may_be_int_str_decimal_or_fraction(small: rubriclang.Rubric, five: Any) -> None:
    done = small.score({**GIVEN, "追加": five})
    assert done["控制率"].value == Fraction(1, 20)
    assert done.total == 20
    assert done.diagnostics == ()


def test_a_fraction_stays_exact(small: rubriclang.Rubric) -> None:
    done = small.score({**GIVEN, "追加": Fraction(1, 3), "年初": Fraction(20, 3)})
    assert done["控制率"].value == Fraction(1, 20)
    assert small.score({**GIVEN, "追加": Fraction(5) + Fraction(1, 10**30)})["控制率"].points == 3


@pytest.mark.parametrize("no", [False, "否", "no"], ids=repr)
def test_truth_values(small: rubriclang.Rubric, no: Any) -> None:
    assert small.score({**GIVEN, "新建": no})["建设"].points == 5
    assert small.score({**GIVEN, "新建": True})["建设"].points == 0


@pytest.mark.parametrize("day", ["2020-01-01", "2020年1月1日", date(2020, 1, 1)], ids=repr)
def test_dates(small: rubriclang.Rubric, day: Any) -> None:
    assert small.score({**GIVEN, "日期": day})["其他"].points == 4


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("追加", 5.0, "R508"),
        ("追加", 0.1, "R508"),
        ("追加", float("nan"), "R508"),
        ("追加", True, "R505"),
        ("追加", "五", "R505"),
        ("追加", "5 人", "R503"),
        ("追加", -1, "R506"),
        ("追加", Decimal("NaN"), "R505"),
        ("追加", Decimal("Infinity"), "R505"),
        ("年初", 0, "R506"),
        ("人数", "10.5", "R506"),
        ("人数", Fraction(21, 2), "R506"),
        ("新建", 1, "R505"),
        ("新建", "1", "R505"),
        ("等级", "丙", "R505"),
        ("日期", "2019-02-30", "R505"),
    ],
)
def test_what_cannot_be_used_is_said_and_never_guessed(
    small: rubriclang.Rubric, name: str, value: Any, code: str
) -> None:
    done = small.score({**GIVEN, name: value})
    assert [d.code for d in done.diagnostics if d.severity == "error"] == [code]
    assert done.total is None
    assert sum(indicator.points is None for indicator in done) == 1
    assert name in next(d for d in done.diagnostics if d.code == code).message("zh")


def test_floats_count_only_when_asked_for(small: rubriclang.Rubric) -> None:
    refused = small.score({**GIVEN, "追加": 5.0})
    assert refused["控制率"].points is None
    taken = small.score({**GIVEN, "追加": 0.1, "年初": 2.0}, allow_float=True)
    assert taken["控制率"].value == Fraction(1, 20)  # 0.1 as it is written, not as binary has it
    assert taken.diagnostics == ()


def test_a_judged_float_is_refused_too(county: rubriclang.Rubric) -> None:
    done = county.score(rubriclang.load_facts(FACTS), judged={"行政效能": 5.0})
    assert done["行政效能"].points is None
    assert "R508" in [d.code for d in done.diagnostics]


def test_a_thing_that_is_no_fact_is_a_type_error(small: rubriclang.Rubric) -> None:
    with pytest.raises(TypeError):
        small.score({**GIVEN, "追加": object()})


def test_a_missing_fact_is_missing_not_zero(small: rubriclang.Rubric) -> None:
    facts = {name: value for name, value in GIVEN.items() if name != "追加"}
    for empty in (facts, {**facts, "追加": None}, {**facts, "追加": ""}):
        done = small.score(empty)
        assert (done["控制率"].points, done["控制率"].reason) == (None, "missing")
        assert done["人员"].points == 5
        assert [d.code for d in done.diagnostics] == ["R501"]
        assert done.reachable == (Fraction(15), Fraction(20))


def test_the_facts_given_are_left_as_they_were(small: rubriclang.Rubric) -> None:
    facts = dict(GIVEN)
    judged: dict[str, Any] = {}
    small.score(facts, judged)
    assert facts == GIVEN
    assert judged == {}


# ---- diagnostics and errors


def test_rubric_error_carries_the_diagnostics() -> None:
    with pytest.raises(rubriclang.RubricError) as caught:
        rubriclang.loads(SMALL.replace("≤ 10 人", "≤ 10 万元"))
    (found,) = [d for d in caught.value.diagnostics if d.code == "R201"]
    assert found.severity == "error"
    assert found.message("zh") and found.message("en") != found.message("zh")
    assert "R201" in str(caught.value)
    again = pickle.loads(pickle.dumps(caught.value))
    assert [d.code for d in again.diagnostics] == [d.code for d in caught.value.diagnostics]


def test_check_takes_a_text_or_a_path(tmp_path: Path) -> None:
    assert rubriclang.check(SMALL) == ()
    assert rubriclang.check(RUBRIC) == ()
    assert rubriclang.check(str(RUBRIC)) == ()
    wrong = SMALL.replace("≤ 10 人", "≤ 10 万元")
    assert "R201" in [d.code for d in rubriclang.check(wrong)]
    path = tmp_path / "wrong.rubric"
    path.write_bytes(wrong.encode("gb18030"))
    assert [d.to_dict()["path"] for d in rubriclang.check(path) if d.code == "R201"] == [str(path)]
    with pytest.raises(OSError):
        rubriclang.check(tmp_path / "nowhere.rubric")


def test_what_cannot_be_read_raises(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        rubriclang.load(tmp_path / "nowhere.rubric")
    with pytest.raises(OSError):
        rubriclang.load_facts(tmp_path / "nowhere.yaml")
    broken = tmp_path / "broken.yaml"
    broken.write_text("甲: [1, 2\n", encoding="utf-8")
    with pytest.raises(rubriclang.FactsError) as caught:
        rubriclang.load_facts(broken)
    assert [d.code for d in caught.value.diagnostics] == ["R509"]


def test_warnings_do_not_keep_a_rubric_from_loading() -> None:
    rubric = rubriclang.loads(SMALL.replace("- 日期：日期", "- 日期：日期\n- 多余：万元"))
    assert [d.code for d in rubric.diagnostics] == ["R401"]


# ---- values that do not change


def test_rubric_facts_and_outcome_are_frozen(county: rubriclang.Rubric, outcome: rubriclang.Outcome) -> None:
    things: list[tuple[Any, str]] = [
        (county, "program"),
        (county.program, "title"),
        (county.program.definitions[0], "expr"),
        (rubriclang.load_facts(FACTS), "document"),
        (outcome, "total"),
        (outcome["预算控制率"], "points"),
        (outcome["预算控制率"].steps[0], "points"),
        (outcome.sections[0], "points"),
        (outcome.checks[0], "holds"),
        (outcome.diagnostics[0], "params"),
    ]
    for thing, field in things:
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(thing, field, None)
        with pytest.raises((attrs.exceptions.FrozenInstanceError, AttributeError)):
            thing.something_new = 1


def test_values_of_an_outcome_do_not_reach_back_into_the_rubric(county: rubriclang.Rubric) -> None:
    loaded = rubriclang.load_facts(FACTS)
    first = county.score(loaded)
    first.to_dict()["indicators"].clear()
    first.to_dict()["values"].clear()
    assert county.score(loaded).to_dict() == first.to_dict()
    assert len(first.to_dict()["indicators"]) == 18


def test_rubrics_and_outcomes_pickle(county: rubriclang.Rubric, outcome: rubriclang.Outcome) -> None:
    rubric = pickle.loads(pickle.dumps(county))
    assert rubric == county
    assert rubric.score(rubriclang.load_facts(FACTS)) == outcome
    copy = pickle.loads(pickle.dumps(outcome))
    assert copy == outcome
    assert copy.to_dict() == outcome.to_dict()
    assert copy["公用经费控制率"].value == Fraction(1466, 885)
    facts = pickle.loads(pickle.dumps(rubriclang.load_facts(FACTS)))
    assert county.score(facts) == outcome


def test_a_pickled_rubric_scores_in_another_process(county: rubriclang.Rubric, tmp_path: Path) -> None:
    path = tmp_path / "rubric.pickle"
    path.write_bytes(pickle.dumps(county))
    program = (
        "import pickle, sys, rubriclang\n"
        "rubric = pickle.load(open(sys.argv[1], 'rb'))\n"
        "print(rubric.score(rubriclang.load_facts(sys.argv[2])).total)\n"
        "print('lark' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path), str(FACTS)], capture_output=True, check=True, text=True
    )
    assert done.stdout.split() == ["92", "False"]


def test_eight_threads_score_one_rubric_alike(county: rubriclang.Rubric, small: rubriclang.Rubric) -> None:
    loaded = rubriclang.load_facts(FACTS)
    expected = county.score(loaded).to_dict()
    others = [small.score({**GIVEN, "追加": n}).to_dict() for n in range(8)]

    def work(n: int) -> bool:
        mine = all(county.score(loaded).to_dict() == expected for _ in range(10))
        return mine and all(small.score({**GIVEN, "追加": n}).to_dict() == others[n] for _ in range(20))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(8)))


def test_eight_threads_may_load_rubrics_at_once() -> None:
    texts = [SMALL.replace("≤ 5%", f"≤ {n + 1}%") for n in range(8)]
    expected = [rubriclang.loads(text).score(GIVEN).total for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda text: rubriclang.loads(text).score(GIVEN).total, texts * 3)) == expected * 3


# ---- what costs nothing


def test_the_import_is_light() -> None:
    program = "import rubriclang, sys; print(*{m.partition('.')[0] for m in sys.modules})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    loaded = set(done.stdout.split())
    assert {"rubriclang", "attr"} <= loaded
    assert {"lark", "rich", "click", "polars", "pandas"}.isdisjoint(loaded)


def test_scoring_reads_no_file(county: rubriclang.Rubric, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = rubriclang.load_facts(FACTS)
    county.score(loaded)

    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("scoring opened a file")

    holders: list[tuple[Any, str]] = [(builtins, "open"), (io, "open"), (os, "open"), (os, "stat"), (Path, "open")]
    holders += [(Path, "read_text"), (Path, "read_bytes"), (os, "listdir"), (os, "scandir"), (os, "getenv")]
    with monkeypatch.context() as patch:
        for holder, name in holders:
            patch.setattr(holder, name, refuse)
        done = county.score(loaded)
        told = done.to_dict()
    assert told["total"] == "92"


def test_a_unit_one_rubric_declares_is_unknown_to_the_next(county: rubriclang.Rubric) -> None:
    before = county.score(rubriclang.load_facts(FACTS)).to_dict()
    area = SMALL.replace("- 追加：万元，≥ 0\n- 年初：万元，> 0", "- 追加：垧，≥ 0\n- 年初：垧，> 0")
    declared = area.replace("数据：", "计量单位：垧 = 15 亩\n\n数据：", 1)
    assert rubriclang.loads(declared).score(GIVEN).total == 20
    assert "R202" in [d.code for d in rubriclang.check(area)]
    assert county.score(rubriclang.load_facts(FACTS)).to_dict() == before


def test_tests_inside_a_rubric_can_be_run(county: rubriclang.Rubric) -> None:
    results = county.run_tests()
    assert [result.passed for result in results] == [True] * 4
    assert [result.checked for result in results] == [13, 2, 19, 17]

"""The installed command: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import combining, east_asian_width

import attrs
import pytest

TREE = Path(__file__).resolve().parents[2]
RUBRIC = "rubrics/2019_county_overall.rubric"
FACTS = "examples/baojing_2019.yaml"
GOOD = "# 例（5分）\n数据：\n- 率：%，0% 至 100%\n\n## 完成率（5分）\n率：≥ 90% -> 5；否则 -> 0\n"
WRONG = GOOD.replace("率：≥ 90%", "律：≥ 90%")
WARNED = GOOD.replace("- 率：%，0% 至 100%", "- 率：%，0% 至 100%\n- 多余：万元")
TESTED = GOOD + "\n测试 高：\n- 已知 率 = 95%\n- 总分 = 5\n"
FAILING = GOOD + "\n测试 高：\n- 已知 率 = 95%\n- 总分 = 4\n"


@attrs.frozen
class Ran:
    """What one call of the command left behind."""

    code: int
    out: str
    err: str


def run(*args: str, stdin: bytes = b"", env: dict[str, str] | None = None) -> Ran:
    """Runs the command as a user would; every call also asserts what holds for all of them."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("LC_") and k not in ("LANG", "LANGUAGE", "COLUMNS")}
    done = subprocess.run(
        [sys.executable, "-m", "rubriclang.cli.main", *args],
        input=stdin,
        capture_output=True,
        cwd=TREE,
        env={**kept, "PYTHONUTF8": "1", **(env or {})},
        timeout=60,
        check=False,
    )
    ran = Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
    assert ran.code in (0, 1, 2)
    assert "Traceback" not in ran.out + ran.err
    assert "internal error" not in ran.out + ran.err
    return ran


@cache
def ran(*args: str) -> Ran:
    """A call that several tests look at."""
    return run(*args)


def score_object(*args: str) -> dict[str, Any]:
    told = json.loads(ran("score", RUBRIC, FACTS, "--format", "json", *args).out)
    assert isinstance(told, dict)
    return told


def written(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_bytes(text.encode("utf-8"))
    return str(path)


def facts_without(folder: Path, pattern: str) -> str:
    """The example's facts with the lines that match a pattern left out."""
    lines = (TREE / FACTS).read_text(encoding="utf-8").splitlines(keepends=True)
    return written(folder, "facts.yaml", "".join(line for line in lines if not re.search(pattern, line)))


def facts_unjudged(folder: Path) -> str:
    return written(folder, "facts.yaml", (TREE / FACTS).read_text(encoding="utf-8").partition("评定:")[0])


def cells(line: str) -> int:
    """How many terminal cells a line takes; ambiguous characters take one."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in line)


# ---- score


def test_score_prints_the_total_the_grade_and_the_sections() -> None:
    done = ran("score", RUBRIC, FACTS, "--lang", "zh", "--width", "120")
    assert done.code == 0
    assert "总分：92" in done.out
    assert "等次：优" in done.out
    assert "计算得分 49，评定得分 43" in done.out
    for section, most, points in (("投入", 13, 13), ("过程", 61, 53), ("产出及效率", 26, 26)):
        assert re.search(rf"│ *{section} *│ *{most} *│ *{points} *│", done.out), section


def test_score_in_english() -> None:
    done = ran("score", RUBRIC, FACTS, "--lang", "en", "--width", "120")
    assert done.code == 0
    assert "Total: 92" in done.out
    assert "Grade: 优" in done.out
    assert "computed 49, judged 43" in done.out


def test_the_identity_of_the_carried_forward_funds_is_a_warning_only() -> None:
    done = ran("score", RUBRIC, FACTS, "--lang", "zh", "--width", "120")
    assert "警告[R520]" in done.out
    assert "年末结转" in done.out
    assert done.code == 0
    assert run("score", RUBRIC, FACTS, "--lang", "zh", "--strict").code == 1
    strict = run("score", RUBRIC, FACTS, "--format", "json", "--strict")
    assert strict.code == 1
    assert json.loads(strict.out)["complete"] is True
    assert json.loads(strict.out)["total"] == "92"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [80, 120])
def test_the_table_fits(width: int, lang: str) -> None:
    done = ran("score", RUBRIC, FACTS, "--lang", lang, "--width", str(width))
    sheet = done.out.partition("R520")[0].splitlines()[:-1]  # excerpts of the rubric keep the length of its lines
    assert [line for line in sheet if cells(line) > width] == []
    table = [line for line in sheet if line[:1] in "┌├└│"]
    assert len(table) > 30
    assert [line for line in table if line[-1] not in "┐┤┘│"] == [], "a row was cut off on the right"
    assert len({cells(line) for line in table}) == 1


@pytest.mark.parametrize("width", [80, 120])
def test_the_table_loses_no_words(width: int) -> None:
    done = ran("score", RUBRIC, FACTS, "--lang", "zh", "--width", str(width))
    rows = [line.strip("│").split("│") for line in done.out.splitlines() if line.startswith("│")]
    columns = ["".join(cell.strip() for cell in column).replace(" ", "") for column in zip(*rows, strict=True)]
    remarks = columns[7] if width == 120 else re.sub(r"\s", "", done.out)  # a narrow table has them below, numbered
    for indicator in score_object("--lang", "zh")["indicators"]:
        assert indicator["name"] in columns[0]
        assert (indicator["display"] or "").replace(" ", "") in columns[5]
        assert (indicator["band"] or "").replace(" ", "") in columns[6]
        assert indicator["remark"] in (None, indicator["band"]) or indicator["remark"].replace(" ", "") in remarks


@pytest.mark.parametrize("columns", ["80", "120"])
def test_the_table_follows_the_terminal(columns: str) -> None:
    done = run("score", RUBRIC, FACTS, "--lang", "zh", env={"COLUMNS": columns})
    table = [line for line in done.out.splitlines() if line[:1] in "┌├└│"]
    assert table and max(map(cells, table)) <= int(columns)


def test_the_json_of_a_score_has_the_agreed_keys() -> None:
    told = score_object()
    assert {
        "rubric", "unit", "total", "max", "grade", "complete", "computed", "judged",
        "sections", "indicators", "values", "checks", "diagnostics",
    } <= set(told)  # fmt: skip
    assert told["rubric"] == "2019年度县级部门整体支出绩效评价"
    assert told["unit"] == "保靖县人民政府办公室"
    assert (told["total"], told["max"], told["grade"], told["complete"]) == ("92", "100", "优", True)
    assert (told["computed"], told["judged"]) == ("49", "43")
    tops = {s["path"][0]: (s["points"], s["max"]) for s in told["sections"] if len(s["path"]) == 1}
    assert tops == {"投入": ("13", "13"), "过程": ("53", "61"), "产出及效率": ("26", "26")}


def test_the_json_of_an_indicator() -> None:
    told = score_object()
    assert len(told["indicators"]) == 18
    by_name = {i["name"]: i for i in told["indicators"]}
    keys = {"name", "path", "points", "max", "kind", "value", "display", "band", "label", "reason", "span"}
    for indicator in told["indicators"]:
        assert keys <= set(indicator)
        assert indicator["path"][-1] == indicator["name"]
        assert set(indicator["span"]) == {"line", "column"}
    office = by_name["公用经费控制率"]
    assert (office["value"], office["display"], office["points"]) == ("1466/885", "165.65%", "0")
    control = by_name["预算控制率"]
    assert (control["value"], control["display"], control["band"]) == ("916/152139", "0.60%", "<= 5%")
    assert control["path"] == ["过程", "预算执行", "预算控制率"]
    lines = (TREE / RUBRIC).read_text(encoding="utf-8").splitlines()
    assert lines[control["span"]["line"] - 1] == "#### 预算控制率（5分）"
    assert by_name["绩效目标合理性"]["kind"] == "judged"
    assert by_name["职责履行"]["value"] == "一等"
    assert sum(int(i["points"]) for i in told["indicators"] if i["kind"] == "computed") == 49
    assert sum(int(i["points"]) for i in told["indicators"] if i["kind"] == "judged") == 43


def test_the_json_of_values_checks_and_diagnostics() -> None:
    told = score_object()
    assert told["values"]["预算控制率.控制率"] == "916/152139"
    assert told["values"]["可用预算"] == "1614.94"
    checks = {c["name"]: c for c in told["checks"]}
    assert set(checks) == {"收入构成", "支出构成", "年末结转", "“三公经费”构成"}
    assert [name for name, check in checks.items() if check["holds"] is not True] == ["年末结转"]
    carried = checks["年末结转"]
    assert (carried["left"], carried["right"], carried["difference"]) == ("62.28", "62.29", "-0.01")
    assert [(d["code"], d["severity"]) for d in told["diagnostics"]] == [("R520", "warning")]


def test_no_number_of_the_json_is_a_binary_float() -> None:
    def refuse(text: str) -> float:
        raise AssertionError(f"{text} is a number, not a string")

    json.loads(ran("score", RUBRIC, FACTS, "--format", "json").out, parse_float=refuse)


def test_a_missing_fact_leaves_the_rest_scored(tmp_path: Path) -> None:
    facts = facts_without(tmp_path, "^  公用经费预算:")
    done = run("score", RUBRIC, facts, "--format", "json", "--lang", "zh")
    assert done.code == 1
    told = json.loads(done.out)
    by_name = {i["name"]: i for i in told["indicators"]}
    assert (by_name["公用经费控制率"]["points"], by_name["公用经费控制率"]["reason"]) == (None, "missing")
    assert [i["name"] for i in told["indicators"] if i["points"] is None] == ["公用经费控制率"]
    assert (told["total"], told["grade"], told["complete"]) == (None, None, False)
    assert (told["computed"], told["judged"]) == ("49", "43")  # the missing one had scored 0
    missing = [d for d in told["diagnostics"] if d["code"] == "R501"]
    assert len(missing) == 1
    assert "公用经费预算" in missing[0]["message"] and "公用经费控制率" in missing[0]["message"]


def test_without_judged_points_the_open_indicators_and_the_reachable_range_are_told(tmp_path: Path) -> None:
    # By hand: computed 4 + 3 (控制率, 变动率) + 20 (预算执行) + 0 + 8 + 6 (预算管理) + 8 (职责履行) = 49.
    # Open: 3 + 3 + 8 + 6 + 5 + 6 + 6 + 6 = 43, each from 0 to its maximum, so the total lies in 49 … 92.
    facts = facts_unjudged(tmp_path)
    done = run("score", RUBRIC, facts, "--lang", "zh", "--width", "120")
    assert done.code == 1
    assert "49 至 92" in done.out
    pending = ["绩效目标合理性", "绩效指标明确性", "管理制度健全性", "资金使用合规性", "预决算信息公开"]
    pending += ["履职效益", "行政效能", "社会公众满意度"]
    for name, most in zip(pending, (3, 3, 8, 6, 5, 6, 6, 6), strict=True):
        assert re.search(rf"- {name}（{most} 分）：待评定", done.out), name
    told = json.loads(run("score", RUBRIC, facts, "--format", "json").out)
    assert told["reachable"] == ["49", "92"]
    assert (told["computed"], told["judged"], told["total"], told["complete"]) == ("49", "0", None, False)
    assert [i["name"] for i in told["indicators"] if i["reason"] == "pending"] == pending


def test_output_goes_to_a_new_file_and_never_over_an_old_one(tmp_path: Path) -> None:
    target = tmp_path / "sheet.json"
    done = run("score", RUBRIC, FACTS, "--format", "json", "-o", str(target))
    assert (done.code, done.out) == (0, "")
    first = target.read_text(encoding="utf-8")
    assert json.loads(first)["total"] == "92"
    again = run("score", RUBRIC, FACTS, "-o", str(target), "--lang", "zh")
    assert (again.code, again.out) == (2, "")
    assert "sheet.json" in again.err
    assert target.read_text(encoding="utf-8") == first
    assert run("score", RUBRIC, FACTS, "-o", str(tmp_path / "no folder" / "sheet")).code == 2


def test_findings_go_to_stdout_and_nothing_of_them_to_stderr() -> None:
    done = ran("score", RUBRIC, FACTS, "--lang", "zh", "--width", "120")
    assert "R520" in done.out
    assert done.err == ""


# ---- what cannot be run, and what is wrong


REFUSED = [
    ("score", "no such.rubric", FACTS),
    ("score", RUBRIC, "no such.yaml"),
    ("score", "rubrics", FACTS),
    ("score", RUBRIC, "rubrics"),
    ("score", RUBRIC, RUBRIC),
    ("score", RUBRIC),
    ("score", RUBRIC, FACTS, "--no-such-option"),
    ("score", RUBRIC, FACTS, "--format", "xml"),
    ("score", RUBRIC, FACTS, "--lang", "fr"),
    ("score", RUBRIC, FACTS, "--width", "wide"),
    ("explain", RUBRIC, "no such.yaml"),
    ("check", "no such.rubric"),
    ("check",),
    ("test", "no such.rubric"),
    ("no-such-command",),
]


@cache
def refused() -> dict[tuple[str, ...], Ran]:
    """All calls of ``REFUSED``, a few at a time."""
    with ThreadPoolExecutor(4) as pool:
        return dict(zip(REFUSED, pool.map(lambda args: run(*args, env={"LANG": "zh_CN.UTF-8"}), REFUSED), strict=True))


@pytest.mark.parametrize("args", REFUSED, ids=" ".join)
def test_what_cannot_be_run_ends_with_2(args: tuple[str, ...]) -> None:
    done = refused()[args]
    assert done.code == 2
    assert done.err or done.out


@pytest.mark.parametrize("data", [b"\x00\x01\x02", b"# \xff\xff\xff", b"\xfe\xff\x00#"], ids=["nul", "bytes", "utf-16"])
def test_a_file_that_is_no_text_ends_with_2(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "broken.rubric"
    path.write_bytes(data)
    assert run("check", str(path)).code == 2
    assert run("score", str(path), FACTS).code == 2
    assert run("check", "-", stdin=data).code == 2


def test_a_wrong_rubric_ends_with_1_and_says_why_on_stdout(tmp_path: Path) -> None:
    rubric = written(tmp_path, "wrong.rubric", WRONG)
    facts = written(tmp_path, "facts.yaml", "率: 95%\n")
    for command in ("score", "explain"):
        done = run(command, rubric, facts, "--lang", "zh")
        assert done.code == 1
        assert "错误[R101] 没有叫“律”的" in done.out
        assert done.err == ""


def test_unusable_facts_end_with_1_and_name_the_place(tmp_path: Path) -> None:
    rubric = written(tmp_path, "good.rubric", GOOD)
    facts = written(tmp_path, "facts.yaml", "率: 95\n")
    done = run("score", rubric, facts, "--lang", "zh")
    assert done.code == 1
    assert "facts.yaml:1:" in done.out
    assert "95%" in done.out
    facts = written(tmp_path, "facts.yaml", "率: [1, 2\n")
    done = run("score", rubric, facts, "--lang", "zh")
    assert done.code in (1, 2)
    assert "R509" in done.out + done.err


def test_a_unit_is_named_and_notes_are_allowed(tmp_path: Path) -> None:
    rubric = written(tmp_path, "good.rubric", GOOD)
    facts = written(tmp_path, "facts.yaml", "单位: 甲局\n数据:\n  率: {数值: 95%, 来源: 决算报表, 备注: 复核过}\n")
    told = json.loads(run("score", rubric, facts, "--format", "json").out)
    assert (told["unit"], told["total"]) == ("甲局", "5")
    facts = written(tmp_path, "facts.json", '{"unit": "B", "facts": {"率": "89.9%"}}')
    told = json.loads(run("score", rubric, facts, "--format", "json").out)
    assert (told["unit"], told["total"]) == ("B", "0")
    facts = written(tmp_path, "facts.csv", "名称,数值,来源\n率,90%,决算\n")
    assert json.loads(run("score", rubric, facts, "--format", "json").out)["total"] == "5"


# ---- check


def test_check_of_a_sound_rubric_prints_nothing_but_a_summary() -> None:
    done = ran("check", RUBRIC, "--lang", "zh")
    assert (done.code, done.out) == (0, "")
    assert done.err.strip()


def test_check_exit_codes(tmp_path: Path) -> None:
    assert run("check", written(tmp_path, "good.rubric", GOOD)).code == 0
    assert run("check", written(tmp_path, "warned.rubric", WARNED)).code == 1
    assert run("check", written(tmp_path, "wrong.rubric", WRONG)).code == 1
    done = run("check", str(tmp_path), "--lang", "zh")  # a folder: all three
    assert done.code == 1
    assert "R101" in done.out and "R401" in done.out
    assert "3" in done.err


def test_check_reads_stdin() -> None:
    done = run("check", "-", "--lang", "zh", stdin=WRONG.encode())
    assert done.code == 1
    assert "<stdin>:6:1: 错误[R101]" in done.out
    assert run("check", "-", stdin=GOOD.encode()).code == 0
    assert run("check", "-", "--lang", "zh", stdin=WRONG.encode("gb18030")).out == done.out
    assert run("check", "-", stdin=b"").code == 1


def test_check_as_json() -> None:
    done = run("check", "-", "--format", "json", "--lang", "en", stdin=WRONG.encode())
    assert done.code == 1
    told = json.loads(done.out)
    assert isinstance(told, list)
    keys = {"path", "code", "severity", "message", "hint", "span", "witness", "fix", "params"}
    for item in told:
        assert keys <= set(item)
        assert set(item["span"]) == {"line", "column", "end_line", "end_column"}
    (unknown,) = [item for item in told if item["code"] == "R101"]
    assert unknown["span"] == {"line": 6, "column": 1, "end_line": 6, "end_column": 2}
    assert unknown["severity"] == "error"
    assert unknown["params"]["name"] == "律"
    assert re.search("[a-z]{4}", unknown["message"])
    assert json.loads(run("check", RUBRIC, "--format", "json").out) == []


# ---- test


def test_test_exit_codes(tmp_path: Path) -> None:
    done = ran("test", "rubrics", "--lang", "zh")
    assert done.code == 0
    assert "保靖县人民政府办公室" in done.out
    assert "2" in done.err
    assert run("test", written(tmp_path, "tested.rubric", TESTED)).code == 0
    failing = run("test", written(tmp_path, "failing.rubric", FAILING), "--lang", "zh")
    assert failing.code == 1
    assert "总分 = 4" in failing.out and "5" in failing.out
    assert "第 10 行" in failing.out
    assert run("test", written(tmp_path, "wrong.rubric", WRONG)).code == 1


def test_a_test_whose_facts_are_not_there_fails(tmp_path: Path) -> None:
    text = GOOD + "\n测试 缺文件（nowhere.yaml）：\n- 总分 = 5\n"
    done = run("test", written(tmp_path, "lost.rubric", text), "--lang", "zh")
    assert done.code == 1
    assert "nowhere.yaml" in done.out


def test_an_expected_failure_of_an_identity_is_no_failure_of_the_test() -> None:
    assert "- 勾稽 年末结转 = 不符" in (TREE / RUBRIC).read_text(encoding="utf-8")
    assert ran("test", "rubrics", "--lang", "zh").code == 0


# ---- explain


def test_explain_of_one_indicator() -> None:
    done = ran("explain", RUBRIC, FACTS, "预算控制率", "--lang", "zh")
    assert done.code == 0
    for words in ("预算控制率（5 分）", "本年追加", "年初预算", "9.16", "1521.39", "0.60%", "得 5 分"):
        assert words in done.out
    assert "公用经费控制率" not in done.out


def test_explain_of_all_and_of_none() -> None:
    done = ran("explain", RUBRIC, FACTS, "--lang", "zh")
    assert done.code == 0
    assert "总分 92 分" in done.out
    assert "165.65%" in done.out
    lost = run("explain", RUBRIC, FACTS, "没有这个指标", "--lang", "zh")
    assert lost.code == 1
    assert "没有这个指标" in lost.out


# ---- language

FIRST_WORDS = {"zh": "没有这个文件", "en": "no such file"}
LOCALES: list[tuple[dict[str, str], tuple[str, ...], str]] = [
    ({"LANG": "zh_CN.UTF-8"}, (), "zh"),
    ({"LANG": "en_US.UTF-8"}, (), "en"),
    ({"LANG": "C.UTF-8"}, (), "en"),
    ({"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, (), "zh"),
    ({"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, (), "en"),
    ({"LC_ALL": "", "LANG": "zh_TW.UTF-8"}, (), "zh"),
    ({"LANG": "en_US.UTF-8"}, ("--lang", "zh"), "zh"),
    ({"LANG": "zh_CN.UTF-8"}, ("--lang", "en"), "en"),
]


def test_the_language_follows_the_locale_unless_it_is_asked_for() -> None:
    with ThreadPoolExecutor(4) as pool:
        runs = pool.map(lambda row: run("score", RUBRIC, "no such.yaml", *row[1], env=row[0]), LOCALES)
        for (environment, option, lang), done in zip(LOCALES, runs, strict=True):
            assert FIRST_WORDS[lang] in done.err, (environment, option)


# ---- the command itself


def test_help_and_version() -> None:
    done = ran("--help")
    assert done.code == 0
    for command in ("check", "explain", "score", "test"):
        assert command in done.out
    assert run("score", "--help").code == 0
    assert run("--version").code == 0


def test_a_console_without_chinese_gets_question_marks_not_a_crash() -> None:
    plain = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "LANG": "C"}
    done = run("score", RUBRIC, FACTS, "--lang", "en", env=plain)
    assert done.code == 0
    assert "92" in done.out


def test_many_runs_at_once_do_not_disturb_each_other() -> None:
    with ThreadPoolExecutor(4) as pool:
        futures = [pool.submit(run, "score", RUBRIC, FACTS, "--format", "json") for _ in range(4)]
        assert {future.result().out for future in futures} == {ran("score", RUBRIC, FACTS, "--format", "json").out}

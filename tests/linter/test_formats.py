"""What ``rubric check`` hands to other programs: each format is read back by the rules of its own reader."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from rubriclang.diagnostics import Diagnostic, Edit, Fix, Kind
from rubriclang.diagnostics.catalogue import all_kinds
from rubriclang.diagnostics.fingerprint import fingerprints
from rubriclang.diagnostics.formats import formats, write
from rubriclang.driver import check_text
from rubriclang.source import Source, Span

SCHEMA = Path(__file__).resolve().parent / "schemas" / "sarif-2.1.0-rtm.5.json"
PATH = "标准/甲, 乙.rubric"
# A character outside the basic plane before the fault: code points and UTF-16 units differ behind it.
TEXT = """# 例𠮷（5分）
数据：
- 𠮷率：%，0% 至 100%
- 𠮷多余：万元，≥ 0
## 完成率（5分）
标准：完成率 90% 得 5 分，80% 得 3 分
𠮷率：≥ 90% -> 5；否则 -> 0
"""


def found() -> list[Diagnostic]:
    """Findings of real texts, one at a time, and one of each further shape that a finding can have."""
    own = list(check_text(Source(PATH, TEXT)))
    assert [d.code for d in own] == ["R401", "R406", "R406"]
    source = Source(PATH, TEXT)
    kind = all_kinds()["R509"]
    odd = {"why": "100% 错\r\n第二行：<&>\x00\x1b", "why_en": "100% wrong", "hint": "", "hint_en": ""}
    return [
        *own,
        Diagnostic(kind, Source("空.rubric", ""), None, odd),
        Diagnostic(kind, None, None, odd),
        Diagnostic(all_kinds()["R411"], source, Span(2, 4), {"count": "5"}),
        Diagnostic(kind, source, Span(2, 20), odd, fix=Fix("改", "mend", (Edit(Span(2, 4), "新"),))),
    ]


def written(form: str, lang: str = "zh") -> str:
    return write(form, found(), [PATH, "干净.rubric"], "zh" if lang == "zh" else "en")


def test_the_formats_are_found_by_their_files() -> None:
    assert formats() == ["text", "github", "gitlab", "json", "junit", "sarif"]


@pytest.mark.parametrize("form", ["text", "github", "gitlab", "json", "junit", "sarif"])
def test_nothing_found_is_written_as_nothing_found(form: str) -> None:
    text = write(form, [], ["a.rubric"], "en")
    assert (text == "") == (form in ("text", "github"))
    if form in ("json", "gitlab"):
        assert json.loads(text) == []


# ---- json


def test_json_has_the_agreed_keys_and_counts_code_points() -> None:
    told = json.loads(written("json"))
    keys = {"path", "code", "severity", "message", "hint", "span", "witness", "fix", "params"}
    assert all(set(one) == keys for one in told)
    # "- 𠮷多余": the name begins at the third code point of line 4 and has three.
    assert told[0]["span"] == {"line": 4, "column": 3, "end_line": 4, "end_column": 6}
    assert told[0]["params"] == {"name": "𠮷多余"}
    assert told[-1]["fix"] == {
        "message": "改",
        "safe": True,
        "edits": [{"span": {"line": 1, "column": 3, "end_line": 1, "end_column": 5}, "text": "新"}],
    }


# ---- github


def test_github_commands_stay_on_one_line_and_escape_what_they_must() -> None:
    lines = written("github").removesuffix("\n").split("\n")
    assert len(lines) == len(found())
    pattern = re.compile(r"::(error|warning|notice)( [^:]*)?::(.*)")
    matches = [pattern.fullmatch(line) for line in lines]
    assert all(matches)
    assert lines[0].startswith("::warning file=标准/甲%2C 乙.rubric,line=4,endLine=4,col=3,endColumn=5,title=R401 ")
    assert "100%25 错%0D%0A第二行" in lines[3]
    assert not re.search("%(?!0A|0D|25|2C|3A)", "\n".join(lines))
    assert [match.group(1) for match in matches if match] == ["warning"] * 3 + ["error"] * 2 + ["notice", "error"]


def test_github_names_no_columns_over_several_lines() -> None:
    assert "col=" not in written("github").split("\n")[-2]


# ---- gitlab


def test_gitlab_has_the_fields_of_its_report() -> None:
    issues = json.loads(written("gitlab"))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert issue["location"]["lines"]["begin"] >= 1
    assert issues[0]["location"] == {"path": PATH, "lines": {"begin": 4, "end": 4}}


def names(text: str, lang: str = "zh") -> dict[str, str]:
    return {d.code + d.message("zh"): name for d, name in fingerprints(check_text(Source("a.rubric", text)))}


def test_fingerprints_stay_when_lines_move_and_change_with_the_line() -> None:
    before = names(TEXT)
    moved = names("// 新的一行\n\n" + TEXT.replace("## 完成率", "\n\n## 完成率"))
    assert moved == before and len(before) == 3
    changed = names(TEXT.replace("- 𠮷多余：万元，≥ 0", "- 𠮷多余：元，≥ 0"))
    assert [key for key in before if changed[key] != before[key]] == ["R401数据“𠮷多余”没有用到"]


# ---- junit


def test_junit_is_xml_with_counts_that_agree() -> None:
    root = ElementTree.fromstring(written("junit").encode("utf-8"))
    suites = root.findall("testsuite")
    assert [suite.get("name") for suite in suites] == [PATH, "干净.rubric", "空.rubric", ""]
    cases = root.findall("testsuite/testcase")
    failures = root.findall("testsuite/testcase/failure")
    assert (root.get("tests"), root.get("failures")) == (str(len(cases)), str(len(failures))) == ("8", "6")
    for suite in suites:
        assert suite.get("failures") == str(len(suite.findall("testcase/failure")))
    (quiet,) = suites[1].findall("testcase")
    assert list(quiet) == []
    assert "�" in ElementTree.tostring(root, "unicode") and "\x00" not in written("junit")


# ---- sarif


def log(lang: str = "zh") -> dict[str, Any]:
    told = json.loads(written("sarif", lang))
    assert isinstance(told, dict)
    return told


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sarif_holds_to_its_schema(lang: str) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema.Draft4Validator(schema)
    assert [error.message for error in validator.iter_errors(log(lang))] == []
    # The schema is the one that refuses: without its version a log is none.
    assert list(validator.iter_errors({"runs": []}))


def test_sarif_counts_code_points_and_points_at_its_rules() -> None:
    (run,) = log()["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["R401", "R406", "R411", "R509"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 4, "startColumn": 3, "endLine": 4, "endColumn": 6}
    assert place["artifactLocation"]["uri"] == "%E6%A0%87%E5%87%86/%E7%94%B2%2C%20%E4%B9%99.rubric"
    levels = [result["level"] for result in run["results"]]
    assert levels == ["warning"] * 3 + ["error"] * 2 + ["note", "error"]
    assert "fixes" in run["results"][-1]


def test_an_absolute_path_is_a_file_uri() -> None:
    kind: Kind = all_kinds()["R315"]
    path = Path.cwd().root + "标 准.rubric"
    text = write("sarif", [Diagnostic(kind, Source(path, "# a"), Span(0, 1), {})], [path], "en")
    (run,) = json.loads(text)["runs"]
    assert run["artifacts"][0]["location"]["uri"] == "file:///%E6%A0%87%20%E5%87%86.rubric"

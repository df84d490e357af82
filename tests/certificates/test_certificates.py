"""Certificates: written once, the same bytes every time, and every kind of change told apart."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner, Result

from rubriclang.certificates.canonical import canonical, digest
from rubriclang.certificates.verifying import verify
from rubriclang.cli import command_score, command_verify

ROOT = Path(__file__).resolve().parents[2]
RUBRIC = ROOT / "rubrics" / "2019_county_overall.rubric"
FACTS = ROOT / "examples" / "baojing_2019.yaml"


@attrs.frozen
class Case:
    rubric: Path
    facts: Path
    certificate: Path

    def content(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self.certificate.read_text(encoding="utf-8"))
        return content

    def codes(self) -> list[str]:
        return [found.code for found in verify(self.certificate).findings]

    def messages(self) -> str:
        return "\n".join(found.message() for found in verify(self.certificate).findings)


def score(case: Case) -> Result:
    options = [str(case.rubric), str(case.facts), "--certificate", str(case.certificate), "--format", "json"]
    return CliRunner().invoke(command_score.command, [*options, "--lang", "zh"])


@pytest.fixture
def case(tmp_path: Path) -> Case:
    (tmp_path / "out").mkdir()
    made = Case(tmp_path / RUBRIC.name, tmp_path / FACTS.name, tmp_path / "out" / "certificate.json")
    shutil.copy(RUBRIC, made.rubric)
    shutil.copy(FACTS, made.facts)
    assert score(made).exit_code == 0
    return made


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_bytes(text.replace(old, new).encode("utf-8"))


def test_it_holds_hashes_relative_paths_and_exact_fractions(case: Case) -> None:
    content = case.content()
    (file,) = content["rubric"]["files"]
    assert file["path"] == f"../{RUBRIC.name}" and content["facts"]["path"] == f"../{FACTS.name}"
    assert file["sha256"] == hashlib.sha256(RUBRIC.read_bytes()).hexdigest()
    assert content["facts"]["sha256"] == hashlib.sha256(FACTS.read_bytes()).hexdigest()
    values = dict(content["values"])
    assert values["过程/预算执行/预算控制率.控制率"] == "916/152139"  # 9.16 / 1521.39
    assert content["result"] == {"total": "92", "max": "100", "grade": "优", "complete": True}
    assert str(case.certificate.parent) not in case.certificate.read_text(encoding="utf-8")


def test_it_is_the_same_bytes_every_time_and_holds(case: Case) -> None:
    again = attrs.evolve(case, certificate=case.certificate.with_name("again.json"))
    assert score(again).exit_code == 0
    assert again.certificate.read_bytes() == case.certificate.read_bytes()
    assert case.codes() == []
    done = CliRunner().invoke(command_verify.command, [str(case.certificate), "--lang", "zh"])
    assert done.exit_code == 0 and "凭证属实" in done.stdout and "总分 92" in done.stdout


def test_it_is_not_overwritten(case: Case) -> None:
    before = case.certificate.read_bytes()
    assert score(case).exit_code == 2
    assert case.certificate.read_bytes() == before


def test_a_changed_rubric_is_named_with_its_line_and_the_first_value(case: Case) -> None:
    """With a first band of 0.5 % the share of 0.60 % gets 4 points instead of 5."""
    replaced(case.rubric, "≤ 5% -> 5", "≤ 0.5% -> 5")
    lines = case.rubric.read_text(encoding="utf-8").split("\n")
    line = next(i for i, text in enumerate(lines, 1) if "≤ 0.5%" in text)
    assert case.codes() == ["R685", "R688"]
    assert f"第 {line} 行" in case.messages()
    assert "“过程/预算执行/预算控制率#基础”重算不是这个数：凭证写 5，重算得 4" in case.messages()


def test_a_changed_comment_changes_no_value_but_the_file(case: Case) -> None:
    replaced(case.rubric, "// 预算配置", "// 配置预算")
    assert case.codes() == ["R685"]


def test_changed_facts_are_named(case: Case) -> None:
    replaced(case.facts, "数值: 9.16,", "数值: 9.17,")
    assert case.codes() == ["R686", "R688"]
    assert "凭证写 229/25，重算得 917/100" in case.messages()  # 9.16 and 9.17


def test_a_changed_value_in_the_certificate_is_named(case: Case) -> None:
    replaced(case.certificate, '"916/152139"', '"917/152139"')
    assert case.codes() == ["R687"]
    assert "写成 917/152139，应为 916/152139" in case.messages()


def test_any_changed_byte_of_the_certificate_is_found(case: Case) -> None:
    data = case.certificate.read_bytes()
    for at in range(0, len(data), 997):
        changed = bytearray(data)
        changed[at] = ord("7") if changed[at] != ord("7") else ord("8")
        case.certificate.write_bytes(bytes(changed))
        assert not verify(case.certificate).holds, at


def test_added_blanks_are_found(case: Case) -> None:
    case.certificate.write_bytes(case.certificate.read_bytes().replace(b'"digest": ', b'"digest":  '))
    assert case.codes() == ["R687"]


def test_a_value_changed_together_with_the_digest_is_found_by_deriving_it(case: Case) -> None:
    content = case.content()
    content["result"]["total"] = "93"
    content["digest"] = digest(content)
    case.certificate.write_bytes(canonical(content))
    assert case.codes() == ["R688"]
    assert "凭证写 93，重算得 92" in case.messages()


def test_another_version_is_told_but_no_fault(case: Case) -> None:
    content = case.content()
    content["engine"]["version"] = "0.0.9"
    content["digest"] = digest(content)
    case.certificate.write_bytes(canonical(content))
    assert case.codes() == ["R689"] and verify(case.certificate).holds


def test_moved_files_are_given_anew(case: Case, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    case.rubric.rename(moved / "r.rubric")
    case.facts.rename(moved / "f.yaml")
    assert case.codes() == ["R685", "R686"]
    options = [str(case.certificate), "--rubric", str(moved / "r.rubric"), "--facts", str(moved / "f.yaml")]
    done = CliRunner().invoke(command_verify.command, [*options, "--lang", "en"])
    assert done.exit_code == 0 and "the certificate holds" in done.stdout


def test_a_rubric_of_two_files_is_certified_with_both(tmp_path: Path) -> None:
    base = "# 标准（5分）\n数据：\n- 率：%，0% 至 100%\n## 指标（5分）\n率：≥ 90% -> 5；否则 -> 0\n"
    (tmp_path / "base.rubric").write_bytes(base.encode("utf-8"))
    (tmp_path / "new.rubric").write_bytes("# 新标准（5分）\n沿用：base.rubric\n".encode())
    (tmp_path / "f.yaml").write_bytes("率: 95%\n".encode())
    made = Case(tmp_path / "new.rubric", tmp_path / "f.yaml", tmp_path / "c.json")
    assert score(made).exit_code == 0, score(made).output
    assert [file["path"] for file in made.content()["rubric"]["files"]] == ["base.rubric", "new.rubric"]
    assert made.codes() == []
    replaced(tmp_path / "base.rubric", "≥ 90%", "≥ 96%")
    assert made.codes() == ["R685", "R688"] and "base.rubric" in made.messages() and "第 5 行" in made.messages()


@pytest.mark.parametrize("text", ["", "{}", "[]", "1", '{"format": "rubriclang certificate 1"}', "\xff", "[" * 9999])
def test_what_is_no_certificate_is_said(tmp_path: Path, text: str) -> None:
    path = tmp_path / "c.json"
    path.write_bytes(text.encode("latin-1"))
    done = CliRunner().invoke(command_verify.command, [str(path), "--lang", "zh"])
    assert done.exit_code == 2 and "R684" in done.stderr


def test_a_certificate_cannot_name_an_absolute_path(case: Case) -> None:
    content = case.content()
    content["facts"]["path"] = str(case.facts)
    content["digest"] = digest(content)
    case.certificate.write_bytes(canonical(content))
    assert case.codes() == ["R684"]

"""Golden cases: rubrics with the answers beside them. What lies in ``tests/golden/<case>/`` chooses what is tested.

========================================  ==========================================================================
beside ``input.rubric``                   then
========================================  ==========================================================================
comments ``//! R301``, ``//! R009@1``     exactly these codes are reported, at the comment's line or at the line named
``diagnostics.zh.txt``, ``….en.txt``      the rendered diagnostics read exactly so
none of these                             nothing is reported at all
``facts.yaml`` and ``scores.json``        the facts come to these scores (also ``facts.X.yaml`` and ``scores.X.json``)
``edges.md``                              every row of its tables comes to the points it states
``same_as.txt``                           the case named there gives the same points as this one, on its own facts
========================================  ==========================================================================

In a table of ``edges.md`` the columns 指标, 值, 得分, 适用, 显示 and 算式 are reserved (算式 is for the reader);
``评定 NAME`` gives judged points, every other column is a fact. A blank cell leaves what ``facts.yaml`` says, ``∅``
takes the fact away. What is expected there is worked out by hand and never written by a program.

``RUBRIC_UPDATE_GOLDEN=1`` rewrites texts and scores, and then fails, so that an update is never a pass.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest

import rubriclang
from rubriclang.diagnostics import Diagnostic
from rubriclang.diagnostics.render import render_all
from rubriclang.driver import parse_text
from rubriclang.facts.readers import read_file
from rubriclang.source import Source

ROOT = Path(__file__).resolve().parent / "golden"
CASES = sorted(path.parent.name for path in ROOT.glob("*/input.rubric"))
UPDATE = os.environ.get("RUBRIC_UPDATE_GOLDEN") == "1"
RESERVED = ("指标", "值", "得分", "适用", "显示", "算式")
REASONS = {"缺失": "missing", "不计": "left out", "无定义": "undefined", "待评定": "pending"}
LANGUAGES: tuple[Literal["zh", "en"], ...] = ("zh", "en")


def text_of(case: str) -> str:
    return (ROOT / case / "input.rubric").read_bytes().decode("utf-8")


def diagnostics_of(case: str) -> tuple[Diagnostic, ...]:
    return parse_text(Source("input.rubric", text_of(case)))[1]


@cache
def rubric_of(case: str) -> rubriclang.Rubric:
    return rubriclang.loads(text_of(case), "input.rubric")


def rewrite(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))
    pytest.fail(f"{path.relative_to(ROOT.parent)} was rewritten: review it, then run without RUBRIC_UPDATE_GOLDEN")


# ---- diagnostics


def marks_of(text: str) -> list[tuple[int, str]]:
    """The diagnostics that ``//!`` comments ask for, as line and code."""
    wanted = []
    for number, line in enumerate(text.split("\n"), 1):
        _, mark, codes = line.partition("//!")
        if mark:
            for code in codes.split():
                name, _, at = code.partition("@")
                wanted.append((int(at or number), name))
    return sorted(wanted)


MARKED = [case for case in CASES if marks_of(text_of(case))]
CLEAN = [case for case in CASES if case not in MARKED and not list((ROOT / case).glob("diagnostics.*.txt"))]
RENDERED = [(case, lang) for case in CASES for lang in LANGUAGES if (ROOT / case / f"diagnostics.{lang}.txt").is_file()]


@pytest.mark.parametrize("case", MARKED)
def test_each_mistake_is_reported_once_at_its_line(case: str) -> None:
    found = []
    for diagnostic in diagnostics_of(case):
        assert diagnostic.source is not None and diagnostic.span is not None
        found.append((diagnostic.source.position(diagnostic.span.start).line, diagnostic.code))
    assert sorted(found) == marks_of(text_of(case))


@pytest.mark.parametrize("case", CLEAN)
def test_a_sound_rubric_is_reported_nothing(case: str) -> None:
    assert render_all(diagnostics_of(case), "zh") == ""


@pytest.mark.parametrize(("case", "lang"), RENDERED)
def test_diagnostics_read_as_agreed(case: str, lang: Literal["zh", "en"]) -> None:
    path = ROOT / case / f"diagnostics.{lang}.txt"
    rendered = render_all(diagnostics_of(case), lang) + "\n"
    if UPDATE:
        rewrite(path, rendered)
    assert rendered == path.read_bytes().decode("utf-8")


# ---- scores


def reviewed(outcome: rubriclang.Outcome) -> dict[str, Any]:
    """The part of an outcome that a golden file states; what is null is left out."""
    told = outcome.to_dict()
    names = [indicator["name"] for indicator in told["indicators"]]
    indicators = {}
    for indicator in told["indicators"]:
        key = indicator["name"] if names.count(indicator["name"]) == 1 else "/".join(indicator["path"])
        fields = ("points", "label", "value", "band", "kind", "reason")
        indicators[key] = {field: indicator[field] for field in fields if indicator[field] is not None}
    head = ("total", "max", "grade", "reachable", "computed", "judged")
    findings = [diagnostic["code"] for diagnostic in told["diagnostics"]]
    return {
        **{key: told[key] for key in head if told[key] is not None},
        "indicators": indicators,
        **({"findings": findings} if findings else {}),
    }


def written(scores: dict[str, Any]) -> str:
    """Scores as a golden file has them: one indicator a line."""
    lines = []
    for key, value in scores.items():
        if key == "indicators":
            rows = [
                f"  {json.dumps(n, ensure_ascii=False)}: {json.dumps(v, ensure_ascii=False)}" for n, v in value.items()
            ]
            lines.append(' "indicators": {\n' + ",\n".join(rows) + "\n }")
        else:
            lines.append(f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


SCORED = [
    (case, path.name.removeprefix("scores.").removesuffix("json").rstrip("."))
    for case in CASES
    for path in sorted((ROOT / case).glob("scores*.json"))
]


def facts_path(case: str, name: str) -> Path:
    return ROOT / case / (f"facts.{name}.yaml" if name else "facts.yaml")


@pytest.mark.parametrize(("case", "name"), SCORED)
def test_facts_come_to_the_scores_stated(case: str, name: str) -> None:
    path = ROOT / case / (f"scores.{name}.json" if name else "scores.json")
    scores = reviewed(rubric_of(case).score(rubriclang.load_facts(facts_path(case, name))))
    if UPDATE:
        rewrite(path, written(scores))
    assert scores == json.loads(path.read_text(encoding="utf-8"))


# ---- edges


def rows_of(case: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of all tables of ``edges.md``, with their line numbers."""
    header: list[str] | None = None
    text = (ROOT / case / "edges.md").read_text(encoding="utf-8")
    for number, line in enumerate(text.split("\n"), 1):
        if not line.startswith("|"):
            header = None
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if header is None:
            header = cells
        elif not all(re.fullmatch(r":?-+:?", cell) for cell in cells):
            assert len(cells) == len(header), (
                f"{case}/edges.md:{number} has {len(cells)} cells, its header {len(header)}"
            )
            yield number, dict(zip(header, cells, strict=True))


def given_in(case: str, row: dict[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Facts and judged points of a row, on the ground of ``facts.yaml``."""
    facts: dict[str, Any] = {}
    base = facts_path(case, "")
    if base.is_file():
        document = read_file(base)
        assert document.diagnostics == ()
        facts = {key.text: value.text for key, value in document.root.items if hasattr(value, "text")}
    judged: dict[str, str] = {}
    for column, cell in row.items():
        if column in RESERVED or not cell:
            continue
        if column.startswith("评定 "):
            judged[column.removeprefix("评定 ")] = cell
        elif cell == "∅":
            facts.pop(column, None)
        else:
            facts[column] = cell
    return facts, judged


def number(text: str) -> Fraction:
    """A number of a table: ``5``, ``0.5``, ``92/71``, ``105%``."""
    return Fraction(text.removesuffix("%").strip()) / (100 if text.endswith("%") else 1)


TABLES = [case for case in CASES if (ROOT / case / "edges.md").is_file()]
EDGES = [(case, number, row) for case in TABLES for number, row in rows_of(case)]


@pytest.mark.parametrize(("case", "line", "row"), EDGES, ids=[f"{case}:{line}" for case, line, _ in EDGES])
def test_every_edge_comes_to_the_points_stated(case: str, line: int, row: dict[str, str]) -> None:
    outcome = rubric_of(case).score(*given_in(case, row))
    indicator = outcome[tuple(row["指标"].split("/"))]
    assert indicator.reason == REASONS.get(row["得分"])
    if indicator.reason is None:
        assert indicator.label or indicator.points == number(row["得分"])
        assert indicator.label is None or indicator.label == row["得分"]
    if row.get("值"):
        assert isinstance(indicator.value, Fraction)
        assert indicator.value == number(row["值"])
    if row.get("适用"):
        assert indicator.band == row["适用"]
    if row.get("显示"):
        assert indicator.display == row["显示"]


# ---- twins

TWINS = [
    (case, (ROOT / case / "same_as.txt").read_text(encoding="utf-8").strip())
    for case in CASES
    if (ROOT / case / "same_as.txt").is_file()
]


def points_of(outcome: rubriclang.Outcome) -> list[Any]:
    return [(i.points, i.max, i.value, i.kind, i.reason, i.label) for i in outcome] + [outcome.total, outcome.max]


@pytest.mark.parametrize(("case", "other"), TWINS)
def test_twins_give_the_same_points(case: str, other: str) -> None:
    one, two = rubric_of(case), rubric_of(other)
    compared = 0
    for path in sorted((ROOT / other).glob("facts*.yaml")):
        facts = rubriclang.load_facts(path)
        assert points_of(one.score(facts)) == points_of(two.score(facts))
        compared += 1
    for _, row in rows_of(other) if other in TABLES else ():
        facts_and_judged = given_in(other, row)
        assert points_of(one.score(*facts_and_judged)) == points_of(two.score(*facts_and_judged))
        compared += 1
    assert compared


# ---- the folder itself


def test_every_file_of_a_case_is_used() -> None:
    known = re.compile(
        r"input\.rubric|NOTES\.md|edges\.md|same_as\.txt|diagnostics\.(zh|en)\.txt|(facts|scores)(\.[\w-]+)?\.(yaml|json)"
    )
    for case in CASES:
        for path in (ROOT / case).iterdir():
            assert known.fullmatch(path.name), f"{case}/{path.name} is nothing the runner reads"
        for path in (ROOT / case).glob("scores*.json"):
            assert (ROOT / case / path.name.replace("scores", "facts").replace(".json", ".yaml")).is_file()
        for lang in LANGUAGES:
            assert (ROOT / case / "diagnostics.zh.txt").is_file() == (ROOT / case / f"diagnostics.{lang}.txt").is_file()


def test_every_folder_is_a_case() -> None:
    assert sorted(path.name for path in ROOT.iterdir() if path.is_dir()) == CASES

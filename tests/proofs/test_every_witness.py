"""Every fact set that a finding comes with shows its fault, when it is typed into a file and given to `rubric score`.

The findings are those of all rubrics that break something: the golden cases, the contradictions of published texts and
what the pages of the codes say to avoid. What a witness must show is written below for each code; a code that comes
with witnesses and is not below fails, and so does a code of docs/checks.md of which no example has a witness.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

import rubriclang
from rubriclang.cli.command_score import command
from rubriclang.diagnostics import Diagnostic
from rubriclang.diagnostics.pages import read_page
from rubriclang.driver import check_text
from rubriclang.source import Source

ROOT = Path(__file__).resolve().parents[2]
Scored = Mapping[str, Any]


def texts() -> Iterator[tuple[str, str]]:
    """Rubrics that break something, by a name."""
    for path in sorted((ROOT / "tests" / "golden").glob("*/input.rubric")):
        yield path.parent.name, path.read_text(encoding="utf-8")
    for path in sorted(
        path for f in ("contradictions", "proofs/shown") for path in (ROOT / "tests" / f).glob("*.rubric")
    ):
        yield path.stem, path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "docs" / "codes").glob("R[34]*.md")):
        page = read_page(path.read_text(encoding="utf-8"))
        if [kind for kind, _ in page.avoid] == ["rubric"]:
            yield page.code, page.avoid[0][1]


@cache
def witnessed() -> tuple[tuple[str, str, Diagnostic], ...]:
    found = []
    for name, text in texts():
        try:
            rubriclang.loads(text, draft=True)
        except rubriclang.RubricError:
            continue  # besides its faults there is a line that has no meaning: nothing scores it
        found += [(name, text, d) for d in check_text(Source("a.rubric", text)) if d.witness is not None]
    return tuple(found)


def score(text: str, witness: Mapping[str, Any], folder: Path) -> Scored:
    """What `rubric score` prints for a fact set."""
    rubric, facts = folder / "a.rubric", folder / "facts.yaml"
    rubric.write_text(text, encoding="utf-8")
    content = {"数据": witness["facts"]} | ({"评定": witness["judged"]} if witness.get("judged") else {})
    facts.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    ran = CliRunner().invoke(command, [str(rubric), str(facts), "--draft", "--format", "json", "--lang", "zh"])
    assert ran.exit_code in (0, 1), ran.output
    told: Scored = json.loads(ran.stdout)
    assert not [d for d in told["diagnostics"] if d["code"] in ("R502", "R503", "R505", "R506", "R514")], ran.stdout
    return told


def points(told: Scored) -> list[Fraction]:
    return [Fraction(i["points"]) for i in told["indicators"] if i["points"] is not None]


def codes(told: Scored) -> set[str]:
    return {d["code"] for d in told["diagnostics"]}


def undefined(told: Scored) -> bool:
    """Whether something has no result: an indicator, or the grade."""
    reasons = {i["reason"] for i in told["indicators"]}
    return "undefined" in reasons or (told["total"] is not None and told["grade"] is None)


def beyond(told: Scored) -> bool:
    return any(
        i["points"] is not None and i["max"] is not None and not 0 <= Fraction(i["points"]) <= Fraction(i["max"])
        for i in told["indicators"]
    )


def not_by(diagnostic: Diagnostic, told: Scored) -> bool:
    """Whether the facts are scored, and not by the row at fault, though they meet it."""
    assert diagnostic.source is not None and diagnostic.span is not None
    row, _, award = re.sub(r"[\s≤≥分]", "", diagnostic.source.slice(diagnostic.span)).partition("->")
    rows = [(re.sub(r"[\s<>=]", "", i["band"] or ""), i["points"] or i["label"]) for i in told["indicators"]]
    return any(points for _, points in rows) and (row, award) not in rows


def short(diagnostic: Diagnostic, told: Scored) -> bool:
    """Whether an indicator comes to what the finding says, and to less than its full marks."""
    wanted = Fraction(diagnostic.params.get("points") or diagnostic.params["best"])
    return any(
        Fraction(i["points"]) == wanted and (i["max"] is None or wanted < Fraction(i["max"]))
        for i in told["indicators"]
        if i["points"] is not None
    )


def rounded(diagnostic: Diagnostic, told: Scored) -> bool:
    """Whether the sheet shows the number that rounding made, past the edge."""
    shown = {i["value"] for i in told["indicators"]} | {i["display"] for i in told["indicators"]} | {told["total"]}
    return diagnostic.params["rounded"] in shown or diagnostic.params["rounded"].rstrip("%") in {str(s) for s in shown}


def given(diagnostic: Diagnostic, told: Scored) -> bool:
    return Fraction(diagnostic.params["points"]) in points(told)


SHOWS: dict[str, Callable[[Diagnostic, Scored], bool]] = {
    "R304": lambda _, told: "R517" in codes(told) or undefined(told),
    "R305": lambda _, told: "R518" in codes(told) or undefined(told),
    "R306": lambda _, told: beyond(told),
    "R312": not_by,
    "R313": lambda _, told: beyond(told),
    "R320": short,
    "R409": lambda _, told: bool(points(told)),
    "R414": lambda _, told: any((i["band"] or "").startswith(("不适用", "调整", "否决")) for i in told["indicators"]),
    "R417": not_by,
    "R419": short,
    "R420": rounded,
    "R422": short,
    "R424": given,
}
PAIRS = ("R408", "R418")  # a better value with fewer points, against a worse one with more


@pytest.mark.parametrize("at", range(len(witnessed())), ids=lambda at: "{0}-{2.code}".format(*witnessed()[at]))
def test_a_witness_shows_its_fault(at: int, tmp_path: Path) -> None:
    _, text, diagnostic = witnessed()[at]
    assert diagnostic.witness is not None
    assert all("/" not in str(value) for value in diagnostic.witness["facts"].values()), "not an exact decimal"
    told = score(text, diagnostic.witness, tmp_path)
    if diagnostic.code in PAIRS:
        against = score(text, diagnostic.witness["against"], tmp_path)
        moved = [
            (Fraction(a["points"]), Fraction(b["points"]))
            for a, b in zip(told["indicators"], against["indicators"], strict=True)
            if a["points"] is not None and b["points"] is not None and a["points"] != b["points"]
        ]
        assert any(fewer < more for fewer, more in moved)
        if diagnostic.code == "R418":
            wanted = (Fraction(diagnostic.params["fewer"]), Fraction(diagnostic.params["more"]))
            assert wanted in moved
        return
    assert SHOWS[diagnostic.code](diagnostic, told), told


def proof_codes() -> list[str]:
    """The codes of docs/checks.md that come with a fact set."""
    text = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    return sorted(set(re.findall(r"\b(R\d{3})\b ✓", text)))


def test_every_code_of_the_page_has_an_example_with_a_witness() -> None:
    assert proof_codes() == sorted({*SHOWS, *PAIRS})
    assert set(proof_codes()) <= {diagnostic.code for _, _, diagnostic in witnessed()}

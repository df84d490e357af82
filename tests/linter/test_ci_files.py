"""The files that other services read: they parse, name what exists, and pass no input through a shell's hands."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner

from rubriclang.cli.main import cli
from rubriclang.linter.settings import settings_of
from rubriclang.source import Source

ROOT = Path(__file__).resolve().parents[2]
CI = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")


def action() -> Any:
    return yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


def hooks() -> Any:
    return yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def blocks(kind: str) -> list[str]:
    found: list[str] = re.findall(rf"^```{kind}\n(.*?)^```$", CI, re.S | re.M)
    return found


def test_the_hooks_name_commands_that_exist() -> None:
    assert {hook["id"] for hook in hooks()} == {"rubric-check", "rubric-test"}
    for hook in hooks():
        program, command = hook["entry"].split()
        assert program == "rubric" and CliRunner().invoke(cli, [command, "--help"]).exit_code == 0
        assert re.search(hook["files"], "rubrics/a.rubric") and not re.search(hook["files"], "a.rubrics.md")


def test_the_action_hands_inputs_over_in_the_environment_only() -> None:
    told = action()
    assert told["runs"]["using"] == "composite"
    scripts = [step["run"] for step in told["runs"]["steps"] if "run" in step]
    assert len(scripts) == 3 and not any("${{" in script for script in scripts)
    used = set(re.findall(r"inputs\.([\w-]+)", str(told["runs"])))
    assert used == set(told["inputs"])


def test_the_options_that_the_action_uses_exist() -> None:
    text = CliRunner().invoke(cli, ["check", "--help"]).output
    options = set(re.findall(r"--[a-z-]+(?= )", str(action()["runs"]["steps"][2]["run"])))
    assert options == {"--format", "--lang", "--select", "--ignore", "--baseline"}
    assert all(option in text for option in options)


def test_the_examples_of_the_page_parse_and_use_what_exists() -> None:
    jobs = [yaml.safe_load(block) for block in blocks("yaml")]
    assert len(jobs) == 6
    steps = [job["jobs"]["check"]["steps"][1] for job in jobs if "jobs" in job]
    assert all(set(step["with"]) <= set(action()["inputs"]) for step in steps)
    named = [hook["id"] for job in jobs if "repos" in job for hook in job["repos"][0]["hooks"]]
    assert set(named) == {hook["id"] for hook in hooks()}
    for block in blocks("toml"):
        assert tomllib.loads(block)
        settings, faults = settings_of("rubric.toml", Source("rubric.toml", block))
        assert settings is not None and faults == ()
    text = CliRunner().invoke(cli, ["check", "--help"]).output
    for option in set(re.findall(r"`(--[a-z-]+)", CI)):
        assert option in text

"""The files and the command lines of an example on a page, beyond one rubric with its facts.

``docx NAME`` is a Word document of those paragraphs; ``text NAME`` is a file as it stands. ``× 20`` behind a name makes
twenty of it: files where the name has ``{n}`` (``{n}`` and ``{n-1}`` count in the text too), else the text twenty times
over. ``sh`` is run line by line as a user would type it.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import click
import docx
import pytest
from click.testing import CliRunner

from rubriclang.cli import command_audit, command_compile, command_report, command_score, command_verify, command_whatif
from rubriclang.diagnostics import Diagnostic
from rubriclang.reports import rendering

_MODULES = {"report": command_report, "audit": command_audit}
_COMMANDS: dict[str, click.Command] = {"report": command_report.command, "audit": command_audit.command}
_QUESTIONS: dict[str, click.Command] = {
    "whatif": command_whatif.command,
    "score": command_score.command,
    "verify": command_verify.command,
    "compile": command_compile.command,
}


def files_of(name: str, text: str) -> list[tuple[str, str]]:
    """The names and texts that a block stands for."""
    name, _, times = name.partition(" × ")
    if not times:
        return [(name, text + "\n")]
    if "{n}" not in name:
        return [(name, (text + "\n") * int(times))]
    counted = []
    for n in range(1, int(times) + 1):
        made = [part.replace("{n-1}", str(n - 1)).replace("{n}", str(n)) for part in (name, text + "\n")]
        counted.append((made[0], made[1]))
    return counted


def write_document(path: Path, text: str) -> None:
    """A Word document with a paragraph a line."""
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    document.save(str(path))


class _NoFonts:
    """What typst finds on a machine without a Chinese font."""

    def families(self) -> list[str]:
        return ["Libertinus Serif", "DejaVu Sans Mono"]


def run_lines(text: str, folder: Path) -> list[Diagnostic]:
    """What the commands of a ``sh`` block tell; a command that tells something ends with 2, any other with 0.

    ``pip install rubriclang`` without an extra hides the libraries of extras; ``fc-list`` stands for a machine without
    a Chinese font.
    """
    told: list[Diagnostic] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for module in (*_MODULES.values(), command_whatif, command_verify, command_compile):
            patch.setattr(module, "echo_diagnostics", lambda found, *_, **__: told.extend(found))
        for line in text.split("\n"):
            match shlex.split(line, comments=True):
                case ["rubric", ("report" | "audit") as name, *arguments]:
                    before = len(told)
                    ended = CliRunner().invoke(_COMMANDS[name], [*arguments, "--lang", "zh"])
                    assert ended.exit_code == (2 if len(told) > before else 0), ended.output
                case ["rubric", ("whatif" | "score" | "verify" | "compile") as name, *arguments]:
                    ended = CliRunner().invoke(_QUESTIONS[name], [*arguments, "--lang", "zh"])
                    assert ended.exit_code in (0, 1, 2), ended.output
                case [("echo" | "sed"), *_]:
                    subprocess.run(line, shell=True, check=True)
                case ["python", *arguments]:
                    subprocess.run([sys.executable, *arguments], check=True)
                case ["pip", "install", what]:
                    if "[" not in what:
                        patch.setattr(rendering, "find_spec", lambda _name: None)
                case ["fc-list", *_]:
                    typst = pytest.importorskip("typst", reason="the extra pdf is not installed")
                    patch.setattr(typst, "Fonts", _NoFonts)
                case ["mkdir", name]:
                    Path(name).mkdir()
                case _:
                    raise AssertionError(f"no example runs this: {line}")
    return told

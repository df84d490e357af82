"""The path of a newcomer as the README prints it, walked in a folder of its own: install, template, score, report.

Filling in, which a person does between the second command and the third, is done by a script. ``python -m
tests.docs.newcomer`` walks it and draws the pictures of the README from the files that came out (LibreOffice and
pdftoppm are needed).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import rubriclang
from tests.sheets.filling import fill

ROOT = Path(__file__).resolve().parents[2]
FACTS = ROOT / "examples" / "baojing_2019.yaml"
_COMMAND = re.compile(r"<!-- newcomer -->\n\s*```sh\n\s*(.+)\n\s*```")
_RUBRIC = f"""#!{sys.executable}
from rubriclang.cli.main import main
main()
"""


def commands(readme: str) -> list[str]:
    """The commands of a README, in order."""
    return _COMMAND.findall((ROOT / readme).read_text(encoding="utf-8"))


def walk(folder: Path, readme: str, lang: str) -> list[str]:
    """Runs the commands as printed, and gives what each one said; the first only notes what pip is asked for.

    Raises:
        subprocess.CalledProcessError: a command that does not end with exit code 0.
    """
    bin_ = folder / ".venv" / "bin"
    bin_.mkdir(parents=True)
    for name, text in (("pip", '#!/bin/sh\necho "$@"\n'), ("rubric", _RUBRIC)):
        (bin_ / name).write_text(text, encoding="utf-8")
        (bin_ / name).chmod(0o755)
    for name in ("rubrics", "examples"):
        (folder / name).symlink_to(ROOT / name)
    rubric = rubriclang.load(ROOT / "rubrics" / "2019_county_overall.rubric")
    environment = {**os.environ, "LC_ALL": "zh_CN.UTF-8" if lang == "zh" else "en_US.UTF-8", "PYTHONUTF8": "1"}
    said = []
    for command in commands(readme):
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", command],
            cwd=folder,
            env=environment,
            check=True,
            capture_output=True,
            encoding="utf-8",
        )
        said.append(done.stdout)
        if " template " in command:
            (sheet,) = folder.glob("*.xlsx")
            fill(sheet, rubric, rubric.bind(rubriclang.load_facts(FACTS)))
    return said


def draw() -> None:
    """Makes ``docs/pictures`` from the files of the path."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        walk(folder, "README.md", "zh")
        office = shutil.which("soffice") or "soffice"
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        # What is printed, without the white around it: left, top, width, height at 120 points an inch.
        for sheet, picture, box in (("填报", "fill_in", "48 62 900 780"), ("评分表", "score_sheet", "50 65 1305 915")):
            command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", name, f"{name}/{sheet}.xlsx"]
            subprocess.run(command, check=True, capture_output=True)
            target = ROOT / "docs" / "pictures" / picture
            page = ["-png", "-r", "120", "-f", "1", "-l", "1", "-singlefile"]
            page += [word for pair in zip(("-x", "-y", "-W", "-H"), box.split(), strict=True) for word in pair]
            subprocess.run(["pdftoppm", *page, f"{name}/{sheet}.pdf", str(target)], check=True)


if __name__ == "__main__":
    draw()

"""Small projects of several rubric files, written to a folder and checked or scored there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import rubriclang
from rubriclang.diagnostics import Diagnostic
from rubriclang.diagnostics.render import render_all


def written(folder: Path, files: Mapping[str, str]) -> Path:
    """Writes the files into a project; the path of the last of them."""
    (folder / "rubric.toml").touch()
    path = folder
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return path


def found(folder: Path, files: Mapping[str, str]) -> list[tuple[str, str, int]]:
    """Codes, file names and lines of what is reported about the last file, in the order of the codes."""
    return sorted(place(d) for d in rubriclang.check(written(folder, files)))


def place(diagnostic: Diagnostic) -> tuple[str, str, int]:
    """The code of a diagnostic, and the file and line it shows."""
    assert diagnostic.source is not None and diagnostic.span is not None
    file, span = diagnostic.source.locate(diagnostic.span)
    return diagnostic.code, Path(file.path).name, file.position(span.start).line


def loaded(folder: Path, files: Mapping[str, str]) -> rubriclang.Rubric:
    """The last file as a rubric; nothing is reported about it."""
    path = written(folder, files)
    reported = render_all(rubriclang.check(path))
    assert not reported, reported
    return rubriclang.load(path)

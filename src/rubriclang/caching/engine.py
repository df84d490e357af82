"""What made a kept rubric: the program down to the state of each of its files, the language, and Python."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from unicodedata import unidata_version

from rubriclang.resources import grammar_folder
from rubriclang.versions import LANGUAGE, VERSION

FORMAT = "3"  # raised when a table is laid out otherwise


@cache
def engine() -> str | None:
    """Tells engines apart; None where the files of this one cannot be looked at, as in a zip archive.

    A version number alone does not: in a checkout it stays while the code changes. Times and sizes of the files are
    what Python trusts for its own compiled files, and cost a millisecond.
    """
    package = Path(__file__).parent.parent
    try:
        files = [*_files(os.fspath(package)), *_files(os.fspath(grammar_folder()))]
    except OSError:
        return None
    python = f"{sys.implementation.name} {sys.version_info[:3]} {sys.byteorder} {unidata_version}"
    solver = find_spec("z3") is not None  # what it decides is among the findings that are kept
    return "\n".join([f"{VERSION} {LANGUAGE} {FORMAT} {python} {solver}", *sorted(files)])


def _files(folder: str) -> Iterator[str]:
    """The files of a folder and of those in it, each with its size and the time it was changed."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith((".py", ".lark", ".tsv")):
                status = entry.stat()
                yield f"{entry.path} {status.st_size} {status.st_mtime_ns}"
            elif entry.name not in ("__pycache__", "codes") and entry.is_dir():
                yield from _files(entry.path)

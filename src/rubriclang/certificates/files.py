"""A file that a score was made from: where it is, and hashes that tell whether and in which line it was changed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

_MOST_LINES = 5_000  # of a file whose lines are hashed one by one
_SHORT = 8  # characters of the hash of a line: enough to find a change, the file's own hash proves it


def record(path: Path, data: bytes, folder: Path) -> dict[str, Any]:
    """What a certificate in a folder says of a file."""
    lines = data.split(b"\n")
    return {
        "path": _relative(path, folder),
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "lines": [hashlib.sha256(line).hexdigest()[:_SHORT] for line in lines] if len(lines) <= _MOST_LINES else None,
    }


def _relative(path: Path, folder: Path) -> str:
    try:
        return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
    except ValueError:  # another drive
        return path.name


def changed_line(before: dict[str, Any], now: dict[str, Any]) -> int | None:
    """The first line, from 1, that is not as recorded; None where it cannot be told."""
    old, new = before.get("lines"), now.get("lines")
    if not isinstance(old, list) or not isinstance(new, list):
        return None
    for number, (a, b) in enumerate(zip(old, new, strict=False), 1):
        if a != b:
            return number
    return min(len(old), len(new)) + 1 if len(old) != len(new) else None
